//! An adviser's evidence statement about a learner: what it is for, who reads what, and the boxes.

use domain::ids::AccountId;
use domain::priority::EvidenceReason;
use domain::words::long_date;
use kit::AppError;
use kit::components::{
    BackLink, Button, ButtonKind, Checkboxes, Choice, Details, ErrorSummary, NotificationBanner, Size,
};
use leptos::prelude::*;
use leptos_meta::Title;
use services::priority::{Statement, statement};
use services::time::london_day;

use super::name_or;

/// The statement about one learner who agreed to be seen.
#[component]
pub fn EvidencePage() -> impl IntoView {
    let (account, problem) = (kit::param("account"), kit::query("problem"));
    kit::page(async move {
        let ctx = kit::request();
        services::policy::adviser(&ctx)?;
        let account: AccountId = account.parse().map_err(|_| AppError::NotFound)?;
        let (name, stated) = statement(&ctx, account).await?;
        let error = if problem == "none" { "Error: " } else { "" };
        Ok::<_, AppError>(view! {
            <Title text=format!("{error}Priority of {}", name_or(&name)) />
            {evidence_view(account, &name, stated.as_ref(), problem == "none")}
        })
    })
}

const NONE: &str = "Choose at least one priority that this learner meets";

pub(super) fn evidence_view(
    account: AccountId,
    name: &str,
    stated: Option<&Statement>,
    none_chosen: bool,
) -> impl IntoView + use<> {
    let name = name_or(name);
    let learner = format!("/adviser/learners/{account}");
    let ticked = |reason: EvidenceReason| stated.is_some_and(|statement| statement.reasons.contains(&reason));
    // The value differs from box to box, so that those that were ticked are ticked again.
    let items: Vec<Choice> = EvidenceReason::ALL
        .iter()
        .map(|reason| Choice::new(reason.as_str(), reason.label()).name(reason.as_str()))
        .collect();
    let values: Vec<String> =
        EvidenceReason::ALL.iter().filter(|reason| ticked(**reason)).map(|reason| reason.as_str().to_owned()).collect();
    let errors: Vec<(&str, &str)> = if none_chosen { vec![("reasons", NONE)] } else { Vec::new() };
    let error = none_chosen.then_some(NONE.to_owned());
    let end = stated.map(|_| {
        view! {
            <form method="post" action="/do/advise_end_evidence">
                <input type="hidden" name="account" value=account.to_string() />
                <Button kind=ButtonKind::Secondary>"Take the statement back"</Button>
            </form>
        }
    });
    let label = if stated.is_some() { "Change the statement" } else { "State this" };
    view! {
        <BackLink href=learner text=name.clone() />
        <ErrorSummary errors=errors />
        <h1 class="nhsuk-heading-l">{format!("Which priorities does {name} meet?")}</h1>
        <p>
            "Some places are reserved for learners who have fewer chances. A learner who meets a priority can get one, and comes first on waiting lists."
        </p>
        <p>
            "Providers read “meets priority”, never which. The learner can see what you state. Tick what you know to be true, and keep the evidence at school: we do not ask for it."
        </p>
        <form method="post" action="/do/advise_state_evidence" novalidate>
            <input type="hidden" name="account" value=account.to_string() />
            <Checkboxes
                name="reasons"
                label="Tick all that are true"
                label_size=Size::M
                items=items
                values=values
                error=error
            />
            <Button prevent_double_click=true>{label}</Button>
        </form>
        {end}
        <Details summary="What if it changes?">
            <p>"Change or take back the statement here. Places that the learner has got already stay theirs."</p>
        </Details>
    }
}

/// What was just done: as the record has it, not as the address claims.
pub(super) fn done_view(stated: Option<&Statement>, done: &str) -> Option<AnyView> {
    let words = match (done, stated) {
        ("stated", Some(_)) => "You stated that this learner meets a priority",
        ("ended", None) => "The statement is taken back",
        _ => return None,
    };
    Some(view! { <NotificationBanner success=true heading=words /> }.into_any())
}

/// On a learner's page: what the school stated, and the way to state or change it.
pub(super) fn section_view(account: AccountId, stated: Option<&Statement>) -> AnyView {
    let href = format!("/adviser/learners/{account}/evidence");
    let (words, link) = match stated {
        None => (
            "Nobody at your school has stated that they meet a priority.".to_owned(),
            "State that they meet a priority",
        ),
        Some(statement) => (
            format!(
                "{} stated on {} that they meet a priority:",
                if statement.stated_by.is_empty() { "An adviser" } else { &statement.stated_by },
                long_date(london_day(statement.stated_at))
            ),
            "Change what was stated",
        ),
    };
    let reasons = stated.map(|statement| {
        let items: Vec<AnyView> =
            statement.reasons.iter().map(|reason| view! { <li>{reason.label()}</li> }.into_any()).collect();
        view! { <ul class="nhsuk-list nhsuk-list--bullet">{items}</ul> }
    });
    view! {
        <h2 class="nhsuk-heading-m">"Priority"</h2>
        <p>{words}</p>
        {reasons}
        <p>
            <a href=href>{link}</a>
        </p>
    }
    .into_any()
}
