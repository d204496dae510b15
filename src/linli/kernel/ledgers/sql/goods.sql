-- A slip says what its posting does; a return takes back no more than was issued; a room has no more pieces than the kind of
-- goods allows. Judged over all rows, one slip after the other for the same issue and the same room.
create or replace function ledgers_slip_fits() returns trigger
    language plpgsql security definer set search_path = public, pg_temp as $$
declare
    moved bigint;
    issue ledgers_slip;
    already bigint;
    most integer;
begin
    select sum(l.amount) into moved from ledgers_line l
     where l.posting_id = new.posting_id and l.account_id = new.store_id and l.fund_id = new.fund_id and l.unit = new.goods_id;
    if moved is distinct from (new.pieces * case when new.kind in ('gift', 'purchase', 'back', 'found') then 1 else -1 end) then
        raise exception 'the slip does not say what posting % does', new.posting_id using errcode = 'LB020';
    end if;
    if new.kind = 'back' then
        select * into issue from ledgers_slip where id = new.answers_id for update;
        if issue.kind <> 'issue' or (issue.goods_id, issue.fund_id) is distinct from (new.goods_id, new.fund_id) then
            raise exception 'slip % is no issue of these goods', new.answers_id using errcode = 'LB020';
        end if;
        select coalesce(sum(pieces), 0) into already from ledgers_slip where answers_id = issue.id;
        if already + new.pieces > issue.pieces then
            raise exception 'more would come back than was issued' using errcode = 'LB021';
        end if;
    end if;
    if new.kind = 'issue' and new.room_id is not null then
        perform pg_advisory_xact_lock(20100005, hashint8(new.room_id));
        select per_room into most from ledgers_goods where key = new.goods_id;
        select coalesce(sum(s.pieces * case s.kind when 'issue' then 1 else -1 end), 0) into already
          from ledgers_slip s where s.room_id = new.room_id and s.goods_id = new.goods_id and s.kind in ('issue', 'back');
        if already + new.pieces > most then
            raise exception 'the room has its pieces' using errcode = 'LB022';
        end if;
    end if;
    return new;
end $$;
alter function ledgers_slip_fits() owner to linli_guard;
drop trigger if exists slip_fits on ledgers_slip;
create trigger slip_fits before insert on ledgers_slip for each row execute function ledgers_slip_fits();

-- A slip is never rewritten; what was counted stays, and is answered once; a card only ends, once.
call access_columns_stay('ledgers_slip', 'kind, posting_id, store_id, fund_id, goods_id, pieces, receiver, person_id, household_id, place_id, room_id, cost, order_id, answers_id, source, day');
call access_columns_stay('ledgers_adjustment', 'kind, store_id, fund_id, goods_id, booked, found, difference, reason, made_on, made_by_id');
call access_columns_stay('ledgers_adjustment', 'state, slip_id, decided_by_id', 'old.state <> ''waiting''', '_decided');
call access_columns_stay('ledgers_card', 'number, order_id, value, issued_on, expires_on, proof, replaces_id');
call access_columns_stay('ledgers_card', 'ended_on, ended_why', 'old.ended_on is not null', '_ended');
call access_columns_stay('ledgers_carduse', 'card_id, posting_id, shop_id, amount, receipt, day');
call access_never_removed('ledgers_slip');
call access_never_removed('ledgers_adjustment');
call access_never_removed('ledgers_card');
call access_never_removed('ledgers_carduse');
