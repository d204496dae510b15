-- A closed month takes no posting, from whomever: the shared lock of a posting and the exclusive lock of a closing keep each
-- other waiting, and whoever comes second sees what the first one did.

create or replace function ledgers_hold_book(which text) returns void
    language plpgsql security definer set search_path = public, pg_temp as $$
begin
    perform pg_advisory_xact_lock(20100004, hashtext(which));
end $$;
alter function ledgers_hold_book(text) owner to linli_guard;
revoke execute on function ledgers_hold_book(text) from public;
grant execute on function ledgers_hold_book(text) to linli_app;

create or replace function ledgers_month_is_open() returns trigger
    language plpgsql security definer set search_path = public, pg_temp as $$
declare
    latest date;
begin
    perform pg_advisory_xact_lock_shared(20100004, hashtext(new.book));
    select max(month) into latest from ledgers_monthend where book = new.book and reopened_on is null;
    if new.day < latest + interval '1 month' then
        raise exception 'the books of % are closed until %', new.book, latest using errcode = 'LB008', detail = latest::text;
    end if;
    return new;
end $$;
alter function ledgers_month_is_open() owner to linli_guard;
drop trigger if exists month_is_open on ledgers_posting;
create trigger month_is_open before insert on ledgers_posting for each row execute function ledgers_month_is_open();

-- What the books hold from a day on (null: from the beginning) to the end of a month: postings, debits in fen, and a digest of
-- every line. Reads what the caller may see.
create or replace function ledgers_month_sums(
    which text, since date, month date, out postings integer, out amount bigint, out digest text
) language sql stable set search_path = public, pg_temp as $$
    select count(distinct p.id)::integer,
           coalesce(sum(l.amount) filter (where l.unit = 'fen' and l.amount > 0), 0)::bigint,
           encode(sha256(convert_to(coalesce(string_agg(
               concat_ws('|', p.id, p.day, l.id, l.account_id, l.fund_id, l.unit, l.amount), E'\n' order by l.id), ''), 'UTF8')), 'hex')
      from ledgers_posting p join ledgers_line l on l.posting_id = p.id
     where p.book = $1 and (p.day >= $2 or $2 is null) and p.day < $3 + interval '1 month'
$$;

create or replace function ledgers_month_closes() returns trigger
    language plpgsql security definer set search_path = public, pg_temp as $$
declare
    latest date;
begin
    perform pg_advisory_xact_lock(20100004, hashtext(new.book));
    select max(month) into latest from ledgers_monthend where book = new.book and reopened_on is null;
    if new.month <= latest or new.closed_on < new.month + interval '1 month' or new.reopened_on is not null then
        raise exception 'month % of % cannot be closed', new.month, new.book using errcode = 'LB012';
    end if;
    new.since := latest + interval '1 month';
    select s.postings, s.amount, s.digest into new.postings, new.amount, new.digest
      from ledgers_month_sums(new.book, new.since, new.month) s;
    return new;
end $$;
alter function ledgers_month_closes() owner to linli_guard;
drop trigger if exists month_closes on ledgers_monthend;
create trigger month_closes before insert on ledgers_monthend for each row execute function ledgers_month_closes();

-- Only the last closing of a book is reopened: what follows it was built on it.
create or replace function ledgers_month_reopens() returns trigger
    language plpgsql security definer set search_path = public, pg_temp as $$
begin
    perform pg_advisory_xact_lock(20100004, hashtext(new.book));
    if exists (select from ledgers_monthend m where m.book = new.book and m.month > new.month and m.reopened_on is null) then
        raise exception 'a later month than % is closed', new.month using errcode = 'LB012';
    end if;
    return new;
end $$;
alter function ledgers_month_reopens() owner to linli_guard;
drop trigger if exists month_reopens on ledgers_monthend;
create trigger month_reopens before update on ledgers_monthend for each row
    when (new.reopened_on is not null and old.reopened_on is null) execute function ledgers_month_reopens();

call access_columns_stay(
    'ledgers_monthend', 'book, month, since, closed_on, closed_by_id, postings, amount, digest, made_at'
);
call access_columns_stay(
    'ledgers_monthend', 'asked_on, asked_by_id, ground, reopened_on, reopened_by_id', 'old.reopened_on is not null', '_reopened'
);
