-- Row-level security allows only comparisons as index conditions, so each way of searching for a person has a plain
-- index of its own: whoever sees a whole province would otherwise read the index of all its villages.
create index persons_by_name on persons (name, id);
create index persons_by_initials on persons (name_initials, id);
create index persons_by_last4 on persons (number_last4, id);
create index persons_by_name_key on persons (name_key) where name_key is not null;
create index facts_to_check on facts (region_code, id)
  where collector_id is not null and checker_id is null and superseded_at is null;
create index leads_desk on leads (status, id);

alter table leads add column name_key bigint;
comment on column leads.name_key is 'Keyed hash of the normalised name, joined in the lake.';
