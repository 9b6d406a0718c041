//! "Can I apply?": a plain yes, no or not yet, and why, before the long text.

use domain::eligibility::{ADULT, Answer};
use domain::search::Query;
use domain::words;
use kit::components::{Card, CardKind};
use leptos::prelude::*;
use services::discover::OpportunityView;

/// The box with the answer.
pub(super) fn answer_view(page: &OpportunityView) -> impl IntoView + use<> {
    let (answer, why) = in_words(page);
    let ways = ways_on(page);
    let heading = if page.advert.listing.open_ended { "Can I take it?" } else { "Can I apply?" };
    view! {
        <Card kind=CardKind::Feature heading=heading>
            <p>
                <strong>{answer}</strong>
                " "
                {why}
            </p>
            {ways}
        </Card>
    }
}

/// The answer in a word, and why.
pub(super) fn in_words(page: &OpportunityView) -> (&'static str, String) {
    let ages = &page.ages;
    match &page.verdict {
        Answer::No(why) => ("No.", why.clone()),
        Answer::NotYet(why) => ("Not yet.", why.clone()),
        Answer::Yes if page.staff => ("Not as staff.", "You are signed in as staff. Only learners can apply.".into()),
        Answer::Yes if page.advert.listing.open_ended => ("Yes.", format!("Take it any time. It is for age {ages}.")),
        Answer::Yes => {
            let can: Vec<_> = page.sessions.iter().filter(|session| session.answer.is_yes()).collect();
            if !can.is_empty() && !can.iter().any(|session| session.can_start()) {
                return ("You have applied.", "Your application is in “My applications”.".into());
            }
            let closes = can.iter().filter(|session| session.can_start()).map(|session| session.run.closes_on).min();
            let it = if can.len() > 1 { "The next one" } else { "It" };
            let closes = closes.map(|day| format!(" {it} {}.", words::closes(day, page.today))).unwrap_or_default();
            // Without a date of birth nobody knows yet who is asking.
            match can.first().and_then(|session| session.consent) {
                None => (
                    "Yes,",
                    format!(
                        "if your age is {ages} on the first day.{closes} If you are under {ADULT}, we ask a parent or carer to agree."
                    ),
                ),
                Some(consent) => {
                    let which = if can.len() == page.sessions.len() {
                        String::new()
                    } else {
                        format!(" for {} of {} dates", can.len(), page.sessions.len())
                    };
                    let carer =
                        if consent { " A parent or carer has to agree before your place is confirmed." } else { "" };
                    ("Yes.", format!("You can apply{which}.{closes}{carer}"))
                }
            }
        }
    }
}

/// What somebody can do who cannot apply here.
fn ways_on(page: &OpportunityView) -> Option<impl IntoView + use<>> {
    (!page.verdict.is_yes() && page.similar.is_empty()).then(|| {
        let more: Query = page.more.clone();
        view! {
            <p class="nhsuk-u-margin-bottom-0">
                <a href=more.address()>"Look at others like it"</a>
            </p>
        }
    })
}
