//! What staff who act for somebody read.

use chrono::NaiveDate;
use domain::form::{Answers, Problem, Step};
use domain::ids::{OpportunityId, OrganisationId, SessionId};
use domain::{Delivery, Kind};
use leptos::prelude::*;
use services::applications::{About, For, KeyedForm, OpenSession};
use uuid::Uuid;

use super::form::form_view;
use super::pages::choose_view;
use super::withdraw::withdraw_view;

fn about() -> About {
    let day = |day| NaiveDate::from_ymd_opt(2027, 7, day).unwrap();
    About {
        opportunity: OpportunityId(Uuid::nil()),
        opportunity_version: 1,
        opportunity_status: "published".into(),
        slug: "a-week-with-pharmacy".into(),
        title: "A week with Pharmacy".into(),
        kind: Kind::WorkExperience,
        delivery: Delivery::InPerson,
        asks_why: true,
        decide_within: 10,
        min_age: Some(15),
        max_age: None,
        dress: String::new(),
        bring: String::new(),
        contact_email: None,
        organisation: OrganisationId(Uuid::nil()),
        organisation_name: "Aire Valley NHS Trust".into(),
        department: None,
        site: None,
        address: None,
        town: None,
        postcode: None,
        directions: None,
        session: SessionId(Uuid::nil()),
        starts_on: day(5),
        ends_on: day(9),
        starts_at: None,
        ends_at: None,
        closes_on: day(1),
        capacity: 3,
        held: 0,
        cancelled: false,
    }
}

#[test]
fn every_question_is_there_in_the_learners_words() {
    let mut typed = Answers::default();
    typed.set("why", "</textarea><script>alert(1)</script>");
    let form = KeyedForm {
        about: about(),
        learner: None,
        steps: Step::ALL.to_vec(),
        typed,
        problems: vec![Problem { field: "read-to".into(), message: "Read it to them".into() }],
        schools: vec![],
    };
    let html = form_view(&form, "", "0").to_html();
    for step in Step::ALL {
        assert!(html.contains(step.question().title), "{step:?}");
    }
    for name in ["how", "email", "no_email", "dob_day", "guardian_email", "why", "read_to"] {
        assert!(html.contains(&format!("name=\"{name}\"")), "{name}");
    }
    assert!(html.contains("href=\"#read-to\"") && html.contains("id=\"read-to-error\""));
    assert!(!html.contains("<script>alert") && !html.contains("<template"));
    // Of a linked learner less is asked.
    let form = KeyedForm { learner: Some("Amira".into()), steps: vec![Step::Why], problems: vec![], ..form };
    let html = form_view(&form, "1", "0").to_html();
    assert!(html.contains("Send it for Amira") && !html.contains("name=\"email\"") && !html.contains("name=\"how\""));
}

#[test]
fn the_dates_are_links_to_the_form() {
    let open = OpenSession {
        session: SessionId(Uuid::nil()),
        title: "A week with Pharmacy".into(),
        organisation_name: "Aire Valley NHS Trust".into(),
        starts_on: about().starts_on,
        ends_on: about().ends_on,
    };
    let html = choose_view("", None, std::slice::from_ref(&open), "week", "WX-7F3K-92QD").to_html();
    assert!(html.contains(&format!("/provider/act/{}", Uuid::nil())) && html.contains("WX-7F3K-92QD"));
    let html = choose_view("7", Some("Amira"), &[open], "", "").to_html();
    assert!(html.contains("/adviser/learners/7/apply/") && html.contains("Aire Valley NHS Trust"));
    assert!(!html.contains("The application is sent"));
}

#[test]
fn withdrawing_for_somebody_says_that_they_are_told() {
    let mut withdrawing = For { learner: "Amira".into(), about: about(), possible: true, holds_place: true };
    let html = withdraw_view(&withdrawing, "7", "WX-7F3K-92QD").to_html();
    assert!(
        html.contains("We tell Amira") && html.contains("goes to somebody else") && html.contains("apply_withdraw_for")
    );
    withdrawing.possible = false;
    assert!(!withdraw_view(&withdrawing, "7", "WX-7F3K-92QD").to_html().contains("<form"));
}
