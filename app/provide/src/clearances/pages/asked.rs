//! Which checks an opportunity asks of everybody who accepts.

use domain::clearance::ClearanceType;
use domain::ids::OpportunityId;
use domain::words::count;
use kit::AppError;
use kit::components::{BackLink, Button, NotificationBanner, Radios};
use leptos::prelude::*;
use leptos_meta::Title;
use services::clearances::Asks;

/// Which checks one of the coordinator's own opportunities asks for.
#[component]
pub fn AskedPage() -> impl IntoView {
    let (id, done) = (kit::param("id"), kit::query("done"));
    kit::page(async move {
        let ctx = kit::request();
        services::policy::coordinator(&ctx)?;
        let id: OpportunityId = id.parse().map_err(|_| AppError::NotFound)?;
        let (opportunity, types) = services::clearances::asked(&ctx, id).await?;
        Ok::<_, AppError>(asked_view(id, &opportunity.title, &types, done == "saved"))
    })
}

pub(super) fn asked_view(id: OpportunityId, title: &str, types: &[(ClearanceType, Asks)], saved: bool) -> AnyView {
    let questions = types
        .iter()
        .enumerate()
        .map(|(at, (what, asks))| {
            let items = Asks::ALL.map(|(_, word, words)| (format!("{}:{word}", what.code), words.to_owned())).to_vec();
            let hint = format!("It usually takes {}.", count(what.lead_days, "day", "days"));
            let value = format!("{}:{}", what.code, asks.as_str());
            let (name, id) = (format!("choices[{at}]"), format!("ask-{}", what.code));
            view! { <Radios name=name id=id label=what.name.clone() hint=hint items=items value=value /> }.into_any()
        })
        .collect_view();
    view! {
        <Title text=format!("Checks for {title}") />
        <BackLink href=format!("/provider/opportunities/{id}") text=title.to_owned() />
        {saved.then(|| view! { <NotificationBanner success=true heading="Saved. It counts for everybody who accepts from now on" /> })}
        <h1 class="nhsuk-heading-l">
            <span class="nhsuk-caption-l">{title.to_owned()}</span>
            "Checks after somebody accepts"
        </h1>
        <p>"Learners read which checks you ask for before they apply. Ask only for what this place needs."</p>
        <form method="post" action="/do/provide_choose_clearances">
            <input type="hidden" name="opportunity" value=id.to_string() />
            {questions}
            <Button>"Save these checks"</Button>
        </form>
        <p>
            <a href="/provider/clearances">"Add or change a check"</a>
        </p>
    }
    .into_any()
}
