-- What these people are recognised as on a day, and what was recognised of rows that were merged into theirs: the status, and
-- whose it is, of a merged row the survivor. Row security holds for whoever asks.
-- In steps that are made wholly before the next: in one, the planner reads everybody of the area for the merged rows.
create or replace function registry_statuses_of(asked bigint[], day date) returns table (whose bigint, status bigint)
    language plpgsql stable set search_path = public, pg_temp as $$
begin
    return query
    with people as materialized (
        select distinct case when merged_into_id is null then id else merged_into_id end as survivor
          from registry_person where id = any (asked)),
    same as materialized (
        select survivor, survivor as one from people
        union all
        select survivor, id from people join registry_person on merged_into_id = survivor)
    select survivor, s.id
      from same join registry_status s on s.person_id = one
     where s.since <= day and (s.until is null or s.until > day);
end $$;
