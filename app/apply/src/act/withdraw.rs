//! An adviser withdraws an application for a linked learner, after being asked once more.

use kit::AppError;
use kit::components::{BackLink, Button, ButtonGroup, ButtonKind, InsetText};
use leptos::prelude::*;
use leptos_meta::Title;
use services::applications::{For, withdrawing_for};

/// Asks once more.
#[component]
pub fn WithdrawForPage() -> impl IntoView {
    let (account, reference) = (kit::param("account"), kit::param("reference"));
    kit::page(async move {
        let id = account.parse().map_err(|_| AppError::NotFound)?;
        let withdrawing = withdrawing_for(&kit::request(), id, &reference).await?;
        Ok::<_, AppError>(view! {
            <Title text=format!("Withdraw for {}", withdrawing.learner) />
            {withdraw_view(&withdrawing, &account, &reference)}
        })
    })
}

pub(super) fn withdraw_view(withdrawing: &For, account: &str, reference: &str) -> AnyView {
    let For { learner, about, possible, holds_place } = withdrawing;
    let learner = learner.clone();
    let heading = format!("Do you want to withdraw this application for {learner}?");
    let back = format!("/adviser/learners/{}", kit::urlencode(account));
    let keep = back.clone();
    let body = if *possible {
        let warning = if *holds_place {
            format!("{learner}’s place goes to somebody else. You cannot undo this.")
        } else {
            "The provider no longer sees it as waiting. You cannot undo this.".to_owned()
        };
        let told = format!("We tell {learner} that you did it. Only go on if they asked you to.");
        let button = format!("Withdraw it for {learner}");
        view! {
            <InsetText>
                <p>{warning}</p>
            </InsetText>
            <p>{told}</p>
            <form method="post" action="/do/apply_withdraw_for">
                <input type="hidden" name="account" value=account.to_owned() />
                <input type="hidden" name="reference" value=reference.to_owned() />
                <ButtonGroup>
                    <Button kind=ButtonKind::Warning>{button}</Button>
                    <a href=keep>"Keep it"</a>
                </ButtonGroup>
            </form>
        }
        .into_any()
    } else {
        view! { <p>"There is nothing to withdraw any more."</p> }.into_any()
    };
    let what = format!("{}, {}, {}.", about.title, about.organisation_name, about.dates());
    view! {
        <BackLink href=back text="Back to the learner" />
        <h1 class="nhsuk-heading-l">{heading}</h1>
        <p>{what}</p>
        {body}
    }
    .into_any()
}
