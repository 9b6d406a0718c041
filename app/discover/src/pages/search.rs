//! The search: a plain form, its results, and links.

use domain::search::{Query, RADII, Results};
use domain::{Delivery, Kind, Profession};
use kit::components::{Button, ButtonKind, Checkboxes, FilterPanel, Input, InputKind, Select};
use leptos::prelude::*;
use leptos_meta::Title;

use crate::filters::ids;
use crate::results::{count_in_words, filter_in_words, title};
use crate::{ResultsView, SearchFilters};

/// The search.
#[component]
pub fn SearchPage() -> impl IntoView {
    let raw = super::raw_query();
    kit::page(async move {
        let ctx = kit::request();
        let (query, odd) = super::read(&raw);
        let results = services::discover::search(&ctx, query, odd).await?;
        Ok(view! {
            <Title text=title(&results) />
            {search_view(results)}
        })
    })
}

fn search_view(results: Results) -> impl IntoView {
    let count = count_in_words(&results);
    let address = results.query.address();
    let form = form_view(&results.query);
    view! {
        <h1 class="nhsuk-heading-l">"Find work experience in health and care"</h1>
        <SearchFilters>
            <div class="wex-with-filter">
                {form}
                <section aria-labelledby=ids::HEADING>
                    <p class="nhsuk-error-message" id=ids::PROBLEM role="alert"></p>
                    <h2 class="wex-results__count" id=ids::HEADING tabindex="-1" aria-live="polite">
                        {count}
                    </h2>
                    <div id=ids::RESULTS data-address=address>
                        <ResultsView results=results />
                    </div>
                </section>
            </div>
        </SearchFilters>
    }
}

/// The form. Its fields are named as in the address, so that the browser writes the address.
fn form_view(query: &Query) -> impl IntoView + use<> {
    let distances: Vec<(String, String)> = std::iter::once((String::new(), "Any distance".to_owned()))
        .chain(with(&RADII, query.within).into_iter().map(|miles| (miles.to_string(), format!("Within {miles} miles"))))
        .collect();
    let kinds: Vec<(&str, &str)> = Kind::ALL.iter().map(|kind| (kind.as_str(), kind.label())).collect();
    // What is both in person and online answers to either, so it is offered only to who asked for it.
    let ways: Vec<(&str, &str)> = Delivery::ALL
        .iter()
        .filter(|way| **way != Delivery::Mixed || query.delivery.contains(way))
        .map(|way| (way.as_str(), way.label()))
        .collect();
    let professions: Vec<(&str, &str)> = Profession::ALL.iter().map(|profession| (profession.as_str(), profession.label())).collect();
    let words = |words: Vec<&str>| words.into_iter().map(ToOwned::to_owned).collect::<Vec<String>>();
    let chosen_kinds = words(query.kinds.iter().map(|kind| kind.as_str()).collect());
    let chosen_ways = words(query.delivery.iter().map(|way| way.as_str()).collect());
    let chosen_professions = words(query.professions.iter().map(|profession| profession.as_str()).collect());
    let places = if query.places_left { vec!["left".to_owned()] } else { vec![] };
    let sort = if query.sort == domain::search::Sort::Best { "" } else { query.sort.as_str() };
    let age = query.age.map(|age| age.to_string());
    view! {
        <form id=ids::FORM method="get" action="/opportunities" role="search" aria-label="Opportunities" autocomplete="off">
            <Input name="what" label="What interests you?" kind=InputKind::Search value=query.what.clone() />
            <Input name="where" label="Where?" hint="Postcode or town" value=query.place.clone() />
            <Button>"Search"</Button>
            <FilterPanel summary=filter_in_words(query)>
                <Select name="within" label="How far away?" items=distances value=query.within.map(|miles| miles.to_string()) />
                <Checkboxes name="kind" label="Kind" items=kinds values=chosen_kinds small=true />
                <Checkboxes name="delivery" label="In person or online" items=ways values=chosen_ways small=true />
                <Input name="age" label="Your age on the first day" kind=InputKind::Numeric width=2 value=age />
                <DayInput name="from" label="Starting on or after" value=query.from.map(|day| day.to_string()) />
                <DayInput name="to" label="Starting on or before" value=query.to.map(|day| day.to_string()) />
                <Checkboxes name="places" items=vec![("left", "With places left")] values=places small=true />
                <Checkboxes name="profession" label="Area of work" items=professions values=chosen_professions small=true />
                <Select
                    name="sort"
                    label="Order"
                    items=vec![("", "Nearest, or closing soonest"), ("closing", "Closing soonest"), ("starting", "Starting soonest")]
                    value=sort
                />
                <Button kind=ButtonKind::Secondary id=ids::SHOW>
                    "Show results"
                </Button>
            </FilterPanel>
        </form>
    }
}

/// The distances on offer, with the one from the address among them, whatever it is.
fn with(offered: &[u32], asked: Option<u32>) -> Vec<u32> {
    let mut all: Vec<u32> = offered.iter().copied().chain(asked).collect();
    all.sort_unstable();
    all.dedup();
    all
}

/// A day to come, chosen from the browser's calendar: nobody remembers such a day, so three boxes would
/// only be more to type.
#[component]
fn DayInput(name: &'static str, label: &'static str, value: Option<String>) -> impl IntoView {
    view! {
        <div class="nhsuk-form-group">
            <label class="nhsuk-label" for=name>
                {label}
            </label>
            <input class="nhsuk-input" type="date" id=name name=name value=value />
        </div>
    }
}
