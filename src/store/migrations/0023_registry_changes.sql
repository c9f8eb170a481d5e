-- A scan of a province may not copy five million people out of the record each night when a thousand changed. The lake keeps a
-- copy of the registry of a known instant, and whatever changes afterwards leaves its id here, in the transaction that changes
-- it. Numbers of a sequence are drawn before the commit and in another order, so what a copy lacks is told by the transaction:
-- every row whose transaction was not visible at the copy's instant.
create table registry_changes (
  xact xid8 not null default pg_current_xact_id(),
  subject_id uuid not null,
  region_code text collate "C" not null,
  primary key (xact, subject_id)
);
alter table registry_changes enable row level security;
alter table registry_changes force row level security;
create policy registry_changes_scope on registry_changes using (
  (region_code >= (select current_setting('doudi.scope_from', true))
    and region_code < (select nullif(current_setting('doudi.scope_until', true), '')))
  or region_code = any ((select string_to_array(current_setting('doudi.scope_extra', true), ','))::text[])
);
comment on table registry_changes is 'Households, persons and leads whose copy in the lake is out of date; written by triggers of the registry''s tables only, append-only, forgotten once a kept copy has them.';
comment on column registry_changes.xact is 'The transaction that changed it.';
comment on column registry_changes.subject_id is 'The household, person or lead. A household stands for all of its present members.';
comment on column registry_changes.region_code is 'Region of the row that changed; decides who sees it.';
grant select on registry_changes to doudi_application;

create table registry_snapshots (
  only_row boolean primary key default true check (only_row),
  id uuid not null,
  visible text not null check (visible ~ '^[0-9]+:[0-9]+:[0-9,]*$'),
  taken_at timestamptz not null
);
comment on table registry_snapshots is 'The copy of the registry in the lake that is in force: one row at most; written by registry.';
comment on column registry_snapshots.only_row is 'Keeps the table at one row.';
comment on column registry_snapshots.id is 'Which copy; the lake''s list of files has this name. Another one there is not used.';
comment on column registry_snapshots.visible is 'The transactions it has, as pg_current_snapshot() wrote them.';
comment on column registry_snapshots.taken_at is 'When it was taken.';
grant select, insert, update, delete on registry_snapshots to doudi_application;

-- Changes are added as the owner, within the scope of the transaction that makes them; the application may only read them.
create function note_changed_households() returns trigger
language plpgsql security definer
set search_path = public, pg_temp
as $$
begin
  if tg_op = 'INSERT' then
    insert into registry_changes (subject_id, region_code) select id, region_code from after_it on conflict do nothing;
  elsif tg_op = 'UPDATE' then
    insert into registry_changes (subject_id, region_code)
    select id, coalesce(a.region_code, b.region_code) from before_it b full join after_it a using (id)
    where (b.region_code, b.registered_on, b.ended_on) is distinct from (a.region_code, a.registered_on, a.ended_on)
    on conflict do nothing;
  else
    insert into registry_changes (subject_id, region_code) select id, region_code from before_it on conflict do nothing;
  end if;
  return null;
end
$$;
comment on function note_changed_households is 'Notes households that were added or taken away, and those whose place or days changed.';

-- A new member is found by the household; one that left it, by the id.
create function note_changed_persons() returns trigger
language plpgsql security definer
set search_path = public, pg_temp
as $$
begin
  if tg_op = 'INSERT' then
    insert into registry_changes (subject_id, region_code)
    select distinct household_id, region_code from after_it on conflict do nothing;
  elsif tg_op = 'UPDATE' then
    insert into registry_changes (subject_id, region_code)
    select touched.subject_id, touched.region_code from before_it b full join after_it a using (id)
    cross join lateral (values (id, coalesce(a.region_code, b.region_code)), (b.household_id, b.region_code),
      (a.household_id, a.region_code)) as touched (subject_id, region_code)
    where (b.household_id, b.name_key, b.number_token, b.number_check, b.joined_on, b.left_on)
      is distinct from (a.household_id, a.name_key, a.number_token, a.number_check, a.joined_on, a.left_on)
      and touched.subject_id is not null
    on conflict do nothing;
  else
    insert into registry_changes (subject_id, region_code)
    select touched.subject_id, region_code from before_it
    cross join lateral (values (id), (household_id)) as touched (subject_id)
    on conflict do nothing;
  end if;
  return null;
end
$$;
comment on function note_changed_persons is 'Notes persons whose household, number, name or days changed, with their households.';

create function note_changed_categories() returns trigger
language plpgsql security definer
set search_path = public, pg_temp
as $$
begin
  if tg_op = 'INSERT' then
    insert into registry_changes (subject_id, region_code)
    select distinct touched.subject_id, region_code from after_it
    cross join lateral (values (household_id), (person_id)) as touched (subject_id)
    where touched.subject_id is not null on conflict do nothing;
  else
    insert into registry_changes (subject_id, region_code)
    select distinct touched.subject_id, region_code from before_it
    cross join lateral (values (household_id), (person_id)) as touched (subject_id)
    where touched.subject_id is not null on conflict do nothing;
  end if;
  if tg_op = 'UPDATE' then
    insert into registry_changes (subject_id, region_code)
    select distinct touched.subject_id, region_code from after_it
    cross join lateral (values (household_id), (person_id)) as touched (subject_id)
    where touched.subject_id is not null on conflict do nothing;
  end if;
  return null;
end
$$;
comment on function note_changed_categories is 'Notes the households and persons of which a category was told, changed or taken away.';

-- What departments say is compared in the lake and comes from there: a scan writes millions of it, and no copy has it.
create function note_changed_facts() returns trigger
language plpgsql security definer
set search_path = public, pg_temp
as $$
begin
  if tg_op <> 'DELETE' then
    insert into registry_changes (subject_id, region_code)
    select distinct subject_id, region_code from after_it where provenance <> 'compared' on conflict do nothing;
  end if;
  if tg_op <> 'INSERT' then
    insert into registry_changes (subject_id, region_code)
    select distinct subject_id, region_code from before_it where provenance <> 'compared' on conflict do nothing;
  end if;
  return null;
end
$$;
comment on function note_changed_facts is 'Notes of whom something was declared, seen, checked or superseded.';

create function note_changed_leads() returns trigger
language plpgsql security definer
set search_path = public, pg_temp
as $$
begin
  if tg_op = 'INSERT' then
    insert into registry_changes (subject_id, region_code) select id, region_code from after_it on conflict do nothing;
  elsif tg_op = 'UPDATE' then
    insert into registry_changes (subject_id, region_code)
    select id, coalesce(a.region_code, b.region_code) from before_it b full join after_it a using (id)
    where (b.region_code, b.name_key, b.number_token, b.number_check, b.status = 'open')
      is distinct from (a.region_code, a.name_key, a.number_token, a.number_check, a.status = 'open')
    on conflict do nothing;
  else
    insert into registry_changes (subject_id, region_code) select id, region_code from before_it on conflict do nothing;
  end if;
  return null;
end
$$;
comment on function note_changed_leads is 'Notes leads that were opened or closed, or that are of another place or number.';

-- Rows that are gone all at once leave no ids: no copy is in force any more.
create function forget_registry_snapshot() returns trigger
language plpgsql security definer
set search_path = public, pg_temp
as $$
begin
  delete from registry_snapshots;
  return null;
end
$$;
comment on function forget_registry_snapshot is 'After a truncate: the next scan copies everything.';

-- What the copy in force has need not be kept; nor what came from a backup of another server, numbered beyond this one's transactions.
create function forget_registry_changes() returns void
language plpgsql security definer
set search_path = public, pg_temp
as $$
begin
  delete from registry_changes
  where xact < (select pg_snapshot_xmin(visible::pg_snapshot) from registry_snapshots)
    or (xact >= pg_snapshot_xmax(pg_current_snapshot()) and xact <> pg_current_xact_id());
end
$$;
comment on function forget_registry_changes is 'Forgets changes that the copy of the registry in force has. The application may not delete them itself.';

revoke all on function note_changed_households(), note_changed_persons(), note_changed_categories(), note_changed_facts(),
  note_changed_leads(), forget_registry_snapshot(), forget_registry_changes() from public;
grant execute on function forget_registry_changes() to doudi_application;

do $$
declare noted text;
begin
  foreach noted in array array['households', 'persons', 'categories', 'facts', 'leads'] loop
    execute format('create trigger %1$s_noted_added after insert on %1$s
      referencing new table as after_it for each statement execute function note_changed_%1$s()', noted);
    execute format('create trigger %1$s_noted_changed after update on %1$s
      referencing old table as before_it new table as after_it for each statement execute function note_changed_%1$s()', noted);
    execute format('create trigger %1$s_noted_removed after delete on %1$s
      referencing old table as before_it for each statement execute function note_changed_%1$s()', noted);
    execute format('create trigger %1$s_noted_emptied after truncate on %1$s
      for each statement execute function forget_registry_snapshot()', noted);
  end loop;
end
$$;

-- A day changes the registry by itself: who is affected is found by the first and last days that lie between two scans.
create index households_registered_on on households (registered_on);
create index households_ended_on on households (ended_on) where ended_on is not null;
create index persons_joined_on on persons (joined_on);
create index persons_left_on on persons (left_on) where left_on is not null;
create index categories_valid_from on categories (valid_from);
create index categories_valid_until on categories (valid_until) where valid_until is not null;
create index facts_valid_from on facts (valid_from) where superseded_at is null and provenance <> 'compared';
create index facts_valid_until on facts (valid_until)
  where superseded_at is null and provenance <> 'compared' and valid_until is not null;
