//! What only a demonstration shows: its invented people, and every message that was sent.

use domain::ids::{AccountId, ApplicationId};
use domain::{Role, State};
use uuid::Uuid;

use crate::dialect::known;
use crate::{Result, Tx};

/// An invented person, and what one sees as that person.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct DemonstrationPerson {
    /// Whose account.
    pub account: AccountId,
    /// Their name.
    pub name: String,
    /// Their address.
    pub email: String,
    /// As what; `Learner` without a membership.
    pub role: Role,
    /// Of which organisation.
    pub organisation: Option<String>,
    /// A learner's applications: how many in which state, in the order of the life cycle.
    pub applications: Vec<(State, i64)>,
}

/// Every invented person, by role, organisation and name.
pub async fn list_demonstration(tx: &mut Tx) -> Result<Vec<DemonstrationPerson>> {
    let people = all!(
        tx,
        (Uuid, String, String, Option<String>, Option<String>),
        "select a.id, a.name, a.email, m.role, o.name from accounts a
         left join memberships m on m.account_id = a.id left join organisations o on o.id = m.organisation_id
         where a.demonstration order by m.role, o.name, a.name, a.id",
    )?;
    let counts = all!(
        tx,
        (Uuid, String, i64),
        "select p.learner_id, p.state, count(*) from applications p join accounts a on a.id = p.learner_id where a.demonstration group by p.learner_id, p.state",
    )?;
    let counts = counts
        .into_iter()
        .map(|(learner, state, count)| Ok((learner, known("state", &state, State::parse)?, count)))
        .collect::<Result<Vec<_>>>()?;
    people
        .into_iter()
        .map(|(id, name, email, role, organisation)| {
            let role = role.map_or(Ok(Role::Learner), |role| known("role", &role, Role::parse))?;
            let mut applications: Vec<_> = counts
                .iter()
                .filter(|(learner, ..)| *learner == id)
                .map(|(_, state, count)| (*state, *count))
                .collect();
            applications.sort_unstable();
            Ok(DemonstrationPerson { account: AccountId(id), name, email, role, organisation, applications })
        })
        .collect()
}

/// The references of the applications that messages are about.
pub async fn list_references(tx: &mut Tx) -> Result<Vec<(ApplicationId, String)>> {
    let rows = all!(
        tx,
        (Uuid, String),
        "select id, reference from applications where id in (select application_id from messages)"
    )?;
    Ok(rows.into_iter().map(|(id, reference)| (ApplicationId(id), reference)).collect())
}

/// Puts every superseded message back into the outbox: a history that is written in one go has each message
/// sent before the next thing happens.
pub async fn unsupersede(tx: &mut Tx) -> Result<()> {
    exec!(tx, "update messages set status = 'queued', superseded_by = null where status = 'superseded'")?;
    Ok(())
}

#[cfg(test)]
mod tests {
    use domain::time::Moment;

    use super::*;

    #[tokio::test]
    async fn only_invented_people_are_listed() {
        crate::testing::both(|db| async move {
            let mut tx = db.write().await.unwrap();
            for (n, demonstration) in [(1, true), (2, false)] {
                let account = crate::accounts::Account {
                    id: AccountId(Uuid::from_u128(n)),
                    email: format!("{n}@example.com"),
                    name: "Amina".into(),
                    created_at: Moment(0),
                    password_hash: None,
                    totp_secret: None,
                    totp_last_step: None,
                    demonstration,
                };
                crate::accounts::insert_account(&mut tx, &account).await.unwrap();
            }
            let people = list_demonstration(&mut tx).await.unwrap();
            assert_eq!(people.len(), 1);
            assert_eq!(
                (people[0].account.0.as_u128(), people[0].role, people[0].applications.len()),
                (1, Role::Learner, 0)
            );
            assert_eq!(list_references(&mut tx).await.unwrap(), []);
            tx.commit().await.unwrap();
        })
        .await;
    }
}
