-- A complaint is handled by another body than the one complained of, whoever writes: it never lies at that seat nor below it, where
-- it would be seen from that seat. Everything lies below the district, so there it is another seat that counts.
create or replace function orders_another_body() returns trigger
language plpgsql security definer set search_path = public, pg_temp as $$
declare
    their text;
begin
    if new.about_id is null or new.desk_id is null then
        return new;
    end if;
    select area into their from orders_desk where id = new.about_id;
    if new.desk_id = new.about_id or new.area = their
        or (right(their, 6) <> '000000' and right(their, 3) = '000' and left(new.area, 9) = left(their, 9)) then
        raise exception 'order % may not lie at the body that is complained of', new.number using errcode = 'check_violation';
    end if;
    return new;
end $$;
alter function orders_another_body() owner to linli_guard;
drop trigger if exists another_body on orders_order;
create trigger another_body before insert or update of about_id, desk_id, area on orders_order
    for each row execute function orders_another_body();

-- The member of staff who is complained of does nothing in the order, is never named to read it, and helps with nothing.
create or replace function orders_not_the_accused() returns trigger
language plpgsql security definer set search_path = public, pg_temp as $$
declare
    accused bigint;
begin
    select about_staff_id into accused from orders_order where id = new.order_id;
    if accused = (case tg_table_name when 'orders_reader' then to_jsonb(new) ->> 'staff_id' else to_jsonb(new) ->> 'by_id' end)::bigint then
        raise exception 'who is complained of may not act in order %', new.order_id using errcode = 'check_violation';
    end if;
    return new;
end $$;
alter function orders_not_the_accused() owner to linli_guard;
drop trigger if exists not_the_accused on orders_orderevent;
create trigger not_the_accused before insert on orders_orderevent for each row execute function orders_not_the_accused();
drop trigger if exists not_the_accused on orders_reader;
create trigger not_the_accused before insert on orders_reader for each row execute function orders_not_the_accused();
drop trigger if exists not_the_accused on orders_callback;
create trigger not_the_accused before insert on orders_callback for each row execute function orders_not_the_accused();
