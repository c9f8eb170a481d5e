create table layouts (
  id text not null,
  version integer not null,
  kind text not null,
  title text not null,
  definition jsonb not null,
  origin text not null check (origin in ('shipped', 'local')),
  created_by uuid,
  created_at timestamptz not null default now(),
  retired_at timestamptz,
  primary key (id, version)
);
comment on table layouts is 'How a sender writes a kind of file: shipped ones and those an officer mapped.';
comment on column layouts.id is 'Name of the layout.';
comment on column layouts.version is 'Version; a change is a new one.';
comment on column layouts.kind is 'Kind of department file.';
comment on column layouts.title is 'Name that people read.';
comment on column layouts.definition is 'The mapping, checked against the layout schema.';
comment on column layouts.origin is 'Shipped with the platform or mapped here.';
comment on column layouts.created_by is 'Account that mapped it.';
comment on column layouts.created_at is 'When.';
comment on column layouts.retired_at is 'When it went out of use.';
grant select, insert, update on layouts to doudi_application;

create table feeds (
  id uuid primary key,
  kind text,
  layout_id text,
  layout_version integer,
  region_code text collate "C" not null,
  file_name text not null,
  sha256 text not null,
  size_bytes bigint not null,
  received_at timestamptz not null,
  received_by uuid,
  period text,
  status text not null check (status in ('received', 'reading', 'quarantined', 'accepted', 'refused', 'taken-back')),
  rows_in integer not null default 0,
  rows_accepted integer not null default 0,
  rows_rejected integer not null default 0,
  refusal jsonb,
  quarantine jsonb,
  statistics jsonb not null default '{}',
  decided_by uuid,
  decided_at timestamptz,
  decision_reason text,
  version integer not null default 1,
  check (rows_in = rows_accepted + rows_rejected)
);
create unique index feeds_content on feeds (sha256) where status <> 'taken-back' and status <> 'refused';
create index feeds_region on feeds (region_code, received_at desc);
alter table feeds enable row level security;
alter table feeds force row level security;
create policy feeds_scope on feeds using (
  (region_code >= (select current_setting('doudi.scope_from', true))
    and region_code < (select nullif(current_setting('doudi.scope_until', true), '')))
  or region_code = any ((select string_to_array(current_setting('doudi.scope_extra', true), ','))::text[])
);
comment on table feeds is 'Department files received, with what became of them. The same content twice is the same feed.';
comment on column feeds.id is 'Our identity of it.';
comment on column feeds.kind is 'Kind of department file; null until recognised.';
comment on column feeds.layout_id is 'Layout it was read by.';
comment on column feeds.layout_version is 'Version of that layout.';
comment on column feeds.region_code is 'Region the file is about; decides who sees it.';
comment on column feeds.file_name is 'Name of the file as sent.';
comment on column feeds.sha256 is 'SHA-256 of its bytes.';
comment on column feeds.size_bytes is 'Size.';
comment on column feeds.received_at is 'When it arrived.';
comment on column feeds.received_by is 'Account that brought it.';
comment on column feeds.period is 'Period it speaks of, YYYY-MM.';
comment on column feeds.status is 'Where it stands.';
comment on column feeds.rows_in is 'Rows found.';
comment on column feeds.rows_accepted is 'Rows kept.';
comment on column feeds.rows_rejected is 'Rows not kept, each with its reason.';
comment on column feeds.refusal is 'Why the file as a whole was refused.';
comment on column feeds.quarantine is 'Why it waits for a person.';
comment on column feeds.statistics is 'Counts that the expectation of the next file is made from.';
comment on column feeds.decided_by is 'Account that released it or took it back.';
comment on column feeds.decided_at is 'When.';
comment on column feeds.decision_reason is 'Why.';
comment on column feeds.version is 'Counts changes; the entity tag.';
grant select, insert, update on feeds to doudi_application;

create table feed_rejects (
  feed_id uuid not null references feeds (id),
  seq integer not null,
  region_code text collate "C" not null,
  sheet text,
  line integer not null,
  column_name text,
  reason text not null,
  masked_value text,
  cells_cipher bytea not null,
  primary key (feed_id, seq)
);
alter table feed_rejects enable row level security;
alter table feed_rejects force row level security;
create policy feed_rejects_scope on feed_rejects using (
  (region_code >= (select current_setting('doudi.scope_from', true))
    and region_code < (select nullif(current_setting('doudi.scope_until', true), '')))
  or region_code = any ((select string_to_array(current_setting('doudi.scope_extra', true), ','))::text[])
);
comment on table feed_rejects is 'Rows that were not kept: place, reason, masked value; the original cells encrypted, for the sheet that goes back.';
comment on column feed_rejects.feed_id is 'The file.';
comment on column feed_rejects.seq is 'Order in the file.';
comment on column feed_rejects.region_code is 'Region the file is about; decides who sees it.';
comment on column feed_rejects.sheet is 'Sheet.';
comment on column feed_rejects.line is 'Line, counted from 1.';
comment on column feed_rejects.column_name is 'Column header.';
comment on column feed_rejects.reason is 'Reason code.';
comment on column feed_rejects.masked_value is 'The value, masked.';
comment on column feed_rejects.cells_cipher is 'The original cells, encrypted.';
grant select, insert, delete on feed_rejects to doudi_application;

create table unmatched_rows (
  feed_id uuid not null references feeds (id),
  row_no integer not null,
  region_code text collate "C" not null,
  kind text not null,
  role text not null,
  row_key bytea not null,
  identity_cipher bytea not null,
  has_number boolean not null,
  primary key (feed_id, row_no, role)
);
create index unmatched_rows_key on unmatched_rows (row_key);
alter table unmatched_rows enable row level security;
alter table unmatched_rows force row level security;
create policy unmatched_rows_scope on unmatched_rows using (
  (region_code >= (select current_setting('doudi.scope_from', true))
    and region_code < (select nullif(current_setting('doudi.scope_until', true), '')))
  or region_code = any ((select string_to_array(current_setting('doudi.scope_extra', true), ','))::text[])
);
comment on table unmatched_rows is 'Rows whose number is nobody in the registry: identity encrypted, matched again when the registry changes.';
comment on column unmatched_rows.feed_id is 'The file.';
comment on column unmatched_rows.row_no is 'Row in the lake file.';
comment on column unmatched_rows.region_code is 'Region the file is about; decides who sees it.';
comment on column unmatched_rows.kind is 'Kind of department file.';
comment on column unmatched_rows.role is 'Which person of the row: self, spouse, head.';
comment on column unmatched_rows.row_key is 'Keyed hash of number, name and birth date: a decision about it is remembered.';
comment on column unmatched_rows.identity_cipher is 'Number, name, birth date and place as sent, encrypted.';
comment on column unmatched_rows.has_number is 'True when a valid number came with it.';
grant select, insert, delete on unmatched_rows to doudi_application;
