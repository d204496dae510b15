-- The calling screen of a hall: numbers, desks and how many wait, for the public's connection; no names, no tables.
create or replace function bulletin.hall_screen(hall text, on_day date) returns jsonb
language sql stable security definer set search_path = public, pg_temp as $$
    select jsonb_build_object(
        'hall', a.name,
        'called', coalesce((
            select jsonb_agg(jsonb_build_object('label', t.label, 'desk', t.desk) order by t.called_at desc)
            from (select label, desk, called_at from hall_ticket where area = hall and day = on_day and state = 'called'
                  order by called_at desc limit 6) t), '[]'::jsonb),
        'waiting', (select count(*) from hall_ticket where area = hall and day = on_day and state = 'waiting'))
    from registry_area a where a.code = hall and a.since <= on_day and (a.until is null or a.until > on_day)
$$;
alter function bulletin.hall_screen(text, date) owner to linli_guard;
revoke all on function bulletin.hall_screen(text, date) from public;
grant execute on function bulletin.hall_screen(text, date) to linli_public;
