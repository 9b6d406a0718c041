//! One of an organisation's own opportunities: what is missing, with boxes; publishing; its facts.

use domain::ids::OpportunityId;
use domain::publishing::Status;
use domain::{Delivery, eligibility, words};
use kit::AppError;
use kit::components::{
    BackLink, Button, ButtonKind, Details, ErrorSummary, Input, InputKind, InsetText, NotificationBanner, Radios, Size,
    SummaryList, SummaryRow, Table, Tag, Textarea,
};
use leptos::prelude::*;
use leptos_meta::Title;
use services::opportunities::{BOXES, OwnView, Question};

use super::{places, standing, taken};

/// One of the coordinator's own opportunities.
#[component]
pub fn OwnOpportunityPage() -> impl IntoView {
    let (id, published) = (kit::param("id"), kit::query("published"));
    kit::page(async move {
        let ctx = kit::request();
        let id: OpportunityId = id.parse().map_err(|_| AppError::NotFound)?;
        let own = services::opportunities::view(&ctx, id).await?;
        let said = services::feedback::said(&ctx, id).await?;
        Ok(view! {
            {own_view(&own, published == "yes")}
            // Nobody attends what has no dates.
            {(!own.opportunity.open_ended).then(|| said_view(said.as_ref(), own.opportunity.status))}
        })
    })
}

/// What learners said, all together: no single answer, and nothing from fewer than ten people.
fn said_view(said: Option<&services::feedback::Said>, status: Status) -> Option<AnyView> {
    if status != Status::Published {
        return None;
    }
    let words = match said {
        Some(said) => {
            let counts = said.counts.iter().cloned().map(|count| view! { <li>{count}</li> }).collect_view();
            view! { <ul class="nhsuk-list nhsuk-list--bullet">{counts}</ul> }.into_any()
        }
        None => {
            view! { <p>"You see this once 10 people have answered. Until then one person could be recognised."</p> }
                .into_any()
        }
    };
    Some(
        view! {
            <h2 class="nhsuk-heading-m">"What past learners said"</h2>
            {words}
        }
        .into_any(),
    )
}

fn own_view(own: &OwnView, just_published: bool) -> impl IntoView + use<> {
    let opportunity = &own.opportunity;
    let errors = BOXES
        .iter()
        .filter_map(|question| {
            own.typed
                .get(question.name)
                .map(|(_, problem)| (question.name, format!("{} {}", problem.reason, problem.mend)))
        })
        .collect::<Vec<_>>();
    let closes_on = own.sessions.iter().map(|session| session.closes_on).filter(|day| *day >= own.today).min();
    let (colour, tag, sentence) = standing(opportunity.status, &own.missing, closes_on, own.today);
    let title = if errors.is_empty() { opportunity.title.clone() } else { format!("Error: {}", opportunity.title) };
    view! {
        <Title text=title />
        <BackLink href="/provider/opportunities" text="Your opportunities" />
        <ErrorSummary errors=errors />
        {(just_published && opportunity.status == Status::Published).then(|| view! { <NotificationBanner success=true heading="Published. Everybody can find it now." /> })}
        <h1 class="nhsuk-heading-l">{opportunity.title.clone()}</h1>
        <p><Tag colour=colour>{tag}</Tag>" "{sentence}</p>
        {next_view(own)}
        {notes_view(own)}
        {facts_view(own)}
        {sessions_view(own)}
        {more_links(own)}
    }
}

/// Where to change its texts, and to choose which checks it asks for.
fn more_links(own: &OwnView) -> impl IntoView + use<> {
    let href = format!("/provider/opportunities/{}/checks", own.opportunity.id);
    let details = format!("/provider/opportunities/{}/details", own.opportunity.id);
    view! {
        <p>
            <a href=details>"Change what learners read"</a>
        </p>
        {(!own.opportunity.open_ended)
            .then(|| {
                view! {
                    <p>
                        <a href=href>"Choose the checks after somebody accepts"</a>
                    </p>
                }
            })}
    }
}

/// What to do next: fill in, publish, or look at the public page.
fn next_view(own: &OwnView) -> impl IntoView + use<> {
    let opportunity = &own.opportunity;
    let id = opportunity.id.to_string();
    if opportunity.status == Status::Published {
        let href = format!("/opportunities/{}", opportunity.slug);
        return view! { <p><a href=href>"See it as learners see it"</a></p> }.into_any();
    }
    if own.missing.is_empty() {
        return view! {
            <form method="post" action="/do/provide_publish_opportunity">
                <input type="hidden" name="opportunity" value=id />
                <p>"Nothing is missing. Check the facts below first: everybody will see them."</p>
                <Button prevent_double_click=true>"Publish this opportunity"</Button>
            </form>
        }
        .into_any();
    }
    let missing = own.missing.iter().map(|what| view! { <li>{what.label()}</li> }).collect_view();
    let boxes = BOXES
        .iter()
        .filter(|question| {
            question.shown_for.iter().any(|what| own.missing.contains(what)) || own.typed.contains_key(question.name)
        })
        .map(|question| box_view(own, question))
        .collect_view();
    view! {
        <h2 class="nhsuk-heading-m">"Before you can publish"</h2>
        <p>"Add:"</p>
        <ul class="nhsuk-list nhsuk-list--bullet">{missing}</ul>
        <form method="post" action="/do/provide_complete_opportunity">
            <input type="hidden" name="opportunity" value=id />
            {boxes}
            <Button kind=ButtonKind::Primary>"Save"</Button>
        </form>
    }
    .into_any()
}

fn box_view(own: &OwnView, question: &'static Question) -> AnyView {
    let (value, error) = match own.typed.get(question.name) {
        Some((text, problem)) => (text.clone(), Some(format!("{} {}", problem.reason, problem.mend))),
        None => (String::new(), None),
    };
    let hint = (!question.hint.is_empty()).then_some(question.hint);
    let Question { name, label, .. } = *question;
    match name {
        "delivery" => {
            let items = Delivery::ALL.map(|delivery| (delivery.as_str(), delivery.label())).to_vec();
            view! { <Radios name=name label=label label_size=Size::S items=items error=error /> }.into_any()
        }
        "summary" => view! { <Textarea name=name label=label label_size=Size::S hint=hint rows=5 value=value error=error /> }.into_any(),
        "contact_email" => view! { <Input name=name label=label label_size=Size::S hint=hint kind=InputKind::Email value=value error=error /> }.into_any(),
        "place" => view! { <Input name=name label=label label_size=Size::S hint=hint value=value error=error /> }.into_any(),
        _ => view! { <Input name=name label=label label_size=Size::S hint=hint width=10 value=value error=error /> }.into_any(),
    }
}

/// How the imported row was read, for somebody to check.
fn notes_view(own: &OwnView) -> impl IntoView + use<> {
    let notes = own.opportunity.notes.clone();
    (!notes.is_empty()).then(|| {
        let items = notes.into_iter().map(|note| view! { <li>{note}</li> }).collect_view();
        view! {
            <InsetText>
                <p>"How we read your spreadsheet. Tell us if it is wrong by changing the row and importing it again."</p>
                <ul>{items}</ul>
            </InsetText>
        }
    })
}

fn facts_view(own: &OwnView) -> impl IntoView + use<> {
    let opportunity = &own.opportunity;
    let site = own.site.as_ref().map(|site| {
        let parts: Vec<String> =
            [Some(site.name.clone()), site.address.clone(), site.town.clone(), site.postcode.clone()]
                .into_iter()
                .flatten()
                .filter(|part| !part.is_empty())
                .collect();
        parts.join(", ")
    });
    let ages = (opportunity.min_age.is_some() || opportunity.max_age.is_some())
        .then(|| eligibility::ages(opportunity.min_age, opportunity.max_age));
    let facts: Vec<(&str, Option<String>)> = vec![
        ("Kind", Some(format!("{}, {}", opportunity.kind.label(), opportunity.delivery.label().to_lowercase()))),
        ("Your reference", opportunity.reference.clone()),
        ("Department", own.department.clone()),
        ("Area of work", opportunity.profession.map(|profession| profession.label().to_owned())),
        ("Where", site),
        ("Ages", ages),
        ("What learners will do", Some(opportunity.summary.clone())),
        ("Who it is for", Some(opportunity.who_for.clone())),
        ("What to wear", Some(opportunity.dress.clone())),
        ("Questions to", opportunity.contact_email.clone()),
        (
            "You answer within",
            (!opportunity.open_ended).then(|| words::count(opportunity.decide_within, "working day", "working days")),
        ),
    ];
    let rows = facts
        .into_iter()
        .filter_map(|(key, value)| Some(SummaryRow::new(key, value.filter(|text| !text.trim().is_empty())?)))
        .collect::<Vec<_>>();
    view! {
        <h2 class="nhsuk-heading-m">"What it says"</h2>
        <SummaryList rows=rows />
    }
}

fn sessions_view(own: &OwnView) -> impl IntoView + use<> {
    if own.opportunity.open_ended {
        let often = words::capitalised(&taken(own.taken));
        return view! {
            <h2 class="nhsuk-heading-m">"How often it was taken"</h2>
            <p>{often} ". You see how many people take it, not who."</p>
        }
        .into_any();
    }
    if own.sessions.is_empty() {
        return view! { <p>"There are no dates yet."</p> }.into_any();
    }
    let rows = own
        .sessions
        .iter()
        .map(|session| {
            let times = match (session.starts_at, session.ends_at) {
                (Some(from), Some(to)) => words::time_range(from, to),
                (Some(from), None) => format!("from {}", words::time(from)),
                _ => "not said".to_owned(),
            };
            let dates = words::date_range(session.starts_on, session.ends_on);
            let dates = if session.cancelled_at.is_some() { format!("{dates} (cancelled)") } else { dates };
            vec![
                dates.into(),
                times.into(),
                words::long_date(session.closes_on).into(),
                places(session.held, session.capacity).into(),
            ]
        })
        .collect::<Vec<_>>();
    let live = own.live;
    view! {
        <Table caption="Dates and places" columns=["Dates", "Times", "Last day to apply", "Places held"] rows=rows />
        {(live > 0).then(|| view! {
            <Details summary="Why can some facts not change?">
                <p>{format!("{} applied. ", words::count(live, "person has", "people have"))}"Their dates and ages stay as they were when they applied."</p>
            </Details>
        })}
    }
    .into_any()
}
