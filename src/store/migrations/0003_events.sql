create table events (
  seq bigint generated always as identity primary key,
  id uuid not null unique,
  at timestamptz not null,
  business_date date not null,
  kind text not null,
  region_code text collate "C" not null,
  household_id uuid,
  lead_id uuid,
  subject_id uuid,
  actor_id uuid,
  data jsonb not null default '{}',
  relayed_at timestamptz
);
create index events_household on events (household_id, seq desc) where household_id is not null;
create index events_lead on events (lead_id, seq desc) where lead_id is not null;
create index events_region on events (region_code, seq);
create index events_unrelayed on events (seq) where relayed_at is null;
alter table events enable row level security;
alter table events force row level security;
create policy events_scope on events using (
  (region_code >= (select current_setting('doudi.scope_from', true))
    and region_code < (select nullif(current_setting('doudi.scope_until', true), '')))
  or region_code = any ((select string_to_array(current_setting('doudi.scope_extra', true), ','))::text[])
);
comment on table events is 'What happened, in order: the outbox and the assistance chain. Written in the transaction of the change.';
comment on column events.seq is 'Order.';
comment on column events.id is 'Identity, for handlers that may run twice.';
comment on column events.at is 'When the platform knew.';
comment on column events.business_date is 'Business date.';
comment on column events.kind is 'room.what-happened.';
comment on column events.region_code is 'Region it concerns; decides who sees it.';
comment on column events.household_id is 'Household it concerns.';
comment on column events.lead_id is 'Lead it concerns.';
comment on column events.subject_id is 'The alert, feed, scan … it is about.';
comment on column events.actor_id is 'Account that acted; null for the platform.';
comment on column events.data is 'What a sentence about it needs; no resident number.';
comment on column events.relayed_at is 'When the relay handed it to the job queue.';
grant select, insert on events to doudi_application;
grant update (relayed_at) on events to doudi_application;
