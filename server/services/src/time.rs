//! The clock and randomness, as arguments.

use std::sync::Arc;
use std::sync::atomic::{AtomicI64, Ordering};

use chrono::{DateTime, NaiveDate, NaiveDateTime, NaiveTime, TimeZone, Utc};
use chrono_tz::Europe::London;
use domain::time::Moment;

/// Tells the time.
pub trait Clock: Send + Sync + std::fmt::Debug {
    /// Now.
    fn now(&self) -> Moment;
}

/// The machine's clock.
#[derive(Debug, Default, Clone, Copy)]
pub struct SystemClock;

impl Clock for SystemClock {
    #[expect(clippy::disallowed_methods, reason = "the one place where real time comes in")]
    fn now(&self) -> Moment {
        Moment(Utc::now().timestamp_micros())
    }
}

/// A clock that can be moved: the machine's plus an offset (demonstration), or a fixed instant (tests).
#[derive(Debug, Clone)]
pub struct MovableClock {
    base: Arc<dyn Clock>,
    offset: Arc<AtomicI64>,
}

/// A clock that stands still.
#[derive(Debug, Clone, Copy)]
pub struct StoppedClock(pub Moment);

impl Clock for StoppedClock {
    fn now(&self) -> Moment {
        self.0
    }
}

impl MovableClock {
    /// Shifts another clock; without an offset at first.
    #[must_use]
    pub fn new(base: impl Clock + 'static) -> Self {
        Self { base: Arc::new(base), offset: Arc::default() }
    }
    /// Makes it show this instant from now on.
    pub fn set(&self, now: Moment) {
        self.set_offset(now.0 - self.base.now().0);
    }
    /// The shift, in microseconds.
    #[must_use]
    pub fn offset(&self) -> i64 {
        self.offset.load(Ordering::SeqCst)
    }
    /// Sets the shift, in microseconds.
    pub fn set_offset(&self, offset: i64) {
        self.offset.store(offset, Ordering::SeqCst);
    }
}

impl Clock for MovableClock {
    fn now(&self) -> Moment {
        Moment(self.base.now().0 + self.offset())
    }
}

/// The date and time in London at an instant.
#[must_use]
pub fn london(at: Moment) -> NaiveDateTime {
    DateTime::<Utc>::from_timestamp_micros(at.0).unwrap_or_default().with_timezone(&London).naive_local()
}

/// The day in London at an instant.
#[must_use]
pub fn london_day(at: Moment) -> NaiveDate {
    london(at).date()
}

/// The instant at which London's clocks show this. In the hour that comes twice in October the first is
/// meant; in the hour that is left out in March, the hour after.
#[must_use]
pub fn from_london(local: NaiveDateTime) -> Moment {
    let found = London.from_local_datetime(&local);
    let at = found
        .earliest()
        .or_else(|| London.from_local_datetime(&(local + chrono::TimeDelta::hours(1))).earliest())
        .map_or_else(|| local.and_utc().timestamp_micros(), |at| at.timestamp_micros());
    Moment(at)
}

/// The instant at which a deadline on this day has passed: midnight after 23:59 in London.
#[must_use]
pub fn end_of_day(day: NaiveDate) -> Moment {
    from_london(day.succ_opt().unwrap_or(day).and_time(NaiveTime::MIN))
}

/// "Monday 13 April 2026, 9:30am", in London.
#[must_use]
pub fn in_words(at: Moment) -> String {
    let local = london(at);
    format!("{}, {}", domain::words::long_date(local.date()), domain::words::time(local.time()))
}

/// Gives random bytes.
pub trait Random: Send + Sync + std::fmt::Debug {
    /// Fills the buffer.
    fn fill(&self, buffer: &mut [u8]);
}

/// The operating system's randomness.
#[derive(Debug, Default, Clone, Copy)]
pub struct SystemRandom;

impl Random for SystemRandom {
    fn fill(&self, buffer: &mut [u8]) {
        rand::fill(buffer);
    }
}

/// Repeatable randomness for tests and demonstration data.
#[derive(Debug)]
pub struct SeededRandom(std::sync::Mutex<rand::rngs::StdRng>);

impl SeededRandom {
    /// The same seed gives the same bytes.
    #[must_use]
    pub fn new(seed: u64) -> Self {
        use rand::SeedableRng;
        Self(std::sync::Mutex::new(rand::rngs::StdRng::seed_from_u64(seed)))
    }
}

impl Random for SeededRandom {
    fn fill(&self, buffer: &mut [u8]) {
        use rand::Rng;
        self.0.lock().unwrap_or_else(std::sync::PoisonError::into_inner).fill_bytes(buffer);
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn at(text: &str) -> Moment {
        from_london(text.parse().unwrap())
    }

    #[test]
    fn london_time_across_both_clock_changes() {
        // Clocks go forward on 28 March 2027, back on 31 October 2027.
        assert_eq!(at("2027-03-28T00:59:00").0 + 60_000_000, at("2027-03-28T02:00:00").0);
        assert_eq!(at("2027-03-28T01:30:00"), at("2027-03-28T02:30:00"));
        assert_eq!(end_of_day("2027-10-31".parse().unwrap()).0 - at("2027-10-31T00:00:00").0, 25 * 3_600_000_000);
        assert_eq!(london_day(at("2027-06-01T23:59:59")).to_string(), "2027-06-01");
        assert_eq!(in_words(at("2027-06-01T09:30:00")), "Tuesday 1 June 2027, 9:30am");
    }

    #[test]
    fn a_movable_clock_moves() {
        let clock = MovableClock::new(StoppedClock(Moment(5)));
        clock.set(Moment(105));
        assert_eq!((clock.now(), clock.offset()), (Moment(105), 100));
    }
}
