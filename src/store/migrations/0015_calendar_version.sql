-- Two administrators may mend the same year at once. The second must be told, because a year that is overwritten unseen
-- counts due dates by days that nobody looked at.
alter table calendar_years add column version integer not null default 1 check (version >= 1);
comment on column calendar_years.version is 'Counts the edits; an edit names the version it was made on.';
