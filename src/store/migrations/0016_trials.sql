-- A household tried against the rules and kept (试算存档): what was known, by which rules, what came of it. The rules are kept by
-- their hash elsewhere, so the same facts can be judged again as on that day; the bytes of the outcome must then be the same.
create table trials (
  id uuid primary key,
  region_code text collate "C" not null,
  household_id uuid,
  on_date date not null,
  pack_id text not null,
  pack_version text not null,
  pack_hash text not null check (pack_hash ~ '^[0-9a-f]{64}$'),
  facts_cipher bytea not null,
  note_cipher bytea,
  outcome bytea not null,
  saved_by uuid not null,
  saved_at timestamptz not null
);
create index trials_region on trials (region_code, id);
create index trials_household on trials (household_id) where household_id is not null;
alter table trials enable row level security;
alter table trials force row level security;
create policy trials_scope on trials using (
  (region_code >= (select current_setting('doudi.scope_from', true))
    and region_code < (select nullif(current_setting('doudi.scope_until', true), '')))
  or region_code = any ((select string_to_array(current_setting('doudi.scope_extra', true), ','))::text[])
);
comment on table trials is 'Households tried against the rules and kept, with frozen facts; written by rulebook, append-only.';
comment on column trials.id is 'Our identity of it; in the order of saving.';
comment on column trials.region_code is 'The region whose values were used; decides who sees the row.';
comment on column trials.household_id is 'The registered household the facts were taken from; null for one that was typed in.';
comment on column trials.on_date is 'The day the household was judged for.';
comment on column trials.pack_id is 'The pack of rules.';
comment on column trials.pack_version is 'Its version as its files say.';
comment on column trials.pack_hash is 'SHA-256 of the pack as it was in force: its files, those below it, released values.';
comment on column trials.facts_cipher is 'The facts as they were given, canonical JSON, encrypted.';
comment on column trials.note_cipher is 'What the officer noted, encrypted; null without a note.';
comment on column trials.outcome is 'What every programme said, canonical JSON: the same facts under the same pack give the same bytes.';
comment on column trials.saved_by is 'Account that saved it.';
comment on column trials.saved_at is 'When.';
grant select, insert on trials to doudi_application;
