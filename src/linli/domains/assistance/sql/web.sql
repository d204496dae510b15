-- What residents may say and learn without an account, by the public's role: it reads no table, and learns of one application only what
-- whoever holds number and telephone (or the code that was told with the number) may hear. No name and no amount leaves these functions.
drop function if exists bulletin.assistance_places(date);
drop function if exists bulletin.assistance_wish(text, text, text, bytea, bytea, bytea[], text, text, text, text, date);
drop function if exists bulletin.assistance_asked(text, bytea[]);

-- Ask to be taken up. Answers the number, or: place (no such community), open (the same person waits already, with other words),
-- many. The same words for the same person are the same wish as long as it waits, also when they are sent twice at once.
create or replace function bulletin.assistance_wish(
    given text, at_place text, who text, id_sealed bytea, id_digest bytea, id_digests bytea[], sealed bytea, digest bytea,
    digests bytea[], where_ text, through text, tie text, said text, today date, open_most integer) returns text
language plpgsql security definer set search_path = public, pg_temp as $$
declare
    got record;
begin
    perform pg_advisory_xact_lock(hashtextextended('assistance wish ' || encode(digest, 'hex'), 0));
    select w.number, (w.name, w.address, w.agent, w.agent_tie, w.text, w.area) = (who, where_, through, tie, said, at_place) as same
    into got from assistance_wish w
    where w.phone_digest = any (digests) and w.identity_digest = any (id_digests) and w.state = 'open';
    if found then
        return case when got.same then got.number else 'open' end;
    end if;
    if not exists (select from bulletin.communities(today) c where c.code = at_place) then
        return 'place';
    end if;
    if (select count(*) from assistance_wish w where w.phone_digest = any (digests) and w.state = 'open') >= open_most then
        return 'many';
    end if;
    insert into assistance_wish (number, name, identity_sealed, identity_digest, phone_sealed, phone_digest, address, agent, agent_tie,
        text, since, state, answer, area)
    values (given, who, id_sealed, id_digest, sealed, digest, where_, through, tie, said, today, 'open', '', at_place);
    return given;
end $$;

-- How an application stands: days, step, papers that are asked for, notice, decision. No member, no amount, no reason.
-- ``for``: of a decision by delegation, the town that made it and the district in whose name.
create or replace function bulletin.assistance_case(of_application bigint) returns jsonb
language sql stable security definer set search_path = public, pg_temp as $$
    select jsonb_build_object(
        'number', c.number, 'flow', c.flow, 'version', c.flow_version, 'opened_on', c.opened_on, 'state', c.state, 'step', c.step,
        'outcome', c.outcome, 'told_on', a.told_on, 'due_on', c.due_on,
        'place', coalesce((select r.name from registry_area r where r.code = a.area order by r.since desc limit 1), ''),
        'missing', coalesce((
            select jsonb_agg(p.name order by p.id) from cases_paper p
            where p.case_id = c.id and c.state = 'open' and p.asked_on is not null and p.received_on is null and p.waived = ''),
            '[]'::jsonb),
        'shown_until', (select e.facts ->> 'until' from cases_event e
            where e.case_id = c.id and e.kind = 'published' and e.step = c.step order by e.number desc limit 1),
        'decision', case when c.state = 'closed' then (select jsonb_build_object('number', d.number, 'on', d."on", 'for',
                case when d.step = 'confirm' then (select jsonb_build_array(
                    (select r.name from registry_area r where r.code = g.town and r.since <= d."on" order by r.since desc limit 1),
                    (select r.name from registry_area r where r.code = g.area and r.since <= d."on" order by r.since desc limit 1))
                from assistance_delegation g where g.id = a.delegation_id) end)
            from cases_decision d where d.case_id = c.id order by d.number desc limit 1) end)
    from assistance_application a join cases_case c on c.id = a.case_id where a.id = of_application
$$;

-- By the number of a wish (``known``: the code fits) or by numbers of cases (``opened``: those whose code fits).
create or replace function bulletin.assistance_progress(
    given text, known boolean, numbers text[], opened text[], digests bytea[]) returns jsonb
language sql stable security definer set search_path = public, pg_temp as $$
    select jsonb_build_object('state', w.state, 'since', w.since, 'answer', w.answer, 'area', w.area,
        'case', bulletin.assistance_case(w.application_id),
        'place', coalesce((select r.name from registry_area r where r.code = w.area order by r.since desc limit 1), ''))
    from assistance_wish w where w.number = given and (known or w.phone_digest = any (digests))
    union all
    (select jsonb_build_object('state', 'taken', 'case', bulletin.assistance_case(a.id))
    from cases_case c join assistance_application a on a.case_id = c.id join registry_person h on h.id = a.person_id
    where c.number = any (numbers) and (c.number = any (opened) or h.phone_digest = any (digests)
        or exists (select from assistance_wish w where w.application_id = a.id and w.phone_digest = any (digests)))
    order by a.id desc limit 1)
$$;

do $$
declare
    one regprocedure;
begin
    for one in select p.oid::regprocedure from pg_proc p join pg_namespace n on n.oid = p.pronamespace
        where n.nspname = 'bulletin' and p.proname in ('assistance_wish', 'assistance_case', 'assistance_progress')
    loop
        execute format('alter function %s owner to linli_guard', one);
        execute format('revoke all on function %s from public', one);
        execute format('grant execute on function %s to linli_public', one);
    end loop;
end $$;
revoke all on function bulletin.assistance_case(bigint) from linli_public;
-- What the demo's residents sent lies there within one transaction with everything else of the demo.
grant execute on function
    bulletin.assistance_wish(text, text, text, bytea, bytea, bytea[], bytea, bytea, bytea[], text, text, text, text, date, integer)
    to linli_app;
