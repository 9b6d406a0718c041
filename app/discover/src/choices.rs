//! What the search offers to choose from, each with what it would find: one list for the form and for the
//! numbers that scripts keep right in it.

use domain::Delivery;
use domain::search::{RADII, Results};
use kit::components::Choice;

/// One thing that can be chosen.
pub(crate) struct Offer {
    /// What is posted.
    pub value: String,
    /// What people read.
    pub label: String,
    /// How many it would find; unknown for distances from nowhere.
    pub count: Option<usize>,
}

impl Offer {
    fn number(&self) -> String {
        self.count.map(|count| format!("({count})")).unwrap_or_default()
    }
}

/// The choices of one filter.
pub(crate) struct Filter {
    /// Its name in the address.
    pub name: &'static str,
    /// What can be chosen.
    pub offers: Vec<Offer>,
}

impl Filter {
    fn of<T>(
        name: &'static str,
        counts: &[(T, usize)],
        word: impl Fn(&T) -> String,
        label: impl Fn(&T) -> String,
    ) -> Self {
        let offer = |(one, count): &(T, usize)| Offer { value: word(one), label: label(one), count: Some(*count) };
        Self { name, offers: counts.iter().map(offer).collect() }
    }

    /// As the items of a component.
    pub(crate) fn items(self) -> Vec<Choice> {
        self.offers.into_iter().map(|offer| Choice::new(offer.value, offer.label).count(offer.count)).collect()
    }
}

macro_rules! by_word {
    ($name:literal, $counts:expr) => {
        Filter::of($name, $counts, |one| one.as_str().to_owned(), |one| one.label().to_owned())
    };
}

pub(crate) fn kinds(results: &Results) -> Filter {
    by_word!("kind", &results.counts.kinds)
}

/// What is both in person and online answers to either, so it is offered only to who asked for it.
pub(crate) fn delivery(results: &Results) -> Filter {
    let mut filter = by_word!("delivery", &results.counts.delivery);
    if !results.query.delivery.contains(&Delivery::Mixed) {
        filter.offers.retain(|offer| offer.value != Delivery::Mixed.as_str());
    }
    filter
}

pub(crate) fn professions(results: &Results) -> Filter {
    by_word!("profession", &results.counts.professions)
}

pub(crate) fn settings(results: &Results) -> Filter {
    by_word!("setting", &results.counts.settings)
}

pub(crate) fn lengths(results: &Results) -> Filter {
    by_word!("length", &results.counts.lengths)
}

pub(crate) fn needs(results: &Results) -> Filter {
    let count = Some(results.counts.nothing_needed);
    let label = "No experience or grades needed".to_owned();
    Filter { name: "needs", offers: vec![Offer { value: "nothing".into(), label, count }] }
}

pub(crate) fn places(results: &Results) -> Filter {
    let count = Some(results.counts.places_left);
    Filter { name: "places", offers: vec![Offer { value: "left".into(), label: "With places left".into(), count }] }
}

/// The areas, boards behind their region.
pub(crate) fn areas(results: &Results) -> Filter {
    let offers = results.counts.areas.iter().map(|area| {
        let label = if area.region.is_some() { format!("– {}", area.name) } else { area.name.clone() };
        Offer { value: area.code.clone(), label, count: Some(area.count) }
    });
    Filter { name: "area", offers: offers.collect() }
}

pub(crate) fn audiences(results: &Results) -> Filter {
    by_word!("for", &results.counts.audiences)
}

/// The distances, with the one from the address among them. Without a place they wait for one.
pub(crate) fn within(results: &Results) -> Filter {
    let words = |miles: &u32| format!("Within {miles} miles");
    if !results.counts.within.is_empty() {
        return Filter::of("within", &results.counts.within, u32::to_string, words);
    }
    let mut miles: Vec<u32> = RADII.into_iter().chain(results.query.within).collect();
    miles.sort_unstable();
    miles.dedup();
    let offers = miles.iter().map(|one| Offer { value: one.to_string(), label: words(one), count: None }).collect();
    Filter { name: "within", offers }
}

/// The numbers of every choice: what a script finds it by, and what it says. A list to pick from says its
/// words too, because nothing else fits into its lines.
pub(crate) fn labels(results: &Results) -> Vec<(String, String)> {
    let boxes = [
        kinds(results),
        delivery(results),
        professions(results),
        settings(results),
        lengths(results),
        needs(results),
        places(results),
    ];
    let lists = [areas(results), audiences(results), within(results)];
    let said = |name: &str, offer: &Offer, text: String| (format!("{name}={}", offer.value), text);
    let in_boxes =
        boxes.iter().flat_map(|filter| filter.offers.iter().map(|offer| said(filter.name, offer, offer.number())));
    let in_lists = lists.iter().flat_map(|filter| {
        filter
            .offers
            .iter()
            .map(|offer| said(filter.name, offer, format!("{} {}", offer.label, offer.number()).trim_end().to_owned()))
    });
    in_boxes.chain(in_lists).collect()
}
