-- What somebody keeps: opportunities to come back to, and searches that are answered by email.

create table saved_opportunities (
    account_id uuid not null references accounts (id),
    opportunity_id uuid not null references opportunities (id),
    saved_at bigint not null,
    -- No place was left when it was last looked at: one that comes free is told.
    was_full boolean not null default false,
    -- When it was told that it closes soon.
    closing_told bigint,
    primary key (account_id, opportunity_id)
);
create index saved_opportunities_by_opportunity on saved_opportunities (opportunity_id);

create table saved_searches (
    id uuid primary key,
    account_id uuid not null references accounts (id),
    -- As in the search's address, behind the question mark.
    query text not null,
    -- 'day' or 'week'.
    every text not null,
    saved_at bigint not null,
    -- What was published until then is not new any more.
    seen_until bigint not null,
    -- The day in London on which it is answered next.
    next_on date not null,
    unique (account_id, query)
);
create index saved_searches_by_day on saved_searches (next_on);

-- Where the mail program's own button stops such messages (RFC 8058).
alter table messages add column stop_url text;
