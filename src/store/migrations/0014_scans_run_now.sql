-- A run that the command line asks for is done by that very process: no job waits for it. When the process is killed before
-- it begins, nobody else will ever take the run up, so it must be told from one that waits in the queue.
alter table scans add column run_now boolean not null default false;
comment on column scans.run_now is 'Whether the process that asked does the run itself.';
select set_config('doudi.scope_from', '000000000000', true), set_config('doudi.scope_until', '~', true);
update scans set run_now = true
where exists (
  select 1 from events
  where events.subject_id = scans.id and kind = 'monitoring.scan-requested' and data ->> 'runNow' = 'true'
);
