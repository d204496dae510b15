-- The alarm board waits for the next event of a press.
call access_tells('callers_pressevent', 'callers', '');
