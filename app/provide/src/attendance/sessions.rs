//! A supervisor's sessions: to record, running, coming.

use chrono::NaiveDate;
use domain::words::{count, date_range};
use kit::AppError;
use kit::components::{TagColour, Task, TaskList, TaskStatus};
use leptos::prelude::*;
use leptos_meta::Title;
use services::attendance::{Listed, sessions_to_host};

/// A supervisor's sessions.
#[component]
pub fn SupervisorPage() -> impl IntoView {
    kit::page(async move {
        let ctx = kit::request();
        let list = sessions_to_host(&ctx).await?;
        Ok::<_, AppError>(view! {
            <Title text="My sessions" />
            {list_view(&list, ctx.services.today())}
        })
    })
}

/// Where a session stands, for who records it.
fn status(one: &Listed, today: NaiveDate) -> TaskStatus {
    let open = i64::try_from(one.open_days.len()).unwrap_or(i64::MAX);
    if open > 0 {
        TaskStatus::Other(format!("{} to record", count(open, "day", "days")), TagColour::Yellow)
    } else if one.session.starts_on > today {
        TaskStatus::Other("Not yet".to_owned(), TagColour::Grey)
    } else if one.session.confirmed > 0 {
        TaskStatus::Other("Recorded so far".to_owned(), TagColour::Green)
    } else {
        TaskStatus::Other("Recorded".to_owned(), TagColour::Green)
    }
}

fn task(one: &Listed, today: NaiveDate) -> Task {
    let session = &one.session;
    let people = session.confirmed + session.recorded;
    let people = if people == 0 { "nobody yet".to_owned() } else { count(people, "person", "people") };
    // The dates are what tells one from another: an offer comes again and again.
    Task::new(date_range(session.starts_on, session.ends_on), status(one, today))
        .href(format!("/supervisor/sessions/{}", session.id))
        .hint(format!("{}, {people}", session.title))
}

pub(super) fn list_view(list: &[Listed], today: NaiveDate) -> AnyView {
    let week = today + chrono::Days::new(7);
    let section = |id: &'static str, heading: &'static str, takes: &dyn Fn(&Listed) -> bool| {
        let tasks: Vec<Task> = list.iter().filter(|one| takes(one)).map(|one| task(one, today)).collect();
        (!tasks.is_empty()).then(|| {
            view! {
                <h2 class="nhsuk-heading-m">{heading}</h2>
                <TaskList tasks=tasks id_prefix=id />
            }
            .into_any()
        })
    };
    let none = list.is_empty().then(|| {
        view! { <p>"Nobody comes to your departments in the next four weeks. You get an email when somebody does."</p> }
    });
    view! {
        <h1 class="nhsuk-heading-l">"My sessions"</h1>
        {none}
        {section("record", "To record", &|one| !one.open_days.is_empty())}
        {section("soon", "Today and this week", &|one| one.open_days.is_empty() && one.session.starts_on < week)}
        {section("later", "Later", &|one| one.open_days.is_empty() && one.session.starts_on >= week)}
    }
    .into_any()
}
