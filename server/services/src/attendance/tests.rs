//! Stories of attendance.
