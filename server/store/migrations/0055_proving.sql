-- Certificates. One of an application counts at a time; what it says stays as it was signed.
create table certificates (
    id uuid primary key,
    number text not null unique,
    application_id uuid not null references applications (id),
    issued_at bigint not null,
    -- What it says, in the canonical form that was signed.
    record text not null,
    signature text not null,
    key_id text not null,
    standing text not null,
    ended_at bigint
);
create unique index certificates_valid on certificates (application_id) where standing = 'valid';
create index certificates_by_application on certificates (application_id, issued_at);

-- The public halves of the keys that ever signed: what they signed can be checked for good.
create table signing_keys (
    id text primary key,
    public_key text not null,
    since bigint not null
);

-- What a learner wrote for themselves about what they did, as typed.
create table reflections (
    application_id uuid primary key references applications (id),
    text text not null,
    saved_at bigint not null
);

-- What learners say afterwards. Without its application once the learner is forgotten: the counts stay.
create table feedback (
    id uuid primary key,
    application_id uuid unique references applications (id),
    opportunity_id uuid not null references opportunities (id),
    answers text not null,
    text text not null,
    -- Whether it counts: not while something in it has to be mended.
    complete boolean not null,
    moderation text not null,
    held_because text,
    moderated_at bigint,
    moderated_by uuid references accounts (id),
    given_at bigint not null
);
create index feedback_by_opportunity on feedback (opportunity_id, complete);
create index feedback_by_moderation on feedback (moderation, given_at);
