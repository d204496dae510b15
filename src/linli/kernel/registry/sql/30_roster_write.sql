-- Writing a roster. The application has copied its judged rows into the temporary tables roster_row and roster_status of its
-- own transaction (COPY into a table under row security is refused); these functions move them on, a statement a table.

create or replace function registry_roster_step(step int, on_day date, moment timestamptz, source_words text, staff bigint)
returns bigint language plpgsql set search_path = public, pg_temp as $$
declare
    done bigint;
begin
    case step
    when 1 then
        insert into registry_person (id, name, sort_key, sex, birth, number_sealed, number_digest, number_tail,
            no_number_reason, phone_sealed, phone_digest, phone_tail, ethnic, marital, address, registered_address,
            registered_area, tokens, area, version, created_at)
        select person_id, name, sort_key, sex, birth, number_sealed, number_digest, number_tail, no_number_reason,
            phone_sealed, phone_digest, phone_tail, ethnic, marital, address, registered_address, '', tokens, area, 1, moment
        from roster_row;
    when 2 then
        insert into registry_household (id, number, head_id, kind, address, since, area, created_at)
        select household, home, person_id, 'family', address, on_day, area, moment from roster_row where founds;
    when 3 then
        insert into registry_membership (household_id, person_id, kin, since, left_because, area)
        select household, person_id, kin, on_day, '', area from roster_row where household is not null;
    when 4 then
        insert into registry_residence (person_id, at, address, since, area)
        select person_id, area, address, on_day, area from roster_row;
    when 5 then
        insert into registry_status (person_id, kind, grade, since, source, evidence, recognised_by_id, end_reason, area)
        select r.person_id, s.kind, s.grade, on_day, source_words, '', staff, '', r.area
        from roster_status s join roster_row r using (row);
    end case;
    get diagnostics done = row_count;
    return done;
end $$;

-- The same for a roster that is large beside the registry, as at the first load of a district: indexes and constraints are
-- laid aside, the rows come in parts while the application prepares the next, and all is made again over all rows, which takes a
-- quarter of the time and proves the same. What was laid aside has to stand again before the transaction can end.
-- The functions run as the owner, so they judge the areas themselves.
drop function if exists registry_load_roster(date, timestamptz, text, bigint);

create or replace function registry_all_stands() returns trigger language plpgsql security definer
set search_path = public, pg_temp as $$
begin
    if exists (select from pg_temp.roster_aside) then
        raise exception 'indexes and constraints of the registry are still laid aside' using errcode = 'integrity_constraint_violation';
    end if;
    return null;
end $$;

-- Its lines are run with the owner's rights.
create or replace function registry_aside_is_ours() returns void language plpgsql set search_path = public, pg_temp as $$
begin
    if (select relowner from pg_class where oid = 'pg_temp.roster_aside'::regclass) <> current_user::regrole then
        raise exception 'roster_aside has to be made by registry_load_begin' using errcode = 'insufficient_privilege';
    end if;
end $$;

-- False, and nothing happens, when the roster is small or somebody is at the tables.
create or replace function registry_load_begin(rows bigint) returns boolean language plpgsql security definer
set search_path = public, pg_temp set lock_timeout = '1500ms' as $$ -- autovacuum gives way after a second
declare
    tabs constant regclass[] := array['registry_person', 'registry_household', 'registry_membership', 'registry_residence',
                                      'registry_status', 'registry_searchtoken']::regclass[];
    thing record;
begin
    if rows < 5000 or (select count(*) from (select from registry_person limit rows * 5 + 1) as here) > rows * 5 then
        return false;
    end if;
    begin
        lock table registry_person, registry_household, registry_membership, registry_residence, registry_status,
            registry_searchtoken in access exclusive mode;
    exception when lock_not_available then
        return false;
    end;
    set constraints all immediate;
    if to_regclass('pg_temp.roster_aside') is null then
        create temporary table roster_aside (place int generated always as identity, again text not null) on commit drop;
        create constraint trigger roster_all_stands after insert on roster_aside deferrable initially deferred
            for each row execute function registry_all_stands();
    end if;
    perform registry_aside_is_ours();
    set constraints pg_temp.roster_all_stands deferred;
    for thing in
        select format('alter table %s drop constraint %I', conrelid::regclass, conname) as away,
            format('alter table %s add constraint %I %s', conrelid::regclass, conname, pg_get_constraintdef(oid)) as again
        from pg_constraint
        where conrelid = any (tabs)
            and (contype in ('f', 'u', 'x') or contype = 'p' and conrelid = 'registry_searchtoken'::regclass)
        order by contype = 'f' desc
    loop
        execute thing.away;
        insert into pg_temp.roster_aside (again) values (thing.again);
    end loop;
    for thing in
        select format('drop index %s', indexrelid::regclass) as away, pg_get_indexdef(indexrelid) as again
        from pg_index where indrelid = any (tabs) and not indisprimary
    loop
        execute thing.away;
        insert into pg_temp.roster_aside (again) values (thing.again);
    end loop;
    return true;
end $$;

create or replace function registry_load_part(on_day date, moment timestamptz, source_words text, staff bigint)
returns bigint[] language plpgsql security definer set search_path = public, pg_temp as $$
declare
    made bigint[] := '{}';
begin
    perform registry_aside_is_ours();
    -- plain tables of plain types only: what is read here is read with the owner's rights
    if (select count(*) from pg_class where oid in ('pg_temp.roster_row'::regclass, 'pg_temp.roster_status'::regclass)
            and relkind = 'r' and not relhasrules and not relrowsecurity) <> 2
        or exists (select from pg_attribute where attrelid in ('pg_temp.roster_row'::regclass, 'pg_temp.roster_status'::regclass)
            and attnum > 0 and atttypid <> all (array['int8', 'int4', 'text', 'date', 'bytea', 'bool', '_text']::regtype[]))
    then
        raise exception 'roster_row and roster_status have to be plain tables' using errcode = 'insufficient_privilege';
    end if;
    if exists (select from (select distinct area from roster_row offset 0) as named where registry_in_range(area) is not true) then
        raise exception 'a row lies outside the present area' using errcode = 'insufficient_privilege';
    end if;
    alter table registry_person disable trigger tokens_added;
    alter table registry_membership disable trigger area_of_registry_membership;
    alter table registry_residence disable trigger area_of_registry_residence;
    alter table registry_status disable trigger area_of_registry_status;
    for step in 1 .. 5 loop
        made := made || registry_roster_step(step, on_day, moment, source_words, staff);
    end loop;
    insert into registry_searchtoken (token, area, person_id) select unnest(tokens), area, person_id from roster_row;
    alter table registry_person enable trigger tokens_added;
    alter table registry_membership enable trigger area_of_registry_membership;
    alter table registry_residence enable trigger area_of_registry_residence;
    alter table registry_status enable trigger area_of_registry_status;
    return made;
end $$;

-- Rough statistics do until autovacuum makes its own a minute later.
create or replace function registry_load_end(on_day date) returns void language plpgsql security definer
set search_path = public, pg_temp set maintenance_work_mem = '256MB' set default_statistics_target = 25 as $$
declare
    thing record;
begin
    perform registry_aside_is_ours();
    if exists (select from registry_membership m join registry_household h on h.id = m.household_id
            where m.since = on_day and m.area <> h.area) then
        raise exception 'a household lies outside the present area' using errcode = 'insufficient_privilege';
    end if;
    for thing in select again from pg_temp.roster_aside order by place desc loop
        execute thing.again;
    end loop;
    delete from pg_temp.roster_aside;
    analyze registry_person, registry_household, registry_membership, registry_residence, registry_status, registry_searchtoken;
end $$;

-- Never searched by: without them the planner's statistics of a large roster take half the time.
alter table registry_person alter number_sealed set statistics 0, alter phone_sealed set statistics 0,
    alter registered_address set statistics 0, alter tokens set statistics 0;

revoke all on function registry_roster_step(int, date, timestamptz, text, bigint) from public;
revoke all on function registry_all_stands() from public;
revoke all on function registry_aside_is_ours() from public;
revoke all on function registry_load_begin(bigint) from public;
revoke all on function registry_load_part(date, timestamptz, text, bigint) from public;
revoke all on function registry_load_end(date) from public;
grant execute on function registry_roster_step(int, date, timestamptz, text, bigint) to linli_app;
grant execute on function registry_load_begin(bigint) to linli_app;
grant execute on function registry_load_part(date, timestamptz, text, bigint) to linli_app;
grant execute on function registry_load_end(date) to linli_app;
