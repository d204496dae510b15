-- Taking an imported roster back: only what nobody touched since, and only by the guard, because nobody else may delete people.
-- A person is touched when it was corrected, merged, has died, moved, or when any other table of the house points to it; a
-- household goes as a whole or stays as a whole. People of one import share the moment of its transaction.

grant delete on registry_person, registry_household, registry_membership, registry_residence, registry_status to linli_guard;

create or replace function registry_take_back(low bigint, high bigint, moment timestamptz, source_words text)
returns table (reversed bigint, person_id bigint, name text, area text)
language plpgsql security definer set search_path = public, pg_temp as $$
#variable_conflict use_column
declare
    link record;
    gone bigint;
begin
    create temporary table back_person on commit drop as
        select p.id, m.household_id as home, coalesce(h.created_at = moment, false) as own_home,
            p.version > 1 or p.merged_into_id is not null or p.died_on is not null
            or (select count(*) <> 1 or bool_or(r.until is not null) from registry_residence r where r.person_id = p.id)
            or (select count(*) > 1 or coalesce(bool_or(n.until is not null), false) from registry_membership n where n.person_id = p.id)
            or exists (select from registry_status s where s.person_id = p.id
                       and (s.source <> source_words or s.until is not null)) as touched
        from registry_person p
        left join registry_membership m on m.person_id = p.id
        left join registry_household h on h.id = m.household_id
        where p.id between low and high and p.created_at = moment and registry_in_range(p.area);
    create index on back_person (id);
    create index on back_person (home);
    analyze back_person;
    for link in
        select c.conrelid::regclass as tab, a.attname as col, c.confrelid = 'registry_person'::regclass as of_person
        from pg_constraint c join pg_attribute a on a.attrelid = c.conrelid and a.attnum = c.conkey[1]
        where c.contype = 'f' and c.confrelid in ('registry_person'::regclass, 'registry_household'::regclass)
            and c.conrelid not in ('registry_membership'::regclass, 'registry_residence'::regclass,
                                   'registry_status'::regclass, 'registry_household'::regclass)
    loop
        execute format(
            'update back_person b set touched = true from %s t where t.%I = b.%s and not b.touched', link.tab, link.col,
            case when link.of_person then 'id' else 'home' end
        );
    end loop;
    -- other people joined a household of this import, or it was closed or got another head
    update back_person b set touched = true where b.own_home and not b.touched and (
        exists (select from registry_membership m where m.household_id = b.home
                and not exists (select from back_person c where c.id = m.person_id))
        or exists (select from registry_household h where h.id = b.home and h.until is not null));
    update back_person b set touched = true where b.own_home and not b.touched
        and exists (select from back_person c where c.home = b.home and c.touched);
    -- a head of a household that stays, stays
    update back_person b set touched = true where not b.touched
        and exists (select from registry_household h where h.head_id = b.id and (h.id <> b.home or not b.own_home));

    delete from registry_searchtoken t using registry_person p, back_person b
        where b.id = p.id and not b.touched and t.token = any (p.tokens) and t.area = p.area and t.person_id = p.id;
    delete from registry_status s using back_person b where s.person_id = b.id and not b.touched;
    delete from registry_residence r using back_person b where r.person_id = b.id and not b.touched;
    delete from registry_membership m using back_person b where m.person_id = b.id and not b.touched;
    delete from registry_household h using back_person b where h.head_id = b.id and b.own_home and not b.touched;
    delete from registry_person p using back_person b where p.id = b.id and not b.touched;
    get diagnostics gone = row_count;
    return query select gone, null::bigint, null::text, null::text;
    return query select null::bigint, p.id, p.name::text, p.area::text
        from back_person b join registry_person p on p.id = b.id where b.touched order by p.area, p.id;
    drop table back_person;
end $$;

alter function registry_take_back(bigint, bigint, timestamptz, text) owner to linli_guard;
revoke all on function registry_take_back(bigint, bigint, timestamptz, text) from public;
grant execute on function registry_take_back(bigint, bigint, timestamptz, text) to linli_app;
