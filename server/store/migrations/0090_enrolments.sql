-- Taking what can be taken at any time: begun, and then completed. As often as somebody likes, once at a time.

create table enrolments (
    id uuid primary key,
    opportunity_id uuid not null references opportunities (id),
    -- Empty once the person was erased: how often it was taken stays.
    learner_id uuid references accounts (id),
    enrolled_at bigint not null,
    completed_at bigint
);
create index enrolments_by_learner on enrolments (learner_id, enrolled_at);
create index enrolments_by_opportunity on enrolments (opportunity_id, completed_at);
-- One that is not completed is not begun again.
create unique index enrolments_unfinished on enrolments (learner_id, opportunity_id) where completed_at is null;
