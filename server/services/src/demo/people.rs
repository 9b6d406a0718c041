//! The invented people. First names as one meets them in England, surnames as one does not.

use chrono::{Datelike, NaiveDate, TimeDelta};
use domain::form::Answers;
use domain::ids::{AccountId, DepartmentId, OrganisationId, SessionId};
use domain::{Role, State};
use store::accounts::{Account, Membership};

use super::Person;
use super::opportunities::{Written, school_code};
use super::providers::{LINKED_SCHOOLS, MAIN, PROVIDERS, SCHOOLS};
use super::stage::Stage;
use crate::Result;

/// Somebody who applies.
#[derive(Debug, Clone)]
pub(super) struct Learner {
    pub account: AccountId,
    pub name: &'static str,
    pub born: NaiveDate,
    /// Everything but "why".
    pub answers: Answers,
    /// Whether their applications are chosen by hand.
    pub chosen: bool,
    /// For the page of people: said there only, and stored nowhere about them.
    pub note: String,
    /// Where their applications stand.
    pub states: Vec<State>,
    /// Sessions they applied for.
    pub sessions: Vec<SessionId>,
    /// Days on which they have, or had, a place.
    pub places: Vec<(NaiveDate, NaiveDate)>,
}

/// Who acts for a provider.
#[derive(Debug, Clone, Copy)]
pub(super) struct Staff {
    pub coordinator: AccountId,
    /// The main providers' host, and in which department once that is written.
    pub supervisor: Option<AccountId>,
    pub department: Option<DepartmentId>,
}

/// Name, age today, days since the last birthday, number of the school in [`SCHOOLS`].
type Row = (&'static str, i32, i64, Option<usize>);

const LEARNERS: &[Row] = &[
    ("Amira Demosley", 15, 150, Some(0)),
    ("Ben Mockford", 17, 95, Some(2)),
    ("Chidi Samplewood", 16, 210, Some(0)),
    ("Daisy Fictor", 14, 60, Some(0)),
    ("Eesha Inventham", 18, 40, Some(2)),
    ("Finn Pretendale", 16, 300, Some(1)),
    ("Grace Storyfield", 17, 20, Some(1)),
    ("Hamza Makewell", 15, 240, Some(3)),
    ("Isla Exampleton", 17, 180, Some(2)),
    ("Jamal Placeholt", 19, 120, None),
    ("Kasia Modelby", 16, 75, Some(1)),
    ("Liam Showcroft", 14, 200, Some(0)),
    ("Maya Trialstone", 17, 260, Some(7)),
    ("Noah Demosley", 18, 130, Some(2)),
    ("Olivia Mockwell", 16, 15, Some(6)),
    ("Priya Samplewood", 17, 310, Some(7)),
    ("Quinn Fictor", 15, 45, Some(5)),
    ("Rashid Inventham", 16, 170, Some(12)),
    ("Sophie Pretendale", 17, 220, Some(15)),
    ("Tariq Storyfield", 18, 280, Some(17)),
    ("Uma Makewell", 14, 110, Some(8)),
    ("Vihaan Exampleton", 17, 55, Some(11)),
    ("Willow Placeholt", 16, 250, Some(10)),
    ("Xanthe Modelby", 17, 140, Some(19)),
    ("Yusra Showcroft", 15, 320, Some(18)),
    ("Zac Trialstone", 19, 30, None),
    ("Aaliyah Mockford", 16, 100, Some(16)),
    ("Bilal Demosley", 17, 290, Some(2)),
    ("Caitlin Samplewood", 15, 80, Some(13)),
    ("Dylan Fictor", 18, 190, None),
    ("Efua Inventham", 17, 10, Some(14)),
    ("Freddie Pretendale", 14, 270, Some(4)),
    ("Gurpreet Storyfield", 16, 135, Some(7)),
    ("Holly Makewell", 17, 65, Some(15)),
    ("Ibrahim Exampleton", 16, 230, Some(9)),
    ("Jess Placeholt", 18, 160, Some(11)),
    ("Kofi Modelby", 15, 205, Some(18)),
    ("Layla Showcroft", 17, 330, Some(17)),
    ("Marcus Trialstone", 19, 85, None),
    ("Nell Mockwell", 14, 25, Some(1)),
    ("Angela Fictor", 41, 145, None),
    ("Kyle Demosley", 20, 70, None),
    ("Steve Samplewood", 35, 215, None),
    ("Samira Makewell", 28, 35, None),
];

/// What the page of people says of some.
const NOTES: &[(&str, &str)] = &[
    ("Angela Fictor", "Changes career after 20 years in a shop."),
    ("Kyle Demosley", "Grew up in care and lives on his own."),
    ("Steve Samplewood", "Left the army two years ago."),
    ("Samira Makewell", "Came to England as a refugee and was a nurse before."),
];

const GUARDIANS: &[&str] = &["Nadia", "Robert", "Lin", "Funmi", "Karen", "Arif", "Joanna", "Dev"];

const ACCESS: &[&str] = &[
    "Step-free access, please.",
    "It helps if I can read the plan for the day before I come.",
    "A quiet place at lunch would help.",
    "I pray at about 1pm and need a small room for that.",
    "Please face me when you speak.",
];

/// The address of an invented person at an invented host.
fn address(name: &str, host: &str) -> String {
    let name = name.strip_prefix("Dr ").unwrap_or(name);
    format!("{}@{host}.example", name.to_lowercase().replace(' ', "."))
}

async fn account(stage: &mut Stage<'_>, name: &str, email: String) -> Result<AccountId> {
    let id = AccountId(stage.services.uuid());
    let new = Account {
        id,
        email,
        name: name.into(),
        created_at: stage.services.now(),
        password_hash: None,
        totp_secret: None,
        totp_last_step: None,
        demonstration: true,
    };
    store::accounts::insert_account(stage.tx, &new).await?;
    Ok(id)
}

/// What somebody may do: post, decide, see access needs, manage.
type Rights = (bool, bool, bool, bool);
const ALL: Rights = (true, true, true, true);
const NONE: Rights = (false, false, false, false);

async fn member(
    stage: &mut Stage<'_>,
    account: AccountId,
    organisation: Option<OrganisationId>,
    role: Role,
    rights: Rights,
) -> Result<()> {
    let new = Membership {
        account,
        organisation,
        organisation_name: String::new(),
        role,
        can_post: rights.0,
        can_decide: rights.1,
        can_see_sensitive: rights.2,
        can_manage: rights.3,
    };
    Ok(store::accounts::insert_membership(stage.tx, &new).await?)
}

/// Writes everybody who works somewhere; adds them to the page of people.
pub(super) async fn write_staff(
    stage: &mut Stage<'_>,
    written: &Written,
    people: &mut Vec<Person>,
) -> Result<Vec<Staff>> {
    const POSTERS: [&str; MAIN] = ["Martin Modelby", "Oluchi Fictor", "Beth Samplewood"];
    const SUPERVISORS: [&str; MAIN] = ["Leanne Placeholt", "George Mockwell", "Rosa Demosley"];
    const ADVISERS: [(&str, usize); 4] =
        [("Miriam Exampleton", 0), ("Paul Inventham", 0), ("Sunita Showcroft", 1), ("Gareth Trialstone", 2)];
    stage.set_clock(stage.day(-262), 570);
    let mut staff = Vec::new();
    for (index, provider) in PROVIDERS.iter().enumerate() {
        let organisation = written.providers[index];
        let coordinator = account(stage, provider.coordinator, address(provider.coordinator, provider.host)).await?;
        member(stage, coordinator, Some(organisation), Role::Coordinator, ALL).await?;
        let shows = if index < MAIN {
            "Applications in every state, a waiting list, late answers and late checks. Has every right."
        } else {
            "A smaller provider with a few applications. Has every right."
        };
        people.push(Person::new(coordinator, provider.coordinator, Role::Coordinator, Some(provider.name), shows));
        let mut supervisor = None;
        if index < MAIN {
            let poster = account(stage, POSTERS[index], address(POSTERS[index], provider.host)).await?;
            member(stage, poster, Some(organisation), Role::Coordinator, (true, false, false, false)).await?;
            people.push(Person::new(
                poster,
                POSTERS[index],
                Role::Coordinator,
                Some(provider.name),
                "May post opportunities and read applications, but not decide. Does not see access needs.",
            ));
            let host = account(stage, SUPERVISORS[index], address(SUPERVISORS[index], provider.host)).await?;
            member(stage, host, Some(organisation), Role::Supervisor, NONE).await?;
            people.push(Person::new(
                host,
                SUPERVISORS[index],
                Role::Supervisor,
                Some(provider.name),
                "Looks after people in a department and recorded who came.",
            ));
            supervisor = Some(host);
        }
        staff.push(Staff { coordinator, supervisor, department: None });
    }
    for (name, school) in ADVISERS {
        let adviser = account(stage, name, address(name, &format!("school{}", school_code(school)))).await?;
        member(stage, adviser, Some(written.schools[school]), Role::Adviser, NONE).await?;
        people.push(Person::new(
            adviser,
            name,
            Role::Adviser,
            Some(SCHOOLS[school].0),
            "Sees where learners stand who agreed to that, and nobody else.",
        ));
    }
    let national = account(stage, "Frances Storyfield", address("Frances Storyfield", "national")).await?;
    member(stage, national, None, Role::National, NONE).await?;
    people.push(Person::new(
        national,
        "Frances Storyfield",
        Role::National,
        None,
        "Belongs to no provider, and decides no application.",
    ));
    Ok(staff)
}

/// Writes everybody who applies.
pub(super) async fn write_learners(stage: &mut Stage<'_>) -> Result<Vec<Learner>> {
    let mut learners = Vec::new();
    for (number, &(name, age, since_birthday, school)) in LEARNERS.iter().enumerate() {
        let day = stage.day(-248) + TimeDelta::days(i64::try_from(number / 4).unwrap_or(0));
        let minutes = stage.number(960, 1260);
        stage.set_clock(day, minutes);
        let email = address(name, "mail");
        let account = account(stage, name, email).await?;
        let born = birthday(stage.today, age, since_birthday);
        let answers = answers(stage, number, name, born, school);
        store::accounts::insert_learner(
            stage.tx,
            &store::accounts::Learner { account, date_of_birth: born, answers: answers.clone() },
        )
        .await?;
        let note = NOTES.iter().find(|(who, _)| *who == name).map_or("", |(_, note)| *note);
        learners.push(Learner {
            account,
            name,
            born,
            answers,
            chosen: number < 2,
            note: format!("{age}. {note}").trim_end().to_owned(),
            states: Vec::new(),
            sessions: Vec::new(),
            places: Vec::new(),
        });
    }
    Ok(learners)
}

/// The date of birth of somebody whose last birthday was so many days ago.
fn birthday(today: NaiveDate, age: i32, since_birthday: i64) -> NaiveDate {
    let last = today - TimeDelta::days(since_birthday);
    // Nobody here was born on 29 February.
    let last = if (last.month(), last.day()) == (2, 29) { last - TimeDelta::days(1) } else { last };
    last.with_year(last.year() - age).unwrap_or(last)
}

fn answers(stage: &mut Stage<'_>, number: usize, name: &str, born: NaiveDate, school: Option<usize>) -> Answers {
    let mut answers = Answers::default();
    answers.set("name", name);
    answers.set("dob-day", born.day().to_string());
    answers.set("dob-month", born.month().to_string());
    answers.set("dob-year", born.year().to_string());
    // The numbers that Ofcom keeps for drama.
    answers
        .set("phone", if number.is_multiple_of(3) { format!("07700 900{:03}", 100 + number) } else { String::new() });
    if let Some(school) = school {
        answers.set("at-school", "yes");
        answers.set("school", SCHOOLS[school].0);
        answers.set("school-code", school_code(school));
        answers.set("school-not-listed", "");
        if school < LINKED_SCHOOLS {
            // One in five says no.
            answers.set("adviser-may-see", if number % 5 == 3 { "no" } else { "yes" });
        }
    } else {
        answers.set("at-school", "no");
    }
    let surname = name.rsplit(' ').next().unwrap_or(name);
    let guardian = format!("{} {surname}", GUARDIANS[number % GUARDIANS.len()]);
    answers.set("guardian-email", address(&guardian, "home"));
    answers.set("guardian-name", guardian);
    answers.set("access", if number % 4 == 1 { stage.one_of(ACCESS) } else { "" });
    answers
}

/// What one sees as this learner: "15. Applications: sent (2); offered a place."
pub(super) fn shows(learner: &Learner) -> String {
    let mut parts: Vec<String> = Vec::new();
    for state in State::ALL {
        match learner.states.iter().filter(|s| *s == state).count() {
            0 => {}
            1 => parts.push(state.in_words().to_owned()),
            count => parts.push(format!("{} ({count})", state.in_words())),
        }
    }
    if parts.is_empty() {
        format!("{} Has not applied yet.", learner.note)
    } else {
        format!("{} Applications: {}.", learner.note, parts.join("; "))
    }
}
