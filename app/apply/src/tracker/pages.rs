//! "My applications", one application, and taking one back.

use domain::State;
use kit::AppError;
use kit::components::{
    BackLink, Button, ButtonGroup, ButtonKind, Card, InsetText, NotificationBanner, Size, SummaryList, SummaryRow,
};
use leptos::prelude::*;
use leptos_meta::Title;
use services::applications::{About, mine, track};
use services::attendance::Again;

use super::island::StatusTracker;
use super::priority::priority_view;
use super::status::{Status, offer_view, status_view};
use super::{dates, ids, read, suggestions};

/// The learner's applications, offers first.
#[component]
pub fn ApplicationsPage() -> impl IntoView {
    let done = kit::query("done");
    kit::page(async move {
        let ctx = kit::request();
        let cards = mine(&ctx).await?;
        Ok::<_, AppError>(view! {
            <Title text="My applications" />
            {done_view(&done)}
            {list_view(cards)}
        })
    })
}

fn list_view(cards: Vec<services::applications::Card>) -> AnyView {
    let list = if cards.is_empty() {
        view! {
            <p>"You have not asked for a place yet."</p>
            <Button href="/opportunities">"Find work experience"</Button>
        }
        .into_any()
    } else {
        let items = cards.into_iter().map(|card| view! { <li>{card_view(card)}</li> }).collect_view();
        view! {
            <ul class="wex-cards">{items}</ul>
            <p>
                <a href="/opportunities">"Find something else"</a>
            </p>
        }
        .into_any()
    };
    view! {
        <h1 class="nhsuk-heading-l">"My applications"</h1>
        {list}
    }
    .into_any()
}

fn card_view(card: services::applications::Card) -> AnyView {
    let services::applications::Card { line, stands, next } = card;
    let draft = line.state == State::Draft;
    let href = if draft { format!("/apply/{}", line.reference) } else { format!("/applications/{}", line.reference) };
    let what = format!("{}, {}", line.organisation_name, domain::words::date_range(line.starts_on, line.ends_on));
    let offer = (line.state == State::Offered).then(|| offer_view(&line.reference));
    let see = match (line.state, draft) {
        (_, true) => "Go on with it",
        (State::Offered, _) => "Read more before you answer",
        _ => "See where it stands",
    };
    let about = format!(": {}", line.title);
    view! {
        <Card heading=line.title.clone() level=2 size=Size::M>
            <p class="nhsuk-u-margin-bottom-2">{what}</p>
            <p class="wex-status__stands nhsuk-u-margin-bottom-2">{stands}</p>
            <p class="nhsuk-u-margin-bottom-3">{next}</p>
            {offer}
            <p class="nhsuk-u-margin-bottom-0">
                <a href=href>{see} <span class="nhsuk-u-visually-hidden">{about}</span></a>
            </p>
        </Card>
    }
    .into_any()
}

/// What was done, said at the top of the page that follows.
fn done_view(done: &str) -> Option<AnyView> {
    let words = match done {
        "accepted" => "You have accepted the place",
        "declined" => "You have said no thank you",
        "withdrawn" => "You have withdrawn your application",
        "asked" => "We have sent your parent or carer a new email",
        "asked-attendance" => "We have told them. You get an email when they have looked at it",
        "stopped" => "Advisers at that school can no longer see where you stand",
        _ => return None,
    };
    Some(view! { <NotificationBanner success=true heading=words /> }.into_any())
}

/// One application: where it stands, what the learner can do, and what they need to know.
#[component]
pub fn ApplicationPage() -> impl IntoView {
    let (reference, done, mend) = (kit::param("reference"), kit::query("done"), kit::query("mend"));
    kit::page(async move {
        let ctx = kit::request();
        let tracker = track(&ctx, &reference).await?;
        let status = read::status(&ctx, &tracker).await?;
        let advisers = services::advise::who_may_see_me(&ctx).await?;
        let statements = services::priority::about_me(&ctx).await?;
        let schools = advisers.into_iter().map(|(id, name)| (id.to_string(), name)).collect();
        let beside = services::suggesting::for_learner(&ctx, &reference).await?;
        let beside = suggestions::beside_view(&status.reference, &beside);
        // Most are asked nothing, and then there is nothing here.
        let dates = services::new_dates::asked(&ctx, &reference).await.ok();
        let dates = dates.as_ref().and_then(dates::notice_view);
        let joining =
            (tracker.application.state == State::Confirmed).then(|| crate::joining::link_view(&status.reference));
        let attendance = services::attendance::own(&ctx, &reference).await?;
        let form = services::attendance::Form::Question(reference);
        let again =
            if mend == "attendance" { services::attendance::again(&ctx, &form).await? } else { Again::default() };
        let attendance = attendance.map(|own| crate::attendance::section_view(&status.reference, &own, &again));
        let title = tracker.about.title.clone();
        let title = if again.problems.is_empty() { title } else { format!("Error: {title}") };
        Ok::<_, AppError>(view! {
            <Title text=title />
            {crate::attendance::errors_view(&again)}
            {done_view(&done)}
            {dates}
            {application_view(&status, &tracker.about, schools, view! { {attendance} {crate::checks::links_view(&tracker)} {joining} {beside} }.into_any())}
            {keyed_in_view(tracker.keyed_in_by.as_deref())}
            {(!status.draft).then(|| priority_view(&statements))}
        })
    })
}

fn application_view(status: &Status, about: &About, schools: Vec<(String, String)>, beside: AnyView) -> AnyView {
    let withdraw = format!("/applications/{}/withdraw", status.reference);
    let changing = status_view(status);
    let (stamp, reference) = (status.stamp.clone(), status.reference.clone());
    let sharing = (!status.draft).then(|| sharing_view(about, &status.reference, schools));
    view! {
        <BackLink href="/applications" text="My applications" />
        <p class="nhsuk-caption-l nhsuk-u-margin-bottom-1">{format!("Application {reference}")}</p>
        <h1 class="nhsuk-heading-l">{about.title.clone()}</h1>
        <StatusTracker>
            <div id=ids::STATUS data-stamp=stamp data-reference=reference>
                {changing}
            </div>
            <div id=ids::PROBLEM role="alert" class="nhsuk-error-message"></div>
            <p id=ids::NEWS role="status" class="nhsuk-u-visually-hidden"></p>
        </StatusTracker>
        {beside}
        {facts_view(about)}
        {sharing}
        <div id="withdraw" hidden=!status.can_withdraw>
            <h2 class="nhsuk-heading-m">"If you change your mind"</h2>
            <p>
                <a href=withdraw>"Withdraw this application"</a>
            </p>
        </div>
    }
    .into_any()
}

/// Who keyed it in, where that was not the learner.
fn keyed_in_view(who: Option<&str>) -> Option<AnyView> {
    let words =
        format!("{} keyed this application in for you. If you did not ask for that, you can withdraw it.", who?);
    Some(view! { <InsetText><p>{words}</p></InsetText> }.into_any())
}

/// What, when, where, what to wear and bring, whom to ask.
fn facts_view(about: &About) -> AnyView {
    let advert = format!("/opportunities/{}", about.slug);
    let mut rows = vec![
        SummaryRow::new("Provider", about.organisation_name.clone()),
        SummaryRow::new(
            "When",
            [Some(about.dates()), about.times()].into_iter().flatten().collect::<Vec<_>>().join(", "),
        ),
    ];
    let mut add = |key: &'static str, text: Option<String>| {
        if let Some(text) = text.filter(|text| !text.trim().is_empty()) {
            rows.push(SummaryRow::new(key, view! { <span class="wex-written">{text}</span> }));
        }
    };
    add("Where", if about.delivery == domain::Delivery::Online { Some("Online".into()) } else { about.place() });
    add("Getting there", about.directions.clone());
    add("What to wear", Some(about.dress.clone()));
    add("What to bring", Some(about.bring.clone()));
    if let Some(email) = about.contact_email.clone() {
        let href = format!("mailto:{email}");
        rows.push(SummaryRow::new("Questions", view! { <a href=href>{email}</a> }));
    }
    view! {
        <h2 class="nhsuk-heading-m">"What you asked for"</h2>
        <SummaryList rows=rows />
        <p>
            <a href=advert>"Read the whole advert"</a>
        </p>
    }
    .into_any()
}

/// Who may see this application, with a way to stop what can be stopped.
fn sharing_view(about: &About, reference: &str, schools: Vec<(String, String)>) -> AnyView {
    let provider = format!("People at {} who arrange the place see what you wrote.", about.organisation_name);
    let advisers = if schools.is_empty() {
        view! { <p>"No careers adviser can see where you stand."</p> }.into_any()
    } else {
        schools
            .into_iter()
            .map(|(id, name)| {
                let words = format!("Careers advisers at {name} see where you stand. They do not see what you wrote.");
                view! {
                    <p>{words}</p>
                    <form method="post" action="/do/apply_stop_sharing">
                        <input type="hidden" name="school" value=id />
                        <input type="hidden" name="reference" value=reference.to_owned() />
                        <Button kind=ButtonKind::Secondary small=true>
                            "Stop sharing" <span class="nhsuk-u-visually-hidden">{format!(" with {name}")}</span>
                        </Button>
                    </form>
                }
            })
            .collect_view()
            .into_any()
    };
    view! {
        <h2 class="nhsuk-heading-m">"Who may see this"</h2>
        <p>{provider}</p>
        {advisers}
    }
    .into_any()
}

/// Asks once more before an application is taken back.
#[component]
pub fn WithdrawPage() -> impl IntoView {
    let reference = kit::param("reference");
    kit::page(async move {
        let ctx = kit::request();
        let tracker = track(&ctx, &reference).await?;
        let status = read::status(&ctx, &tracker).await?;
        let view = withdraw_view(&status, &tracker.about, tracker.application.state.holds_place());
        Ok::<_, AppError>(view! {
            <Title text="Withdraw your application" />
            {view}
        })
    })
}

fn withdraw_view(status: &Status, about: &About, holds_place: bool) -> AnyView {
    let back = format!("/applications/{}", status.reference);
    let what = format!("{}, {}, {}.", about.title, about.organisation_name, about.dates());
    let keep = back.clone();
    let body = if status.can_withdraw {
        let warning = if holds_place {
            "Your place goes to somebody else. You cannot undo this."
        } else {
            "The provider no longer sees it as waiting. You cannot undo this."
        };
        view! {
            <p>{what}</p>
            <InsetText>
                <p>{warning}</p>
            </InsetText>
            <form method="post" action="/do/apply_withdraw_application">
                <input type="hidden" name="reference" value=status.reference.clone() />
                <ButtonGroup>
                    <Button kind=ButtonKind::Warning>"Withdraw my application"</Button>
                    <a href=keep>"Keep it"</a>
                </ButtonGroup>
            </form>
        }
        .into_any()
    } else {
        let stands = status.stands.clone();
        view! {
            <p>{what}</p>
            <p>"There is nothing to withdraw. " {stands}</p>
        }
        .into_any()
    };
    view! {
        <BackLink href=back text="Back to the application" />
        <h1 class="nhsuk-heading-l">"Do you want to withdraw your application?"</h1>
        {body}
    }
    .into_any()
}
