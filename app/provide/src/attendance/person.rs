//! One person in the register: the name, what is recorded in words, and the taps.

use domain::attendance::Mark;
use domain::{Role, State};
use kit::components::{Button, ButtonKind, Details, ErrorMessage, Input, Tag, TagColour};
use leptos::prelude::*;
use services::attendance::Person;

use super::register::Shown;

/// What a tap says.
fn tap(mark: Mark) -> &'static str {
    match mark {
        Mark::Came => "Came",
        Mark::Part => "Part of the day",
        Mark::Absent => "Did not come",
    }
}

/// What is recorded, in words; the colour only helps to find it.
fn mark_view(shown: &Shown, one: &Person) -> Option<AnyView> {
    let recorded = one.today.as_ref().and_then(|day| Some((day.mark?, day.minutes)));
    let (words, colour) = match recorded {
        Some((mark, minutes)) => (
            mark.with_time(minutes),
            match mark {
                Mark::Came => TagColour::Green,
                Mark::Part => TagColour::Blue,
                Mark::Absent => TagColour::Orange,
            },
        ),
        None if shown.open() => ("Not recorded".to_owned(), TagColour::Grey),
        None => return None,
    };
    Some(view! { <Tag colour=colour>{words}</Tag> }.into_any())
}

/// A form that records this person's day.
fn form(shown: &Shown, one: &Person, inner: AnyView) -> AnyView {
    view! {
        <form method="post" action="/do/provide_record_day" novalidate>
            <input type="hidden" name="session" value=shown.register.session.id.to_string() />
            <input type="hidden" name="reference" value=one.reference.clone() />
            <input type="hidden" name="day" value=shown.register.day.to_string() />
            <input type="hidden" name="at" value=shown.at />
            {inner}
        </form>
    }
    .into_any()
}

fn button(one: &Person, value: &'static str, words: &'static str) -> AnyView {
    let hidden = format!(": {}", one.name);
    view! {
        <Button kind=ButtonKind::Secondary small=true name="mark" value=value>
            {words}
            <span class="nhsuk-u-visually-hidden">{hidden}</span>
        </Button>
    }
    .into_any()
}

/// How long somebody was there who came for a part of the day. A form of its own: "Enter" in the box presses
/// the first button of a form.
fn part_view(shown: &Shown, one: &Person, mark: Option<Mark>, wrong: bool) -> AnyView {
    let known = one.today.as_ref().and_then(|day| day.minutes).filter(|_| mark == Some(Mark::Part));
    let value = if wrong { shown.day.typed("hours") } else { known.map(typed_hours).unwrap_or_default() };
    let error = if wrong { shown.day.problem("hours") } else { None };
    let hidden = format!(": {}", one.name);
    let words = if mark == Some(Mark::Part) { "Save the hours" } else { "Record a part of the day" };
    let inner = view! {
        <input type="hidden" name="mark" value=Mark::Part.as_str() />
        <Input
            name="hours"
            id=format!("hours-{}", one.reference)
            label="How many hours were they there?"
            hint="For example, 3 or 3.5. Leave it empty if you do not know."
            inputmode="decimal"
            autocomplete="off"
            width=5
            value=value
            error=error
        />
        <Button kind=ButtonKind::Secondary small=true>
            {words}
            <span class="nhsuk-u-visually-hidden">{hidden}</span>
        </Button>
    };
    form(shown, one, inner.into_any())
}

/// Minutes as one types them: "3", "3.5", "3:20".
fn typed_hours(minutes: i64) -> String {
    match minutes % 60 {
        0 => format!("{}", minutes / 60),
        30 => format!("{}.5", minutes / 60),
        rest => format!("{}:{rest:02}", minutes / 60),
    }
}

/// The taps: open while nothing is recorded, behind a line once something is.
fn taps_view(shown: &Shown, one: &Person, wrong: bool) -> Option<AnyView> {
    if !shown.open() || !one.may_change {
        return None;
    }
    let mark = one.today.as_ref().and_then(|day| day.mark);
    let others = [Mark::Came, Mark::Absent].into_iter().filter(|choice| Some(*choice) != mark);
    let taps: Vec<AnyView> = others.map(|choice| button(one, choice.as_str(), tap(choice))).collect();
    let undo = (mark.is_some() && one.state == State::Confirmed).then(|| button(one, "", "Take it back"));
    let taps = form(shown, one, view! { <div class="wex-register__taps">{taps} {undo}</div> }.into_any());
    let hours = wrong && shown.day.problem("hours").is_some();
    let part = part_view(shown, one, mark, wrong);
    Some(if mark.is_some() {
        let summary = format!("Change {}’s day", one.name);
        let or = (mark != Some(Mark::Part)).then(|| view! { <p>"Or they came for a part of the day:"</p> });
        view! { <Details summary=summary open=wrong>{taps} {or} {part}</Details> }.into_any()
    } else {
        view! {
            {taps}
            <Details summary=tap(Mark::Part) open=hours>
                {part}
            </Details>
        }
        .into_any()
    })
}

pub(super) fn person_view(shown: &Shown, one: &Person) -> AnyView {
    let wrong = shown.day.typed("reference") == one.reference && !shown.day.problems.is_empty();
    // What is wrong with the hours stands at their box.
    let problem = shown.day.problems.iter().find(|problem| wrong && problem.field != "hours").map(|problem| {
        let words = problem.message.clone();
        view! { <ErrorMessage>{words}</ErrorMessage> }
    });
    let access = one.access.as_ref().map(|text| {
        let text = text.clone();
        view! {
            <div class="wex-register__access">
                <p>"What would help them:"</p>
                <p class="wex-own-words">{text}</p>
            </div>
        }
    });
    let asks = one.asks.then(|| {
        view! {
            <Tag colour=TagColour::Red>"Says that a day is wrong"</Tag>
        }
    });
    let change = (shown.register.role == Role::Coordinator && shown.at == "provider").then(|| {
        let href = format!("/provider/sessions/{}/attendance/{}", shown.register.session.id, one.reference);
        view! {
            <p class="wex-no-print">
                <a href=href>
                    "Every day, and changes"
                    <span class="nhsuk-u-visually-hidden">{format!(": {}", one.name)}</span>
                </a>
            </p>
        }
    });
    let taps = taps_view(shown, one, wrong).map(|taps| view! { <div class="wex-no-print">{taps}</div> });
    view! {
        <li class="wex-register__person" id=one.reference.clone()>
            <div class="wex-register__head">
                <h2 class="nhsuk-heading-s">{one.name.clone()}</h2>
                {mark_view(shown, one)}
                {asks}
            </div>
            {problem}
            {access}
            {taps}
            {change}
        </li>
    }
    .into_any()
}
