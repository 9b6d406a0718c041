//! One answer to several applications: the messages that will be sent, and the button that sends them.

use domain::application::NoReason;
use domain::words::count;
use kit::AppError;
use kit::components::{BackLink, Button, Details, ErrorSummary, Radios, Size, WarningCallout};
use leptos::prelude::*;
use leptos_meta::Title;
use services::applications::{Left, MOST_AT_ONCE, Preview, Several, preview_several};

use super::at::{Choice, filter, list_address};
use super::decide::letter_view;
use super::words::name;

/// The page after choosing applications in the table.
#[component]
pub fn SeveralPage() -> impl IntoView {
    let choice = Choice::parse(&kit::query("decision"));
    let (reason, check, show) = (kit::query("reason"), kit::query("check"), kit::query("show"));
    let done = kit::query("done").parse::<i64>().unwrap_or(0);
    let references = kit::query_all("reference");
    kit::page(async move {
        let ctx = kit::request();
        let choice = choice.ok_or(AppError::NotFound)?;
        let here = Here { choice, list: list_address(filter(&show)), show, references };
        let decision = choice.decision(&reason, "", "");
        // Also when there is nothing to preview yet: another's application is not there.
        let first = decision.clone().unwrap_or(services::applications::Decision::Waitlist);
        let several = match preview_several(&ctx, &here.references, &first).await {
            Ok(several) => several,
            Err(services::Error::Refused(why)) => return Ok(too_many(&here, why).into_any()),
            Err(error) => return Err(error.into()),
        };
        Ok::<_, AppError>(if here.references.is_empty() {
            nobody(&here).into_any()
        } else if decision.is_none() {
            why_not(&here, !check.is_empty()).into_any()
        } else {
            messages(&here, &reason, done, &several).into_any()
        })
    })
}

/// What the page was asked for.
pub(super) struct Here {
    pub(super) choice: Choice,
    pub(super) list: String,
    pub(super) show: String,
    pub(super) references: Vec<String>,
}

impl Here {
    fn back(&self) -> impl IntoView + use<> {
        view! { <BackLink href=self.list.clone() text="Applications" /> }
    }
}

fn nobody(here: &Here) -> impl IntoView + use<> {
    view! {
        <Title text="Error: Choose at least one application" />
        {here.back()}
        <h1 class="nhsuk-heading-l">"Choose at least one application"</h1>
        <p>"Tick the box beside each application that you want to answer. Then choose the answer again."</p>
        <p><a href=here.list.clone()>"Back to the applications"</a></p>
    }
}

fn too_many(here: &Here, why: String) -> impl IntoView + use<> {
    view! {
        <Title text="Error: Choose fewer applications" />
        {here.back()}
        <h1 class="nhsuk-heading-l">"Choose fewer applications"</h1>
        <p>{why}" Nothing was sent."</p>
        <p><a href=here.list.clone()>"Back to the applications"</a></p>
    }
}

/// A no asks for its reason first. Own words are for one person: they are on that application's page.
fn why_not(here: &Here, tried: bool) -> impl IntoView + use<> {
    let reasons: Vec<(&str, &str)> = NoReason::ALL.iter().map(|reason| (reason.as_str(), reason.in_words())).collect();
    let problem = tried.then(|| "Choose a reason".to_owned());
    let problems: Vec<(&str, String)> = problem.iter().map(|words| ("reason", words.clone())).collect();
    let people = people(here.references.len());
    let title = if tried { "Error: Why not?" } else { "Why not?" };
    view! {
        <Title text=title />
        {here.back()}
        <ErrorSummary errors=problems />
        <h1 class="nhsuk-heading-l">{format!("Why can you not offer {people} a place?")}</h1>
        <p>"They read the sentence that you choose. Next you see the messages."</p>
        <form method="get" action="/provider/applications/several" novalidate>
            <input type="hidden" name="decision" value=here.choice.as_str() />
            <input type="hidden" name="check" value="1" />
            {hidden(here)}
            <Radios name="reason" label="Reason" label_size=Size::M items=reasons error=problem />
            <Button>"See the messages"</Button>
        </form>
    }
}

fn hidden(here: &Here) -> impl IntoView + use<> {
    let references = here
        .references
        .iter()
        .map(|reference| view! { <input type="hidden" name="reference" value=reference.clone() /> })
        .collect_view();
    view! {
        <input type="hidden" name="show" value=here.show.clone() />
        {references}
    }
}

fn people(n: usize) -> String {
    count(i64::try_from(n).unwrap_or(i64::MAX), "person", "people")
}

/// What the button says: what it does, and to how many.
pub(super) fn button(choice: Choice, n: usize) -> String {
    match choice {
        Choice::Offer => format!("Offer {} a place", people(n)),
        Choice::Waitlist => format!("Put {} on the waiting list", people(n)),
        Choice::No => format!("Tell {} no", people(n)),
    }
}

pub(super) fn messages(here: &Here, reason: &str, done: i64, several: &Several) -> impl IntoView + use<> {
    let n = several.ready.len();
    let heading = if n == 0 { "Nobody is left to answer".to_owned() } else { button(here.choice, n) };
    let answered = (done > 0).then(|| {
        let said = format!("{} answered.", count(done, "application was", "applications were"));
        view! {
            <WarningCallout heading="Some are still to answer" level=2>
                <p>{format!("{said} The ones below were not: something had changed since you read the messages.")}</p>
            </WarningCallout>
        }
    });
    let letters = several.ready.iter().enumerate().map(|(at, one)| letter(one, at == 0)).collect_view();
    let read = several
        .ready
        .iter()
        .map(|one| format!("{}:{}", one.application.reference, one.fingerprint))
        .collect::<Vec<_>>()
        .join(" ");
    let (reason, show, choice) = (reason.to_owned(), here.show.clone(), here.choice);
    let form = (n > 0).then(|| {
        view! {
            <form method="post" action="/do/provide_decide_several">
                <input type="hidden" name="decision" value=choice.as_str() />
                <input type="hidden" name="reason" value=reason />
                <input type="hidden" name="show" value=show />
                <input type="hidden" name="read" value=read />
                <Button prevent_double_click=true>{button(choice, n)}</Button>
            </form>
        }
    });
    view! {
        <Title text=heading.clone() />
        {here.back()}
        {answered}
        <h1 class="nhsuk-heading-l">{heading}</h1>
        {left_view(&several.left)}
        {(n > 0).then(|| view! {
            <h2 class="nhsuk-heading-m">{if n == 1 { "The message" } else { "The messages" }}</h2>
            <p>"Each person gets their own email. Those who applied first are at the top."</p>
        })}
        {letters}
        {form}
        <p><a href=here.list.clone()>"Back to the applications"</a></p>
    }
}

/// One message, word for word; the first is open, the others look like it.
fn letter(one: &Preview, open: bool) -> impl IntoView + use<> {
    let who = format!("{}: {}, {}", name(&one.application), one.about.title, one.about.dates());
    let shown = letter_view(&one.letter);
    view! { <Details summary=who open=open>{shown}</Details> }
}

fn left_view(left: &[Left]) -> Option<AnyView> {
    if left.is_empty() {
        return None;
    }
    let rows = left
        .iter()
        .map(|one| {
            let href = format!("/provider/applications/{}", kit::urlencode(&one.reference));
            let name = if one.name.is_empty() { one.reference.clone() } else { one.name.clone() };
            view! { <li><a href=href>{name}</a>{format!(": {}", one.why)}</li> }
        })
        .collect_view();
    Some(
        view! {
            <WarningCallout heading="Not these" level=2>
                <p>"Nothing changes for them now."</p>
                <ul class="nhsuk-list nhsuk-list--bullet">{rows}</ul>
            </WarningCallout>
        }
        .into_any(),
    )
}

/// Where the browser goes after the answers were given.
pub(crate) fn after(choice: &str, reason: &str, show: &str, done: usize, left: &[Left]) -> String {
    if left.is_empty() {
        let list = list_address(filter(show));
        let mark = if list.contains('?') { "&" } else { "?" };
        return format!("{list}{mark}answered={done}");
    }
    let references: String =
        left.iter().take(MOST_AT_ONCE).map(|one| format!("&reference={}", kit::urlencode(&one.reference))).collect();
    format!(
        "/provider/applications/several?decision={}&reason={}&show={}&done={done}{references}",
        kit::urlencode(choice),
        kit::urlencode(reason),
        kit::urlencode(show)
    )
}
