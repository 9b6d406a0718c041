//! Cancelling one place, a session, or a department's dates: why, who is told what, and what was done.

use domain::State;
use domain::cancelling::CancelReason;
use domain::places::FreedPlace;
use domain::words::{count, long_date};
use kit::AppError;
use kit::components::{
    BackLink, Button, ButtonKind, Cell, CharacterCount, Choice, Column, DateInput, Details, ErrorSummary, Limit, Panel,
    Radios, Size, Table, WarningCallout,
};
use leptos::prelude::*;
use leptos_meta::Title;
use services::cancelling::{Cancellation, LONGEST_NOTE, Person, Plan, plan};
use services::time::london_day;

use crate::applications::pages::letter_view;

/// Cancels one accepted or confirmed place.
#[component]
pub fn CancelApplicationPage() -> impl IntoView {
    cancel_page("application", kit::param("reference"))
}

/// Cancels a session.
#[component]
pub fn CancelSessionPage() -> impl IntoView {
    cancel_page("session", kit::param("id"))
}

/// Cancels a department's dates between two days.
#[component]
pub fn CancelDepartmentPage() -> impl IntoView {
    cancel_page("department", kit::param("id"))
}

/// Where one is: what kind of thing, and which.
#[derive(Debug, Clone)]
struct At {
    scope: &'static str,
    id: String,
}

impl At {
    /// The page that one came from, and its name.
    fn back(&self, plan: &Plan) -> (String, String) {
        match self.scope {
            "application" => (format!("/provider/applications/{}", kit::urlencode(&self.id)), plan.what.clone()),
            "department" => ("/provider/departments".to_owned(), "Your departments".to_owned()),
            _ => (format!("/provider/sessions/{}", kit::urlencode(&self.id)), "These dates".to_owned()),
        }
    }
    /// What the page is for.
    fn question(&self, plan: &Plan) -> String {
        match self.scope {
            "application" => format!("Cancel the place of {}", plan.what),
            "department" => format!("Cancel dates of {}", plan.what),
            _ => "Cancel these dates".to_owned(),
        }
    }
}

fn cancel_page(scope: &'static str, id: String) -> AnyView {
    let (begun, change, problem) = (kit::query("plan"), kit::query("change"), kit::query("problem"));
    kit::page(async move {
        let ctx = kit::request();
        let plan = plan(&ctx, scope, &id, &begun).await?;
        let id = if scope == "application" { domain::reference::tidy_reference(&id) } else { id };
        let at = At { scope, id };
        Ok::<_, AppError>(page_view(&at, &plan, !change.is_empty(), problem == "changed"))
    })
}

fn page_view(at: &At, plan: &Plan, change: bool, changed: bool) -> AnyView {
    let (href, text) = at.back(plan);
    let done = plan.cancellation.as_ref().filter(|cancellation| cancellation.done.is_some());
    let department = at.scope == "department";
    let wrong = !plan.problems.is_empty() || department && plan.cannot.is_some();
    let title = match done {
        Some(_) => "Cancelled".to_owned(),
        None if wrong => format!("Error: {}", at.question(plan)),
        None => at.question(plan),
    };
    let body = match (done, &plan.cannot) {
        (Some(cancellation), _) => done_view(at, plan, cancellation),
        (None, Some(words)) if !department => {
            let words = words.clone();
            view! {
                <h1 class="nhsuk-heading-l">"Nothing to cancel"</h1>
                <p>{words}</p>
            }
            .into_any()
        }
        _ if plan.cancellation.is_none() || wrong || change => form_view(at, plan),
        _ => preview_view(at, plan, changed),
    };
    view! {
        <Title text=title />
        <BackLink href=href text=text />
        {body}
    }
    .into_any()
}

/// "A week with Pharmacy, 5 to 9 July 2027": what it is about.
fn about_view(at: &At, plan: &Plan) -> Option<AnyView> {
    let about = plan.sessions.first().filter(|_| at.scope != "department")?;
    let words = format!("{}, {}", about.title, about.dates());
    Some(view! { <span class="nhsuk-caption-l">{words}</span> }.into_any())
}

/// What can become of a freed place. The only place of a session cannot go away.
fn place_choices(capacity: i64) -> Vec<Choice> {
    let next = Choice::new(FreedPlace::Next.as_str(), "Offer it to the next person on the waiting list")
        .hint("If nobody is waiting, others can apply for it");
    let fewer = (capacity > 1).then(|| {
        let left = count(capacity - 1, "place is", "places are");
        Choice::new(FreedPlace::Fewer.as_str(), format!("Take it away: {left} left"))
    });
    [next].into_iter().chain(fewer).collect()
}

fn form_view(at: &At, plan: &Plan) -> AnyView {
    let typed = |name: &str| {
        plan.cancellation.as_ref().and_then(|cancellation| cancellation.typed.get(name).cloned()).unwrap_or_default()
    };
    let mut problems = plan.problems.clone();
    problems.extend(plan.cannot.clone().map(|words| ("from-day", words)));
    let error = |field: &str| problems.iter().find(|(at, _)| *at == field).map(|(_, words)| words.clone());
    let (from_error, to_error) = (error("from-day"), error("to-day"));
    let (reason_error, note_error, place_error) = (error("reason"), error("note"), error("place"));
    let days = (at.scope == "department").then(|| {
        view! {
            <DateInput
                name="from"
                label="First day that is cancelled"
                label_size=Size::M
                hint="For example, 27 3 2027"
                day=typed("from_day")
                month=typed("from_month")
                year=typed("from_year")
                error=from_error
            />
            <DateInput
                name="to"
                label="Last day that is cancelled"
                label_size=Size::M
                hint="Dates of the department that touch these days are cancelled as a whole."
                day=typed("to_day")
                month=typed("to_month")
                year=typed("to_year")
                error=to_error
            />
        }
        .into_any()
    });
    let place = plan.sessions.first().filter(|_| at.scope == "application").map(|about| {
        let items = place_choices(about.capacity);
        let label = "What happens to the place?";
        view! { <Radios name="place" label=label label_size=Size::M items=items value=typed("place") error=place_error /> }
            .into_any()
    });
    let reasons: Vec<Choice> = CancelReason::ALL
        .iter()
        .map(|reason| {
            Choice::new(reason.as_str(), reason.label()).hint(match reason {
                CancelReason::Other => "They read your own words too".to_owned(),
                reason => format!("They read: {}", reason.in_words()),
            })
        })
        .collect();
    let begun = plan.cancellation.as_ref().map(|cancellation| cancellation.id.to_string()).unwrap_or_default();
    let (scope, id, question) = (at.scope, at.id.clone(), at.question(plan));
    let about = about_view(at, plan);
    let limit = Limit::Characters(u32::try_from(LONGEST_NOTE).unwrap_or(u32::MAX));
    view! {
        <ErrorSummary errors=problems />
        <h1 class="nhsuk-heading-l">{about} {question}</h1>
        <p>"Nothing is cancelled yet. Next you see who is told, and every message word for word."</p>
        <form method="post" action="/do/provide_plan_cancellation" novalidate>
            <input type="hidden" name="scope" value=scope />
            <input type="hidden" name="id" value=id />
            <input type="hidden" name="plan" value=begun />
            {days}
            {place}
            <Radios name="reason" label="Why" label_size=Size::M items=reasons value=typed("reason") error=reason_error />
            <CharacterCount
                name="note"
                label="In your own words (optional)"
                label_size=Size::M
                hint="Everybody reads this, parents and carers too. Write nothing about anybody’s health."
                limit=limit
                rows=4
                value=typed("note")
                error=note_error
            />
            <Button>"See who is told"</Button>
        </form>
    }
    .into_any()
}

/// What it means for somebody, in the coordinator's words.
fn becomes(person: &Person) -> String {
    person
        .applications
        .iter()
        .filter(|(application, _)| application.state != State::Draft)
        .map(|(application, about)| {
            let then = match application.state {
                State::Accepted | State::Confirmed => "place cancelled",
                State::Offered => "offer taken back",
                _ => "application closed",
            };
            let now = application.state.in_words();
            format!("{}, {}: {now}, becomes {then}", application.reference, about.dates())
        })
        .collect::<Vec<_>>()
        .join(". ")
}

fn number(n: usize) -> i64 {
    i64::try_from(n).unwrap_or(i64::MAX)
}

/// The dates of a department that are cancelled, each with its people.
fn sessions_view(plan: &Plan) -> AnyView {
    let rows: Vec<Vec<Cell>> = plan
        .sessions
        .iter()
        .map(|about| {
            let sent = plan
                .people
                .iter()
                .flat_map(|person| &person.applications)
                .filter(|(application, of)| of.session == about.session && application.state != State::Draft)
                .count();
            vec![
                about.title.clone().into(),
                about.dates().into(),
                about.held.to_string().into(),
                sent.to_string().into(),
            ]
        })
        .collect();
    let columns =
        vec![Column::new("What"), Column::new("When"), Column::new("Places held"), Column::new("People under way")];
    view! { <Table caption="Dates that are cancelled" columns=columns rows=rows /> }.into_any()
}

/// Everybody who is told, what it means for them, and how they hear.
fn people_view(plan: &Plan) -> AnyView {
    if plan.people.is_empty() {
        return view! { <p>"Nobody has sent an application."</p> }.into_any();
    }
    let rows: Vec<Vec<Cell>> = plan
        .people
        .iter()
        .map(|person| {
            let mut by = vec!["Email"];
            if person.text.is_some() {
                by.push("text message");
            }
            if !person.carers.is_empty() {
                by.push("email to their parent or carer");
            }
            vec![person.name.clone().into(), becomes(person).into(), by.join(", ").into()]
        })
        .collect();
    let columns = vec![Column::new("Who"), Column::new("What happens"), Column::new("Told by")];
    view! { <Table caption="Who is told" columns=columns rows=rows /> }.into_any()
}

fn preview_view(at: &At, plan: &Plan, changed: bool) -> AnyView {
    let places = number(plan.people.iter().filter(|person| person.holds_place()).count());
    let (people, drafts) = (number(plan.people.len()), number(plan.drafts));
    let sessions = (at.scope == "department").then(|| sessions_view(plan));
    let first = (places > 0).then(|| {
        let words = format!(
            "{} a place. They go first on waiting lists until they accept another place.",
            count(places, "person loses", "people lose")
        );
        view! { <p>{words}</p> }.into_any()
    });
    let table = people_view(plan);
    let letters = plan.people.iter().map(letters_view).collect_view();
    let draft = plan.draft_message.as_ref().map(|letter| {
        let words = format!(
            "{} begun and not sent. We tell these people too. Their names are not shown to you.",
            count(drafts, "application was", "applications were")
        );
        let letter = letter_view(letter);
        view! {
            <p>{words}</p>
            <Details summary="Message to people who had not sent their application">{letter}</Details>
        }
        .into_any()
    });
    let supervisors = plan
        .supervisors
        .iter()
        .map(|supervisor| {
            let letter = letter_view(&supervisor.letter.letter);
            view! { <Details summary=format!("Message to {}, who supervises", supervisor.name)>{letter}</Details> }
        })
        .collect_view();
    let button = match (at.scope, people + drafts) {
        ("application", _) => format!("Cancel the place of {}", plan.what),
        (_, 0) => "Cancel these dates".to_owned(),
        (_, told) => format!("Cancel these dates and tell {}", count(told, "person", "people")),
    };
    let begun = plan.cancellation.as_ref().map(|cancellation| cancellation.id.to_string()).unwrap_or_default();
    let again = super::address(at.scope, &at.id, &format!("plan={begun}&change=1"));
    let (scope, id, fingerprint) = (at.scope, at.id.clone(), plan.fingerprint.clone());
    let (about, question) = (about_view(at, plan), at.question(plan));
    let then = match (plan.freed, plan.sessions.first()) {
        (Some(FreedPlace::Next), _) => {
            "The place is free again. If somebody is on the waiting list, we offer it to them at once.".to_owned()
        }
        (Some(FreedPlace::Fewer), Some(about)) => {
            format!("These dates have {} after that.", count((about.capacity - 1).max(1), "place", "places"))
        }
        _ => "Nobody from a waiting list takes these places.".to_owned(),
    };
    let messages =
        (people + drafts > 0).then(|| view! { <h2 class="nhsuk-heading-m">"The messages, word for word"</h2> });
    view! {
        {changed
            .then(|| {
                view! {
                    <WarningCallout heading="Read it again" level=2>
                        <p>"Nothing was cancelled. Who is told, or what they read, has changed since you looked."</p>
                    </WarningCallout>
                }
            })}
        <h1 class="nhsuk-heading-l">{about} {question}</h1>
        {sessions}
        {first}
        {table}
        {messages}
        {letters}
        {draft}
        {supervisors}
        <p>
            <a href=again>"Change the reason or your words"</a>
        </p>
        <WarningCallout heading="This cannot be taken back" level=2>
            <p>{format!("The messages go out at once. {then}")}</p>
        </WarningCallout>
        <form method="post" action="/do/provide_cancel">
            <input type="hidden" name="scope" value=scope />
            <input type="hidden" name="id" value=id />
            <input type="hidden" name="plan" value=begun />
            <input type="hidden" name="fingerprint" value=fingerprint />
            <Button kind=ButtonKind::Warning prevent_double_click=true>{button}</Button>
        </form>
    }
    .into_any()
}

fn letters_view(person: &Person) -> AnyView {
    let letter = letter_view(&person.letter.letter);
    let carers = person
        .carers
        .iter()
        .map(|carer| {
            let letter = letter_view(&carer.letter);
            view! {
                <p>"To their parent or carer:"</p>
                {letter}
            }
        })
        .collect_view();
    let text = person.text.as_ref().map(|(_, words)| {
        let words = words.clone();
        view! {
            <p>"By text message:"</p>
            <div class="wex-letter">
                <div class="wex-letter__text">{words}</div>
            </div>
        }
    });
    view! { <Details summary=format!("Messages to {}", person.name)>{letter} {text} {carers}</Details> }.into_any()
}

fn done_view(at: &At, plan: &Plan, cancellation: &Cancellation) -> AnyView {
    let told = match cancellation.told {
        0 => "Nobody had applied, so nobody had to be told.".to_owned(),
        n => format!("We have told {}.", count(n, "person", "people")),
    };
    let when = cancellation.done.map(|(_, at)| format!("Cancelled on {}.", long_date(london_day(at))));
    let reason = cancellation.reason.map(|reason| format!(" Reason: {}", reason.in_words()));
    let note = (!cancellation.note.is_empty()).then(|| {
        let words = format!("Your words: {}", cancellation.note);
        view! { <p class="wex-written">{words}</p> }
    });
    let dates = plan
        .sessions
        .iter()
        .map(|about| view! { <li>{format!("{}, {}", about.title, about.dates())}</li> })
        .collect_view();
    let heading = if at.scope == "application" { "Place cancelled" } else { "Dates cancelled" };
    let (href, text) = at.back(plan);
    view! {
        <Panel heading=heading>
            <p>{told}</p>
        </Panel>
        <ul class="nhsuk-list nhsuk-list--bullet">{dates}</ul>
        <p>{when} {reason}</p>
        {note}
        <p>
            <a href=href>{text}</a>
        </p>
        <p>
            <a href="/provider/applications">"Your applications"</a>
        </p>
    }
    .into_any()
}
