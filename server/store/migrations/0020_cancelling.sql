-- Cancelling, changing dates, and suggesting something else instead of a no.

-- What a coordinator has begun to cancel, and what became of it.
create table cancellations (
    id uuid primary key,
    organisation_id uuid not null references organisations (id),
    -- 'application', 'session' or 'department', and which one.
    scope text not null,
    subject_id uuid not null,
    -- The form as typed, as JSON, until it is carried out.
    typed text not null default '{}',
    created_by uuid not null references accounts (id),
    created_at bigint not null,
    reason text,
    note text not null default '',
    done_by uuid references accounts (id),
    done_at bigint,
    -- When everybody had been told.
    finished_at bigint,
    told bigint not null default 0
);
create index cancellations_unfinished on cancellations (done_at, finished_at);

create table cancelled_sessions (
    session_id uuid primary key references sessions (id),
    cancellation_id uuid not null references cancellations (id)
);
create index cancelled_sessions_by_cancellation on cancelled_sessions (cancellation_id);

create table cancelled_applications (
    application_id uuid primary key references applications (id),
    cancellation_id uuid not null references cancellations (id)
);

-- New dates for a session: the old one is cancelled, and whoever agrees moves to the new one.
create table date_changes (
    id uuid primary key,
    organisation_id uuid not null references organisations (id),
    old_session_id uuid not null references sessions (id),
    new_session_id uuid references sessions (id),
    typed text not null default '{}',
    created_by uuid not null references accounts (id),
    created_at bigint not null,
    reason text,
    note text not null default '',
    answer_by date,
    proposed_by uuid references accounts (id),
    proposed_at bigint,
    finished_at bigint
);
create index date_changes_by_old on date_changes (old_session_id);
create index date_changes_by_new on date_changes (new_session_id);

create table date_change_answers (
    date_change_id uuid not null references date_changes (id),
    application_id uuid not null references applications (id),
    asked_at bigint not null,
    -- 'yes', 'no', or 'none' when the day passed without one.
    answer text,
    answered_at bigint,
    primary key (date_change_id, application_id)
);
create index date_change_answers_by_application on date_change_answers (application_id);

-- Something else that a learner may like, and what became of it.
create table suggestions (
    id uuid primary key,
    application_id uuid not null references applications (id),
    opportunity_id uuid not null references opportunities (id),
    session_id uuid references sessions (id),
    position bigint not null,
    -- Who suggested it; nobody for what the service found by itself.
    suggested_by uuid references accounts (id),
    suggested_at bigint not null,
    opened_at bigint,
    new_application_id uuid references applications (id),
    unique (application_id, opportunity_id)
);

-- The sessions that a coordinator has ticked beside a no that is not sent yet, as JSON.
alter table decision_drafts add column suggestions text not null default '[]';
