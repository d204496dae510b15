-- The books guard themselves. All functions here belong to linli_guard, which sees every row whatever the scope.
-- Faults that the office is told about have SQLSTATEs of their own (LB…), others are faults of the program.

-- Nothing that was posted is ever changed: corrections are new postings. Only the guard's functions keep balances and claims.
drop function if exists ledgers_refuse_others() cascade;
call access_append_only('ledgers_posting');
call access_append_only('ledgers_line');
call access_append_only('ledgers_fund');
call access_append_only('ledgers_account');
call access_guard_only('ledgers_balance');
call access_guard_only('ledgers_fundbalance');
call access_guard_only('ledgers_benefit');

create or replace function ledgers_fund_opened() returns trigger
    language plpgsql security definer set search_path = public, pg_temp as $$
begin
    insert into ledgers_fundbalance (fund_id, area, received, spent, payable, receivable, cash)
        values (new.id, new.area, 0, 0, 0, 0, 0);
    return null;
end $$;
alter function ledgers_fund_opened() owner to linli_guard;
drop trigger if exists fund_opened on ledgers_fund;
create trigger fund_opened after insert on ledgers_fund for each row execute function ledgers_fund_opened();

-- All lines of a statement at once: they are whole, they balance, they keep to the fund's purposes, and the balances follow.
-- A posting's lines come in one statement of the posting's own transaction, and every statement balances by itself; so
-- no posting is ever unbalanced, at any moment, and nothing can be added to it later.
create or replace function ledgers_lines_landed() returns trigger
    language plpgsql security definer set search_path = public, pg_temp as $$
declare
    fault record;
begin
    select l.posting_id as posting, l.account_id as account, l.fund_id as fund into fault
      from (select distinct posting_id, account_id, fund_id, area, unit = 'fen' as money from fresh) l
      left join ledgers_posting p on p.id = l.posting_id
      left join ledgers_account a on a.id = l.account_id
      left join ledgers_fund f on f.id = l.fund_id
     where p.id is null or a.id is null or f.id is null
        or p.area <> l.area or a.book <> p.book or f.book <> p.book
        or l.money = (a.kind in ('store', 'issued', 'supply', 'lost'))
        or p.transaction <> pg_current_xact_id()::text::bigint
     limit 1;
    if found then
        raise exception 'line of posting %, account %, fund % does not fit', fault.posting, fault.account, fault.fund
            using errcode = 'LB001';
    end if;

    select l.unit into fault from (select distinct unit from fresh where unit <> 'fen') l
     where not exists (select from ledgers_goods g where g.key = l.unit) limit 1;
    if found then
        raise exception 'goods % are not known', fault.unit using errcode = 'LB001';
    end if;

    select posting_id as posting, sum(amount) as off into fault
      from fresh group by posting_id, fund_id, unit having sum(amount) <> 0 limit 1;
    if found then
        raise exception 'posting % is out of balance by %', fault.posting, fault.off using errcode = 'LB002';
    end if;

    select f.id as fund, l.purpose into fault
      from (select distinct account_id, fund_id, purpose from fresh) l
      join ledgers_account a on a.id = l.account_id and a.kind = 'spend'
      join ledgers_fund f on f.id = l.fund_id
     where not exists (select from ledgers_purpose p where p.key = l.purpose)
        or f.restricted and not exists (
               select from ledgers_fundpurpose u where u.fund_id = f.id and u.purpose_id = l.purpose)
     limit 1;
    if found then
        raise exception 'fund % may not be spent on "%"', fault.fund, fault.purpose
            using errcode = 'LB003', detail = json_build_object('fund', fault.fund, 'purpose', fault.purpose)::text;
    end if;

    -- The lines that promise an order's money promise the whole of it.
    select l.order_id as payment into fault
      from (select s.order_id, -sum(s.amount) as amount
              from fresh s join ledgers_posting p on p.id = s.posting_id and p.kind = 'reserve'
              join ledgers_account a on a.id = s.account_id and a.kind = 'payable'
             where s.order_id is not null group by s.order_id) l
      left join ledgers_paymentorder o on o.id = l.order_id
     where o.amount is distinct from l.amount limit 1;
    if found then
        raise exception 'the lines of payment order % are not its amount', fault.payment using errcode = 'LB004';
    end if;

    -- One writer at a time for each fund, in one order everywhere: no overspending, no deadlock.
    perform from ledgers_fundbalance b where b.fund_id in (select fund_id from fresh) order by b.fund_id for update;

    update ledgers_fundbalance b
       set received = b.received + l.received, spent = b.spent + l.spent, payable = b.payable + l.payable,
           receivable = b.receivable + l.receivable, cash = b.cash + l.cash
      from (select s.fund_id,
                   coalesce(-sum(s.amount) filter (where a.kind = 'source'), 0) as received,
                   coalesce(sum(s.amount) filter (where a.kind = 'spend'), 0) as spent,
                   coalesce(-sum(s.amount) filter (where a.kind = 'payable'), 0) as payable,
                   coalesce(sum(s.amount) filter (where a.kind = 'receivable'), 0) as receivable,
                   coalesce(sum(s.amount) filter (where a.kind = 'cash'), 0) as cash
              from (select account_id, fund_id, sum(amount) as amount from fresh where unit = 'fen' group by 1, 2) s
              join ledgers_account a on a.id = s.account_id
             group by s.fund_id) l
     where b.fund_id = l.fund_id;

    -- Of no order is more paid than was promised, more taken back than was paid, or more received than was taken back.
    select l.order_id as payment into fault
      from ledgers_line l join ledgers_account a on a.id = l.account_id
     where l.order_id in (select s.order_id from fresh s join ledgers_posting p on p.id = s.posting_id
                           where s.order_id is not null and p.kind <> 'reserve')
     group by l.order_id, l.fund_id, a.kind
    having sum(l.amount) * (case a.kind when 'payable' then -1 else 1 end) < 0 limit 1;
    if found then
        raise exception 'payment order % would be settled twice', fault.payment using errcode = 'LB005';
    end if;

    insert into ledgers_balance (account_id, fund_id, unit, amount, side, area)
    select a.id, l.fund_id, l.unit, 0, case when a.kind in ('payable', 'source', 'supply') then -1 else 1 end, a.area
      from (select distinct account_id, fund_id, unit from fresh) l
      join ledgers_account a on a.id = l.account_id
     order by l.fund_id, a.id, l.unit
        on conflict (fund_id, account_id, unit) do nothing;

    update ledgers_balance b set amount = b.amount + l.amount
      from (select account_id, fund_id, unit, sum(amount) as amount from fresh group by 1, 2, 3) l
     where b.fund_id = l.fund_id and b.account_id = l.account_id and b.unit = l.unit;
    return null;
end $$;
alter function ledgers_lines_landed() owner to linli_guard;
drop trigger if exists lines_landed on ledgers_line;
create trigger lines_landed after insert on ledgers_line referencing new table as fresh
    for each statement execute function ledgers_lines_landed();
