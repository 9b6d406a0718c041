//! Helps to measure submitting (`scripts/bench-submit.mjs`); no part of the product.
//!
//!     crowd prepare DATABASE_URL PEOPLE     a line each: reference and session's token
//!     crowd count DATABASE_URL              how many are sent, whole
//!     crowd disk FOLDER SECONDS             writes that reach the disk, and bare commits, a second
//!     crowd queries DATABASE_URL            the statements of one submission

#![allow(clippy::unwrap_used, reason = "a measurement that cannot go on has failed")]

use std::io::Write;
use std::path::Path;
use std::sync::{Arc, Mutex};
use std::time::Instant;

use services::testing::{Crowd, ctx, services_at};
use services::{Actor, applications};
use store::testing::{bare_commits, tallies};

#[tokio::main]
async fn main() {
    let arguments: Vec<String> = std::env::args().skip(1).collect();
    match arguments.iter().map(String::as_str).collect::<Vec<_>>().as_slice() {
        ["prepare", address, people] => prepare(address, people.parse().unwrap()).await,
        ["count", address] => count(address).await,
        ["disk", folder, seconds] => disk(Path::new(folder), seconds.parse().unwrap()).await,
        ["queries", address] => queries(address).await,
        _ => panic!("crowd prepare | count | disk | queries"),
    }
}

async fn prepare(address: &str, people: usize) {
    let services = services_at(address).await;
    let crowd = Crowd::gather(&services, people).await.unwrap();
    services.db.close().await;
    let mut out = std::io::stdout().lock();
    for person in crowd.people {
        writeln!(out, "{} {}", person.reference, person.token).unwrap();
    }
}

async fn count(address: &str) {
    let services = services_at(address).await;
    let mut whole = 0;
    for (reference, tally) in tallies(&services.db).await {
        if tally.state == "submitted" {
            let says = (tally.events.len(), tally.audited.len(), tally.letters.join(" "));
            assert_eq!(says, (1, 1, "consent_request submitted".into()), "half of {reference}");
            whole += 1;
        } else {
            assert!(tally.events.is_empty() && tally.letters.is_empty(), "half of {reference}");
        }
    }
    println!("{}", serde_json::json!({ "submitted": whole }));
    services.db.close().await;
}

async fn disk(folder: &Path, seconds: u64) {
    let mut file = std::fs::File::create(folder.join("writes")).unwrap();
    let block = [7u8; 4096];
    let began = Instant::now();
    let mut writes = 0u64;
    while began.elapsed().as_secs() < seconds {
        file.write_all(&block).unwrap();
        file.sync_data().unwrap();
        writes += 1;
    }
    let commits = bare_commits(&folder.join("bare.sqlite"), seconds).await;
    println!("{}", serde_json::json!({ "writes": writes / seconds, "commits": commits / seconds }));
}

/// Keeps the statements that sqlx reports.
struct Listener(Arc<Mutex<Vec<String>>>);

struct Summary(String);

impl tracing::field::Visit for Summary {
    fn record_debug(&mut self, field: &tracing::field::Field, value: &dyn std::fmt::Debug) {
        if field.name() == "summary" {
            self.0 = format!("{value:?}");
        }
    }
}

impl tracing::Subscriber for Listener {
    fn enabled(&self, metadata: &tracing::Metadata<'_>) -> bool {
        metadata.target() == "sqlx::query"
    }
    fn new_span(&self, _: &tracing::span::Attributes<'_>) -> tracing::Id {
        tracing::Id::from_u64(1)
    }
    fn record(&self, _: &tracing::Id, _: &tracing::span::Record<'_>) {}
    fn record_follows_from(&self, _: &tracing::Id, _: &tracing::Id) {}
    fn event(&self, event: &tracing::Event<'_>) {
        let mut summary = Summary(String::new());
        event.record(&mut summary);
        self.0.lock().unwrap().push(summary.0);
    }
    fn enter(&self, _: &tracing::Id) {}
    fn exit(&self, _: &tracing::Id) {}
}

async fn queries(address: &str) {
    let services = services_at(address).await;
    let crowd = Crowd::gather(&services, 2).await.unwrap();
    let said = Arc::new(Mutex::new(Vec::new()));
    tracing::subscriber::set_global_default(Listener(said.clone())).unwrap();
    for person in &crowd.people {
        let mut tx = services.db.read().await.unwrap();
        let account = store::accounts::find(&mut tx, person.account).await.unwrap().unwrap();
        let learner = store::accounts::find_learner(&mut tx, person.account).await.unwrap().unwrap();
        drop(tx);
        let actor = Actor {
            account: account.id,
            name: account.name,
            email: account.email,
            born: Some(learner.date_of_birth),
            memberships: vec![],
        };
        // Statements are reported from another thread.
        tokio::time::sleep(std::time::Duration::from_millis(200)).await;
        said.lock().unwrap().clear();
        applications::submit(&ctx(&services, Some(actor)), &person.reference, true).await.unwrap();
        tokio::time::sleep(std::time::Duration::from_millis(200)).await;
    }
    let said = said.lock().unwrap().clone();
    for statement in &said {
        eprintln!("  {statement}");
    }
    println!("{}", serde_json::json!({ "statements": said.len() }));
    services.db.close().await;
}
