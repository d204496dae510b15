-- What whoever holds a telephone may do with the code that came with a message: read its text, and say that it was read.
create or replace function bulletin.broadcast_told(codes bytea[]) returns jsonb
language sql stable security definer set search_path = public, pg_temp as $$
    select jsonb_build_object('text', d.text, 'sent_at', d.sent_at, 'read_at', d.read_at)
    from broadcast_delivery d where d.code_digest = any(codes)
$$;
alter function bulletin.broadcast_told(bytea[]) owner to linli_guard;
revoke all on function bulletin.broadcast_told(bytea[]) from public;
grant execute on function bulletin.broadcast_told(bytea[]) to linli_public;

create or replace function bulletin.broadcast_read(codes bytea[], at_time timestamptz) returns boolean
language sql security definer set search_path = public, pg_temp as $$
    with one as (
        update broadcast_delivery set read_at = coalesce(read_at, at_time) where code_digest = any(codes) returning 1
    )
    select exists (select from one)
$$;
alter function bulletin.broadcast_read(bytea[], timestamptz) owner to linli_guard;
revoke all on function bulletin.broadcast_read(bytea[], timestamptz) from public;
grant execute on function bulletin.broadcast_read(bytea[], timestamptz) to linli_public;
