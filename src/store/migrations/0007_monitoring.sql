create table scans (
  id uuid primary key,
  region_code text collate "C" not null,
  status text not null check (status in ('queued', 'running', 'done', 'failed', 'cancelled')),
  business_date date not null,
  requested_by uuid,
  requested_at timestamptz not null,
  started_at timestamptz,
  finished_at timestamptz,
  progress jsonb not null default '{}',
  pack_hash text,
  figures jsonb,
  failure text
);
create index scans_requested on scans (requested_at desc);
alter table scans enable row level security;
alter table scans force row level security;
create policy scans_scope on scans using (
  (region_code >= (select current_setting('doudi.scope_from', true))
    and region_code < (select nullif(current_setting('doudi.scope_until', true), '')))
  or region_code = any ((select string_to_array(current_setting('doudi.scope_extra', true), ','))::text[])
);
comment on table scans is 'Runs of the main job: match, evaluate, compare, raise.';
comment on column scans.id is 'Our identity of it.';
comment on column scans.region_code is 'Region the file is about; decides who sees it.';
comment on column scans.status is 'Where it stands.';
comment on column scans.business_date is 'The day it speaks of.';
comment on column scans.requested_by is 'Account that asked; null for the schedule.';
comment on column scans.requested_at is 'When it was asked for.';
comment on column scans.started_at is 'When it began.';
comment on column scans.finished_at is 'When it ended.';
comment on column scans.progress is 'Stage, done, total.';
comment on column scans.pack_hash is 'Hash of the pack it ran.';
comment on column scans.figures is 'Persons, rows, outcomes, alerts, seconds by stage.';
comment on column scans.failure is 'Why it failed, in one sentence.';
grant select, insert, update on scans to doudi_application;

create table alerts (
  id uuid primary key,
  number bigint generated always as identity,
  region_code text collate "C" not null,
  subject_kind text not null check (subject_kind in ('household', 'lead')),
  household_id uuid,
  lead_id uuid,
  indicator text not null,
  period text not null,
  grade text not null check (grade in ('red', 'orange', 'yellow')),
  route integer not null check (route between 1 and 4),
  origin text not null check (origin in ('scan', 'visit', 'call', 'superior')),
  status text not null check (status in ('new', 'dispatched', 'verifying', 'disposed', 'withdrawn')),
  holder_id uuid references organisations (id),
  raised_on date not null,
  raised_at timestamptz not null,
  raised_by uuid,
  due_on date,
  awaiting_calendar boolean not null default false,
  escalation integer not null default 0,
  repeats integer not null default 1,
  fingerprint text not null,
  scan_id uuid,
  last_scan_id uuid,
  summary text not null,
  explanation jsonb not null,
  feed_ids uuid[] not null default '{}',
  source_withdrawn boolean not null default false,
  result text,
  disposed_on date,
  version integer not null default 1,
  check ((household_id is null) <> (lead_id is null)),
  check (due_on is not null or awaiting_calendar)
);
create unique index alerts_open on alerts (coalesce(household_id, lead_id), indicator, period) where status in ('new', 'dispatched', 'verifying') and indicator <> 'manual';
create index alerts_subject on alerts (coalesce(household_id, lead_id), indicator);
create index alerts_desk on alerts (region_code, status, due_on, id);
create index alerts_holder on alerts (holder_id, status, due_on, id);
create index alerts_feeds on alerts using gin (feed_ids);
alter table alerts enable row level security;
alter table alerts force row level security;
create policy alerts_scope on alerts using (
  (region_code >= (select current_setting('doudi.scope_from', true))
    and region_code < (select nullif(current_setting('doudi.scope_until', true), '')))
  or region_code = any ((select string_to_array(current_setting('doudi.scope_extra', true), ','))::text[])
);
comment on table alerts is 'Alerts (预警信息): one open per subject, indicator and period.';
comment on column alerts.id is 'Our identity of it.';
comment on column alerts.number is 'Number that people read.';
comment on column alerts.region_code is 'Village (or the finest region known); decides who sees the row.';
comment on column alerts.subject_kind is 'Household or lead.';
comment on column alerts.household_id is 'The household.';
comment on column alerts.lead_id is 'The lead.';
comment on column alerts.indicator is 'Indicator of the pack, or manual.';
comment on column alerts.period is 'Period it speaks of.';
comment on column alerts.grade is 'Grade.';
comment on column alerts.route is 'Disposal route proposed by the indicator.';
comment on column alerts.origin is 'Found by the scan or raised by a person.';
comment on column alerts.status is 'Where it stands.';
comment on column alerts.holder_id is 'Office that has to act.';
comment on column alerts.raised_on is 'Business date it was raised.';
comment on column alerts.raised_at is 'When.';
comment on column alerts.raised_by is 'Account that raised it; null for the scan.';
comment on column alerts.due_on is 'Due date; null while the working-day calendar does not reach it.';
comment on column alerts.awaiting_calendar is 'True while the due date waits for the calendar of a year.';
comment on column alerts.escalation is 'Levels it was escalated.';
comment on column alerts.repeats is 'How often the scan found it.';
comment on column alerts.fingerprint is 'Hash of what it rests on: changed evidence after disposal is a new alert.';
comment on column alerts.scan_id is 'Scan that raised it.';
comment on column alerts.last_scan_id is 'Scan that saw it last.';
comment on column alerts.summary is 'One plain sentence, without name or number.';
comment on column alerts.explanation is 'Trace of the interpreter: conditions, values, sources, parameters.';
comment on column alerts.feed_ids is 'Files it rests on.';
comment on column alerts.source_withdrawn is 'True when a file it rests on was taken back after somebody had acted.';
comment on column alerts.result is 'Result label of the disposal.';
comment on column alerts.disposed_on is 'Business date of the disposal.';
comment on column alerts.version is 'Counts changes; the entity tag.';
grant select, insert, update on alerts to doudi_application;

create table alert_steps (
  id uuid primary key,
  alert_id uuid not null references alerts (id),
  region_code text collate "C" not null,
  step text not null,
  at timestamptz not null,
  business_date date not null,
  actor_id uuid,
  from_id uuid,
  to_id uuid,
  route integer,
  result text,
  note text
);
create index alert_steps_alert on alert_steps (alert_id, at);
alter table alert_steps enable row level security;
alter table alert_steps force row level security;
create policy alert_steps_scope on alert_steps using (
  (region_code >= (select current_setting('doudi.scope_from', true))
    and region_code < (select nullif(current_setting('doudi.scope_until', true), '')))
  or region_code = any ((select string_to_array(current_setting('doudi.scope_extra', true), ','))::text[])
);
comment on table alert_steps is 'What was done with an alert, step by step; append-only.';
comment on column alert_steps.id is 'Our identity of it.';
comment on column alert_steps.alert_id is 'The alert.';
comment on column alert_steps.region_code is 'Village (or the finest region known); decides who sees the row.';
comment on column alert_steps.step is 'raised, merged, dispatched, taken, disposed, escalated, withdrawn, marked, reopened.';
comment on column alert_steps.at is 'When.';
comment on column alert_steps.business_date is 'Business date.';
comment on column alert_steps.actor_id is 'Account; null for the platform.';
comment on column alert_steps.from_id is 'Office that had it.';
comment on column alert_steps.to_id is 'Office that has it now.';
comment on column alert_steps.route is 'Route chosen.';
comment on column alert_steps.result is 'Result label.';
comment on column alert_steps.note is 'What was written.';
grant select, insert on alert_steps to doudi_application;

create table evidence_files (
  id uuid primary key,
  alert_id uuid not null references alerts (id),
  region_code text collate "C" not null,
  file_name text not null,
  media_type text not null,
  size_bytes integer not null,
  sha256 text not null,
  content_cipher bytea not null,
  added_by uuid not null,
  added_at timestamptz not null
);
create index evidence_files_alert on evidence_files (alert_id);
alter table evidence_files enable row level security;
alter table evidence_files force row level security;
create policy evidence_files_scope on evidence_files using (
  (region_code >= (select current_setting('doudi.scope_from', true))
    and region_code < (select nullif(current_setting('doudi.scope_until', true), '')))
  or region_code = any ((select string_to_array(current_setting('doudi.scope_extra', true), ','))::text[])
);
comment on table evidence_files is 'Files that prove a verification, encrypted.';
comment on column evidence_files.id is 'Our identity of it.';
comment on column evidence_files.alert_id is 'The alert.';
comment on column evidence_files.region_code is 'Village (or the finest region known); decides who sees the row.';
comment on column evidence_files.file_name is 'Name as sent.';
comment on column evidence_files.media_type is 'Type found in the bytes.';
comment on column evidence_files.size_bytes is 'Size.';
comment on column evidence_files.sha256 is 'SHA-256 of the bytes.';
comment on column evidence_files.content_cipher is 'The bytes, encrypted.';
comment on column evidence_files.added_by is 'Account.';
comment on column evidence_files.added_at is 'When.';
grant select, insert on evidence_files to doudi_application;

create table tasks (
  id uuid primary key,
  alert_id uuid references alerts (id),
  household_id uuid,
  lead_id uuid,
  region_code text collate "C" not null,
  kind text not null check (kind in ('implement-policy', 'check-entitlement', 'coordinate', 'review-entitlement', 'enter-calendar')),
  holder_id uuid references organisations (id),
  due_on date,
  status text not null default 'open' check (status in ('open', 'done', 'withdrawn')),
  opened_at timestamptz not null,
  opened_by uuid,
  done_at timestamptz,
  done_by uuid,
  outcome text,
  version integer not null default 1
);
create index tasks_holder on tasks (holder_id, status, due_on);
create index tasks_alert on tasks (alert_id);
alter table tasks enable row level security;
alter table tasks force row level security;
create policy tasks_scope on tasks using (
  (region_code >= (select current_setting('doudi.scope_from', true))
    and region_code < (select nullif(current_setting('doudi.scope_until', true), '')))
  or region_code = any ((select string_to_array(current_setting('doudi.scope_extra', true), ','))::text[])
);
comment on table tasks is 'Work for a person that follows from a disposal; nothing is stopped by a machine.';
comment on column tasks.id is 'Our identity of it.';
comment on column tasks.alert_id is 'The alert it follows from.';
comment on column tasks.household_id is 'The household.';
comment on column tasks.lead_id is 'The lead.';
comment on column tasks.region_code is 'Village (or the finest region known); decides who sees the row.';
comment on column tasks.kind is 'What is to be done.';
comment on column tasks.holder_id is 'Office that has to act.';
comment on column tasks.due_on is 'Due date; null while awaiting the calendar.';
comment on column tasks.status is 'Where it stands.';
comment on column tasks.opened_at is 'When.';
comment on column tasks.opened_by is 'Account; null for the platform.';
comment on column tasks.done_at is 'When it was done.';
comment on column tasks.done_by is 'Account that did it.';
comment on column tasks.outcome is 'What came of it.';
comment on column tasks.version is 'Counts changes; the entity tag.';
grant select, insert, update on tasks to doudi_application;
