//! The real program is killed in the middle of a burst of submissions, and started again: whoever was told
//! that their application is sent finds it there, once and whole; whoever was not sends it again.
//!
//! `WEX_KILL_ROUNDS` says how often for each database, `WEX_KILL_BURST` how many send at once.

#![allow(clippy::unwrap_used, reason = "a test that cannot go on has failed")]

mod program;

use std::sync::atomic::{AtomicUsize, Ordering};
use std::time::{Duration, Instant};

use program::{Program, send};
use services::testing::{Applicant, Crowd, services_at};
use store::testing::{Tally, both_addresses, tallies};

const CLIENTS: usize = 32;

fn number(name: &str, otherwise: usize) -> usize {
    std::env::var(name).map_or(otherwise, |text| text.parse().unwrap())
}

/// Sends every application from many clients, until all have been tried or the program is gone. Which
/// were acknowledged. With `kill_at`, the program is killed so long after so many have been.
fn burst(program: &mut Program, people: &[Applicant], kill_at: Option<(usize, Duration)>) -> Vec<bool> {
    let address = program.address;
    let next = AtomicUsize::new(0);
    let acknowledged = AtomicUsize::new(0);
    let mut sent = vec![false; people.len()];
    std::thread::scope(|scope| {
        let clients: Vec<_> = (0..CLIENTS)
            .map(|_| {
                scope.spawn(|| {
                    let mut mine = Vec::new();
                    loop {
                        let at = next.fetch_add(1, Ordering::SeqCst);
                        let Some(person) = people.get(at) else { return mine };
                        match send(address, person) {
                            Ok(true) => {
                                acknowledged.fetch_add(1, Ordering::SeqCst);
                                mine.push(at);
                            }
                            Ok(false) => panic!("{} was answered, but not sent", person.reference),
                            Err(_) if kill_at.is_some() => return mine,
                            Err(error) => panic!("{}: {error}", person.reference),
                        }
                    }
                })
            })
            .collect();
        if let Some((kill_at, later)) = kill_at {
            let began = Instant::now();
            while acknowledged.load(Ordering::SeqCst) < kill_at {
                assert!(began.elapsed() < Duration::from_secs(120), "the burst does not move");
                std::thread::yield_now();
            }
            std::thread::sleep(later);
            program.kill();
        }
        for client in clients {
            for at in client.join().unwrap() {
                sent[at] = true;
            }
        }
    });
    sent
}

/// Everything about one that was sent.
fn whole() -> Tally {
    let text = |items: &[&str]| items.iter().map(|item| (*item).to_owned()).collect();
    Tally {
        state: "submitted".into(),
        of_learner: 1,
        events: text(&["submit"]),
        letters: text(&["consent_request", "submitted"]),
        audited: text(&["submit"]),
    }
}

/// Everything about one that was not.
fn draft() -> Tally {
    Tally { state: "draft".into(), of_learner: 1, ..Tally::default() }
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn what_was_acknowledged_survives_and_what_was_not_can_be_sent_again() {
    let rounds = number("WEX_KILL_ROUNDS", 10);
    let people = number("WEX_KILL_BURST", 1000);
    both_addresses(async |address: String| {
        let services = services_at(&address).await;
        let mut crowd = Crowd::gather(&services, 0).await.unwrap();
        let name = services.db.name();
        let mut kept_unacknowledged = 0;
        for round in 0..rounds {
            let first = crowd.add(people).await.unwrap();
            let now = crowd.people[first..].to_vec();
            // Early in one round and late in another; and at another moment between two commits.
            let kill_at = 1 + (round * 371 + 137) % (people * 8 / 10);
            let later = Duration::from_micros(u64::try_from(round * 1700 % 9000).unwrap());
            let mut program = Program::start(&address);
            let sent = tokio::task::block_in_place(|| burst(&mut program, &now, Some((kill_at, later))));
            drop(program);

            let mut program = Program::start(&address);
            let stored = tallies(&services.db).await;
            let mut again = Vec::new();
            for (person, sent) in now.iter().zip(&sent) {
                let tally = &stored[&person.reference];
                if *sent {
                    assert_eq!(*tally, whole(), "{} was acknowledged on {name}", person.reference);
                } else {
                    assert!(*tally == whole() || *tally == draft(), "half of one on {name}: {tally:?}");
                    kept_unacknowledged += usize::from(*tally == whole());
                    again.push(person.clone());
                }
            }
            assert!(again.len() < people && !again.is_empty(), "killed in the middle: {} are left", again.len());
            // Some press ten times at once: of those who were not told, and of those who were and do not believe it.
            let told = now.iter().zip(&sent).filter(|(_, sent)| **sent).map(|(person, _)| person);
            let ten =
                again.iter().take(3).chain(told.take(3)).flat_map(|person| std::iter::repeat_n(person.clone(), 10));
            let ten: Vec<_> = ten.collect();
            // Everybody who was not told sends it again.
            let resent = tokio::task::block_in_place(|| {
                let mut resent = burst(&mut program, &ten, None);
                resent.extend(burst(&mut program, &again, None));
                resent
            });
            assert!(resent.iter().all(|sent| *sent));
            drop(program);
            let stored = tallies(&services.db).await;
            assert_eq!(stored.len(), crowd.people.len());
            for person in &now {
                assert_eq!(stored[&person.reference], whole(), "{} on {name}", person.reference);
            }
            eprintln!(
                "{name}, round {}: killed after {} of {people}; the rest was sent again",
                round + 1,
                people - again.len()
            );
        }
        eprintln!("{name}: {kept_unacknowledged} were kept though nobody heard it before the kill");
        services.db.close().await;
    })
    .await;
}
