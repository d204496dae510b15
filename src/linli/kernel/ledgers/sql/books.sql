-- The books guard themselves. All functions here belong to linli_guard, which sees every row whatever the scope.
-- Faults that the office is told about have SQLSTATEs of their own (LB…), others are faults of the program.

-- Nothing that was posted is ever changed: corrections are new postings. Only the guard's functions keep balances and claims.
drop function if exists ledgers_refuse_others() cascade;
call access_append_only('ledgers_posting');
call access_append_only('ledgers_line');
call access_append_only('ledgers_fund');
call access_append_only('ledgers_account');
call access_append_only('ledgers_purpose');
call access_guard_only('ledgers_balance');
call access_guard_only('ledgers_fundbalance');
call access_guard_only('ledgers_benefit');

-- All lines of a statement at once: they are whole, they balance, they keep to the fund's purposes, and the balances follow.
-- A posting's lines come in one statement of the posting's own transaction, and every statement balances by itself; so
-- no posting is ever unbalanced, at any moment, and nothing can be added to it later. The lines are read once and summed;
-- all rules but those on single orders are judged on the sums, which are few however long the list is.
create or replace function ledgers_lines_landed() returns trigger
    language plpgsql security definer set search_path = public, pg_temp as $$
declare
    fault record;
    postings bigint[];  -- the sums, column by column
    accounts bigint[];
    funds bigint[];
    units text[];
    purposes text[];
    areas text[];
    amounts bigint[];
    reserves bigint[];  -- those of the postings that promise money to orders
    others bigint[];
begin
    select array_agg(s.posting_id), array_agg(s.account_id), array_agg(s.fund_id), array_agg(s.unit), array_agg(s.purpose),
           array_agg(s.area), array_agg(s.amount)
      into postings, accounts, funds, units, purposes, areas, amounts
      from (select posting_id, account_id, fund_id, unit, purpose, area, sum(amount)::bigint as amount
              from fresh group by 1, 2, 3, 4, 5, 6) s;

    select l.posting, l.account, l.fund into fault
      from unnest(postings, accounts, funds, units, areas) as l(posting, account, fund, unit, area)
      left join ledgers_posting p on p.id = l.posting
      left join ledgers_account a on a.id = l.account
      left join ledgers_fund f on f.id = l.fund
     where p.id is null or a.id is null or f.id is null
        or p.area <> l.area or a.book <> p.book or f.book <> p.book
        or (l.unit = 'fen') = (a.kind in ('store', 'issued', 'supply', 'lost'))
        or p.transaction <> pg_current_xact_id()::text::bigint
     limit 1;
    if found then
        raise exception 'line of posting %, account %, fund % does not fit', fault.posting, fault.account, fault.fund
            using errcode = 'LB001';
    end if;

    select l.unit into fault from unnest(units) as l(unit)
     where l.unit <> 'fen' and not exists (select from ledgers_goods g where g.key = l.unit) limit 1;
    if found then
        raise exception 'goods % are not known', fault.unit using errcode = 'LB001';
    end if;

    select l.posting, sum(l.amount) as off into fault
      from unnest(postings, funds, units, amounts) as l(posting, fund, unit, amount)
     group by l.posting, l.fund, l.unit having sum(l.amount) <> 0 limit 1;
    if found then
        raise exception 'posting % is out of balance by %', fault.posting, fault.off using errcode = 'LB002';
    end if;

    select f.id as fund, l.purpose into fault
      from unnest(accounts, funds, purposes) as l(account, fund, purpose)
      join ledgers_account a on a.id = l.account and a.kind = 'spend'
      join ledgers_fund f on f.id = l.fund
     where not exists (select from ledgers_purpose p where p.key = l.purpose)
        or f.restricted and not exists (
               select from ledgers_fundpurpose u where u.fund_id = f.id and u.purpose_id = l.purpose)
     limit 1;
    if found then
        raise exception 'fund % may not be spent on "%"', fault.fund, fault.purpose
            using errcode = 'LB003', detail = json_build_object('fund', fault.fund, 'purpose', fault.purpose)::text;
    end if;

    select f.id as fund, f.year into fault
      from unnest(postings, accounts, funds, amounts) as l(posting, account, fund, amount)
      join ledgers_account a on a.id = l.account and a.kind = 'spend'
      join ledgers_posting p on p.id = l.posting
      join ledgers_fund f on f.id = l.fund and f.year <> extract(year from p.day)
     where l.amount > 0 and p.kind <> 'write_off' limit 1;  -- what is asked back no more was spent in its own year
    if found then
        raise exception 'fund % is for the year %', fault.fund, fault.year using errcode = 'LB007', detail = fault.fund::text;
    end if;

    select array_agg(p.id) filter (where p.kind = 'reserve'), array_agg(p.id) filter (where p.kind <> 'reserve')
      into reserves, others from ledgers_posting p where p.id = any (postings);

    -- The lines that promise an order's money promise the whole of it.
    if reserves is not null then
        select l.order_id as payment into fault
          from (select s.order_id, -sum(s.amount) as amount
                  from fresh s join ledgers_account a on a.id = s.account_id and a.kind = 'payable'
                 where s.order_id is not null and s.posting_id = any (reserves) group by s.order_id) l
          left join ledgers_paymentorder o on o.id = l.order_id
         where o.amount is distinct from l.amount limit 1;
        if found then
            raise exception 'the lines of payment order % are not its amount', fault.payment using errcode = 'LB004';
        end if;
    end if;

    -- One writer at a time for each fund, in one order everywhere: no overspending, no deadlock.
    perform from ledgers_fundbalance b where b.fund_id = any (funds) order by b.fund_id for update;
    select f.id as fund into fault from ledgers_fund f where f.id = any (funds) and f.closed_on is not null limit 1;
    if found then
        raise exception 'fund % is closed', fault.fund using errcode = 'LB006';
    end if;

    update ledgers_fundbalance b
       set received = b.received + l.received, spent = b.spent + l.spent, payable = b.payable + l.payable,
           receivable = b.receivable + l.receivable, cash = b.cash + l.cash
      from (select s.fund,
                   coalesce(-sum(s.amount) filter (where a.kind = 'source'), 0) as received,
                   coalesce(sum(s.amount) filter (where a.kind = 'spend'), 0) as spent,
                   coalesce(-sum(s.amount) filter (where a.kind = 'payable'), 0) as payable,
                   coalesce(sum(s.amount) filter (where a.kind = 'receivable'), 0) as receivable,
                   coalesce(sum(s.amount) filter (where a.kind = 'cash'), 0) as cash
              from unnest(accounts, funds, units, amounts) as s(account, fund, unit, amount)
              join ledgers_account a on a.id = s.account
             where s.unit = 'fen' group by s.fund) l
     where b.fund_id = l.fund;

    -- Of no order is more paid than was promised, more taken back than was paid, or more received than was taken back.
    if others is not null then
        select l.order_id as payment into fault
          from ledgers_line l join ledgers_account a on a.id = l.account_id
         where l.order_id in (select s.order_id from fresh s where s.order_id is not null and s.posting_id = any (others))
         group by l.order_id, l.fund_id, a.kind
        having sum(l.amount) * (case a.kind when 'payable' then -1 else 1 end) < 0 limit 1;
        if found then
            raise exception 'payment order % would be settled twice', fault.payment using errcode = 'LB005';
        end if;
    end if;

    insert into ledgers_balance (account_id, fund_id, unit, amount, side, area)
    select a.id, l.fund, l.unit, 0, case when a.kind in ('payable', 'source', 'supply') then -1 else 1 end, a.area
      from (select distinct account, fund, unit from unnest(accounts, funds, units) as s(account, fund, unit)) l
      join ledgers_account a on a.id = l.account
     order by l.fund, a.id, l.unit
        on conflict (fund_id, account_id, unit) do nothing;

    update ledgers_balance b set amount = b.amount + l.amount
      from (select account, fund, unit, sum(amount) as amount
              from unnest(accounts, funds, units, amounts) as s(account, fund, unit, amount) group by 1, 2, 3) l
     where b.fund_id = l.fund and b.account_id = l.account and b.unit = l.unit;
    return null;
end $$;
alter function ledgers_lines_landed() owner to linli_guard;
drop trigger if exists lines_landed on ledgers_line;
create trigger lines_landed after insert on ledgers_line referencing new table as fresh
    for each statement execute function ledgers_lines_landed();
