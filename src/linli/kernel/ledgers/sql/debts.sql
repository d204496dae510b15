-- What was asked back, agreed and proposed says so for ever; only its course goes on. Of a payment more may be asked, never less.

call access_columns_stay('ledgers_recovery', 'order_id, head_id, partly, reason, decided_on, decided_by_id');
call access_columns_stay('ledgers_plan', 'recovery_id, amount, signed_by, agreed_on, made_by_id');
call access_columns_stay('ledgers_plan', 'ending, words, ended_on, ended_by_id', 'old.ended_on is not null', '_ended');
call access_append_only('ledgers_agreedsum');
call access_columns_stay('ledgers_writeoff', 'recovery_id, amount, ground, words, asked_on, asked_by_id');
call access_columns_stay('ledgers_writeoff', 'state, decided_on, decided_by_id, note', 'old.state <> ''asked''', '_decided');
call access_never_removed('ledgers_recovery');
call access_never_removed('ledgers_plan');
call access_never_removed('ledgers_writeoff');
