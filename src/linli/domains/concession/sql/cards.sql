-- One valid card for a person, merged rows counted as one, over the whole district; a use fits card, agreement and prices.

create or replace function concession_card_landed() returns trigger
    language plpgsql security definer set search_path = public, pg_temp as $$
declare
    root bigint;
begin
    if new.state <> 'valid' then
        return null;
    end if;
    select coalesce(merged_into_id, id) into root from registry_person where id = new.person_id;
    perform pg_advisory_xact_lock(20100052, hashint8(root));
    if exists (select from concession_card c join registry_person p on p.id = c.person_id
                where coalesce(p.merged_into_id, p.id) = root and c.id <> new.id and c.state = 'valid'
                  and c.expires_on >= new.issued_on)
    then
        raise exception 'this person holds a card' using errcode = 'CN001';
    end if;
    return null;
end $$;
alter function concession_card_landed() owner to linli_guard;
drop trigger if exists card_landed on concession_card;
create trigger card_landed after insert on concession_card for each row execute function concession_card_landed();

create or replace function concession_visit_fits() returns trigger
    language plpgsql security definer set search_path = public, pg_temp as $$
begin
    if not exists (select from concession_card c
                    where c.id = new.card_id and new.day between c.issued_on and c.expires_on
                      and (c.ended_on is null or new.day <= c.ended_on))
        or not exists (select from concession_agreement a
                        where a.id = new.agreement_id and new.day >= a.since and (a.until is null or new.day <= a.until))
    then
        raise exception 'the card could not be used there on %', new.day using errcode = 'CN002';
    end if;
    return new;
end $$;
alter function concession_visit_fits() owner to linli_guard;
drop trigger if exists visit_fits on concession_visit;
create trigger visit_fits before insert on concession_visit for each row execute function concession_visit_fits();

-- All lines of a visit come in one statement, at the percentages of its agreement, and make up its sums.
create or replace function concession_lines_landed() returns trigger
    language plpgsql security definer set search_path = public, pg_temp as $$
begin
    if exists (select from fresh l join concession_visit v on v.id = l.visit_id
                 left join concession_term t on t.agreement_id = v.agreement_id and t.item = l.item
                where t.percent is distinct from l.percent or l.price <= 0 or l.reduced <> l.price * l.percent / 100)
        or exists (select from concession_visit v join concession_line l on l.visit_id = v.id
                    where v.id in (select visit_id from fresh) group by v.id, v.price, v.reduced
                   having v.price <> sum(l.price) or v.reduced <> sum(l.reduced))
    then
        raise exception 'the lines are not those of the agreement' using errcode = 'CN003';
    end if;
    return null;
end $$;
alter function concession_lines_landed() owner to linli_guard;
drop trigger if exists lines_landed on concession_line;
create trigger lines_landed after insert on concession_line
    referencing new table as fresh for each statement execute function concession_lines_landed();

call access_columns_stay('concession_agreement', 'organisation_id, name, paper, since, made_by_id');
call access_columns_stay('concession_agreement', 'until', 'old.until is not null', '_ended');
call access_columns_stay(
    'concession_card', 'number, person_id, name, ground, issued_on, expires_on, proof, issued_by_id, replaces_id'
);
call access_columns_stay('concession_card', 'state, ended_on, ended_why', 'old.state <> ''valid''', '_ended');
call access_columns_stay(
    'concession_visit', 'card_id, agreement_id, receipt, day, price, reduced, entered_on, entered_by_id'
);
call access_columns_stay('concession_visit', 'state, cancelled_on', 'old.state <> ''entered''', '_cancelled');
