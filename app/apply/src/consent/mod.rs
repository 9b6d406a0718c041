//! A parent or carer's pages: the one behind the link in the email, their private page after the answer, and
//! a question. They exist on the server only and need no scripts.

mod correct;
mod pages;
mod private;
mod question;
#[cfg(test)]
mod tests;

pub use correct::CorrectGuardianPage;
pub use pages::ConsentPage;
pub use private::{PrivatePage, WithdrawConsentPage};
pub use question::QuestionPage;

use domain::Delivery;
use kit::components::{SummaryList, SummaryRow};
use leptos::prelude::*;
use services::applications::About;

/// The name as the young person likes it, or words in its place.
fn name_or(name: &str) -> String {
    if name.trim().is_empty() { "The young person".to_owned() } else { name.to_owned() }
}

/// What, with whom, when and where.
fn facts_view(about: &About, more: Vec<SummaryRow>) -> AnyView {
    let provider = match &about.department {
        Some(department) => format!("{department}, {}", about.organisation_name),
        None => about.organisation_name.clone(),
    };
    let place = if about.delivery == Delivery::Online { Some("Online".to_owned()) } else { about.place() };
    let when = [Some(about.dates()), about.times()].into_iter().flatten().collect::<Vec<_>>().join(", ");
    let mut rows = vec![
        SummaryRow::new("What", about.title.clone()),
        SummaryRow::new("With", provider),
        SummaryRow::new("When", when),
    ];
    rows.extend(place.map(|place| SummaryRow::new("Where", place)));
    rows.extend(more);
    view! { <SummaryList rows=rows /> }.into_any()
}

/// Who is responsible for the young person, and when.
fn looks_after_view(name: &str, about: &About) -> AnyView {
    let provider = &about.organisation_name;
    let care = if about.delivery == Delivery::Online {
        format!("{provider} runs this online. {name} takes part from home or school, and the provider’s staff lead it.")
    } else {
        format!(
            "{provider} is responsible for {name} during these hours. Their staff look after {name} and explain how to stay safe. You look after the journey there and back."
        )
    };
    view! {
        <h2 class="nhsuk-heading-m">{format!("Who looks after {name}")}</h2>
        <p>{care}</p>
    }
    .into_any()
}

/// What a yes means.
fn agreement_view(name: &str) -> AnyView {
    view! {
        <ul class="nhsuk-list nhsuk-list--bullet">
            <li>{format!("{name} may take part on these dates, if a place is offered")}</li>
            <li>{format!("the provider may use what {name} wrote to arrange it")}</li>
            <li>{format!("{name} keeps the provider’s rules, and tells nobody about patients")}</li>
        </ul>
    }
    .into_any()
}
