//! A small world for stories: one provider with a session, its coordinator, a school with its adviser,
//! and as many learners as a story needs.

use std::collections::BTreeMap;
use std::sync::Arc;

use chrono::NaiveDate;
use domain::clearance::ClearanceKind;
use domain::form::{Answers, Step};
use domain::ids::{AccountId, OpportunityId, OrganisationId, SessionId};
use domain::publishing::Status;
use domain::{Delivery, Kind, Profession, Role};
use store::accounts::{Account, Learner, Membership as Member};
use store::opportunities::Opportunity;
use store::organisations::Organisation;
use store::sessions::Session;

use super::ctx;
use crate::applications::{self, Decision};
use crate::{Actor, Ctx, Membership, Result, Services};

/// What a story plays in.
#[derive(Debug, Clone)]
pub struct World {
    /// Services on the story's database.
    pub services: Arc<Services>,
    /// The provider.
    pub provider: OrganisationId,
    /// The opportunity.
    pub opportunity: OpportunityId,
    /// Its session: 5 to 9 July 2027, closing on 1 June.
    pub session: SessionId,
    /// The school, with the URN "900001".
    pub school: OrganisationId,
}

impl World {
    /// Makes it, with so many places and these mandatory checks.
    ///
    /// # Errors
    /// When the store fails.
    pub async fn make(services: &Arc<Services>, places: i64, checks: &[ClearanceKind]) -> Result<Self> {
        let mut tx = services.db.write().await?;
        let organisation = |code: &str, name: &str, kind: &str| Organisation {
            id: OrganisationId(services.uuid()),
            code: code.into(),
            name: name.into(),
            kind: kind.into(),
            region_code: None,
            icb_code: None,
            address: None,
            town: Some("Leeds".into()),
            postcode: Some("LS1 3EX".into()),
            opened_on: None,
            closed_on: None,
            successor_code: None,
        };
        let provider = organisation("TEST1", "Aire Valley NHS Trust", "nhs_trust");
        let other = organisation("TEST2", "Wharfe Care", "social_care");
        let school = organisation("900001", "Kirkstall High School", "school");
        store::organisations::save_all(&mut tx, &[provider.clone(), other, school.clone()]).await?;
        let day = |month, day| NaiveDate::from_ymd_opt(2027, month, day).unwrap_or_default();
        let opportunity = Opportunity {
            id: OpportunityId(services.uuid()),
            slug: "a-week-with-pharmacy".into(),
            organisation: provider.id,
            department: None,
            site: None,
            kind: Kind::WorkExperience,
            delivery: Delivery::InPerson,
            status: Status::Published,
            version: 1,
            title: "A week with Pharmacy".into(),
            summary: "See how medicines reach people.".into(),
            who_for: String::new(),
            dress: "Black shoes".into(),
            bring: String::new(),
            cost: String::new(),
            access_notes: String::new(),
            how_places_given: String::new(),
            contact_email: Some("work@aire.example".into()),
            profession: Some(Profession::Pharmacy),
            min_age: Some(15),
            max_age: None,
            open_ended: false,
            shows_places: true,
            asks_why: true,
            decide_within: 10,
            reference: None,
            row_hash: None,
            notes: vec![],
            missing: vec![],
            created_at: services.now(),
            published_at: Some(services.now()),
        };
        store::opportunities::insert(&mut tx, &opportunity).await?;
        let checks: Vec<_> = checks.iter().map(|kind| (*kind, true, 14)).collect();
        store::opportunities::set_asked_clearances(&mut tx, opportunity.id, &checks).await?;
        let session = Session {
            id: SessionId(services.uuid()),
            opportunity: opportunity.id,
            starts_on: day(7, 5),
            ends_on: day(7, 9),
            starts_at: None,
            ends_at: None,
            closes_on: day(6, 1),
            capacity: places,
            held: 0,
            cancelled_at: None,
        };
        store::sessions::insert(&mut tx, &session).await?;
        store::catalogue::changed(&mut tx, &[opportunity.id]).await?;
        tx.commit().await?;
        Ok(Self {
            services: services.clone(),
            provider: provider.id,
            opportunity: opportunity.id,
            session: session.id,
            school: school.id,
        })
    }

    async fn account(&self, name: &str) -> Result<Account> {
        let account = Account {
            id: AccountId(self.services.uuid()),
            email: format!("{}@mail.example", name.to_lowercase()),
            name: name.into(),
            created_at: self.services.now(),
            password_hash: None,
            totp_secret: None,
            totp_last_step: None,
            demonstration: false,
        };
        let mut tx = self.services.db.write().await?;
        store::accounts::insert_account(&mut tx, &account).await?;
        tx.commit().await?;
        Ok(account)
    }

    /// A member of staff, signed in.
    ///
    /// # Errors
    /// When the store fails.
    pub async fn staff(&self, name: &str, role: Role, organisation: OrganisationId) -> Result<Ctx> {
        let all = role == Role::Coordinator;
        self.member(name, role, Some(organisation), [all, all, false]).await
    }

    async fn member(
        &self,
        name: &str,
        role: Role,
        organisation: Option<OrganisationId>,
        [can_post, can_decide, can_manage]: [bool; 3],
    ) -> Result<Ctx> {
        let account = self.account(name).await?;
        let mut tx = self.services.db.write().await?;
        let organisation_name = match organisation {
            Some(id) => store::organisations::find(&mut tx, id).await?.map(|o| o.name).unwrap_or_default(),
            None => String::new(),
        };
        let member = Member {
            account: account.id,
            organisation,
            organisation_name: organisation_name.clone(),
            role,
            can_post,
            can_decide,
            can_see_sensitive: can_decide,
            can_manage,
        };
        store::accounts::insert_membership(&mut tx, &member).await?;
        tx.commit().await?;
        let membership = Membership {
            role,
            organisation,
            organisation_name,
            can_post,
            can_decide,
            can_see_sensitive: can_decide,
            can_manage,
        };
        Ok(ctx(
            &self.services,
            Some(Actor {
                account: account.id,
                name: name.into(),
                email: account.email,
                born: None,
                memberships: vec![membership],
            }),
        ))
    }

    /// A coordinator who posts and decides nothing, signed in.
    ///
    /// # Errors
    /// When the store fails.
    pub async fn posts_only(&self, name: &str) -> Result<Ctx> {
        self.member(name, Role::Coordinator, Some(self.provider), [true, false, false]).await
    }

    /// A coordinator with every right, who manages members too, signed in.
    ///
    /// # Errors
    /// When the store fails.
    pub async fn manages(&self, name: &str) -> Result<Ctx> {
        self.member(name, Role::Coordinator, Some(self.provider), [true; 3]).await
    }

    /// A member of the national team, signed in.
    ///
    /// # Errors
    /// When the store fails.
    pub async fn national(&self, name: &str) -> Result<Ctx> {
        self.member(name, Role::National, None, [false; 3]).await
    }

    /// Another school, with this URN.
    ///
    /// # Errors
    /// When the store fails.
    pub async fn another_school(&self, code: &str) -> Result<OrganisationId> {
        let mut tx = self.services.db.write().await?;
        let school = store::organisations::find(&mut tx, self.school).await?.ok_or(crate::Error::NotFound)?;
        let other = Organisation {
            id: OrganisationId(self.services.uuid()),
            code: code.into(),
            name: "Headingley College".into(),
            ..school
        };
        store::organisations::save_all(&mut tx, std::slice::from_ref(&other)).await?;
        tx.commit().await?;
        Ok(other.id)
    }

    /// The same world about another session of the opportunity: five days from this one of 2027.
    ///
    /// # Errors
    /// When the store fails.
    pub async fn another_session(&self, month: u32, day: u32) -> Result<Self> {
        let mut tx = self.services.db.write().await?;
        let session = store::sessions::find(&mut tx, self.session).await?.ok_or(crate::Error::NotFound)?;
        let starts_on = NaiveDate::from_ymd_opt(2027, month, day).unwrap_or_default();
        let other = Session {
            id: SessionId(self.services.uuid()),
            starts_on,
            ends_on: starts_on + chrono::Days::new(4),
            held: 0,
            ..session
        };
        store::sessions::insert(&mut tx, &other).await?;
        store::catalogue::changed(&mut tx, &[other.opportunity]).await?;
        tx.commit().await?;
        Ok(Self { session: other.id, ..self.clone() })
    }

    /// The provider's coordinator, signed in.
    ///
    /// # Errors
    /// When the store fails.
    pub async fn coordinator(&self) -> Result<Ctx> {
        self.staff("Coordinator", Role::Coordinator, self.provider).await
    }

    /// A learner born on 27 March of this year, signed in.
    ///
    /// # Errors
    /// When the store fails.
    pub async fn learner(&self, name: &str, year: i32) -> Result<Ctx> {
        let account = self.account(name).await?;
        let born = NaiveDate::from_ymd_opt(year, 3, 27).unwrap_or_default();
        let mut tx = self.services.db.write().await?;
        store::accounts::insert_learner(
            &mut tx,
            &Learner { account: account.id, date_of_birth: born, answers: Answers::default() },
        )
        .await?;
        tx.commit().await?;
        Ok(ctx(
            &self.services,
            Some(Actor {
                account: account.id,
                name: String::new(),
                email: account.email,
                born: Some(born),
                memberships: vec![],
            }),
        ))
    }

    /// Fills in the whole form, without sending it; the reference. `school` links the adviser.
    ///
    /// # Errors
    /// When a rule or the store says no.
    pub async fn fill(&self, learner: &Ctx, name: &str, school: bool) -> Result<String> {
        let reference = applications::start(learner, self.session).await?;
        let answers: &[(Step, &[(&str, &str)])] = &[
            (Step::Name, &[("name", name)]),
            (
                Step::School,
                if school {
                    &[("at-school", "yes"), ("school", "Kirkstall High School"), ("school-code", "900001")]
                } else {
                    &[("at-school", "no")]
                },
            ),
            (Step::Adviser, &[("adviser-may-see", "yes")]),
            (
                Step::Guardian,
                &[
                    ("guardian-name", "Sam Carer"),
                    ("guardian-email", &format!("carer-of-{}@mail.example", name.to_lowercase())),
                ],
            ),
            (Step::Access, &[("access", "A quiet place")]),
            (Step::Why, &[("why", "I looked after my nan.")]),
        ];
        for (step, fields) in answers {
            let typed: BTreeMap<String, String> =
                fields.iter().map(|(k, v)| ((*k).to_owned(), (*v).to_owned())).collect();
            applications::save_step(learner, &reference, *step, &typed, false).await?;
        }
        Ok(reference)
    }

    /// Fills in the form and sends it; the reference.
    ///
    /// # Errors
    /// When a rule or the store says no.
    pub async fn apply(&self, learner: &Ctx, name: &str) -> Result<String> {
        let reference = self.fill(learner, name, false).await?;
        applications::submit(learner, &reference, true).await?;
        Ok(reference)
    }

    /// An application of a learner who was there: at once, without the steps before; the reference. The
    /// certificate is issued.
    ///
    /// # Errors
    /// When a rule or the store says no.
    pub async fn attended(&self, learner: &Ctx, name: &str) -> Result<String> {
        let reference = self.apply(learner, name).await?;
        let mut tx = self.services.db.write().await?;
        let found = store::applications::find_for_change(&mut tx, &reference).await?;
        let mut application = found.ok_or(crate::Error::NotFound)?;
        application.state = domain::State::Attended;
        store::applications::save(&mut tx, &application).await?;
        let about = store::applications::about_application(&mut tx, &application).await?;
        let attended = domain::certificate::Attended { days: 5, minutes: None };
        crate::certificates::settle(&mut tx, &self.services, &application, &about, attended).await?;
        tx.commit().await?;
        Ok(reference)
    }

    /// Reads the message of a decision and decides.
    ///
    /// # Errors
    /// When a rule or the store says no.
    pub async fn decide(&self, coordinator: &Ctx, reference: &str, decision: Decision) -> Result<()> {
        let preview = applications::preview(coordinator, reference, &decision).await?;
        applications::decide(coordinator, reference, &decision, &preview.fingerprint).await
    }

    /// The token of the newest consent link sent to an address.
    ///
    /// # Errors
    /// When the store fails, or none was sent.
    pub async fn consent_token(&self, guardian: &str) -> Result<String> {
        let mut tx = self.services.db.read().await?;
        let messages = store::messages::list_newest(&mut tx, 500).await?;
        let letter = messages
            .iter()
            .find(|m| m.recipient == guardian && m.template == "consent_request")
            .ok_or(crate::Error::NotFound)?;
        letter
            .text
            .split("/consent/")
            .nth(1)
            .and_then(|rest| rest.split_whitespace().next())
            .map(str::to_owned)
            .ok_or(crate::Error::NotFound)
    }
}
