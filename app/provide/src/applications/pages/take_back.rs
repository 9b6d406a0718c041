//! Taking an offer back: why, then the exact message, then the button that sends it.

use domain::places::{FreedPlace, TakeBackReason};
use domain::words::count;
use kit::AppError;
use kit::components::{
    BackLink, Button, ButtonKind, CharacterCount, ErrorSummary, Limit, Radios, Size, WarningCallout,
};
use leptos::prelude::*;
use leptos_meta::Title;
use services::applications::{Decision, DraftNo, Preview, TakeBack, taking_back};

use super::at::At;
use super::decide::letter_view;
use super::words::name;

/// Why, and the message of an offer that is taken back.
#[component]
pub fn TakeBackPage() -> impl IntoView {
    let at = At::new(&kit::param("reference"), &kit::query("show"));
    let (check, changed, place) = (kit::query("check"), kit::query("problem") == "changed", kit::query("place"));
    kit::page(async move {
        let ctx = kit::request();
        let taking = match taking_back(&ctx, &at.reference).await {
            Ok(taking) => taking,
            // Nothing was asked to change: the page is the answer, not a failure.
            Err(services::Error::Refused(why)) => {
                return Ok(view! {
                    <Title text="That cannot be done now" />
                    <BackLink href=at.application("") text="Back to the application" />
                    <h1 class="nhsuk-heading-l">"That cannot be done now"</h1>
                    <p>{why}</p>
                }
                .into_any());
            }
            Err(error) => return Err(AppError::from(error)),
        };
        let place = FreedPlace::parse(&place).unwrap_or(FreedPlace::Next);
        let name = name(&taking.application);
        Ok(match (&taking.preview, check.is_empty()) {
            (Some(preview), false) => view! {
                <Title text=button(&name) />
                {preview_view(&taking, preview, &at, place, changed)}
            }
            .into_any(),
            (_, fresh) => {
                let problems = if fresh { Vec::new() } else { problems(&taking.draft) };
                let error = if problems.is_empty() { "" } else { "Error: " };
                view! {
                    <Title text=format!("{error}Take back the offer to {name}") />
                    {question_view(&taking, &at, place, problems)}
                }
                .into_any()
            }
        })
    })
}

fn problems(draft: &DraftNo) -> Vec<(&'static str, String)> {
    let mut problems = Vec::new();
    if TakeBackReason::parse(&draft.reason).is_none() {
        problems.push(("reason", "Choose a reason".to_owned()));
    }
    let written = draft.note.chars().count();
    if written > Decision::LONGEST_NOTE {
        problems.push(("note", format!("Write {} characters or fewer. You wrote {written}", Decision::LONGEST_NOTE)));
    }
    problems
}

fn button(name: &str) -> String {
    format!("Take back the offer to {name}")
}

pub(super) fn question_view(
    taking: &TakeBack,
    at: &At,
    place: FreedPlace,
    problems: Vec<(&'static str, String)>,
) -> impl IntoView + use<> {
    let error = |field: &str| problems.iter().find(|(at, _)| *at == field).map(|(_, words)| words.clone());
    let (reason_error, note_error) = (error("reason"), error("note"));
    let reasons: Vec<(&str, &str)> =
        TakeBackReason::ALL.iter().map(|reason| (reason.as_str(), reason.in_words())).collect();
    let name = name(&taking.application);
    let places = taking.can_be_fewer.then(|| {
        let fewer = format!("Take it away: {} are left", count(taking.about.capacity - 1, "place", "places"));
        let items = vec![
            (FreedPlace::Next.as_str().to_owned(), "Keep it: the next person on the waiting list is offered it".to_owned()),
            (FreedPlace::Fewer.as_str().to_owned(), fewer),
        ];
        view! { <Radios name="place" label="What happens to the place?" label_size=Size::M items=items value=place.as_str() /> }
            .into_any()
    });
    view! {
        <BackLink href=at.application("") text=name.clone() />
        <ErrorSummary errors=problems />
        <h1 class="nhsuk-heading-l">{format!("Why do you take back the offer to {name}?")}</h1>
        <p>"They read the sentence that you choose. Next you see the whole message."</p>
        <form method="post" action="/do/provide_draft_take_back" novalidate>
            <input type="hidden" name="reference" value=at.reference.clone() />
            <input type="hidden" name="show" value=at.filter.as_str() />
            <Radios
                name="reason"
                label="Reason"
                label_size=Size::M
                items=reasons
                value=taking.draft.reason.clone()
                error=reason_error
            />
            <CharacterCount
                name="note"
                label="In your own words (optional)"
                label_size=Size::M
                hint="A kind sentence helps, such as what they could try next. Write nothing about health or other people."
                limit=Limit::Characters(u32::try_from(Decision::LONGEST_NOTE).unwrap_or(u32::MAX))
                rows=4
                value=taking.draft.note.clone()
                error=note_error
            />
            {places}
            <Button>"See the message"</Button>
        </form>
    }
}

pub(super) fn preview_view(
    taking: &TakeBack,
    preview: &Preview,
    at: &At,
    place: FreedPlace,
    changed: bool,
) -> impl IntoView + use<> {
    let name = name(&taking.application);
    let place = if taking.can_be_fewer { place } else { FreedPlace::Next };
    let then = match place {
        FreedPlace::Next => {
            "The place is free again. If somebody is on the waiting list, we offer it to them at once.".to_owned()
        }
        FreedPlace::Fewer => {
            format!("These dates have {} after that.", count(taking.about.capacity - 1, "place", "places"))
        }
    };
    view! {
        <BackLink href=at.application("") text=name.clone() />
        {changed
            .then(|| {
                view! {
                    <WarningCallout heading="Read it again" level=2>
                        <p>"Nothing was sent. The message has changed since you read it."</p>
                    </WarningCallout>
                }
            })}
        <h1 class="nhsuk-heading-l">{button(&name)}</h1>
        <p>{format!("We send this email to {name}, and a copy to their parent or carer if they agreed or were asked.")}</p>
        {letter_view(&preview.letter)}
        <p>{then}</p>
        <p>
            <a href=at.take_back("")>"Change the reason or your sentence"</a>
        </p>
        <form method="post" action="/do/provide_take_back">
            <input type="hidden" name="reference" value=at.reference.clone() />
            <input type="hidden" name="show" value=at.filter.as_str() />
            <input type="hidden" name="reason" value=taking.draft.reason.clone() />
            <input type="hidden" name="note" value=taking.draft.note.clone() />
            <input type="hidden" name="place" value=place.as_str() />
            <input type="hidden" name="fingerprint" value=preview.fingerprint.clone() />
            <Button kind=ButtonKind::Warning prevent_double_click=true>{button(&name)}</Button>
        </form>
    }
}
