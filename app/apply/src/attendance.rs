//! What was recorded of the learner's days, on their own page; and "this is wrong".

use domain::words::long_date;
use kit::AppError;
use kit::components::{Button, ButtonKind, CharacterCount, ErrorSummary, Limit, SummaryList, SummaryRow};
use leptos::prelude::*;
use services::attendance::{Again, Form, LONGEST, Own, send};

/// Says that what is recorded is wrong; the provider's coordinators are told. What cannot be sent is kept,
/// and shown again with what is wrong.
///
/// # Errors
/// [`AppError::NotFound`] for somebody else's.
#[server(prefix = "/do", endpoint = "apply_question_attendance")]
pub async fn question_attendance(
    #[server(default)] reference: String,
    #[server(default)] said: String,
) -> Result<(), AppError> {
    let typed = [("said".to_owned(), said)].into();
    let done = send(&kit::request(), &Form::Question(reference.clone()), typed).await?;
    let page = format!("/applications/{}", kit::urlencode(&domain::reference::tidy_reference(&reference)));
    kit::see_other(&if done { format!("{page}?done=asked-attendance") } else { format!("{page}?mend=attendance") });
    Ok(())
}

/// What is wrong with what they wanted to say, at the top of their page.
pub(crate) fn errors_view(again: &Again) -> AnyView {
    let errors: Vec<(String, String)> =
        again.problems.iter().map(|problem| (problem.field.clone(), problem.message.clone())).collect();
    view! { <ErrorSummary errors=errors /> }.into_any()
}

/// Each day, what it adds up to, and a way to say that it is wrong.
pub(crate) fn section_view(reference: &str, own: &Own, again: &Again) -> AnyView {
    let rows: Vec<SummaryRow> = own
        .days
        .iter()
        .map(|day| {
            let recorded = own.recorded.iter().find(|one| one.day == *day);
            let mark = recorded.and_then(|one| Some(one.mark?.with_time(one.minutes)));
            let mark = mark.unwrap_or_else(|| "Not recorded yet".to_owned());
            let why = recorded.map(|one| one.reason.clone()).filter(|why| !why.is_empty());
            let why = why.map(|why| view! { <p class="wex-quiet">{format!("Changed: {why}")}</p> });
            SummaryRow::new(long_date(*day), view! { <div>{mark} {why}</div> })
        })
        .collect();
    let said: Vec<AnyView> = own
        .questions
        .iter()
        .map(|one| {
            let said = one.said.clone();
            let answer = if one.answered_at.is_none() {
                view! { <p>"They have not answered yet. You get an email when they have looked at it."</p> }.into_any()
            } else {
                let answer = one.answer.clone();
                view! {
                    <p>"They answered:"</p>
                    <p class="wex-own-words">{answer}</p>
                }
                .into_any()
            };
            view! {
                <p>"You said:"</p>
                <p class="wex-own-words">{said}</p>
                {answer}
            }
            .into_any()
        })
        .collect();
    let ask = own.can_ask.then(|| {
        view! {
            <form method="post" action="/do/apply_question_attendance" novalidate>
                <input type="hidden" name="reference" value=reference.to_owned() />
                <CharacterCount
                    name="said"
                    label="Is a day wrong? Say what is right"
                    hint="The coordinator reads this and answers."
                    limit=Limit::Characters(u32::try_from(LONGEST).unwrap_or(u32::MAX))
                    rows=3
                    value=again.typed("said")
                    error=again.problem("said")
                />
                <Button kind=ButtonKind::Secondary>"Tell them that it is wrong"</Button>
            </form>
        }
    });
    let sum = format!("You took part: {}.", own.attended.in_words());
    view! {
        <section aria-labelledby="attendance">
            <h2 class="nhsuk-heading-m" id="attendance">
                "Your attendance"
            </h2>
            <p>{sum}</p>
            <SummaryList rows=rows />
            {said}
            {ask}
        </section>
    }
    .into_any()
}
