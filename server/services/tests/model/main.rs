//! Random lives of a provider, played through the use cases on both databases, and judged after every step by
//! a second statement of the rules (`rules`).
//!
//! `WEX_MODEL_SEQUENCES` says how many on SQLite (three for every twenty of them on PostgreSQL, where each takes
//! longer), `WEX_MODEL_FROM` with which seed they begin, and `WEX_MODEL_SEED` plays one again, aloud. A sequence
//! that fails is shortened before it is shown.

#![allow(clippy::unwrap_used, reason = "a test that cannot go on has failed")]

mod act;
mod cast;
mod draw;
mod later;
mod rules;
mod sequence;
mod stage;

use std::sync::atomic::{AtomicU64, Ordering};
use std::sync::{Arc, Mutex};

use cast::Cast;
use sequence::Sequence;
use stage::{Seen, play};
use store::testing::Prepared;

const STEPS: usize = 40;
const THREADS: usize = 2;

fn number(name: &str) -> Option<u64> {
    std::env::var(name).ok().map(|text| text.parse().unwrap())
}

async fn prepared(postgres: bool) -> Option<(Prepared, Cast)> {
    let cast = Arc::new(Mutex::new(None));
    let fill = {
        let cast = cast.clone();
        async move |db| {
            let gathered = Cast::gather(db).await.unwrap();
            *cast.lock().unwrap() = Some(gathered);
        }
    };
    let prepared = if postgres { Prepared::postgres(fill).await? } else { Prepared::sqlite(fill).await };
    let cast = cast.lock().unwrap().take().unwrap();
    Some((prepared, cast))
}

/// The shortest sequence found that still fails, and how.
async fn shorten(prepared: &Prepared, cast: &Cast, mut sequence: Sequence, mut why: String) -> (Sequence, String) {
    let mut tries = 0;
    let mut size = sequence.steps.len() / 2;
    while size > 0 && tries < 300 {
        let mut at = 0;
        while at < sequence.steps.len() && tries < 300 {
            let mut shorter = sequence.clone();
            shorter.steps.drain(at..(at + size).min(sequence.steps.len()));
            tries += 1;
            match play(prepared, cast, &shorter, &mut Seen::new(), false).await {
                Err(still) => (sequence, why) = (shorter, still),
                Ok(()) => at += size,
            }
        }
        size /= 2;
    }
    (sequence, why)
}

/// Plays so many on one kind of database, on threads of their own. What was seen.
fn run(postgres: bool, seeds: std::ops::Range<u64>) -> Option<Seen> {
    let next = AtomicU64::new(seeds.start);
    let failed: Mutex<Option<String>> = Mutex::new(None);
    let all: Mutex<Seen> = Mutex::new(Seen::new());
    let skipped = std::thread::scope(|scope| {
        let threads: Vec<_> = (0..THREADS)
            .map(|_| {
                scope.spawn(|| {
                    let runtime = tokio::runtime::Builder::new_current_thread().enable_all().build().unwrap();
                    runtime.block_on(async {
                        let Some((prepared, cast)) = prepared(postgres).await else { return true };
                        let mut seen = Seen::new();
                        loop {
                            let seed = next.fetch_add(1, Ordering::SeqCst);
                            if seed >= seeds.end || failed.lock().unwrap().is_some() {
                                break;
                            }
                            let sequence = Sequence::draw(seed, STEPS);
                            if let Err(why) = play(&prepared, &cast, &sequence, &mut seen, false).await {
                                let (shorter, last) = shorten(&prepared, &cast, sequence, why.clone()).await;
                                eprintln!("the sequence of seed {seed}, shortened, in {:?}:", shorter.setting);
                                let _ = play(&prepared, &cast, &shorter, &mut seen, true).await;
                                *failed.lock().unwrap() = Some(format!(
                                    "{}: {why}\nshortened: {last}\nPlay it again: WEX_MODEL_SEED={seed} cargo test -p services --test model -- --nocapture",
                                    prepared.db.name()
                                ));
                            }
                        }
                        all.lock().unwrap().append(&mut seen);
                        prepared.end().await;
                        false
                    })
                })
            })
            .collect();
        threads.into_iter().any(|thread| thread.join().unwrap())
    });
    if let Some(why) = failed.into_inner().unwrap() {
        panic!("{why}");
    }
    (!skipped).then(|| all.into_inner().unwrap())
}

#[test]
fn whatever_people_do_the_rules_hold() {
    if let Some(seed) = number("WEX_MODEL_SEED") {
        run(false, seed..seed + 1);
        run(true, seed..seed + 1);
        return;
    }
    let sequences = number("WEX_MODEL_SEQUENCES").unwrap_or(2000);
    let first = number("WEX_MODEL_FROM").unwrap_or(1);
    let began = std::time::Instant::now();
    let seen = run(false, first..first + sequences).unwrap();
    eprintln!("SQLite: {sequences} sequences of {STEPS} steps in {:?}", began.elapsed());
    if sequences >= 1500 {
        let missing: Vec<_> = stage::expected().into_iter().filter(|action| !seen.contains(action)).collect();
        assert!(missing.is_empty(), "never happened: {missing:?}; these did: {seen:?}");
    }
    let began = std::time::Instant::now();
    let fewer = sequences * 3 / 20;
    // Other lives than those above.
    match run(true, first + sequences..first + sequences + fewer) {
        Some(_) => eprintln!("PostgreSQL: {fewer} sequences in {:?}", began.elapsed()),
        None => eprintln!("skipped: PostgreSQL (WEX_TEST_POSTGRES is not set)"),
    }
}
