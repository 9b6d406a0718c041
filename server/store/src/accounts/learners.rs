//! What we know of learners beside their accounts, and which school may see where they stand.

use chrono::NaiveDate;
use domain::Role;
use domain::form::Answers;
use domain::ids::AccountId;
use domain::time::Moment;

use crate::{Result, Tx};

/// What we know of a learner beside the account.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Learner {
    /// Whose.
    pub account: AccountId,
    /// Their date of birth.
    pub date_of_birth: NaiveDate,
    /// Their answers from the last form, which the next one begins with.
    pub answers: Answers,
}

/// Adds a learner's record.
pub async fn insert_learner(tx: &mut Tx, learner: &Learner) -> Result<()> {
    exec!(
        tx,
        "insert into learners (account_id, date_of_birth, answers) values ($1, $2, $3)",
        learner.account.0,
        learner.date_of_birth,
        serde_json::to_string(&learner.answers)?,
    )?;
    Ok(())
}

/// The learner's record of this account, if it has one.
pub async fn find_learner(tx: &mut Tx, account: AccountId) -> Result<Option<Learner>> {
    let row =
        opt!(tx, (NaiveDate, String), "select date_of_birth, answers from learners where account_id = $1", account.0)?;
    row.map(|(date_of_birth, answers)| Ok(Learner { account, date_of_birth, answers: serde_json::from_str(&answers)? }))
        .transpose()
}

/// Keeps a learner's answers for the next form.
pub async fn save_answers(tx: &mut Tx, account: AccountId, answers: &Answers) -> Result<()> {
    exec!(tx, "update learners set answers = $1 where account_id = $2", serde_json::to_string(answers)?, account.0)?;
    Ok(())
}

/// Corrects a learner's date of birth.
pub async fn set_date_of_birth(tx: &mut Tx, account: AccountId, date_of_birth: NaiveDate) -> Result<()> {
    exec!(tx, "update learners set date_of_birth = $1 where account_id = $2", date_of_birth, account.0)?;
    Ok(())
}

/// The answers that a learner's next form begins with.
pub async fn learner_answers(tx: &mut Tx, account: AccountId) -> Result<Option<Answers>> {
    Ok(find_learner(tx, account).await?.map(|learner| learner.answers))
}

/// Keeps what a learner said about themselves in a form: their name, date of birth and answers.
pub async fn save_learner(
    tx: &mut Tx,
    account: AccountId,
    name: &str,
    born: NaiveDate,
    answers: &Answers,
) -> Result<()> {
    super::set_name(tx, account, name).await?;
    set_date_of_birth(tx, account, born).await?;
    save_answers(tx, account, answers).await
}

/// Whether a careers adviser at the school with this code uses the service.
pub async fn school_has_adviser(tx: &mut Tx, code: &str) -> Result<bool> {
    let (count,) = one!(
        tx,
        (i64,),
        "select cast(count(*) as bigint) from memberships m join organisations o on o.id = m.organisation_id where o.code = $1 and m.role = $2",
        code,
        Role::Adviser.as_str(),
    )?;
    Ok(count > 0)
}

/// Keeps that a learner agreed that advisers at the school with this code see where they stand. Nothing
/// happens when there is no such school.
pub async fn link_adviser(tx: &mut Tx, learner: AccountId, school_code: &str, now: Moment) -> Result<()> {
    exec!(
        tx,
        "insert into adviser_links (learner_id, school_id, agreed_at) select $1, id, $2 from organisations where code = $3
         on conflict (learner_id, school_id) do update set agreed_at = case when adviser_links.ended_at is null then adviser_links.agreed_at else excluded.agreed_at end, ended_at = null",
        learner.0,
        now.0,
        school_code,
    )?;
    Ok(())
}
