-- Appointments that residents make themselves, by the public's role: it reads no table, and whoever has not number and telephone
-- (or the code that was told with the number) learns nothing. The place in a slot is a unique key, so two never hold one.

-- The halls in use, with their names and telephones, as the register of halls says.
create or replace function bulletin.hall_halls(on_day date)
returns table (code text, level smallint, area_name text, above text, hall_name text, phone text)
language sql stable security definer set search_path = public, pg_temp as $$
    select distinct on (a.code) a.code, a.level, a.name, coalesce(p.name, ''), e.values ->> 'name', e.values ->> 'phone'
    from records_entry e
        join registry_area a on a.code = e.area and a.since <= on_day and (a.until is null or a.until > on_day)
        left join registry_area p on p.code = a.parent and p.since <= on_day and (p.until is null or p.until > on_day)
    where e.book = 'hall.halls' and e.state = 'standing' and e.values ->> 'state' = 'used'
        and e.values ->> 'kind' not in ('village_living', 'help') and e.day <= on_day and (e.until is null or e.until > on_day)
        and substr(a.code, 7, 1) <> '9'
    order by a.code, e.day, e.id
$$;

-- What the slots of a window come from: its hours, how many are on duty, and how many places are taken. No names.
create or replace function bulletin.hall_slots(hall text, at_window text, first_day date, last_day date, watches text[])
returns jsonb language sql stable security definer set search_path = public, pg_temp as $$
    select jsonb_build_object(
        'booked', coalesce((select jsonb_agg(jsonb_build_array(day, start, n)) from (
            select day, start, count(*) n from hall_appointment
            where area = hall and hall_appointment.window = at_window and day between first_day and last_day
                and state in ('booked', 'arrived') group by day, start) t), '[]'::jsonb),
        'duty', coalesce((select jsonb_agg(jsonb_build_array(day, n)) from (
            select day, count(*) n from duties_shift
            where duty = any(watches) and area = hall and active and day between first_day and last_day group by day) t), '[]'::jsonb),
        'hours', coalesce((select jsonb_agg(e.values || jsonb_build_object('since', e.day, 'until', e.until) order by e.id)
            from records_entry e
            where e.book = 'hall.hours' and e.area = hall and e.state = 'standing' and e.day <= last_day
                and (e.until is null or e.until > first_day) and e.values ->> 'window' in (at_window, 'all')), '[]'::jsonb))
$$;

-- The lowest free place of a slot of so many; none when it is full. Who asks for one slot at once waits in turn.
create or replace function hall_free_place(hall text, at_window text, on_day date, at_start integer, most integer) returns smallint
language plpgsql security definer set search_path = public, pg_temp as $$
begin
    perform pg_advisory_xact_lock(hashtextextended(format('hall slot %s %s %s %s', hall, at_window, on_day, at_start), 0));
    if (select count(*) from hall_appointment p where p.area = hall and p.window = at_window and p.day = on_day
            and p.start = at_start and p.state in ('booked', 'arrived')) >= most then
        return null;
    end if;
    return (select min(n) from generate_series(1, most) n where not exists (
        select from hall_appointment p where p.area_then = hall and p.window = at_window and p.day = on_day
            and p.start = at_start and p.place = n and p.state in ('booked', 'arrived')));
end $$;
alter function hall_free_place(text, text, date, integer, integer) owner to linli_guard;
revoke all on function hall_free_place(text, text, date, integer, integer) from public;
grant execute on function hall_free_place(text, text, date, integer, integer) to linli_app;

-- Book a place. Answers the key, or: item (open for this telephone and item already), many, missed, hall, full.
-- The same person, item and slot once more is the same appointment, so that a second click changes nothing.
create or replace function bulletin.hall_book(
    hall text, at_window text, on_day date, at_start integer, places integer, of_item text, of_what text, of_name text,
    sealed bytea, digest bytea, digests bytea[], texts boolean, today date, open_most integer, missed_most integer,
    missed_since date) returns text
language plpgsql security definer set search_path = public, pg_temp as $$
declare
    got bigint;
    held smallint;
begin
    perform pg_advisory_xact_lock(hashtextextended('hall phone ' || encode(digest, 'hex'), 0));
    select p.id into got from hall_appointment p
    where p.phone_digest = any(digests) and p.state = 'booked' and p.area = hall and p.window = at_window and p.day = on_day
        and p.start = at_start and p.item = of_item and p.name = of_name;
    if got is not null then
        return got::text;
    end if;
    if (select count(*) from hall_appointment p
            where p.phone_digest = any(digests) and p.state = 'missed' and p.day >= missed_since) >= missed_most then
        return 'missed';
    end if;
    if exists (select from hall_appointment p
            where p.phone_digest = any(digests) and p.state = 'booked' and p.day >= today and p.item = of_item) then
        return 'item';
    end if;
    if (select count(*) from hall_appointment p
            where p.phone_digest = any(digests) and p.state = 'booked' and p.day >= today) >= open_most then
        return 'many';
    end if;
    if not exists (select from bulletin.hall_halls(today) h where h.code = hall) then
        return 'hall';
    end if;
    held := hall_free_place(hall, at_window, on_day, at_start, places);
    if held is null then
        return 'full';
    end if;
    insert into hall_appointment ("window", day, start, place, name, item, what, phone_sealed, phone_digest, texts_on, state, moved,
        web, made_on, told, text_tries, text_fault, area, area_then)
    values (at_window, on_day, at_start, held, of_name, of_item, of_what, sealed, digest, case when texts then today end, 'booked', 0,
        true, today, '', 0, '', hall, '')
    returning id into got;
    return got::text;
end $$;

-- One appointment for who has its number with telephone or code; nobody else, and never a name.
create or replace function bulletin.hall_appointment(of_key bigint, digests bytea[], known boolean) returns jsonb
language sql stable security definer set search_path = public, pg_temp as $$
    select jsonb_build_object('hall', p.area, 'window', p.window, 'day', p.day, 'start', p.start, 'item', p.item, 'what', p.what,
        'state', p.state, 'moved', p.moved, 'texts', p.texts_on is not null and p.texts_until is null)
    from hall_appointment p where p.id = of_key and (known or p.phone_digest = any(digests))
$$;

-- Put it off to another slot. Answers: done, none (does not fit), closed, often, full. What cannot be had leaves it as it was.
create or replace function bulletin.hall_move(
    of_key bigint, digests bytea[], known boolean, to_day date, to_start integer, places integer, today date, moves_most integer)
returns text language plpgsql security definer set search_path = public, pg_temp as $$
declare
    one record;
    held smallint;
begin
    select * into one from hall_appointment p where p.id = of_key and (known or p.phone_digest = any(digests)) for update;
    if not found then
        return 'none';
    end if;
    if one.state <> 'booked' or one.day < today then
        return 'closed';
    end if;
    if one.day = to_day and one.start = to_start then
        return 'done';
    end if;
    if one.moved >= moves_most then
        return 'often';
    end if;
    held := hall_free_place(one.area, one.window, to_day, to_start, places);
    if held is null then
        return 'full';
    end if;
    update hall_appointment set day = to_day, start = to_start, place = held, moved = moved + 1, told = '', reminded_on = null,
        text_tries = 0, text_next = null, text_fault = '' where id = of_key;
    return 'done';
end $$;

-- Give it up. Answers: done, none, closed.
create or replace function bulletin.hall_cancel(of_key bigint, digests bytea[], known boolean, today date) returns text
language plpgsql security definer set search_path = public, pg_temp as $$
declare
    one record;
begin
    select * into one from hall_appointment p where p.id = of_key and (known or p.phone_digest = any(digests)) for update;
    if not found then
        return 'none';
    end if;
    if one.state <> 'booked' or one.day < today then
        return 'closed';
    end if;
    update hall_appointment set state = 'cancelled' where id = of_key;
    return 'done';
end $$;

-- No messages any more: what was agreed to is taken back from this day. Answers: done, none.
create or replace function bulletin.hall_quiet(of_key bigint, digests bytea[], known boolean, today date) returns text
language sql security definer set search_path = public, pg_temp as $$
    with one as (
        update hall_appointment p set texts_until = coalesce(p.texts_until, today)
        where p.id = of_key and (known or p.phone_digest = any(digests)) and p.texts_on is not null returning 1
    )
    select case when exists (select from one) then 'done' else 'none' end
$$;

do $$
declare
    one regprocedure;
begin
    for one in select p.oid::regprocedure from pg_proc p join pg_namespace n on n.oid = p.pronamespace
        where n.nspname = 'bulletin'
            and p.proname in ('hall_halls', 'hall_slots', 'hall_book', 'hall_appointment', 'hall_move', 'hall_cancel', 'hall_quiet')
    loop
        execute format('alter function %s owner to linli_guard', one);
        execute format('revoke all on function %s from public', one);
        execute format('grant execute on function %s to linli_public', one);
    end loop;
end $$;
-- The clerk's pages offer the same slots; and what the demo's residents booked lies there with everything else of the demo.
grant execute on function bulletin.hall_slots(text, text, date, date, text[]),
    bulletin.hall_book(text, text, date, integer, integer, text, text, text, bytea, bytea, bytea[], boolean, date, integer, integer, date)
    to linli_app;
