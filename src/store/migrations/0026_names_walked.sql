-- The first in the order of names within a place are met by walking the index alone, as those by initials are: each bearer of a name
-- elsewhere in the province, and each who left, would otherwise be fetched to be left out.
drop index persons_by_name;
create index persons_by_name on persons (name, id) include (region_code) where left_on is null;
