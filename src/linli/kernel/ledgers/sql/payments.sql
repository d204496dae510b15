-- What an order and a batch say once they are made, they say for ever; only their course goes on.

drop function if exists ledgers_order_stays(), ledgers_batch_stays(), ledgers_batch_line_stays() cascade;
call access_columns_stay(
    'ledgers_paymentorder',
    'source, amount, payee, person_id, household_id, organisation_id, purpose_id, cost, made_on'
);
call access_columns_stay('ledgers_paymentorder', 'cancelled_on', 'old.cancelled_on is not null', '_cancelled');
call access_columns_stay('ledgers_batch', 'number, channel, count, amount, made_by_id, made_on');
call access_columns_stay('ledgers_batch', 'file_digest, file_count, file_amount', 'old.file_digest <> ''''', '_sent');
call access_columns_stay('ledgers_batchline', 'batch_id, order_id, sequence, amount, account_id');
call access_columns_stay('ledgers_batchline', 'result', 'old.result <> ''''', '_answered');

-- All orders of a statement at once: purpose and maker are known, and the account is one of the payee's own (or of a row
-- that was merged with the payee's). None of them can be removed, so nothing has to be asked again later.
create or replace function ledgers_orders_landed() returns trigger
    language plpgsql security definer set search_path = public, pg_temp as $$
declare
    fault record;
begin
    select f.purpose_id as purpose into fault from (select distinct purpose_id from fresh) f
     where not exists (select from ledgers_purpose p where p.key = f.purpose_id) limit 1;
    if found then
        raise exception 'purpose % is not known', fault.purpose
            using errcode = 'LB003', detail = json_build_object('fund', null, 'purpose', fault.purpose)::text;
    end if;
    if exists (select from (select distinct made_by_id from fresh where made_by_id is not null) f
                where not exists (select from access_staff s where s.id = f.made_by_id)) then
        raise exception 'the maker of a payment order is not known' using errcode = 'LB001';
    end if;
    select string_agg(f.source, '、' order by f.source) as sources into fault
      from (select f.source from fresh f
              left join registry_bankaccount b on b.id = f.account_id
              left join registry_person h on h.id = b.person_id
              left join registry_person p on p.id = f.person_id
             where f.account_id is not null and f.cancelled_on is null
               and (p.id is null or h.id is null or coalesce(h.merged_into_id, h.id) <> coalesce(p.merged_into_id, p.id))
             limit 5) f;
    if fault.sources is not null then
        raise exception 'accounts that are not the payee''s: %', fault.sources using errcode = 'LB013', detail = fault.sources;
    end if;
    return null;
end $$;
alter function ledgers_orders_landed() owner to linli_guard;
drop trigger if exists orders_landed on ledgers_paymentorder;
create trigger orders_landed after insert on ledgers_paymentorder referencing new table as fresh
    for each statement execute function ledgers_orders_landed();
drop trigger if exists orders_mended on ledgers_paymentorder;
create trigger orders_mended after update on ledgers_paymentorder referencing new table as fresh
    for each statement execute function ledgers_orders_landed();
call access_never_removed('access_staff');
call access_never_removed('registry_bankaccount');
