//! One person's days with their history, what they say about it, and a coordinator's change.

use domain::attendance::Mark;
use domain::ids::SessionId;
use domain::words::long_date;
use kit::AppError;
use kit::components::{
    BackLink, Button, ButtonKind, CharacterCount, Choice, Details, ErrorLink, ErrorSummary, Input, Limit,
    NotificationBanner, Radios, Select, Size, SummaryList, SummaryRow,
};
use leptos::prelude::*;
use leptos_meta::Title;
use services::attendance::{Again, Day, Form, LONGEST, OnePerson, again, one};
use services::time::in_words;

/// One person's attendance, for a coordinator.
#[component]
pub fn OneAttendancePage() -> impl IntoView {
    let (id, reference) = (kit::param("id"), kit::param("reference"));
    let (done, mend) = (kit::query("done"), kit::query("mend"));
    kit::page(async move {
        let id: SessionId = id.parse().map_err(|_| AppError::NotFound)?;
        let ctx = kit::request();
        let person = one(&ctx, id, &reference).await?;
        let mut shown = Shown { person, change: Again::default(), answer: Again::default() };
        match mend.as_str() {
            "change" => shown.change = again(&ctx, &Form::Amend(id, reference)).await?,
            "answer" => shown.answer = again(&ctx, &Form::Keep(id, reference)).await?,
            _ => {}
        }
        let title = format!("Attendance of {}", shown.name());
        let title = if shown.errors().is_empty() { title } else { format!("Error: {title}") };
        Ok::<_, AppError>(view! {
            <Title text=title />
            {one_view(&shown, &done)}
        })
    })
}

/// What the page shows.
pub(super) struct Shown {
    pub person: OnePerson,
    /// A change that could not be made.
    pub change: Again,
    /// An answer that could not be sent.
    pub answer: Again,
}

impl Shown {
    fn name(&self) -> &str {
        self.person.application.answers.get("name")
    }

    fn errors(&self) -> Vec<ErrorLink> {
        let link = |problem: &domain::form::Problem| ErrorLink::new(problem.field.clone(), problem.message.clone());
        self.answer.problems.iter().chain(&self.change.problems).map(link).collect()
    }
}

fn limit() -> Limit {
    Limit::Characters(u32::try_from(LONGEST).unwrap_or(u32::MAX))
}

pub(super) fn one_view(shown: &Shown, done: &str) -> AnyView {
    let person = &shown.person;
    let back = format!("/provider/sessions/{}/attendance", person.session.id);
    let banner = match done {
        "changed" => Some("The day is changed, and we have told them."),
        "answered" => Some("It stays as it is, and we have told them."),
        _ => None,
    };
    let banner = banner.map(|words| view! { <NotificationBanner success=true heading=words /> });
    let heading = format!("Attendance of {}", shown.name());
    view! {
        <BackLink href=back text="Who came" />
        <ErrorSummary errors=shown.errors() />
        {banner}
        <h1 class="nhsuk-heading-l">
            <span class="nhsuk-caption-l">{person.session.title.clone()}</span>
            {heading}
        </h1>
        {days_view(person)}
        {questions_view(shown)}
        {change_view(shown)}
        {history_view(person)}
    }
    .into_any()
}

fn days_view(person: &OnePerson) -> AnyView {
    let rows: Vec<SummaryRow> = person
        .days
        .iter()
        .map(|day| {
            let words = person.recorded.iter().find(|one| one.day == *day).and_then(said);
            SummaryRow::new(long_date(*day), words.unwrap_or_else(|| "Not recorded yet".to_owned()))
        })
        .collect();
    view! { <SummaryList rows=rows /> }.into_any()
}

fn said(day: &Day) -> Option<String> {
    Some(day.mark?.with_time(day.minutes))
}

/// Everything that was ever recorded, for who wants to know how it came about.
fn history_view(person: &OnePerson) -> Option<AnyView> {
    if person.history.is_empty() {
        return None;
    }
    let items: Vec<AnyView> = person
        .history
        .iter()
        .map(|one| {
            let who = one.by.and_then(|by| person.people.get(&by)).map(|name| format!("{name}, ")).unwrap_or_default();
            let what = said(one).unwrap_or_else(|| "Taken back".to_owned());
            let why = if one.reason.is_empty() { String::new() } else { format!(" Why: {}", one.reason) };
            let words = format!("{}: {what}. Recorded by {who}{}.{why}", long_date(one.day), in_words(one.at));
            view! { <li>{words}</li> }.into_any()
        })
        .collect();
    Some(
        view! {
            <Details summary="What was recorded, and by whom">
                <ol class="nhsuk-list nhsuk-list--number">{items}</ol>
            </Details>
        }
        .into_any(),
    )
}

fn questions_view(shown: &Shown) -> Option<AnyView> {
    let questions = &shown.person.questions;
    if questions.is_empty() {
        return None;
    }
    let said: Vec<AnyView> = questions
        .iter()
        .map(|one| {
            let words = one.said.clone();
            let answer = (!one.answer.is_empty()).then(|| {
                let words = one.answer.clone();
                view! {
                    <p>"Answered:"</p>
                    <p class="wex-own-words">{words}</p>
                }
            });
            view! {
                <p>{format!("{} said on {}:", shown.name(), in_words(one.said_at))}</p>
                <p class="wex-own-words">{words}</p>
                {answer}
            }
            .into_any()
        })
        .collect();
    let open = questions.iter().any(|one| one.answered_at.is_none());
    let heading = if open { "They say that a day is wrong" } else { "They said that a day was wrong" };
    let keep = open.then(|| {
        let again = &shown.answer;
        view! {
            <form method="post" action="/do/provide_keep_attendance" class="wex-no-print" novalidate>
                <input type="hidden" name="session" value=shown.person.session.id.to_string() />
                <input type="hidden" name="reference" value=shown.person.application.reference.clone() />
                <p>"Are they right? Change the day below: that answers them too. Is it right as it is? Say why."</p>
                <CharacterCount
                    name="answer"
                    label="Why it stays as it is"
                    hint="They read this on their page."
                    limit=limit()
                    rows=3
                    value=again.typed("answer")
                    error=again.problem("answer")
                />
                <Button kind=ButtonKind::Secondary>"Leave it as it is"</Button>
            </form>
        }
    });
    Some(
        view! {
            <section aria-labelledby="said">
                <h2 class="nhsuk-heading-m" id="said">
                    {heading}
                </h2>
                {said}
                {keep}
            </section>
        }
        .into_any(),
    )
}

fn change_view(shown: &Shown) -> Option<AnyView> {
    let (person, again) = (&shown.person, &shown.change);
    if person.recorded.is_empty() {
        return None;
    }
    let mut days: Vec<Choice> = vec![Choice::new("", "Choose a day")];
    days.extend(
        person.recorded.iter().filter_map(|one| {
            Some(Choice::new(one.day.to_string(), format!("{}: {}", long_date(one.day), said(one)?)))
        }),
    );
    let (hours, hours_wrong) = (again.typed("hours"), again.problem("hours"));
    let part = move || {
        view! {
            <Input
                name="hours"
                label="How many hours were they there?"
                hint="For example, 3 or 3.5. Leave it empty if you do not know."
                inputmode="decimal"
                autocomplete="off"
                width=5
                value=hours.clone()
                error=hours_wrong.clone()
            />
        }
        .into_any()
    };
    let marks: Vec<Choice> = Mark::ALL
        .iter()
        .map(|mark| {
            let choice = Choice::new(mark.as_str(), mark.in_words());
            if *mark == Mark::Part { choice.reveals(part.clone()) } else { choice }
        })
        .collect();
    Some(
        view! {
            <section class="wex-no-print" aria-labelledby="change">
                <h2 class="nhsuk-heading-m" id="change">
                    "Change a day"
                </h2>
                <form method="post" action="/do/provide_amend_day" novalidate>
                    <input type="hidden" name="session" value=person.session.id.to_string() />
                    <input type="hidden" name="reference" value=person.application.reference.clone() />
                    <Select
                        name="day"
                        label="Which day?"
                        label_size=Size::S
                        items=days
                        value=again.typed("day")
                        error=again.problem("day")
                    />
                    <Radios
                        name="mark"
                        label="What is right?"
                        label_size=Size::S
                        items=marks
                        value=again.typed("mark")
                        error=again.problem("mark")
                    />
                    <CharacterCount
                        name="reason"
                        label="Why do you change it?"
                        label_size=Size::S
                        hint="The learner reads this. Write nothing about anybody’s health."
                        limit=limit()
                        rows=3
                        value=again.typed("reason")
                        error=again.problem("reason")
                    />
                    <Button>"Change this day"</Button>
                </form>
            </section>
        }
        .into_any(),
    )
}
