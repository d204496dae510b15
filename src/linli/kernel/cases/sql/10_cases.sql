-- What stands of a case for ever: its number, its flow, whom it is about, and what was known on the day of opening.
create or replace function cases_case_stands() returns trigger language plpgsql as $$
begin
    if (new.number, new.flow, new.flow_version, new.person_id, new.household_id, new.places, new.facts, new.area_then,
        new.opened_on, new.opened_by_id)
        is distinct from (old.number, old.flow, old.flow_version, old.person_id, old.household_id, old.places, old.facts,
        old.area_then, old.opened_on, old.opened_by_id) then
        raise exception 'the opening of a case is never changed' using errcode = 'insufficient_privilege';
    end if;
    if new.events < old.events then
        raise exception 'events of a case are never taken back' using errcode = 'insufficient_privilege';
    end if;
    if current_user = 'linli_app' and new.area is distinct from old.area then
        raise exception 'an area changes only by re-homing' using errcode = 'insufficient_privilege';
    end if;
    return new;
end $$;
drop trigger if exists case_stands on cases_case;
create trigger case_stands before update on cases_case for each row execute function cases_case_stands();

-- Numbers are given out one by one.
create or replace function cases_series_counts() returns trigger language plpgsql as $$
begin
    if new.last <> old.last + 1 or (new.flow, new.year) is distinct from (old.flow, old.year) then
        raise exception 'numbers are given out one by one' using errcode = 'insufficient_privilege';
    end if;
    return new;
end $$;
drop trigger if exists series_counts on cases_series;
create trigger series_counts before update on cases_series for each row execute function cases_series_counts();

-- What was done stays done.
drop function if exists cases_task_stays_done() cascade;
call access_columns_stay('cases_task', 'state, done_by_id, done_on', 'old.state = ''done''');

-- A case in the caller's range to another area of the district; all its rows follow it.
create or replace function cases_rehome(which bigint, goal text, on_day date) returns void
language plpgsql security definer set search_path = public, pg_temp as $$
declare
    present text;
begin
    select area into present from cases_case where id = which for update;
    if present is null or not coalesce(registry_in_range(present), false) then
        raise exception 'the case lies outside the present area' using errcode = 'insufficient_privilege';
    end if;
    if not exists (select from registry_area where code = goal and since <= on_day and (until is null or until > on_day)) then
        raise exception 'there is no such area on this day: %', goal using errcode = 'foreign_key_violation';
    end if;
    update cases_case set area = goal where id = which;
end $$;
alter function cases_rehome(bigint, text, date) owner to linli_guard;
revoke all on function cases_rehome(bigint, text, date) from public;
grant execute on function cases_rehome(bigint, text, date) to linli_app;
