-- What an order and a batch say once they are made, they say for ever; only their course goes on.

drop function if exists ledgers_order_stays(), ledgers_batch_stays(), ledgers_batch_line_stays() cascade;
call access_columns_stay(
    'ledgers_paymentorder',
    'source, amount, payee, person_id, household_id, organisation_id, purpose_id, cost, made_on'
);
call access_columns_stay('ledgers_paymentorder', 'cancelled_on', 'old.cancelled_on is not null', '_cancelled');
call access_columns_stay('ledgers_batch', 'number, channel, count, amount, made_by_id, made_on');
call access_columns_stay('ledgers_batch', 'file_digest, file_count, file_amount', 'old.file_digest <> ''''', '_sent');
call access_columns_stay('ledgers_batchline', 'batch_id, order_id, sequence, amount, account_id');
call access_columns_stay('ledgers_batchline', 'result', 'old.result <> ''''', '_answered');
