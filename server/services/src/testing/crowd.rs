//! Many learners at once, each signed in and with an application that only has to be sent: what measures
//! and tests of load begin with.

use std::sync::Arc;

use chrono::{Datelike, Days, NaiveDate};
use domain::State;
use domain::clearance::ConsentStatus;
use domain::form::{Answers, FORM_VERSION};
use domain::ids::{AccountId, ApplicationId};
use store::accounts::{Account, Learner};
use store::applications::Application;

use super::World;
use crate::{Result, Services, identity};

/// One of them.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Applicant {
    /// Whose application it is.
    pub account: AccountId,
    /// The draft's reference.
    pub reference: String,
    /// The secret in the session's cookie.
    pub token: String,
}

/// All of them, and what they apply for.
#[derive(Debug, Clone)]
pub struct Crowd {
    /// The opportunity, whose session begins in half a year; a coordinator decides.
    pub world: World,
    /// Who applies.
    pub people: Vec<Applicant>,
}

impl Crowd {
    /// Makes the world and so many people.
    ///
    /// # Errors
    /// When the store fails.
    pub async fn gather(services: &Arc<Services>, people: usize) -> Result<Self> {
        let world = World::make(services, 20, &[]).await?;
        let today = services.today();
        let mut tx = services.db.write().await?;
        let mut session = store::sessions::find(&mut tx, world.session).await?.ok_or(crate::Error::NotFound)?;
        session.starts_on = today + Days::new(182);
        session.ends_on = session.starts_on + Days::new(4);
        session.closes_on = today + Days::new(150);
        store::sessions::change_dates(&mut tx, &session).await?;
        store::catalogue::changed(&mut tx, &[session.opportunity]).await?;
        tx.commit().await?;
        world.coordinator().await?;
        let mut crowd = Self { world, people: Vec::new() };
        crowd.add(people).await?;
        Ok(crowd)
    }

    /// Adds so many, in one transaction: where they begin in the list of people.
    ///
    /// # Errors
    /// When the store fails.
    pub async fn add(&mut self, people: usize) -> Result<usize> {
        let services = &self.world.services;
        let before = self.people.len();
        let mut tx = services.db.write().await?;
        // Not eighteen before the session: a parent or carer is asked, which is the longer way.
        let born = NaiveDate::from_ymd_opt(services.today().year() - 16, 1, 15).unwrap_or_default();
        for number in before..before + people {
            let account = Account {
                id: AccountId(services.uuid()),
                email: format!("learner{number}@mail.example"),
                name: format!("Learner {number}"),
                created_at: services.now(),
                password_hash: None,
                totp_secret: None,
                totp_last_step: None,
                demonstration: false,
            };
            store::accounts::insert_account(&mut tx, &account).await?;
            let learner = Learner { account: account.id, date_of_birth: born, answers: Answers::default() };
            store::accounts::insert_learner(&mut tx, &learner).await?;
            let mut answers = Answers::default();
            for (name, value) in [
                ("name", account.name.clone()),
                ("dob-day", born.day().to_string()),
                ("dob-month", born.month().to_string()),
                ("dob-year", born.year().to_string()),
                ("at-school", "no".into()),
                ("guardian-name", "Sam Carer".into()),
                ("guardian-email", format!("carer{number}@mail.example")),
                ("access", String::new()),
                ("why", "I looked after my nan, and liked how the pharmacist explained everything to us.".into()),
            ] {
                answers.set(name, value);
            }
            let application = Application {
                id: ApplicationId(services.uuid()),
                reference: domain::reference::application_reference(services.bytes()),
                learner: account.id,
                opportunity: self.world.opportunity,
                session: self.world.session,
                state: State::Draft,
                state_since: services.now(),
                answers,
                form_version: FORM_VERSION,
                opportunity_version: 1,
                created_at: services.now(),
                submitted_at: None,
                decide_by: None,
                respond_by: None,
                viewed_at: None,
                overdue_at: None,
                no_reason: None,
                consent: ConsentStatus::NotNeeded,
                version: 0,
            };
            store::applications::insert(&mut tx, &application).await?;
            let token = identity::open_session(&mut tx, services, account.id).await?;
            self.people.push(Applicant { account: account.id, reference: application.reference, token });
        }
        tx.commit().await?;
        Ok(before)
    }
}
