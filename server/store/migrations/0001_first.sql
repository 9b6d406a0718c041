-- One text for both databases. Instants are microseconds since 1970 in UTC (bigint), days are dates,
-- daily times are minutes after midnight (bigint), JSON is text.

create table settings (
    name text primary key,
    value text not null
);

-- Organisations, areas, places ------------------------------------------------------------------

create table organisations (
    id uuid primary key,
    code text not null unique,
    name text not null,
    search_name text not null,
    kind text not null,
    region_code text,
    icb_code text,
    address text,
    town text,
    postcode text,
    opened_on date,
    closed_on date,
    successor_code text
);
create index organisations_by_name on organisations (search_name);
create index organisations_by_kind on organisations (kind, search_name);

create table areas (
    code text primary key,
    kind text not null,
    name text not null,
    parent_code text,
    gss_code text,
    valid_from date,
    valid_to date,
    successor_code text
);

create table places (
    code text primary key,
    kind text not null,
    name text not null,
    latitude double precision not null,
    longitude double precision not null
);
create index places_by_name on places (kind, name);

create table sites (
    id uuid primary key,
    organisation_id uuid not null references organisations (id),
    name text not null,
    address text,
    town text,
    postcode text,
    latitude double precision,
    longitude double precision,
    directions text
);
create index sites_by_organisation on sites (organisation_id);

create table departments (
    id uuid primary key,
    organisation_id uuid not null references organisations (id),
    name text not null,
    profession text,
    unique (organisation_id, name)
);

-- People ------------------------------------------------------------------------------------------

create table accounts (
    id uuid primary key,
    email text not null unique,
    name text not null,
    created_at bigint not null,
    password_hash text,
    totp_secret text,
    totp_last_step bigint,
    demonstration boolean not null default false
);

create table memberships (
    account_id uuid not null references accounts (id),
    organisation_id uuid references organisations (id),
    role text not null,
    can_post boolean not null default false,
    can_decide boolean not null default false,
    can_see_sensitive boolean not null default false,
    can_manage boolean not null default false,
    primary key (account_id, role)
);
create index memberships_by_organisation on memberships (organisation_id, role);

create table learners (
    account_id uuid primary key references accounts (id),
    date_of_birth date not null,
    answers text not null default '{}'
);

create table adviser_links (
    learner_id uuid not null references accounts (id),
    school_id uuid not null references organisations (id),
    agreed_at bigint not null,
    ended_at bigint,
    primary key (learner_id, school_id)
);

-- Sign-in -----------------------------------------------------------------------------------------

create table auth_sessions (
    token_hash text primary key,
    account_id uuid not null references accounts (id),
    created_at bigint not null,
    seen_at bigint not null,
    ends_at bigint not null,
    revoked_at bigint
);
create index auth_sessions_by_account on auth_sessions (account_id);

-- One try at signing in: from the address or password to the code that completes it.
create table sign_ins (
    token_hash text primary key,
    purpose text not null,
    email text not null,
    code_hash text,
    account_id uuid references accounts (id),
    created_at bigint not null,
    ends_at bigint not null,
    tries bigint not null default 0,
    verified_at bigint,
    go_to text,
    -- What was typed and needs mending, as JSON.
    typed text not null default '{}'
);
create index sign_ins_by_email on sign_ins (email, created_at);

create table invitations (
    token_hash text primary key,
    account_id uuid not null references accounts (id),
    created_at bigint not null,
    ends_at bigint not null,
    totp_secret text not null,
    used_at bigint
);

create table attempts (
    what text not null,
    subject text not null,
    at bigint not null
);
create index attempts_by_subject on attempts (what, subject, at);

-- What is advertised ------------------------------------------------------------------------------

create table opportunities (
    id uuid primary key,
    slug text not null unique,
    organisation_id uuid not null references organisations (id),
    department_id uuid references departments (id),
    site_id uuid references sites (id),
    kind text not null,
    delivery text not null,
    status text not null,
    version bigint not null,
    title text not null,
    summary text not null,
    who_for text not null default '',
    dress text not null default '',
    bring text not null default '',
    cost text not null default '',
    access_notes text not null default '',
    how_places_given text not null default '',
    contact_email text,
    profession text,
    min_age bigint,
    max_age bigint,
    open_ended boolean not null default false,
    shows_places boolean not null default false,
    asks_why boolean not null default true,
    decide_within bigint not null default 10,
    reference text,
    row_hash text,
    notes text not null default '[]',
    missing text not null default '[]',
    -- Answers typed for a draft that could not be read yet, by box.
    typed text not null default '{}',
    created_at bigint not null,
    published_at bigint,
    unique (organisation_id, reference)
);
create index opportunities_by_status on opportunities (status);

create table opportunity_versions (
    opportunity_id uuid not null references opportunities (id),
    version bigint not null,
    at bigint not null,
    by_account uuid references accounts (id),
    snapshot text not null,
    primary key (opportunity_id, version)
);

-- The clearances that an opportunity asks of everybody who accepts.
create table asked_clearances (
    opportunity_id uuid not null references opportunities (id),
    kind text not null,
    mandatory boolean not null,
    lead_days bigint not null,
    primary key (opportunity_id, kind)
);

create table sessions (
    id uuid primary key,
    opportunity_id uuid not null references opportunities (id),
    starts_on date not null,
    ends_on date not null,
    starts_at bigint,
    ends_at bigint,
    closes_on date not null,
    capacity bigint not null,
    held bigint not null default 0,
    cancelled_at bigint,
    check (held >= 0),
    check (held <= capacity),
    check (ends_on >= starts_on)
);
create index sessions_by_opportunity on sessions (opportunity_id, starts_on);

-- Applications ------------------------------------------------------------------------------------

create table applications (
    id uuid primary key,
    reference text not null unique,
    learner_id uuid not null references accounts (id),
    opportunity_id uuid not null references opportunities (id),
    session_id uuid references sessions (id),
    state text not null,
    state_since bigint not null,
    answers text not null,
    form_version bigint not null,
    opportunity_version bigint not null,
    created_at bigint not null,
    submitted_at bigint,
    decide_by date,
    respond_by date,
    viewed_at bigint,
    overdue_at bigint,
    no_reason text,
    consent text not null,
    version bigint not null default 0
);
create index applications_by_learner on applications (learner_id, created_at);
create index applications_by_session on applications (session_id, state);
create index applications_by_opportunity on applications (opportunity_id, state);
create index applications_by_state on applications (state);
-- One live application of one learner for one session.
create unique index applications_live on applications (session_id, learner_id)
    where state in ('draft', 'submitted', 'under_review', 'waitlisted', 'offered', 'accepted', 'confirmed');

create table application_events (
    id uuid primary key,
    application_id uuid not null references applications (id),
    number bigint not null,
    at bigint not null,
    action text not null,
    from_state text not null,
    to_state text not null,
    role text not null,
    actor_id uuid references accounts (id),
    note text not null default '',
    unique (application_id, number)
);

create table consents (
    application_id uuid primary key references applications (id),
    guardian_name text not null,
    guardian_email text not null,
    token_hash text not null unique,
    asked_at bigint not null,
    ends_at bigint not null,
    answer text,
    answered_at bigint
);

-- What a coordinator has begun to write for a no, until it is sent.
create table decision_drafts (
    application_id uuid not null references applications (id),
    account_id uuid not null references accounts (id),
    reason text not null,
    note text not null,
    saved_at bigint not null,
    primary key (application_id, account_id)
);

create table clearances (
    id uuid primary key,
    application_id uuid not null references applications (id),
    kind text not null,
    mandatory boolean not null,
    status text not null,
    requested_on date not null,
    due_on date not null,
    settled_at bigint,
    settled_by uuid references accounts (id),
    waived_because text not null default '',
    unique (application_id, kind)
);

-- What is sent, and what was done ------------------------------------------------------------------

create table messages (
    id uuid primary key,
    key text not null unique,
    channel text not null,
    recipient text not null,
    template text not null,
    subject text not null,
    body_text text not null,
    body_html text not null,
    application_id uuid references applications (id),
    created_at bigint not null,
    due_at bigint not null,
    status text not null,
    attempts bigint not null default 0,
    sent_at bigint,
    last_error text
);
create index messages_to_send on messages (status, due_at);
create index messages_by_recipient on messages (recipient);

create table audit (
    id uuid primary key,
    at bigint not null,
    actor_id uuid references accounts (id),
    role text not null,
    action text not null,
    subject_kind text not null,
    subject_id text not null,
    organisation_id uuid references organisations (id),
    detail text not null default '{}'
);
create index audit_by_subject on audit (subject_kind, subject_id);

create table imports (
    id uuid primary key,
    organisation_id uuid not null references organisations (id),
    account_id uuid not null references accounts (id),
    file_name text not null,
    created_at bigint not null,
    ends_at bigint not null,
    content text not null,
    mapping text not null default '{}',
    options text not null default '{}',
    report text,
    taken_at bigint
);

-- What an organisation's headings meant in its last import.
create table column_matches (
    organisation_id uuid not null references organisations (id),
    heading text not null,
    field text not null,
    primary key (organisation_id, heading)
);
