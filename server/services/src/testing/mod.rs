//! Services for tests: a clock that the test moves, and repeatable randomness.

mod crowd;
mod world;

use std::sync::Arc;

use store::Db;

use crate::time::{MovableClock, SeededRandom, StoppedClock, SystemClock, SystemRandom, from_london};
pub use crowd::{Applicant, Crowd};
pub use world::World;

use crate::{Actor, Ctx, Services, Settings};

/// Services on the database at this address, brought up to date, with the clock and the randomness of the machine:
/// for what runs beside the program itself.
///
/// # Panics
/// When the database cannot be opened: the test, or the measurement, has failed then.
#[expect(clippy::expect_used, reason = "only tests and measurements call this")]
pub async fn services_at(address: &str) -> Arc<Services> {
    let db = Db::open(address).await.expect("a database");
    db.migrate().await.expect("a database of this version");
    let settings = Settings {
        base_url: "http://127.0.0.1".into(),
        secret_key: [7; 32],
        demonstration: false,
        searches_per_minute: 0,
    };
    Services::new(db, Arc::new(SystemClock), Arc::new(SystemRandom), settings)
}

/// Services on this database at this time in London ("2027-03-01T09:00:00"), and the clock to move.
///
/// # Panics
/// When the time cannot be read: the test has failed then.
#[must_use]
pub fn services(db: Db, london: &str) -> (Arc<Services>, MovableClock) {
    services_with(db, london, 7)
}

/// As [`services`], with other randomness: for stories that go on in a database that has a history.
///
/// # Panics
/// When the time cannot be read: the test has failed then.
#[must_use]
#[expect(clippy::expect_used, reason = "only tests call this")]
pub fn services_with(db: Db, london: &str, seed: u64) -> (Arc<Services>, MovableClock) {
    let clock = MovableClock::new(StoppedClock(from_london(london.parse().expect("a time"))));
    let settings = Settings {
        base_url: "https://wex.example".into(),
        secret_key: [7; 32],
        demonstration: false,
        searches_per_minute: 0,
    };
    (Services::new(db, Arc::new(clock.clone()), Arc::new(SeededRandom::new(seed)), settings), clock)
}

/// A request of this person, or of somebody signed out.
#[must_use]
pub fn ctx(services: &Arc<Services>, actor: Option<Actor>) -> Ctx {
    Ctx { services: services.clone(), actor, address: None }
}

/// An account without a password, for stories that only need somebody to be there.
///
/// # Panics
/// When the store fails: the test has failed then.
#[expect(clippy::expect_used, reason = "only tests call this")]
pub async fn insert_account(tx: &mut store::Tx, id: domain::ids::AccountId, email: &str, at: domain::time::Moment) {
    let account = store::accounts::Account {
        id,
        email: email.to_owned(),
        name: String::new(),
        created_at: at,
        password_hash: None,
        totp_secret: None,
        totp_last_step: None,
        demonstration: false,
    };
    store::accounts::insert_account(tx, &account).await.expect("an account");
}
