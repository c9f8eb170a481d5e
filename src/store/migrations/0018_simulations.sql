-- A report of a simulation that was cited must say the same forever: question, rules, facts and result are frozen together.
-- The rules are kept by their hash elsewhere, the facts as columnar files by theirs.
create table simulations (
  id uuid primary key,
  number bigint generated always as identity,
  region_code text collate "C" not null,
  on_date date not null,
  title text not null,
  question jsonb not null,
  typical jsonb,
  pack_id text not null,
  pack_version text not null,
  pack_hash text not null check (pack_hash ~ '^[0-9a-f]{64}$'),
  facts_hash text not null check (facts_hash ~ '^[0-9a-f]{64}$'),
  facts_taken_at timestamptz not null,
  households integer not null,
  persons integer not null,
  result bytea not null,
  saved_by uuid not null,
  saved_at timestamptz not null
);
create index simulations_region on simulations (region_code, id);
alter table simulations enable row level security;
alter table simulations force row level security;
create policy simulations_scope on simulations using (
  (region_code >= (select current_setting('doudi.scope_from', true))
    and region_code < (select nullif(current_setting('doudi.scope_until', true), '')))
  or region_code = any ((select string_to_array(current_setting('doudi.scope_extra', true), ','))::text[])
);
comment on table simulations is 'Saved reports of simulations; written by insight, append-only.';
comment on column simulations.id is 'Our identity of it; in the order of saving.';
comment on column simulations.number is 'Number by which it is cited, with the year before it.';
comment on column simulations.region_code is 'The region of the question; decides who sees the row.';
comment on column simulations.on_date is 'The day that was asked about.';
comment on column simulations.title is 'What the report is called.';
comment on column simulations.question is 'The question: changes, assumptions, months.';
comment on column simulations.typical is 'The household that the chart of net position was drawn for; null without a chart.';
comment on column simulations.pack_id is 'The pack of rules before the changes.';
comment on column simulations.pack_version is 'Its version as its files say.';
comment on column simulations.pack_hash is 'SHA-256 of the pack as it was in force: its files, those below it, released values.';
comment on column simulations.facts_hash is 'SHA-256 of the frozen facts in the lake.';
comment on column simulations.facts_taken_at is 'When the facts were read from the registry.';
comment on column simulations.households is 'Households in the frozen facts.';
comment on column simulations.persons is 'Their members.';
comment on column simulations.result is 'Every figure of the report, canonical JSON: the same facts under the same pack give the same bytes.';
comment on column simulations.saved_by is 'Account that saved it.';
comment on column simulations.saved_at is 'When.';
grant select, insert on simulations to doudi_application;
