-- A standard that changes must not wait for a new version of the program, and nobody may change it alone. What is proposed
-- and what became of it are rows that are only ever added; the database itself keeps the proposer from releasing.
create table parameter_proposals (
  id uuid primary key,
  number bigint generated always as identity,
  pack text not null,
  parameter text not null,
  value jsonb not null,
  effective_from date not null,
  effective_until date check (effective_until > effective_from),
  region text collate "C" not null check (region ~ '^[0-9]{12}$'),
  document text not null,
  new_document jsonb,
  clause text not null,
  note text,
  checked_on date not null,
  proposed_by uuid not null references accounts (id),
  proposed_at timestamptz not null,
  unique (id, proposed_by)
);
create index parameter_proposals_number on parameter_proposals (number desc);
comment on table parameter_proposals is 'Values of parameters proposed for release; written by rulebook, append-only.';
comment on column parameter_proposals.id is 'Our identity of it.';
comment on column parameter_proposals.number is 'Number that people read.';
comment on column parameter_proposals.pack is 'The pack whose value it is.';
comment on column parameter_proposals.parameter is 'Name of the parameter in the pack.';
comment on column parameter_proposals.value is 'The value, in the unit of the parameter.';
comment on column parameter_proposals.effective_from is 'First day it holds.';
comment on column parameter_proposals.effective_until is 'First day it no longer holds; null while it holds until the next value.';
comment on column parameter_proposals.region is 'Region in which it holds; everybody may read it, for it is published.';
comment on column parameter_proposals.document is 'Source document by its name in the pack.';
comment on column parameter_proposals.new_document is 'The document itself where the pack does not know it yet: title, number, issuer, day.';
comment on column parameter_proposals.clause is 'Clause of the document.';
comment on column parameter_proposals.note is 'What the proposer noted.';
comment on column parameter_proposals.checked_on is 'Day on which the source was checked.';
comment on column parameter_proposals.proposed_by is 'Account that proposed it.';
comment on column parameter_proposals.proposed_at is 'When.';

create table parameter_decisions (
  proposal_id uuid primary key,
  outcome text not null check (outcome in ('released', 'declined', 'withdrawn')),
  proposed_by uuid not null,
  decided_by uuid not null references accounts (id),
  decided_at timestamptz not null,
  reason text,
  foreign key (proposal_id, proposed_by) references parameter_proposals (id, proposed_by),
  check ((outcome = 'withdrawn') = (decided_by = proposed_by)),
  check (outcome = 'released' or reason is not null)
);
comment on table parameter_decisions is 'What became of a proposal, once; a released value is in force from then on; written by rulebook, append-only.';
comment on column parameter_decisions.proposal_id is 'The proposal.';
comment on column parameter_decisions.outcome is 'Released or declined by a second person, or withdrawn by the proposer.';
comment on column parameter_decisions.proposed_by is 'Who proposed it, repeated so that the database can compare.';
comment on column parameter_decisions.decided_by is 'Who decided: for a release never the proposer.';
comment on column parameter_decisions.decided_at is 'When; a released value counts from this instant, for days from its effective date.';
comment on column parameter_decisions.reason is 'Why it was declined or withdrawn.';

create table pack_files (
  hash text primary key check (hash ~ '^[0-9a-f]{64}$'),
  pack text not null,
  version text not null,
  content text not null,
  kept_at timestamptz not null
);
comment on table pack_files is 'Every pack in force that was ever used, whole, so that old decisions can be computed again; written by rulebook, append-only.';
comment on column pack_files.hash is 'SHA-256 of the content.';
comment on column pack_files.pack is 'The pack.';
comment on column pack_files.version is 'Version as its files say.';
comment on column pack_files.content is 'Files of all layers and released values, canonical JSON.';
comment on column pack_files.kept_at is 'When it was first used.';

grant select, insert on parameter_proposals, parameter_decisions, pack_files to doudi_application;
