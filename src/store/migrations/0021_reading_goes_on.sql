-- A large file whose reading was killed goes on after its last whole part instead of beginning anew: what is kept of it up to
-- there is on record together with where that is.
alter table feeds add column reading jsonb;
comment on column feeds.reading is 'Where an unfinished reading goes on: what it was read by, whole parts, rows, rejects; null when nothing is kept or it is done.';
