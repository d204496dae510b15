-- What the public pages' role may do, beyond the grants that the models declare.

-- Copies are kept apart by area for the staff (row security); everybody may read all of them.
drop policy if exists everyone on bulletin.notice;
create policy everyone on bulletin.notice for select to linli_public using (true);
drop policy if exists everyone on bulletin.item;
create policy everyone on bulletin.item for select to linli_public using (true);

-- A token bucket per sender: true when something may be sent now. The table itself stays closed to the public's role.
create or replace function bulletin.take_token(sender bytea, per_hour integer) returns boolean
language sql security definer set search_path = bulletin, pg_temp as $$
    with taken as (
        insert into bulletin.bucket as b (key, tokens, at) values ($1, $2 - 1, clock_timestamp())
        on conflict (key) do update set
            tokens = least($2, b.tokens + extract(epoch from excluded.at - b.at) / 3600.0 * $2) - 1,
            at = excluded.at
        where least($2, b.tokens + extract(epoch from excluded.at - b.at) / 3600.0 * $2) >= 1
        returning 1
    )
    select exists (select from taken)
$$;
alter function bulletin.take_token(bytea, integer) owner to linli_guard;
revoke all on function bulletin.take_token(bytea, integer) from public;
grant execute on function bulletin.take_token(bytea, integer) to linli_public;

-- Communities that a resident may name, with their street or town.
drop function if exists bulletin.intake_places(date);
create or replace function bulletin.communities(on_day date) returns table (code text, name text, above text)
language sql stable security definer set search_path = public, pg_temp as $$
    select a.code, a.name, coalesce(p.name, '')
    from registry_area a left join registry_area p on p.code = a.parent and p.since <= on_day and (p.until is null or p.until > on_day)
    where a.level = 5 and a.since <= on_day and (a.until is null or a.until > on_day) and substr(a.code, 7, 1) <> '9'
    order by a.code
$$;
alter function bulletin.communities(date) owner to linli_guard;
revoke all on function bulletin.communities(date) from public;
grant execute on function bulletin.communities(date) to linli_public;

-- A line holds the fields of its notice's list and no others, whoever writes it.
create or replace function publicity_only_listed_fields() returns trigger
language plpgsql security definer set search_path = public, pg_temp as $$
begin
    if exists (
        select from jsonb_object_keys(new.row) as field
        where field not in (
            select head ->> 'key' from publicity_notice n, jsonb_array_elements(n.heads) as head where n.id = new.notice_id
        )
    ) then
        raise exception 'a line of notice % holds a field that its list does not name', new.notice_id using errcode = 'check_violation';
    end if;
    return new;
end $$;
alter function publicity_only_listed_fields() owner to linli_guard;
drop trigger if exists only_listed_fields on publicity_noticeitem;
create trigger only_listed_fields before insert or update on publicity_noticeitem
    for each row execute function publicity_only_listed_fields();

-- What the public reads is a line of a notice that is up, word for word.
create or replace function bulletin.only_what_is_up() returns trigger
language plpgsql security definer set search_path = public, pg_temp as $$
begin
    if not exists (
        select from publicity_noticeitem i join publicity_notice n on n.id = i.notice_id
        where i.notice_id = new.notice_id and i.number = new.number and i.row = new.row and n.state = 'up'
    ) then
        raise exception 'line % of notice % is not on show', new.number, new.notice_id using errcode = 'check_violation';
    end if;
    return new;
end $$;
alter function bulletin.only_what_is_up() owner to linli_guard;
drop trigger if exists only_what_is_up on bulletin.item;
create trigger only_what_is_up before insert or update on bulletin.item
    for each row execute function bulletin.only_what_is_up();
