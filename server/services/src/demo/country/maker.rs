//! What draws names, numbers and identifiers: all from one seed.

use std::collections::HashSet;
use std::sync::Arc;

use chrono::{NaiveDate, TimeDelta};
use domain::calendar::WorkingDays;
use domain::reference::application_reference;
use domain::time::Moment;
use rand::rngs::StdRng;
use rand::{RngExt, SeedableRng};
use uuid::Uuid;

use super::super::stage::at;
use crate::Services;
use crate::time::london_day;

const SEED: u64 = 0x434F_554E;

/// The generator, and the day from which dates are counted.
pub(super) struct Maker {
    rng: StdRng,
    /// How many identifiers were made.
    made: u64,
    /// Among a million references of eight letters some come twice.
    references: HashSet<String>,
    pub now: Moment,
    pub today: NaiveDate,
    working: Arc<WorkingDays>,
}

impl Maker {
    pub fn new(services: &Services) -> Self {
        let now = services.now();
        let working = services.working_days.now();
        Self {
            rng: StdRng::seed_from_u64(SEED),
            made: 0,
            references: HashSet::new(),
            now,
            today: london_day(now),
            working,
        }
    }

    /// The next identifier. They count up, so that each goes to the end of its index.
    pub fn id(&mut self) -> Uuid {
        self.made += 1;
        let day = u64::try_from(at(self.today, 0).0 / 1000).unwrap_or(0);
        let mut random: [u8; 10] = self.rng.random();
        random[..2].copy_from_slice(&u16::try_from(self.made % 4096).unwrap_or(0).to_be_bytes());
        uuid::Builder::from_unix_timestamp_millis(day + self.made / 4096, &random).into_uuid()
    }

    /// A reference that no other application here has.
    pub fn reference(&mut self) -> String {
        loop {
            let reference = application_reference(self.rng.random());
            if self.references.insert(reference.clone()) {
                return reference;
            }
        }
    }

    pub fn number(&mut self, low: i64, high: i64) -> i64 {
        self.rng.random_range(low..=high)
    }

    pub fn below(&mut self, count: usize) -> usize {
        self.rng.random_range(0..count.max(1))
    }

    pub fn chance(&mut self, percent: i64) -> bool {
        self.number(1, 100) <= percent
    }

    /// One of these. The list is not empty.
    pub fn one_of<T: Copy>(&mut self, list: &[T]) -> T {
        list[self.below(list.len())]
    }

    pub fn bytes<const N: usize>(&mut self) -> [u8; N]
    where
        rand::distr::StandardUniform: rand::distr::Distribution<[u8; N]>,
    {
        self.rng.random()
    }

    /// A part of a degree, to either side.
    pub fn aside(&mut self, most: f64) -> f64 {
        self.rng.random_range(-most..=most)
    }

    /// The day that is so many days from today; before it for a negative number.
    pub fn day(&self, offset: i64) -> NaiveDate {
        self.today + TimeDelta::days(offset)
    }

    /// The first so many working days in a row from this day on: first and last.
    pub fn week(&self, from: NaiveDate, days: u32) -> (NaiveDate, NaiveDate) {
        let first = if self.working.is_working_day(from) { from } else { self.working.after(from, 1) };
        (first, if days > 1 { self.working.after(first, days - 1) } else { first })
    }

    pub fn is_working_day(&self, day: NaiveDate) -> bool {
        self.working.is_working_day(day)
    }

    pub fn after(&self, day: NaiveDate, count: u32) -> NaiveDate {
        self.working.after(day, count)
    }
}
