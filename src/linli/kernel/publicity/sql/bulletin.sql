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
grant create on schema bulletin to linli_guard;
alter function bulletin.take_token(bytea, integer) owner to linli_guard;
revoke create on schema bulletin from linli_guard;
revoke all on function bulletin.take_token(bytea, integer) from public;
grant execute on function bulletin.take_token(bytea, integer) to linli_public;
