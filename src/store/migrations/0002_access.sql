create table organisations (
  id uuid primary key,
  name text not null,
  kind text not null check (kind in ('civil-affairs', 'township', 'village', 'department', 'platform')),
  department text,
  region_code text collate "C" not null,
  check ((kind = 'department') = (department is not null))
);
create unique index organisations_place on organisations (region_code, kind, coalesce(department, ''));
comment on table organisations is 'Offices that work with the platform, each in a region.';
comment on column organisations.id is 'Our identity of it.';
comment on column organisations.name is 'Official name.';
comment on column organisations.kind is 'Civil affairs bureau, township, village, another department, or the platform itself.';
comment on column organisations.department is 'Department code for other departments (police, justice, …).';
comment on column organisations.region_code is 'The region it works for; its people see this region and what lies below.';

create table accounts (
  id uuid primary key,
  login text not null unique check (login ~ '^[a-z0-9][a-z0-9.-]{1,60}$'),
  display_name text not null,
  organisation_id uuid not null references organisations (id),
  role text not null,
  password_hash text not null,
  must_change_password boolean not null default false,
  failed_logins integer not null default 0,
  locked_until timestamptz,
  disabled_at timestamptz,
  created_at timestamptz not null default now()
);
comment on table accounts is 'People who log in to the console.';
comment on column accounts.id is 'Our identity of the account.';
comment on column accounts.login is 'Name typed at log-in.';
comment on column accounts.display_name is 'Name shown to colleagues.';
comment on column accounts.organisation_id is 'The office the person works for.';
comment on column accounts.role is 'Role: decides what may be done (access/permissions).';
comment on column accounts.password_hash is 'Argon2id hash.';
comment on column accounts.must_change_password is 'True for a one-time password.';
comment on column accounts.failed_logins is 'Failed log-ins since the last good one.';
comment on column accounts.locked_until is 'Log-in is refused until then.';
comment on column accounts.disabled_at is 'When the account was closed; null while open.';
comment on column accounts.created_at is 'When it was made.';

create table sessions (
  token_hash bytea primary key,
  account_id uuid not null references accounts (id),
  csrf_token text not null,
  created_at timestamptz not null,
  last_seen_at timestamptz not null,
  expires_at timestamptz not null,
  ended_at timestamptz
);
create index sessions_account on sessions (account_id);
comment on table sessions is 'Log-ins that are or were open; the token itself is never stored.';
comment on column sessions.token_hash is 'SHA-256 of the cookie value.';
comment on column sessions.account_id is 'Whose session it is.';
comment on column sessions.csrf_token is 'Value that each write must repeat in a header.';
comment on column sessions.created_at is 'Log-in.';
comment on column sessions.last_seen_at is 'Latest request.';
comment on column sessions.expires_at is 'End at the latest.';
comment on column sessions.ended_at is 'Log-out; null while open.';

create table audit_entries (
  seq bigint generated always as identity primary key,
  at timestamptz not null,
  account_id uuid,
  action text not null,
  subject_kind text,
  subject_id uuid,
  region_code text collate "C",
  details jsonb not null default '{}',
  previous_hash bytea not null,
  hash bytea not null
);
comment on table audit_entries is 'Who did or looked at what; append-only, chained by SM3.';
comment on column audit_entries.seq is 'Order in the chain.';
comment on column audit_entries.at is 'When.';
comment on column audit_entries.account_id is 'Who; null for the platform itself.';
comment on column audit_entries.action is 'What was done, room.verb.';
comment on column audit_entries.subject_kind is 'Kind of thing it was done to.';
comment on column audit_entries.subject_id is 'The thing it was done to.';
comment on column audit_entries.region_code is 'Region of the thing.';
comment on column audit_entries.details is 'What else matters, without personal data.';
comment on column audit_entries.previous_hash is 'Hash of the entry before.';
comment on column audit_entries.hash is 'SM3 over the entry and the hash before.';

create table idempotency_keys (
  account_id uuid not null,
  route text not null,
  key text not null,
  request_hash text not null,
  status integer not null,
  reply jsonb,
  created_at timestamptz not null default now(),
  primary key (account_id, route, key)
);
comment on table idempotency_keys is 'Answers already given, so that the same write sent twice happens once.';
comment on column idempotency_keys.account_id is 'Who sent it.';
comment on column idempotency_keys.route is 'Method and path pattern.';
comment on column idempotency_keys.key is 'The Idempotency-Key header.';
comment on column idempotency_keys.request_hash is 'Hash of the request; another request with the same key is refused.';
comment on column idempotency_keys.status is 'HTTP status answered.';
comment on column idempotency_keys.reply is 'Body answered.';
comment on column idempotency_keys.created_at is 'When.';

create table saved_views (
  id uuid primary key,
  account_id uuid not null references accounts (id),
  page text not null,
  name text not null check (length(name) between 1 and 40),
  query text not null check (length(query) <= 2000),
  created_at timestamptz not null default now(),
  unique (account_id, page, name)
);
comment on table saved_views is 'Filters a person keeps under a name.';
comment on column saved_views.id is 'Our identity of it.';
comment on column saved_views.account_id is 'Whose view it is.';
comment on column saved_views.page is 'The page it belongs to.';
comment on column saved_views.name is 'Name given.';
comment on column saved_views.query is 'The filters as URL query.';
comment on column saved_views.created_at is 'When.';

grant select, insert, update on organisations, accounts, sessions to doudi_application;
grant select, insert on audit_entries to doudi_application;
grant select, insert, delete on idempotency_keys, saved_views to doudi_application;
grant update on saved_views to doudi_application;
