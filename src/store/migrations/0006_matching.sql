create table adjudications (
  id uuid primary key,
  row_key bytea not null,
  feed_id uuid not null,
  row_no integer not null,
  role text not null,
  feed_kind text not null,
  region_code text collate "C" not null,
  identity_cipher bytea not null,
  candidates jsonb not null,
  status text not null default 'open' check (status in ('open', 'same', 'none', 'withdrawn')),
  person_id uuid,
  decided_by uuid,
  decided_at timestamptz,
  created_at timestamptz not null default now(),
  version integer not null default 1
);
create unique index adjudications_key on adjudications (row_key) where status <> 'withdrawn';
create index adjudications_region on adjudications (region_code, status, id);
alter table adjudications enable row level security;
alter table adjudications force row level security;
create policy adjudications_scope on adjudications using (
  (region_code >= (select current_setting('doudi.scope_from', true))
    and region_code < (select nullif(current_setting('doudi.scope_until', true), '')))
  or region_code = any ((select string_to_array(current_setting('doudi.scope_extra', true), ','))::text[])
);
comment on table adjudications is 'Rows that may be somebody in the registry: a person decides (人工甄别).';
comment on column adjudications.id is 'Our identity of it.';
comment on column adjudications.row_key is 'Keyed hash of the identity in the row.';
comment on column adjudications.feed_id is 'The file.';
comment on column adjudications.row_no is 'The row.';
comment on column adjudications.role is 'Which person of the row.';
comment on column adjudications.feed_kind is 'Kind of file.';
comment on column adjudications.region_code is 'Village (or the finest region known); decides who sees the row.';
comment on column adjudications.identity_cipher is 'Identity as sent, encrypted.';
comment on column adjudications.candidates is 'Candidates: person, score, reason per field.';
comment on column adjudications.status is 'Open, one of the candidates, none of them, or the file was taken back.';
comment on column adjudications.person_id is 'The person chosen.';
comment on column adjudications.decided_by is 'Account that decided.';
comment on column adjudications.decided_at is 'When.';
comment on column adjudications.created_at is 'When it was asked.';
comment on column adjudications.version is 'Counts changes; the entity tag.';
grant select, insert, update on adjudications to doudi_application;

create table match_decisions (
  row_key bytea not null,
  person_id uuid not null,
  region_code text collate "C" not null,
  verdict text not null check (verdict in ('same', 'not-same')),
  decided_by uuid not null,
  decided_at timestamptz not null,
  primary key (row_key, person_id)
);
alter table match_decisions enable row level security;
alter table match_decisions force row level security;
create policy match_decisions_scope on match_decisions using (
  (region_code >= (select current_setting('doudi.scope_from', true))
    and region_code < (select nullif(current_setting('doudi.scope_until', true), '')))
  or region_code = any ((select string_to_array(current_setting('doudi.scope_extra', true), ','))::text[])
);
comment on table match_decisions is 'Decisions about who a row is, "not the same" included; kept for every later file.';
comment on column match_decisions.row_key is 'Keyed hash of the identity in the row.';
comment on column match_decisions.person_id is 'The person it was compared with.';
comment on column match_decisions.region_code is 'Village (or the finest region known); decides who sees the row.';
comment on column match_decisions.verdict is 'The decision.';
comment on column match_decisions.decided_by is 'Account that decided.';
comment on column match_decisions.decided_at is 'When.';
grant select, insert, update on match_decisions to doudi_application;
