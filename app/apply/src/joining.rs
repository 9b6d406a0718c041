//! The joining pack: everything for the first day on one page, to read on the way or to print.

use domain::words::long_date;
use kit::AppError;
use kit::components::{BackLink, InsetText, SummaryList, SummaryRow};
use leptos::prelude::*;
use leptos_meta::Title;
use services::applications::{Pack, joining_pack};

/// Everything for the first day of a confirmed place.
#[component]
pub fn JoiningPage() -> impl IntoView {
    let reference = kit::param("reference");
    kit::page(async move {
        let pack = joining_pack(&kit::request(), &reference).await?;
        Ok::<_, AppError>(view! {
            <Title text="Your first day" />
            {pack_view(&pack)}
        })
    })
}

fn pack_view(pack: &Pack) -> AnyView {
    let about = &pack.about;
    let reference = pack.application.reference.clone();
    let back = format!("/applications/{reference}");
    let calendar = format!("/do/apply_calendar?reference={}", kit::urlencode(&reference));
    let first = pack.days.first().copied().unwrap_or(about.starts_on);
    let begins = match about.times() {
        Some(times) => format!("{}, {times}", long_date(first)),
        None => long_date(first),
    };
    let mut rows = vec![SummaryRow::new(
        "Where",
        online(about)
            .then(|| "Online".to_owned())
            .or_else(|| about.place())
            .unwrap_or_else(|| "The provider tells you".into()),
    )];
    let mut add = |key: &'static str, text: Option<String>| {
        if let Some(text) = text.filter(|text| !text.trim().is_empty()) {
            rows.push(SummaryRow::new(key, view! { <span class="wex-written">{text}</span> }));
        }
    };
    add("Department", about.department.clone());
    add("Getting there", about.directions.clone());
    add("What to wear", Some(about.dress.clone()));
    add("What to bring", Some(about.bring.clone()));
    if let Some(email) = about.contact_email.clone() {
        let href = format!("mailto:{email}");
        rows.push(SummaryRow::new("Questions", view! { <a href=href>{email}</a> }));
    }
    rows.push(SummaryRow::new("Reference", reference));
    let days = pack
        .days
        .iter()
        .map(|day| {
            let times = about.times().map(|times| format!(", {times}")).unwrap_or_default();
            view! { <li>{format!("{}{times}", long_date(*day))}</li> }
        })
        .collect_view();
    let heading = format!("{} at {}", about.title, about.organisation_name);
    view! {
        <BackLink href=back.clone() text="Back to the application" />
        <p class="nhsuk-caption-l nhsuk-u-margin-bottom-1">{heading}</p>
        <h1 class="nhsuk-heading-l">"Your first day"</h1>
        <InsetText>
            <p>{begins}</p>
        </InsetText>
        <SummaryList rows=rows />
        <h2 class="nhsuk-heading-m">"The days"</h2>
        <ul class="nhsuk-list nhsuk-list--bullet">{days}</ul>
        <p class="wex-no-print">
            <a href=calendar download="work-experience.ics">"Put these days into your calendar"</a>
        </p>
        <h2 class="nhsuk-heading-m">"If something comes up"</h2>
        <p>"If you are ill or late, tell the people above as soon as you can."</p>
        <p class="wex-no-print">
            "If you cannot come at all, " <a href=format!("{back}/withdraw")>"give your place back"</a>
            ". Then somebody else can have it."
        </p>
    }
    .into_any()
}

fn online(about: &services::applications::About) -> bool {
    about.delivery == domain::Delivery::Online
}

/// On the learner's page of a confirmed place: the way to all of this.
pub(crate) fn link_view(reference: &str) -> AnyView {
    let href = format!("/applications/{}/joining", kit::urlencode(reference));
    view! {
        <p>
            <a href=href>"See everything for your first day"</a>
        </p>
    }
    .into_any()
}
