//! One application: the facts in the order of the criteria, what can be decided, checks, history, messages.

mod acted;
mod banner;
mod checks;
mod history;
mod offer;
mod unreached;

use axum::http::HeaderMap;
use chrono::NaiveDate;
use domain::clearance::ConsentStatus;
use domain::words::{count, long_date, short_date};
use domain::{Action, State};
use kit::AppError;
use kit::components::{BackLink, Button, ButtonGroup, ButtonKind, Link, PreviousNext, SummaryList, SummaryRow};
use leptos::prelude::*;
use leptos_meta::Title;
use services::applications::{About, Line, Neighbours, QueueFilter, Review, neighbours, open};
use services::time::{in_words, london_day};

use super::at::{At, Choice};
use super::words::{capital, name};
use acted::{acted_row, for_them_view};
use banner::banner_view;
use checks::checks_view;
use history::{history_view, messages_view};
use unreached::unreached_view;

/// One application. Opening it puts it under review; a browser that fetches ahead does not.
#[component]
pub fn ApplicationPage() -> impl IntoView {
    let at = At::new(&kit::param("reference"), &kit::query("show"));
    let done = kit::query("done");
    let ahead = use_context::<axum::http::request::Parts>().is_some_and(|parts| looks_ahead(&parts.headers));
    kit::page(async move {
        let ctx = kit::request();
        let review = open(&ctx, &at.reference, ahead).await?;
        let beside = neighbours(&ctx, &review.application.reference, at.filter).await?;
        let made = services::suggesting::made(&ctx, &at.reference).await?;
        let shown = Shown { today: ctx.services.today(), review, at, beside, done };
        Ok::<_, AppError>(view! {
            <Title text=format!("{}, {}", name(&shown.review.application), shown.review.about.title) />
            {review_view(&shown)}
            {super::suggest::made_view(&made)}
        })
    })
}

/// Whether a browser fetches the page before anybody asked for it.
pub(super) fn looks_ahead(headers: &HeaderMap) -> bool {
    ["sec-purpose", "purpose"].iter().any(|header| {
        headers.get(*header).and_then(|value| value.to_str().ok()).is_some_and(|value| value.contains("prefetch"))
    })
}

/// What the page shows.
pub(super) struct Shown {
    pub(super) review: Review,
    pub(super) at: At,
    pub(super) beside: Neighbours,
    pub(super) today: NaiveDate,
    /// The answer or the check that was just given.
    pub(super) done: String,
}

pub(super) fn review_view(shown: &Shown) -> impl IntoView + use<> {
    let Shown { review, at, beside, .. } = shown;
    let when =
        review.about.times().map_or_else(|| review.about.dates(), |times| format!("{}, {times}", review.about.dates()));
    let link = |line: &Line| {
        Link::new(line.name.clone(), At { reference: line.reference.clone(), filter: at.filter }.application(""))
    };
    let (previous, next) = (beside.previous.as_ref().map(link), beside.next.as_ref().map(link));
    let beside = (previous.is_some() || next.is_some()).then(|| {
        view! { <PreviousNext previous=previous next=next label=format!("Applications: {}", at.filter.label()) /> }
    });
    let title = review.about.title.clone();
    let name = name(&review.application);
    let back = if at.filter == QueueFilter::Open {
        "Applications".to_owned()
    } else {
        format!("Applications: {}", at.filter.label())
    };
    view! {
        <BackLink href=at.list() text=back />
        {banner_view(shown)}
        <h1 class="nhsuk-heading-l">
            <span class="nhsuk-caption-l">{title} <br /> {when}</span>
            {name}
        </h1>
        {unreached_view(shown)}
        <SummaryList rows=facts(shown) />
        {decide_view(shown)}
        {offer::offer_view(shown)}
        {for_them_view(shown)}
        {checks_view(review, at, shown.today)}
        {crate::cancel::link_view(review)}
        {history_view(review)}
        {messages_view(review, shown.today)}
        {beside}
    }
}

/// The facts, in the order in which places are given.
fn facts(shown: &Shown) -> Vec<SummaryRow> {
    let Review { application, about, age, access, .. } = &shown.review;
    let mut rows = vec![SummaryRow::new("Where it stands", stands(shown))];
    rows.push(SummaryRow::new(
        "Age on the first day",
        age.map_or_else(|| "Not known".to_owned(), |age| format!("{age}{}", asked(about))),
    ));
    let school = match application.answers.get("school") {
        school if application.answers.at_school() && !school.is_empty() => school.to_owned(),
        _ => "Not at school or college".to_owned(),
    };
    rows.push(SummaryRow::new("School or college", school));
    let why = application.answers.get("why");
    if !why.is_empty() {
        rows.push(SummaryRow::new("Why they would like to come", own_words(why)));
    }
    if let Some(access) = access {
        let wanted = if access.trim().is_empty() { "Nothing asked for".into_any() } else { own_words(access) };
        rows.push(SummaryRow::new("What would help them take part", wanted));
    }
    rows.push(SummaryRow::new("Parent or carer’s consent", consent(application.consent)));
    if let Some(priority) = shown.review.priority.in_words() {
        rows.push(SummaryRow::new("Priority", priority));
    }
    rows.push(SummaryRow::new("Places on these dates", places(about)));
    if let Some(sent) = application.submitted_at {
        rows.push(SummaryRow::new("Sent", in_words(sent)));
    }
    rows.extend(acted_row(&shown.review));
    rows.push(SummaryRow::new("Reference", application.reference.clone()));
    rows
}

/// "being looked at, since 2 March 2027", and whose turn it is.
fn stands(shown: &Shown) -> AnyView {
    let application = &shown.review.application;
    let mut lines = vec![format!(
        "{} since {}",
        capital(application.state.in_words()),
        short_date(london_day(application.state_since))
    )];
    if let (true, Some(by)) = (application.state.awaits_decision(), application.decide_by) {
        let late = application.overdue_at.is_some() || by < shown.today;
        lines.push(if late {
            format!("Answer overdue: it was promised by {}", long_date(by))
        } else {
            format!("Answer promised by {}", long_date(by))
        });
    }
    if let (State::Offered, Some(by)) = (application.state, application.respond_by) {
        lines.push(format!("They answer by {}", long_date(by)));
    }
    if let (State::NotSelected, Some(reason)) = (application.state, application.no_reason) {
        lines.push(format!("They were told: {}", reason.in_words()));
    }
    lines.into_iter().map(|line| view! { <p>{line}</p> }).collect_view().into_any()
}

/// ", asked is 16 to 18": the ages of the advert.
fn asked(about: &About) -> String {
    match (about.min_age, about.max_age) {
        (Some(min), Some(max)) => format!(" (asked for: {min} to {max})"),
        (Some(min), None) => format!(" (asked for: {min} and over)"),
        (None, Some(max)) => format!(" (asked for: {max} and under)"),
        (None, None) => String::new(),
    }
}

fn consent(status: ConsentStatus) -> &'static str {
    match status {
        ConsentStatus::NotNeeded => "Not needed: they will be 18 or over",
        ConsentStatus::Asked => "Asked, no answer yet. A place is confirmed only when they agree",
        ConsentStatus::Given => "Given",
        ConsentStatus::Refused => "Refused",
    }
}

pub(super) fn places(about: &About) -> String {
    match about.left() {
        0 => format!("All {} held", count(about.capacity, "place is", "places are")),
        left => format!("{left} of {} left", count(about.capacity, "place", "places")),
    }
}

/// What somebody wrote, with their line breaks.
fn own_words(text: &str) -> AnyView {
    let text = text.to_owned();
    view! { <div class="wex-own-words">{text}</div> }.into_any()
}

/// What can be decided now. Each answer leads to the message that it would send.
fn decide_view(shown: &Shown) -> Option<AnyView> {
    let Shown { review, at, .. } = shown;
    if review.can.is_empty() {
        let open = review.application.state.awaits_decision() || review.application.state == State::Waitlisted;
        return (open && !review.decides).then(|| {
            view! { <p>"You can read applications. A colleague with the right to decide answers them."</p> }.into_any()
        });
    }
    let can = |action: Action| review.can.contains(&action);
    let begun = review.about.cancelled || shown.today >= review.about.starts_on;
    let held = review.no_seat.is_some();
    let obstacle = if !can(Action::Offer) {
        None
    } else if begun {
        Some("These dates have begun or were cancelled, so no place can be offered.".to_owned())
    } else if held {
        let next = if can(Action::Waitlist) {
            "You can put them on the waiting list: a place that becomes free goes to the next person there."
        } else {
            "A place that becomes free goes to the next person on the waiting list."
        };
        let why = review.no_seat.as_deref().unwrap_or_default();
        Some(format!("{why} {next}"))
    } else {
        None
    };
    let offer = (can(Action::Offer) && !begun && !held)
        .then(|| view! { <Button href=at.decide(Choice::Offer, "")>"Offer a place"</Button> });
    // One main action a page: where no place can be offered, the waiting list is it.
    let other = if offer.is_some() { ButtonKind::Secondary } else { ButtonKind::Primary };
    let waiting = can(Action::Waitlist)
        .then(|| view! { <Button kind=other href=at.decide(Choice::Waitlist, "")>"Put on the waiting list"</Button> });
    let no = can(Action::SayNo)
        .then(|| view! { <Button kind=ButtonKind::Secondary href=at.decide(Choice::No, "")>"Say no"</Button> });
    if offer.is_none() && waiting.is_none() && no.is_none() && obstacle.is_none() {
        return None;
    }
    Some(
        view! {
            <section class="wex-no-print" aria-labelledby="decide">
                <h2 class="nhsuk-heading-m" id="decide">
                    "Decide"
                </h2>
                {obstacle.map(|words| view! { <p>{words}</p> })}
                <p>"You read the message before it is sent."</p>
                <ButtonGroup>{offer} {waiting} {no}</ButtonGroup>
            </section>
        }
        .into_any(),
    )
}
