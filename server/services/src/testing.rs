//! Services for tests: a clock that the test moves, and repeatable randomness.

use std::sync::Arc;

use store::Db;

use crate::time::{MovableClock, SeededRandom, StoppedClock, from_london};
use crate::{Actor, Ctx, Services, Settings};

/// Services on this database at this time in London ("2027-03-01T09:00:00"), and the clock to move.
///
/// # Panics
/// When the time cannot be read: the test has failed then.
#[must_use]
#[expect(clippy::expect_used, reason = "only tests call this")]
pub fn services(db: Db, london: &str) -> (Arc<Services>, MovableClock) {
    let clock = MovableClock::new(StoppedClock(from_london(london.parse().expect("a time"))));
    let settings = Settings { base_url: "https://wex.example".into(), secret_key: [7; 32], demonstration: false, searches_per_minute: 0 };
    (Services::new(db, Arc::new(clock.clone()), Arc::new(SeededRandom::new(7)), settings), clock)
}

/// A request of this person, or of somebody signed out.
#[must_use]
pub fn ctx(services: &Arc<Services>, actor: Option<Actor>) -> Ctx {
    Ctx { services: services.clone(), actor, address: None }
}
