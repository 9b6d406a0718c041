//! What all of our calendar files have in common.

use chrono::{DateTime, Utc};
use domain::time::Moment;
use icalendar::Calendar;

/// An empty file of ours that says what is to be done with its events.
pub(crate) fn empty(method: &str) -> Calendar {
    // Not the library's own beginning: it names another maker, and there may be one.
    let mut calendar = Calendar::empty();
    for property in [("VERSION", "2.0"), ("PRODID", "-//wex//wex//EN"), ("CALSCALE", "GREGORIAN"), ("METHOD", method)] {
        calendar.append_property(property);
    }
    calendar
}

/// An instant as such files write it.
pub(crate) fn utc(at: Moment) -> DateTime<Utc> {
    DateTime::from_timestamp_micros(at.0).unwrap_or_default()
}
