//! Choosing the dates, and the form.

use domain::words::date_range;
use kit::AppError;
use kit::components::{BackLink, Button, Input, NotificationBanner};
use leptos::prelude::*;
use leptos_meta::Title;
use services::applications::{OpenSession, act_form, act_sessions};

use super::form::form_view;
use super::{form_address, list_address, whom};

/// A coordinator chooses the dates that somebody rang or wrote about.
#[component]
pub fn ActPage() -> impl IntoView {
    choose(String::new())
}

/// An adviser chooses dates for a learner who agreed to be linked.
#[component]
pub fn AdviserActPage() -> impl IntoView {
    choose(kit::param("account"))
}

fn choose(account: String) -> AnyView {
    let (what, sent) = (kit::query("what"), kit::query("sent"));
    kit::page(async move {
        let (sessions, learner) = act_sessions(&kit::request(), whom(&account)?, &what).await?;
        Ok::<_, AppError>(view! {
            <Title text=heading(learner.as_deref()) />
            {choose_view(&account, learner.as_deref(), &sessions, &what, &sent)}
        })
    })
}

fn heading(learner: Option<&str>) -> String {
    learner.map_or_else(|| "Key in an application".to_owned(), |name| format!("Apply with {name}"))
}

pub(super) fn choose_view(
    account: &str,
    learner: Option<&str>,
    sessions: &[OpenSession],
    what: &str,
    sent: &str,
) -> AnyView {
    let (back, back_words) = if account.is_empty() {
        ("/provider/applications".to_owned(), "Applications")
    } else {
        (format!("/adviser/learners/{}", kit::urlencode(account)), "Back to the learner")
    };
    let reference = domain::reference::tidy_reference(sent);
    let banner = (!sent.is_empty()).then(|| {
        let words = format!("The reference is {reference}. Read it to them, or write it on their form.");
        view! {
            <NotificationBanner success=true heading="The application is sent">
                <p>{words}</p>
            </NotificationBanner>
        }
    });
    let lead = if learner.is_some() {
        "Choose the dates together. You key in what they tell you, and they agree before it is sent."
    } else {
        "For somebody who rang you, or sent you the printed form. Choose the dates that they asked for."
    };
    let list = if sessions.is_empty() {
        view! { <p>"No dates take applications under these words."</p> }.into_any()
    } else {
        let items = sessions.iter().map(|open| session_view(account, open)).collect_view();
        view! { <ul class="nhsuk-list">{items}</ul> }.into_any()
    };
    view! {
        <BackLink href=back text=back_words />
        {banner}
        <h1 class="nhsuk-heading-l">{heading(learner)}</h1>
        <p>{lead}</p>
        <form method="get" action=list_address(account)>
            <Input name="what" label="What is it called, or who offers it?" value=what width=30 />
            <Button kind=kit::components::ButtonKind::Secondary>"Show dates"</Button>
        </form>
        <h2 class="nhsuk-heading-m">"Dates that take applications"</h2>
        {list}
    }
    .into_any()
}

fn session_view(account: &str, open: &OpenSession) -> AnyView {
    let href = form_address(account, &open.session.to_string());
    let (title, dates) = (open.title.clone(), date_range(open.starts_on, open.ends_on));
    let provider = (!account.is_empty()).then(|| format!("{}, ", open.organisation_name));
    view! {
        <li>
            <a href=href>{title} ", " {dates.clone()}</a>
            {provider.map(|provider| view! { <br /> {provider.trim_end_matches(", ").to_owned()} })}
        </li>
    }
    .into_any()
}

/// A coordinator keys in what somebody told them or wrote.
#[component]
pub fn ActFormPage() -> impl IntoView {
    form(String::new())
}

/// An adviser applies with a learner who agreed to be linked.
#[component]
pub fn AdviserActFormPage() -> impl IntoView {
    form(kit::param("account"))
}

fn form(account: String) -> AnyView {
    let (session, tried) = (kit::param("session"), kit::query("tried") == "1");
    kit::page(async move {
        let id = session.parse().map_err(|_| AppError::NotFound)?;
        let form = act_form(&kit::request(), id, whom(&account)?, tried).await?;
        let title = heading(form.learner.as_deref());
        Ok::<_, AppError>(view! {
            <Title text=if form.problems.is_empty() { title } else { format!("Error: {title}") } />
            {form_view(&form, &account, &session)}
        })
    })
}
