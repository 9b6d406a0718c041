-- Who came, day by day. Nothing is overwritten: the highest number of a day counts, and what was recorded
-- before it stays as its history.
create table attendance_days (
    application_id uuid not null references applications (id),
    day date not null,
    number bigint not null,
    -- came, part or did_not_come; null: the record was taken back.
    mark text,
    -- Minutes attended, where they are known.
    minutes bigint,
    recorded_by uuid references accounts (id),
    role text not null,
    recorded_at bigint not null,
    -- Why it was changed, once every day had been recorded.
    reason text not null default '',
    primary key (application_id, day, number)
);

-- Days between a session's first and last on which it did not take place.
create table days_not_run (
    session_id uuid not null references sessions (id),
    day date not null,
    reason text not null,
    marked_by uuid references accounts (id),
    marked_at bigint not null,
    primary key (session_id, day)
);

-- A learner says that their attendance is wrong, and what a coordinator answered.
create table attendance_questions (
    id uuid primary key,
    application_id uuid not null references applications (id),
    said text not null,
    said_at bigint not null,
    answer text not null default '',
    answered_at bigint,
    answered_by uuid references accounts (id)
);
create index attendance_questions_by_application on attendance_questions (application_id, said_at);
-- One open question for an application.
create unique index attendance_questions_open on attendance_questions (application_id) where answered_at is null;

-- For which departments somebody is a supervisor.
create table supervisor_departments (
    account_id uuid not null references accounts (id),
    department_id uuid not null references departments (id),
    since bigint not null,
    primary key (account_id, department_id)
);
create index supervisor_departments_by_department on supervisor_departments (department_id);
