-- Places of a session lie in pools: open, reserved for a priority, reserved for one school or college.
-- `held` stays the sum of all three. Each column's check sees the row as it is after the change.

alter table sessions add column reserved_priority bigint not null default 0;
alter table sessions add column reserved_school bigint not null default 0;
alter table sessions add column reserved_for uuid references organisations (id);
alter table sessions add column lists_when_full boolean not null default false;
alter table sessions add column held_priority bigint not null default 0;
alter table sessions add column held_school bigint not null default 0
    check (
        reserved_priority >= 0 and reserved_school >= 0 and reserved_priority + reserved_school <= capacity
        and held_priority >= 0 and held_priority <= reserved_priority
        and held_school >= 0 and held_school <= reserved_school
        and held >= held_priority + held_school
        and held - held_priority - held_school <= capacity - reserved_priority - reserved_school
    );

-- Every change of places, in order: the counters of a session are the sums of its lines.
create table place_ledger (
    session_id uuid not null references sessions (id),
    number bigint not null,
    at bigint not null,
    -- capacity, reserved, hold, release, move
    kind text not null,
    -- open, priority, school
    pool text not null,
    change bigint not null,
    application_id uuid references applications (id),
    -- The action of the life cycle, or what somebody changed.
    because text not null,
    primary key (session_id, number)
);
create index place_ledger_by_application on place_ledger (application_id, number);

insert into place_ledger (session_id, number, at, kind, pool, change, because)
    select s.id, 1, o.created_at, 'capacity', 'open', s.capacity, 'opened' from sessions s join opportunities o on o.id = s.opportunity_id;
insert into place_ledger (session_id, number, at, kind, pool, change, application_id, because)
    select session_id, 1 + row_number() over (partition by session_id order by state_since, id), state_since, 'hold', 'open', 1, id, 'offer'
    from applications where state in ('offered', 'accepted', 'confirmed');

-- An adviser says that a learner meets a widening-participation priority. Which one is in a table of its
-- own, that no page of a provider reads.
create table evidence_statements (
    id uuid primary key,
    learner_id uuid not null references accounts (id),
    school_id uuid not null references organisations (id),
    stated_by uuid not null references accounts (id),
    stated_at bigint not null,
    ended_at bigint,
    ended_by uuid references accounts (id)
);
create unique index evidence_statements_in_force on evidence_statements (learner_id, school_id) where ended_at is null;

create table evidence_reasons (
    statement_id uuid not null references evidence_statements (id),
    reason text not null,
    primary key (statement_id, reason)
);

-- A provider cancelled a place: the learner goes first on waiting lists until they accept another.
create table rebook_priorities (
    id uuid primary key,
    learner_id uuid not null references accounts (id),
    because_of uuid not null unique references applications (id),
    granted_at bigint not null,
    used_at bigint,
    used_by uuid references applications (id)
);
create index rebook_priorities_by_learner on rebook_priorities (learner_id);
