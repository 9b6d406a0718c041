//! Letters about the days themselves: who comes, and what was recorded. Reasons stay on the pages: they
//! may say why somebody was ill.

use chrono::NaiveDate;
use domain::State;
use domain::words::long_date;

use super::{Facts, para};
use crate::messages::{Letter, Part};

/// To a department's supervisor: somebody is coming.
#[must_use]
pub fn joining_host(facts: &Facts<'_>, host: &str) -> Letter {
    let about = facts.about;
    let mut points = vec![format!("When: {}", about.dates())];
    points.extend(about.times().map(|times| format!("Each day: {times}")));
    points.extend(about.place().map(|place| format!("Where: {place}")));
    Letter {
        subject: format!("Somebody is coming: {}", about.title),
        parts: vec![
            para(format!("Hello {host}")),
            para(format!("{} has a confirmed place: {}.", facts.name, about.title)),
            Part::List(points),
            Part::Link {
                label: "See who is coming".into(),
                url: format!("{}/supervisor/sessions/{}", facts.base_url, about.session),
            },
            para(format!("The reference is {}.", facts.reference)),
        ],
    }
}

/// To the learner: what was recorded, where it was not every day.
#[must_use]
pub fn attendance_recorded(facts: &Facts<'_>, outcome: State) -> Letter {
    let said = if outcome == State::PartlyAttended { "you came on some days" } else { "you did not come" };
    facts.letter(
        "Your attendance was recorded",
        vec![
            para(format!("{} recorded that {said}: {}.", facts.about.organisation_name, facts.what())),
            para("If that is wrong, tell us on your page."),
            facts.own_page("See each day, or say that it is wrong"),
        ],
    )
}

/// To the learner: what was recorded was changed.
#[must_use]
pub fn attendance_amended(facts: &Facts<'_>) -> Letter {
    facts.letter(
        "Your attendance was changed",
        vec![
            para(format!("{} changed what it recorded: {}.", facts.about.organisation_name, facts.what())),
            para("Your page shows each day, and why it was changed."),
            facts.own_page("See each day"),
        ],
    )
}

/// To the learner: a coordinator has looked at it and left it as it was.
#[must_use]
pub fn attendance_kept(facts: &Facts<'_>) -> Letter {
    facts.letter(
        "An answer about your attendance",
        vec![
            para(format!(
                "You said that your attendance is wrong. {} has looked at it: {}.",
                facts.about.organisation_name,
                facts.what()
            )),
            facts.own_page("Read the answer"),
        ],
    )
}

/// To coordinators: a learner says that their attendance is wrong. No names, and not what they wrote.
#[must_use]
pub fn attendance_question(facts: &Facts<'_>) -> Letter {
    Letter {
        subject: format!("Is this attendance right? {}", facts.about.title),
        parts: vec![
            para(format!("The learner of application {} says that their attendance is wrong.", facts.reference)),
            Part::Link {
                label: "Read what they say, and answer".into(),
                url: format!(
                    "{}/provider/sessions/{}/attendance/{}",
                    facts.base_url, facts.about.session, facts.reference
                ),
            },
        ],
    }
}

/// To who records attendance: days have passed that nobody recorded.
#[must_use]
pub fn attendance_due(title: &str, days: &[NaiveDate], host: &str, page: &str) -> Letter {
    Letter {
        subject: format!("Who came? {title}"),
        parts: vec![
            para(format!("Hello {host}")),
            para(format!("These days of {title} are not recorded yet:")),
            Part::List(days.iter().map(|day| long_date(*day)).collect()),
            para("Learners wait for it: their certificate is made from what you record."),
            Part::Link { label: "Record who came".into(), url: page.to_owned() },
        ],
    }
}

/// To somebody whom a coordinator made a supervisor. The link is for those who have no password yet.
#[must_use]
pub fn supervisor_invited(name: &str, department: &str, organisation: &str, link: &str, is_new: bool) -> Letter {
    let mut parts = vec![
        para(format!("Hello {name}")),
        para(format!("You are now a supervisor for {department} at {organisation}.")),
        para("You see who is coming to your department, and record who came on each day."),
    ];
    if is_new {
        parts.push(Part::Link { label: "Choose a password and begin".into(), url: link.to_owned() });
        parts.push(para("The link works once, within 7 days. It is for you alone."));
    } else {
        parts.push(Part::Link { label: "See your sessions".into(), url: link.to_owned() });
    }
    Letter { subject: format!("You are a supervisor for {department}"), parts }
}

#[cfg(test)]
pub(super) fn samples(s: &super::samples::Given<'_>) -> Vec<(&'static str, Letter)> {
    let page = "https://wex.example/supervisor/sessions/3";
    vec![
        ("joining_host", joining_host(&s.facts, "Sam")),
        ("attendance_recorded", attendance_recorded(&s.facts, State::PartlyAttended)),
        ("attendance_recorded", attendance_recorded(&s.facts, State::DidNotAttend)),
        ("attendance_amended", attendance_amended(&s.facts)),
        ("attendance_kept", attendance_kept(&s.facts)),
        ("attendance_question", attendance_question(&s.facts)),
        ("attendance_due", attendance_due(s.title, &[s.day], "Sam", page)),
        ("supervisor_invited", supervisor_invited("Sam", "A week with Pharmacy", "Aire Valley NHS Trust", page, true)),
        ("supervisor_invited", supervisor_invited("Sam", "A week with Pharmacy", "Aire Valley NHS Trust", page, false)),
    ]
}
