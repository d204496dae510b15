-- What a round was drafted with stays; a decision is taken once.
call access_columns_stay('oneoff_round', 'title, occasion, year, listed_on, amounts, count, amount, drafted_by_id');
call access_columns_stay('oneoff_round', 'confirmed_by_id, confirmed_on', 'old.confirmed_by_id is not null', '_confirmed');
call access_columns_stay('oneoff_payee', 'round_id, person_id, name, register, amount, occasion, year');
