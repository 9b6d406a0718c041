-- What the search keeps up with, and what it asks about. A change has a row for each opportunity that it
-- touches, under the number that the counter had; none named means everything.

create table catalogue_changes (
    version bigint not null,
    opportunity_id uuid,
    only_places boolean not null default false
);
create index catalogue_changes_by_version on catalogue_changes (version);

-- 'clinical' or 'non-clinical'; where nobody said, the area of work tells.
alter table opportunities add column setting text;
-- For whom, as words with spaces between; where nobody said, what the provider wrote tells.
alter table opportunities add column audiences text;
-- No experience and no grades are needed, says the provider.
alter table opportunities add column nothing_needed boolean not null default false;
-- In the provider's own words: buses and stops, what to have for it (and what to do without), what comes
-- before and after.
alter table opportunities add column by_bus text not null default '';
alter table opportunities add column equipment text not null default '';
alter table opportunities add column steps_before text not null default '';
alter table opportunities add column steps_after text not null default '';
