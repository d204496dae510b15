-- No money of a community's fund without a decision of its residents that carried, and no decision about money that is not there.
-- All functions judge every row, whatever the scope of the writer.

create or replace function mutual_resolution_landed() returns trigger
    language plpgsql security definer set search_path = public, pg_temp as $$
declare
    money bigint;
    asked bigint;
begin
    select c.fund_id, r.asked into money, asked
      from mutual_request r join mutual_aidfund c on c.id = r.aidfund_id join mutual_meeting m on m.id = new.meeting_id
     where r.id = new.request_id and m.aidfund_id = c.id and m.held_on >= r.asked_on
       and new.came = jsonb_array_length(m.came)
       and new.came = new.agreed + new.against + new.abstained + jsonb_array_length(new.stepped_back);
    if not found or new.amount > asked then
        raise exception 'resolution % does not fit its meeting and its request', new.id using errcode = 'MU002';
    end if;
    if new.carried then
        perform from ledgers_fundbalance where fund_id = money for update;
        if (select sum(s.amount) from mutual_resolution s
              join mutual_request r on r.id = s.request_id and r.state = 'carried'
              join mutual_aidfund c on c.id = r.aidfund_id and c.fund_id = money
             where s.carried and s.voided_on is null)
           > (select b.cash - b.payable from ledgers_fundbalance b where b.fund_id = money)
        then
            raise exception 'the fund has less than was decided' using errcode = 'MU001';
        end if;
    end if;
    return null;
end $$;
alter function mutual_resolution_landed() owner to linli_guard;
drop trigger if exists resolution_landed on mutual_resolution;
create trigger resolution_landed after insert on mutual_resolution for each row execute function mutual_resolution_landed();

-- Whoever posts: what is spent of a community's fund is a payment order of a request whose decision carried, and no more than it.
create or replace function mutual_spent_as_decided() returns trigger
    language plpgsql security definer set search_path = public, pg_temp as $$
begin
    if exists (select from fresh l join mutual_aidfund c on c.fund_id = l.fund_id) and exists (
        select from fresh l
          join mutual_aidfund c on c.fund_id = l.fund_id
          join ledgers_account a on a.id = l.account_id and a.kind = 'spend'
          left join ledgers_paymentorder o on o.id = l.order_id
         where l.amount > 0 and l.unit = 'fen' and not exists (
               select from mutual_request r
                 join mutual_resolution s on s.request_id = r.id and s.carried and s.voided_on is null
                where o.source = 'mutual.request:' || r.id and r.aidfund_id = c.id and s.amount = o.amount))
    then
        raise exception 'no decision of the residents stands behind this' using errcode = 'LB014';
    end if;
    return null;
end $$;
alter function mutual_spent_as_decided() owner to linli_guard;
drop trigger if exists mutual_spent_as_decided on ledgers_line;
create trigger mutual_spent_as_decided after insert on ledgers_line
    referencing new table as fresh for each statement execute function mutual_spent_as_decided();

call access_columns_stay('mutual_gift', 'aidfund_id, name, amount, day, noted_by_id');
call access_columns_stay('mutual_gift', 'state, banked_on, posting_id, struck_on', 'old.state <> ''noted''', '_settled');
call access_columns_stay('mutual_request', 'aidfund_id, person_id, name, need, what, asked, asked_on, made_by_id');
call access_columns_stay('mutual_request', 'state, order_id', 'old.state in (''ordered'', ''withdrawn'')', '_ended');
call access_columns_stay(
    'mutual_resolution',
    'request_id, meeting_id, came, agreed, against, abstained, stepped_back, carried, amount, outcome, made_by_id, made_on'
);
call access_columns_stay('mutual_resolution', 'voided_on', 'old.voided_on is not null', '_voided');
