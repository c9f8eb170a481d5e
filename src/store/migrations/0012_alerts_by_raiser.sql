-- Who raised an alert follows it; the scan's own have no raiser and stay out of the index.
create index alerts_raiser on alerts (raised_by) where raised_by is not null;
