-- What the lake keeps of everybody from all files lies in files that never change; which list of them is in force is said here,
-- in the transaction that keeps what a scan found by it. A scan that was killed leaves yesterday's or today's, never between.
create table kept_facts (
  only_row boolean primary key default true check (only_row),
  id uuid not null,
  taken_at timestamptz not null
);
comment on table kept_facts is 'The facts of everybody in the lake that are in force: one row at most; written by registry.';
comment on column kept_facts.only_row is 'Keeps the table at one row.';
comment on column kept_facts.id is 'Which list of files; the list bears this id. Another one there is not used.';
comment on column kept_facts.taken_at is 'When the scan that made them ended.';
grant select, insert, update, delete on kept_facts to doudi_application;
