-- A county works with files that its prefecture or province sent for all counties: it sees that they came, how many rows
-- they had and how old they are. Their rejected rows and identities stay with whoever may see the whole region.
create policy feeds_covering on feeds for select using (
  region_code in (
    (select rpad(left(nullif(current_setting('doudi.scope_from', true), ''), 2), 12, '0')),
    (select rpad(left(nullif(current_setting('doudi.scope_from', true), ''), 4), 12, '0')),
    (select rpad(left(nullif(current_setting('doudi.scope_from', true), ''), 6), 12, '0'))
  )
);
comment on policy feeds_covering on feeds is 'Files about a wider region that contains the scope may be read, not changed.';
