//! What is to do today: counts that are links, and nothing else.

use domain::words::{count, long_date};
use leptos::prelude::*;
use leptos_meta::Title;
use services::applications::{QueueFilter, Today};

use super::at::list_address;

/// What is to do today.
#[component]
pub fn TodayPage() -> impl IntoView {
    kit::page(async move {
        let ctx = kit::request();
        let today = services::applications::today(&ctx).await?;
        let (_, membership, _) = services::policy::coordinator(&ctx)?;
        let provider = membership.organisation_name.clone();
        let close = services::attendance::to_close(&ctx).await?;
        let asked = services::attendance::open_questions(&ctx).await?;
        Ok::<_, kit::AppError>(view! {
            <Title text="Today" />
            <h1 class="nhsuk-heading-l">
                <span class="nhsuk-caption-l">{format!("{provider}, {}", long_date(ctx.services.today()))}</span>
                "Today"
            </h1>
            {today_view(&today)}
            {close_view(&close)}
            {asked_view(&asked)}
        })
    })
}

/// One count: how many, what of, where they are; and what is said when there is none.
struct Count {
    number: i64,
    label: String,
    href: String,
    none: &'static str,
}

fn counts(today: &Today) -> [Count; 7] {
    let of = |filter: QueueFilter| {
        today
            .applications
            .iter()
            .find(|(other, _)| *other == filter)
            .map_or(0, |(_, n)| i64::try_from(*n).unwrap_or(i64::MAX))
    };
    let word = |n: i64, one: &str, many: &str| if n == 1 { one.to_owned() } else { many.to_owned() };
    let filtered = |filter: QueueFilter, one: &str, many: &str, none: &'static str| Count {
        number: of(filter),
        label: word(of(filter), one, many),
        href: list_address(filter),
        none,
    };
    let soon = of(QueueFilter::DueSoon);
    let mut due =
        filtered(QueueFilter::ToDecide, "decision to make", "decisions to make", "Nobody is waiting for a decision.");
    if soon > 0 {
        due.label = format!("{}, {soon} of them within 3 working days", due.label);
    }
    let drafts = i64::try_from(today.drafts).unwrap_or(i64::MAX);
    [
        due,
        filtered(QueueFilter::Overdue, "answer overdue", "answers overdue", "No answer is overdue."),
        filtered(
            QueueFilter::ConsentMissing,
            "consent missing",
            "consents missing",
            "No parent or carer has still to answer.",
        ),
        filtered(
            QueueFilter::ChecksLate,
            "learner with a check at risk",
            "learners with a check at risk",
            "No check is at risk.",
        ),
        filtered(
            QueueFilter::NotReached,
            "person our messages did not reach",
            "people our messages did not reach",
            "Our messages reach everybody.",
        ),
        Count {
            number: today.places_unfilled,
            label: word(today.places_unfilled, "place unfilled", "places unfilled"),
            href: "/provider/sessions".into(),
            none: "Every open place is held.",
        },
        Count {
            number: drafts,
            label: word(drafts, "draft to finish", "drafts to finish"),
            href: "/provider/opportunities".into(),
            none: "No draft is waiting.",
        },
    ]
}

/// Sessions with days that have passed and on which nobody wrote down who came.
fn close_view(close: &[services::attendance::Listed]) -> Option<AnyView> {
    if close.is_empty() {
        return None;
    }
    let items = close
        .iter()
        .map(|one| {
            let href = format!("/provider/sessions/{}/attendance", one.session.id);
            let session = format!(
                "{}, {}",
                one.session.title,
                domain::words::date_range(one.session.starts_on, one.session.ends_on)
            );
            let days = i64::try_from(one.open_days.len()).unwrap_or(i64::MAX);
            let days = format!(": {} to record", domain::words::count(days, "day", "days"));
            view! {
                <li>
                    <a href=href>{session}</a>
                    {days}
                </li>
            }
        })
        .collect_view();
    Some(
        view! {
            <h2 class="nhsuk-heading-s">"Sessions to close"</h2>
            <ul class="nhsuk-list nhsuk-list--bullet">{items}</ul>
        }
        .into_any(),
    )
}

/// Learners who say that their attendance is wrong.
fn asked_view(asked: &[services::attendance::OpenQuestion]) -> Option<AnyView> {
    if asked.is_empty() {
        return None;
    }
    let items = asked
        .iter()
        .map(|one| {
            let href = format!("/provider/sessions/{}/attendance/{}", one.session, one.reference);
            let (name, title) = (one.name.clone(), format!(", {}", one.title));
            view! {
                <li>
                    <a href=href>{name}</a>
                    {title}
                </li>
            }
        })
        .collect_view();
    Some(
        view! {
            <h2 class="nhsuk-heading-s">"Learners who say that a day is wrong"</h2>
            <ul class="nhsuk-list nhsuk-list--bullet">{items}</ul>
        }
        .into_any(),
    )
}

pub(super) fn today_view(today: &Today) -> impl IntoView + use<> {
    let (some, none): (Vec<_>, Vec<_>) = counts(today).into_iter().partition(|count| count.number > 0);
    let quiet = some.is_empty();
    let boxes = some
        .into_iter()
        .map(|count| {
            view! {
                <li class="wex-counts__item">
                    <a class="wex-counts__link" href=count.href>
                        <span class="wex-counts__number">{count.number}</span>
                        " "
                        <span class="wex-counts__label">{count.label}</span>
                    </a>
                </li>
            }
        })
        .collect_view();
    let calm = none.iter().map(|count| view! { <li>{count.none}</li> }).collect_view();
    let all = counted(today);
    view! {
        {quiet.then(|| view! { <p>"Nothing is waiting for you today."</p> })}
        {(!quiet).then(|| view! { <ul class="wex-counts">{boxes}</ul> })}
        {(!none.is_empty())
            .then(|| {
                view! {
                    <h2 class="nhsuk-heading-s">"All in order"</h2>
                    <ul class="nhsuk-list nhsuk-list--bullet">{calm}</ul>
                }
            })}
        <p>
            <a href="/provider/applications">{all}</a>
        </p>
        <p>
            <a href="/provider/clearances/to-do">"See checks to do"</a>
        </p>
    }
}

fn counted(today: &Today) -> String {
    let open = today.applications.iter().find(|(filter, _)| *filter == QueueFilter::Open).map_or(0, |(_, n)| *n);
    match open {
        0 => "See applications".to_owned(),
        n => format!("See {} under way", count(i64::try_from(n).unwrap_or(i64::MAX), "application", "applications")),
    }
}
