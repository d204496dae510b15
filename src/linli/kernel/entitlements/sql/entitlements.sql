-- What was decided and ordered says so for ever; a later decision ends a row or sets it aside, and that stays, too.

call access_append_only('entitlements_decision', 'entitlement_id, deed, since, ground, words, reasons, articles, outcome, paper, before, after, decided_on, decided_by_id');
call access_append_only('entitlements_issue', 'entitlement_id, component, for_month, number, kind, amount, programme, month, run_id, order_id, issued_on');
call access_never_removed('entitlements_entitlement');
call access_columns_stay('entitlements_entitlement', 'programme, person_id, household_id, since, paid_from');
call access_never_removed('entitlements_spell');
call access_columns_stay('entitlements_spell', 'entitlement_id, since, decision_id, grade, persons');
call access_columns_stay('entitlements_spell', 'until, ended_by_id, void', 'old.void', '_void');
call access_never_removed('entitlements_amount');
call access_columns_stay('entitlements_amount', 'entitlement_id, since, decision_id, component, amount');
call access_columns_stay('entitlements_amount', 'until, ended_by_id, void', 'old.void', '_void');
call access_never_removed('entitlements_covered');
call access_columns_stay('entitlements_covered', 'entitlement_id, since, decision_id, person_id, lane');
call access_columns_stay('entitlements_covered', 'until, ended_by_id, void', 'old.void', '_void');
call access_never_removed('entitlements_suspension');
call access_columns_stay('entitlements_suspension', 'entitlement_id, since, decision_id, ground');
call access_columns_stay('entitlements_suspension', 'until, ended_by_id, void, pay_back', 'old.void', '_void');
call access_never_removed('entitlements_run');
call access_columns_stay('entitlements_run', 'programme, component, month, first, serial, basis, made_by_id, made_on');
call access_columns_stay('entitlements_run', 'count, amount, confirmed_by_id, confirmed_on', 'old.confirmed_on is not null', '_confirmed');
call access_never_removed('entitlements_runpart');
call access_columns_stay('entitlements_runpart', 'run_id, number, lo, hi');
call access_columns_stay('entitlements_runpart', 'done, count, amount, held, held_amount', 'old.done', '_done');
call access_never_removed('entitlements_funding');
call access_columns_stay('entitlements_funding', 'programme, component, place, since, paper');

-- What a month of one component comes to by everything that was decided until now: nothing while it is held back.
create or replace function entitlements_decided(which bigint, part text, of_month date) returns bigint
    language sql stable set search_path = public, pg_temp as $$
    select case when exists (select from entitlements_suspension s
                              where s.entitlement_id = which and not s.void and s.since <= of_month
                                and (s.until is null or s.until > of_month) and not (s.until is not null and s.pay_back))
                then 0
                else coalesce((select sum(a.amount) from entitlements_amount a
                                where a.entitlement_id = which and a.component = part and not a.void and a.since <= of_month
                                  and (a.until is null or a.until > of_month)), 0)
           end
$$;

-- What counts as paid: not what was cancelled before it was paid, and not a payment that is taken back as a whole. Of what is taken
-- back in part, issues below zero say for which months.
create or replace function entitlements_counts(which bigint) returns boolean
    language sql stable set search_path = public, pg_temp as $$
    select which is null or not exists (
        select from ledgers_paymentorder o left join ledgers_recovery r on r.order_id = o.id and not r.partly
         where o.id = which and (o.cancelled_on is not null or r.id is not null))
$$;

-- All issues of a statement at once: no month of a component is ever paid beyond what was decided for it.
create or replace function entitlements_issues_landed() returns trigger
    language plpgsql security definer set search_path = public, pg_temp as $$
declare
    fault record;
begin
    select k.entitlement_id, k.component, k.for_month into fault
      from (select distinct entitlement_id, component, for_month from fresh where amount > 0) k
      join entitlements_issue i using (entitlement_id, component, for_month)
     where entitlements_counts(i.order_id)
     group by k.entitlement_id, k.component, k.for_month
    having sum(i.amount) > entitlements_decided(k.entitlement_id, k.component, k.for_month)
     limit 1;
    if found then
        raise exception 'more is ordered than was decided: % % %', fault.entitlement_id, fault.component, fault.for_month
            using errcode = 'LE001';
    end if;
    return null;
end $$;
alter function entitlements_issues_landed() owner to linli_guard;
drop trigger if exists issues_landed on entitlements_issue;
create trigger issues_landed after insert on entitlements_issue referencing new table as fresh
    for each statement execute function entitlements_issues_landed();
grant execute on function entitlements_decided(bigint, text, date), entitlements_counts(bigint) to linli_app, linli_guard;

-- Lines and items of a run are computed anew only while nobody has confirmed it.
create or replace function entitlements_run_stands() returns trigger
    language plpgsql security definer set search_path = public, pg_temp as $$
begin
    if exists (select from (select distinct run_id from gone) g join entitlements_run r on r.id = g.run_id
                where r.state not in ('waiting', 'ready')) then
        raise exception 'a confirmed run is not computed again' using errcode = 'LA000';
    end if;
    return null;
end $$;
alter function entitlements_run_stands() owner to linli_guard;
drop trigger if exists run_stands on entitlements_runline;
create trigger run_stands after delete on entitlements_runline referencing old table as gone
    for each statement execute function entitlements_run_stands();
drop trigger if exists run_stands on entitlements_runitem;
create trigger run_stands after delete on entitlements_runitem referencing old table as gone
    for each statement execute function entitlements_run_stands();
call access_columns_stay('entitlements_runline', 'run_id, entitlement_id, payee_id, monthly, before, amount, difference');

-- A run in parts is proposed only when each part is computed.
create or replace function entitlements_run_whole() returns trigger
    language plpgsql security definer set search_path = public, pg_temp as $$
begin
    if exists (select from entitlements_runpart p where p.run_id = new.id and not p.done) then
        raise exception 'a part of the run is not computed' using errcode = 'LA000';
    end if;
    return null;
end $$;
alter function entitlements_run_whole() owner to linli_guard;
drop trigger if exists run_whole on entitlements_run;
create trigger run_whole after update on entitlements_run
    for each row when (old.state = 'waiting' and new.state = 'ready') execute function entitlements_run_whole();

-- Connections that write lines at once take their numbers in lots, and do not meet at one page of the key.
alter table entitlements_runline alter column id set cache 500;
