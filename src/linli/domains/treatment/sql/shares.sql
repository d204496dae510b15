-- The shares of a bill land in one statement, add up to it, and leave the family nothing in a free round.
create or replace function treatment_shares_landed() returns trigger
    language plpgsql security definer set search_path = public, pg_temp as $$
declare
    fault record;
begin
    select p.id as patient into fault
      from treatment_patient p join treatment_round r on r.id = p.round_id
      join (select s.patient_id, sum(s.amount) as total, bool_or(s.bearer = 'family') as family
              from treatment_share s where s.patient_id in (select patient_id from fresh) group by 1) b on b.patient_id = p.id
     where b.total <> p.cost or p.state <> 'treated' or r.free and b.family limit 1;
    if found then
        raise exception 'the shares of patient % do not fit the bill', fault.patient using errcode = 'LT001';
    end if;
    return null;
end $$;
alter function treatment_shares_landed() owner to linli_guard;
drop trigger if exists shares_landed on treatment_share;
create trigger shares_landed after insert on treatment_share referencing new table as fresh
    for each statement execute function treatment_shares_landed();

call access_columns_stay('treatment_share', 'patient_id, bearer, amount');
call access_columns_stay('treatment_patient', 'cost, treated_on, round_id, person_id', 'old.state = ''treated''');
call access_columns_stay('treatment_round', 'project, year, number, organiser, hospital_id, free, fund_id');
