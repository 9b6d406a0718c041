//! The application form: a list of questions, one a page. Which ones are asked depends on the
//! circumstances; each validates its own answer. The same code runs in the browser and on the server.
//!
//! Raw answers are kept as typed, so that nothing is lost when an answer needs mending.

use std::collections::BTreeMap;

use chrono::NaiveDate;
use serde::{Deserialize, Serialize};

use crate::application::words;
use crate::eligibility::{needs_consent, old_enough_for_an_account};
use crate::ids::AccountId;
use crate::words::word_count;

/// The version of the questions, kept with every application that was sent.
pub const FORM_VERSION: i64 = 1;
/// Longest answer to "why", in words (the issue's own limit).
pub const WHY_WORDS: usize = 150;
/// Longest other answer, in characters.
pub const LONGEST: usize = 500;

words! {
    /// One question of the form, one page each, in the order in which they are asked.
    Step {
        /// The name as the learner likes it.
        Name = "name",
        /// Date of birth.
        DateOfBirth = "date-of-birth",
        /// A telephone number, if they want text messages.
        Contact = "contact",
        /// School or college, or none.
        School = "school",
        /// Whether a careers adviser at that school may see where the learner stands.
        Adviser = "adviser",
        /// A parent or carer's name and address, for people under 18.
        Guardian = "parent-or-carer",
        /// What would make the place work for them.
        Access = "access",
        /// Why they would like to come.
        Why = "why",
    }
}

/// Answers as typed, by field name.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(transparent)]
pub struct Answers(pub BTreeMap<String, String>);

impl Answers {
    /// The answer without white space around it; empty when there is none.
    #[must_use]
    pub fn get(&self, field: &str) -> &str {
        self.0.get(field).map_or("", |value| value.trim())
    }
    /// Keeps an answer, whatever it says.
    pub fn set(&mut self, field: &str, value: impl Into<String>) {
        self.0.insert(field.to_owned(), value.into());
    }
    /// The date of birth, when its three boxes make a date.
    #[must_use]
    pub fn date_of_birth(&self) -> Option<NaiveDate> {
        NaiveDate::from_ymd_opt(
            self.get("dob-year").parse().ok()?,
            month_number(self.get("dob-month"))?,
            self.get("dob-day").parse().ok()?,
        )
        .filter(|_| self.get("dob-year").len() == 4)
    }
    /// Whether the learner says that they go to a school or college.
    #[must_use]
    pub fn at_school(&self) -> bool {
        self.get("at-school") == "yes"
    }
    /// Whether the learner agreed that an adviser at their school may see where they stand.
    #[must_use]
    pub fn adviser_may_see(&self) -> bool {
        self.at_school() && !self.get("school-code").is_empty() && self.get("adviser-may-see") == "yes"
    }
}

fn month_number(typed: &str) -> Option<u32> {
    const NAMES: [&str; 12] = ["jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec"];
    typed.parse().ok().or_else(|| {
        let lower = typed.to_lowercase();
        NAMES.iter().position(|name| lower.starts_with(name)).and_then(|at| u32::try_from(at + 1).ok())
    })
}

/// What decides which questions are asked and which answers are right.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Circumstances {
    /// Whether the provider asks why.
    pub asks_why: bool,
    /// First day of the session.
    pub starts_on: NaiveDate,
    /// Today in London.
    pub today: NaiveDate,
    /// The learner's own address: a parent or carer's has to differ.
    pub learner_email: String,
    /// Whether the chosen school has a careers adviser who uses the service.
    pub school_has_adviser: bool,
}

/// What kind of box a field is.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Kind {
    /// One line, with the browser's autocomplete word.
    Text(&'static str),
    /// Three boxes: the field's name with "-day", "-month" and "-year".
    Date,
    /// An email address; the autocomplete word ("off" where it is somebody else's).
    Email(&'static str),
    /// A telephone number.
    Tel,
    /// Yes or no, with the words beside each.
    YesNo(&'static str, &'static str),
    /// Several lines, at most so many words (0: no count shown).
    Long(usize),
    /// A school by name, or "I am not at school or college".
    School,
}

/// One box of a question.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Field {
    /// Its name in the form and in [`Answers`].
    pub name: &'static str,
    /// What it is called on the page and on "Check your answers".
    pub label: &'static str,
    /// What sort of box.
    pub kind: Kind,
    /// Whether it may stay empty.
    pub optional: bool,
}

/// A question as a page shows it.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Question {
    /// The page's heading.
    pub title: &'static str,
    /// Why it is asked, and who will see it.
    pub hint: &'static str,
    /// Its boxes.
    pub fields: &'static [Field],
}

const fn field(name: &'static str, label: &'static str, kind: Kind) -> Field {
    Field { name, label, kind, optional: false }
}
const fn optional(name: &'static str, label: &'static str, kind: Kind) -> Field {
    Field { name, label, kind, optional: true }
}

impl Step {
    /// The question's words and boxes.
    #[must_use]
    pub fn question(self) -> Question {
        match self {
            Self::Name => Question {
                title: "What is your name?",
                hint: "Write it as you like to be called. The provider and your parent or carer will see it.",
                fields: const { &[field("name", "Your name", Kind::Text("name"))] },
            },
            Self::DateOfBirth => Question {
                title: "What is your date of birth?",
                hint: "We ask because each session has an age. The provider sees your age on the first day, not your birthday. For example, 27 3 2010.",
                fields: const { &[field("dob", "Date of birth", Kind::Date)] },
            },
            Self::Contact => Question {
                title: "Would you like text messages too?",
                hint: "We send everything by email. A text message helps on the day. Leave it empty if you do not want them.",
                fields: const { &[optional("phone", "Mobile number (optional)", Kind::Tel)] },
            },
            Self::School => Question {
                title: "Are you at a school or college?",
                hint: "You do not have to be. It changes nothing about your chances.",
                fields: const { &[field("at-school", "School or college", Kind::School)] },
            },
            Self::Adviser => Question {
                title: "May your careers adviser see where you stand?",
                hint: "If you say yes, advisers at your school can see which places you asked for and where each one stands. They do not see what you write. You can stop it at any time.",
                fields: const { &[field("adviser-may-see", "Careers adviser", Kind::YesNo("Yes, they may see", "No"))] },
            },
            Self::Guardian => Question {
                title: "Who is your parent or carer?",
                hint: "You will be under 18, so we ask them to agree before your place is confirmed. We send them one email now.",
                fields: const {
                    &[
                        field("guardian-name", "Their name", Kind::Text("off")),
                        field("guardian-email", "Their email address", Kind::Email("off")),
                    ]
                },
            },
            Self::Access => Question {
                title: "Is there anything that would help you take part?",
                hint: "For example step-free access, a quiet place or more time. Only the person who arranges your place sees this. Do not write about your health.",
                fields: const { &[optional("access", "What would help (optional)", Kind::Long(0))] },
            },
            Self::Why => Question {
                title: "Why would you like to come?",
                hint: "An honest sentence is enough. Nobody marks your spelling. The people who decide read this.",
                fields: const { &[field("why", "Why you would like to come", Kind::Long(WHY_WORDS))] },
            },
        }
    }
}

/// The questions for these circumstances, in order.
#[must_use]
pub fn steps(answers: &Answers, about: &Circumstances) -> Vec<Step> {
    Step::ALL
        .iter()
        .copied()
        .filter(|step| match step {
            Step::Adviser => answers.at_school() && about.school_has_adviser,
            // Asked until we know better: nobody under 18 may slip through.
            Step::Guardian => answers.date_of_birth().is_none_or(|born| needs_consent(born, about.starts_on)),
            Step::Why => about.asks_why,
            _ => true,
        })
        .collect()
}

/// What is wrong with an answer, and at which field.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Problem {
    /// The field's name, for the link in the summary.
    pub field: String,
    /// What to do, in plain words.
    pub message: String,
}

fn problem(field: &str, message: impl Into<String>) -> Problem {
    Problem { field: field.to_owned(), message: message.into() }
}

/// Checks the answers to one question. Empty when they are right.
#[must_use]
pub fn check(step: Step, answers: &Answers, about: &Circumstances) -> Vec<Problem> {
    let mut problems = Vec::new();
    match step {
        Step::Name => {
            let name = answers.get("name");
            if name.is_empty() {
                problems.push(problem("name", "Enter your name"));
            } else if name.chars().count() > 100 {
                problems.push(problem("name", "Enter a name of 100 characters or fewer"));
            }
        }
        Step::DateOfBirth => problems.extend(check_birth(answers, about)),
        Step::Contact => {
            let phone = answers.get("phone");
            if !phone.is_empty() && tidy_phone(phone).is_none() {
                problems.push(problem("phone", "Enter a UK mobile number, like 07700 900 982"));
            }
        }
        Step::School => match answers.get("at-school") {
            "no" => {}
            "yes" if answers.get("school").is_empty() => {
                problems.push(problem("school", "Enter the name of your school or college"));
            }
            "yes" if answers.get("school").chars().count() > 200 => {
                problems.push(problem("school", "Enter a school name of 200 characters or fewer"));
            }
            "yes" if answers.get("school-code").is_empty() && answers.get("school-not-listed") != "yes" => {
                problems.push(problem("school-code", "Choose your school from the list, or say that it is not there"));
            }
            "yes" => {}
            _ => problems.push(problem("at-school", "Choose whether you are at a school or college")),
        },
        Step::Adviser => {
            if !matches!(answers.get("adviser-may-see"), "yes" | "no") {
                problems.push(problem("adviser-may-see", "Choose yes or no"));
            }
        }
        Step::Guardian => problems.extend(check_guardian(answers, about)),
        Step::Access => problems.extend(too_long("access", answers.get("access"))),
        Step::Why => {
            let words = word_count(answers.get("why"));
            if words == 0 {
                problems.push(problem("why", "Write why you would like to come. One sentence is enough"));
            } else if words > WHY_WORDS {
                let over = words - WHY_WORDS;
                problems.push(problem(
                    "why",
                    format!(
                        "Take out {over} {}. You can write up to {WHY_WORDS}",
                        if over == 1 { "word" } else { "words" }
                    ),
                ));
            } else if answers.get("why").chars().count() > 3000 {
                problems.push(problem("why", "Use shorter words: this answer is over 3,000 characters"));
            }
        }
    }
    problems
}

fn too_long(field: &str, value: &str) -> Option<Problem> {
    (value.chars().count() > LONGEST).then(|| problem(field, format!("Use {LONGEST} characters or fewer")))
}

fn check_birth(answers: &Answers, about: &Circumstances) -> Option<Problem> {
    let parts = ["day", "month", "year"].map(|part| (part, answers.get(&format!("dob-{part}"))));
    if parts.iter().all(|(_, value)| value.is_empty()) {
        return Some(problem("dob-day", "Enter your date of birth"));
    }
    if let Some((part, _)) = parts.iter().find(|(_, value)| value.is_empty()) {
        return Some(problem(&format!("dob-{part}"), format!("Date of birth must include a {part}")));
    }
    if answers.get("dob-year").len() != 4 {
        return Some(problem("dob-year", "Year must include 4 numbers"));
    }
    let Some(born) = answers.date_of_birth() else {
        return Some(problem("dob-day", "Date of birth must be a real date"));
    };
    if born >= about.today {
        return Some(problem("dob-year", "Date of birth must be in the past"));
    }
    if !old_enough_for_an_account(born, about.today) {
        return Some(problem("dob-day", "You must be 13 or over to apply"));
    }
    (crate::calendar::age_on(born, about.today) > 110).then(|| problem("dob-year", "Check the year you were born"))
}

fn check_guardian(answers: &Answers, about: &Circumstances) -> Vec<Problem> {
    let mut problems = Vec::new();
    if answers.get("guardian-name").is_empty() {
        problems.push(problem("guardian-name", "Enter the name of your parent or carer"));
    } else if answers.get("guardian-name").chars().count() > 100 {
        problems.push(problem("guardian-name", "Enter a name of 100 characters or fewer"));
    }
    let email = answers.get("guardian-email");
    if email.is_empty() {
        problems.push(problem("guardian-email", "Enter their email address"));
    } else if tidy_email(email).is_none() {
        problems.push(problem("guardian-email", "Enter an email address in the correct format, like name@example.com"));
    } else if same_mailbox(email, &about.learner_email) {
        problems.push(problem("guardian-email", "Enter your parent or carer's own email address, not yours"));
    }
    problems
}

/// Whether two addresses reach one mailbox: case, "+tag" parts and dots in a Gmail name do not make another.
#[must_use]
pub fn same_mailbox(a: &str, b: &str) -> bool {
    fn mailbox(email: &str) -> Option<(String, String)> {
        let email = tidy_email(email)?;
        let (name, host) = email.split_once('@')?;
        let name = name.split('+').next().unwrap_or(name);
        let host = if host == "googlemail.com" { "gmail.com" } else { host };
        let name = if host == "gmail.com" { name.replace('.', "") } else { name.to_owned() };
        Some((name, host.to_owned()))
    }
    mailbox(a).is_some_and(|a| mailbox(b) == Some(a))
}

/// The host of addresses that stand for no address: no mail ever arrives there (RFC 2606).
const NO_EMAIL: &str = "@no-email.invalid";

/// What the account of a learner without an email address holds in its place.
#[must_use]
pub fn address_of_nobody(account: AccountId) -> String {
    format!("{account}{NO_EMAIL}")
}

/// Whether mail can be sent to the address of an account.
#[must_use]
pub fn has_email(address: &str) -> bool {
    !address.ends_with(NO_EMAIL)
}

/// An email address in the form that it is stored in, if it can be one: one @, a dot in the host, no
/// spaces or control characters, at most 254 characters.
#[must_use]
pub fn tidy_email(typed: &str) -> Option<String> {
    let email = typed.trim().to_lowercase();
    let (name, host) = email.split_once('@')?;
    let host_fine = host.contains('.')
        && !host.contains("..")
        && host.split('.').all(|label| {
            !label.is_empty()
                && !label.starts_with('-')
                && !label.ends_with('-')
                && label.chars().all(|c| c.is_alphanumeric() || c == '-')
        });
    let name_fine = !name.is_empty()
        && name.len() <= 64
        && !name.starts_with('.')
        && !name.ends_with('.')
        && !name.contains("..")
        && name.chars().all(|c| c.is_alphanumeric() || "!#$%&'*+-/=?^_`{|}~.".contains(c));
    (host_fine && name_fine && email.len() <= 254).then_some(email)
}

/// A UK mobile number as +447…, if it can be one.
#[must_use]
pub fn tidy_phone(typed: &str) -> Option<String> {
    if typed.chars().any(|c| !(c.is_ascii_digit() || " +()-.".contains(c))) {
        return None;
    }
    let digits: String = typed.chars().filter(char::is_ascii_digit).collect();
    let national =
        digits.strip_prefix("0044").or_else(|| digits.strip_prefix("44")).or_else(|| digits.strip_prefix('0'))?;
    let national = national.strip_prefix('0').unwrap_or(national);
    (national.len() == 10 && national.starts_with('7')).then(|| format!("+44{national}"))
}

/// The first question whose answer still needs something, if any.
#[must_use]
pub fn first_unfinished(answers: &Answers, about: &Circumstances) -> Option<Step> {
    steps(answers, about).into_iter().find(|step| !check(*step, answers, about).is_empty())
}

#[cfg(test)]
mod tests {
    use super::*;

    fn d(y: i32, m: u32, day: u32) -> NaiveDate {
        NaiveDate::from_ymd_opt(y, m, day).unwrap()
    }
    fn about() -> Circumstances {
        Circumstances {
            asks_why: true,
            starts_on: d(2027, 7, 6),
            today: d(2027, 3, 1),
            learner_email: "amira@mail.example".into(),
            school_has_adviser: true,
        }
    }
    fn answers(pairs: &[(&str, &str)]) -> Answers {
        Answers(pairs.iter().map(|(k, v)| ((*k).to_owned(), (*v).to_owned())).collect())
    }
    const BORN_2010: [(&str, &str); 3] = [("dob-day", "27"), ("dob-month", "3"), ("dob-year", "2010")];

    #[test]
    fn the_questions_follow_the_circumstances() {
        use Step::{Access, Adviser, Contact, DateOfBirth, Guardian, Name, School, Why};
        assert_eq!(steps(&answers(&BORN_2010), &about()), [Name, DateOfBirth, Contact, School, Guardian, Access, Why]);
        let mut at_school = answers(&BORN_2010);
        at_school.set("at-school", "yes");
        assert_eq!(steps(&at_school, &about()), [Name, DateOfBirth, Contact, School, Adviser, Guardian, Access, Why]);
        let adult = answers(&[("dob-day", "27"), ("dob-month", "March"), ("dob-year", "1990")]);
        assert_eq!(
            steps(&adult, &Circumstances { asks_why: false, ..about() }),
            [Name, DateOfBirth, Contact, School, Access]
        );
        // Eighteen on the first day itself: an adult.
        let birthday = answers(&[("dob-day", "6"), ("dob-month", "7"), ("dob-year", "2009")]);
        assert!(!steps(&birthday, &about()).contains(&Guardian));
    }

    #[test]
    fn each_date_mistake_has_its_own_words() {
        let say = |pairs: &[(&str, &str)]| {
            check(Step::DateOfBirth, &answers(pairs), &about()).first().map(|p| (p.field.clone(), p.message.clone()))
        };
        let expect = |field: &str, words: &str| Some((field.to_owned(), words.to_owned()));
        assert_eq!(say(&[]), expect("dob-day", "Enter your date of birth"));
        assert_eq!(
            say(&[("dob-day", "1"), ("dob-year", "2010")]),
            expect("dob-month", "Date of birth must include a month")
        );
        assert_eq!(
            say(&[("dob-day", "31"), ("dob-month", "2"), ("dob-year", "2010")]),
            expect("dob-day", "Date of birth must be a real date")
        );
        assert_eq!(
            say(&[("dob-day", "1"), ("dob-month", "2"), ("dob-year", "10")]),
            expect("dob-year", "Year must include 4 numbers")
        );
        assert_eq!(
            say(&[("dob-day", "1"), ("dob-month", "2"), ("dob-year", "2028")]),
            expect("dob-year", "Date of birth must be in the past")
        );
        assert_eq!(
            say(&[("dob-day", "2"), ("dob-month", "3"), ("dob-year", "2014")]),
            expect("dob-day", "You must be 13 or over to apply")
        );
        assert_eq!(say(&BORN_2010), None);
    }

    #[test]
    fn a_guardian_has_another_address() {
        for own in ["amira@mail.example", "Amira@Mail.example ", "amira+mum@mail.example", " AMIRA+a+b@MAIL.EXAMPLE"] {
            let a = answers(&[("guardian-name", "Sam"), ("guardian-email", own)]);
            assert_eq!(check(Step::Guardian, &a, &about()).len(), 1, "{own}");
        }
        let a = answers(&[("guardian-name", "Sam"), ("guardian-email", "sam@mail.example")]);
        assert!(check(Step::Guardian, &a, &about()).is_empty());
        assert!(same_mailbox("a.b@gmail.com", "ab@googlemail.com"));
        assert!(same_mailbox("A.M.ira+carer@gmail.com", "amira@gmail.com"));
        // Elsewhere a dot makes another mailbox, and another host always does.
        assert!(!same_mailbox("a.mira@mail.example", "amira@mail.example"));
        assert!(!same_mailbox("amira@mail.example", "amira@post.example"));
        assert!(!same_mailbox("", ""));
    }

    #[test]
    fn why_is_150_words_at_most() {
        let words = |n: usize| answers(&[("why", &vec!["word"; n].join(" "))]);
        assert!(check(Step::Why, &words(150), &about()).is_empty());
        assert_eq!(check(Step::Why, &words(151), &about())[0].message, "Take out 1 word. You can write up to 150");
        assert_eq!(check(Step::Why, &words(0), &about()).len(), 1);
    }

    #[test]
    fn telephone_numbers_and_addresses() {
        assert_eq!(tidy_phone("07700 900 982").as_deref(), Some("+447700900982"));
        assert_eq!(tidy_phone("+44 (0)7700 900982").as_deref(), Some("+447700900982"));
        assert_eq!(tidy_phone("0113 496 0000"), None);
        assert_eq!(tidy_phone("call me"), None);
        for good in ["a@b.example", "o'neill38@mail.example", "garcía32@mail.example"] {
            assert!(tidy_email(good).is_some(), "{good}");
        }
        for bad in ["", "a", "a@b", "a b@c.example", "a@b@c.example", "a@.example", "a@b..example", "a\r\n@b.example"] {
            assert!(tidy_email(bad).is_none(), "{bad}");
        }
    }

    #[test]
    fn school_is_a_choice_not_a_must() {
        assert!(check(Step::School, &answers(&[("at-school", "no")]), &about()).is_empty());
        assert_eq!(check(Step::School, &answers(&[]), &about())[0].field, "at-school");
        assert_eq!(check(Step::School, &answers(&[("at-school", "yes")]), &about())[0].field, "school");
        assert_eq!(
            check(Step::School, &answers(&[("at-school", "yes"), ("school", "High")]), &about())[0].field,
            "school-code"
        );
        assert!(
            check(
                Step::School,
                &answers(&[("at-school", "yes"), ("school", "High"), ("school-code", "100001")]),
                &about()
            )
            .is_empty()
        );
        assert!(
            check(
                Step::School,
                &answers(&[("at-school", "yes"), ("school", "High"), ("school-not-listed", "yes")]),
                &about()
            )
            .is_empty()
        );
    }

    #[test]
    fn the_first_unfinished_question_is_where_one_goes_on() {
        let mut a = Answers::default();
        assert_eq!(first_unfinished(&a, &about()), Some(Step::Name));
        a.set("name", "Amira");
        for (k, v) in BORN_2010 {
            a.set(k, v);
        }
        assert_eq!(first_unfinished(&a, &about()), Some(Step::School));
        a.set("at-school", "no");
        a.set("guardian-name", "Sam");
        a.set("guardian-email", "sam@mail.example");
        a.set("why", "I looked after my nan.");
        assert_eq!(first_unfinished(&a, &about()), None);
    }
}
