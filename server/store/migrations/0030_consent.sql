-- Links of a parent or carer, of which only the hash is kept. "answer": takes one answer, until it ends.
-- "page": the private page after the answer, until the session is over.
create table consent_links (
    token_hash text primary key,
    application_id uuid not null references applications (id),
    kind text not null,
    made_at bigint not null,
    ends_at bigint
);
create index consent_links_by_application on consent_links (application_id, kind);
insert into consent_links (token_hash, application_id, kind, made_at, ends_at)
    select token_hash, application_id, 'answer', asked_at, ends_at from consents;

-- How far the reminders of an unanswered request are: 0, 1 and 2 to the parent or carer, 3 the learner was told.
alter table consents add column reminders bigint not null default 0;

-- What a member of staff keys in for somebody else and has not sent, as typed.
create table keyed_drafts (
    account_id uuid not null references accounts (id),
    session_id uuid not null references sessions (id),
    -- The linked learner whom an adviser acts for; the actor themself when the person is new.
    subject_id uuid not null references accounts (id),
    typed text not null,
    saved_at bigint not null,
    primary key (account_id, session_id, subject_id)
);
