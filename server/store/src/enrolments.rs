//! Taking what can be taken at any time: begun, and then completed.

use domain::ids::{AccountId, EnrolmentId, OpportunityId, OrganisationId};
use domain::time::Moment;
use uuid::Uuid;

use crate::{Result, Tx};

/// One time that a learner took something.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Enrolment {
    /// Its identifier.
    pub id: EnrolmentId,
    /// When it was begun.
    pub enrolled_at: Moment,
    /// When it was completed, if it was.
    pub completed_at: Option<Moment>,
}

/// What a learner took, with what it is.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Taken {
    /// This time.
    pub enrolment: Enrolment,
    /// Title of the opportunity.
    pub title: String,
    /// What its address ends with.
    pub slug: String,
    /// Whose it is.
    pub organisation_name: String,
}

/// How often something was taken.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct Counted {
    /// How often it was begun.
    pub enrolled: i64,
    /// How often it was completed.
    pub completed: i64,
}

fn enrolment((id, enrolled_at, completed_at): (Uuid, i64, Option<i64>)) -> Enrolment {
    Enrolment { id: EnrolmentId(id), enrolled_at: Moment(enrolled_at), completed_at: completed_at.map(Moment) }
}

/// Begins it. Whether it was begun: not while the same learner has begun it and not completed it.
///
/// # Errors
/// When the database does not answer.
pub async fn insert(
    tx: &mut Tx,
    id: EnrolmentId,
    opportunity: OpportunityId,
    learner: AccountId,
    at: Moment,
) -> Result<bool> {
    let rows = exec!(
        tx,
        "insert into enrolments (id, opportunity_id, learner_id, enrolled_at) values ($1, $2, $3, $4)
         on conflict do nothing",
        id.0,
        opportunity.0,
        learner.0,
        at.0
    )?;
    Ok(rows == 1)
}

/// Completes what this learner has begun of this opportunity: which one, or none.
///
/// # Errors
/// When the database does not answer.
pub async fn complete(
    tx: &mut Tx,
    opportunity: OpportunityId,
    learner: AccountId,
    at: Moment,
) -> Result<Option<EnrolmentId>> {
    let row = opt!(
        tx,
        (Uuid,),
        "update enrolments set completed_at = $1 where opportunity_id = $2 and learner_id = $3 and completed_at is null returning id",
        at.0,
        opportunity.0,
        learner.0
    )?;
    Ok(row.map(|(id,)| EnrolmentId(id)))
}

/// Forgets one of this learner's. Whether there was one.
///
/// # Errors
/// When the database does not answer.
pub async fn delete(tx: &mut Tx, id: EnrolmentId, learner: AccountId) -> Result<bool> {
    Ok(exec!(tx, "delete from enrolments where id = $1 and learner_id = $2", id.0, learner.0)? == 1)
}

/// Every time that this learner took this opportunity, newest first.
///
/// # Errors
/// When the database does not answer.
pub async fn list(tx: &mut Tx, opportunity: OpportunityId, learner: AccountId) -> Result<Vec<Enrolment>> {
    let rows = all!(
        tx,
        (Uuid, i64, Option<i64>),
        "select id, enrolled_at, completed_at from enrolments where learner_id = $1 and opportunity_id = $2
         order by enrolled_at desc, id desc",
        learner.0,
        opportunity.0
    )?;
    Ok(rows.into_iter().map(enrolment).collect())
}

/// How often this learner began something from this moment on.
///
/// # Errors
/// When the database does not answer.
pub async fn count_since(tx: &mut Tx, learner: AccountId, from: Moment) -> Result<i64> {
    let (count,) = one!(
        tx,
        (i64,),
        "select count(*) from enrolments where learner_id = $1 and enrolled_at >= $2",
        learner.0,
        from.0
    )?;
    Ok(count)
}

/// Everything that this learner took: what is not completed first, then the newest.
///
/// # Errors
/// When the database does not answer.
pub async fn list_of_learner(tx: &mut Tx, learner: AccountId) -> Result<Vec<Taken>> {
    let rows = all!(
        tx,
        (Uuid, i64, Option<i64>, String, String, String),
        "select e.id, e.enrolled_at, e.completed_at, o.title, o.slug, g.name from enrolments e
         join opportunities o on o.id = e.opportunity_id join organisations g on g.id = o.organisation_id
         where e.learner_id = $1
         order by case when e.completed_at is null then 0 else 1 end, e.enrolled_at desc, e.id desc",
        learner.0
    )?;
    Ok(rows
        .into_iter()
        .map(|(id, enrolled_at, completed_at, title, slug, organisation_name)| Taken {
            enrolment: enrolment((id, enrolled_at, completed_at)),
            title,
            slug,
            organisation_name,
        })
        .collect())
}

/// How often each opportunity of this organisation was taken; those that nobody took are left out.
///
/// # Errors
/// When the database does not answer.
pub async fn count_by_organisation(tx: &mut Tx, organisation: OrganisationId) -> Result<Vec<(OpportunityId, Counted)>> {
    let rows = all!(
        tx,
        (Uuid, i64, i64),
        "select opportunity_id, cast(count(*) as bigint), cast(count(completed_at) as bigint) from enrolments
         where opportunity_id in (select id from opportunities where organisation_id = $1 and open_ended)
         group by opportunity_id",
        organisation.0
    )?;
    Ok(rows.into_iter().map(|(id, enrolled, completed)| (OpportunityId(id), Counted { enrolled, completed })).collect())
}

/// How often this opportunity was taken.
///
/// # Errors
/// When the database does not answer.
pub async fn count(tx: &mut Tx, opportunity: OpportunityId) -> Result<Counted> {
    let (enrolled, completed) = one!(
        tx,
        (i64, i64),
        "select cast(count(*) as bigint), cast(count(completed_at) as bigint) from enrolments where opportunity_id = $1",
        opportunity.0
    )?;
    Ok(Counted { enrolled, completed })
}
