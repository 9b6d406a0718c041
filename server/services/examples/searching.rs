//! Helps to measure the search itself (`scripts/bench.mjs`); no part of the product.
//!
//!     searching prepare DATABASE_URL COUNT     so many opportunities, and nothing else
//!     searching measure DATABASE_URL QUERIES   JSON: reading everything, memory, how long a search takes

#![allow(clippy::unwrap_used, reason = "a measurement that cannot go on has failed")]

use std::time::Instant;

use domain::search::{Audience, Length, Query, RADII, Setting, Sort};
use domain::{Delivery, Kind, Profession};
use rand::rngs::StdRng;
use rand::{RngExt, SeedableRng};
use services::demo::{self, Scale};
use services::testing::services_at;

#[global_allocator]
static MEMORY: mimalloc::MiMalloc = mimalloc::MiMalloc;

/// What people type, rightly and not.
const WORDS: &[&str] = &[
    "",
    "",
    "",
    "nurse",
    "midwife",
    "midwfe",
    "physio",
    "A&E",
    "emergency department",
    "care home",
    "paramedic",
    "pharmacy",
    "pharmcist",
    "dental nurse",
    "children",
    "mental health",
    "laboratory",
    "heather team",
    "porter",
    "radiography x-ray",
    "digital",
    "apprentice",
    "zzzzz",
    "you will meet the team",
];
const PLACES: &[&str] =
    &["", "", "LS1 4AP", "Leeds", "M1", "SE13", "Truro", "Norwich", "NE1", "Brighton", "B1 1AA", "Carlisle"];

#[tokio::main]
async fn main() {
    let arguments: Vec<String> = std::env::args().skip(1).collect();
    match arguments.iter().map(String::as_str).collect::<Vec<_>>().as_slice() {
        ["prepare", address, count] => {
            let scale = Scale { opportunities: count.parse().unwrap(), learners: 0, applications: 0, enrolments: 0 };
            let services = services_at(address).await;
            demo::fill(&services, Some(scale), |_, _, _| {}).await.unwrap();
            services.db.close().await;
        }
        ["measure", address, queries] => measure(address, queries.parse().unwrap()).await,
        _ => panic!("searching prepare | measure"),
    }
}

/// Memory of this process, in bytes.
fn memory() -> u64 {
    let status = std::fs::read_to_string("/proc/self/status").unwrap();
    let line = status.lines().find_map(|line| line.strip_prefix("VmRSS:")).unwrap();
    line.trim().trim_end_matches(" kB").parse::<u64>().unwrap() * 1024
}

async fn measure(address: &str, count: usize) {
    let services = services_at(address).await;
    // What the connection and the program take by themselves does not count.
    let mut tx = services.db.read().await.unwrap();
    store::settings::get(&mut tx, "made_by").await.unwrap();
    drop(tx);
    let before = memory();
    let began = Instant::now();
    let held = services.catalogue.current(&services).await.unwrap();
    let read = began.elapsed();
    let taken = memory().saturating_sub(before);
    let today = services.today();
    let mut rng = StdRng::seed_from_u64(4);
    let mut times: Vec<u128> = Vec::with_capacity(count);
    let mut found = 0;
    for number in 0..count {
        let query = query(&mut rng, &held.index);
        let place = held.places.find(&query.place);
        let began = Instant::now();
        let results = held.index.search(&query, place.as_ref(), None, Vec::new(), today);
        // The first ones warm up.
        if number >= count / 20 {
            times.push(began.elapsed().as_nanos());
        }
        found += results.total;
    }
    times.sort_unstable();
    let at = |share: f64| times[((times.len() as f64 * share) as usize).min(times.len() - 1)] as f64 / 1e6;
    println!(
        "{}",
        serde_json::json!({
            "opportunities": held.index.listings().count(),
            "queries": times.len(),
            "found": found,
            "rebuilt_ms": read.as_millis() as u64,
            "memory_bytes": taken,
            "median_ms": at(0.5),
            "p99_ms": at(0.99),
            "slowest_ms": at(1.0),
            "mean_ms": times.iter().sum::<u128>() as f64 / times.len() as f64 / 1e6,
        })
    );
}

fn query(rng: &mut StdRng, index: &finding::Index) -> Query {
    fn some<T: Copy>(rng: &mut StdRng, list: &[T], percent: u32) -> Vec<T> {
        if rng.random_range(0..100) < percent { vec![list[rng.random_range(0..list.len())]] } else { Vec::new() }
    }
    let one = |rng: &mut StdRng, list: &[&str]| list[rng.random_range(0..list.len())].to_owned();
    let areas = index.areas();
    Query {
        what: one(rng, WORDS),
        place: one(rng, PLACES),
        within: some(rng, &RADII, 40).pop(),
        kinds: some(rng, &Kind::ALL, 30),
        delivery: some(rng, &Delivery::ALL, 20),
        professions: some(rng, Profession::ALL, 25),
        settings: some(rng, Setting::ALL, 15),
        lengths: some(rng, Length::ALL, 20),
        areas: if areas.is_empty() || rng.random_range(0..100) > 15 {
            Vec::new()
        } else {
            vec![areas[rng.random_range(0..areas.len())].code.to_string()]
        },
        audience: some(rng, Audience::ALL, 15).pop(),
        nothing_needed: rng.random_range(0..100) < 20,
        places_left: rng.random_range(0..100) < 30,
        age: some(rng, &[14, 15, 16, 17, 18], 50).pop(),
        sort: Sort::ALL[rng.random_range(0..Sort::ALL.len())],
        page: rng.random_range(1..4),
        ..Query::default()
    }
}
