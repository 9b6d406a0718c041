//! What an adviser sees, and what not.

use chrono::NaiveDate;
use domain::State;
use domain::clearance::ConsentStatus;
use domain::ids::AccountId;
use leptos::prelude::*;
use scraper::{Html, Selector};
use services::advise::{Flag, LinkedLearner};
use services::applications::Line;
use uuid::Uuid;

use super::learner::learner_view;
use super::learners::learners_view;

fn d(month: u32, day: u32) -> NaiveDate {
    NaiveDate::from_ymd_opt(2027, month, day).unwrap()
}

fn linked(n: u128, name: &str, flag: Flag, what: Option<&str>, applications: usize) -> LinkedLearner {
    LinkedLearner {
        account: AccountId(Uuid::from_u128(n)),
        name: name.into(),
        stands: "being looked at".into(),
        what: what.map(Into::into),
        last_activity: what.map(|_| d(3, 2)),
        flag,
        applications,
    }
}

fn line(state: State) -> Line {
    Line {
        reference: "WX-7F3K-92QD".into(),
        learner: AccountId(Uuid::from_u128(1)),
        name: "Amira Khan".into(),
        title: "A week with midwives".into(),
        organisation_name: "Aire Valley NHS Trust".into(),
        starts_on: d(7, 6),
        ends_on: d(7, 10),
        state,
        state_since: services::time::from_london(d(3, 2).and_hms_opt(9, 0, 0).unwrap()),
        submitted_at: Some(services::time::from_london(d(3, 1).and_hms_opt(9, 0, 0).unwrap())),
        decide_by: Some(d(3, 15)),
        respond_by: Some(d(3, 9)),
        overdue: false,
        consent: ConsentStatus::NotNeeded,
        checks_open: 0,
        checks_late: 0,
        cancelled: false,
        not_reached: 0,
    }
}

fn page(view: impl IntoView, owner: &Owner) -> Html {
    let html = owner.with(|| view.into_view().to_html());
    assert!(!html.contains("<template"));
    let page = Html::parse_fragment(&html);
    assert_eq!(all(&page, "h1").len(), 1);
    page
}

fn all(page: &Html, selector: &str) -> Vec<String> {
    page.select(&Selector::parse(selector).unwrap())
        .map(|element| element.text().collect::<String>().trim().to_owned())
        .collect()
}

#[test]
fn one_line_each_and_filters_that_count() {
    let learners = [
        linked(1, "<script>alert(1)</script>", Flag::WaitingOnProvider, Some("A week with midwives"), 3),
        linked(2, "Ben Cole", Flag::NothingYet, None, 0),
    ];
    let owner = Owner::new();
    let all_learners = page(owner.with(|| learners_view("Aire College", &learners, None)), &owner);
    assert_eq!(all(&all_learners, "caption"), ["All: 2 learners"]);
    assert_eq!(all(&all_learners, "th[scope=col]").len(), 5);
    assert_eq!(all(&all_learners, "tbody th[scope=row] a"), ["<script>alert(1)</script>", "Ben Cole"]);
    assert!(all(&all_learners, "script").is_empty());
    let text = all_learners.root_element().text().collect::<String>();
    assert!(text.contains("A week with midwives, and 2 more") && text.contains("They can stop it at any time"));
    let filters = all(&all_learners, "nav a");
    assert!(
        filters.contains(&"Waiting on the provider (1)".to_owned()) && filters.contains(&"Has a place (0)".to_owned()),
        "{filters:?}"
    );

    let some = page(owner.with(|| learners_view("Aire College", &learners, Some(Flag::NothingYet))), &owner);
    assert_eq!(all(&some, "tbody tr").len(), 1);
    assert_eq!(all(&some, "a[aria-current=page]"), ["Done nothing yet (1)"]);

    let nobody = page(owner.with(|| learners_view("Aire College", &[], None)), &owner);
    assert!(all(&nobody, "table").is_empty() && all(&nobody, "p").concat().contains("No learner has agreed yet"));
}

#[test]
fn a_learner_is_a_list_with_the_newest_first_and_says_who_agreed() {
    let newer = Line {
        title: "Pharmacy day".into(),
        state_since: services::time::from_london(d(3, 5).and_hms_opt(9, 0, 0).unwrap()),
        ..line(State::Offered)
    };
    let owner = Owner::new();
    let shown = page(
        owner.with(|| {
            learner_view(
                AccountId(Uuid::from_u128(1)),
                "Amira Khan",
                "Aire College",
                &[line(State::UnderReview), newer],
                d(3, 1),
            )
        }),
        &owner,
    );
    assert_eq!(all(&shown, "ol > li > h2"), ["Pharmacy day", "A week with midwives"]);
    let text = shown.root_element().text().collect::<String>();
    for words in [
        "Offered a place, since 5 March 2027",
        "The learner answers by Tuesday 9 March 2027",
        "Being looked at, since 2 March 2027",
        "The provider answers by Monday 15 March 2027",
        "Amira Khan agreed on Monday 1 March 2027 that careers advisers at Aire College may see this. They can stop it at any time.",
    ] {
        assert!(text.contains(words), "{words} is not in {text}");
    }
}
