-- What somebody typed into a form that could not be taken yet, so that the page shows it again with what is
-- wrong. Kept for a day.
create table typed_forms (
    account_id uuid not null references accounts (id),
    form text not null,
    typed text not null,
    saved_at bigint not null,
    primary key (account_id, form)
);
