//! Each question, rendered as the server renders it.

#![allow(clippy::unwrap_used, reason = "only tests")]

use domain::form::{Answers, Circumstances, Step, check};
use leptos::prelude::*;

use super::data::{self, Pair, StepData, posted};
use super::question_view;

fn question(step: Step) -> StepData {
    StepData {
        reference: "WX-7F3K-92QD".into(),
        step,
        number: 3,
        of: 8,
        back: Some(Step::Name),
        from_check: false,
        values: vec![],
        problems: vec![],
        schools: vec![],
    }
}

fn pair(key: &str, text: &str) -> Pair {
    Pair { key: key.into(), text: text.into() }
}

/// The values of an attribute, wherever it stands.
fn values<'a>(html: &'a str, attribute: &str) -> Vec<&'a str> {
    html.split(&format!(" {attribute}=\"")).skip(1).filter_map(|rest| rest.split('"').next()).collect()
}

/// What every form has to be: labels and descriptions that lead somewhere, each id once, no templates.
fn is_sound(html: &str) {
    assert!(!html.contains("<template"), "{html}");
    let ids = values(html, "id");
    for (at, id) in ids.iter().enumerate() {
        assert!(!ids[..at].contains(id), "{id} twice in {html}");
    }
    let descriptions = values(html, "aria-describedby");
    for target in values(html, "for").into_iter().chain(descriptions.iter().flat_map(|ids| ids.split(' '))) {
        assert!(ids.contains(&target), "no {target} in {html}");
    }
    for link in values(html, "href").into_iter().filter_map(|href| href.strip_prefix('#')) {
        assert!(ids.contains(&link), "no {link} in {html}");
    }
    assert_eq!(html.matches("<h1").count(), 1, "{html}");
}

/// Every problem that a wrong answer to this question can have, from the rules themselves.
fn wrong(step: Step) -> Vec<Answers> {
    let answers = |pairs: &[(&str, &str)]| {
        Answers(pairs.iter().map(|(field, text)| ((*field).to_owned(), (*text).to_owned())).collect())
    };
    match step {
        Step::DateOfBirth => vec![
            answers(&[]),
            answers(&[("dob-month", "3"), ("dob-year", "2010")]),
            answers(&[("dob-day", "1"), ("dob-month", "2"), ("dob-year", "10")]),
            answers(&[("dob-day", "31"), ("dob-month", "2"), ("dob-year", "2010")]),
        ],
        Step::Contact => vec![answers(&[("phone", "call me")])],
        Step::School => {
            vec![answers(&[]), answers(&[("at-school", "yes")]), answers(&[("at-school", "yes"), ("school", "High")])]
        }
        Step::Access => vec![answers(&[("access", &"x".repeat(600))])],
        _ => vec![answers(&[])],
    }
}

fn around() -> Circumstances {
    let day = |month, day| chrono::NaiveDate::from_ymd_opt(2027, month, day).unwrap();
    Circumstances {
        asks_why: true,
        starts_on: day(7, 5),
        today: day(3, 1),
        learner_email: "amira@mail.example".into(),
        school_has_adviser: true,
    }
}

#[test]
fn every_question_is_sound_with_and_without_problems() {
    for step in Step::ALL {
        let html = question_view(&question(*step)).to_html();
        is_sound(&html);
        assert!(html.contains("Question 3 of 8") && html.contains(step.question().hint), "{html}");
        assert!(!html.contains("error-summary"));
        for answers in wrong(*step) {
            let problems = check(*step, &answers, &around());
            assert!(!problems.is_empty(), "{step:?} {answers:?}");
            let mut data = question(*step);
            data.values = data::values(*step, &answers);
            data.schools = vec![pair("100001", "High School, Leeds"), pair("100002", "High College, York")];
            data.problems =
                problems.into_iter().map(|problem| Pair { key: problem.field, text: problem.message }).collect();
            let html = question_view(&data).to_html();
            is_sound(&html);
            for problem in &data.problems {
                assert_eq!(html.matches(&problem.text).count(), 2, "in the summary and at the field: {html}");
                assert!(html.contains(&format!("href=\"#{}\"", problem.key)), "{html}");
            }
            assert!(data.title().starts_with("Error: "));
        }
    }
}

#[test]
fn every_field_is_posted_under_the_name_of_an_argument() {
    let taken = include_str!("../api.rs");
    for step in Step::ALL {
        let mut data = question(*step);
        data.from_check = true;
        data.schools = vec![pair("100001", "High School, Leeds")];
        let html = question_view(&data).to_html();
        for name in values(&html, "name") {
            assert!(taken.contains(&format!("#[server(default)] {name}: String")), "{name}");
        }
        for name in data::names(*step) {
            assert!(taken.contains(&format!("(\"{name}\", {})", posted(name))), "{name}");
            // Set by the server alone, from the choice in the list.
            assert!(*name == "school-not-listed" || html.contains(&format!("name=\"{}\"", posted(name))), "{name}");
        }
    }
}

#[test]
fn one_box_of_a_date_is_marked_when_the_problem_is_its_own() {
    let marked = |values: &[(&str, &str)], problem: &str| {
        let mut data = question(Step::DateOfBirth);
        data.values = values.iter().map(|(field, text)| pair(field, text)).collect();
        data.problems = vec![pair(problem, "Mend it")];
        question_view(&data).to_html().matches("nhsuk-input--error").count()
    };
    assert_eq!(marked(&[], "dob-day"), 3);
    assert_eq!(marked(&[("dob-month", "3"), ("dob-year", "2010")], "dob-day"), 1);
    assert_eq!(marked(&[("dob-day", "31"), ("dob-month", "2"), ("dob-year", "2010")], "dob-day"), 3);
    assert_eq!(marked(&[("dob-day", "1"), ("dob-month", "2"), ("dob-year", "10")], "dob-year"), 1);
}

#[test]
fn what_was_typed_stays_text() {
    for (step, field) in [(Step::Why, "why"), (Step::Access, "access"), (Step::Name, "name"), (Step::School, "school")]
    {
        let mut data = question(step);
        data.values = vec![pair("at-school", "yes"), pair(field, "</textarea>\"><script>alert(1)</script>")];
        let html = question_view(&data).to_html();
        assert!(!html.contains("<script"), "{html}");
        assert!(html.contains("alert(1)"), "{html}");
    }
}

#[test]
fn the_chosen_school_is_still_chosen() {
    let mut data = question(Step::School);
    data.schools = vec![pair("100001", "High School, Leeds"), pair("100002", "High College, York")];
    data.values = vec![pair("at-school", "yes"), pair("school", "High"), pair("school-code", "100002")];
    let checked = |html: &str, value: &str| {
        html.split("<input").any(|input| {
            input
                .split('>')
                .next()
                .is_some_and(|tag| tag.contains(&format!("value=\"{value}\"")) && tag.contains("checked"))
        })
    };
    let html = question_view(&data).to_html();
    assert!(checked(&html, "100002") && !checked(&html, "100001") && !checked(&html, "none"), "{html}");
    data.values[2] = pair("school-not-listed", "yes");
    assert!(checked(&question_view(&data).to_html(), "none"));
}

#[test]
fn going_back_leads_to_where_one_came_from() {
    let mut data = question(Step::School);
    assert!(question_view(&data).to_html().contains("href=\"/apply/WX-7F3K-92QD/name\""));
    data.back = None;
    assert!(question_view(&data).to_html().contains("href=\"/applications\""));
    data.from_check = true;
    assert!(question_view(&data).to_html().contains("href=\"/apply/WX-7F3K-92QD/check\""));
    assert_eq!(data.address(), "/apply/WX-7F3K-92QD/school?from=check");
}
