-- An audit keeps what it says: its heading from the first day, its conclusion and figures once it is concluded.
call access_columns_stay('charity_audit', 'campaign_id, since, until, scope, auditor_id, opened_on');
call access_columns_stay(
    'charity_audit', 'households, granted, paid, conclusion, summary, concluded_on', 'old.concluded_on is not null', '_concluded'
);
call access_columns_stay('charity_audit', 'notice_id', 'old.notice_id is not null', '_published');
call access_columns_stay('charity_auditsample', 'audit_id, application_id');
call access_columns_stay('charity_auditfinding', 'audit_id, sample_id, text, demand, due, found_on');
call access_columns_stay(
    'charity_auditfinding', 'mend, mended_on, mended_by_id', 'old.mended_on is not null', '_mended'
);

-- After the conclusion nothing is drawn, judged or found any more; only what was found is mended.
create or replace function charity_audit_is_open() returns trigger
    language plpgsql security definer set search_path = public, pg_temp as $$
begin
    if exists (select from charity_audit a where a.id = new.audit_id and a.concluded_on is not null) then
        raise exception 'audit % is concluded', new.audit_id using errcode = 'LC001';
    end if;
    return new;
end $$;
alter function charity_audit_is_open() owner to linli_guard;
drop trigger if exists audit_is_open on charity_auditsample;
create trigger audit_is_open before insert or update of result, note on charity_auditsample
    for each row execute function charity_audit_is_open();
drop trigger if exists audit_is_open on charity_auditfinding;
create trigger audit_is_open before insert on charity_auditfinding
    for each row execute function charity_audit_is_open();
