//! Changes of dates.
