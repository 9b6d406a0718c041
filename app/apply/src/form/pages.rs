//! The pages of the form: each question, "Check your answers", and "Application sent".

use domain::clearance::ConsentStatus;
use domain::form::Step;
use domain::words::long_date;
use kit::AppError;
use kit::components::{
    BackLink, Button, Checkboxes, Details, ErrorSummary, InsetText, Panel, SummaryList, SummaryRow, WarningCallout,
};
use leptos::prelude::*;
use leptos_meta::Title;
use services::applications::{About, Application, CheckView, check_answers, form, sent};

use super::data::{StepData, address};
use super::island::QuestionForm;
use super::{ids, question_view};

/// One question of the form. Without a question in the address, the one to go on with.
#[component]
pub fn ApplyPage() -> impl IntoView {
    let (reference, word) = (kit::param("reference"), kit::param("step"));
    let (tried, from_check) = (kit::query("tried") == "1", kit::query("from") == "check");
    kit::page(async move {
        let ctx = kit::request();
        let asked = Step::parse(&word);
        let form = match form(&ctx, &reference, asked, tried, from_check).await {
            // Sent already: its page says where it stands.
            Err(services::Error::Refused(_)) => {
                return Ok(go_to(&["/applications/", &kit::urlencode(&reference)].concat()));
            }
            form => form?,
        };
        if asked != Some(form.step) {
            let unfinished = check_answers(&ctx, &reference).await?.unfinished;
            return Ok(go_to(
                &unfinished
                    .map_or_else(|| check_address(&form.reference), |step| address(&form.reference, step, from_check)),
            ));
        }
        let about = about_in_words(&form.about);
        let data = StepData::from(form);
        Ok::<_, AppError>(
            view! {
                <Title text=data.title() />
                {page_view(&data, about)}
            }
            .into_any(),
        )
    })
}

fn go_to(path: &str) -> AnyView {
    kit::see_other(path);
    ().into_any()
}

fn check_address(reference: &str) -> String {
    format!("/apply/{reference}/check")
}

fn about_in_words(about: &About) -> String {
    format!("You are asking for: {}, {}, {}.", about.title, about.organisation_name, about.dates())
}

/// The question, and around it what its island needs.
fn page_view(data: &StepData, about: String) -> AnyView {
    let (address, question) = (data.address(), question_view(data));
    view! {
        <QuestionForm>
            <div id=ids::QUESTION data-address=address>
                {question}
            </div>
            <div id=ids::PROBLEM role="alert" class="nhsuk-error-message"></div>
            <p id=ids::STATUS role="status" class="nhsuk-u-visually-hidden"></p>
        </QuestionForm>
        <p class="nhsuk-body-s wex-apply__about">
            {about} " " <a href="/applications">"Stop here and come back later"</a>
            ". What you saved is kept."
        </p>
    }
    .into_any()
}

/// Every answer on one page, one declaration, and "Send application".
#[component]
pub fn CheckPage() -> impl IntoView {
    let reference = kit::param("reference");
    let undeclared = kit::query("problem") == "declared";
    kit::page(async move {
        let ctx = kit::request();
        let check = match check_answers(&ctx, &reference).await {
            Err(services::Error::Refused(_)) => {
                return Ok(go_to(&["/applications/", &kit::urlencode(&reference)].concat()));
            }
            check => check?,
        };
        let title = if undeclared { "Error: Check your answers" } else { "Check your answers" };
        Ok::<_, AppError>(
            view! {
                <Title text=title />
                {check_view(check, undeclared)}
            }
            .into_any(),
        )
    })
}

/// What is missing from the declaration, in words.
const NOT_DECLARED: &str = "Tick the box to say that your answers are true";

fn check_view(check: CheckView, undeclared: bool) -> AnyView {
    let CheckView { reference, about, lines, unfinished, cannot, asks_guardian, decide_by } = check;
    let back = lines.last().map_or_else(|| "/applications".to_owned(), |(step, ..)| address(&reference, *step, false));
    let rows = lines
        .into_iter()
        .map(|(step, label, answer)| {
            let href = address(&reference, step, true);
            let answer = view! { <span class="wex-written">{answer}</span> };
            // "Their name" says whose beside the question, but not here.
            let label = label.trim_end_matches(" (optional)").replace("Their", "Parent or carer’s");
            SummaryRow::new(label, answer).change(href)
        })
        .collect();
    let errors = if undeclared { vec![("declared", NOT_DECLARED)] } else { vec![] };
    let ending = match (unfinished, cannot) {
        (Some(step), _) => {
            let href = address(&reference, step, true);
            let question = format!("One question still needs an answer: {}", step.question().title);
            view! {
                <InsetText>
                    <p>{question}</p>
                </InsetText>
                <Button href=href>"Answer it"</Button>
            }
            .into_any()
        }
        (None, Some(why)) => view! {
            <WarningCallout heading="You cannot send this one">
                <p>{why}</p>
                <p>"If your date of birth is wrong, change it above."</p>
            </WarningCallout>
            <Button href="/opportunities">"Find something else"</Button>
        }
        .into_any(),
        (None, None) => send_view(&reference, &about, asks_guardian, &long_date(decide_by), undeclared),
    };
    view! {
        <BackLink href=back />
        <ErrorSummary errors=errors />
        <h1 class="nhsuk-heading-l">"Check your answers"</h1>
        <p>{about_in_words(&about)}</p>
        <SummaryList rows=rows />
        {ending}
    }
    .into_any()
}

fn send_view(reference: &str, about: &About, asks_guardian: bool, hear_by: &str, undeclared: bool) -> AnyView {
    let error = undeclared.then_some(NOT_DECLARED);
    let provider = about.organisation_name.clone();
    let hear = format!("Send it today, and {provider} answers by {hear_by}.");
    let guardian = asks_guardian.then(|| view! { <p>"We then send your parent or carer one email. They have to agree before your place is confirmed."</p> });
    view! {
        <h2 class="nhsuk-heading-m">"Send your application"</h2>
        <p>{hear}</p>
        {guardian}
        <form method="post" action="/do/apply_submit_application" novalidate=true>
            <input type="hidden" name="reference" value=reference.to_owned() />
            <Checkboxes name="declared" error=error items=vec![("yes", "My answers are true, as far as I know.")] />
            <Button prevent_double_click=true>"Send application"</Button>
        </form>
    }
    .into_any()
}

/// "Application sent": the reference, by when the learner hears, and what happens next.
#[component]
pub fn SentPage() -> impl IntoView {
    let reference = kit::param("reference");
    kit::page(async move {
        let ctx = kit::request();
        let (application, about, _) = sent(&ctx, &reference).await?;
        Ok::<_, AppError>(view! {
            <Title text="Application sent" />
            {sent_view(&application, &about)}
        })
    })
}

fn sent_view(application: &Application, about: &About) -> AnyView {
    let reference = application.reference.clone();
    let asked = application.consent != ConsentStatus::NotNeeded;
    let provider = about.organisation_name.clone();
    let hear = application.decide_by.map(long_date);
    let hear_line = hear.clone().map(|day| {
        let href = format!("/do/apply_hear_by?reference={reference}");
        view! {
            <p class="nhsuk-lede-text">"You will hear by " <strong>{day}</strong> "."</p>
            <p>
                <a href=href download="hear-by.ics">"Put this day into your calendar"</a>
            </p>
        }
    });
    let answer =
        hear.map_or_else(|| "They answer.".to_owned(), |day| format!("They answer by {day}. We send you an email."));
    let last = if asked {
        "Your parent or carer agrees, and any checks are finished. Then your place is confirmed."
    } else {
        "Any checks are finished. Then your place is confirmed."
    };
    let tell = asked.then(|| {
        let guardian = application.answers.get("guardian-name").to_owned();
        let message = format!(
            "I have asked for a place: {}, {}, {}. You have an email from wex. Please open its link, read it, and say yes or no. You do not need an account.",
            about.title,
            about.organisation_name,
            about.dates()
        );
        view! {
            <h2 class="nhsuk-heading-m">"What to tell your parent or carer"</h2>
            <p>{format!("We have sent an email to {guardian}. Tell them to look for it, in their spam folder too.")}</p>
            <Details summary="Words that you can send them">
                <p>{message}</p>
            </Details>
        }
    });
    let follow = format!("/applications/{reference}");
    view! {
        <Panel heading="Application sent">"Your reference is " <strong class="wex-reference">{reference}</strong></Panel>
        {hear_line}
        <h2 class="nhsuk-heading-m">"What happens next"</h2>
        <ol class="nhsuk-list nhsuk-list--number">
            <li>{format!("{provider} reads your application.")}</li>
            <li>{answer}</li>
            <li>"If they offer you a place, you accept it or say no thank you."</li>
            <li>{last}</li>
        </ol>
        <p>
            <a href=follow>"See where your application stands"</a>
        </p>
        {tell}
        <h2 class="nhsuk-heading-m">"While you wait"</h2>
        <p>"You can ask for more than one place. Nobody minds, and it does not change this answer."</p>
        <p>
            <a href="/opportunities">"Look for other places"</a>
            " or "
            <a href="/opportunities?delivery=online">"see what you can do online"</a>
            "."
        </p>
    }
    .into_any()
}
