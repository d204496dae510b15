-- All that the law's answer to an application rests on, as of its day, with the consents that hold on a day: the application,
-- its members as they stand now (the applicant first), lines, and who must support members from outside.
-- One call instead of seven statements, each with a plan that the connection keeps. Row security holds for whoever asks.
create or replace function assistance_family(
    asked bigint, day date, out home json, out members json, out lines json, out supporters json
)
    language plpgsql stable set search_path = public, pg_temp as $$
declare
    one record;
    people bigint[];
begin
    select a.id, a.area, a.zone, a.applied_on, a.alone, a.single_parent, a.received, a.new_job, a.person_id, c.flow
      into one
      from assistance_application a join cases_case c on c.id = a.case_id where a.id = asked;
    home := row_to_json(one);
    people := array(select person_id from assistance_member where application_id = asked and replaced_on is null);
    members := (
        with known as materialized (
            select f.whose, json_agg(json_build_array(s.kind, s.grade) order by s.id) as statuses
              from registry_statuses_of(people, one.applied_on) f join registry_status s on s.id = f.status group by f.whose)
        select json_agg(m) from (
            select m.id, m.person_id, p.name, p.birth, p.died_on, m.kin, m.long_together, m.duty, m.independent, m.study,
                   m.standing, m.since, m.work, m.ill, m.refusals, m.scheme, m.asks, m.failed, m.institution,
                   coalesce(k.statuses, '[]') as statuses,
                   exists (select from assistance_consent c
                            where c.application_id = asked and c.person_id = m.person_id and (
                                  c.withdrawn_on is null and c.signed_on <= day and c.until >= day
                                  or c.revoked and exists (  -- what was lawfully checked before it was taken back stays
                                      select from assistance_inquiry i
                                       where i.application_id = asked and i.asked_on >= c.signed_on
                                         and i.answered_on <= c.withdrawn_on and i.until >= day))) as consented
              from assistance_member m join registry_person p on p.id = m.person_id
              left join known k on k.whose = case when p.merged_into_id is null then p.id else p.merged_into_id end
             where m.application_id = asked and m.replaced_on is null
             order by m.person_id <> one.person_id, m.kin, m.id) m);
    lines := (
        select json_agg(l) from (
            select person_id, kind, amount, number, first, last from assistance_line
             where application_id = asked and struck_on is null order by kind, person_id, first, id) l);
    supporters := (
        select json_agg(s) from (
            select person_id, born, income, property_fits, dibao, tekun, disability, level, incapable, standing
              from assistance_supporter where application_id = asked and struck_on is null order by person_id, id) s);
end $$;
