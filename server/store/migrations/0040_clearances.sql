-- Types of clearances as data. Every organisation begins with the usual four (`domain::clearance`): a row
-- is what it changed or added. `asked_clearances.kind` and `clearances.kind` hold the code.
create table clearance_types (
    organisation_id uuid not null references organisations (id),
    code text not null,
    name text not null,
    explanation text not null,
    lead_days bigint not null,
    owner_id uuid references accounts (id),
    owner_name text not null default '',
    owner_email text not null default '',
    evidence text not null,
    valid_months bigint,
    mandatory boolean not null,
    health boolean not null,
    retired_at bigint,
    primary key (organisation_id, code)
);

alter table clearances add column lead_days bigint not null default 0;
-- The day on which somebody saw the evidence, and the last day on which it holds.
alter table clearances add column seen_on date;
alter table clearances add column valid_until date;
-- The earlier application whose finished check this is.
alter table clearances add column reused_from uuid references applications (id);
create index clearances_by_status on clearances (status, due_on);

-- What was uploaded for a check. The bytes lie elsewhere, under the random name `object`.
create table documents (
    id uuid primary key,
    clearance_id uuid not null references clearances (id),
    object text not null unique,
    media text not null,
    bytes bigint not null,
    -- waiting (for the scanner), ready, infected (then its bytes are gone).
    status text not null,
    added_at bigint not null,
    added_by uuid not null references accounts (id),
    added_as text not null
);
create index documents_by_clearance on documents (clearance_id, added_at);
create index documents_by_status on documents (status);
