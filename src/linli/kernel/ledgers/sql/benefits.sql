-- No double aid, over the whole district and whatever the scope (design: reach = district).

-- Claims for the same people wait for each other, in the order of their numbers; a claim for very many people waits for
-- all others, because the server's table of locks is finite.
create or replace function ledgers_lock_people(people bigint[]) returns void
    language plpgsql security definer set search_path = public, pg_temp as $$
declare
    person bigint;
begin
    if cardinality(people) > 200 then
        perform pg_advisory_xact_lock(20100002, 0);
        return;
    end if;
    perform pg_advisory_xact_lock_shared(20100002, 0);
    for person in select distinct p from unnest(people) p order by p loop
        perform pg_advisory_xact_lock(20100003, hashint8(person));
    end loop;
end $$;

-- Whether a period lies in another one, or is it: 2010-11 lies in 2010.
create or replace function ledgers_periods_meet(one text, other text) returns boolean
    language sql immutable parallel safe set search_path = public, pg_temp as
$$ select left(one, length(other)) = other or left(other, length(one)) = one $$;

-- Enter the benefits of one claim for all members of the household, or raise LB010 with the benefit that stands against it.
create or replace function ledgers_claim(
    p_group text, p_period text, p_people bigint[], p_household bigint, p_source text, p_amount bigint, p_on date, p_area text
) returns integer language plpgsql security definer set search_path = public, pg_temp as $$
declare
    other record;
    entered integer;
    roots bigint[];   -- the people as they are known now
    known bigint[];   -- and every row that has been merged into them
begin
    if not (p_area >= current_setting('linli.lo', true) and p_area < current_setting('linli.hi', true)) then
        raise exception 'area outside of the scope' using errcode = 'insufficient_privilege';
    end if;
    roots := array(select distinct coalesce(merged_into_id, id) from registry_person where id = any (p_people));
    if (select count(*) from registry_person where id = any (p_people)) < cardinality(p_people) then
        raise exception 'unknown people' using errcode = 'foreign_key_violation';
    end if;
    known := roots || array(select id from registry_person where merged_into_id = any (roots));
    perform ledgers_lock_people(known);
    select b.person_id, b."group", b.period, b.area, b.source into other
      from ledgers_benefit b
     where b.person_id = any (known) and b.cancelled_on is null
       and (b."group" = p_group and b.period = p_period
            or ledgers_periods_meet(b.period, p_period) and exists (
                   select from ledgers_exclusion e
                    where e.first = least(b."group", p_group) and e.second = greatest(b."group", p_group)
                      and e.since <= p_on))
     order by b.person_id, b.id limit 1;
    if found then
        raise exception 'already helped' using errcode = 'LB010', detail = row_to_json(other)::text;
    end if;
    insert into ledgers_benefit ("group", period, person_id, household_id, source, amount, given_on, area)
        select p_group, p_period, p, p_household, p_source, p_amount, p_on, p_area
          from unnest(roots) p order by p;
    get diagnostics entered = row_count;
    return entered;
end $$;

-- Give up what one claim entered; the people can be helped again. How many rows were open.
create or replace function ledgers_release_claim(p_source text, p_on date) returns integer
    language plpgsql security definer set search_path = public, pg_temp as $$
declare
    released integer;
begin
    update ledgers_benefit set cancelled_on = p_on
     where source = p_source and cancelled_on is null
       and area >= current_setting('linli.lo', true) and area < current_setting('linli.hi', true);
    get diagnostics released = row_count;
    return released;
end $$;

alter function ledgers_lock_people(bigint[]) owner to linli_guard;
alter function ledgers_claim(text, text, bigint[], bigint, text, bigint, date, text) owner to linli_guard;
alter function ledgers_release_claim(text, date) owner to linli_guard;
revoke execute on function ledgers_lock_people(bigint[]) from public;
revoke execute on function ledgers_claim(text, text, bigint[], bigint, text, bigint, date, text) from public;
revoke execute on function ledgers_release_claim(text, date) from public;
grant execute on function ledgers_claim(text, text, bigint[], bigint, text, bigint, date, text) to linli_app;
grant execute on function ledgers_release_claim(text, date) to linli_app;
