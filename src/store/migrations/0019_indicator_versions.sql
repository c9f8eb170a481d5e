-- A county that sees hardship the shipped indicators do not notice must not wait for a new version of the program, and nobody
-- may set what is looked for alone. Versions of indicators are proposed and decided like values of parameters: rows that are
-- only ever added. Everybody reads them, for they are published; a row is written only inside the writer's own region.
create table indicator_proposals (
  id uuid primary key,
  number bigint generated always as identity,
  indicator text not null,
  based_on text,
  entry jsonb not null,
  cases jsonb not null,
  effective_from date not null,
  effective_until date check (effective_until > effective_from),
  region text collate "C" not null check (region ~ '^[0-9]{12}$'),
  document text not null,
  new_document jsonb,
  note text,
  proposed_by uuid not null references accounts (id),
  proposed_at timestamptz not null,
  unique (id, proposed_by)
);
create index indicator_proposals_number on indicator_proposals (number desc);
alter table indicator_proposals enable row level security;
alter table indicator_proposals force row level security;
create policy indicator_proposals_published on indicator_proposals for select using (true);
create policy indicator_proposals_scope on indicator_proposals for insert with check (
  (region >= (select current_setting('doudi.scope_from', true))
    and region < (select nullif(current_setting('doudi.scope_until', true), '')))
  or region = any ((select string_to_array(current_setting('doudi.scope_extra', true), ','))::text[])
);
comment on table indicator_proposals is 'Versions of indicators proposed for release; written by rulebook, append-only.';
comment on column indicator_proposals.id is 'Our identity of it.';
comment on column indicator_proposals.number is 'Number that people read.';
comment on column indicator_proposals.indicator is 'The indicator whose version it is.';
comment on column indicator_proposals.based_on is 'The version it was written from; null where that is not known.';
comment on column indicator_proposals.entry is 'The version as a pack writes it: names, condition, grade, owner, route, sentences, days, region, sources.';
comment on column indicator_proposals.cases is 'The cases that try it, as a pack writes them; invented, of nobody.';
comment on column indicator_proposals.effective_from is 'First day it holds.';
comment on column indicator_proposals.effective_until is 'First day the indicator is no longer looked for; null while it holds until the next version.';
comment on column indicator_proposals.region is 'Region in which it holds.';
comment on column indicator_proposals.document is 'Source document by its name in the pack.';
comment on column indicator_proposals.new_document is 'The document itself where the pack does not know it yet: title, number, issuer, day.';
comment on column indicator_proposals.note is 'What the proposer noted.';
comment on column indicator_proposals.proposed_by is 'Account that proposed it.';
comment on column indicator_proposals.proposed_at is 'When.';

create table indicator_decisions (
  proposal_id uuid primary key,
  outcome text not null check (outcome in ('released', 'declined', 'withdrawn')),
  proposed_by uuid not null,
  decided_by uuid not null references accounts (id),
  decided_at timestamptz not null,
  reason text,
  foreign key (proposal_id, proposed_by) references indicator_proposals (id, proposed_by),
  check ((outcome = 'withdrawn') = (decided_by = proposed_by)),
  check (outcome = 'released' or reason is not null)
);
alter table indicator_decisions enable row level security;
alter table indicator_decisions force row level security;
create policy indicator_decisions_published on indicator_decisions for select using (true);
create policy indicator_decisions_scope on indicator_decisions for insert with check (
  exists (
    select from indicator_proposals as p
    where p.id = proposal_id
      and ((p.region >= (select current_setting('doudi.scope_from', true))
          and p.region < (select nullif(current_setting('doudi.scope_until', true), '')))
        or p.region = any ((select string_to_array(current_setting('doudi.scope_extra', true), ','))::text[]))
  )
);
comment on table indicator_decisions is 'What became of a proposed version, once; a released one is in force from its day; written by rulebook, append-only.';
comment on column indicator_decisions.proposal_id is 'The proposal.';
comment on column indicator_decisions.outcome is 'Released or declined by a second person, or withdrawn by the proposer.';
comment on column indicator_decisions.proposed_by is 'Who proposed it, repeated so that the database can compare.';
comment on column indicator_decisions.decided_by is 'Who decided: for a release never the proposer.';
comment on column indicator_decisions.decided_at is 'When.';
comment on column indicator_decisions.reason is 'Why it was declined or withdrawn.';

grant select, insert on indicator_proposals, indicator_decisions to doudi_application;
