-- When something fell due, by which declaration and for whom, is written once: a changed declaration does not rewrite the past.
create or replace function duties_occurrence_stands() returns trigger language plpgsql as $$
begin
    if (new.duty, new.line, new.subject, new.first, new.last, new.late_after, new.number)
        is distinct from (old.duty, old.line, old.subject, old.first, old.last, old.late_after, old.number) then
        raise exception 'when a duty fell due is never changed' using errcode = 'insufficient_privilege';
    end if;
    if old.state = 'dropped' and new.state <> 'dropped' then
        raise exception 'what is not owed any more does not come back' using errcode = 'insufficient_privilege';
    end if;
    if old.state = 'done' and new.state = 'dropped' then
        raise exception 'what was done is not dropped' using errcode = 'insufficient_privilege';
    end if;
    return new;
end $$;
drop trigger if exists occurrence_stands on duties_occurrence;
create trigger occurrence_stands before update on duties_occurrence for each row execute function duties_occurrence_stands();

-- A shift is a person on a day: it changes hands by a new row. What was attended stays.
create or replace function duties_shift_stands() returns trigger language plpgsql as $$
begin
    if (new.duty, new.day, new.staff_id) is distinct from (old.duty, old.day, old.staff_id)
        or (old.attended_on is not null and (new.active, new.attended_on) is distinct from (old.active, old.attended_on)) then
        raise exception 'a shift is never turned into another' using errcode = 'insufficient_privilege';
    end if;
    return new;
end $$;
drop trigger if exists shift_stands on duties_shift;
create trigger shift_stands before update on duties_shift for each row execute function duties_shift_stands();
