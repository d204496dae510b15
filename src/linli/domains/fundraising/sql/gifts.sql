-- What was given is never changed: a wrong gift is answered by its reversal. Copies for donors are open to everybody.

create or replace function fundraising_refuse_change() returns trigger language plpgsql as $$
begin
    raise exception '% is append-only', tg_table_name using errcode = 'LB000';
end $$;

drop trigger if exists append_only on fundraising_gift;
create trigger append_only before update of campaign_id, donor_id, anonymous, form, amount, goods, measure, pieces, day,
    purpose, fund_id, posting_id, instalment_id, replaces_id or delete or truncate on fundraising_gift
    for each statement execute function fundraising_refuse_change();
drop trigger if exists append_only on fundraising_receipt;
create trigger append_only before update of number, year, serial, check_word, body, handler, issued_on or delete or truncate
    on fundraising_receipt for each statement execute function fundraising_refuse_change();

-- The serial only ever grows by one, so no receipt can be skipped or drawn twice.
create or replace function fundraising_count_by_one() returns trigger language plpgsql as $$
begin
    if tg_op = 'INSERT' and new.last <> 1 or tg_op = 'UPDATE' and (new.last <> old.last + 1 or new.year <> old.year) then
        raise exception 'receipts are numbered one by one' using errcode = 'LB000';
    end if;
    return new;
end $$;
drop trigger if exists one_by_one on fundraising_receiptcounter;
create trigger one_by_one before insert or update on fundraising_receiptcounter
    for each row execute function fundraising_count_by_one();

drop policy if exists everyone on bulletin.gift_fund;
create policy everyone on bulletin.gift_fund for select to linli_public using (true);
drop policy if exists everyone on bulletin.gift_receipt;
create policy everyone on bulletin.gift_receipt for select to linli_public using (true);
