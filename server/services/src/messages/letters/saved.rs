//! Letters about what somebody keeps: answers to saved searches, what closes soon, and places that came free.
//! Each ends with the one-step way out.

use domain::saved::Every;
use domain::search::Hit;
use domain::words::count;

use super::para;
use crate::messages::{Letter, Part};

/// What an answer to a saved search is written from.
pub(crate) struct Digest<'a> {
    /// What the search asks, in words.
    pub words: &'a str,
    /// What is not understood any more of it, in words.
    pub odd: &'a [String],
    /// The first of the new ones.
    pub hits: &'a [Hit],
    /// How many are new.
    pub total: usize,
    /// The search's address, from its slash on.
    pub address: &'a str,
    /// How often it is answered.
    pub every: Every,
    /// The service's address.
    pub base_url: &'a str,
    /// Where it is stopped.
    pub stop: &'a str,
}

fn about(hit: &Hit) -> String {
    [Some(hit.provider.clone()), hit.away.clone(), Some(hit.when.clone()), hit.closes.clone()]
        .into_iter()
        .flatten()
        .collect::<Vec<_>>()
        .join(", ")
}

fn item(hit: &Hit, base_url: &str) -> [Part; 2] {
    [
        Part::Link { label: hit.title.clone(), url: format!("{base_url}{}", hit.href) },
        para(format!("{}. For ages {}.", about(hit), hit.ages)),
    ]
}

fn way_out(words: &str, stop: &str) -> Part {
    Part::Link { label: words.to_owned(), url: stop.to_owned() }
}

/// To somebody who keeps a search: what is new.
#[must_use]
pub(crate) fn digest(said: &Digest<'_>) -> Letter {
    let total = i64::try_from(said.total).unwrap_or(i64::MAX);
    let new = count(total, "new opportunity", "new opportunities");
    let mut parts =
        vec![para(format!("There {} {new} for your search: {}.", if total == 1 { "is" } else { "are" }, said.words))];
    if !said.odd.is_empty() {
        parts.push(para("Your search goes on without what we no longer understand:"));
        parts.push(Part::List(said.odd.to_vec()));
    }
    parts.extend(said.hits.iter().flat_map(|hit| item(hit, said.base_url)));
    if said.total > said.hits.len() {
        parts.push(para(format!("These are the first {}.", said.hits.len())));
    }
    parts.push(Part::Link {
        label: "See everything it finds".into(),
        url: format!("{}{}", said.base_url, said.address),
    });
    let often = match said.every {
        Every::Day => "We write to you on days when there is something new.",
        Every::Week => "We write to you on Mondays when there is something new.",
    };
    parts.push(para(often));
    parts.push(way_out("Stop these emails", said.stop));
    Letter { subject: format!("{new}: {}", short(said.words)), parts }
}

/// A subject stays short enough for a phone.
fn short(words: &str) -> String {
    if words.chars().count() <= 60 {
        return words.to_owned();
    }
    format!("{}…", words.chars().take(59).collect::<String>())
}

/// To somebody who keeps an opportunity: the last day to apply is near.
#[must_use]
pub(crate) fn closing_soon(hit: &Hit, base_url: &str, stop: &str) -> Letter {
    let mut parts = vec![para("You saved this and have not applied. You cannot apply any more after its last day.")];
    parts.extend(item(hit, base_url));
    parts.push(way_out("Take it off your list and get no more emails about it", stop));
    Letter { subject: format!("Closing soon: {}", hit.title), parts }
}

/// To somebody who keeps an opportunity: a place came free.
#[must_use]
pub(crate) fn place_free(hit: &Hit, base_url: &str, stop: &str) -> Letter {
    let mut parts = vec![
        para("You saved this when it was full. A place is free now."),
        para("Others were told too, and nobody is kept a place: apply soon if you want it."),
    ];
    parts.extend(item(hit, base_url));
    parts.push(way_out("Take it off your list and get no more emails about it", stop));
    Letter { subject: format!("A place is free: {}", hit.title), parts }
}

/// A sample of each.
#[cfg(test)]
pub(super) fn samples(given: &super::samples::Given<'_>) -> Vec<(&'static str, Letter)> {
    let hit = Hit {
        href: "/opportunities/a-week-with-pharmacy".into(),
        title: given.title.into(),
        kind: "Work experience".into(),
        provider: "Aire Valley NHS Trust, Leeds".into(),
        away: Some("about 3 miles away".into()),
        when: "5 to 9 July 2027".into(),
        ages: "16 and over".into(),
        closes: Some("closes in 3 days, Monday 12 April".into()),
        places: None,
    };
    let stop = format!("{}/saved/stop/s0123abcd", given.base_url);
    let hits = [hit.clone()];
    let said = |every, total| Digest {
        words: "pharmacy, near Leeds",
        odd: &[],
        hits: &hits,
        total,
        address: "/opportunities?what=pharmacy&where=Leeds",
        every,
        base_url: given.base_url,
        stop: &stop,
    };
    let odd = ["We no longer have the filter “mood”.".to_owned()];
    vec![
        ("digest", digest(&said(Every::Day, 1))),
        ("digest", digest(&Digest { odd: &odd, ..said(Every::Week, 12) })),
        ("closing_soon", closing_soon(&hit, given.base_url, &stop)),
        ("place_free", place_free(&hit, given.base_url, &stop)),
    ]
}
