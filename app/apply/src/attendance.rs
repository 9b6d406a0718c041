//! What was recorded of the learner's days, on their own page; and "this is wrong".

use domain::attendance::Mark;
use domain::words::long_date;
use kit::AppError;
use kit::components::{Button, ButtonKind, SummaryList, SummaryRow, Textarea};
use leptos::prelude::*;
use services::attendance::Own;

/// Says that what is recorded is wrong; the provider's coordinators are told.
///
/// # Errors
/// [`AppError::NotFound`] for somebody else's; [`AppError::Refused`] when nothing is written or recorded.
#[server(prefix = "/do", endpoint = "apply_question_attendance")]
pub async fn question_attendance(
    #[server(default)] reference: String,
    #[server(default)] said: String,
) -> Result<(), AppError> {
    services::attendance::say_wrong(&kit::request(), &reference, &said).await?;
    let reference = domain::reference::tidy_reference(&reference);
    kit::see_other(&format!("/applications/{}", kit::urlencode(&reference)));
    Ok(())
}

/// Each day, what it adds up to, and a way to say that it is wrong.
pub(crate) fn section_view(reference: &str, own: &Own) -> AnyView {
    let rows: Vec<SummaryRow> = own
        .days
        .iter()
        .map(|day| {
            let recorded = own.recorded.iter().find(|one| one.day == *day);
            let mark = recorded.and_then(|one| one.mark).map_or("Not recorded yet", Mark::in_words);
            let why = recorded.map(|one| one.reason.clone()).filter(|why| !why.is_empty());
            let words = why.map_or_else(|| mark.to_owned(), |why| format!("{mark}. Changed: {why}"));
            SummaryRow::new(long_date(*day), words)
        })
        .collect();
    let said: Vec<AnyView> = own
        .questions
        .iter()
        .map(|one| {
            let said = one.said.clone();
            let answer = if one.answered_at.is_none() {
                "They have not answered yet. You get an email when they have looked at it.".to_owned()
            } else {
                format!("They answered: {}", one.answer)
            };
            view! {
                <p>"You said:"</p>
                <div class="wex-own-words">{said}</div>
                <p>{answer}</p>
            }
            .into_any()
        })
        .collect();
    let ask = own.can_ask.then(|| {
        view! {
            <form method="post" action="/do/apply_question_attendance">
                <input type="hidden" name="reference" value=reference.to_owned() />
                <Textarea name="said" label="Is a day wrong? Say what is right" hint="The coordinator reads this and answers." />
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
