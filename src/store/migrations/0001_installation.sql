create table installation (
  only_row boolean primary key default true check (only_row),
  id uuid not null,
  demo boolean not null,
  business_date date,
  region_code text collate "C" not null,
  created_at timestamptz not null default now()
);
comment on table installation is 'This installation: one row, made at the first start.';
comment on column installation.only_row is 'Keeps the table at one row.';
comment on column installation.id is 'Identity of the installation.';
comment on column installation.demo is 'True when the people in it are invented; shown as 演示 on each page.';
comment on column installation.business_date is 'Business date of a demo, moved by "doudi clock"; null means the real date in Asia/Shanghai.';
comment on column installation.region_code is 'The region the installation serves, 12 digits.';
comment on column installation.created_at is 'When the first start finished.';

create table regions (
  code text collate "C" primary key check (code ~ '^[0-9]{12}$'),
  name text not null,
  level text not null check (level in ('province', 'city', 'county', 'township', 'village')),
  parent_code text collate "C" references regions (code),
  valid_from date not null default '1900-01-01',
  valid_until date
);
create index regions_parent on regions (parent_code, code);
comment on table regions is 'Administrative divisions down to the village, statistical codes of 12 digits.';
comment on column regions.code is '统计用区划代码, 12 digits.';
comment on column regions.name is 'Official name.';
comment on column regions.level is 'Level in the hierarchy.';
comment on column regions.parent_code is 'The division it belongs to.';
comment on column regions.valid_from is 'First day the code is in use.';
comment on column regions.valid_until is 'First day the code is no longer in use; null while it is.';

create table region_successions (
  code text collate "C" not null references regions (code),
  successor_code text collate "C" not null references regions (code),
  changed_on date not null,
  primary key (code, successor_code)
);
comment on table region_successions is 'Which codes took the place of a retired code.';
comment on column region_successions.code is 'The retired code.';
comment on column region_successions.successor_code is 'A code that took its place.';
comment on column region_successions.changed_on is 'Business date of the change.';

create table region_zones (
  zone_code text collate "C" not null,
  area_code text collate "C" not null,
  name text not null,
  acts_as text not null check (acts_as in ('county', 'township')),
  valid_from date not null,
  valid_until date,
  primary key (zone_code, area_code)
);
comment on table region_zones is 'Development zones (管委会) that act as county or township over areas of another division.';
comment on column region_zones.zone_code is 'Code of the zone, 12 digits.';
comment on column region_zones.area_code is 'Code of a township or village it administers.';
comment on column region_zones.name is 'Name of the zone.';
comment on column region_zones.acts_as is 'The level it acts as.';
comment on column region_zones.valid_from is 'First day of the assignment.';
comment on column region_zones.valid_until is 'First day after the assignment; null while it lasts.';

create table calendar_years (
  year integer primary key check (year between 2000 and 2200),
  holidays date[] not null,
  workdays date[] not null,
  source text not null,
  recorded_at timestamptz not null default now(),
  recorded_by uuid
);
comment on table calendar_years is 'Statutory holidays and make-up working days of a year, as published.';
comment on column calendar_years.year is 'The year.';
comment on column calendar_years.holidays is 'Days off.';
comment on column calendar_years.workdays is 'Rest days that are worked (调休).';
comment on column calendar_years.source is 'The published notice.';
comment on column calendar_years.recorded_at is 'When it was entered.';
comment on column calendar_years.recorded_by is 'Account that entered it; null when shipped.';

grant select on installation, regions, region_successions, region_zones, calendar_years to doudi_application;
grant insert, update on calendar_years to doudi_application;
grant insert, update on installation, regions, region_successions, region_zones to doudi_application;
