-- No relief twice for the same emergency, and not more often in a year than the law of the day allows: for every person, over the
-- whole district and whatever the scope. The same emergency: of one person, the same kind of event within a year; within ten days
-- another kind, too, where the same person asks or a kind tells nothing ("other"), and the same kind in one household, so that its
-- members do not ask for themselves one by one. The illness of one member is not the accident of another who asked for all.
-- Those who are helped land in one statement; their rows wait for each other.
create or replace function relief_helped_landed() returns trigger
    language plpgsql security definer set search_path = public, pg_temp as $$
declare
    one record;
    home bigint;
    known bigint[];
    asker bigint;
begin
    for home in select distinct household_id from fresh where household_id is not null order by 1 loop
        perform pg_advisory_xact_lock(20100032, hashint8(home));
    end loop;
    for one in
        select f.*, coalesce(p.merged_into_id, p.id) as root from fresh f join registry_person p on p.id = f.person_id order by root
    loop
        perform pg_advisory_xact_lock(20100031, hashint8(one.root));
        known := one.root || array(select id from registry_person where merged_into_id = one.root);
        select coalesce(p.merged_into_id, p.id) into asker
          from relief_request r join registry_person p on p.id = r.person_id where r.id = one.request_id;
        if not one.renewed and exists (
            select from relief_helped h
              join relief_request r on r.id = h.request_id join registry_person p on p.id = r.person_id
             where h.request_id <> one.request_id and h.cancelled_on is null
               and (h.person_id = any (known) and h.event = one.event
                    and h.happened_on > one.happened_on - interval '1 year' and h.happened_on < one.happened_on + interval '1 year'
                    or h.happened_on between one.happened_on - 10 and one.happened_on + 10
                    and (h.event = one.event and h.household_id = one.household_id
                         or h.person_id = any (known) and (coalesce(p.merged_into_id, p.id) = asker
                                                           or h.event like 'other%' or one.event like 'other%')))
        ) then
            raise exception 'helped for the same event' using errcode = 'LR001', detail = one.person_id::text;
        end if;
        if (select count(*) from relief_helped h
             where h.person_id = any (known) and h.cancelled_on is null
               and date_trunc('year', h.helped_on) = date_trunc('year', one.helped_on)) > one.times_most
        then
            raise exception 'helped often enough' using errcode = 'LR002', detail = one.person_id::text;
        end if;
    end loop;
    return null;
end $$;
alter function relief_helped_landed() owner to linli_guard;
drop trigger if exists helped_landed on relief_helped;
create trigger helped_landed after insert on relief_helped referencing new table as fresh
    for each statement execute function relief_helped_landed();

call access_columns_stay('relief_helped', 'request_id, person_id, household_id, event, happened_on, renewed, helped_on, times_most');
call access_columns_stay('relief_helped', 'cancelled_on', 'old.cancelled_on is not null', '_cancelled');
call access_columns_stay('relief_request', 'case_id, former_id, person_id, members, people, names, household_id, fast, applied_on');
call access_columns_stay(
    'relief_request', 'amount, decided_on, event, cause, happened_on, degree, months, burden, renewed, means',
    'old.state <> ''open''', '_decided'
);
