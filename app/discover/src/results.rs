//! The results of a search, in the page and in the updates of it alike.

use domain::search::{Hit, Query, Results};
use kit::components::{ChosenFilters, InsetText, Link, Pagination, Tag};
use leptos::prelude::*;

use crate::api::SearchUpdate;

/// "34 opportunities, nearest to LS1 first", for the heading above the results.
#[must_use]
pub(crate) fn count_in_words(results: &Results) -> String {
    let mut text = match results.total {
        0 => "No opportunities found".to_owned(),
        1 => "1 opportunity".to_owned(),
        n => format!("{n} opportunities"),
    };
    if let (Some(place), 2.., domain::search::Sort::Best) = (&results.place, results.total, results.query.sort) {
        text.push_str(&format!(", nearest to {place} first"));
    }
    if results.pages > 1 {
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
    match query.chosen().len() {
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
    Query { what: query.what.clone(), place: query.place.clone(), sort: query.sort, page: 1, ..Query::default() }
}

/// What of the page changes with this answer.
pub(crate) fn update(results: Results) -> SearchUpdate {
    SearchUpdate {
        address: results.query.address(),
        title: title(&results),
        heading: count_in_words(&results),
        filters: filter_in_words(&results.query),
        show: show_in_words(results.total),
        html: view! { <ResultsView results=results /> }.to_html(),
    }
}

/// The filters that are on, what was not understood, the results, and the other pages of them.
#[component]
pub fn ResultsView(
    /// The answer to show.
    results: Results,
) -> impl IntoView {
    let Results { query, hits, total, pages, odd, wider, .. } = results;
    let filters =
        query.chosen().into_iter().map(|(words, without)| Link::new(words, without.address())).collect::<Vec<_>>();
    let clear = without_filters(&query).address();
    let odd = (!odd.is_empty()).then(|| {
        let lines = odd.into_iter().map(|line| view! { <p>{line}</p> }).collect_view();
        view! { <InsetText>{lines}</InsetText> }
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
            None => view! { <p>"There is nothing to apply for at the moment. Look again soon."</p> }.into_any(),
        };
        view! {
            <p>{asked}</p>
            {way_on}
        }
    });
    let list = (!hits.is_empty()).then(|| {
        let items = hits.into_iter().map(hit_view).collect_view();
        view! { <ol class="wex-results">{items}</ol> }
    });
    let current = u32::try_from(query.page).unwrap_or(1);
    let last = u32::try_from(pages).unwrap_or(1);
    let href = move |page: u32| Query { page: page as usize, ..query.clone() }.address();
    view! {
        <ChosenFilters filters=filters clear=clear />
        {odd}
        {nothing}
        {list}
        <Pagination current=current total=last href=href />
    }
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
    if !query.chosen().is_empty() {
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
