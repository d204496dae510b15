-- Who may serve a household: items with the price of the day, and how each provider does over the whole district. Numbers only.
create or replace function providers_candidates(at_place text, wanted text, on_day date)
returns table (offer bigint, provider bigint, desk bigint, name text, item text, measure text, price bigint, near integer,
               opens time, closes time, weekends boolean, load bigint, graded bigint, content bigint, absent bigint, trial boolean)
language sql stable security definer set search_path = public, pg_temp as $$
    select o.id, p.id, d.id, p.name, o.name, o.measure, cost.fen,
        case when at_place = any (d.reaches) then 2 when d.everywhere then 0 else 1 end,
        d.opens, d.closes, d.weekends,
        (select count(*) from orders_order q where q.desk_id = d.id and q.stage in ('sent', 'disputed', 'working', 'suspended')),
        calls.graded, calls.content,
        (select count(*) from providers_lapse l where l.provider_id = p.id and l.on > on_day - 90),
        p.standing = 'trial'
    from providers_offer o join providers_provider p on p.id = o.provider_id join orders_desk d on d.id = p.desk_id
    cross join lateral (
        select fen from providers_price c where c.offer_id = o.id and c.since <= on_day order by c.since desc limit 1
    ) cost
    cross join lateral (
        select count(*) as graded, count(*) filter (where c.solved and c.grade in ('3', '4', '5')) as content
        from orders_callback c join orders_order q on q.id = c.order_id
        where q.desk_id = d.id and c.outcome = 'reached' and c.at > on_day - 180
    ) calls
    where o.service = wanted and o.since <= on_day and (o.until is null or o.until > on_day)
        and p.standing in ('trial', 'member') and not d.paused and d.until is null
        and left(d.area, 6) = left(at_place, 6)
        and (d.everywhere or d.reaches && array[at_place, rpad(left(at_place, 9), 12, '0')]::varchar[])
$$;
alter function providers_candidates(text, text, date) owner to linli_guard;

-- What a provider did between two days, over the whole district: orders closed, calls back with a grade, good ones, failures.
create or replace function providers_record(whose bigint, first date, last date)
returns table (done bigint, graded bigint, content bigint, absent bigint)
language sql stable security definer set search_path = public, pg_temp as $$
    select
        (select count(*) from orders_order q where q.desk_id = p.desk_id and q.stage = 'closed' and q.handled_at is not null
            and q.closed_at >= first and q.closed_at < last + 1),
        (select count(*) from orders_callback c join orders_order q on q.id = c.order_id
            where q.desk_id = p.desk_id and c.outcome = 'reached' and c.at >= first and c.at < last + 1),
        (select count(*) from orders_callback c join orders_order q on q.id = c.order_id
            where q.desk_id = p.desk_id and c.outcome = 'reached' and c.at >= first and c.at < last + 1
                and c.solved and c.grade in ('3', '4', '5')),
        (select count(*) from providers_lapse l where l.provider_id = p.id and l.on between first and last)
    from providers_provider p where p.id = whose
$$;
alter function providers_record(bigint, date, date) owner to linli_guard;

-- What a resident had of the public purse in the month of a day, anywhere in the district: numbers only.
create or replace function providers_month(whose bigint, wanted text, on_day date, besides bigint)
returns table (times bigint, fen bigint, today bigint)
language sql stable security definer set search_path = public, pg_temp as $$
    with root as (select coalesce(merged_into_id, id) as id from registry_person where id = whose),
    known as (select id from root union select p.id from registry_person p join root on p.merged_into_id = root.id)
    select count(*) filter (where s.service = wanted), coalesce(sum(s.subsidy), 0)::bigint,
        count(*) filter (where s.service = wanted and s.wanted_on = on_day)
    from providers_serviceorder s
    where s.person_id in (select id from known) and s.subsidy > 0 and s.cancelled_on is null and s.id <> besides
        and s.wanted_on >= date_trunc('month', on_day) and s.wanted_on < date_trunc('month', on_day) + interval '1 month'
$$;
alter function providers_month(bigint, text, date, bigint) owner to linli_guard;

-- The limits of a month hold in races, too, and over the whole district: whoever writes second sees the first.
create or replace function providers_within_limits() returns trigger
language plpgsql security definer set search_path = public, pg_temp as $$
declare
    root bigint;
    had record;
begin
    if new.subsidy = 0 or new.cancelled_on is not null then
        return null;
    end if;
    select coalesce(merged_into_id, id) into root from registry_person where id = new.person_id;
    perform pg_advisory_xact_lock(20100051, hashint8(root));
    select * into had from providers_month(root, new.service, new.wanted_on, 0);
    if had.times > new.most_times or had.fen > new.most_fen or had.today > 1 then
        raise exception 'above the limits of the month' using errcode = 'PV001';
    end if;
    return null;
end $$;
alter function providers_within_limits() owner to linli_guard;
drop trigger if exists within_limits on providers_serviceorder;
create trigger within_limits after insert or update of subsidy, person_id, wanted_on, cancelled_on on providers_serviceorder
    for each row execute function providers_within_limits();

-- Nothing is settled that the resident did not confirm: the order is closed, solved, with a good grade, at the desk of the
-- provider that is paid, done before the month's end, not cancelled and not contested.
create or replace function providers_settled() returns trigger
language plpgsql security definer set search_path = public, pg_temp as $$
begin
    if new.statement_id is not null and not exists (
        select from orders_order q join providers_provider p on p.desk_id = q.desk_id
            join providers_statement t on t.provider_id = p.id
        where q.id = new.order_id and p.id = new.provider_id and t.id = new.statement_id and t.withdrawn_on is null
            and t.ordered_on is null and q.stage = 'closed' and q.solved and q.grade in ('3', '4', '5')
            and new.cancelled_on is null and new.payable > 0 and new.ended_at is not null
            and (new.ended_at at time zone 'Asia/Shanghai')::date < t.month + interval '1 month'
    ) then
        raise exception 'not confirmed' using errcode = 'PV002';
    end if;
    if new.statement_id is not null and exists (
        select from providers_contest c where c.service_id = new.id and c.ruled_on is null
    ) then
        raise exception 'contested' using errcode = 'PV002';
    end if;
    if old.statement_id is not null and exists (
        select from providers_statement t where t.id = old.statement_id and t.withdrawn_on is null
    ) then
        raise exception 'settled already' using errcode = 'PV002';
    end if;
    return new;
end $$;
alter function providers_settled() owner to linli_guard;
drop trigger if exists settled on providers_serviceorder;
create trigger settled before update of statement_id on providers_serviceorder
    for each row when (old.statement_id is distinct from new.statement_id) execute function providers_settled();

-- A statement is paid only while its lines, all of them still confirmed, make up its number and its sum.
create or replace function providers_statement_adds_up() returns trigger
language plpgsql security definer set search_path = public, pg_temp as $$
declare
    had record;
begin
    select count(*) as orders, coalesce(sum(s.payable), 0) as amount into had
    from providers_serviceorder s join orders_order q on q.id = s.order_id
    where s.statement_id = new.id and q.stage = 'closed' and q.solved and q.grade in ('3', '4', '5');
    if had.orders <> new.orders or had.amount <> new.amount then
        raise exception 'the lines do not make up the statement' using errcode = 'PV003';
    end if;
    return new;
end $$;
alter function providers_statement_adds_up() owner to linli_guard;
drop trigger if exists adds_up on providers_statement;
create trigger adds_up before update of ordered_on on providers_statement
    for each row when (new.ordered_on is not null and old.ordered_on is null) execute function providers_statement_adds_up();

-- A contest is raised only while nothing is settled.
create or replace function providers_contest_in_time() returns trigger
language plpgsql security definer set search_path = public, pg_temp as $$
begin
    perform from providers_serviceorder where id = new.service_id for update;
    if exists (select from providers_serviceorder where id = new.service_id and statement_id is not null) then
        raise exception 'settled already' using errcode = 'PV002';
    end if;
    return new;
end $$;
alter function providers_contest_in_time() owner to linli_guard;
drop trigger if exists in_time on providers_contest;
create trigger in_time before insert on providers_contest for each row execute function providers_contest_in_time();

call access_columns_stay('providers_serviceorder', 'order_id, service, person_id, household_id, place, day, age');
call access_columns_stay('providers_serviceorder', 'offer_id, quantity, unit_price, price, wanted_on, subsidy',
    'old.provider_id = new.provider_id and old.cancelled_on is null and new.cancelled_on is null', '_agreed');
call access_columns_stay('providers_serviceorder', 'provider_id, payable, started_at, ended_at, cancelled_on',
    'old.statement_id is not null and new.statement_id is not null', '_settled');
call access_columns_stay('providers_serviceorder', 'cancelled_on, cancelled_why, provider_id', 'old.cancelled_on is not null', '_cancelled');
call access_columns_stay('providers_statement', 'provider_id, month, orders, amount, made_on, made_by_id');
call access_columns_stay('providers_statement', 'ordered_on, withdrawn_on', 'old.ordered_on is not null', '_ordered');
call access_columns_stay('providers_statement', 'withdrawn_on, ordered_on', 'old.withdrawn_on is not null', '_withdrawn');
call access_columns_stay('providers_contest', 'service_id, ground, text, since, raised_by_id');
call access_columns_stay('providers_contest', 'payable, ruled_on', 'old.ruled_on is not null', '_ruled');
call access_columns_stay('providers_provider', 'kind, organisation_id, person_id, applied_on, entered_by_id');
call access_columns_stay('providers_offer', 'provider_id, service, name, measure, since');
call access_append_only('providers_reply', 'service_id, round, grade, text, at');
