//! What must hold for every role, and for every question that is asked of them.

use std::collections::BTreeSet;

use proptest::prelude::*;

use super::lookup::folded;
use super::*;
use crate::reference;
use crate::words::word_count;

fn slugs<'a>(roles: impl IntoIterator<Item = &'a Role>) -> Vec<&'static str> {
    roles.into_iter().map(|role| role.slug).collect()
}

fn role(slug: &str) -> &'static Role {
    find(slug).unwrap_or_else(|| panic!("no role {slug}"))
}

fn unique<T: Ord>(items: impl IntoIterator<Item = T>) -> bool {
    let mut seen = BTreeSet::new();
    items.into_iter().all(|item| seen.insert(item))
}

/// Syllables, counted as runs of vowels without a silent e: right for nine words in ten.
fn syllables(word: &str) -> usize {
    let word: String = word.to_lowercase().chars().filter(|c| c.is_ascii_alphabetic()).collect();
    let is_vowel = |c: char| "aeiouy".contains(c);
    let runs = word.split(|c| !is_vowel(c)).filter(|run| !run.is_empty()).count();
    let silent = (word.ends_with('e') && !word.ends_with("le"))
        || (word.ends_with("ed") && !word.ends_with("ted") && !word.ends_with("ded"));
    (runs - usize::from(silent && runs > 1)).max(1)
}

/// The school year, less about five, that a text asks for: Flesch and Kincaid's formula.
fn grade(sentences: &[&str]) -> f64 {
    let words: Vec<&str> = sentences.iter().flat_map(|s| s.split_whitespace()).collect();
    let count = |n: usize| f64::from(u32::try_from(n).unwrap());
    let syllables = words.iter().map(|word| syllables(word)).sum();
    0.39 * count(words.len()) / count(sentences.len()) + 11.8 * count(syllables) / count(words.len()) - 15.59
}

#[test]
fn there_are_many_and_each_is_found_by_its_address() {
    assert!(all().count() >= 120);
    assert!(unique(slugs(all())) && unique(all().map(|role| role.name.to_lowercase())));
    for role in all() {
        assert!(!role.slug.is_empty() && role.slug == reference::slug(role.slug), "{}", role.slug);
        // One exception: an address that everybody knows.
        assert!(role.slug == "gp" || role.slug == reference::slug(role.name), "{}", role.slug);
        assert_eq!(find(role.slug), Some(role));
    }
    assert_eq!(find("astronaut"), None);
}

#[test]
fn each_family_has_several_and_only_its_own() {
    for family in Profession::ALL {
        assert!(in_family(*family).count() >= 5, "{family:?}");
        assert!(in_family(*family).all(|role| role.family == *family), "{family:?}");
    }
    let counted: usize = Profession::ALL.iter().map(|family| in_family(*family).count()).sum();
    assert_eq!(counted, all().count());
}

#[test]
fn what_is_written_is_short_and_plain() {
    // What a child of eleven would have to ask about, and what reads like an office.
    const HARD: &[&str] = &[
        "acute",
        "ambulatory",
        "clinician",
        "commissioning",
        "diagnos",
        "elderly",
        "empower",
        "ensure",
        "facilitat",
        "holistic",
        "implement",
        "intervention",
        "key stakeholder",
        "liaise",
        "monitor",
        "multidisciplinary",
        "optimis",
        "pathway",
        "pre-employment",
        "procedure",
        "rehabilitat",
        "robust",
        "service user",
        "slot",
        "stakeholder",
        "suffer",
        "therapeutic",
        "utilis",
        "vacancy",
        "virtual",
        "wheelchair-bound",
    ];
    for role in all() {
        assert!((1..=3).contains(&role.does.len()), "{}", role.slug);
        for sentence in role.does {
            // PAGES.md asks for fewer than 20 words.
            assert!((3..20).contains(&word_count(sentence)), "{}: {sentence}", role.slug);
            assert!(sentence.ends_with('.') && !sentence.contains(". "), "{}: {sentence}", role.slug);
            assert!(sentence.starts_with(char::is_uppercase) && !sentence.contains(['!', ';']), "{sentence}");
            let lower = sentence.to_lowercase();
            for hard in HARD {
                assert!(!lower.contains(hard), "“{hard}” in {}: {sentence}", role.slug);
            }
        }
        assert!(grade(role.does) < 8.0, "{}: {:.1}", role.slug, grade(role.does));
    }
    let mean = all().map(|role| grade(role.does)).sum::<f64>() / f64::from(u32::try_from(all().count()).unwrap());
    assert!(mean < 5.0, "{mean:.2}");
    assert!(unique(all().map(Role::in_words)));
}

#[test]
fn hard_words_are_hard_and_easy_ones_easy() {
    assert!(grade(&["You help people to walk."]) < 3.0);
    assert!(grade(&["Clinicians facilitate multidisciplinary rehabilitation interventions holistically."]) > 20.0);
}

#[test]
fn each_says_where_how_and_for_whom() {
    for role in all() {
        assert!(!role.places.is_empty() && unique(role.places), "{}", role.slug);
        assert!((2..=5).contains(&role.suits.len()) && unique(role.suits), "{}", role.slug);
        assert!(!role.entry.is_empty(), "{}", role.slug);
        assert!(role.entry.is_sorted() && unique(role.entry), "{}: {:?}", role.slug, role.entry);
        // Whoever has qualified elsewhere is on some register.
        if role.entry == [Entry::Qualified] {
            assert!(role.register.is_needed(), "{}", role.slug);
        }
        if matches!(role.register, Register::Law(Regulator::Gmc | Regulator::Hcpc))
            && role.slug != "hearing-aid-dispenser"
        {
            assert!(role.needs_degree(), "{}", role.slug);
        }
    }
    for interest in Interest::ALL {
        assert!(all().filter(|role| role.suits.contains(interest)).count() >= 2, "{interest:?}");
    }
    for entry in Entry::ALL {
        assert!(all().any(|role| role.entry.contains(entry)), "{entry:?}");
    }
}

#[test]
fn what_needs_no_degree_is_said() {
    for role in all() {
        let without = role.without_degree().count();
        assert_eq!(role.needs_degree(), without == 0, "{}", role.slug);
        assert_eq!(
            without,
            role.entry.iter().filter(|entry| !entry.label().to_lowercase().contains("degree")).count()
                - role.entry.iter().filter(|entry| **entry == Entry::Qualified).count(),
            "{}",
            role.slug
        );
    }
    for slug in [
        "porter",
        "nursing-associate",
        "dental-nurse",
        "pharmacy-technician",
        "registered-manager",
        "emergency-call-handler",
    ] {
        assert!(!role(slug).needs_degree(), "{slug}");
    }
    for slug in ["gp", "midwife", "physiotherapist", "district-nurse", "medical-physicist", "social-worker"] {
        assert!(role(slug).needs_degree(), "{slug}");
    }
    // What a page may say: two in five are open without a degree.
    let open = all().filter(|role| !role.needs_degree()).count();
    assert!(open * 5 > all().count() * 2, "{open}");
    // Each family has a way in for those who do not go to university. Doctors' helpers are Medicine's.
    for family in Profession::ALL {
        assert!(in_family(*family).any(|role| !role.needs_degree()), "{family:?}");
    }
}

#[test]
fn relatives_exist_and_are_others() {
    for role in all() {
        assert!((1..=MOST_RELATED).contains(&role.related.len()) && unique(role.related), "{}", role.slug);
        for slug in role.related {
            assert!(find(slug).is_some() && *slug != role.slug, "{} → {slug}", role.slug);
        }
        let near = slugs(related(role));
        assert!(near.len() <= MOST_RELATED && near.starts_with(role.related), "{}", role.slug);
        assert!(!near.contains(&role.slug) && unique(&near), "{}", role.slug);
    }
    // Those who are named name back, where there is room.
    assert!(slugs(related(role("counselling-psychologist"))).contains(&"clinical-psychologist"));
    assert!(slugs(related(role("screening-midwife"))).len() >= 3);
}

#[test]
fn from_each_role_one_gets_to_each_other() {
    let start = role("midwife");
    let (mut seen, mut next) = (BTreeSet::from([start.slug]), vec![start]);
    while let Some(role) = next.pop() {
        for near in related(role) {
            if seen.insert(near.slug) {
                next.push(near);
            }
        }
    }
    let left: Vec<_> = slugs(all()).into_iter().filter(|slug| !seen.contains(slug)).collect();
    assert!(left.is_empty(), "{left:?}");
}

#[test]
fn other_names_say_something_new() {
    for role in all() {
        assert!(!role.also_called.is_empty(), "{}", role.slug);
        assert!(unique(role.names().map(|name| folded(name).join(" "))), "{}: {:?}", role.slug, role.also_called);
        assert!(role.also_called.iter().all(|name| *name == name.to_lowercase()), "{}", role.slug);
        // A word of everyday sentences would turn them into roles.
        for word in ["i", "it", "a", "to", "be", "want", "work", "job", "help", "hospital", "people", "health", "care"]
        {
            assert!(role.names().all(|name| folded(name) != [word]), "{}: {word}", role.slug);
        }
        // Nobody's own name stands for somebody else's role.
        for other in all().filter(|other| *other != role) {
            assert!(
                !role.also_called.iter().any(|name| folded(name) == folded(other.name)),
                "{} {}",
                role.slug,
                other.slug
            );
        }
    }
}

#[test]
fn typed_words_mean_roles() {
    for (typed, meant) in [
        ("physio", vec!["physiotherapist"]),
        ("Physios", vec!["physiotherapist"]),
        ("I want to be a physio!", vec!["physiotherapist"]),
        ("OTs", vec!["occupational-therapist"]),
        ("x-ray", vec!["diagnostic-radiographer"]),
        ("xray technicians", vec![]),
        ("midwives", vec!["midwife"]),
        ("children’s nurse", vec!["childrens-nurse"]),
        ("CHILDRENS NURSES", vec!["childrens-nurse"]),
        ("dental nurse", vec!["dental-nurse"]),
        ("mental health nurse or paramedic", vec!["mental-health-nurse", "paramedic"]),
        ("optician", vec!["optometrist", "dispensing-optician"]),
        ("A&E", vec!["emergency-nurse"]),
        ("A&E doctor", vec!["emergency-doctor"]),
        ("odp", vec!["operating-department-practitioner"]),
        ("chiropodist", vec!["podiatrist"]),
        ("dietician", vec!["dietitian"]),
        ("hca", vec!["healthcare-support-worker"]),
        ("carer", vec!["care-worker", "home-care-worker"]),
        ("pa", vec!["physician-assistant", "personal-assistant"]),
        ("something with it", vec![]),
        ("", vec![]),
        ("🦷", vec![]),
    ] {
        assert_eq!(slugs(meant_by(typed)), meant, "{typed}");
    }
    assert!(slugs(meant_by("nurse")).contains(&"adult-nurse"));
    assert!(slugs(meant_by("doctor")).starts_with(&["gp", "hospital-doctor"]));
}

#[test]
fn the_list_is_narrowed() {
    let words = |words: &str| Asked { words: words.to_owned(), ..Asked::default() };
    assert_eq!(filtered(&Asked::default()).len(), all().count());
    assert_eq!(filtered(&words("   ")).len(), all().count());
    assert_eq!(filtered(&words("physio"))[0].slug, "physiotherapist");
    // A word that is begun finds too, and so does what is only in the text.
    assert!(slugs(filtered(&words("physioth"))).contains(&"physiotherapy-assistant"));
    assert!(slugs(filtered(&words("false teeth"))).contains(&"clinical-dental-technician"));
    assert_eq!(filtered(&words("zzz")), Vec::<&Role>::new());
    let art = Asked { interest: Some(Interest::Art), no_degree: true, ..Asked::default() };
    assert!(slugs(filtered(&art)).contains(&"dental-technician"));
    assert!(!slugs(filtered(&art)).contains(&"art-therapist"));
}

#[test]
fn well_known_roles_exist_and_are_few() {
    let known = unheard::WELL_KNOWN;
    assert!(known.is_sorted() && unique(known));
    assert!(known.iter().all(|slug| !role(slug).is_little_known()));
    assert_eq!(all().filter(|role| role.is_little_known()).count(), all().count() - known.len());
    assert!(known.len() * 4 < all().count());
}

#[test]
fn every_little_known_role_comes_up() {
    let mut left: BTreeSet<&str> = all().filter(|role| role.is_little_known()).map(|role| role.slug).collect();
    for seed in 0..3_000 {
        for role in new_to_me(seed) {
            left.remove(role.slug);
        }
    }
    assert!(left.is_empty(), "{left:?}");
    // Neighbours differ: "show me others" may count up.
    let same = (0..100).filter(|seed| new_to_me(*seed) == new_to_me(seed + 1)).count();
    assert_eq!(same, 0);
}

#[test]
fn each_name_means_its_role() {
    for role in all() {
        for name in role.names() {
            let mut typed = vec![name.to_owned(), name.to_uppercase(), name.replace(' ', "  ")];
            // Many of them, where that is an s: "nurses", "OTs".
            if name.ends_with(['r', 't', 'e', 'n', 'p']) {
                typed.push(format!("{name}s"));
            }
            for typed in typed {
                let found = meant_by(&typed);
                assert!(found.contains(&role), "{typed} → {:?}, not {}", slugs(found), role.slug);
            }
        }
    }
}

fn any_role() -> impl Strategy<Value = &'static Role> {
    (0..all().count()).prop_map(|n| all().nth(n).unwrap())
}

/// Any characters at all, or names and pieces of sentences in a row.
fn anything_typed() -> impl Strategy<Value = String> {
    let piece = prop_oneof![
        any_role().prop_map(|role| role.name),
        any_role().prop_map(|role| role.also_called[0]),
        prop::sample::select(vec!["nurse", "doctors", "or", "i like", "&", "the", "’s"]),
    ];
    prop_oneof!["\\PC{0,60}", prop::collection::vec(piece, 0..5).prop_map(|pieces| pieces.join(" "))]
}

proptest! {
    #[test]
    fn an_answer_repeats_itself_and_none_of_its_roles(seed in any::<u64>()) {
        let roles = new_to_me(seed);
        prop_assert_eq!(&roles, &new_to_me(seed));
        prop_assert_eq!(roles.len(), HOW_MANY);
        prop_assert!(roles.iter().all(|role| role.is_little_known()));
        prop_assert!(unique(slugs(roles.iter().copied())));
        prop_assert!(unique(roles.iter().map(|role| role.family)), "spread over families");
    }

    #[test]
    fn whatever_is_typed_around_a_name_it_is_found(
        role in any_role(), which in any::<prop::sample::Index>(),
        before in "(zz |i like |, ){0,2}", after in "( zz|\\?| \u{1f600}){0,2}",
    ) {
        let names: Vec<&str> = role.names().collect();
        let typed = format!("{before}{}{after}", which.get(&names));
        let found = meant_by(&typed);
        prop_assert!(found.contains(&role), "{} → {:?}", typed, slugs(found));
    }

    #[test]
    fn whatever_is_typed_is_answered(words in anything_typed()) {
        let found = meant_by(&words);
        prop_assert!(unique(slugs(found.iter().copied())), "{}", words);
        let listed = filtered(&Asked { words: words.clone(), ..Asked::default() });
        prop_assert!(unique(slugs(listed.iter().copied())), "{}", words);
        prop_assert!(found.iter().all(|role| listed.contains(role)), "{}", words);
    }

    #[test]
    fn the_list_is_what_was_asked_for(
        no_degree in any::<bool>(),
        family in prop::option::of(prop::sample::select(Profession::ALL)),
        interest in prop::option::of(prop::sample::select(Interest::ALL)),
        words in prop::sample::select(vec!["", "nurse", "eyes", "babies", "physio", "machine", "the blood", "driver"]),
    ) {
        let asked = Asked { no_degree, family, interest, words: words.to_owned() };
        let fits = |role: &Role| {
            (!no_degree || role.entry.iter().any(|entry| !entry.takes_a_degree()))
                && family.is_none_or(|family| role.family == family)
                && interest.is_none_or(|interest| role.suits.contains(&interest))
        };
        let found = filtered(&asked);
        // Exactly those of the words alone which fit, in the same order.
        let wide = filtered(&Asked { words: words.to_owned(), ..Asked::default() });
        let expected: Vec<_> = wide.into_iter().filter(|role| fits(role)).collect();
        prop_assert_eq!(found, expected);
    }
}
