create function refresh_statistics() returns void
language plpgsql security definer
set search_path = public, pg_temp
as $$
begin
  analyze households, persons, categories, labels, facts, leads, feeds, unmatched_rows, alerts, alert_steps, events;
end
$$;
comment on function refresh_statistics is 'Renews what the planner knows of the large tables, after a bulk load or before a scan; the application may not analyze tables it does not own.';
revoke all on function refresh_statistics() from public;
grant execute on function refresh_statistics() to doudi_application;
