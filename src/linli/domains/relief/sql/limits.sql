-- No relief twice for the same event, and not more often in a year than the law of the day allows: for every person, over the
-- whole district and whatever the scope. Those who are helped land in one statement; their rows wait for each other.
create or replace function relief_helped_landed() returns trigger
    language plpgsql security definer set search_path = public, pg_temp as $$
declare
    one record;
    known bigint[];
begin
    for one in
        select f.*, coalesce(p.merged_into_id, p.id) as root from fresh f join registry_person p on p.id = f.person_id order by root
    loop
        perform pg_advisory_xact_lock(20100031, hashint8(one.root));
        known := one.root || array(select id from registry_person where merged_into_id = one.root);
        if not one.renewed and exists (
            select from relief_helped h
             where h.person_id = any (known) and h.id <> one.id and h.cancelled_on is null and h.event = one.event
               and h.happened_on > one.happened_on - interval '1 year' and h.happened_on < one.happened_on + interval '1 year'
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

call access_columns_stay('relief_helped', 'request_id, person_id, event, happened_on, renewed, helped_on, times_most');
call access_columns_stay('relief_helped', 'cancelled_on', 'old.cancelled_on is not null', '_cancelled');
call access_columns_stay('relief_request', 'case_id, former_id, person_id, members, people, fast, applied_on');
call access_columns_stay(
    'relief_request', 'amount, decided_on, event, cause, happened_on, degree, months, burden, renewed',
    'old.state <> ''open''', '_decided'
);
