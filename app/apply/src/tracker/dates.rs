//! New dates: can the learner come then?

use domain::words::long_date;
use kit::AppError;
use kit::components::{BackLink, Button, ButtonKind, InsetText, NotificationBanner, SummaryList, SummaryRow};
use leptos::prelude::*;
use leptos_meta::Title;
use services::new_dates::{Question, asked};

/// Asks whether the learner can come on the new dates.
#[component]
pub fn NewDatesPage() -> impl IntoView {
    let reference = kit::param("reference");
    kit::page(async move {
        let ctx = kit::request();
        let question = asked(&ctx, &reference).await?;
        Ok::<_, AppError>(view! {
            <Title text="New dates" />
            {question_view(&question)}
        })
    })
}

/// Says on the application's page that an answer is waited for.
pub(super) fn notice_view(question: &Question) -> Option<AnyView> {
    let held = question.application.state.holds_place();
    (question.answer.is_none() && held).then(|| {
        let heading = format!("The dates have changed to {}", question.new.dates());
        let by = format!("Please answer by {}.", long_date(question.answer_by));
        let href = format!("/applications/{}/dates", question.application.reference);
        view! {
            <NotificationBanner heading=heading title_id="new-dates">
                <p>{by}</p>
                <p>
                    <a class="nhsuk-notification-banner__link" href=href>
                        "Say whether you can come"
                    </a>
                </p>
            </NotificationBanner>
        }
        .into_any()
    })
}

fn question_view(question: &Question) -> AnyView {
    let back = format!("/applications/{}", question.application.reference);
    let (why, note) = &question.why;
    let mut rows = vec![
        SummaryRow::new("What", question.new.title.clone()),
        SummaryRow::new("Old dates", question.old.dates()),
        SummaryRow::new("New dates", question.new.dates()),
        SummaryRow::new("Why", (*why).to_owned()),
    ];
    if !note.is_empty() {
        let note = note.clone();
        rows.push(SummaryRow::new("They add", view! { <span class="wex-written">{note}</span> }));
    }
    if question.answer.is_none() {
        rows.push(SummaryRow::new("Answer by", long_date(question.answer_by)));
    }
    let held = question.application.state.holds_place();
    let (heading, body) = match question.answer.as_deref() {
        Some("yes") => ("You are coming on the new dates", done_view("We have kept your place for the new dates.")),
        Some("no") => (
            "You cannot come on the new dates",
            done_view("We have told the provider. You go first on waiting lists until you accept another place."),
        ),
        Some(_) => ("The time to answer is over", done_view("You can ask for other places on your page.")),
        None if !held => ("There is nothing to answer", done_view("You do not have this place any more.")),
        None => ("Can you come on the new dates?", answer_view(question)),
    };
    let page = back.clone();
    view! {
        <BackLink href=back text="Back to the application" />
        <h1 class="nhsuk-heading-l">{heading}</h1>
        <SummaryList rows=rows />
        {body}
        <p>
            <a href=page>"See your application"</a>
        </p>
    }
    .into_any()
}

fn done_view(words: &'static str) -> AnyView {
    view! { <p>{words}</p> }.into_any()
}

fn answer_view(question: &Question) -> AnyView {
    let form = |answer: &'static str, kind: ButtonKind, words: &'static str| {
        let reference = question.application.reference.clone();
        view! {
            <form method="post" action="/do/apply_answer_dates">
                <input type="hidden" name="reference" value=reference />
                <input type="hidden" name="answer" value=answer />
                <Button kind=kind>{words}</Button>
            </form>
        }
        .into_any()
    };
    let no = form("no", ButtonKind::Secondary, "No, I cannot");
    let no_means = "If you say no, you go first on waiting lists until you accept another place.";
    if let Some(problem) = question.problem.clone() {
        return view! {
            <InsetText>
                <p>"You cannot say yes to these dates. " {problem}</p>
            </InsetText>
            <p>{no_means}</p>
            <div class="nhsuk-button-group wex-answers">{no}</div>
        }
        .into_any();
    }
    let yes = form("yes", ButtonKind::Primary, "Yes, I can come");
    let guardian = question
        .asks_guardian
        .then(|| view! { <p>"If you say yes, we ask your parent or carer to agree to the new dates too."</p> });
    view! {
        {guardian}
        <p>{no_means}</p>
        <div class="nhsuk-button-group wex-answers">{yes} {no}</div>
    }
    .into_any()
}
