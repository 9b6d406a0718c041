//! One check of one application: what is known of it, its documents, and what can be said of it.

use chrono::NaiveDate;
use domain::State;
use domain::clearance::{ClearanceCode, ClearanceStatus, Evidence, Problem, Settling, WaiverReason};
use domain::document::DocumentStatus;
use domain::words::{long_date, short_date};
use kit::AppError;
use kit::components::{
    BackLink, Button, ButtonKind, DateInput, Details, ErrorSummary, NotificationBanner, Radios, SummaryList,
    SummaryRow, Textarea,
};
use kit::documents::{FILE_ID, documents_view, file_problem};
use leptos::prelude::*;
use leptos_meta::Title;
use services::clearances::{CheckView, check};
use services::time::london_day;

use crate::applications::pages::letter_view;

/// What was tried and could not be taken: the answer's word, and the date as typed.
#[derive(Debug, Clone, Default)]
pub(super) struct Tried {
    pub(super) status: String,
    pub(super) day: String,
    pub(super) month: String,
    pub(super) year: String,
}

impl Tried {
    /// What is wrong with it, as the record is now.
    fn problem(&self, shown: &CheckView) -> Option<Problem> {
        let status = ClearanceStatus::parse(&self.status)?;
        if !shown.settles || shown.check.status != ClearanceStatus::Requested {
            return None;
        }
        let ready = |documents: &Vec<_>| {
            documents.iter().filter(|d: &&services::clearances::Document| d.status == DocumentStatus::Ready).count()
        };
        let documents = shown.documents.as_ref().map_or(0, ready);
        let settling = Settling { status, because: "", seen_on: date(&self.day, &self.month, &self.year) };
        settling.problem(&shown.check.what, documents, shown.today, shown.about.ends_on)
    }
}

/// The day in three boxes, if it is one.
pub(crate) fn date(day: &str, month: &str, year: &str) -> Option<NaiveDate> {
    let number = |text: &str| text.trim().parse::<u32>().ok();
    NaiveDate::from_ymd_opt(i32::try_from(number(year)?).ok()?, number(month)?, number(day)?)
}

/// One check.
#[component]
pub fn CheckPage() -> impl IntoView {
    let (reference, kind) = (kit::param("reference"), kit::param("kind"));
    let (done, file) = (kit::query("done"), kit::query("file"));
    let tried = Tried {
        status: kit::query("tried"),
        day: kit::query("day"),
        month: kit::query("month"),
        year: kit::query("year"),
    };
    kit::page(async move {
        let ctx = kit::request();
        services::policy::coordinator(&ctx)?;
        let code = ClearanceCode::parse(&kind).ok_or(AppError::NotFound)?;
        let shown = check(&ctx, &reference, &code).await?;
        Ok::<_, AppError>(check_view(&shown, &tried, &done, &file))
    })
}

pub(super) fn check_view(shown: &CheckView, tried: &Tried, done: &str, file: &str) -> AnyView {
    let CheckView { application, about, check, .. } = shown;
    let problem = tried.problem(shown);
    let wrong_file = file_problem(file, shown);
    let mut errors: Vec<(&str, &str)> = wrong_file.into_iter().map(|words| (FILE_ID, words)).collect();
    if let Some(problem) = problem {
        let id = match problem.field {
            "seen" => "seen-day",
            "document" => FILE_ID,
            other => other,
        };
        errors.push((id, problem.words));
    }
    let name = application.answers.get("name").to_owned();
    let heading = format!("{}: {name}", check.label());
    let title = if errors.is_empty() { heading.clone() } else { format!("Error: {heading}") };
    let back = format!("/provider/applications/{}", application.reference);
    let banner = match done {
        "added" => Some("You have added a document"),
        "removed" => Some("You have removed a document"),
        _ => None,
    };
    let file_error = wrong_file.or_else(|| problem.filter(|p| p.field == "document").map(|p| p.words));
    let documents = documents_view(shown, file_error).or_else(|| {
        (check.what.evidence == Evidence::Document).then(|| {
            view! { <p>"You cannot open documents. A colleague who may see sensitive facts, or who sees to this check, can."</p> }.into_any()
        })
    });
    let settle = shown.settles.then(|| settle_view(shown, tried, problem));
    view! {
        <Title text=title />
        <BackLink href=back text=name.clone() />
        <ErrorSummary errors=errors />
        {banner.map(|words| view! { <NotificationBanner success=true heading=words /> })}
        <h1 class="nhsuk-heading-l">
            <span class="nhsuk-caption-l">{format!("{name}, {}", about.title)}</span>
            {check.label().to_owned()}
        </h1>
        <SummaryList rows=facts(shown) />
        {documents}
        {settle}
    }
    .into_any()
}

fn facts(shown: &CheckView) -> Vec<SummaryRow> {
    let CheckView { check, about, .. } = shown;
    let until = check.valid_until.map(|day| format!(", valid until {}", long_date(day))).unwrap_or_default();
    let how_far = match (check.status, &shown.reused_from) {
        (ClearanceStatus::Met, Some(from)) => format!("Already done for the application {from}{until}"),
        (ClearanceStatus::Met, None) => format!("Done{until}"),
        (ClearanceStatus::Requested, _) => "In progress".to_owned(),
        (ClearanceStatus::Waived, _) => format!("Not needed: {}", check.waived_because),
        (ClearanceStatus::NotMet, _) => "Could not be done".to_owned(),
    };
    let mut rows = vec![SummaryRow::new("How far", how_far)];
    if check.status == ClearanceStatus::Requested {
        rows.push(SummaryRow::new("Due by", long_date(check.due_on)));
    }
    if let Some(risk) = shown.risk {
        let mut words = risk.label().to_owned();
        words.replace_range(..1, &words[..1].to_uppercase());
        rows.push(SummaryRow::new("At risk", words));
    }
    rows.push(SummaryRow::new("First and last day", about.dates()));
    rows.push(SummaryRow::new("Does the place wait for it?", if check.mandatory { "Yes" } else { "No" }));
    let owner = &check.what.owner.name;
    let owner = if owner.is_empty() { "Everybody who decides".to_owned() } else { owner.clone() };
    rows.push(SummaryRow::new("Who sees to it", owner));
    if let Some(day) = check.seen_on {
        rows.push(SummaryRow::new("Seen on", long_date(day)));
    }
    if let (Some(who), Some((at, _))) = (&shown.settled_by, check.settled) {
        rows.push(SummaryRow::new("Who said so", format!("{who}, {}", short_date(london_day(at)))));
    }
    rows
}

fn settle_view(shown: &CheckView, tried: &Tried, problem: Option<Problem>) -> AnyView {
    let CheckView { application, check, .. } = shown;
    let form = |status: ClearanceStatus, content: AnyView| settle_form(shown, status, content);
    if check.status != ClearanceStatus::Requested {
        let button = view! { <Button kind=ButtonKind::Secondary>"Set back to in progress"</Button> }.into_any();
        return view! {
            <section class="wex-no-print" aria-labelledby="settle">
                <h2 class="nhsuk-heading-m" id="settle">"Is that wrong?"</h2>
                {form(ClearanceStatus::Requested, button)}
            </section>
        }
        .into_any();
    }
    let of = |field: &str| problem.filter(|problem| problem.field == field).map(|problem| problem.words);
    let name = application.answers.get("name").to_owned();
    let seen = (check.what.evidence == Evidence::Date).then(|| {
        view! {
            <DateInput
                name="seen"
                label="When did you see it?"
                hint="For example, 27 3 2027"
                day=tried.day.clone()
                month=tried.month.clone()
                year=tried.year.clone()
                error=of("seen")
            />
        }
        .into_any()
    });
    // Without a date to type, what is wrong has no box of its own: it stands above the button.
    let too_old = (seen.is_none())
        .then(|| of("seen"))
        .flatten()
        .map(|words| view! { <p class="nhsuk-error-message" id="seen-day">{words}</p> }.into_any());
    let button = view! { <Button>"Mark as done"</Button> }.into_any();
    let done = view! { {seen} {too_old} {button} }.into_any();
    let because = if check.what.health {
        let reasons = WaiverReason::ALL.iter().map(|reason| (reason.as_str(), reason.label())).collect::<Vec<_>>();
        view! {
            <Radios
                name="because"
                label="Why is it not needed?"
                hint="Your name is kept beside it. Nothing about anybody’s health can be written here."
                items=reasons
                error=of("because")
            />
        }
        .into_any()
    } else {
        view! {
            <Textarea
                name="because"
                label="Why is it not needed?"
                hint="Your name is kept beside it. Write nothing about anybody’s health."
                rows=2
                error=of("because")
            />
        }
        .into_any()
    };
    let button = view! { <Button kind=ButtonKind::Secondary>"Record as not needed"</Button> }.into_any();
    let waive = view! { {because} {button} }.into_any();
    let fail = (application.state == State::Accepted).then(|| {
        let letter = shown.letter.as_ref().map(letter_view);
        let ends = format!("This ends the place of {name}. It cannot be taken back. We send them this message:");
        let button = view! { <Button kind=ButtonKind::Warning>{format!("End the place and tell {name}")}</Button> };
        let content = form(ClearanceStatus::NotMet, button.into_any());
        view! {
            <Details summary="It could not be done">
                <p>{ends}</p>
                {letter}
                {content}
            </Details>
        }
        .into_any()
    });
    let (done, waive) = (form(ClearanceStatus::Met, done), form(ClearanceStatus::Waived, waive));
    let open = of("because").is_some();
    let waive = view! { <Details summary="It is not needed" open=open>{waive}</Details> }.into_any();
    view! {
        <section class="wex-no-print" aria-labelledby="settle">
            <h2 class="nhsuk-heading-m" id="settle">"How far is it?"</h2>
            {done}
            {waive}
            {fail}
        </section>
    }
    .into_any()
}

fn settle_form(shown: &CheckView, status: ClearanceStatus, content: AnyView) -> AnyView {
    view! {
        <form method="post" action="/do/provide_settle_clearance" novalidate>
            <input type="hidden" name="reference" value=shown.application.reference.clone() />
            <input type="hidden" name="kind" value=shown.check.code().to_string() />
            <input type="hidden" name="status" value=status.as_str() />
            {content}
        </form>
    }
    .into_any()
}
