-- The same bytes may come from two regions, and are then two feeds: each is about its own region and is seen there. Within a
-- region the same bytes are one feed, whatever kind they were sent as: what a file holds does not change with its name.
drop index feeds_content;
create unique index feeds_content on feeds (region_code, sha256)
  where status <> 'taken-back' and status <> 'refused';
comment on table feeds is 'Department files received, with what became of them. The same content twice of one region is the same feed.';

alter table feeds
  add column progress jsonb,
  add column cancel_asked_at timestamptz,
  add column cancel_asked_by uuid;
comment on column feeds.layout_version is 'Version of that layout; 0 for one that ships with the platform.';
comment on column feeds.progress is 'How far the reading was when it last told: bytes, rows, milliseconds; null when nobody reads.';
comment on column feeds.cancel_asked_at is 'When somebody asked for the reading to stop; whoever reads ends the feed as refused.';
comment on column feeds.cancel_asked_by is 'Account that asked.';
