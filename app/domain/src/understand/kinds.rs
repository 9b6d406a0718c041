//! Kinds of opportunity and ways of attending, from the words that providers use.

use super::text::words;
use super::{Problem, Taken};
use crate::opportunity_kind::{Delivery, Kind};

/// Providers' words for each kind. The longest one found in a text decides.
const KINDS: &[(&str, Kind)] = &[
    ("work related learning", Kind::WorkRelatedLearning),
    ("wrl", Kind::WorkRelatedLearning),
    ("course", Kind::WorkRelatedLearning),
    ("courses", Kind::WorkRelatedLearning),
    ("short course", Kind::WorkRelatedLearning),
    ("online course", Kind::WorkRelatedLearning),
    ("module", Kind::WorkRelatedLearning),
    ("modules", Kind::WorkRelatedLearning),
    ("workshop", Kind::WorkRelatedLearning),
    ("workshops", Kind::WorkRelatedLearning),
    ("webinar series", Kind::WorkRelatedLearning),
    ("series of webinars", Kind::WorkRelatedLearning),
    ("e learning", Kind::WorkRelatedLearning),
    ("elearning", Kind::WorkRelatedLearning),
    ("training", Kind::WorkRelatedLearning),
    ("masterclass", Kind::WorkRelatedLearning),
    ("master class", Kind::WorkRelatedLearning),
    ("simulation", Kind::WorkRelatedLearning),
    ("lesson", Kind::WorkRelatedLearning),
    ("lessons", Kind::WorkRelatedLearning),
    ("careers information", Kind::CareersInformation),
    ("career information", Kind::CareersInformation),
    ("careers talk", Kind::CareersInformation),
    ("career talk", Kind::CareersInformation),
    ("work experience talk", Kind::CareersInformation),
    ("talk", Kind::CareersInformation),
    ("talks", Kind::CareersInformation),
    ("presentation", Kind::CareersInformation),
    ("open day", Kind::CareersInformation),
    ("open evening", Kind::CareersInformation),
    ("open event", Kind::CareersInformation),
    ("careers fair", Kind::CareersInformation),
    ("careers event", Kind::CareersInformation),
    ("careers day", Kind::CareersInformation),
    ("careers", Kind::CareersInformation),
    ("job fair", Kind::CareersInformation),
    ("jobs fair", Kind::CareersInformation),
    ("fair", Kind::CareersInformation),
    ("q a", Kind::CareersInformation),
    ("q and a", Kind::CareersInformation),
    ("qanda", Kind::CareersInformation),
    ("question and answer", Kind::CareersInformation),
    ("questions and answers", Kind::CareersInformation),
    ("meet the", Kind::CareersInformation),
    ("day in the life", Kind::CareersInformation),
    ("film", Kind::CareersInformation),
    ("webinar", Kind::CareersInformation),
    ("assembly", Kind::CareersInformation),
    ("information session", Kind::CareersInformation),
    ("work experience", Kind::WorkExperience),
    ("work exp", Kind::WorkExperience),
    ("wex", Kind::WorkExperience),
    ("we placement", Kind::WorkExperience),
    ("placement", Kind::WorkExperience),
    ("placements", Kind::WorkExperience),
    ("work placement", Kind::WorkExperience),
    ("industry placement", Kind::WorkExperience),
    ("work shadowing", Kind::WorkExperience),
    ("job shadowing", Kind::WorkExperience),
    ("job shadow", Kind::WorkExperience),
    ("shadowing", Kind::WorkExperience),
    ("shadow", Kind::WorkExperience),
    ("observation", Kind::WorkExperience),
    ("taster", Kind::WorkExperience),
    ("taster day", Kind::WorkExperience),
    ("insight day", Kind::WorkExperience),
    ("insight week", Kind::WorkExperience),
];

const ONLINE: &[&str] = &[
    "online",
    "on line",
    "virtual",
    "virtually",
    "remote",
    "remotely",
    "ms teams",
    "microsoft teams",
    "teams",
    "zoom",
    "webinar",
    "google meet",
    "webex",
    "skype",
    "live stream",
    "livestream",
    "video call",
    "by video",
    "digital",
    "web",
];

const IN_PERSON: &[&str] = &[
    "in person",
    "inperson",
    "face to face",
    "f2f",
    "ftf",
    "on site",
    "onsite",
    "on the ward",
    "at the hospital",
    "on ward",
    "in the workplace",
    "physical",
    "site visit",
    "in hospital",
    "at hospital",
];

const BOTH: &[&str] = &["hybrid", "blended", "mixed", "both", "mix"];

/// Every whole word or phrase of `text` on the list, longest first.
fn longest<'a, T>(text: &str, list: &'a [(&'a str, T)]) -> Option<&'a (&'a str, T)> {
    let text = format!(" {} ", words(text).join(" "));
    list.iter().filter(|(phrase, _)| text.contains(&format!(" {phrase} "))).max_by_key(|(phrase, _)| phrase.len())
}

fn says(text: &str, list: &[&str]) -> bool {
    let text = format!(" {} ", words(text).join(" "));
    list.iter().any(|phrase| text.contains(&format!(" {phrase} ")))
}

/// Reads a kind of opportunity. `None` in words that no kind goes by is an error that lists the
/// three.
///
/// # Errors
/// When no word of the text names a kind.
pub fn kind(text: &str) -> Result<Taken<Kind>, Problem> {
    let found = longest(text, KINDS).map(|(_, kind)| *kind);
    let Some(kind) = found else {
        return Err(Problem::new(
            "We do not know this kind of opportunity.",
            "Type “Work experience”, “Work-related learning” or “Careers information”.",
        ));
    };
    let usual = words(text).join(" ") == words(kind.label()).join(" ");
    let note = (!usual).then(|| format!("taken as {}", kind.label().to_lowercase()));
    Ok(Taken { value: kind, note })
}

/// Reads how an opportunity is attended.
///
/// # Errors
/// When no word of the text says so.
pub fn delivery(text: &str) -> Result<Taken<Delivery>, Problem> {
    let online = says(text, ONLINE);
    let in_person = says(text, IN_PERSON);
    let delivery = if says(text, BOTH) || (online && in_person) {
        Delivery::Mixed
    } else if online {
        Delivery::Online
    } else if in_person {
        Delivery::InPerson
    } else {
        return Err(Problem::new(
            "This does not say whether people come in person or online.",
            "Type “In person”, “Online” or “Hybrid”.",
        ));
    };
    let usual = words(text).join(" ");
    let note = (!matches!(usual.as_str(), "in person" | "online" | "hybrid"))
        .then(|| format!("taken as {}", delivery.label().to_lowercase()));
    Ok(Taken { value: delivery, note })
}

/// Which kind an online session called work experience really is: the title decides before the
/// description; a talk is careers information, a course work-related learning. `None` where neither
/// says.
pub fn suggest_kind(title: &str, description: &str) -> Option<Kind> {
    let names = |text: &str| {
        let others: Vec<(&str, Kind)> =
            KINDS.iter().filter(|(_, kind)| *kind != Kind::WorkExperience).copied().collect();
        longest(text, &others).map(|(_, kind)| *kind)
    };
    names(title).or_else(|| names(description))
}
