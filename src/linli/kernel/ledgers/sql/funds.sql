-- Funds: opened once, changed by decisions only, closed at zero and for good.

create or replace function ledgers_fund_opened() returns trigger
    language plpgsql security definer set search_path = public, pg_temp as $$
begin
    if new.account_id is not null and not exists (
        select from ledgers_account a where a.id = new.account_id and a.book = new.book and a.kind = 'cash'
    ) then
        raise exception 'the money of fund % cannot lie in account %', new.code, new.account_id using errcode = 'LB001';
    end if;
    insert into ledgers_fundbalance (fund_id, area, received, spent, payable, receivable, cash, ceiling)
        values (new.id, new.area, 0, 0, 0, 0, 0, new.ceiling);
    return null;
end $$;
alter function ledgers_fund_opened() owner to linli_guard;
drop trigger if exists fund_opened on ledgers_fund;
create trigger fund_opened after insert on ledgers_fund for each row execute function ledgers_fund_opened();

-- A change does what it says when it is decided, under the fund's own lock.
create or replace function ledgers_fund_changed() returns trigger
    language plpgsql security definer set search_path = public, pg_temp as $$
declare
    closed date;
begin
    if new.state <> 'done' or tg_op = 'UPDATE' and old.state = 'done' then
        return null;
    end if;
    perform from ledgers_fundbalance where fund_id = new.fund_id for update;
    select closed_on into closed from ledgers_fund where id = new.fund_id;
    if closed is not null then
        raise exception 'fund % is closed', new.fund_id using errcode = 'LB006';
    end if;
    case new.kind
    when 'rename' then
        update ledgers_fund set name = new.name where id = new.fund_id;
    when 'limit' then
        update ledgers_fundbalance set ceiling = new.ceiling where fund_id = new.fund_id;
        update ledgers_fund set ceiling = new.ceiling where id = new.fund_id;
    when 'purpose' then
        insert into ledgers_fundpurpose (fund_id, purpose_id, basis, since, area)
            values (new.fund_id, new.purpose_id, new.basis, new.decided_on, new.area) on conflict do nothing;
    when 'close' then
        if exists (select from ledgers_fundbalance b where b.fund_id = new.fund_id
                      and (b.cash, b.payable, b.receivable) is distinct from (0, 0, 0))
           or exists (select from ledgers_balance b join ledgers_account a on a.id = b.account_id
                       where b.fund_id = new.fund_id and a.kind = 'store' and b.amount <> 0) then
            raise exception 'fund % is not at zero', new.fund_id using errcode = 'LB009';
        end if;
        update ledgers_fund set closed_on = new.decided_on where id = new.fund_id;
    end case;
    return null;
end $$;
alter function ledgers_fund_changed() owner to linli_guard;
drop trigger if exists fund_changed on ledgers_fundchange;
create trigger fund_changed after insert or update on ledgers_fundchange for each row execute function ledgers_fund_changed();

call access_columns_stay(
    'ledgers_fundchange', 'fund_id, kind, before, name, purpose_id, ceiling, basis, asked_on, asked_by_id'
);
call access_columns_stay(
    'ledgers_fundchange', 'state, decided_on, decided_by_id, note', 'old.state <> ''asked''', '_decided'
);
