//! The pages of what somebody keeps.

use domain::saved::Every;
use kit::AppError;
use kit::components::{
    BackLink, Button, ButtonKind, Choice, ErrorSummary, InsetText, NotificationBanner, Radios, Size,
};
use leptos::prelude::*;
use leptos_meta::Title;
use services::saved::{Asked, Kept, KeptSearch, Saved, Stopped};

/// Everything that somebody keeps.
#[component]
pub fn SavedPage() -> impl IntoView {
    let done = kit::query("done");
    kit::page(async move {
        let saved = services::saved::saved(&kit::request()).await?;
        Ok::<_, AppError>(saved_view(&saved, &done))
    })
}

/// Keeps a search: what it asks, and how often it is answered.
#[component]
pub fn SaveSearchPage() -> impl IntoView {
    let (query, problem) = (kit::query("for"), kit::query("problem") == "every");
    kit::page(async move {
        let asked = services::saved::asked(&kit::request(), &query).await?;
        Ok::<_, AppError>(save_view(&asked, problem))
    })
}

/// Stops messages about something that is kept.
#[component]
pub fn StopPage() -> impl IntoView {
    let token = kit::param("token");
    kit::page(async move {
        let stopped = services::saved::stops(&kit::request().services, &token).await?;
        Ok::<_, AppError>(stop_view(&stopped, &token))
    })
}

fn odd_view(odd: &[String]) -> Option<AnyView> {
    (!odd.is_empty()).then(|| {
        let lines = odd.iter().map(|line| view! { <p>{line.clone()}</p> }).collect_view();
        view! { <InsetText>{lines}</InsetText> }.into_any()
    })
}

pub(super) fn save_view(asked: &Asked, problem: bool) -> AnyView {
    let errors: Vec<(&str, &str)> = if problem { vec![("every", "Choose how often")] } else { Vec::new() };
    let error = problem.then(|| "Choose how often".to_owned());
    let items: Vec<Choice> = Every::ALL
        .iter()
        .map(|every| {
            Choice::new(every.as_str(), every.label()).hint(match every {
                Every::Day => "In the morning, when there is something new",
                Every::Week => "In the morning, when something new came in that week",
            })
        })
        .collect();
    let address = asked.query.address();
    let query = address.split_once('?').map_or(String::new(), |(_, query)| query.to_owned());
    let found = match asked.found {
        0 => "It finds nothing today.".to_owned(),
        1 => "It finds 1 opportunity today.".to_owned(),
        n => format!("It finds {n} opportunities today."),
    };
    let words = asked.words.clone();
    let title = if problem { "Error: Get new ones by email" } else { "Get new ones by email" };
    view! {
        <Title text=title />
        <BackLink href=address text="Back to the search" />
        <ErrorSummary errors=errors />
        <h1 class="nhsuk-heading-l">"Get new ones by email"</h1>
        <p>"Your search: " <strong>{words}</strong> ". " {found}</p>
        {odd_view(&asked.odd)}
        <form method="post" action="/do/discover_save_search" novalidate>
            <input type="hidden" name="query" value=query />
            <Radios name="every" label="How often?" label_size=Size::M items=items error=error />
            <p>"Each email has a link to stop them. We write to the address that you sign in with."</p>
            <Button prevent_double_click=true>"Save this search"</Button>
        </form>
    }
    .into_any()
}

fn kept_view(one: &Kept) -> AnyView {
    let (href, title, slug) = (format!("/opportunities/{}", one.slug), one.title.clone(), one.slug.clone());
    let about = match &one.hit {
        Some(hit) => [Some(hit.provider.clone()), Some(hit.when.clone()), hit.closes.clone(), hit.places.clone()]
            .into_iter()
            .flatten()
            .collect::<Vec<_>>()
            .join(" · "),
        None => "Nobody can apply for this any more. Its page shows others like it.".to_owned(),
    };
    let hidden = format!(" {title}");
    view! {
        <li>
            <a href=href>{title}</a>
            <br />
            {about}
            <form method="post" action="/do/discover_remove_opportunity">
                <input type="hidden" name="slug" value=slug />
                <input type="hidden" name="back" value="saved" />
                <Button kind=ButtonKind::Secondary>
                    "Remove" <span class="nhsuk-u-visually-hidden">{hidden}</span>
                </Button>
            </form>
        </li>
    }
    .into_any()
}

fn search_view(one: &KeptSearch) -> AnyView {
    let (address, words, often) = (one.address.clone(), one.words.clone(), one.every.label());
    let found = match one.found {
        1 => "finds 1 today".to_owned(),
        n => format!("finds {n} today"),
    };
    let buttons = Every::ALL
        .iter()
        .filter(|every| **every != one.every)
        .map(|every| (every.as_str(), format!("{} instead", every.label())))
        .chain([("never", "Stop".to_owned())])
        .map(|(every, label)| {
            let (id, hidden) = (one.id.to_string(), format!(", {}", one.words));
            view! {
                <form method="post" action="/do/discover_change_search" class="wex-inline">
                    <input type="hidden" name="id" value=id />
                    <input type="hidden" name="every" value=every />
                    <Button kind=ButtonKind::Secondary>
                        {label} <span class="nhsuk-u-visually-hidden">{hidden}</span>
                    </Button>
                </form>
            }
        })
        .collect_view();
    view! {
        <li>
            <a href=address>{words}</a>
            <br />
            <span>{format!("{often}, {found}")}</span>
            {odd_view(&one.odd)}
            {buttons}
        </li>
    }
    .into_any()
}

pub(super) fn saved_view(saved: &Saved, done: &str) -> AnyView {
    let banner = match done {
        "search" => Some("Search saved. We write to you when there is something new."),
        "changed" => Some("Changed."),
        "stopped" => Some("Stopped. You get no more emails about this search."),
        "removed" => Some("Removed."),
        _ => None,
    };
    let opportunities = if saved.opportunities.is_empty() {
        view! { <p>"None yet. Open an opportunity and choose “Save it”: we tell you before it closes, and when a place comes free."</p> }
            .into_any()
    } else {
        let items = saved.opportunities.iter().map(kept_view).collect_view();
        view! { <ul class="nhsuk-list wex-kept">{items}</ul> }.into_any()
    };
    let searches = if saved.searches.is_empty() {
        view! { <p>"None yet. Search, and choose “Get new ones by email”."</p> }.into_any()
    } else {
        let items = saved.searches.iter().map(search_view).collect_view();
        view! { <ul class="nhsuk-list wex-kept">{items}</ul> }.into_any()
    };
    let email = saved.email.clone();
    view! {
        <Title text="Saved" />
        {banner.map(|words| view! { <NotificationBanner success=true heading=words /> })}
        <h1 class="nhsuk-heading-l">"Saved"</h1>
        <p>"Emails go to " {email} "."</p>
        <h2 class="nhsuk-heading-m">"Opportunities"</h2>
        {opportunities}
        <h2 class="nhsuk-heading-m">"Searches"</h2>
        {searches}
        <p>
            <a href="/opportunities">"Find work experience"</a>
        </p>
    }
    .into_any()
}

pub(super) fn stop_view(stopped: &Stopped, token: &str) -> AnyView {
    if stopped.already {
        return view! {
            <Title text="Stopped" />
            <h1 class="nhsuk-heading-l">"Stopped"</h1>
            <p>{format!("You get no more {}.", stopped.what)}</p>
            <p>
                <a href="/opportunities">"Find work experience"</a>
            </p>
        }
        .into_any();
    }
    let token = token.to_owned();
    view! {
        <Title text="Stop these emails?" />
        <h1 class="nhsuk-heading-l">"Stop these emails?"</h1>
        <p>{format!("You will get no more {}.", stopped.what)}</p>
        <form method="post" action="/do/discover_stop_saved">
            <input type="hidden" name="token" value=token />
            <Button>"Yes, stop them"</Button>
        </form>
        <p>
            <a href="/saved">"No, see what I have saved"</a>
        </p>
    }
    .into_any()
}

#[cfg(test)]
mod tests {
    use services::saved::Stopped;

    use super::*;

    fn html(view: impl Fn() -> AnyView) -> String {
        Owner::new().with(|| view().to_html())
    }

    #[test]
    fn what_is_kept_is_listed_with_its_ways_out() {
        let saved = Saved {
            email: "anna@mail.example".into(),
            opportunities: vec![Kept { title: "A <b>day</b>".into(), slug: "a-day".into(), hit: None }],
            searches: vec![KeptSearch {
                id: uuid::Uuid::from_u128(5),
                words: "nursing, near Leeds".into(),
                address: "/opportunities?what=nursing&where=Leeds".into(),
                every: Every::Week,
                odd: vec!["We no longer have the filter “mood”.".into()],
                found: 3,
            }],
        };
        let text = html(|| saved_view(&saved, "search"));
        for words in [
            "A &lt;b&gt;day&lt;/b&gt;",
            "Nobody can apply for this any more",
            "nursing, near Leeds",
            "Every Monday, finds 3 today",
            "Every day instead",
            "the filter “mood”",
            "Search saved",
            r#"value="never""#,
        ] {
            assert!(text.contains(words), "{words} is missing in {text}");
        }
        let empty = Saved { opportunities: vec![], searches: vec![], ..saved };
        assert!(html(|| saved_view(&empty, "")).contains("None yet"));
    }

    #[test]
    fn a_search_is_said_in_words_and_no_choice_is_an_error() {
        let query = domain::search::Query { what: "nursing".into(), page: 1, ..Default::default() };
        let asked = Asked { words: "nursing".into(), query, odd: vec![], found: 1 };
        let text = html(|| save_view(&asked, true));
        assert!(text.contains("href=\"#every\"") && text.contains("It finds 1 opportunity today."), "{text}");
        assert!(text.contains(r#"name="query" value="what=nursing""#), "{text}");
        assert!(!html(|| save_view(&asked, false)).contains("#every"));
    }

    #[test]
    fn looking_at_the_way_out_stops_nothing() {
        let stop = |already| Stopped { what: "emails about A day".into(), already };
        let text = html(|| stop_view(&stop(false), "s01"));
        assert!(text.contains("Yes, stop them") && text.contains("no more emails about A day"), "{text}");
        assert!(!html(|| stop_view(&stop(true), "s01")).contains("<form"));
    }
}
