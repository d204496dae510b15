-- What residents may say and learn without an account. The public's role reads no table of this package: it puts down a wish to apply
-- with a community, and whoever holds its number and telephone learns what became of it.
create or replace function bulletin.assistance_places(on_day date) returns jsonb
language sql stable security definer set search_path = public, pg_temp as $$
    select coalesce(jsonb_agg(jsonb_build_array(a.code, coalesce(t.name || ' ', '') || a.name) order by a.code), '[]'::jsonb)
    from registry_area a left join registry_area t on t.code = a.parent and t.since <= on_day and (t.until is null or t.until > on_day)
    where a.kind in ('community', 'village') and a.since <= on_day and (a.until is null or a.until > on_day)
$$;
alter function bulletin.assistance_places(date) owner to linli_guard;
revoke all on function bulletin.assistance_places(date) from public;
grant execute on function bulletin.assistance_places(date) to linli_public;

-- The same telephone asks once as long as nobody has answered. Samples may call it as the application, too.
create or replace function bulletin.assistance_wish(
    given text, at_place text, who text, sealed bytea, digest bytea, digests bytea[], where_ text, through text, tie text, said text,
    today date
) returns boolean
language sql security definer set search_path = public, pg_temp as $$
    with put as (
        insert into assistance_wish (number, name, phone_sealed, phone_digest, address, agent, agent_tie, text, since, state, answer, area)
        select given, who, sealed, digest, where_, through, tie, said, today, 'open', '', a.code
        from registry_area a
        where a.code = at_place and a.kind in ('community', 'village') and a.since <= today and (a.until is null or a.until > today)
            and not exists (select from assistance_wish w where w.phone_digest = any (digests) and w.state = 'open')
        returning 1
    )
    select exists (select from put)
$$;
alter function bulletin.assistance_wish(text, text, text, bytea, bytea, bytea[], text, text, text, text, date) owner to linli_guard;
revoke all on function bulletin.assistance_wish(text, text, text, bytea, bytea, bytea[], text, text, text, text, date) from public;
grant execute on function bulletin.assistance_wish(text, text, text, bytea, bytea, bytea[], text, text, text, text, date)
    to linli_public, linli_app;

-- No name and no reason leaves: the state, the days, the office's answer, and at which step the application is.
create or replace function bulletin.assistance_asked(given text, digests bytea[]) returns jsonb
language sql stable security definer set search_path = public, pg_temp as $$
    select jsonb_build_object('state', w.state, 'since', w.since, 'answer', w.answer, 'case', c.number, 'step', c.step,
                              'outcome', a.state, 'decided', a.decided_on)
    from assistance_wish w left join assistance_application a on a.id = w.application_id left join cases_case c on c.id = a.case_id
    where w.number = given and w.phone_digest = any (digests)
$$;
alter function bulletin.assistance_asked(text, bytea[]) owner to linli_guard;
revoke all on function bulletin.assistance_asked(text, bytea[]) from public;
grant execute on function bulletin.assistance_asked(text, bytea[]) to linli_public;
