//! The results of a search, in the page and in the updates of it alike.

use domain::search::{Hit, LeftOut, Query, Results, Sort, View};
use kit::components::{ChosenFilters, Details, InsetText, Link, Pagination, Tag};
use leptos::prelude::*;
use services::discover::Answer;

use crate::api::SearchUpdate;

/// "34 opportunities, nearest to LS1 first", for the heading above the results.
#[must_use]
pub(crate) fn count_in_words(results: &Results) -> String {
    let mut text = match results.total {
        0 => "No opportunities found".to_owned(),
        1 => "1 opportunity".to_owned(),
        n => format!("{n} opportunities"),
    };
    // With words, what is it comes before what mentions it, and only then what is nearer.
    let nearest =
        results.query.sort == Sort::Nearest || results.query.sort == Sort::Best && results.query.what.is_empty();
    if let (Some(place), 2.., true) = (&results.place, results.total, nearest) {
        text.push_str(&format!(", nearest to {place} first"));
    }
    // A map and a calendar have no pages.
    if results.pages > 1 && results.query.view == View::List {
        text.push_str(&format!(" (page {} of {})", results.query.page, results.pages));
    }
    text
}

/// "nursing near Leeds, page 2", for the title of the window.
#[must_use]
pub(crate) fn title(results: &Results) -> String {
    let query = &results.query;
    let mut text = if query.what.is_empty() { "Find work experience".to_owned() } else { query.what.clone() };
    if let Some(place) = &results.place {
        text.push_str(&format!(" near {place}"));
    }
    if query.page > 1 {
        text.push_str(&format!(", page {}", query.page));
    }
    text
}

/// "Filter (2 on)", for the line that opens the filters on a phone.
#[must_use]
pub(crate) fn filter_in_words(query: &Query) -> String {
    match query.chosen(|_| None).len() {
        0 => "Filter".to_owned(),
        on => format!("Filter ({on} on)"),
    }
}

/// "Show 34 results", for the button below the filters, once scripts keep the number right.
#[must_use]
pub(crate) fn show_in_words(total: usize) -> String {
    match total {
        1 => "Show 1 result".to_owned(),
        n => format!("Show {n} results"),
    }
}

/// The query without its filters: the words, the place and the order stay.
fn without_filters(query: &Query) -> Query {
    Query {
        what: query.what.clone(),
        place: query.place.clone(),
        sort: query.sort,
        view: query.view,
        month: query.month,
        page: 1,
        ..Query::default()
    }
}

/// What of the page changes with this answer.
pub(crate) fn update(answer: Answer) -> SearchUpdate {
    let results = &answer.results;
    SearchUpdate {
        address: results.query.address(),
        title: title(results),
        heading: count_in_words(results),
        filters: filter_in_words(&results.query),
        show: show_in_words(results.total),
        labels: crate::choices::labels(results),
        html: view! { <ResultsView answer=answer /> }.to_html(),
    }
}

/// The filters that are on, what was not understood, the results in the view that was asked for, and the
/// other pages of them.
#[component]
pub fn ResultsView(
    /// The answer to show.
    answer: Answer,
) -> impl IntoView {
    let Answer { results, calendar } = answer;
    let filters =
        results.chosen().into_iter().map(|(words, without)| Link::new(words, without.address())).collect::<Vec<_>>();
    let views = views(&results.query);
    let map = (results.query.view == View::Map && results.total > 0).then(|| crate::map::map_view(&results));
    let calendar = calendar.map(|calendar| crate::calendar::calendar_view(&results.query, calendar));
    let left_out = left_out_view(&results.left_out);
    let keep = keep_view(&results.query);
    let jobs = jobs_view(&results.query.what);
    let Results { query, hits, total, pages, odd, read_as, wider, .. } = results;
    let clear = without_filters(&query).address();
    let odd = odd.into_iter().chain(
        read_as
            .into_iter()
            .map(|(typed, read)| format!("Nothing has the word “{typed}”. These results are for “{read}”.")),
    );
    let odd: Vec<String> = odd.collect();
    let odd = (!odd.is_empty()).then(|| {
        let lines = odd.into_iter().map(|line| view! { <p>{line}</p> }).collect_view();
        view! { <InsetText>{lines}</InsetText> }.into_any()
    });
    let nothing = (total == 0).then(|| {
        let asked = nothing_in_words(&query);
        let way_on = match wider {
            Some(wider) => {
                let there =
                    if wider.count == 1 { "There is 1".to_owned() } else { format!("There are {}", wider.count) };
                view! {
                    <p>
                        {there} " " <a href=wider.query.address()>{wider.how}</a> "."
                    </p>
                }
                .into_any()
            }
            None => view! { <p>"There is nothing to apply for at the moment. Get new ones by email, or look again soon."</p> }.into_any(),
        };
        view! {
            <p>{asked}</p>
            {way_on}
        }
        .into_any()
    });
    let list = (query.view == View::List && !hits.is_empty()).then(|| {
        let items = hits.into_iter().map(hit_view).collect_view();
        view! { <ol class="wex-results">{items}</ol> }.into_any()
    });
    let pages = (query.view == View::List).then(|| {
        let current = u32::try_from(query.page).unwrap_or(1);
        let last = u32::try_from(pages).unwrap_or(1);
        let href = move |page: u32| Query { page: page as usize, ..query.clone() }.address();
        view! { <Pagination current=current total=last href=href /> }.into_any()
    });
    view! {
        <ChosenFilters filters=filters clear=clear />
        {odd}
        {jobs}
        {nothing}
        {(total > 0).then_some(views)}
        {list}
        {map}
        {calendar}
        {pages}
        {left_out}
        {keep}
    }
    .into_any()
}

/// The jobs that the words mean, each with its page; at most so many.
fn jobs_view(words: &str) -> Option<AnyView> {
    const NAMED: usize = 3;
    let found = domain::roles::meant_by(words);
    (!found.is_empty()).then(|| {
        let links = found
            .iter()
            .take(NAMED)
            .enumerate()
            .map(|(n, role)| {
                let href = format!("/roles/{}", role.slug);
                let between = if n == 0 { "" } else { ", " };
                view! { {between} <a href=href>{role.name}</a> }
            })
            .collect_view();
        view! { <p>"About the job: " {links}</p> }.into_any()
    })
}

/// The way to hear of what is new for this search.
fn keep_view(query: &Query) -> AnyView {
    let asked = Query { page: 1, view: View::List, month: None, ..query.clone() }.address();
    let asked = asked.split_once('?').map_or("", |(_, query)| query);
    let href = format!("/saved/new?for={}", kit::urlencode(asked));
    let feed = format!("/opportunities.atom?{asked}");
    view! {
        <p>
            <a href=href>"Get new ones by email"</a>
            ", or "
            <a href=feed type="application/atom+xml">"in a feed reader"</a>
        </p>
    }
    .into_any()
}

/// The other ways to look at the same answer.
fn views(query: &Query) -> AnyView {
    let items = View::ALL
        .iter()
        .map(|view| {
            let href = Query { view: *view, page: 1, ..query.clone() }.address();
            let current = (*view == query.view).then_some("page");
            view! {
                <li>
                    <a href=href aria-current=current>
                        {view.label()}
                    </a>
                </li>
            }
        })
        .collect_view();
    view! {
        <nav class="wex-views" aria-label="How to show the results">
            <ul class="wex-views__list">{items}</ul>
        </nav>
    }
    .into_any()
}

/// What a learner cannot apply for, each with the reason.
/// So many are named at once.
const SHOWN_LEFT_OUT: usize = 10;

fn left_out_view(left_out: &LeftOut) -> Option<AnyView> {
    if left_out.total == 0 {
        return None;
    }
    let summary = format!("{} you cannot apply for", left_out.total);
    let unnamed = left_out.total - left_out.first.len();
    let (first, others) = left_out.first.split_at(left_out.first.len().min(SHOWN_LEFT_OUT));
    let items = |some: &[(String, String, String)]| {
        some.iter()
            .map(|(href, title, why)| {
                view! {
                    <li>
                        <a href=href.clone()>{title.clone()}</a>
                        ". "
                        {why.clone()}
                    </li>
                }
            })
            .collect_view()
    };
    let rest = (!others.is_empty()).then(|| {
        let (summary, others) = (format!("{} more", others.len()), items(others));
        view! {
            <Details summary=summary>
                <ul class="nhsuk-list nhsuk-list--bullet">{others}</ul>
            </Details>
        }
    });
    let first = items(first);
    Some(
        view! {
            <Details summary=summary>
                <ul class="nhsuk-list nhsuk-list--bullet">{first}</ul>
                {rest}
                {(unnamed > 0)
                    .then(|| view! { <p>{format!("And {unnamed} that are not named here. Choose more filters, and they are fewer.")}</p> })}
            </Details>
        }
        .into_any(),
    )
}

/// One result: the same facts in the same order in every one.
fn hit_view(hit: Hit) -> AnyView {
    let facts = [hit.away, Some(hit.when), Some(format!("Age {}", hit.ages)), hit.closes, hit.places]
        .into_iter()
        .flatten()
        .map(|fact| view! { <li>{capital(&fact)}</li> })
        .collect_view();
    view! {
        <li class="wex-results__item">
            <h3 class="wex-results__title">
                <a href=hit.href>{hit.title}</a>
            </h3>
            <p class="wex-results__provider">{hit.provider}</p>
            <ul class="wex-results__facts">
                <li>
                    <Tag no_border=true>{hit.kind}</Tag>
                </li>
                {facts}
            </ul>
        </li>
    }
    .into_any()
}

/// What was asked, said back to somebody who found nothing.
fn nothing_in_words(query: &Query) -> String {
    let mut text = "We found nothing".to_owned();
    if !query.what.is_empty() {
        text.push_str(&format!(" for “{}”", query.what));
    }
    if !query.place.is_empty() {
        text.push_str(&format!(" near “{}”", query.place));
    }
    if !query.chosen(|_| None).is_empty() {
        text.push_str(" with these filters");
    }
    text.push('.');
    text
}

/// The text with a capital at its beginning.
pub(crate) fn capital(text: &str) -> String {
    let mut chars = text.chars();
    match chars.next() {
        Some(first) => first.to_uppercase().chain(chars).collect(),
        None => String::new(),
    }
}
