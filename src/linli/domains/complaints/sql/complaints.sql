-- What the public reads is an answer that two people let out, word for word, whoever writes the copy.
create or replace function bulletin.only_let_out() returns trigger
language plpgsql security definer set search_path = public, pg_temp as $$
begin
    if not exists (
        select from complaints_answer a
        where a.id = new.id and a.state = 'up' and a.judged_by_id is not null and a.title = new.title and a.unit = new.unit
            and a.question = new.question and a.text = new.text
    ) then
        raise exception 'answer % is not let out', new.id using errcode = 'check_violation';
    end if;
    return new;
end $$;
alter function bulletin.only_let_out() owner to linli_guard;
drop trigger if exists only_let_out on bulletin.complaint_answer;
create trigger only_let_out before insert or update on bulletin.complaint_answer
    for each row execute function bulletin.only_let_out();

-- A letter into the box; the same receipt is the same letter.
create or replace function bulletin.complaint_send(number text, of_kind text, of_centre boolean, sealed bytea, on_day date) returns void
language sql security definer set search_path = public, pg_temp as $$
    insert into bulletin.complaint_letter (receipt, kind, centre, content, received_on, "order", why)
    values (number, of_kind, of_centre, sealed, on_day, '', '') on conflict (receipt) do nothing
$$;
alter function bulletin.complaint_send(text, text, boolean, bytea, date) owner to linli_guard;
revoke all on function bulletin.complaint_send(text, text, boolean, bytea, date) from public;
grant execute on function bulletin.complaint_send(text, text, boolean, bytea, date) to linli_public;
-- made-up letters of a demo lie in the program's own transaction
grant execute on function bulletin.complaint_send(text, text, boolean, bytea, date) to linli_app;

-- How a letter stands, for whoever holds its receipt: stage, last day, number of the public answer; no content, nothing to list.
create or replace function bulletin.complaint_progress(number text) returns text
language sql stable security definer set search_path = public, pg_temp as $$
    select case when l.done_on is null then 'waiting' when l.why <> '' then 'refused:' || l.why
        else concat_ws(';', coalesce(o.stage, ''), coalesce(to_char(o.handle_due at time zone 'Asia/Shanghai', 'YYYY-MM-DD'), ''),
            (select max(a.id) from complaints_answer a where a.order_id = o.id and a.state = 'up')::text) end
    from bulletin.complaint_letter l left join orders_order o on o.number = nullif(l."order", '')
    where l.receipt = complaint_progress.number
$$;
alter function bulletin.complaint_progress(text) owner to linli_guard;
revoke all on function bulletin.complaint_progress(text) from public;
grant execute on function bulletin.complaint_progress(text) to linli_public;
