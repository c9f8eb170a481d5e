create table households (
  id uuid primary key,
  number text not null unique,
  region_code text collate "C" not null,
  address text,
  area_type text not null check (area_type in ('urban', 'rural')),
  head_person_id uuid,
  registered_on date not null,
  ended_on date,
  completeness integer not null default 0 check (completeness between 0 and 100),
  version integer not null default 1
);
create index households_region on households (region_code, id);
alter table households enable row level security;
alter table households force row level security;
create policy households_scope on households using (
  (region_code >= (select current_setting('doudi.scope_from', true))
    and region_code < (select nullif(current_setting('doudi.scope_until', true), '')))
  or region_code = any ((select string_to_array(current_setting('doudi.scope_extra', true), ','))::text[])
);
comment on table households is 'Households in the registry: people who live together and share means.';
comment on column households.id is 'Our identity of it.';
comment on column households.number is 'Household number that people read.';
comment on column households.region_code is 'Village (or the finest region known); decides who sees the row.';
comment on column households.address is 'Address below the village, as declared.';
comment on column households.area_type is 'Urban or rural registration.';
comment on column households.head_person_id is 'The member that represents the household.';
comment on column households.registered_on is 'Business date of registration.';
comment on column households.ended_on is 'Business date of removal from the registry; null while in it.';
comment on column households.completeness is 'Share of expected facts that are known, percent.';
comment on column households.version is 'Counts edits; the entity tag.';
grant select, insert, update on households to doudi_application;

create table persons (
  id uuid primary key,
  household_id uuid not null references households (id),
  region_code text collate "C" not null,
  name text collate "C",
  name_initials text collate "C",
  name_key bigint,
  sex text check (sex in ('male', 'female')),
  birth_date date,
  relation text not null,
  number_cipher bytea,
  number_index bytea,
  number_last4 text,
  number_token bigint,
  number_check text,
  joined_on date not null,
  left_on date
);
create unique index persons_number on persons (number_index) where number_index is not null and left_on is null;
create index persons_household on persons (household_id);
create index persons_name on persons (region_code, name);
create index persons_initials on persons (region_code, name_initials);
create index persons_last4 on persons (region_code, number_last4);
create index persons_token on persons (number_token) where number_token is not null;
alter table persons enable row level security;
alter table persons force row level security;
create policy persons_scope on persons using (
  (region_code >= (select current_setting('doudi.scope_from', true))
    and region_code < (select nullif(current_setting('doudi.scope_until', true), '')))
  or region_code = any ((select string_to_array(current_setting('doudi.scope_extra', true), ','))::text[])
);
comment on table persons is 'Members of registered households. The key is ours: a person may have no number, or no name.';
comment on column persons.id is 'Our identity of the person.';
comment on column persons.household_id is 'Household the person belongs to.';
comment on column persons.region_code is 'Village (or the finest region known); decides who sees the row.';
comment on column persons.name is 'Name as registered; null when not known.';
comment on column persons.name_initials is 'Pinyin initials of the name, lower case.';
comment on column persons.name_key is 'Keyed hash of the normalised name, joined in the lake.';
comment on column persons.sex is 'Sex; null when not known.';
comment on column persons.birth_date is 'Birth date; null when not known.';
comment on column persons.relation is 'Relation to the head of the household.';
comment on column persons.number_cipher is 'Resident number, encrypted.';
comment on column persons.number_index is 'Keyed hash of the number, for exact search.';
comment on column persons.number_last4 is 'Last four characters of the number.';
comment on column persons.number_token is 'Keyed permutation of the 17-digit body, joined in the lake.';
comment on column persons.number_check is 'Check character of the number.';
comment on column persons.joined_on is 'Business date of joining the household.';
comment on column persons.left_on is 'Business date of leaving it; null while a member.';
grant select, insert, update on persons to doudi_application;

create table categories (
  id uuid primary key,
  household_id uuid not null references households (id),
  person_id uuid references persons (id),
  region_code text collate "C" not null,
  category text not null check (category in ('tekun', 'dibao', 'dibaoMargin', 'singlePersonDibao', 'rigidExpenditure', 'otherHardship', 'returnPovertyWatch')),
  valid_from date not null,
  valid_until date,
  recorded_at timestamptz not null
);
create index categories_household on categories (household_id);
alter table categories enable row level security;
alter table categories force row level security;
create policy categories_scope on categories using (
  (region_code >= (select current_setting('doudi.scope_from', true))
    and region_code < (select nullif(current_setting('doudi.scope_until', true), '')))
  or region_code = any ((select string_to_array(current_setting('doudi.scope_extra', true), ','))::text[])
);
comment on table categories is 'Which category of low-income people a household, or one of its members, belongs to, and since when.';
comment on column categories.id is 'Our identity of it.';
comment on column categories.household_id is 'The household.';
comment on column categories.person_id is 'The member, where the category is per person; null for the whole household.';
comment on column categories.region_code is 'Village (or the finest region known); decides who sees the row.';
comment on column categories.category is 'The category.';
comment on column categories.valid_from is 'First day.';
comment on column categories.valid_until is 'First day after it; null while it lasts.';
comment on column categories.recorded_at is 'When the platform knew.';
grant select, insert, update on categories to doudi_application;

create table labels (
  id uuid primary key,
  household_id uuid not null references households (id),
  person_id uuid references persons (id),
  region_code text collate "C" not null,
  label_group text not null check (label_group in ('need', 'special')),
  label text not null,
  valid_from date not null,
  valid_until date,
  recorded_at timestamptz not null
);
create index labels_household on labels (household_id);
alter table labels enable row level security;
alter table labels force row level security;
create policy labels_scope on labels using (
  (region_code >= (select current_setting('doudi.scope_from', true))
    and region_code < (select nullif(current_setting('doudi.scope_until', true), '')))
  or region_code = any ((select string_to_array(current_setting('doudi.scope_extra', true), ','))::text[])
);
comment on table labels is 'Need labels (类) and special-group tags (老、小、残、病) with validity.';
comment on column labels.id is 'Our identity of it.';
comment on column labels.household_id is 'The household.';
comment on column labels.person_id is 'The member; null for the household.';
comment on column labels.region_code is 'Village (or the finest region known); decides who sees the row.';
comment on column labels.label_group is 'Need label or special-group tag.';
comment on column labels.label is 'Which one.';
comment on column labels.valid_from is 'First day.';
comment on column labels.valid_until is 'First day after it; null while it lasts.';
comment on column labels.recorded_at is 'When the platform knew.';
grant select, insert, update on labels to doudi_application;

create table facts (
  id uuid primary key,
  subject_kind text not null check (subject_kind in ('person', 'household')),
  subject_id uuid not null,
  household_id uuid not null references households (id),
  region_code text collate "C" not null,
  kind text not null,
  value jsonb,
  provenance text not null check (provenance in ('declared', 'visited', 'compared')),
  feed_id uuid,
  feed_row integer,
  valid_from date not null,
  valid_until date,
  recorded_at timestamptz not null,
  superseded_at timestamptz,
  collector_id uuid,
  checker_id uuid,
  check (checker_id is null or checker_id <> collector_id)
);
create index facts_subject on facts (subject_id, kind) where superseded_at is null;
create index facts_household on facts (household_id);
create index facts_feed on facts (feed_id) where feed_id is not null;
alter table facts enable row level security;
alter table facts force row level security;
create policy facts_scope on facts using (
  (region_code >= (select current_setting('doudi.scope_from', true))
    and region_code < (select nullif(current_setting('doudi.scope_until', true), '')))
  or region_code = any ((select string_to_array(current_setting('doudi.scope_extra', true), ','))::text[])
);
comment on table facts is 'What is known of a person or household: since when, from whom. Two times: validity and knowledge.';
comment on column facts.id is 'Our identity of it.';
comment on column facts.subject_kind is 'Whose fact it is.';
comment on column facts.subject_id is 'The person or household.';
comment on column facts.household_id is 'The household it belongs to.';
comment on column facts.region_code is 'Village (or the finest region known); decides who sees the row.';
comment on column facts.kind is 'Which fact (registry/facts catalogue).';
comment on column facts.value is 'The value; JSON null means known to be absent.';
comment on column facts.provenance is 'Declared by the applicant, seen on a visit, or compared with a department.';
comment on column facts.feed_id is 'The department file it came from.';
comment on column facts.feed_row is 'The row in that file.';
comment on column facts.valid_from is 'First day it holds.';
comment on column facts.valid_until is 'First day it no longer holds; null while it does.';
comment on column facts.recorded_at is 'When the platform knew.';
comment on column facts.superseded_at is 'When the platform knew better; null while current.';
comment on column facts.collector_id is 'Account that typed it in.';
comment on column facts.checker_id is 'Account that checked it; never the collector.';
grant select, insert, update on facts to doudi_application;

create table leads (
  id uuid primary key,
  lead_key bytea not null unique,
  region_code text collate "C" not null,
  name text collate "C",
  birth_date date,
  number_cipher bytea,
  number_index bytea,
  number_last4 text,
  number_token bigint,
  number_check text,
  feed_kinds text[] not null,
  first_feed_id uuid not null,
  first_seen_at timestamptz not null,
  status text not null default 'open' check (status in ('open', 'registered', 'dismissed', 'withdrawn')),
  version integer not null default 1
);
create index leads_region on leads (region_code, id);
create index leads_token on leads (number_token) where number_token is not null;
alter table leads enable row level security;
alter table leads force row level security;
create policy leads_scope on leads using (
  (region_code >= (select current_setting('doudi.scope_from', true))
    and region_code < (select nullif(current_setting('doudi.scope_until', true), '')))
  or region_code = any ((select string_to_array(current_setting('doudi.scope_extra', true), ','))::text[])
);
comment on table leads is 'People known only from a department file (线索): not in the registry, perhaps in need.';
comment on column leads.id is 'Our identity of it.';
comment on column leads.lead_key is 'Keyed hash of number, or of name and birth date: one lead per person.';
comment on column leads.region_code is 'Village (or the finest region known); decides who sees the row.';
comment on column leads.name is 'Name as the department wrote it.';
comment on column leads.birth_date is 'Birth date.';
comment on column leads.number_cipher is 'Resident number, encrypted.';
comment on column leads.number_index is 'Keyed hash of the number.';
comment on column leads.number_last4 is 'Last four characters.';
comment on column leads.number_token is 'Keyed permutation of the number.';
comment on column leads.number_check is 'Check character.';
comment on column leads.feed_kinds is 'Kinds of department file that know the person.';
comment on column leads.first_feed_id is 'File that made it known.';
comment on column leads.first_seen_at is 'When.';
comment on column leads.status is 'Where it stands.';
comment on column leads.version is 'Counts edits; the entity tag.';
grant select, insert, update on leads to doudi_application;
