-- The token table follows the people: written by the guard, whoever writes a person, one statement for a whole roster.
-- A person who was merged into another is not found any more.

create or replace function registry_add_tokens() returns trigger language plpgsql security definer
set search_path = public, pg_temp as $$
begin
    insert into registry_searchtoken (token, area, person_id)
    select distinct piece, area, id from added, unnest(tokens) as piece where merged_into_id is null;
    return null;
end $$;

create or replace function registry_renew_tokens() returns trigger language plpgsql security definer
set search_path = public, pg_temp as $$
begin
    delete from registry_searchtoken where token = any (old.tokens) and area = old.area and person_id = old.id;
    insert into registry_searchtoken (token, area, person_id)
    select distinct piece, new.area, new.id from unnest(new.tokens) as piece where new.merged_into_id is null;
    return null;
end $$;

grant delete on registry_searchtoken to linli_guard;
alter function registry_add_tokens() owner to linli_guard;
alter function registry_renew_tokens() owner to linli_guard;

drop trigger if exists tokens_added on registry_person;
create trigger tokens_added after insert on registry_person
    referencing new table as added for each statement execute function registry_add_tokens();

drop trigger if exists tokens_renewed on registry_person;
create trigger tokens_renewed after update on registry_person for each row
    when (
        old.tokens is distinct from new.tokens or old.area is distinct from new.area
        or old.merged_into_id is distinct from new.merged_into_id
    )
    execute function registry_renew_tokens();
