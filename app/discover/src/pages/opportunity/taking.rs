//! What can be taken at any time: how to begin, and what the learner's record says of it.

use domain::words::short_date;
use kit::components::{Button, ButtonKind};
use leptos::prelude::*;
use services::discover::OpportunityView;
use services::time::london_day;

use super::contact_view;

/// How to take it; for a learner, with what they did so far and the next step as a button.
pub(super) fn taking_view(page: &OpportunityView) -> AnyView {
    let contact = contact_view(page.advert.contact_email.as_deref(), "Ask the provider how to begin");
    let record = record_view(page);
    view! {
        <h2 class="nhsuk-heading-m" id="when">
            "Take it any time"
        </h2>
        <p>"There are no dates and no places to wait for. You can take this as often as you like."</p>
        {contact}
        {record}
    }
    .into_any()
}

fn record_view(page: &OpportunityView) -> Option<AnyView> {
    let slug = page.advert.listing.slug.clone();
    if page.staff {
        return None;
    }
    if !page.learner {
        return page.is_open().then(|| {
            let to = format!("/sign-in?to={}", kit::urlencode(&format!("/opportunities/{slug}")));
            view! {
                <p>
                    <a href=to>"Sign in to keep it on your record"</a>
                    ". You can take it without that, too."
                </p>
            }
            .into_any()
        });
    }
    let day = |at| short_date(london_day(at));
    let newest = page.enrolments.first();
    if let Some(begun) = newest.filter(|one| one.completed_at.is_none()) {
        let since = format!("You began this on {}.", day(begun.enrolled_at));
        return Some(
            view! {
                <form method="post" action="/do/discover_complete">
                    <input type="hidden" name="slug" value=slug />
                    <p role="status">
                        {since} " It is on " <a href="/record#taken">"your record"</a> "."
                    </p>
                    <Button prevent_double_click=true>"I have finished it"</Button>
                </form>
            }
            .into_any(),
        );
    }
    let finished = newest.and_then(|one| one.completed_at).map(|at| {
        let times = match page.enrolments.len() {
            1 => String::new(),
            n => format!(" You took it {n} times."),
        };
        let said = format!("You finished this on {}.{times}", day(at));
        view! {
            <p role="status">
                {said} " It is on " <a href="/record#taken">"your record"</a> "."
            </p>
        }
    });
    let begin = (page.is_open() && page.verdict.is_yes()).then(|| {
        let (kind, label) = match finished {
            Some(_) => (ButtonKind::Secondary, "Begin it again"),
            None => (ButtonKind::Primary, "Begin"),
        };
        view! {
            <form method="post" action="/do/discover_enrol">
                <input type="hidden" name="slug" value=slug />
                <p>
                    "Press the button when you begin, and your record shows that you took it. The provider sees how many people do, not who."
                </p>
                <Button kind=kind prevent_double_click=true>
                    {label}
                </Button>
            </form>
        }
    });
    Some(
        view! {
            {finished}
            {begin}
        }
        .into_any(),
    )
}
