-- Consoles wait for what happens at their telephone, and for what rings at all of them (no extension yet).
call access_tells('calls_call', 'calls', 'extension');
call access_tells('calls_extension', 'calls', 'number');
