//! The results by the day on which they begin: a month, as a list of days.

use chrono::{Datelike, Months};
use domain::search::Query;
use domain::words::{count, long_date};
use leptos::prelude::*;
use services::discover::Calendar;

/// A month of an answer, with the way to the months before and after.
pub(crate) fn calendar_view(query: &Query, calendar: Calendar) -> AnyView {
    let Calendar { month, today, days } = calendar;
    let to = |month: Option<chrono::NaiveDate>| Query { month, page: 1, ..query.clone() }.address();
    let name = |month: chrono::NaiveDate| month.format("%B %Y").to_string();
    let before = month.checked_sub_months(Months::new(1)).filter(|_| month > today);
    let after = month.checked_add_months(Months::new(1));
    let link = |month: chrono::NaiveDate, rel: &'static str| {
        view! {
            <li>
                <a href=to(Some(month)) rel=rel>
                    {name(month)}
                </a>
            </li>
        }
    };
    let sessions: usize = days.values().map(|day| day.count).sum();
    let said = match i64::try_from(sessions).unwrap_or(i64::MAX) {
        0 => format!("Nothing that you can still apply for begins in {}.", name(month)),
        sessions => format!("{} in {}.", count(sessions, "set of dates begins", "sets of dates begin"), name(month)),
    };
    let items = days
        .into_iter()
        .map(|(day, begins)| {
            let more = begins.count - begins.first.len();
            let on_day = Query {
                from: Some(day),
                to: Some(day),
                view: domain::search::View::List,
                month: None,
                page: 1,
                ..query.clone()
            };
            let titles = begins
                .first
                .into_iter()
                .map(|(href, title, whom)| {
                    view! {
                        <li>
                            <a href=href>{title}</a>
                            ", "
                            {whom}
                        </li>
                    }
                })
                .collect_view();
            let more = (more > 0).then(|| {
                view! {
                    <li>
                        <a href=on_day.address()>
                            {format!("{more} more")}
                            <span class="nhsuk-u-visually-hidden">{format!(" on {}", long_date(day))}</span>
                        </a>
                    </li>
                }
            });
            let weekend = if day.weekday().num_days_from_monday() > 4 { " (weekend)" } else { "" };
            view! {
                <li class="wex-calendar__day">
                    <h3 class="nhsuk-heading-xs nhsuk-u-margin-bottom-1">{long_date(day)} {weekend}</h3>
                    <ul class="nhsuk-list">{titles} {more}</ul>
                </li>
            }
        })
        .collect_view();
    view! {
        <p>{said}</p>
        <ol class="wex-calendar">{items}</ol>
        <nav aria-label="Months">
            <ul class="wex-views__list">
                {before.map(|month| link(month, "prev"))} {after.map(|month| link(month, "next"))}
            </ul>
        </nav>
    }
    .into_any()
}
