-- A signed report is what it was: only its withdrawal may still be written, for whoever tries.
create or replace function figures_report_stays() returns trigger language plpgsql as $$
begin
    if tg_op = 'DELETE' then
        raise exception 'a report is withdrawn, never deleted' using errcode = 'check_violation';
    end if;
    if old.state = 'draft' then
        return new;
    end if;
    if current_user = 'linli_guard' and to_jsonb(new) - 'area' = to_jsonb(old) - 'area' then
        return new;  -- boundaries changed: who keeps it, never what it says
    end if;
    if old.state = 'signed' and new.state = 'withdrawn' and
       (to_jsonb(new) - '{state,withdrawn_on,withdrawn_why,version}'::text[]) =
       (to_jsonb(old) - '{state,withdrawn_on,withdrawn_why,version}'::text[]) then
        return new;
    end if;
    raise exception 'a signed report does not change' using errcode = 'check_violation';
end $$;
drop trigger if exists figures_report_stays on figures_report;
create trigger figures_report_stays before update or delete on figures_report
    for each row execute function figures_report_stays();

drop function if exists figures_frozen() cascade;
drop trigger if exists figures_frozen on figures_reportfigure;
create trigger figures_frozen before update or delete on figures_reportfigure
    for each row execute function access_refuse_change();
