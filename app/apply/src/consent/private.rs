//! The private page of a parent or carer after their answer: what was agreed, where the application stands,
//! and changing one's mind. Nothing on it is sensitive.

use domain::State;
use domain::consent::May;
use domain::words::long_date;
use kit::AppError;
use kit::components::{BackLink, Button, ButtonGroup, ButtonKind, InsetText, NotificationBanner, SummaryRow};
use leptos::prelude::*;
use leptos_meta::{Meta, Title};
use services::applications::{GuardianPage, guardian_page};

use super::{agreement_view, facts_view, looks_after_view, name_or};

/// The private page. Nobody has to sign in.
#[component]
pub fn PrivatePage() -> impl IntoView {
    let (token, done) = (kit::param("token"), kit::query("done"));
    kit::page(async move {
        let page = guardian_page(&kit::request().services, &token).await?;
        Ok::<_, AppError>(view! {
            <Title text=heading(&page) />
            <Meta name="robots" content="noindex" />
            {private_view(&page, &token, &done)}
        })
    })
}

fn heading(page: &GuardianPage) -> String {
    format!("Your answer about {}", name_or(&page.learner_name))
}

pub(super) fn private_view(page: &GuardianPage, token: &str, done: &str) -> AnyView {
    let name = name_or(&page.learner_name);
    let banner = match done {
        "answered" => Some("We have your answer. Keep the email with the link to this page"),
        "withdrawn" => Some("You have withdrawn your consent"),
        "agreed" => Some("You have agreed"),
        "asked" => Some("We have sent your question. The provider answers you by email"),
        _ => None,
    }
    .map(|words| view! { <NotificationBanner success=true heading=words /> });
    let when = page.answered_on.map(|day| format!(" on {}", long_date(day))).unwrap_or_default();
    let answer = if page.agreed { format!("You agreed{when}.") } else { format!("You did not agree{when}.") };
    let agreed = page.agreed.then(|| {
        view! {
            <h2 class="nhsuk-heading-m">"What you agreed to"</h2>
            {agreement_view(&name)}
        }
    });
    let calendar = (page.state == State::Confirmed).then(|| {
        let href = format!("/do/apply_guardian_calendar?token={}", kit::urlencode(token));
        view! {
            <p>
                <a href=href download="work-experience.ics">"Put these days into your calendar"</a>
            </p>
        }
    });
    let (stands, reference) = (stands(page.state, &name), format!("The reference is {}.", page.reference));
    view! {
        {banner}
        <h1 class="nhsuk-heading-l">{heading(page)}</h1>
        <p class="nhsuk-lede-text">{answer}</p>
        <InsetText>
            <p>{stands}</p>
            <p>{reference}</p>
        </InsetText>
        {facts_view(&page.about, joining(page))}
        {calendar}
        {looks_after_view(&name, &page.about)}
        {agreed}
        {change_view(page, &name, token)}
    }
    .into_any()
}

/// Where it stands, to somebody who looks after the learner. Why is between the learner and the provider.
pub(super) fn stands(state: State, name: &str) -> String {
    match state {
        State::Draft | State::Submitted | State::UnderReview => {
            format!("The provider has {name}’s application and has not answered yet.")
        }
        State::Waitlisted => format!("{name} is on the waiting list."),
        State::Offered => format!("{name} has been offered a place, and has not answered yet."),
        State::Accepted => format!("{name} has accepted a place. It is not confirmed yet."),
        State::Confirmed => format!("{name}’s place is confirmed."),
        State::NotSelected => format!("{name} did not get a place this time."),
        State::Lapsed => "The provider did not answer in time.".to_owned(),
        State::Declined => format!("{name} said no thank you to the place."),
        State::OfferExpired => "The offer ran out before it was answered.".to_owned(),
        State::OfferWithdrawn | State::CancelledByProvider => "The provider had to cancel.".to_owned(),
        State::ClearanceNotMet => "The place will not go ahead.".to_owned(),
        State::Withdrawn | State::Expired => "The application is withdrawn.".to_owned(),
        State::Attended | State::PartlyAttended => format!("{name} took part."),
        State::DidNotAttend => format!("{name} did not take part."),
    }
}

/// What the learner has been told for the first day, once the place is confirmed.
fn joining(page: &GuardianPage) -> Vec<SummaryRow> {
    if page.state != State::Confirmed {
        return Vec::new();
    }
    let about = &page.about;
    [
        ("Getting there", about.directions.clone()),
        ("What to wear", Some(about.dress.clone())),
        ("What to bring", Some(about.bring.clone())),
    ]
    .into_iter()
    .filter_map(|(key, text)| {
        let text = text.filter(|text| !text.trim().is_empty())?;
        Some(SummaryRow::new(key, view! { <span class="wex-written">{text}</span> }))
    })
    .collect()
}

fn change_view(page: &GuardianPage, name: &str, token: &str) -> AnyView {
    let question = format!("/consent/{}/question", kit::urlencode(token));
    let change = match page.may {
        May::Withdraw => {
            let href = format!("/consent/page/{}/withdraw", kit::urlencode(token));
            view! {
                <p>
                    <a href=href>"Withdraw my consent"</a>
                </p>
            }
            .into_any()
        }
        May::Agree => view! {
            <p>{format!("{name}’s application is still there, but a place cannot be confirmed without your yes.")}</p>
            <form method="post" action="/do/apply_agree_after_all">
                <input type="hidden" name="token" value=token.to_owned() />
                <Button>"I agree after all"</Button>
            </form>
        }
        .into_any(),
        May::Nothing => view! { <p>"This application has ended, so there is nothing left to change."</p> }.into_any(),
    };
    view! {
        <h2 class="nhsuk-heading-m">"If you change your mind"</h2>
        {change}
        <p>
            <a href=question>"I have a question"</a>
        </p>
    }
    .into_any()
}

/// Asks once more before consent is withdrawn.
#[component]
pub fn WithdrawConsentPage() -> impl IntoView {
    let token = kit::param("token");
    kit::page(async move {
        let page = guardian_page(&kit::request().services, &token).await?;
        Ok::<_, AppError>(view! {
            <Title text="Withdraw your consent" />
            <Meta name="robots" content="noindex" />
            {withdraw_view(&page, &token)}
        })
    })
}

pub(super) fn withdraw_view(page: &GuardianPage, token: &str) -> AnyView {
    let name = name_or(&page.learner_name);
    let back = format!("/consent/page/{}", kit::urlencode(token));
    let keep = back.clone();
    let body = if page.may == May::Withdraw {
        let warning = if page.state.holds_place() {
            format!("{name}’s place goes to somebody else. You cannot undo this.")
        } else {
            format!("{name}’s application stays open, but a place cannot be confirmed. You can agree again later.")
        };
        view! {
            <p>{format!("{}, {}, {}.", page.about.title, page.about.organisation_name, page.about.dates())}</p>
            <InsetText>
                <p>{warning}</p>
            </InsetText>
            <p>{format!("We tell {name} and the provider that you no longer agree. You do not have to say why.")}</p>
            <form method="post" action="/do/apply_withdraw_consent">
                <input type="hidden" name="token" value=token.to_owned() />
                <ButtonGroup>
                    <Button kind=ButtonKind::Warning>"Withdraw my consent"</Button>
                    <a href=keep>"Keep it as it is"</a>
                </ButtonGroup>
            </form>
        }
        .into_any()
    } else {
        view! { <p>"There is no consent to withdraw."</p> }.into_any()
    };
    view! {
        <BackLink href=back text="Back to your private page" />
        <h1 class="nhsuk-heading-l">"Do you want to withdraw your consent?"</h1>
        {body}
    }
    .into_any()
}
