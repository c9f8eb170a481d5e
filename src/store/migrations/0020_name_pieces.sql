-- Officers remember two characters from the middle of a name. LIKE may not use an index under row-level security, equality and
-- ranges may; so the two-character pieces of the names of present members are kept beside them, in the order piece and place.
create table name_pieces (
  piece text collate "C" not null,
  region_code text collate "C" not null,
  person_id uuid not null,
  primary key (piece, region_code, person_id)
);
alter table name_pieces enable row level security;
alter table name_pieces force row level security;
create policy name_pieces_scope on name_pieces using (
  (region_code >= (select current_setting('doudi.scope_from', true))
    and region_code < (select nullif(current_setting('doudi.scope_until', true), '')))
  or region_code = any ((select string_to_array(current_setting('doudi.scope_extra', true), ','))::text[])
);
comment on table name_pieces is 'Every two characters that stand together in the name of a present member, dots and spaces left out; written by triggers of persons only.';
comment on column name_pieces.piece is 'Two characters.';
comment on column name_pieces.region_code is 'Village (or the finest region known) of the person; decides who sees the row.';
comment on column name_pieces.person_id is 'The person.';
grant select on name_pieces to doudi_application;

-- Characters are counted as code points, so that a rare one outside the first plane is one; each piece once.
create function pieces_of_name(name text) returns table (piece text)
language sql immutable parallel safe
as $$
  select substr(bare, start, 2)
  from (select translate(name, '· ', '') as bare) as written
  cross join generate_series(1, char_length(bare) - 1) as start
  where strpos(bare, substr(bare, start, 2)) = start
$$;
comment on function pieces_of_name is 'The two-character pieces of a name, dots and spaces left out; none of a name of one character.';

-- The application may only read the pieces: these run as the owner, within the scope of the transaction that writes the person.
create function keep_pieces_of_new_persons() returns trigger
language plpgsql security definer
set search_path = public, pg_temp
as $$
begin
  insert into name_pieces (piece, region_code, person_id)
  select pieces.piece, added.region_code, added.id
  from added cross join pieces_of_name(added.name) as pieces
  where added.left_on is null;
  return null;
end
$$;
comment on function keep_pieces_of_new_persons is 'Keeps the pieces of the names of persons just added, all rows of a statement at once.';

create function keep_pieces_of_changed_person() returns trigger
language plpgsql security definer
set search_path = public, pg_temp
as $$
begin
  delete from name_pieces
  where piece in (select pieces_of_name(old.name)) and region_code = old.region_code and person_id = old.id;
  if tg_op = 'UPDATE' and new.left_on is null then
    insert into name_pieces (piece, region_code, person_id)
    select pieces.piece, new.region_code, new.id from pieces_of_name(new.name) as pieces;
  end if;
  return null;
end
$$;
comment on function keep_pieces_of_changed_person is 'Takes away the pieces of a person as it was and keeps those of it as it is.';

revoke all on function keep_pieces_of_new_persons(), keep_pieces_of_changed_person() from public;

create trigger persons_pieces_added after insert on persons
  referencing new table as added for each statement execute function keep_pieces_of_new_persons();
create trigger persons_pieces_changed after update on persons for each row
  when ((old.id, old.name, old.region_code, old.left_on) is distinct from (new.id, new.name, new.region_code, new.left_on))
  execute function keep_pieces_of_changed_person();
create trigger persons_pieces_removed after delete on persons for each row execute function keep_pieces_of_changed_person();

-- The owner too sees rows only within a scope; this one ends with the migration.
select set_config('doudi.scope_from', '0', true), set_config('doudi.scope_until', '~', true), set_config('doudi.scope_extra', '', true);
insert into name_pieces (piece, region_code, person_id)
select pieces.piece, persons.region_code, persons.id
from persons cross join pieces_of_name(persons.name) as pieces
where persons.left_on is null
order by pieces.piece, persons.region_code, persons.id;
select set_config('doudi.scope_from', '', true), set_config('doudi.scope_until', '', true);

-- The desk reads a page of what is open in the order of due dates, or counts by place, from the index alone: a whole city's alerts
-- would otherwise be fetched and sorted for every page.
drop index alerts_desk;
create index alerts_desk on alerts (region_code, status, due_on, id) include (grade, indicator, holder_id);
create index alerts_due_open on alerts (due_on nulls first, id) include (region_code, status, grade, indicator, holder_id)
  where status in ('new', 'dispatched', 'verifying');
create index alerts_due on alerts (due_on nulls first, id) include (region_code, status);

-- The first in the order of initials within a place are met by walking the index alone, places and members who left told there.
drop index persons_by_initials;
create index persons_by_initials on persons (name_initials, id) include (region_code) where left_on is null;
