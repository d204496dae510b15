-- The area of a row is its custody. Only these functions, owned by the guard, move rows from one area to another, because
-- the application cannot give away what it may then no longer see. Each checks that the caller's range holds the row.

create or replace function registry_in_range(code text) returns boolean language sql stable
set search_path = public, pg_temp as $$
    select code >= nullif(current_setting('linli.lo', true), '') and code < nullif(current_setting('linli.hi', true), '')
$$;

-- One person or household (with its present members) to another area; rows that take their area from it follow.
create or replace function registry_rehome(what text, which bigint, goal text, on_day date) returns void
language plpgsql security definer set search_path = public, pg_temp as $$
declare
    present text;
begin
    if what not in ('person', 'household') then
        raise exception 'registry_rehome knows persons and households, not %', what;
    end if;
    execute format('select area from registry_%I where id = $1 for update', what) into present using which;
    if present is null or not coalesce(registry_in_range(present), false) then
        raise exception 'the row lies outside the present area' using errcode = 'insufficient_privilege';
    end if;
    if not exists (select from registry_area where code = goal and since <= on_day and (until is null or until > on_day)) then
        raise exception 'there is no such area on this day: %', goal using errcode = 'foreign_key_violation';
    end if;
    if what = 'household' then
        update registry_household set area = goal where id = which and area <> goal;
        update registry_person p set area = goal from registry_membership m join registry_person q on q.id = m.person_id
        where m.household_id = which and p.id in (q.id, q.merged_into_id) and p.area <> goal
            and (m.until is null or m.until > on_day);
    else
        update registry_person set area = goal where id = which and area <> goal;
    end if;
end $$;

-- Every row of every scoped table from one area to its successor; posts at the area follow. How many rows moved.
create or replace function registry_rehome_area(former text, goal text) returns bigint
language plpgsql security definer set search_path = public, pg_temp as $$
declare
    moved bigint := 0;
    one bigint;
    tab regclass;
begin
    if not coalesce(registry_in_range(former), false) then
        raise exception 'the area lies outside the present area' using errcode = 'insufficient_privilege';
    end if;
    for tab in select * from registry_scoped_tables() loop
        execute format('update %s set area = $1 where area = $2', tab) using goal, former;
        get diagnostics one = row_count;
        moved := moved + one;
    end loop;
    update access_post set at = goal where at = former;
    return moved;
end $$;

-- A split: each household named in the list (household id to new code), with its people and all that hangs on them, to its
-- new area; whatever is left of the former area to the area of the rest.
create or replace function registry_split_area(former text, homes jsonb, rest text) returns bigint
language plpgsql security definer set search_path = public, pg_temp as $$
declare
    link record;
begin
    if not coalesce(registry_in_range(former), false) then
        raise exception 'the area lies outside the present area' using errcode = 'insufficient_privilege';
    end if;
    create temporary table moving_home on commit drop as
        select key::bigint as household_id, value as goal from jsonb_each_text(homes);
    create temporary table moving_person on commit drop as
        select m.person_id, min(h.goal) as goal from moving_home h
        join registry_membership m using (household_id) where m.until is null group by m.person_id;
    for link in
        select c.conrelid::regclass as tab, a.attname as col, c.confrelid::regclass::text as parent
        from pg_constraint c
        join pg_attribute a on a.attrelid = c.conrelid and a.attnum = c.conkey[1]
        where c.contype = 'f' and c.confrelid in ('registry_person'::regclass, 'registry_household'::regclass)
            and c.conrelid in (select * from registry_scoped_tables())
            and c.conrelid not in ('registry_person'::regclass, 'registry_household'::regclass)
        order by c.confrelid = 'registry_household'::regclass desc
    loop
        execute format(
            'update %s t set area = m.goal from %I m where t.%I = m.%I and t.area = $1', link.tab,
            case link.parent when 'registry_person' then 'moving_person' else 'moving_home' end, link.col,
            case link.parent when 'registry_person' then 'person_id' else 'household_id' end
        ) using former;
    end loop;
    update registry_household h set area = m.goal from moving_home m where h.id = m.household_id and h.area = former;
    update registry_person p set area = m.goal from moving_person m where p.id = m.person_id and p.area = former;
    drop table moving_home, moving_person;
    return registry_rehome_area(former, rest);
end $$;

-- Every table under row security that has an area of its own, parents first. The token table follows its people. Books that
-- the database keeps append-only (a trigger of that name) stay with the area that kept them; the district closes them.
create or replace function registry_scoped_tables() returns setof regclass language sql stable
set search_path = public, pg_temp as $$
    select c.oid::regclass from pg_class c
    join pg_attribute a on a.attrelid = c.oid and a.attname = 'area' and not a.attisdropped
    where c.relkind = 'r' and c.relrowsecurity and c.oid <> 'registry_searchtoken'::regclass
        and not exists (select from pg_trigger t where t.tgrelid = c.oid and t.tgname = 'append_only')
    order by c.relname in ('registry_person', 'registry_household') desc, c.relname
$$;

alter function registry_rehome(text, bigint, text, date) owner to linli_guard;
alter function registry_rehome_area(text, text) owner to linli_guard;
alter function registry_split_area(text, jsonb, text) owner to linli_guard;
revoke all on function registry_rehome(text, bigint, text, date) from public;
revoke all on function registry_rehome_area(text, text) from public;
revoke all on function registry_split_area(text, jsonb, text) from public;
grant execute on function registry_rehome(text, bigint, text, date) to linli_app;
grant execute on function registry_rehome_area(text, text) to linli_app;
grant execute on function registry_split_area(text, jsonb, text) to linli_app;

-- The application itself never moves a person or a household.
create or replace function registry_area_stays() returns trigger language plpgsql as $$
begin
    if current_user = 'linli_app' then
        raise exception 'an area changes only by re-homing' using errcode = 'insufficient_privilege';
    end if;
    return new;
end $$;
drop trigger if exists area_stays on registry_person;
create trigger area_stays before update of area on registry_person for each row
    when (old.area is distinct from new.area) execute function registry_area_stays();
drop trigger if exists area_stays on registry_household;
create trigger area_stays before update of area on registry_household for each row
    when (old.area is distinct from new.area) execute function registry_area_stays();
