//! When: the dates as a list, each with what can be done about it.

use domain::eligibility::Answer;
use domain::places::Pool;
use domain::words;
use kit::components::Button;
use leptos::prelude::*;
use services::discover::{OpportunityView, SessionView};

use crate::results::capital;

/// The dates of an opportunity.
pub(super) fn sessions_view(page: &OpportunityView) -> AnyView {
    if page.sessions.is_empty() {
        return super::inset("There are no dates to come.".to_owned());
    }
    let items = page.sessions.iter().map(|session| session_view(page, session)).collect_view();
    view! { <ul class="wex-sessions">{items}</ul> }.into_any()
}

fn session_view(page: &OpportunityView, session: &SessionView) -> impl IntoView + use<> {
    let run = &session.run;
    let dates = words::date_range(run.starts_on, run.ends_on);
    let times = match (run.starts_at, run.ends_at) {
        (Some(from), Some(to)) => Some(words::time_range(from, to)),
        (Some(from), None) => Some(format!("from {}", words::time(from))),
        _ => None,
    };
    let times = times.map(|times| if run.starts_on == run.ends_on { times } else { format!("{times} each day") });
    let open = page.advert.published && run.is_open(page.today);
    let closes = open.then(|| capital(&words::closes(run.closes_on, page.today)));
    let places = (open && page.advert.listing.shows_places).then(|| match run.left() {
        0 => "Full. You can still apply for the waiting list.".to_owned(),
        left => format!("{} left", words::count(left, "place", "places")),
    });
    let reserved = open.then(|| reserved(session, page.advert.listing.shows_places)).flatten();
    let hear = (open && session.can_start())
        .then(|| format!("Apply today, and you hear by {}.", words::long_date(session.hear_by)));
    let action = action_view(page, session, &dates);
    view! {
        <li class="wex-sessions__item">
            <h3 class="nhsuk-heading-s nhsuk-u-margin-bottom-1">{dates}</h3>
            <p class="nhsuk-u-margin-bottom-2">
                {[times, places, reserved, closes, hear].into_iter().flatten().map(|line| view! { {line} <br /> }).collect_view()}
            </p>
            {action}
        </li>
    }
}

/// Whom some of the places are kept for; with how many are left where the provider shows that.
fn reserved(session: &SessionView, shows_places: bool) -> Option<String> {
    let places = session.places.places;
    let mut kept = Vec::new();
    for pool in [Pool::Priority, Pool::School] {
        let number = if shows_places { places.free(pool) } else { places.size(pool) };
        let whom = match (pool, &session.places.reserved_for) {
            (Pool::School, Some((_, _, school))) => format!("learners of {school}"),
            (Pool::School, None) | (Pool::Open, _) => continue,
            (Pool::Priority, _) => "learners who meet a priority, such as young carers".to_owned(),
        };
        if places.size(pool) > 0 {
            kept.push(match (shows_places, number) {
                (true, n) => format!("{n} for {whom}"),
                (false, _) => format!("some for {whom}"),
            });
        }
    }
    if kept.is_empty() {
        return None;
    }
    let open =
        if shows_places { format!("{} for everybody", places.free(Pool::Open)) } else { "Some for everybody".into() };
    Some(format!("{open}, {}. Your careers adviser can tell us that you meet a priority.", kept.join(" and ")))
}

/// One thing to do: see the application, apply, or know why not.
fn action_view(page: &OpportunityView, session: &SessionView, dates: &str) -> AnyView {
    if let Some((reference, state)) = &session.application
        && (state.is_live() || !session.answer.is_yes())
    {
        let href = format!("/applications/{reference}");
        let words = if *state == domain::State::Draft {
            "Go on with your application".to_owned()
        } else {
            format!("Your application: {}", state.in_words())
        };
        return view! {
            <p>
                <a href=href>{words} <span class="nhsuk-u-visually-hidden">{format!(", {dates}")}</span></a>
            </p>
        }
        .into_any();
    }
    match &session.answer {
        Answer::Yes if page.staff => ().into_any(),
        Answer::Yes => {
            let id = session.run.id.to_string();
            let hidden = format!(" for {dates}");
            view! {
                <form method="post" action="/do/apply_start_application">
                    <input type="hidden" name="session" value=id />
                    <Button>"Apply" <span class="nhsuk-u-visually-hidden">{hidden}</span></Button>
                </form>
            }
            .into_any()
        }
        Answer::No(why) | Answer::NotYet(why) => {
            let why = why.clone();
            view! { <p>{why}</p> }.into_any()
        }
    }
}
