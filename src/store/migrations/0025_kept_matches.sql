-- An identity without a good number is compared with a registry of millions once, not at every scan: what the comparison found is
-- kept, and made again only for what changed on either side. Keys in these tables are keyed hashes; no name, date or number is here.
create table match_state (
  only_row boolean primary key default true check (only_row),
  shape text not null,
  kept_at timestamptz not null
);
comment on table match_state is 'By which code and parameters the kept comparisons were made: one row at most; written by registry. Without it everything is compared again.';
comment on column match_state.only_row is 'Keeps the table at one row.';
comment on column match_state.shape is 'Hash of the code, the parameters and the keys; another one means that all is compared again.';
comment on column match_state.kept_at is 'When everything was last compared.';
grant select, insert, update, delete on match_state to doudi_application;

create table match_identities (
  id uuid primary key,
  region_code text collate "C" not null,
  fingerprint bytea not null unique,
  row_key bytea not null,
  written_key bigint,
  sound_key bigint,
  lead_key bytea,
  number_token bigint,
  number_check text
);
create index match_identities_row_key on match_identities (row_key);
alter table match_identities enable row level security;
alter table match_identities force row level security;
create policy match_identities_scope on match_identities using (
  (region_code >= (select current_setting('doudi.scope_from', true))
    and region_code < (select nullif(current_setting('doudi.scope_until', true), '')))
  or region_code = any ((select string_to_array(current_setting('doudi.scope_extra', true), ','))::text[])
);
comment on table match_identities is 'What differs in what kept rows say of a person, each once; written by registry, gone with the last of its rows.';
comment on column match_identities.id is 'Our identity of it.';
comment on column match_identities.region_code is 'Region of its rows; decides who sees it.';
comment on column match_identities.fingerprint is 'Keyed hash of all that the rows say.';
comment on column match_identities.row_key is 'Their key, under which decisions are remembered.';
comment on column match_identities.written_key is 'Keyed hash of the name as written; null where a valid number came with it: it is never scored.';
comment on column match_identities.sound_key is 'Keyed hash of the name as read; null like the former.';
comment on column match_identities.lead_key is 'Key of the lead it would be; null where it says too little.';
comment on column match_identities.number_token is 'Keyed permutation of its valid number''s body.';
comment on column match_identities.number_check is 'Check character of that number.';
grant select, insert, delete on match_identities to doudi_application;

create table match_rows (
  feed_id uuid not null,
  row_no integer not null,
  role text not null,
  region_code text collate "C" not null,
  kind text not null,
  identity_id uuid not null,
  primary key (feed_id, row_no, role)
);
create index match_rows_identity on match_rows (identity_id);
alter table match_rows enable row level security;
alter table match_rows force row level security;
create policy match_rows_scope on match_rows using (
  (region_code >= (select current_setting('doudi.scope_from', true))
    and region_code < (select nullif(current_setting('doudi.scope_until', true), '')))
  or region_code = any ((select string_to_array(current_setting('doudi.scope_extra', true), ','))::text[])
);
comment on table match_rows is 'Which identity each kept row of an accepted file is; written by registry, gone with the kept row.';
comment on column match_rows.feed_id is 'The file.';
comment on column match_rows.row_no is 'Row in the lake file.';
comment on column match_rows.role is 'Which person of the row: self, spouse, head.';
comment on column match_rows.region_code is 'Region of the kept row; decides who sees it.';
comment on column match_rows.kind is 'Kind of department file.';
comment on column match_rows.identity_id is 'What it says of the person.';
grant select, insert, delete on match_rows to doudi_application;

create table match_blocks (
  block_key bigint not null,
  identity_id uuid not null references match_identities (id) on delete cascade,
  region_code text collate "C" not null,
  primary key (block_key, identity_id)
);
create index match_blocks_identity on match_blocks (identity_id);
alter table match_blocks enable row level security;
alter table match_blocks force row level security;
create policy match_blocks_scope on match_blocks using (
  (region_code >= (select current_setting('doudi.scope_from', true))
    and region_code < (select nullif(current_setting('doudi.scope_until', true), '')))
  or region_code = any ((select string_to_array(current_setting('doudi.scope_extra', true), ','))::text[])
);
comment on table match_blocks is 'Under which keys an identity meets the people it is compared with; written by registry.';
comment on column match_blocks.block_key is 'Keyed hash of the parts that both must have alike.';
comment on column match_blocks.identity_id is 'The identity.';
comment on column match_blocks.region_code is 'Its region; decides who sees the row.';
grant select, insert, delete on match_blocks to doudi_application;

create table match_pairs (
  identity_id uuid not null references match_identities (id) on delete cascade,
  person_id uuid not null,
  region_code text collate "C" not null,
  comparison integer not null,
  primary key (identity_id, person_id)
);
create index match_pairs_person on match_pairs (person_id);
alter table match_pairs enable row level security;
alter table match_pairs force row level security;
create policy match_pairs_scope on match_pairs using (
  (region_code >= (select current_setting('doudi.scope_from', true))
    and region_code < (select nullif(current_setting('doudi.scope_until', true), '')))
  or region_code = any ((select string_to_array(current_setting('doudi.scope_extra', true), ','))::text[])
);
comment on table match_pairs is 'Present members who may be meant by an identity, and how far the two agree; written by registry.';
comment on column match_pairs.identity_id is 'The identity.';
comment on column match_pairs.person_id is 'The member.';
comment on column match_pairs.region_code is 'Region of the identity; decides who sees the row.';
comment on column match_pairs.comparison is 'Levels of the fields and what speaks against it, as the lake packs them.';
grant select, insert, delete on match_pairs to doudi_application;

-- How frequent names are counts among everybody, so these rows are of no region, and shown to nobody who does not see all.
create table match_names (
  name_key bigint primary key,
  written_key bigint not null,
  sound_key bigint not null,
  bearers integer not null check (bearers > 0)
);
create index match_names_written on match_names (written_key);
create index match_names_sound on match_names (sound_key);
alter table match_names enable row level security;
alter table match_names force row level security;
create policy match_names_scope on match_names using (
  (select current_setting('doudi.scope_from', true)) collate "C" <= '0'
    and (select nullif(current_setting('doudi.scope_until', true), '')) collate "C" > '999999999999'
);
comment on table match_names is 'How many present members bear a name; written by registry.';
comment on column match_names.name_key is 'Keyed hash of the normalised name, as in persons; -1 for names of dots alone.';
comment on column match_names.written_key is 'Keyed hash of the name in usual characters.';
comment on column match_names.sound_key is 'Keyed hash of the name as read.';
comment on column match_names.bearers is 'Present members with this name.';
grant select, insert, update, delete on match_names to doudi_application;

create table match_odd_births (
  person_id uuid primary key,
  region_code text collate "C" not null
);
alter table match_odd_births enable row level security;
alter table match_odd_births force row level security;
create policy match_odd_births_scope on match_odd_births using (
  (region_code >= (select current_setting('doudi.scope_from', true))
    and region_code < (select nullif(current_setting('doudi.scope_until', true), '')))
  or region_code = any ((select string_to_array(current_setting('doudi.scope_extra', true), ','))::text[])
);
comment on table match_odd_births is 'Members whose number holds another birth date than the registry: only these may meet a written number though the date does not; written by registry.';
comment on column match_odd_births.person_id is 'The member.';
comment on column match_odd_births.region_code is 'Region of the member; decides who sees the row.';
grant select, insert, delete on match_odd_births to doudi_application;

-- Whoever changed since the kept comparisons were made. A scan takes rows away in the transaction that keeps what they led to; what
-- is committed meanwhile stays for the next.
create table match_changes (
  person_id uuid not null,
  name_key bigint not null,
  region_code text collate "C" not null
);
alter table match_changes enable row level security;
alter table match_changes force row level security;
create policy match_changes_scope on match_changes using (
  (region_code >= (select current_setting('doudi.scope_from', true))
    and region_code < (select nullif(current_setting('doudi.scope_until', true), '')))
  or region_code = any ((select string_to_array(current_setting('doudi.scope_extra', true), ','))::text[])
);
comment on table match_changes is 'Members who came, left or are called, born, numbered or placed otherwise, before and after; added by triggers of persons only, taken away by registry.';
comment on column match_changes.person_id is 'The member.';
comment on column match_changes.name_key is 'Keyed hash of the name it had, or has; -1 for none. Its bearers are counted again.';
comment on column match_changes.region_code is 'Region the member had, or has; decides who sees the row.';
grant select, delete on match_changes to doudi_application;

-- Changes are added as the owner, within the scope of the transaction that makes them; the application may not add its own.
create function note_match_changes() returns trigger
language plpgsql security definer
set search_path = public, pg_temp
as $$
begin
  if tg_op = 'INSERT' then
    insert into match_changes (person_id, name_key, region_code)
    select id, coalesce(name_key, -1), region_code from after_it where name is not null and left_on is null;
  elsif tg_op = 'UPDATE' then
    insert into match_changes (person_id, name_key, region_code)
    select distinct id, coalesce(side.name_key, -1), side.region_code
    from before_it b full join after_it a using (id)
    cross join lateral (values (b.name_key, b.region_code), (a.name_key, a.region_code)) as side (name_key, region_code)
    where side.region_code is not null
      and (b.name, b.name_key, b.birth_date, b.region_code, b.number_token, b.number_check, b.left_on is null)
        is distinct from (a.name, a.name_key, a.birth_date, a.region_code, a.number_token, a.number_check, a.left_on is null);
  else
    insert into match_changes (person_id, name_key, region_code)
    select id, coalesce(name_key, -1), region_code from before_it;
  end if;
  return null;
end
$$;
comment on function note_match_changes is 'Notes members whose comparison with kept identities is out of date.';

-- Rows that are gone all at once leave no ids.
create function forget_matches() returns trigger
language plpgsql security definer
set search_path = public, pg_temp
as $$
begin
  delete from match_state;
  return null;
end
$$;
comment on function forget_matches is 'After a truncate: the next scan compares everything.';

-- A file that is taken back takes with it what was found about its rows, unless another file says the same.
create function forget_matched_rows() returns trigger
language plpgsql security definer
set search_path = public, pg_temp
as $$
begin
  with gone as (
    delete from match_rows r using before_it b
    where r.feed_id = b.feed_id and r.row_no = b.row_no and r.role = b.role
    returning r.feed_id, r.row_no, r.role, r.identity_id
  )
  delete from match_identities i using (select distinct identity_id from gone) g
  where i.id = g.identity_id and not exists (
    select from match_rows r where r.identity_id = i.id
      and not exists (select from gone o where o.feed_id = r.feed_id and o.row_no = r.row_no and o.role = r.role)
  );
  return null;
end
$$;
comment on function forget_matched_rows is 'Takes away which identities rows were, and identities of which no row is left.';

revoke all on function note_match_changes(), forget_matches(), forget_matched_rows() from public;

create trigger persons_match_added after insert on persons
  referencing new table as after_it for each statement execute function note_match_changes();
create trigger persons_match_changed after update on persons
  referencing old table as before_it new table as after_it for each statement execute function note_match_changes();
create trigger persons_match_removed after delete on persons
  referencing old table as before_it for each statement execute function note_match_changes();
create trigger persons_match_emptied after truncate on persons for each statement execute function forget_matches();
create trigger unmatched_rows_match_removed after delete on unmatched_rows
  referencing old table as before_it for each statement execute function forget_matched_rows();
create trigger unmatched_rows_match_emptied after truncate on unmatched_rows
  for each statement execute function forget_matches();

-- Bearers of a name are counted again from the index alone.
create index persons_name_key on persons (name_key, region_code) where left_on is null and name is not null;
