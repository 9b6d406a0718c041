//! One learner: what they asked for and where each application stands. Nothing that they wrote.

use chrono::NaiveDate;
use domain::State;
use domain::ids::AccountId;
use domain::words::{date_range, long_date, short_date};
use kit::AppError;
use kit::components::{BackLink, InsetText, SummaryList, SummaryRow};
use leptos::prelude::*;
use leptos_meta::Title;
use services::advise::learner;
use services::applications::Line;
use services::time::london_day;

use super::evidence::{done_view, section_view};
use super::{capital, name_or};

/// One learner who agreed.
#[component]
pub fn LearnerPage() -> impl IntoView {
    let (account, done) = (kit::param("account"), kit::query("done"));
    kit::page(async move {
        let ctx = kit::request();
        let (_, membership, _) = services::policy::adviser(&ctx)?;
        let account: AccountId = account.parse().map_err(|_| AppError::NotFound)?;
        let (name, lines, agreed) = learner(&ctx, account).await?;
        let (_, stated) = services::priority::statement(&ctx, account).await?;
        Ok::<_, AppError>(view! {
            <Title text=name_or(&name) />
            {done_view(stated.as_ref(), &done)}
            {learner_view(account, &name, &membership.organisation_name, &lines, agreed)}
            {section_view(account, stated.as_ref())}
        })
    })
}

pub(super) fn learner_view(
    account: AccountId,
    name: &str,
    school: &str,
    lines: &[Line],
    agreed: NaiveDate,
) -> impl IntoView + use<> {
    let name = name_or(name);
    // Newest first: what happened last is what is asked about.
    let mut sorted: Vec<&Line> = lines.iter().collect();
    sorted.sort_by_key(|line| std::cmp::Reverse(line.state_since));
    let applications = sorted.into_iter().map(|line| application_view(account, line)).collect_view();
    let none = lines.is_empty().then(|| view! { <p>"They have not sent an application yet."</p> });
    let agreed = format!(
        "{name} agreed on {} that careers advisers at {school} may see this. They can stop it at any time. What they wrote stays with them.",
        long_date(agreed)
    );
    let apply = format!("Apply with {name}");
    view! {
        <BackLink href="/adviser" text="My learners" />
        <h1 class="nhsuk-heading-l">{name}</h1>
        <p>
            <a href=format!("/adviser/learners/{account}/apply")>{apply}</a>
        </p>
        {none}
        {(!lines.is_empty()).then(|| view! { <ol class="wex-timeline">{applications}</ol> })}
        <InsetText>
            <p>{agreed}</p>
        </InsetText>
    }
}

fn application_view(account: AccountId, line: &Line) -> impl IntoView + use<> {
    let since = short_date(london_day(line.state_since));
    let mut rows = vec![
        SummaryRow::new("Provider", line.organisation_name.clone()),
        SummaryRow::new("Dates", date_range(line.starts_on, line.ends_on)),
        SummaryRow::new("Where it stands", format!("{}, since {since}", capital(line.state.in_words()))),
    ];
    if let Some(next) = next(line) {
        rows.push(SummaryRow::new("Next", next));
    }
    let title = line.title.clone();
    let withdraw = line.state.after(domain::Action::Withdraw, domain::Role::Adviser).is_ok().then(|| {
        let href = format!("/adviser/learners/{account}/withdraw/{}", line.reference);
        let hidden = format!(": {}", line.title);
        view! {
            <p>
                <a href=href>"Withdraw it for them" <span class="nhsuk-u-visually-hidden">{hidden}</span></a>
            </p>
        }
    });
    view! {
        <li class="wex-timeline__item">
            <h2 class="nhsuk-heading-m">{title}</h2>
            <SummaryList rows=rows />
            {withdraw}
        </li>
    }
}

/// Whose turn it is, and by when.
fn next(line: &Line) -> Option<String> {
    match line.state {
        State::Submitted | State::UnderReview => line.decide_by.map(|by| {
            if line.overdue {
                format!("The provider’s answer is late: it was promised by {}", long_date(by))
            } else {
                format!("The provider answers by {}", long_date(by))
            }
        }),
        State::Offered => line.respond_by.map(|by| format!("The learner answers by {}", long_date(by))),
        State::Accepted if line.consent == domain::clearance::ConsentStatus::Asked => {
            Some("Their parent or carer has still to agree".to_owned())
        }
        State::Accepted if line.checks_open > 0 => Some("The provider finishes its checks".to_owned()),
        _ => None,
    }
}
