//! Who is told what. Made by one function for the preview and for the sending, so that both are the same.

use std::collections::BTreeMap;

use domain::State;
use domain::cancelling::when_cancelled;
use domain::form::tidy_phone;
use domain::ids::{AccountId, OrganisationId};
use store::Tx;
use store::applications::{About, Application};

use super::{Scope, Why};
use crate::applications::name_of;
use crate::context::hash;
use crate::messages::Letter;
use crate::messages::letters::{
    Cancelled, Lost, LostLine, cancelled_for_carer, cancelled_for_learner, cancelled_for_supervisor, cancelled_text,
};
use crate::{Result, Services};

/// A letter with its address.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Message {
    /// The address.
    pub to: String,
    /// What it says.
    pub letter: Letter,
}

/// Somebody who is told, with everything that ends for them.
#[derive(Debug, Clone)]
pub struct Person {
    /// Who.
    pub learner: AccountId,
    /// Their name, as they wrote it.
    pub name: String,
    /// What ends, and what it is about.
    pub applications: Vec<(Application, About)>,
    /// What they read.
    pub letter: Message,
    /// What parents or carers read.
    pub carers: Vec<Message>,
    /// The text message: number and words.
    pub text: Option<(String, String)>,
}

impl Person {
    /// Whether they lose a place that they had accepted.
    #[must_use]
    pub fn holds_place(&self) -> bool {
        self.applications.iter().any(|(application, _)| lost(application.state) == Some(Lost::Place))
    }
}

/// A supervisor who is told.
#[derive(Debug, Clone)]
pub struct Supervisor {
    /// Who.
    pub account: AccountId,
    /// Their name.
    pub name: String,
    /// What they read.
    pub letter: Message,
}

/// Everybody.
#[derive(Debug, Clone, Default)]
pub(super) struct People {
    pub(super) people: Vec<Person>,
    /// People who had only begun something.
    pub(super) drafts: Vec<Person>,
    /// The letter of a draft without anybody's name in it.
    pub(super) draft_sample: Option<Letter>,
    pub(super) supervisors: Vec<Supervisor>,
}

impl People {
    /// Of every letter and text that was shown, and to whom: what was read is what is sent. Drafts are not
    /// in it: anybody may begin one meanwhile.
    pub(super) fn fingerprint(&self) -> String {
        let mut all = String::new();
        let mut add = |message: &Message| {
            all.push_str(&format!("{}\n{}\n{}\n", message.to, message.letter.subject, message.letter.text()));
        };
        for person in &self.people {
            add(&person.letter);
            person.carers.iter().for_each(&mut add);
        }
        self.supervisors.iter().for_each(|supervisor| add(&supervisor.letter));
        for (to, words) in self.people.iter().filter_map(|person| person.text.as_ref()) {
            all.push_str(&format!("{to}\n{words}\n"));
        }
        hash(&all)
    }
}

fn lost(state: State) -> Option<Lost> {
    when_cancelled(state)?;
    Some(match state {
        State::Accepted | State::Confirmed => Lost::Place,
        State::Offered => Lost::Offer,
        State::Draft => Lost::Draft,
        _ => Lost::Undecided,
    })
}

/// Everybody who is told when these sessions are cancelled, or this one place: those who hold a place
/// first, then by name.
pub(super) async fn gather(
    tx: &mut Tx,
    services: &Services,
    scope: Scope,
    sessions: &[About],
    why: &Why,
    organisation: OrganisationId,
) -> Result<People> {
    let mut by_learner: BTreeMap<AccountId, Vec<(Application, About)>> = BTreeMap::new();
    for about in sessions {
        let applications = match scope {
            Scope::Application(id) => store::applications::find_by_id(tx, id).await?.into_iter().collect(),
            _ => store::applications::list_of_session(tx, about.session).await?,
        };
        for application in applications.into_iter().filter(|application| lost(application.state).is_some()) {
            by_learner.entry(application.learner).or_default().push((application, about.clone()));
        }
    }
    if !matches!(scope, Scope::Application(_)) {
        // Those who are still asked whether they can come on these dates lose their place too.
        for about in sessions {
            for (application, old) in crate::new_dates::close_into(tx, about.session).await? {
                by_learner.entry(application.learner).or_default().push((application, old));
            }
        }
    }
    let organisation_name = match sessions.first() {
        Some(about) => about.organisation_name.clone(),
        None => return Ok(People::default()),
    };
    let said = Cancelled {
        organisation: &organisation_name,
        reason: why.reason,
        note: &why.note,
        base_url: &services.settings.base_url,
    };
    let mut all = People::default();
    for (learner, mut applications) in by_learner {
        applications.sort_by_key(|(application, about)| (about.starts_on, application.id));
        let only_drafts = applications.iter().all(|(application, _)| application.state == State::Draft);
        if !only_drafts {
            // What somebody has only begun is not the provider's to see: their page says that it closed.
            applications.sort_by_key(|(application, _)| application.state == State::Draft);
        }
        let Some(person) = person(tx, &said, learner, applications, only_drafts).await? else { continue };
        if only_drafts { &mut all.drafts } else { &mut all.people }.push(person);
    }
    all.people.sort_by_key(|person| (!person.holds_place(), person.name.clone(), person.learner));
    if !all.drafts.is_empty() {
        let about = &sessions[0];
        let line = LostLine { lost: Lost::Draft, what: words(about), reference: "WX-0000-0000" };
        all.draft_sample = Some(cancelled_for_learner(&said, "(their name)", &[line]));
    }
    if !matches!(scope, Scope::Application(_)) && all.people.iter().any(Person::holds_place) {
        let dates: Vec<String> = sessions.iter().map(words).collect();
        for account in store::accounts::list_members(tx, organisation, domain::Role::Supervisor).await? {
            let letter = cancelled_for_supervisor(&said, &account.name, &dates);
            all.supervisors.push(Supervisor {
                account: account.id,
                letter: Message { to: account.email, letter },
                name: account.name,
            });
        }
    }
    Ok(all)
}

fn words(about: &About) -> String {
    format!("{}, {}", about.title, about.dates())
}

async fn person(
    tx: &mut Tx,
    said: &Cancelled<'_>,
    learner: AccountId,
    applications: Vec<(Application, About)>,
    only_drafts: bool,
) -> Result<Option<Person>> {
    let Some(account) = store::accounts::find(tx, learner).await? else { return Ok(None) };
    let Some((first, _)) = applications.first() else { return Ok(None) };
    let name = name_of(first).to_owned();
    let phone = tidy_phone(first.answers.get("phone"));
    let lines = |which: &dyn Fn(&Application) -> bool| -> Vec<LostLine<'_>> {
        applications
            .iter()
            .filter(|(application, _)| (only_drafts || application.state != State::Draft) && which(application))
            .filter_map(|(application, about)| {
                Some(LostLine { lost: lost(application.state)?, what: words(about), reference: &application.reference })
            })
            .collect()
    };
    let all = lines(&|_| true);
    let has_email = domain::form::has_email(&account.email);
    let letter = Message { to: account.email, letter: cancelled_for_learner(said, &name, &all) };
    // One letter for each parent or carer, about all that they were asked for.
    let mut carers: BTreeMap<String, (String, Vec<LostLine<'_>>)> = BTreeMap::new();
    for (application, _) in &applications {
        if let Some(consent) = store::consents::find(tx, application.id).await?
            && consent.answer.as_deref() != Some("no")
        {
            let line = lines(&|other| other.id == application.id);
            carers.entry(consent.guardian_email).or_insert((consent.guardian_name, Vec::new())).1.extend(line);
        }
    }
    let carers = carers
        .into_iter()
        .filter(|(_, (_, lines))| !lines.is_empty())
        .map(|(to, (carer, lines))| Message { to, letter: cancelled_for_carer(said, &carer, &name, &lines) })
        .collect();
    let places: Vec<LostLine<'_>> = all.iter().filter(|line| line.lost == Lost::Place).cloned().collect();
    let text = phone.filter(|_| !places.is_empty()).map(|phone| (phone, cancelled_text(said, &places, has_email)));
    Ok(Some(Person { learner, name, letter, carers, text, applications }))
}
