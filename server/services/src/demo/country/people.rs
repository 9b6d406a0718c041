//! Everybody who applies: invented names, a day of birth, what they answer every time.

use chrono::{Datelike, NaiveDate};
use domain::calendar::age_on;
use domain::form::Answers;
use domain::ids::AccountId;
use store::bulk::Rows;

use super::super::stage::at;
use super::maker::Maker;
use crate::{Result, Services};

/// People to a transaction.
const AT_ONCE: usize = 10_000;

const FIRST: &[&str] = &[
    "Aisha", "Alex", "Amelia", "Anton", "Asha", "Bea", "Bilal", "Cara", "Chen", "Dana", "Dev", "Ella", "Emeka", "Eva",
    "Farid", "Freya", "Gita", "Harry", "Ines", "Ivan", "Jade", "Jonas", "Kai", "Kemi", "Leah", "Luca", "Mina", "Musa",
    "Nia", "Noor", "Omar", "Orla", "Priya", "Quinn", "Rafi", "Ruby", "Sana", "Seb", "Tara", "Theo", "Uma", "Viktor",
    "Wanda", "Xin", "Yara", "Zac",
];
const LAST: &[&str] = &[
    "Demosley",
    "Exampleton",
    "Fictor",
    "Imaginer",
    "Inventham",
    "Makewell",
    "Mockford",
    "Modelby",
    "Placeholt",
    "Pretendale",
    "Samplewood",
    "Seemley",
    "Showcroft",
    "Specimer",
    "Storyfield",
    "Supposeby",
    "Trialstone",
    "Wouldham",
];

/// Somebody who applies.
#[derive(Debug)]
pub(super) struct Learner {
    pub account: AccountId,
    pub number: usize,
    pub born: NaiveDate,
    /// Days on which they have, or had, a place.
    pub places: Vec<(NaiveDate, NaiveDate)>,
}

impl Learner {
    pub fn name(&self) -> String {
        format!("{} {}", FIRST[self.number % FIRST.len()], LAST[self.number / FIRST.len() % LAST.len()])
    }

    pub fn guardian(&self) -> String {
        format!("{} {}", FIRST[self.number / 7 % FIRST.len()], LAST[self.number / FIRST.len() % LAST.len()])
    }

    pub fn is_minor(&self, day: NaiveDate) -> bool {
        age_on(self.born, day) < 18
    }

    pub fn is_free(&self, from: NaiveDate, to: NaiveDate) -> bool {
        self.places.iter().all(|(first, last)| *last < from || to < *first)
    }

    /// What they answer, as the form keeps it.
    pub fn answers(&self, why: &str) -> Result<String> {
        let mut answers = Answers::default();
        answers.set("name", self.name());
        answers.set("dob-day", self.born.day().to_string());
        answers.set("dob-month", self.born.month().to_string());
        answers.set("dob-year", self.born.year().to_string());
        answers.set("phone", "");
        answers.set("at-school", "no");
        answers.set("guardian-name", self.guardian());
        answers.set("guardian-email", self.guardian_address());
        answers.set("access", "");
        answers.set("why", why);
        Ok(serde_json::to_string(&answers).map_err(store::Error::from)?)
    }

    /// Where their parent or carer is written to.
    pub fn guardian_address(&self) -> String {
        format!("parent{}@home.example", self.number)
    }
}

/// Writes so many.
pub(super) async fn write(
    services: &Services,
    maker: &mut Maker,
    count: usize,
    progress: &mut impl FnMut(&str, usize, usize),
) -> Result<Vec<Learner>> {
    let mut learners = Vec::with_capacity(count);
    let mut accounts = Rows::new("accounts", ["id", "email", "name", "created_at", "demonstration", "seen_at"]);
    let mut rows = Rows::new("learners", ["account_id", "date_of_birth", "answers"]);
    let joined = at(maker.day(-330), 1000);
    let seen = at(maker.day(-7), 1000);
    while learners.len() < count {
        for number in learners.len()..count.min(learners.len() + AT_ONCE) {
            // Nine of ten are between 15 and 18 today, the others have changed their mind about their work.
            let days =
                if maker.chance(90) { maker.number(15 * 366, 19 * 365) } else { maker.number(19 * 365, 55 * 365) };
            let learner =
                Learner { account: AccountId(maker.id()), number, born: maker.day(-days), places: Vec::new() };
            accounts.add([
                learner.account.0.into(),
                format!("learner{number:07}@crowd.example").into(),
                learner.name().into(),
                joined.0.into(),
                false.into(),
                seen.0.into(),
            ]);
            rows.add([learner.account.0.into(), learner.born.into(), learner.answers("")?.into()]);
            learners.push(learner);
        }
        let mut tx = services.db.write().await?;
        accounts.write(&mut tx).await?;
        rows.write(&mut tx).await?;
        tx.commit().await?;
        progress("Learners", learners.len(), count);
    }
    Ok(learners)
}
