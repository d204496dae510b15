-- What somebody without an account may learn of a handling: by receipt number and telephone together, one row and no list.
-- The public's role can read no table of the hall; these functions answer with state, days and missing papers, never with a name.
create or replace function bulletin.hall_progress(receipt text, digests bytea[]) returns jsonb
language sql stable security definer set search_path = public, pg_temp as $$
    select jsonb_build_object(
        'zh', h.zh, 'taken_on', h.taken_on, 'promised_on', h.promised_on, 'flow', c.flow, 'version', c.flow_version,
        'state', c.state, 'step', c.step, 'outcome', c.outcome, 'stop', c.stop, 'closed_on', c.closed_on, 'result_on', h.result_on, 'hall', h.hall,
        'missing', coalesce((
            select jsonb_agg(p.name order by p.id) from cases_paper p
            where p.case_id = c.id and p.required and p.received_on is null and p.waived = ''), '[]'::jsonb),
        'graded', coalesce((select jsonb_agg(r.stage) from hall_rating r where r.handling_id = h.id), '[]'::jsonb))
    from hall_handling h join cases_case c on c.id = h.case_id
    where h.number = receipt and h.phone_digest = any(digests)
$$;
alter function bulletin.hall_progress(text, bytea[]) owner to linli_guard;
revoke all on function bulletin.hall_progress(text, bytea[]) from public;
grant execute on function bulletin.hall_progress(text, bytea[]) to linli_public;

-- A judgement by whoever holds receipt and telephone: once for each stage, and of the end only after the end.
create or replace function bulletin.hall_grade(
    receipt text, digests bytea[], at_stage text, given text, said text, on_day date) returns boolean
language sql security definer set search_path = public, pg_temp as $$
    with put as (
        insert into hall_rating (handling_id, stage, grade, words, web, since, answer, area)
        select h.id, at_stage, given, said, true, on_day, '', h.area
        from hall_handling h join cases_case c on c.id = h.case_id
        where h.number = receipt and h.phone_digest = any(digests) and (at_stage = 'taken' or c.state = 'closed')
        on conflict (handling_id, stage) do nothing
        returning 1
    )
    select exists (select from put)
$$;
alter function bulletin.hall_grade(text, bytea[], text, text, text, date) owner to linli_guard;
revoke all on function bulletin.hall_grade(text, bytea[], text, text, text, date) from public;
grant execute on function bulletin.hall_grade(text, bytea[], text, text, text, date) to linli_public;

-- What a resident said stays as it was said; the office adds its answer.
call access_append_only('hall_rating', 'handling_id, stage, grade, words, web, since');
