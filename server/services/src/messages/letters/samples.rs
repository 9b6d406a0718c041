//! A sample of every letter: the tests render, queue and send each.

use std::collections::BTreeSet;

use chrono::NaiveDate;
use domain::ids::{OpportunityId, OrganisationId, SessionId};
use domain::{Delivery, Kind};
use store::applications::About;
use uuid::Uuid;

use super::Facts;
use crate::messages::Letter;

/// What samples are written from.
pub(crate) struct Given<'a> {
    /// About a learner's application.
    pub facts: Facts<'a>,
    /// Some day.
    pub day: NaiveDate,
    /// The opportunity's title.
    pub title: &'a str,
    /// The application's reference.
    pub reference: &'a str,
    /// The service's address.
    pub base_url: &'a str,
}

/// Every letter, with the name of the function that writes it. One line for each topic.
pub(crate) fn all() -> Vec<(&'static str, Letter)> {
    let about = about();
    let (reference, base_url) = ("WX-7F3K-92QD", "https://wex.example");
    let given = Given {
        facts: Facts { name: "Amira", reference, about: &about, base_url },
        day: NaiveDate::from_ymd_opt(2027, 4, 12).unwrap(),
        title: &about.title,
        reference,
        base_url,
    };
    [
        super::account::samples(&given),
        super::applying::samples(&given),
        super::attending::samples(&given),
        super::cancelling::samples(&given),
        super::checking::samples(&given),
        super::coming::samples(&given),
        super::consenting::samples(&given),
        super::dates::samples(&given),
        super::deciding::samples(&given),
        super::proving::samples(&given),
        super::places::samples(&given),
        super::saved::samples(&given),
        super::suggesting::samples(&given),
        crate::identity::letter_samples(),
    ]
    .concat()
}

fn about() -> About {
    let day = |d| NaiveDate::from_ymd_opt(2027, 7, d).unwrap();
    About {
        opportunity: OpportunityId(Uuid::from_u128(1)),
        opportunity_version: 1,
        opportunity_status: "published".into(),
        slug: "a-week-with-pharmacy".into(),
        title: "A week with Pharmacy".into(),
        kind: Kind::WorkExperience,
        delivery: Delivery::InPerson,
        asks_why: true,
        decide_within: 10,
        min_age: Some(16),
        max_age: None,
        dress: "Black shoes".into(),
        bring: String::new(),
        contact_email: Some("work@aire.example".into()),
        organisation: OrganisationId(Uuid::from_u128(2)),
        organisation_name: "Aire Valley NHS Trust".into(),
        department: None,
        site: Some("Aire Hospital".into()),
        address: None,
        town: Some("Leeds".into()),
        postcode: Some("LS1 3EX".into()),
        directions: None,
        session: SessionId(Uuid::from_u128(3)),
        starts_on: day(5),
        ends_on: day(9),
        starts_at: Some(570),
        ends_at: Some(930),
        closes_on: day(1),
        capacity: 4,
        held: 0,
        cancelled: false,
    }
}

/// Every letter renders, says its reference or title, ends its sentences, and carries no sensitive word.
#[test]
fn every_letter_renders_from_a_sample() {
    for (name, letter) in all() {
        let (text, html) = (letter.text(), letter.html());
        assert!(!letter.subject.is_empty() && letter.subject.len() < 80, "{name}: {}", letter.subject);
        assert!(
            text.contains("A week with Pharmacy") || text.contains("WX-7F3K-92QD") || ABOUT_AN_ACCOUNT.contains(&name),
            "{name}: {text}"
        );
        assert!(html.contains("</html>"));
        for word in ["health condition", "free school meals", "unsuccessful", "slot", "vacancy", "guardian", "!\n"] {
            assert!(!text.to_lowercase().contains(word), "{name}: {word} in {text}");
        }
    }
}

/// Letters about an account, not about an application.
const ABOUT_AN_ACCOUNT: &[&str] = &["code", "staff", "account_ending", "account_erased"];

/// Reads the source: a function that writes a letter, in any file of this folder, has a sample by its name.
#[test]
fn every_letter_has_a_sample() {
    let folder = std::path::Path::new(env!("CARGO_MANIFEST_DIR")).join("src/messages/letters");
    let sampled: BTreeSet<_> = all().into_iter().map(|(name, _)| name.to_owned()).collect();
    let mut written = BTreeSet::new();
    for file in std::fs::read_dir(folder).unwrap() {
        let source = std::fs::read_to_string(file.unwrap().path()).unwrap();
        for function in source.split("\npub fn ").skip(1) {
            let signature = &function[..function.find('{').unwrap_or(function.len())];
            if signature.contains("-> Letter") {
                written.insert(signature[..signature.find(['(', '<']).unwrap()].to_owned());
            }
        }
    }
    assert!(written.len() >= 19, "the folder was not read: {written:?}");
    let without: Vec<_> = written.difference(&sampled).collect();
    assert!(without.is_empty(), "letters without a sample: {without:?}");
}
