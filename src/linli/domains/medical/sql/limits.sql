-- The year's limit of one person holds over the whole district and in races, whatever the scope of the writer.
create or replace function medical_bill_landed() returns trigger
    language plpgsql security definer set search_path = public, pg_temp as $$
declare
    root bigint;
    known bigint[];
begin
    select coalesce(merged_into_id, id) into root from registry_person where id = new.person_id;
    perform pg_advisory_xact_lock(20100041, hashint8(root));
    known := root || array(select id from registry_person where merged_into_id = root);
    if (select sum(b.aid) from medical_bill b
         where b.person_id = any (known) and b.state = 'settled'
           and date_trunc('year', b.left_on) = date_trunc('year', new.left_on)) > new.most
    then
        raise exception 'above the limit of the year' using errcode = 'MA001';
    end if;
    return null;
end $$;
alter function medical_bill_landed() owner to linli_guard;
drop trigger if exists bill_landed on medical_bill;
create trigger bill_landed after insert on medical_bill for each row execute function medical_bill_landed();

call access_columns_stay(
    'medical_bill',
    'person_id, hospital_id, invoice, way, illness, left_on, cost, covered, basic, serious, patient, aid, most, settled_on, settled_by_id'
);
call access_columns_stay('medical_bill', 'state, cancelled_on', 'old.state <> ''settled''', '_cancelled');
call access_columns_stay('medical_bill', 'statement_id, state', 'old.statement_id is not null', '_stated');
call access_columns_stay('medical_hospital', 'organisation_id, since');
call access_columns_stay('medical_statement', 'hospital_id, last, bills, amount, made_on, made_by_id');
call access_columns_stay('medical_statement', 'ordered_on', 'old.ordered_on is not null', '_ordered');
