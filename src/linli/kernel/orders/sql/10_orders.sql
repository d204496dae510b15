-- Numbers without gaps and without a queue: free numbers of a day lie ready as rows, and whoever takes an order takes the lowest
-- that nobody holds. A number held by a transaction that fails is free again and goes to the next order. More are laid out by
-- one in fifty, long before they run out: who finds none waits for the writer that lays them out, and may hold the lock of a
-- number that another took a moment before, for which that writer waited in turn (seen once in 36,000 orders).
create or replace function orders_lay_numbers(on_day date, after integer) returns void
language sql security definer set search_path = public, pg_temp as $$
    insert into orders_ordernumber (day, seq, taken)
    select on_day, known.last + step, false
    from (select coalesce(max(seq), 0) as last from orders_ordernumber where day = on_day) known, generate_series(1, 500) step
    where known.last < after + 250
$$;
alter function orders_lay_numbers(date, integer) owner to linli_guard;

create or replace function orders_next_number(on_day date) returns text
language plpgsql security definer set search_path = public, pg_temp as $$
declare
    got integer;
begin
    loop
        update orders_ordernumber set taken = true
        where id = (
            select id from orders_ordernumber where day = on_day and not taken order by day, seq limit 1 for update skip locked
        )
        returning seq into got;
        if found then
            if got % 50 = 0 and pg_try_advisory_xact_lock(20100004, on_day - date '2000-01-01') then
                perform orders_lay_numbers(on_day, got);
            end if;
            return to_char(on_day, 'YYYYMMDD') || '-' || lpad(got::text, greatest(5, length(got::text)), '0');
        end if;
        perform pg_advisory_xact_lock(20100004, on_day - date '2000-01-01');
        if not exists (select from orders_ordernumber where day = on_day and not taken limit 1) then
            perform orders_lay_numbers(on_day, (select coalesce(max(seq), 0) from orders_ordernumber where day = on_day));
        end if;
    end loop;
end $$;
alter function orders_next_number(date) owner to linli_guard;

-- What a new order is called, before it is written: so its writing has no answer that anybody waits for. ``given``: the number that
-- who asked on the web has already.
create or replace function orders_numbered(on_day date, given text) returns table (pk bigint, number text)
language plpgsql as $$
begin
    return query select nextval('orders_order_id_seq'), coalesce(nullif(given, ''), orders_next_number(on_day));
end $$;

-- An order and its first events. It writes as whoever calls: row security holds.
drop function if exists orders_take(jsonb, jsonb);
create or replace function orders_write(given jsonb, told jsonb) returns void
language plpgsql as $$
begin
    insert into orders_order select * from jsonb_populate_record(null::orders_order, given);
    insert into orders_orderevent (order_id, move, at, by_id, desk_id, text, facts, round, area)
    select (given ->> 'id')::bigint, one.move, one.at, one.by_id, one.desk_id, one.text, one.facts, 1, given ->> 'area'
    from jsonb_to_recordset(told) as one (move text, at timestamptz, by_id bigint, desk_id bigint, text text, facts jsonb);
end $$;

-- The desks that may take a matter of this kind at this place, with how much waits there and how often they rightly gave such
-- matters back lately. It counts over the whole district, and tells numbers only.
create or replace function orders_candidates(at_place text, code text, on_day date)
returns table (id bigint, name text, kind text, area text, near integer, named integer, opens time, closes time, weekends boolean,
               fallback boolean, load bigint, returned bigint)
language sql stable security definer set search_path = public, pg_temp as $$
    select d.id, d.name, d.kind, d.area,
        case when d.area = at_place or at_place = any (d.reaches) then 2 when d.everywhere or d.fallback then 0 else 1 end,
        coalesce((select max(length(c)) from unnest(d.categories) c where code like c || '%'), 0),
        d.opens, d.closes, d.weekends, d.fallback,
        (select count(*) from (
            select from orders_order o where o.desk_id = d.id and o.stage in ('new', 'sent', 'disputed', 'working', 'suspended') limit 41
        ) waiting),
        (select count(*) from orders_ask a where a.desk_id = d.id and a.kind = 'return' and a.granted
            and left(a.category, 4) = left(code, 4) and a.asked_at > on_day - 90)
    from orders_desk d
    where d.since <= on_day and (d.until is null or d.until > on_day)
        and left(d.area, 6) = left(at_place, 6) and not d.paused
        and (d.everywhere or d.fallback or d.area in (at_place, rpad(left(at_place, 9), 12, '0'), rpad(left(at_place, 6), 12, '0'))
            or d.reaches && array[at_place, rpad(left(at_place, 9), 12, '0')]::varchar[])
        and (d.fallback or d.categories = '{}' or exists (select from unnest(d.categories) c where code like c || '%'))
$$;
alter function orders_candidates(text, text, date) owner to linli_guard;
