-- What residents may learn and say without an account. The public's role reads no table of this package: it learns who offers what
-- at which price, and may put down a wish, or a grade for one order whose number and code it holds (the code is checked before).
create or replace function bulletin.providers_list(on_day date) returns jsonb
language sql stable security definer set search_path = public, pg_temp as $$
    select coalesce(jsonb_agg(jsonb_build_object(
        'service', o.service, 'item', o.name, 'measure', o.measure, 'price', cost.fen, 'provider', p.name,
        'trial', p.standing = 'trial', 'everywhere', p.everywhere) order by o.service, cost.fen, p.name, o.id), '[]'::jsonb)
    from providers_offer o join providers_provider p on p.id = o.provider_id
    cross join lateral (
        select fen from providers_price c where c.offer_id = o.id and c.since <= on_day order by c.since desc limit 1
    ) cost
    where o.since <= on_day and (o.until is null or o.until > on_day) and p.standing in ('trial', 'member')
$$;
alter function bulletin.providers_list(date) owner to linli_guard;
revoke all on function bulletin.providers_list(date) from public;
grant execute on function bulletin.providers_list(date) to linli_public;

create or replace function bulletin.providers_places(on_day date) returns jsonb
language sql stable security definer set search_path = public, pg_temp as $$
    select coalesce(jsonb_agg(jsonb_build_array(a.code, coalesce(t.name || ' ', '') || a.name) order by a.code), '[]'::jsonb)
    from registry_area a left join registry_area t on t.code = a.parent and t.since <= on_day and (t.until is null or t.until > on_day)
    where a.kind in ('community', 'village') and a.since <= on_day and (a.until is null or a.until > on_day)
$$;
alter function bulletin.providers_places(date) owner to linli_guard;
revoke all on function bulletin.providers_places(date) from public;
grant execute on function bulletin.providers_places(date) to linli_public;

-- The two that write may be called by the application, too: samples put down what residents would.
-- A wish lies with the district's centre. The same telephone asks once for a service on a day: the same words are the same wish, for
-- other words the answer is null. Answers its id, of which its number is made.
drop function if exists bulletin.providers_wish(text, text, text, bytea, bytea, bytea[], text, date, text, date);
create function bulletin.providers_wish(
    wanted text, at_place text, who text, sealed bytea, digest bytea, digests bytea[], where_ text, on_day date, said text, today date
) returns bigint
language sql security definer set search_path = public, pg_temp as $$
    with put as (
        insert into providers_wish (service, place, name, phone_sealed, phone_digest, address, wanted_on, text, state, since, answer,
                                    area)
        select wanted, a.code, who, sealed, digest, where_, on_day, said, 'open', today, '', rpad(left(a.code, 6), 12, '0')
        from registry_area a
        where a.code = at_place and a.kind in ('community', 'village') and a.since <= today and (a.until is null or a.until > today)
            and not exists (
                select from providers_wish w where w.phone_digest = any (digests) and w.service = wanted and w.wanted_on = on_day
                    and w.state = 'open')
        returning id
    )
    select id from put
    union all
    select w.id from providers_wish w
    where w.phone_digest = any (digests) and w.service = wanted and w.wanted_on = on_day and w.state = 'open'
        and (w.place, w.name, w.address, w.text) = (at_place, who, where_, said)
    limit 1
$$;
alter function bulletin.providers_wish(text, text, text, bytea, bytea, bytea[], text, date, text, date) owner to linli_guard;
revoke all on function bulletin.providers_wish(text, text, text, bytea, bytea, bytea[], text, date, text, date) from public;
grant execute on function bulletin.providers_wish(text, text, text, bytea, bytea, bytea[], text, date, text, date)
    to linli_public, linli_app;

-- A grade for the present round of an order that waits to be called back about; a second one changes nothing.
create or replace function bulletin.providers_reply(order_number text, given text, said text, moment timestamptz) returns boolean
language sql security definer set search_path = public, pg_temp as $$
    with put as (
        insert into providers_reply (service_id, round, grade, text, at, area)
        select s.id, q.round, given, said, moment, s.area
        from providers_serviceorder s join orders_order q on q.id = s.order_id
        where q.number = order_number and q.stage = 'handled' and s.cancelled_on is null
        on conflict (service_id, round) do nothing
        returning 1
    )
    select exists (select from put)
$$;
alter function bulletin.providers_reply(text, text, text, timestamptz) owner to linli_guard;
revoke all on function bulletin.providers_reply(text, text, text, timestamptz) from public;
grant execute on function bulletin.providers_reply(text, text, text, timestamptz) to linli_public, linli_app;

-- How a wish stands, for whoever holds its telephone or code: no name, no address; the order's number where it became one.
create or replace function bulletin.providers_wish_way(of_id bigint, of_day date, digests bytea[], known boolean) returns jsonb
language sql stable security definer set search_path = public, pg_temp as $$
    select jsonb_build_object('state', w.state, 'service', w.service, 'since', w.since, 'answer', w.answer, 'order', q.number,
        'wanted', coalesce(s.wanted_on, w.wanted_on))
    from providers_wish w left join orders_order q on q.id = w.order_id left join providers_serviceorder s on s.order_id = w.order_id
    where w.id = of_id and w.since = of_day and (known or w.phone_digest = any (digests))
$$;
alter function bulletin.providers_wish_way(bigint, date, bytea[], boolean) owner to linli_guard;
revoke all on function bulletin.providers_wish_way(bigint, date, bytea[], boolean) from public;
grant execute on function bulletin.providers_wish_way(bigint, date, bytea[], boolean) to linli_public;
