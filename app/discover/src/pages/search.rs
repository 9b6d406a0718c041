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
    let form = form_view(results.query.clone());
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
fn form_view(query: Query) -> impl IntoView {
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
    let professions: Vec<(&str, &str)> =
        Profession::ALL.iter().map(|profession| (profession.as_str(), profession.label())).collect();
    let words = |words: Vec<&str>| words.into_iter().map(ToOwned::to_owned).collect::<Vec<String>>();
    let chosen_kinds = words(query.kinds.iter().map(|kind| kind.as_str()).collect());
    let chosen_ways = words(query.delivery.iter().map(|way| way.as_str()).collect());
    let chosen_professions = words(query.professions.iter().map(|profession| profession.as_str()).collect());
    let places = if query.places_left { vec!["left".to_owned()] } else { vec![] };
    let sort = if query.sort == domain::search::Sort::Best { "" } else { query.sort.as_str() };
    let age = query.age.map(|age| age.to_string());
    let summary = filter_in_words(&query);
    view! {
        <form id=ids::FORM method="get" action="/opportunities" role="search" aria-label="Opportunities" autocomplete="off">
            <Input name="what" label="What interests you?" kind=InputKind::Search value=query.what.clone() />
            <Input name="where" label="Where?" hint="Postcode or town" value=query.place.clone() />
            <Button>"Search"</Button>
            <FilterPanel summary=summary>
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

#[cfg(test)]
mod tests {
    use domain::search::{Hit, Wider};

    use super::*;

    fn results(q: &str, total: usize) -> Results {
        let (query, odd) = super::super::read(q);
        let hit = Hit {
            href: "/opportunities/nursing-week".into(),
            title: "Nursing week".into(),
            kind: "Work experience".into(),
            provider: "Aire Valley NHS Trust, Leeds".into(),
            away: Some("about 3 miles away".into()),
            when: "24 to 28 May 2027".into(),
            ages: "16 and over".into(),
            closes: Some("closes in 5 days, Friday 12 March".into()),
            places: None,
        };
        Results {
            query,
            hits: if total == 0 { vec![] } else { vec![hit] },
            total,
            pages: total.div_ceil(10).max(1),
            place: None,
            odd,
            wider: None,
        }
    }

    fn html(results: Results) -> String {
        let request = std::sync::Arc::new(hydration_context::SsrSharedContext::new_islands());
        let html = Owner::new_root(Some(request)).with(|| search_view(results).to_html());
        assert!(!html.contains("<template"));
        assert_eq!(html.matches("<h1").count(), 1);
        html
    }

    #[test]
    fn the_form_says_what_was_asked_and_links_lead_on() {
        let text = html(results(
            "what=nursing&where=Leeds&within=15&kind=work_experience&age=16&profession=nursing&from=2027-07-01&page=2",
            34,
        ));
        for words in [
            "34 opportunities (page 2 of 4)",
            "Filter (5 on)",
            r#"value="nursing""#,
            "Within 15 miles",
            "Age 16 and over",
            "About 3 miles away",
            r#"type="date""#,
            // A tag is a link to the search without it, and begins on the first page.
            r#"href="/opportunities?what=nursing&amp;where=Leeds&amp;within=15&amp;kind=work_experience&amp;profession=nursing&amp;from=2027-07-01""#,
            r#"aria-live="polite""#,
            r#"method="get""#,
        ] {
            assert!(text.contains(words), "{words} is missing in {text}");
        }
        assert!(text.contains(r#"<option value="15" selected"#), "{text}");
        assert_eq!(text.matches(" checked").count(), 2, "{text}");
        assert!(text.contains("page=3") && !text.contains("With places left\" checked"));
        // The island has the results as children, not once more as properties.
        assert!(text.contains("<leptos-island") && !text.contains("data-props"));
    }

    #[test]
    fn nothing_found_is_no_empty_page() {
        let mut none = results("what=zzz&where=Narnia&age=fifteen", 0);
        none.odd.push("We do not know the place “Narnia”.".into());
        none.wider = Some(Wider {
            query: Query { place: "Narnia".into(), page: 1, ..Query::default() },
            how: "without the words “zzz”".into(),
            count: 12,
        });
        let text = html(none);
        for words in [
            "No opportunities found",
            "We found nothing for “zzz” near “Narnia”.",
            "We do not know the place",
            "like 15",
            "There are 12",
            r#"href="/opportunities?where=Narnia""#,
        ] {
            assert!(text.contains(words), "{words} is missing in {text}");
        }
        let bare = html(results("", 0));
        assert!(bare.contains("There is nothing to apply for at the moment"));
    }

    #[test]
    fn an_address_is_read_whatever_is_in_it() {
        let (query, odd) =
            super::super::read("what=A%26E+nurse&kind=work_experience&kind=careers_information&%FF%zz=1&&=&page=9999");
        assert_eq!((query.what.as_str(), query.kinds.len(), query.page), ("A&E nurse", 2, 9999));
        assert_eq!(odd.len(), 1, "{odd:?}");
    }
}
