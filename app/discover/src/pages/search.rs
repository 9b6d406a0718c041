//! The search: a plain form, its results, and links.

use domain::search::{Query, Results, Sort, View};
use kit::components::{Button, ButtonKind, Checkboxes, Choice, FilterPanel, Input, InputKind, Select};
use leptos::prelude::*;
use leptos_meta::Title;
use services::discover::Answer;

use crate::filters::ids;
use crate::results::{count_in_words, filter_in_words, title};
use crate::{ResultsView, SearchFilters, choices};

/// The search.
#[component]
pub fn SearchPage() -> impl IntoView {
    let raw = super::raw_query();
    kit::page(async move {
        let ctx = kit::request();
        let (query, odd) = super::read(&raw);
        let learner = ctx.actor.as_ref().is_some_and(|actor| actor.is_learner());
        let answer = services::discover::search(&ctx, query, odd).await?;
        Ok(view! {
            <Title text=title(&answer.results) />
            {search_view(answer, learner)}
        })
    })
}

fn search_view(answer: Answer, learner: bool) -> impl IntoView {
    let count = count_in_words(&answer.results);
    let address = answer.results.query.address();
    let form = form_view(&answer.results, learner);
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
                        <ResultsView answer=answer />
                    </div>
                </section>
            </div>
        </SearchFilters>
    }
}

/// The form. Its fields are named as in the address, so that the browser writes the address.
fn form_view(results: &Results, learner: bool) -> AnyView {
    let query = &results.query;
    let first = |label: &str, more: Vec<Choice>| -> Vec<Choice> {
        std::iter::once(Choice::new("", label)).chain(more).collect()
    };
    let words = |words: Vec<&str>| words.into_iter().map(ToOwned::to_owned).collect::<Vec<String>>();
    let ticked = |is: bool, value: &str| if is { vec![value.to_owned()] } else { Vec::new() };
    let distances = first("Any distance", choices::within(results).items());
    // Several areas can stand in an address; the list picks one.
    let area = query.areas.first().cloned();
    let areas = first("All of England", choices::areas(results).items());
    let audiences = first("Anybody", choices::audiences(results).items());
    let mine = learner.then(|| {
        let items = vec![("yes", "Only what I can apply for")];
        let values = ticked(query.mine, "yes");
        view! { <Checkboxes name="mine" items=items values=values small=true /> }
    });
    let kinds = choices::kinds(results).items();
    let delivery = choices::delivery(results).items();
    let lengths = choices::lengths(results).items();
    let places = choices::places(results).items();
    let needs = choices::needs(results).items();
    let settings = choices::settings(results).items();
    let professions = choices::professions(results).items();
    let audience = query.audience.map(|one| one.as_str());
    let within = query.within.map(|miles| miles.to_string());
    let age = query.age.map(|age| age.to_string());
    let [from, to] = [query.from, query.to].map(|day| day.map(|day| day.to_string()));
    let places_left = ticked(query.places_left, "left");
    let nothing_needed = ticked(query.nothing_needed, "nothing");
    let chosen_kinds = words(query.kinds.iter().map(|one| one.as_str()).collect());
    let chosen_ways = words(query.delivery.iter().map(|one| one.as_str()).collect());
    let chosen_professions = words(query.professions.iter().map(|one| one.as_str()).collect());
    let chosen_settings = words(query.settings.iter().map(|one| one.as_str()).collect());
    let chosen_lengths = words(query.lengths.iter().map(|one| one.as_str()).collect());
    let sorts: Vec<(&str, &str)> =
        Sort::ALL.iter().map(|sort| (if *sort == Sort::Best { "" } else { sort.as_str() }, sort.label())).collect();
    let sort = if query.sort == Sort::Best { "" } else { query.sort.as_str() };
    let summary = filter_in_words(query);
    let view = view_field(query);
    view! {
        <form id=ids::FORM method="get" action="/opportunities" role="search" aria-label="Opportunities" autocomplete="off">
            <Input name="what" label="What interests you?" kind=InputKind::Search value=query.what.clone() />
            <Input name="where" label="Where?" hint="Postcode or town" value=query.place.clone() />
            {view}
            <Button>"Search"</Button>
            <FilterPanel summary=summary>
                {mine}
                <Select name="within" label="How far away?" hint="What is online is found at every distance." items=distances value=within />
                <Select name="area" label="Area of England" items=areas value=area />
                <Checkboxes name="kind" label="Kind" items=kinds values=chosen_kinds small=true />
                <Checkboxes name="delivery" label="In person or online" items=delivery values=chosen_ways small=true />
                <Input name="age" label="Your age on the first day" kind=InputKind::Numeric width=2 value=age />
                <DayInput name="from" label="Starting on or after" value=from />
                <DayInput name="to" label="Starting on or before" value=to />
                <Checkboxes name="length" label="How long" items=lengths values=chosen_lengths small=true />
                <Checkboxes name="places" items=places values=places_left small=true />
                <Checkboxes name="needs" items=needs values=nothing_needed small=true />
                <Checkboxes name="setting" label="With patients or not" items=settings values=chosen_settings small=true />
                <Select name="for" label="Who it is for" items=audiences value=audience />
                <Checkboxes name="profession" label="Area of work" items=professions values=chosen_professions small=true />
                <Select name="sort" label="Order" items=sorts value=sort />
                <Button kind=ButtonKind::Secondary id=ids::SHOW>
                    "Show results"
                </Button>
            </FilterPanel>
        </form>
    }
    .into_any()
}

/// The way of showing stays when the form is sent. Its fields are always there, so that scripts can fill them.
fn view_field(query: &Query) -> AnyView {
    let view = if query.view == View::List { "" } else { query.view.as_str() };
    let month = query.month.map(|day| day.format("%Y-%m").to_string()).unwrap_or_default();
    view! {
        <input type="hidden" name="view" value=view />
        <input type="hidden" name="month" value=month />
    }
    .into_any()
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
    use domain::search::{Counts, Hit, Wider};

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
            place: Some("LS1".into()),
            odd,
            counts: Counts {
                kinds: vec![(domain::Kind::WorkExperience, 7)],
                professions: vec![(domain::Profession::Nursing, 5)],
                within: vec![(15, 4)],
                ..Counts::default()
            },
            ..Results::default()
        }
    }

    fn html(results: Results) -> String {
        let request = std::sync::Arc::new(hydration_context::SsrSharedContext::new_islands());
        let answer = Answer { results, calendar: None };
        let html = Owner::new_root(Some(request)).with(|| search_view(answer, false).to_html());
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
            "Within 15 miles (4)",
            r#"data-count="profession=nursing" class="wex-count">(5)</span>"#,
            r#"data-count="kind=work_experience" class="wex-count">(7)</span>"#,
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
