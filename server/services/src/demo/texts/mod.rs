//! What the invented adverts say. Written to be read by an eleven-year-old.

mod careers;
mod common;
mod learning;
mod work;
mod work_more;

pub(super) use careers::CAREERS;
pub(super) use common::{ACCESS, BRING, COST, GIVEN_DATES, GIVEN_OPEN, LOOKED_AFTER, OPENINGS, WHO_FOR, dress};
pub(super) use learning::LEARNING;

use domain::{Delivery, Profession};

use super::providers::Setting;

/// What one wears there.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Dress {
    /// Beside patients: bare below the elbow.
    Clinical,
    /// In an office.
    Smart,
    /// Something that may get dirty.
    Practical,
    /// A laboratory coat is lent.
    Laboratory,
    /// As one likes.
    Everyday,
}

/// Work experience in a team.
#[derive(Debug, Clone, Copy)]
pub(super) struct Work {
    pub profession: Profession,
    pub department: &'static str,
    pub title: &'static str,
    pub at: &'static [Setting],
    pub youngest: u32,
    pub dress: Dress,
    /// What you will do.
    pub does: &'static str,
}

/// Work-related learning or careers information.
#[derive(Debug, Clone, Copy)]
pub(super) struct Event {
    pub profession: Profession,
    pub title: &'static str,
    /// Empty: anywhere.
    pub at: &'static [Setting],
    pub youngest: u32,
    pub delivery: Delivery,
    /// Taken at any time.
    pub open_ended: bool,
    /// Days for learning; a talk takes one.
    pub days: u32,
    pub does: &'static str,
}

/// Every team.
pub(super) fn work() -> impl Iterator<Item = &'static Work> {
    work::WORK.iter().chain(work_more::WORK)
}
