-- Cases of every domain go along with who moves (kernel/cases/actions/following.py).
drop function if exists assistance_moved() cascade;
