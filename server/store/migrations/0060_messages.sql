-- What became of a message: when another worker may take it, what replaced it, how it fared with the provider
-- that delivers it, and who told the person instead when it could not be delivered.
alter table messages add column lease_ends bigint;
alter table messages add column superseded_by uuid;
alter table messages add column provider_id text;
alter table messages add column ask_at bigint;
alter table messages add column delivered_at bigint;
alter table messages add column failed_at bigint;
-- 'temporary' or 'permanent'.
alter table messages add column failure text;
alter table messages add column told_at bigint;
alter table messages add column told_by uuid references accounts (id);
create index messages_by_application on messages (application_id);
create index messages_to_ask on messages (ask_at);
create index messages_by_provider on messages (provider_id);

-- Days on which England does not work, as gov.uk publishes them.
create table bank_holidays (
    day date primary key,
    title text not null,
    notes text not null default ''
);

-- What a learner chose. What is missing is off.
alter table learners add column choices text not null default '{}';
-- When somebody was forgotten: their row stays, without anything about them, because others' records point at it.
alter table accounts add column erased_at bigint;
-- When somebody last signed in.
alter table accounts add column seen_at bigint;
-- When an application was made anonymous.
alter table applications add column erased_at bigint;
