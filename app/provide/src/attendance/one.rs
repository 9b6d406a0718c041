//! One person's days with their history, what they say about it, and a coordinator's change.

use domain::attendance::Mark;
use domain::ids::SessionId;
use domain::words::long_date;
use kit::AppError;
use kit::components::{BackLink, Button, ButtonKind, Input, SummaryList, SummaryRow, Textarea};
use leptos::prelude::*;
use leptos_meta::Title;
use services::attendance::{OnePerson, one};
use services::time::in_words;

/// One person's attendance, for a coordinator.
#[component]
pub fn OneAttendancePage() -> impl IntoView {
    let (id, reference) = (kit::param("id"), kit::param("reference"));
    kit::page(async move {
        let id: SessionId = id.parse().map_err(|_| AppError::NotFound)?;
        let shown = one(&kit::request(), id, &reference).await?;
        let name = shown.application.answers.get("name").to_owned();
        Ok::<_, AppError>(view! {
            <Title text=format!("Attendance of {name}") />
            {one_view(&shown, &name)}
        })
    })
}

fn one_view(shown: &OnePerson, name: &str) -> AnyView {
    let back = format!("/provider/sessions/{}/attendance", shown.session.id);
    let rows: Vec<SummaryRow> = shown
        .days
        .iter()
        .map(|day| {
            let mark = shown.recorded.iter().find(|one| one.day == *day).and_then(|one| one.mark);
            SummaryRow::new(long_date(*day), mark.map_or("Not recorded yet", Mark::in_words))
        })
        .collect();
    let history: Vec<AnyView> = shown
        .history
        .iter()
        .map(|one| {
            let who = one.by.and_then(|by| shown.people.get(&by)).cloned().unwrap_or_default();
            let what = one.mark.map_or("taken back", Mark::in_words).to_lowercase();
            let why = if one.reason.is_empty() { String::new() } else { format!(" Why: {}", one.reason) };
            view! { <li>{format!("{}: {what}. {who}, {}.{why}", long_date(one.day), in_words(one.at))}</li> }.into_any()
        })
        .collect();
    let history = (!history.is_empty()).then(|| {
        view! {
            <h2 class="nhsuk-heading-m">"What was recorded"</h2>
            <ul class="nhsuk-list nhsuk-list--bullet">{history}</ul>
        }
    });
    view! {
        <BackLink href=back text="Who came" />
        <h1 class="nhsuk-heading-l">
            <span class="nhsuk-caption-l">{shown.session.title.clone()}</span>
            {format!("Attendance of {name}")}
        </h1>
        <SummaryList rows=rows />
        {questions_view(shown)}
        {history}
        {change_view(shown)}
    }
    .into_any()
}

fn questions_view(shown: &OnePerson) -> Option<AnyView> {
    let said: Vec<AnyView> = shown
        .questions
        .iter()
        .map(|one| {
            let words = one.said.clone();
            let answer = (!one.answer.is_empty()).then(|| format!("Answered: {}", one.answer));
            view! {
                <p>{format!("They said on {}:", in_words(one.said_at))}</p>
                <div class="wex-own-words">{words}</div>
                {answer.map(|words| view! { <p>{words}</p> })}
            }
            .into_any()
        })
        .collect();
    let open = shown.questions.iter().any(|one| one.answered_at.is_none());
    let keep = open.then(|| {
        view! {
            <form method="post" action="/do/provide_keep_attendance" class="wex-no-print">
                <input type="hidden" name="session" value=shown.session.id.to_string() />
                <input type="hidden" name="reference" value=shown.application.reference.clone() />
                <Textarea name="answer" label="If it is right as it is, say why" hint="They read this on their page." />
                <Button kind=ButtonKind::Secondary>"Leave it as it is"</Button>
            </form>
        }
    });
    (!said.is_empty()).then(|| {
        view! {
            <h2 class="nhsuk-heading-m">"They say that it is wrong"</h2>
            {said}
            {keep}
        }
        .into_any()
    })
}

fn change_view(shown: &OnePerson) -> Option<AnyView> {
    if shown.recorded.is_empty() {
        return None;
    }
    let days: Vec<AnyView> = shown
        .recorded
        .iter()
        .map(|one| view! { <option value=one.day.to_string()>{long_date(one.day)}</option> }.into_any())
        .collect();
    let marks: Vec<AnyView> = Mark::ALL
        .iter()
        .map(|mark| view! { <option value=mark.as_str()>{mark.in_words()}</option> }.into_any())
        .collect();
    Some(
        view! {
            <section class="wex-no-print">
                <h2 class="nhsuk-heading-m">"Change a day"</h2>
                <form method="post" action="/do/provide_amend_day">
                    <input type="hidden" name="session" value=shown.session.id.to_string() />
                    <input type="hidden" name="reference" value=shown.application.reference.clone() />
                    <div class="nhsuk-form-group">
                        <label class="nhsuk-label" for="day">
                            "Which day"
                        </label>
                        <select class="nhsuk-select" id="day" name="day">
                            {days}
                        </select>
                    </div>
                    <div class="nhsuk-form-group">
                        <label class="nhsuk-label" for="mark">
                            "What is right"
                        </label>
                        <select class="nhsuk-select" id="mark" name="mark">
                            {marks}
                        </select>
                    </div>
                    <Input
                        name="hours"
                        label="Hours, for a part of a day"
                        hint="Leave it empty if you do not know. For example, 3.5"
                        width=5
                    />
                    <Textarea name="reason" label="Why you change it" hint="The learner reads this. Write nothing about health." />
                    <Button>"Change this day"</Button>
                </form>
            </section>
        }
        .into_any(),
    )
}
