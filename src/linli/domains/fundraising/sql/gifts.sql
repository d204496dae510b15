-- What was given is never changed: a wrong gift is answered by its reversal. Copies for donors are open to everybody.

drop function if exists fundraising_refuse_change() cascade;
call access_append_only(
    'fundraising_gift',
    'campaign_id, donor_id, anonymous, form, amount, goods, measure, pieces, day, purpose, fund_id, posting_id, instalment_id, '
    'replaces_id'
);
call access_append_only('fundraising_receipt', 'number, year, serial, check_word, body, handler, issued_on');

-- The serial only ever grows by one, so no receipt can be skipped or drawn twice.
create or replace function fundraising_count_by_one() returns trigger language plpgsql as $$
begin
    if tg_op = 'INSERT' and new.last <> 1 or tg_op = 'UPDATE' and (new.last <> old.last + 1 or new.year <> old.year) then
        raise exception 'receipts are numbered one by one' using errcode = 'LB000';
    end if;
    return new;
end $$;
drop trigger if exists one_by_one on fundraising_receiptcounter;
create trigger one_by_one before insert or update of year, last on fundraising_receiptcounter
    for each row execute function fundraising_count_by_one();

drop policy if exists everyone on bulletin.gift_fund;
create policy everyone on bulletin.gift_fund for select to linli_public using (true);
drop policy if exists everyone on bulletin.gift_receipt;
create policy everyone on bulletin.gift_receipt for select to linli_public using (true);
