//! The page before a decision: the exact message that will be sent. A no asks for its reason first.

use domain::application::NoReason;
use domain::clearance::ConsentStatus;
use domain::places::{ANSWER_DAYS_MAX, ANSWER_DAYS_MIN};
use domain::words::count;
use kit::AppError;
use kit::components::{
    BackLink, Button, ButtonKind, CharacterCount, ErrorSummary, Limit, Radios, Select, Size, WarningCallout,
};
use leptos::prelude::*;
use leptos_meta::Title;
use services::Ctx;
use services::applications::{Decision, DraftNo, Preview, Review, draft_no, open, preview};
use services::messages::Letter;
use services::suggesting::to_choose;

use super::at::{At, Choice};
use super::review::places;
use super::suggest::{ToChoose, boxes_view};
use super::words::name;

/// The message of an offer, of the waiting list or of a no, and the button that sends it.
#[component]
pub fn DecidePage() -> impl IntoView {
    let at = At::new(&kit::param("reference"), &kit::query("show"));
    let choice = Choice::parse(&kit::param("decision"));
    let (check, problem, days) = (kit::query("check"), kit::query("problem"), kit::query("days"));
    kit::page(async move {
        let ctx = kit::request();
        let choice = choice.ok_or(AppError::NotFound)?;
        // Looking at a message is not reading the application.
        let review = open(&ctx, &at.reference, true).await?;
        if !review.decides {
            return Err(AppError::NotFound);
        }
        let name = name(&review.application);
        match load(&ctx, &at, choice, !check.is_empty(), &days).await {
            Ok(Step::Ask(draft, to_choose)) => {
                let mut problems = if check.is_empty() { Vec::new() } else { problems(&draft) };
                problems.extend(to_choose.problem().filter(|_| !check.is_empty()));
                let error = if problems.is_empty() { "" } else { "Error: " };
                Ok(view! {
                    <Title text=format!("{error}Why not {name}?") />
                    {question_view(&review, &at, &draft, &to_choose, problems)}
                }
                .into_any())
            }
            Ok(Step::Read { preview, draft }) => Ok(view! {
                <Title text=button(choice, &name) />
                {preview_view(&review, &at, choice, &preview, &draft, problem == "changed")}
            }
            .into_any()),
            // Nothing was asked to change: the page is the answer, not a failure.
            Err(services::Error::Refused(why)) => Ok(view! {
                <Title text="That cannot be done now" />
                {refused_view(&review, &at, choice, why)}
            }
            .into_any()),
            Err(error) => Err(error.into()),
        }
    })
}

/// What comes first: the question, or the message.
enum Step {
    Ask(DraftNo, ToChoose),
    Read { preview: Box<Preview>, draft: DraftNo },
}

async fn load(ctx: &Ctx, at: &At, choice: Choice, check: bool, days: &str) -> services::Result<Step> {
    let (draft, to_choose) = if choice == Choice::No {
        let draft = draft_no(ctx, &at.reference).await?;
        let (found, chosen) = to_choose(ctx, &at.reference).await?;
        (draft, ToChoose { found, chosen })
    } else {
        (DraftNo::default(), ToChoose::default())
    };
    let decision = match choice {
        Choice::No if !check || to_choose.problem().is_some() => return Ok(Step::Ask(draft, to_choose)),
        _ => choice.decision(&draft.reason, &draft.note, days),
    };
    let Some(decision) = decision else { return Ok(Step::Ask(draft, to_choose)) };
    Ok(Step::Read { preview: Box::new(preview(ctx, &at.reference, &decision).await?), draft })
}

/// What is missing before the message can be shown: field and words.
pub(super) fn problems(draft: &DraftNo) -> Vec<(&'static str, String)> {
    let mut problems = Vec::new();
    if NoReason::parse(&draft.reason).is_none() {
        problems.push(("reason", "Choose a reason".to_owned()));
    }
    let written = draft.note.chars().count();
    if written > Decision::LONGEST_NOTE {
        problems.push(("note", format!("Write {} characters or fewer. You wrote {written}", Decision::LONGEST_NOTE)));
    }
    problems
}

/// What the button says: what it does, and to whom.
pub(super) fn button(choice: Choice, name: &str) -> String {
    match choice {
        Choice::Offer => format!("Offer a place to {name}"),
        Choice::Waitlist => format!("Put {name} on the waiting list"),
        Choice::No => format!("Tell {name} no"),
    }
}

/// Why not: a reason that reports can count, and room for a sentence of one's own.
pub(super) fn question_view(
    review: &Review,
    at: &At,
    draft: &DraftNo,
    to_choose: &ToChoose,
    problems: Vec<(&'static str, String)>,
) -> impl IntoView + use<> {
    let error = |field: &str| problems.iter().find(|(at, _)| *at == field).map(|(_, words)| words.clone());
    let (reason_error, note_error) = (error("reason"), error("note"));
    let reasons: Vec<(&str, &str)> = NoReason::ALL.iter().map(|reason| (reason.as_str(), reason.in_words())).collect();
    let limit = u32::try_from(Decision::LONGEST_NOTE).unwrap_or(u32::MAX);
    let name = name(&review.application);
    let suggest = boxes_view(to_choose, error("suggest"));
    view! {
        <BackLink href=at.application("") text=name.clone() />
        <ErrorSummary errors=problems />
        <h1 class="nhsuk-heading-l">{format!("Why can you not offer {name} a place?")}</h1>
        <p>"They read the sentence that you choose. Next you see the whole message."</p>
        <form method="post" action="/do/provide_draft_no" novalidate>
            <input type="hidden" name="reference" value=at.reference.clone() />
            <input type="hidden" name="show" value=at.filter.as_str() />
            <Radios name="reason" label="Reason" label_size=Size::M items=reasons value=draft.reason.clone() error=reason_error />
            <CharacterCount
                name="note"
                label="In your own words (optional)"
                label_size=Size::M
                hint="A kind sentence helps, such as what they could try next. Write nothing about health or other people."
                limit=Limit::Characters(limit)
                rows=4
                value=draft.note.clone()
                error=note_error
            />
            {suggest}
            <Button>"See the message"</Button>
        </form>
    }
}

/// The message, word for word, and the button that sends it.
pub(super) fn preview_view(
    review: &Review,
    at: &At,
    choice: Choice,
    preview: &Preview,
    draft: &DraftNo,
    changed: bool,
) -> impl IntoView + use<> {
    let name = name(&review.application);
    let copy =
        choice == Choice::Offer && matches!(review.application.consent, ConsentStatus::Asked | ConsentStatus::Given);
    let to = if copy {
        format!("We send this email to {name}, and a copy to their parent or carer.")
    } else {
        format!("We send this email to {name}.")
    };
    let places = (choice != Choice::No).then(|| view! { <p>{format!("{}, {}: {}.", preview.about.title, preview.about.dates(), places(&preview.about))}</p> });
    let again = (choice == Choice::No)
        .then(|| view! { <p><a href=at.decide(Choice::No, "")>"Change the reason or your sentence"</a></p> });
    view! {
        <BackLink href=at.application("") text=name.clone() />
        {changed
            .then(|| {
                view! {
                    <WarningCallout heading="Read it again" level=2>
                        <p>"Nothing was sent. The message has changed since you read it, for example because a day has passed."</p>
                    </WarningCallout>
                }
            })}
        <h1 class="nhsuk-heading-l">{button(choice, &name)}</h1>
        {places}
        {days_view(at, preview)}
        <p>{to}</p>
        {letter_view(&preview.letter)}
        {again}
        <form method="post" action="/do/provide_decide">
            <input type="hidden" name="reference" value=at.reference.clone() />
            <input type="hidden" name="show" value=at.filter.as_str() />
            <input type="hidden" name="decision" value=choice.as_str() />
            {preview.answer_days.map(|days| view! { <input type="hidden" name="days" value=days.to_string() /> })}
            <input type="hidden" name="reason" value=draft.reason.clone() />
            <input type="hidden" name="note" value=draft.note.clone() />
            <input type="hidden" name="fingerprint" value=preview.fingerprint.clone() />
            <Button prevent_double_click=true>{button(choice, &name)}</Button>
        </form>
    }
}

/// How long the learner has to answer an offer. The message says it, so choosing shows the message anew.
fn days_view(at: &At, preview: &Preview) -> Option<AnyView> {
    let chosen = preview.answer_days?;
    let items: Vec<(String, String)> = (ANSWER_DAYS_MIN..=ANSWER_DAYS_MAX)
        .map(|days| (days.to_string(), count(i64::from(days), "working day", "working days")))
        .collect();
    let action = at.decide(Choice::Offer, "");
    let action = action.split('?').next().unwrap_or_default().to_owned();
    Some(
        view! {
            <form method="get" action=action>
                <input type="hidden" name="show" value=at.filter.as_str() />
                <Select
                    name="days"
                    label="Time to answer"
                    label_size=Size::S
                    hint="Never longer than until the day before it starts."
                    items=items
                    value=chosen.to_string()
                />
                <Button kind=ButtonKind::Secondary small=true>"Show the message with this time"</Button>
            </form>
        }
        .into_any(),
    )
}

/// A rule says no: why, and what can be done instead.
pub(super) fn refused_view(review: &Review, at: &At, choice: Choice, why: String) -> impl IntoView + use<> {
    let name = name(&review.application);
    let instead = (choice == Choice::Offer && review.can.contains(&domain::Action::Waitlist))
        .then(|| (at.decide(Choice::Waitlist, ""), button(Choice::Waitlist, &name)))
        .map(|(href, words)| view! { <Button href=href>{words}</Button> });
    view! {
        <BackLink href=at.application("") text=name.clone() />
        <h1 class="nhsuk-heading-l">"That cannot be done now"</h1>
        <p>{why}</p>
        {instead}
        <p>
            <a href=at.application("")>{format!("Back to the application of {name}")}</a>
        </p>
    }
}

/// A letter as it is sent: its subject and its text.
pub(crate) fn letter_view(letter: &Letter) -> AnyView {
    let subject = letter.subject.clone();
    view! {
        <div class="wex-letter">
            <p class="wex-letter__subject">
                <span class="nhsuk-u-visually-hidden">"Subject: "</span>
                <strong>{subject}</strong>
            </p>
            {text_view(&letter.text())}
        </div>
    }
    .into_any()
}

/// A text with its line breaks, and nothing else between its first sign and its last.
pub(super) fn text_view(text: &str) -> AnyView {
    let text = text.to_owned();
    view! { <div class="wex-letter__text">{text}</div> }.into_any()
}
