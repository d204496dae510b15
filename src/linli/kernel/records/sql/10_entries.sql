-- A row lies where its subject lies. The writer does not choose the area of a row about a person, a household, a unit or a place.
create or replace function records_entry_area() returns trigger language plpgsql as $$
declare
    found text;
begin
    if new.subject = 'person' then
        select area into found from registry_person where id = new.person_id;
    elsif new.subject = 'household' then
        select area into found from registry_household where id = new.household_id;
    elsif new.subject = 'organisation' then
        select area into found from registry_organisation where id = new.organisation_id;
    elsif new.subject = 'place' then
        select area into found from registry_place where id = new.place_id;
    else
        return new;
    end if;
    if found is null then
        raise exception 'what the row is about lies outside the present area' using errcode = 'insufficient_privilege';
    end if;
    new.area := found;
    return new;
end $$;
drop trigger if exists entry_area on records_entry;
create trigger entry_area before insert on records_entry for each row execute function records_entry_area();

-- Where the subject goes, its rows go: also those that the application may not change.
create or replace function records_entry_follows() returns trigger language plpgsql security definer
set search_path = public, pg_temp as $$
begin
    execute format('update records_entry set area = $1 where subject = %L and %I = $2 and area <> $1', tg_argv[0], tg_argv[0] || '_id')
        using new.area, new.id;
    return null;
end $$;
alter function records_entry_follows() owner to linli_guard;
drop trigger if exists entries_follow on registry_person;
create trigger entries_follow after update of area on registry_person for each row
    when (old.area is distinct from new.area) execute function records_entry_follows('person');
drop trigger if exists entries_follow on registry_household;
create trigger entries_follow after update of area on registry_household for each row
    when (old.area is distinct from new.area) execute function records_entry_follows('household');

-- A correction is a new version: the content changes only with the next number, and what a row is about never does.
create or replace function records_entry_stands() returns trigger language plpgsql as $$
begin
    if (new.book, new.subject, new.person_id, new.household_id, new.organisation_id, new.place_id, new.run, new.source,
        new.created_by_id, new.created_on)
        is distinct from (old.book, old.subject, old.person_id, old.household_id, old.organisation_id, old.place_id, old.run,
        old.source, old.created_by_id, old.created_on) then
        raise exception 'what a row of a book is about is never changed' using errcode = 'insufficient_privilege';
    end if;
    if new.version = old.version then
        if (new.definition, new.state, new.values, new.sealed, new.day, new.until, new.unique, new.words, new.changed_by_id,
            new.changed_on, new.why)
            is distinct from (old.definition, old.state, old.values, old.sealed, old.day, old.until, old.unique, old.words,
            old.changed_by_id, old.changed_on, old.why) and current_user <> 'linli_guard' then
            raise exception 'a row of a book is corrected by a new version' using errcode = 'insufficient_privilege';
        end if;
    elsif new.version <> old.version + 1 or old.state <> 'standing' then
        raise exception 'versions of a row follow one another, and nothing follows the last' using errcode = 'insufficient_privilege';
    end if;
    if current_user = 'linli_app' and new.area is distinct from old.area then
        raise exception 'an area changes only by re-homing' using errcode = 'insufficient_privilege';
    end if;
    return new;
end $$;
drop trigger if exists entry_stands on records_entry;
create trigger entry_stands before update on records_entry for each row execute function records_entry_stands();

-- The database writes the history itself, so that no writer can forget it.
create or replace function records_keep_version() returns trigger language plpgsql security definer
set search_path = public, pg_temp as $$
begin
    if tg_op = 'UPDATE' and new.version = old.version then
        return null;
    end if;
    insert into records_entryversion (entry_id, version, definition, state, values, sealed, day, until, changed_by_id, changed_on,
        why, area)
    values (new.id, new.version, new.definition, new.state, new.values, new.sealed, new.day, new.until, new.changed_by_id,
        new.changed_on, new.why, new.area);
    return null;
end $$;
alter function records_keep_version() owner to linli_guard;
drop trigger if exists keep_version on records_entry;
create trigger keep_version after insert or update on records_entry for each row execute function records_keep_version();

-- After the time of keeping the content goes, from the row and from every version of it; that there was a row remains.
create or replace function records_destroy(which bigint[], by_staff bigint, on_day date) returns bigint
language plpgsql security definer set search_path = public, pg_temp as $$
declare
    gone bigint;
begin
    if exists (select from records_entry where id = any(which) and not coalesce(registry_in_range(area), false)) then
        raise exception 'a row lies outside the present area' using errcode = 'insufficient_privilege';
    end if;
    update records_entry set values = '{}', sealed = '{}', words = '', "unique" = '', state = 'destroyed', version = version + 1,
        changed_by_id = by_staff, changed_on = on_day, why = '保管期满' where id = any(which) and state = 'standing';
    get diagnostics gone = row_count;
    update records_entryversion set values = '{}', sealed = '{}', why = '' where entry_id = any(which);
    return gone;
end $$;
alter function records_destroy(bigint[], bigint, date) owner to linli_guard;
revoke all on function records_destroy(bigint[], bigint, date) from public;
grant execute on function records_destroy(bigint[], bigint, date) to linli_app;

-- After the keys were changed the same texts are sealed again, in the version and in the row whose present version it is: the same
-- fields, each with another key in its head and as long as it was. Nothing else of the history can be changed this way.
create or replace function records_reseal(which bigint, fresh jsonb) returns void language plpgsql security definer
set search_path = public, pg_temp as $$
declare
    found records_entryversion;
begin
    select * into found from records_entryversion where id = which for update;
    if found.id is null or not coalesce(registry_in_range(found.area), false) then
        raise exception 'a row lies outside the present area' using errcode = 'insufficient_privilege';
    end if;
    if exists (
        select from jsonb_each_text(found.sealed) as old(key, text) full join jsonb_each_text(fresh) as new(key, text) using (key)
        where old.text is null or new.text is null or length(old.text) <> length(new.text) or left(old.text, 4) = left(new.text, 4)
    ) then
        raise exception 'only the seals of a row are made again' using errcode = 'insufficient_privilege';
    end if;
    update records_entryversion set sealed = fresh where id = which;
    update records_entry set sealed = fresh where id = found.entry_id and version = found.version;
end $$;
alter function records_reseal(bigint, jsonb) owner to linli_guard;
revoke all on function records_reseal(bigint, jsonb) from public;
grant execute on function records_reseal(bigint, jsonb) to linli_app;
