//! A check, as the learner sees it: what it means, how far it is, and the document that it may need.

use domain::clearance::{ClearanceCode, ClearanceStatus, Evidence};
use domain::words::long_date;
use kit::AppError;
use kit::components::{BackLink, ErrorSummary, NotificationBanner, SummaryList, SummaryRow};
use kit::documents::{FILE_ID, documents_view, file_problem};
use leptos::prelude::*;
use leptos_meta::Title;
use services::applications::{Clearance, Tracker};
use services::clearances::{CheckView, own_check};

/// One check of one's own application.
#[component]
pub fn CheckDetailPage() -> impl IntoView {
    let (reference, kind) = (kit::param("reference"), kit::param("kind"));
    let (done, file) = (kit::query("done"), kit::query("file"));
    kit::page(async move {
        let ctx = kit::request();
        services::policy::learner(&ctx)?;
        let code = ClearanceCode::parse(&kind).ok_or(AppError::NotFound)?;
        let check = own_check(&ctx, &reference, &code).await?;
        Ok::<_, AppError>(check_view(&check, &done, &file))
    })
}

fn check_view(shown: &CheckView, done: &str, file: &str) -> AnyView {
    let CheckView { application, about, check, .. } = shown;
    let problem = file_problem(file, shown);
    let errors: Vec<(&str, &str)> = problem.into_iter().map(|words| (FILE_ID, words)).collect();
    let title = if problem.is_some() { format!("Error: {}", check.label()) } else { check.label().to_owned() };
    let back = format!("/applications/{}", application.reference);
    let banner = match done {
        "added" => Some("You have added a document"),
        "removed" => Some("You have removed a document"),
        _ => None,
    };
    let your_turn = (shown.takes_documents && shown.documents.as_ref().is_some_and(Vec::is_empty))
        .then(|| view! { <p><strong>"Your turn: add the document below."</strong></p> });
    view! {
        <Title text=title />
        <BackLink href=back text="Your application" />
        <ErrorSummary errors=errors />
        {banner.map(|words| view! { <NotificationBanner success=true heading=words /> })}
        <h1 class="nhsuk-heading-l">
            <span class="nhsuk-caption-l">{about.title.clone()}</span>
            {check.label().to_owned()}
        </h1>
        <p class="wex-written">{check.what.explanation.clone()}</p>
        {your_turn}
        <SummaryList rows=facts(shown) />
        {documents_view(shown, problem)}
    }
    .into_any()
}

fn facts(shown: &CheckView) -> Vec<SummaryRow> {
    let CheckView { check, .. } = shown;
    let mut rows = vec![SummaryRow::new("How far it is", how_far(check))];
    if check.status == ClearanceStatus::Requested {
        rows.push(SummaryRow::new("To be done by", long_date(check.due_on)));
    }
    if let Some(risk) = shown.risk {
        rows.push(SummaryRow::new("Please note", format!("{}.", risk.kindly())));
    }
    let waits = if check.mandatory { "Yes, until it is done" } else { "No" };
    rows.push(SummaryRow::new("Does your place wait for it?", waits));
    if check.status == ClearanceStatus::Requested && check.what.evidence == Evidence::Date {
        rows.push(SummaryRow::new("What you do", "The provider tells you what to show them, and when."));
    }
    rows
}

/// "Already done, valid until 1 March 2028", and the other states.
pub(crate) fn how_far(check: &Clearance) -> String {
    let until = check.valid_until.map(|day| format!(", valid until {}", long_date(day))).unwrap_or_default();
    match (check.status, check.reused_from) {
        (ClearanceStatus::Met, Some(_)) => format!("Already done for an earlier placement{until}"),
        (ClearanceStatus::Met, None) => format!("Done{until}"),
        (ClearanceStatus::Requested, _) => "In progress".to_owned(),
        (ClearanceStatus::Waived, _) => "Not needed".to_owned(),
        (ClearanceStatus::NotMet, _) => "Could not be done".to_owned(),
    }
}

/// On the application's page: a link to each check, those that need a document from the learner first.
pub(crate) fn links_view(tracker: &Tracker) -> Option<AnyView> {
    if !tracker.application.state.is_live() || tracker.clearances.is_empty() {
        return None;
    }
    let needs = |check: &&Clearance| services::documents::takes_documents(tracker.application.state, check);
    let (mine, others): (Vec<_>, Vec<_>) = tracker.clearances.iter().partition(needs);
    let link = |check: &Clearance, words: String| {
        let href = format!("/applications/{}/checks/{}", tracker.application.reference, check.code());
        view! { <li><a href=href>{words}</a></li> }.into_any()
    };
    let items: Vec<AnyView> = mine
        .into_iter()
        .map(|check| link(check, format!("{}: add your document", check.label())))
        .chain(others.into_iter().map(|check| link(check, format!("{}: what it means", check.label()))))
        .collect();
    Some(
        view! {
            <h2 class="nhsuk-heading-m">"About your checks"</h2>
            <ul class="nhsuk-list">{items}</ul>
        }
        .into_any(),
    )
}
