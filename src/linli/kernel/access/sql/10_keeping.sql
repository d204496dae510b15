-- How tables keep what was entered, against every role; each package says in its own file which of its tables do so:
--     call access_append_only('ledgers_posting');                    no row is changed or removed
--     call access_append_only('fundraising_gift', 'amount, day');    these columns are not changed, and no row is removed
--     call access_never_removed('access_staff');                      rows are changed, and none is removed
--     call access_guard_only('ledgers_balance');                     only functions of the guard write
--     call access_columns_stay('ledgers_batch', 'number, amount');   what these columns say, they say for ever
-- Functions that belong to linli_guard are let through: they keep balances, and move rows when areas are merged or split.

create or replace function access_refuse_change() returns trigger language plpgsql as $$
begin
    if current_user <> 'linli_guard' then
        raise exception '% is kept by the database: what was entered is not rewritten', tg_table_name using errcode = 'LA000';
    end if;
    return case when tg_op = 'DELETE' then old else new end;
end $$;

create or replace procedure access_append_only(kept regclass, columns text default null) language plpgsql as $$
begin
    execute format('drop trigger if exists append_only on %s', kept);
    execute format(
        'create trigger append_only before update %s or delete or truncate on %s for each statement '
        'execute function access_refuse_change()', 'of ' || columns, kept
    );
end $$;

create or replace procedure access_never_removed(kept regclass) language plpgsql as $$
begin
    execute format('drop trigger if exists never_removed on %s', kept);
    execute format(
        'create trigger never_removed before delete or truncate on %s for each statement '
        'execute function access_refuse_change()', kept
    );
end $$;

create or replace procedure access_guard_only(kept regclass) language plpgsql as $$
begin
    execute format('drop trigger if exists guard_only on %s', kept);
    execute format(
        'create trigger guard_only before insert or update or delete or truncate on %s for each statement '
        'execute function access_refuse_change()', kept
    );
end $$;

-- ``since``: a condition on the row as it was, from which on the columns stay; ``named``: for several rules of one table.
create or replace procedure access_columns_stay(kept regclass, columns text, since text default 'true', named text default '')
language plpgsql as $$
declare
    before text := 'old.' || replace(columns, ', ', ', old.');
    after text := 'new.' || replace(columns, ', ', ', new.');
begin
    execute format('drop trigger if exists columns_stay%s on %s', named, kept);
    execute format(
        'create trigger columns_stay%s before update on %s for each row '
        'when ((%s) and row(%s) is distinct from row(%s)) execute function access_refuse_change()',
        named, kept, since, before, after
    );
end $$;
