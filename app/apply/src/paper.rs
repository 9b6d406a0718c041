//! The form on paper: every question of the online form in the same words, from the same list, to print on A4.

use domain::eligibility::ages;
use domain::form::{Field, Kind, Question, Step};
use domain::words::{date_range, long_date};
use kit::AppError;
use kit::components::{BackLink, InsetText};
use leptos::prelude::*;
use leptos_meta::Title;
use services::discover::{OpportunityView, opportunity};

/// The form of an opportunity, to print.
#[component]
pub fn PaperPage() -> impl IntoView {
    let slug = kit::param("slug");
    kit::page(async move {
        let page = opportunity(&kit::request(), &slug).await?;
        // What can be taken at any time has no form, on paper or online.
        if page.advert.listing.open_ended {
            return Err(AppError::NotFound);
        }
        Ok::<_, AppError>(view! {
            <Title text=format!("Form to print: {}", page.advert.listing.title) />
            {paper_view(&page)}
        })
    })
}

/// The questions of the form for somebody of any age, at school or not.
fn questions(asks_why: bool) -> Vec<(Step, Question)> {
    Step::ALL.iter().filter(|step| asks_why || **step != Step::Why).map(|step| (*step, step.question())).collect()
}

fn paper_view(page: &OpportunityView) -> AnyView {
    let advert = &page.advert;
    let listing = &advert.listing;
    let back = format!("/opportunities/{}", listing.slug);
    let open: Vec<_> = page.sessions.iter().map(|one| &one.run).filter(|run| run.is_open(page.today)).collect();
    if !advert.published || open.is_empty() {
        return view! {
            <BackLink href=back text="Back to the advert" />
            <h1 class="nhsuk-heading-l">"Apply on paper or by telephone"</h1>
            <InsetText>
                <p>"No dates take applications at the moment."</p>
            </InsetText>
        }
        .into_any();
    }
    let dates = open
        .iter()
        .map(|run| {
            let words = format!("{} (send it by {})", date_range(run.starts_on, run.ends_on), long_date(run.closes_on));
            view! { <li class="wex-paper__tick">{words}</li> }
        })
        .collect_view();
    let asked = questions(advert.asks_why)
        .into_iter()
        .enumerate()
        .map(|(at, (step, question))| question_view(at + 3, step, &question))
        .collect_view();
    let ages = format!("For people of this age on the first day: {}.", ages(listing.min_age, listing.max_age));
    view! {
        <div class="wex-no-print">
            <BackLink href=back text="Back to the advert" />
        </div>
        <h1 class="nhsuk-heading-l">
            <span class="nhsuk-caption-l">{listing.organisation.clone()}</span>
            {format!("Apply for: {}", listing.title)}
        </h1>
        <p class="wex-no-print">
            "Print this page with your browser, or ask somebody to. You can also read it to the provider on the telephone: these are the questions that they ask."
        </p>
        <p>{ages} " Leave out what you do not want to say, where it says optional."</p>
        {send_view(page)}
        <section class="wex-paper__question">
            <h2 class="nhsuk-heading-s">"1. Which dates would you like?"</h2>
            <ul class="nhsuk-list">{dates}</ul>
        </section>
        <section class="wex-paper__question">
            <h2 class="nhsuk-heading-s">"2. What is your email address?"</h2>
            <p class="nhsuk-hint">"We send the answer there, and you sign in with it to see your application."</p>
            {line("Your email address")}
            <p class="wex-paper__tick">"I have no email. Please ring me"</p>
        </section>
        {asked}
        <section class="wex-paper__question">
            <h2 class="nhsuk-heading-s">"Sign it"</h2>
            <p>"My answers are true, as far as I know."</p>
            {line("Your name and the date")}
        </section>
        <section class="wex-paper__question">
            <h2 class="nhsuk-heading-s">"What happens with your answers"</h2>
            <p>
                {format!("{} keys them in, and the people who arrange places read them. They are kept as long as an application that is sent online. You can see and withdraw your application when you sign in. Please write nothing about your health.", listing.organisation)}
            </p>
        </section>
    }
    .into_any()
}

fn send_view(page: &OpportunityView) -> AnyView {
    let advert = &page.advert;
    let post = advert.site.as_ref().map(|site| {
        [Some(site.name.clone()), site.address.clone(), site.town.clone(), site.postcode.clone()]
            .into_iter()
            .flatten()
            .filter(|part| !part.is_empty())
            .collect::<Vec<_>>()
            .join(", ")
    });
    let address = match post {
        Some(post) => format!("Post it to: Work experience, {}, {post}.", advert.listing.organisation),
        None => format!("Give or post it to the work experience team of {}.", advert.listing.organisation),
    };
    let email = advert.contact_email.clone().map(|email| {
        let href = format!("mailto:{email}");
        view! { <p>"Or send a photo of it to " <a href=href>{email}</a> ", or ask there to be rung."</p> }
    });
    view! {
        <section class="wex-paper__question">
            <h2 class="nhsuk-heading-s">"Where to send it"</h2>
            <p>{address}</p>
            {email}
        </section>
    }
    .into_any()
}

fn question_view(number: usize, step: Step, question: &Question) -> AnyView {
    let fields = question.fields.iter().map(|field| field_view(field, question.fields.len() > 1)).collect_view();
    let only = match step {
        Step::Guardian => Some("Leave this out if you will be 18 or over on the first day. "),
        Step::Adviser => Some("Leave this out if you are not at a school or college. "),
        _ => None,
    };
    view! {
        <section class="wex-paper__question">
            <h2 class="nhsuk-heading-s">{format!("{number}. {}", question.title)}</h2>
            <p class="nhsuk-hint">{only} {question.hint}</p>
            {fields}
        </section>
    }
    .into_any()
}

/// A box to write in, as it fits the question.
fn field_view(field: &Field, several: bool) -> AnyView {
    let optional = if field.optional && !field.label.contains("(optional)") { " (optional)" } else { "" };
    let label = format!("{}{optional}", field.label);
    match field.kind {
        Kind::Text(_) | Kind::Email(_) | Kind::Tel => line(&label),
        Kind::Date => view! {
            <p class="wex-paper__boxes">
                "Day " <span class="wex-paper__box"></span> " Month " <span class="wex-paper__box"></span> " Year "
                <span class="wex-paper__box wex-paper__box--year"></span>
            </p>
        }
        .into_any(),
        Kind::YesNo(yes, no) => view! {
            <p class="wex-paper__tick">{yes}</p>
            <p class="wex-paper__tick">{no}</p>
        }
        .into_any(),
        Kind::Long(words) => {
            let limit = (words > 0).then(|| format!("Up to {words} words."));
            let label = several.then_some(label);
            view! {
                <p>{label} {limit}</p>
                <div class="wex-paper__area"></div>
            }
            .into_any()
        }
        Kind::School => view! {
            {line("Name and town of your school or college")}
            <p class="wex-paper__tick">"I am not at school or college"</p>
        }
        .into_any(),
    }
}

fn line(label: &str) -> AnyView {
    let label = label.to_owned();
    view! {
        <p class="wex-paper__line">
            {label} ":"
        </p>
    }
    .into_any()
}

#[cfg(test)]
mod tests {
    use super::*;

    /// The printed form holds the online form's words, whatever they become.
    #[test]
    fn every_question_is_printed_in_the_same_words() {
        let printed: String = questions(true)
            .iter()
            .enumerate()
            .map(|(at, (step, question))| question_view(at, *step, question).to_html())
            .collect();
        for step in Step::ALL {
            let question = step.question();
            assert!(printed.contains(question.title), "{step:?}");
            let hint = question.hint.split('\'').next().unwrap_or_default();
            assert!(printed.contains(hint), "{step:?}");
            for field in question.fields {
                if let Kind::YesNo(yes, no) = field.kind {
                    assert!(printed.contains(yes) && printed.contains(no), "{step:?}");
                }
            }
        }
        assert!(printed.contains("Up to 150 words") && !printed.contains("<input"));
        assert!(questions(false).iter().all(|(step, _)| *step != Step::Why));
    }
}
