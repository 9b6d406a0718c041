//! New dates for a session: what they are, who is told what, and what people answered.

use domain::State;
use domain::cancelling::CancelReason;
use domain::words::{count, date_range, long_date};
use kit::AppError;
use kit::components::{
    BackLink, Button, Cell, CharacterCount, Choice, Column, DateInput, Details, ErrorSummary, Limit, Size, Table,
    WarningCallout,
};
use leptos::prelude::*;
use leptos_meta::Title;
use services::cancelling::LONGEST_NOTE;
use services::new_dates::{DateChange, Fate, Plan, Proposal, plan};

use crate::applications::pages::letter_view;

/// Proposes new dates for a session, and then shows who has answered.
#[component]
pub fn SessionDatesPage() -> impl IntoView {
    let (id, begun) = (kit::param("id"), kit::query("plan"));
    let (change, problem) = (kit::query("change"), kit::query("problem"));
    kit::page(async move {
        let ctx = kit::request();
        let plan = plan(&ctx, &id, &begun).await?;
        Ok::<_, AppError>(page_view(&plan, !change.is_empty(), problem == "changed"))
    })
}

/// The address of this page for a session.
pub(super) fn address(session: &str, query: &str) -> String {
    let mark = if query.is_empty() { "" } else { "?" };
    format!("/provider/sessions/{}/dates{mark}{query}", kit::urlencode(session))
}

fn page_view(plan: &Plan, change: bool, changed: bool) -> AnyView {
    let session = plan.about.session.to_string();
    let proposed = plan.change.as_ref().filter(|change| change.proposed.is_some());
    let (title, body) = match (proposed, &plan.cannot, &plan.proposal) {
        (Some(change), ..) => ("New dates: answers".to_owned(), answers_view(plan, change)),
        (None, Some(words), _) => {
            let words = words.clone();
            let body = view! {
                <h1 class="nhsuk-heading-l">"These dates cannot be changed"</h1>
                <p>{words}</p>
            }
            .into_any();
            ("These dates cannot be changed".to_owned(), body)
        }
        (None, None, Some(proposal)) if !change => {
            ("Propose new dates".to_owned(), preview_view(plan, proposal, changed))
        }
        _ => {
            let error = if plan.problems.is_empty() { "" } else { "Error: " };
            (format!("{error}Propose new dates"), form_view(plan))
        }
    };
    view! {
        <Title text=title />
        <BackLink href=format!("/provider/sessions/{session}") text="These dates" />
        {body}
    }
    .into_any()
}

fn caption(plan: &Plan) -> AnyView {
    let words = format!("{}, {}", plan.about.title, plan.about.dates());
    view! { <span class="nhsuk-caption-l">{words}</span> }.into_any()
}

fn form_view(plan: &Plan) -> AnyView {
    let typed =
        |name: &str| plan.change.as_ref().and_then(|change| change.typed.get(name).cloned()).unwrap_or_default();
    let problems = plan.problems.clone();
    let error = |field: &str| problems.iter().find(|(at, _)| *at == field).map(|(_, words)| words.clone());
    let date = |name: &'static str, label: &'static str, hint: &'static str| {
        let of = |part: &str| typed(&format!("{name}_{part}"));
        view! {
            <DateInput
                name=name
                label=label
                label_size=Size::M
                hint=hint
                day=of("day")
                month=of("month")
                year=of("year")
                error=error(&format!("{name}-day"))
            />
        }
        .into_any()
    };
    let from = date("from", "New first day", "For example, 27 3 2027. The daily times stay as they are.");
    let to = date("to", "New last day", "The same as the first day if it lasts one day.");
    let by = date(
        "by",
        "Last day for an answer",
        "Whoever has a place is asked. Who has not answered by then loses it, with priority elsewhere.",
    );
    let reasons: Vec<Choice> = CancelReason::ALL
        .iter()
        .map(|reason| Choice::new(reason.as_str(), reason.label()).hint(format!("They read: {}", reason.in_words())))
        .collect();
    let (reason_error, note_error) = (error("reason"), error("note"));
    let begun = plan.change.as_ref().map(|change| change.id.to_string()).unwrap_or_default();
    let limit = Limit::Characters(u32::try_from(LONGEST_NOTE).unwrap_or(u32::MAX));
    let session = plan.about.session.to_string();
    view! {
        <ErrorSummary errors=problems />
        <h1 class="nhsuk-heading-l">{caption(plan)} "Propose new dates"</h1>
        <p>"Nothing changes yet. Next you see who is told, and every message word for word."</p>
        <form method="post" action="/do/provide_plan_dates" novalidate>
            <input type="hidden" name="session" value=session />
            <input type="hidden" name="plan" value=begun />
            {from}
            {to}
            {by}
            <kit::components::Radios
                name="reason"
                label="Why"
                label_size=Size::M
                items=reasons
                value=typed("reason")
                error=reason_error
            />
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

fn name(application: &services::applications::Application) -> String {
    let name = application.answers.get("name");
    if name.is_empty() { "This learner".to_owned() } else { name.to_owned() }
}

fn preview_view(plan: &Plan, proposal: &Proposal, changed: bool) -> AnyView {
    let rows: Vec<Vec<Cell>> = plan
        .told
        .iter()
        .map(|told| {
            let what = match &told.fate {
                Fate::Asked => "Is asked, and keeps the place when they say yes".to_owned(),
                Fate::OfferMoves(by) => format!("The offer is for the new dates, to be answered by {}", long_date(*by)),
                Fate::Moves => "The application goes on with the new dates".to_owned(),
                Fate::DoesNotFit(why) => format!("Cannot go on. They read: {why}"),
            };
            let stands = told.application.state.in_words();
            vec![name(&told.application).into(), stands.into(), what.into()]
        })
        .collect();
    let table = if rows.is_empty() {
        view! { <p>"Nobody has sent an application, so nobody is asked."</p> }.into_any()
    } else {
        let columns = vec![Column::new("Who"), Column::new("Now"), Column::new("What happens")];
        view! { <Table caption="Who is told" columns=columns rows=rows /> }.into_any()
    };
    let letters = plan
        .told
        .iter()
        .map(|told| {
            let letter = letter_view(&told.letter);
            view! { <Details summary=format!("Email to {}", name(&told.application))>{letter}</Details> }
        })
        .collect_view();
    let drafts = (plan.drafts > 0).then(|| {
        let words = format!(
            "{} begun and not sent. It goes on with the new dates, and they are told.",
            count(i64::try_from(plan.drafts).unwrap_or(i64::MAX), "application was", "applications were")
        );
        view! { <p>{words}</p> }
    });
    let dates = date_range(proposal.starts_on, proposal.ends_on);
    let begun = plan.change.as_ref().map(|change| change.id.to_string()).unwrap_or_default();
    let session = plan.about.session.to_string();
    let again = address(&session, &format!("plan={begun}&change=1"));
    let fingerprint = plan.fingerprint.clone();
    view! {
        {changed
            .then(|| {
                view! {
                    <WarningCallout heading="Read it again" level=2>
                        <p>"Nothing was sent. Who is told, or what they read, has changed since you looked."</p>
                    </WarningCallout>
                }
            })}
        <h1 class="nhsuk-heading-l">{caption(plan)} {format!("New dates: {dates}")}</h1>
        <p>{format!("People with a place answer by {}.", long_date(proposal.answer_by))}</p>
        <p>"A parent or carer who agreed to the old dates is asked again. They get a copy of each email."</p>
        {table}
        {drafts}
        {letters}
        <p>
            <a href=again>"Change the dates or your words"</a>
        </p>
        <WarningCallout heading="This cannot be taken back" level=2>
            <p>"The old dates are closed at once. Until people have answered, no other place is offered."</p>
        </WarningCallout>
        <form method="post" action="/do/provide_propose_dates">
            <input type="hidden" name="session" value=session />
            <input type="hidden" name="plan" value=begun />
            <input type="hidden" name="fingerprint" value=fingerprint />
            <Button prevent_double_click=true>"Propose these dates"</Button>
        </form>
    }
    .into_any()
}

fn answers_view(plan: &Plan, change: &DateChange) -> AnyView {
    let over = change.finished_at.is_some();
    let rows: Vec<Vec<Cell>> = plan
        .answers
        .iter()
        .map(|(application, answer)| {
            let said = match (answer.as_deref(), application.state) {
                (Some("yes"), _) => "Yes, comes on the new dates",
                (Some("no"), _) => "No, cannot come",
                (Some(_), _) => "Did not answer in time",
                (None, State::Accepted | State::Confirmed) if !over => "Has not answered yet",
                (None, _) => "Is not in it any more",
            };
            let href = format!("/provider/applications/{}", application.reference);
            let who = name(application);
            vec![Cell::new(view! { <a href=href>{who}</a> }), said.into()]
        })
        .collect();
    let table = if rows.is_empty() {
        view! { <p>"Nobody had a place, so nobody was asked."</p> }.into_any()
    } else {
        view! { <Table caption="Answers" columns=vec![Column::new("Who"), Column::new("Answer")] rows=rows /> }
            .into_any()
    };
    let by = change.answer_by.filter(|_| !over).map(|by| {
        let words = format!("They answer by {}. Until then no other place is offered.", long_date(by));
        view! { <p>{words}</p> }
    });
    let link = change.new.map(|new| {
        let href = format!("/provider/sessions/{new}");
        view! {
            <p>
                <a href=href>"See the new dates"</a>
            </p>
        }
    });
    let heading = if over { "Everybody has been asked" } else { "People are asked about the new dates" };
    view! {
        <h1 class="nhsuk-heading-l">{caption(plan)} {heading}</h1>
        {by}
        {table}
        {link}
    }
    .into_any()
}
