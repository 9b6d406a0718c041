//! The pages of a provider's own opportunities.

mod details;
mod list;
mod one;

use chrono::NaiveDate;
use domain::publishing::{Missing, NO_LIMIT, Status};
use domain::words;
use kit::components::TagColour;
use services::enrolments::Counted;
use services::opportunities::in_words;

pub use details::OpportunityDetailsPage;
pub use list::OwnOpportunitiesPage;
pub use one::OwnOpportunityPage;

/// Where an opportunity stands: a tag, and a sentence.
fn standing(
    status: Status,
    missing: &[Missing],
    closes_on: Option<NaiveDate>,
    today: NaiveDate,
) -> (TagColour, &'static str, String) {
    match status {
        Status::Draft if missing.is_empty() => (TagColour::Blue, "Draft", "Ready to publish.".to_owned()),
        Status::Draft => (TagColour::Yellow, "Draft", format!("Missing: {}.", in_words(missing))),
        Status::Published if missing.contains(&Missing::FutureDates) => {
            (TagColour::Grey, "Closed", "Nobody can apply any more.".to_owned())
        }
        Status::Published => {
            let closes = closes_on.map(|day| sentence(&words::closes(day, today)));
            (TagColour::Green, "Published", closes.unwrap_or_else(|| "Open at any time.".to_owned()))
        }
    }
}

/// "closes today" as a sentence.
fn sentence(text: &str) -> String {
    let mut chars = text.chars();
    chars.next().map_or_else(String::new, |first| first.to_uppercase().chain(chars).chain(".".chars()).collect())
}

/// "2 of 6 places", or how many hold one where everybody can come.
fn places(held: i64, capacity: i64) -> String {
    match capacity {
        0 => "not known yet".to_owned(),
        n if n >= NO_LIMIT => format!("{held}, no limit"),
        n => format!("{held} of {n}"),
    }
}

/// "begun 12 times, finished 8 times", of what can be taken at any time.
fn taken(counted: Counted) -> String {
    let times = |n: i64| match n {
        0 => "never".to_owned(),
        1 => "once".to_owned(),
        n => format!("{n} times"),
    };
    format!("begun {}, finished {}", times(counted.enrolled), times(counted.completed))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn standing_is_said_in_words() {
        let today = NaiveDate::from_ymd_opt(2027, 3, 7).unwrap();
        let day = |d| NaiveDate::from_ymd_opt(2027, 3, d);
        let says = |status, missing: &[Missing], closes| {
            let (_, tag, words) = standing(status, missing, closes, today);
            format!("{tag}: {words}")
        };
        assert_eq!(says(Status::Draft, &[], day(12)), "Draft: Ready to publish.");
        assert_eq!(
            says(Status::Draft, &[Missing::Places, Missing::Postcode], None),
            "Draft: Missing: the number of places and the postcode."
        );
        assert_eq!(says(Status::Published, &[], day(12)), "Published: Closes in 5 days, Friday 12 March.");
        assert_eq!(says(Status::Published, &[Missing::FutureDates], day(1)), "Closed: Nobody can apply any more.");
        assert_eq!(says(Status::Published, &[], None), "Published: Open at any time.");
        assert_eq!([places(2, 6), places(2, NO_LIMIT), places(0, 0)], ["2 of 6", "2, no limit", "not known yet"]);
    }
}
