-- What a change of rows is told under, to every process that waits for it (site/quiet.py); a package says in its own file:
--     call access_tells('calls_call', 'calls', 'extension');         told as calls.8001
--     call access_tells('callers_pressevent', 'callers', '');        told as callers.
-- A name tells that something changed, and nothing of what.
create or replace function access_tell() returns trigger language plpgsql as $$
declare
    name text;
begin
    for name in
        select distinct tg_argv[0] || '.' || coalesce(changed ->> tg_argv[1], '')
        from unnest(array[to_jsonb(old), to_jsonb(new)]) changed where changed is not null
    loop
        perform pg_notify('linli_changes', name);
    end loop;
    return null;
end $$;

create or replace procedure access_tells(changed regclass, heading text, distinguished text) language plpgsql as $$
begin
    execute format('drop trigger if exists tells on %s', changed);
    execute format(
        'create trigger tells after insert or update or delete on %s for each row execute function access_tell(%L, %L)',
        changed, heading, distinguished
    );
end $$;
