//! What everything here works with: the transaction, services whose clock is moved back, and a seeded
//! generator, so that two demonstrations differ in dates and identifiers only.

use std::sync::Arc;

use chrono::{Datelike, Days, NaiveDate, TimeDelta, Weekday};
use domain::time::Moment;
use rand::RngExt;
use rand::rngs::StdRng;
use store::Tx;

use crate::Services;
use crate::time::{MovableClock, StoppedClock, from_london, london_day};

/// The seed. Another one would make other people apply for other places.
const SEED: u64 = 0x5745_5844;

pub(super) struct Stage<'a> {
    /// Everything is written in this one transaction.
    pub tx: &'a mut Tx,
    /// Services with this stage's own clock; identifiers and tokens are as random as any.
    pub services: Arc<Services>,
    clock: MovableClock,
    rng: StdRng,
    /// The real now; nothing happened later.
    pub now: Moment,
    /// The day in London.
    pub today: NaiveDate,
}

impl<'a> Stage<'a> {
    pub fn new(tx: &'a mut Tx, real: &Services) -> Self {
        use rand::SeedableRng;
        let now = real.now();
        let clock = MovableClock::new(StoppedClock(now));
        let services =
            Services::new(real.db.clone(), Arc::new(clock.clone()), real.random.clone(), real.settings.clone());
        Self { tx, services, clock, rng: StdRng::seed_from_u64(SEED), now, today: london_day(now) }
    }

    /// Sets the clock to minutes after midnight of a day in London, but never past the real now.
    pub fn set_clock(&mut self, day: NaiveDate, minutes: i64) {
        self.clock.set(at(day, minutes).min(self.now));
    }

    /// Sets the clock to an instant, but never past the real now.
    pub fn set_moment(&mut self, moment: Moment) {
        self.clock.set(moment.min(self.now));
    }

    /// A whole number from `low` to `high`, both included.
    pub fn number(&mut self, low: i64, high: i64) -> i64 {
        self.rng.random_range(low..=high)
    }

    /// Whether something is so that is so in `percent` of cases.
    pub fn chance(&mut self, percent: i64) -> bool {
        self.number(1, 100) <= percent
    }

    /// One of these. The list is not empty.
    pub fn one_of<T: Copy>(&mut self, list: &[T]) -> T {
        list[self.rng.random_range(0..list.len())]
    }

    /// Random bytes from the seed.
    pub fn bytes(&mut self) -> [u8; 8] {
        self.rng.random()
    }

    /// The day that is so many days from today; before it for a negative number.
    pub fn day(&self, offset: i64) -> NaiveDate {
        self.today + TimeDelta::days(offset)
    }

    /// From the first working day of last week to the last one of this week; of the next week, where this one
    /// has none left.
    pub fn running(&self) -> (NaiveDate, NaiveDate) {
        let working = &self.services.working_days;
        let is_working = |day: &NaiveDate| working.is_working_day(*day);
        let next = self.today.iter_days().find(is_working).unwrap_or(self.today);
        let monday = self.today.week(Weekday::Mon).first_day() - Days::new(7);
        let first = monday.iter_days().find(is_working).unwrap_or(monday);
        let last = next.iter_days().take_while(|day| day.iso_week() == next.iso_week()).filter(is_working).last();
        (first, last.unwrap_or(next))
    }

    /// The last so many working days in a row, in one week, before this day: first and last.
    pub fn week_before(&self, before: NaiveDate, days: u32) -> (NaiveDate, NaiveDate) {
        (1..60)
            .map(|back| self.week_days(before - Days::new(back), days))
            .find(|(_, last)| *last < before)
            .unwrap_or((before, before))
    }

    /// The first so many working days in a row, in one week, from this day on: first and last.
    pub fn week_days(&self, from: NaiveDate, days: u32) -> (NaiveDate, NaiveDate) {
        let more = Days::new(u64::from(days.clamp(1, 5) - 1));
        let working = &self.services.working_days;
        let fits = |first: NaiveDate| {
            first.week(Weekday::Mon) == (first + more).week(Weekday::Mon)
                && first.iter_days().take_while(|day| *day <= first + more).all(|day| working.is_working_day(day))
        };
        let first = from.iter_days().find(|day| fits(*day)).unwrap_or(from);
        (first, first + more)
    }
}

/// So many minutes after midnight of a day in London.
pub(super) fn at(day: NaiveDate, minutes: i64) -> Moment {
    from_london(day.and_time(chrono::NaiveTime::MIN) + TimeDelta::minutes(minutes))
}
