-- What the public's role may do with requests: send one, add to one, grade one, and learn where one stands. It reads no table,
-- and no function lists requests of people; number and telephone (or the code that the caller was given) go together.

-- One request. The same words of the same person within half an hour are the same request, also when two are sent at once.
create or replace function bulletin.intake_ask(
    of_same bytea, of_phone bytea, sealed bytea, pictured bytea, of_category text, at_place text, of_client bigint,
    at_time timestamptz, on_day date) returns text
language plpgsql security definer set search_path = public, pg_temp as $$
declare
    got text;
begin
    perform pg_advisory_xact_lock(20100005, hashtext(encode(of_same, 'hex')));
    select p.number into got from bulletin.post p
    where p.same = of_same and p.received_at > at_time - interval '30 minutes' and p.kind = 'ask'
    order by p.received_at desc limit 1;
    if got is not null then
        return got;
    end if;
    if not exists (select from registry_area a where a.code = at_place and a.since <= on_day and (a.until is null or a.until > on_day)) then
        return null;
    end if;
    got := orders_next_number(on_day);
    insert into bulletin.post (number, kind, same, category, place, phone_digest, content, picture, client_id, received_at, fault, area)
    values (got, 'ask', of_same, of_category, at_place, of_phone, sealed, pictured, of_client, at_time, '',
            rpad(left(at_place, 6), 12, '0'));
    return got;
end $$;

-- The order or the waiting post that number and telephone (or the code) open; one row or none.
create or replace function bulletin.intake_found(of_number text, digests bytea[], known boolean)
returns table (order_id bigint, stage text, round smallint, area text, day date, category text, secret boolean, desk text,
               due timestamptz, result text, handled_at timestamptz, closed_at timestamptz, grade text)
language sql stable security definer set search_path = public, pg_temp as $$
    select o.id, o.stage, o.round, rpad(left(o.place, 6), 12, '0'), o.day, o.category, o.confidential,
        case when o.confidential then '' else coalesce(d.name, '') end, o.handle_due,
        case when o.confidential then '' else o.result end, o.handled_at, o.closed_at, o.grade
    from orders_order o left join orders_desk d on d.id = o.desk_id
    where o.number = of_number and (known or o.phone_digest = any(digests))
    union all
    select null, '', 1, p.area, (p.received_at at time zone 'Asia/Shanghai')::date, p.category, false, '', null, '', null, null, ''
    from bulletin.post p
    where p.number = of_number and p.kind = 'ask' and p.order_id is null and (known or p.phone_digest = any(digests))
    limit 1
$$;

create or replace function bulletin.intake_progress(of_number text, digests bytea[], known boolean) returns jsonb
language sql stable security definer set search_path = public, pg_temp as $$
    select jsonb_build_object('stage', f.stage, 'day', f.day, 'category', f.category, 'secret', f.secret, 'desk', f.desk,
        'due', f.due, 'result', f.result, 'handled_at', f.handled_at, 'closed_at', f.closed_at, 'grade', f.grade,
        'graded', exists (select from bulletin.post p where p.number = of_number and p.kind = 'grade' and p.taken_at is null))
    from bulletin.intake_found(of_number, digests, known) f
$$;

-- An addition or a grade. Answers: none (does not fit), closed, early (not to be graded now), many, done.
create or replace function bulletin.intake_add(
    of_number text, digests bytea[], known boolean, of_kind text, of_same bytea, sealed bytea, pictured bytea,
    at_time timestamptz) returns text
language plpgsql security definer set search_path = public, pg_temp as $$
declare
    one record;
begin
    select * into one from bulletin.intake_found(of_number, digests, known);
    if not found then
        return 'none';
    end if;
    perform pg_advisory_xact_lock(20100005, hashtext(of_number));
    if exists (select from bulletin.post p where p.same = of_same and p.received_at > at_time - interval '30 minutes') then
        return 'done';
    end if;
    if of_kind = 'grade' and (one.stage <> 'handled'
        or exists (select from bulletin.post p where p.number = of_number and p.kind = 'grade' and p.taken_at is null)) then
        return 'early';
    end if;
    if of_kind = 'more' and one.stage = 'closed' then
        return 'closed';
    end if;
    if (select count(*) from bulletin.post p where p.number = of_number and p.kind = 'more') >= 20 and of_kind = 'more' then
        return 'many';
    end if;
    insert into bulletin.post (number, kind, same, category, place, content, picture, received_at, fault, area)
    values (of_number, of_kind, of_same, '', '', sealed, pictured, at_time, '', one.area);
    return 'done';
end $$;

-- The program behind a key, with what it may send in an hour; nothing for a key that is unknown or revoked.
create or replace function bulletin.intake_client(of_digest bytea) returns jsonb
language sql stable security definer set search_path = public, pg_temp as $$
    select jsonb_build_object('id', c.id, 'per_hour', c.per_hour) from intake_client c where c.digest = of_digest and c.revoked_on is null
$$;

-- Service requests that came over the network, without any word or number of a person. Confidential ones are not among them.
create or replace function bulletin.intake_requests(
    numbers text[], codes text[], stages text[], first_at timestamptz, last_at timestamptz, most integer, past integer)
returns table (number text, category text, stage text, place text, place_name text, desk text, requested_at timestamptz,
               updated_at timestamptz, due timestamptz)
language sql stable security definer set search_path = public, pg_temp as $$
    select p.number, coalesce(o.category, p.category), coalesce(o.stage, 'new'), coalesce(o.place, p.place), coalesce(a.name, ''),
        coalesce(d.name, ''), p.received_at,
        greatest(p.received_at, o.dispatched_at, o.signed_at, o.contacted_at, o.handled_at, o.closed_at), o.handle_due
    from bulletin.post p
        left join orders_order o on o.id = p.order_id
        left join orders_desk d on d.id = o.desk_id
        left join lateral (
            select r.name from registry_area r where r.code = coalesce(o.place, p.place) order by r.since desc limit 1
        ) a on true
    where p.kind = 'ask' and not coalesce(o.confidential, false) and coalesce(o.category, p.category) = any(codes)
        and (numbers is null or p.number = any(numbers)) and (stages is null or coalesce(o.stage, 'new') = any(stages))
        and (first_at is null or p.received_at >= first_at) and (last_at is null or p.received_at <= last_at)
    order by p.received_at desc, p.id desc limit most offset past
$$;

do $$
declare
    one regprocedure;
begin
    for one in select p.oid::regprocedure from pg_proc p join pg_namespace n on n.oid = p.pronamespace
        where n.nspname = 'bulletin' and p.proname like 'intake\_%'
    loop
        execute format('alter function %s owner to linli_guard', one);
        execute format('revoke all on function %s from public', one);
        execute format('grant execute on function %s to linli_public', one);
    end loop;
end $$;
revoke all on function bulletin.intake_found(text, bytea[], boolean) from linli_public;
-- What the demo's residents sent lies there within one transaction with everything else of the demo.
grant execute on function
    bulletin.intake_ask(bytea, bytea, bytea, bytea, text, text, bigint, timestamptz, date),
    bulletin.intake_add(text, bytea[], boolean, text, bytea, bytea, bytea, timestamptz) to linli_app;
