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
        update registry_person p set area = goal from registry_membership m, registry_person q
        where m.household_id = which and (m.until is null or m.until > on_day) and q.id = m.person_id
            and p.merged_into_id = coalesce(q.merged_into_id, q.id) and p.area <> goal;
    else
        update registry_person set area = goal where (id = which or merged_into_id = which) and area <> goal;
    end if;
end $$;

-- What the guard is about to move, kept before it does: which row of which table went from where to where on which day. With it
-- every row can be put back on the boundaries of any earlier day, however often areas were merged, split and turned since.
create or replace function registry_note_moves(former text, on_day date) returns void
language plpgsql security definer set search_path = public, pg_temp as $$
declare
    tab record;
begin
    for tab in select * from registry_scoped_tables() loop
        execute format(
            'insert into registry_areamove ("table", row, former, day) select $1, %I::text, $2, $3 from %s where area = $2',
            tab.key, tab.of
        ) using tab.name, former, on_day;
    end loop;
end $$;

-- Every row that is still there, and the posts.
create or replace function registry_move_all(former text, goal text) returns bigint
language plpgsql security definer set search_path = public, pg_temp as $$
declare
    moved bigint := 0;
    one bigint;
    tab record;
begin
    for tab in select * from registry_scoped_tables() loop
        execute format('update %s set area = $1 where area = $2', tab.of) using goal, former;
        get diagnostics one = row_count;
        moved := moved + one;
    end loop;
    update access_post set at = goal where at = former;
    return moved;
end $$;

-- Every row of every scoped table from one area to its successor; posts at the area follow. How many rows moved.
drop function if exists registry_rehome_area(text, text);
create or replace function registry_rehome_area(former text, goal text, on_day date) returns bigint
language plpgsql security definer set search_path = public, pg_temp as $$
begin
    if not coalesce(registry_in_range(former), false) then
        raise exception 'the area lies outside the present area' using errcode = 'insufficient_privilege';
    end if;
    perform registry_note_moves(former, on_day);
    return registry_move_all(former, goal);
end $$;

-- A split: each household named in the list (household id to new code) to its new area, with its people and all that hangs on
-- them: rows that point to what went along, and the files that those rows point to. Whatever is left goes to the area of the rest.
drop function if exists registry_split_area(text, jsonb, text);
create or replace function registry_split_area(former text, homes jsonb, rest text, on_day date) returns bigint
language plpgsql security definer set search_path = public, pg_temp as $$
declare
    link record;
    goals text[] := array(select distinct value from jsonb_each_text(homes));
    one bigint;
    moved bigint;
begin
    if not coalesce(registry_in_range(former), false) then
        raise exception 'the area lies outside the present area' using errcode = 'insufficient_privilege';
    end if;
    perform registry_note_moves(former, on_day);
    create temporary table moving_home on commit drop as
        select key::bigint as household_id, value as goal from jsonb_each_text(homes);
    create temporary table moving_person on commit drop as
        select m.person_id, min(h.goal) as goal from moving_home h
        join registry_membership m using (household_id) where m.until is null group by m.person_id;
    insert into moving_person
        select p.id, m.goal from registry_person p join moving_person m on m.person_id = p.merged_into_id
        where p.id not in (select person_id from moving_person);
    update registry_household h set area = m.goal from moving_home m where h.id = m.household_id and h.area = former;
    update registry_person p set area = m.goal from moving_person m where p.id = m.person_id and p.area = former;
    drop table moving_home, moving_person;
    loop  -- until nothing hangs any more on what went along
        moved := 0;
        for link in select * from registry_scoped_links() loop
            execute format(
                'update %s t set area = p.area from %s p where t.%I = p.%I and t.area = $1 and p.area = any ($2)', link.tab,
                link.parent, link.col, link.key
            ) using former, goals;
            get diagnostics one = row_count;
            moved := moved + one;
        end loop;
        exit when moved = 0;
    end loop;
    for link in select * from registry_scoped_links() where parent = 'files_storedfile'::regclass loop
        execute format(
            'update files_storedfile f set area = t.area from %s t where t.%I = f.id and f.area = $1 and t.area = any ($2)',
            link.tab, link.col
        ) using former, goals;
    end loop;
    return registry_move_all(former, rest);
end $$;

-- Every table under row security that has an area of its own, with the column that names a row, parents first. The token table
-- follows its people.
drop function if exists registry_scoped_tables();
create or replace function registry_scoped_tables() returns table (of regclass, name text, key name) language sql stable
set search_path = public, pg_temp as $$
    select c.oid::regclass, n.nspname || '.' || c.relname, k.attname from pg_class c
    join pg_namespace n on n.oid = c.relnamespace
    join pg_attribute a on a.attrelid = c.oid and a.attname = 'area' and not a.attisdropped
    join pg_index i on i.indrelid = c.oid and i.indisprimary
    join pg_attribute k on k.attrelid = c.oid and k.attnum = i.indkey[0]
    where c.relkind = 'r' and c.relrowsecurity and c.oid <> 'registry_searchtoken'::regclass
    order by c.relname in ('registry_person', 'registry_household') desc, c.relname
$$;

-- The foreign keys among them. A person's row is not drawn along by what it points to: the household or its own residence decides.
create or replace function registry_scoped_links() returns table (tab regclass, col name, parent regclass, key name)
language sql stable set search_path = public, pg_temp as $$
    select c.conrelid::regclass, a.attname, c.confrelid::regclass, k.attname from pg_constraint c
    join pg_attribute a on a.attrelid = c.conrelid and a.attnum = c.conkey[1]
    join pg_attribute k on k.attrelid = c.confrelid and k.attnum = c.confkey[1]
    where c.contype = 'f' and c.conrelid in (select of from registry_scoped_tables())
        and c.confrelid in (select of from registry_scoped_tables())
        and c.conrelid not in ('registry_person'::regclass, 'registry_household'::regclass) and c.conrelid <> c.confrelid
    order by c.confrelid = 'registry_household'::regclass desc, c.conrelid::regclass::text, a.attname
$$;

alter function registry_rehome(text, bigint, text, date) owner to linli_guard;
alter function registry_note_moves(text, date) owner to linli_guard;
alter function registry_move_all(text, text) owner to linli_guard;
alter function registry_rehome_area(text, text, date) owner to linli_guard;
alter function registry_split_area(text, jsonb, text, date) owner to linli_guard;
revoke all on function registry_note_moves(text, date) from public;
revoke all on function registry_move_all(text, text) from public;
revoke all on function registry_rehome(text, bigint, text, date) from public;
revoke all on function registry_rehome_area(text, text, date) from public;
revoke all on function registry_split_area(text, jsonb, text, date) from public;
grant execute on function registry_rehome(text, bigint, text, date) to linli_app;
grant execute on function registry_rehome_area(text, text, date) to linli_app;
grant execute on function registry_split_area(text, jsonb, text, date) to linli_app;

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
