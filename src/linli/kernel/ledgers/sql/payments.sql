-- What an order and a batch say once they are made, they say for ever; only their course goes on.

create or replace function ledgers_order_stays() returns trigger language plpgsql as $$
begin
    if (old.source, old.amount, old.payee, old.person_id, old.household_id, old.organisation_id, old.purpose_id, old.cost, old.made_on)
       is distinct from
       (new.source, new.amount, new.payee, new.person_id, new.household_id, new.organisation_id, new.purpose_id, new.cost, new.made_on)
       or old.cancelled_on is not null and new.cancelled_on is distinct from old.cancelled_on then
        raise exception 'a payment order is not rewritten' using errcode = 'LB000';
    end if;
    return new;
end $$;
drop trigger if exists order_stays on ledgers_paymentorder;
create trigger order_stays before update on ledgers_paymentorder for each row execute function ledgers_order_stays();

create or replace function ledgers_batch_stays() returns trigger language plpgsql as $$
begin
    if (old.number, old.channel, old.count, old.amount, old.made_by_id, old.made_on)
       is distinct from (new.number, new.channel, new.count, new.amount, new.made_by_id, new.made_on)
       or old.file_digest <> '' and (old.file_digest, old.file_count, old.file_amount)
          is distinct from (new.file_digest, new.file_count, new.file_amount) then
        raise exception 'a batch is not rewritten' using errcode = 'LB000';
    end if;
    return new;
end $$;
drop trigger if exists batch_stays on ledgers_batch;
create trigger batch_stays before update on ledgers_batch for each row execute function ledgers_batch_stays();

create or replace function ledgers_batch_line_stays() returns trigger language plpgsql as $$
begin
    if (old.batch_id, old.order_id, old.sequence, old.amount, old.account_id)
       is distinct from (new.batch_id, new.order_id, new.sequence, new.amount, new.account_id)
       or old.result <> '' and new.result <> old.result then
        raise exception 'a line of a batch is not rewritten' using errcode = 'LB000';
    end if;
    return new;
end $$;
drop trigger if exists batch_line_stays on ledgers_batchline;
create trigger batch_line_stays before update on ledgers_batchline for each row execute function ledgers_batch_line_stays();
