//! The site over HTTP, in one process, on a fresh SQLite database.

#![allow(clippy::unwrap_used, reason = "a test may stop where it is")]

mod demonstration;
mod forms;
mod offline;
mod open_data;
mod pages;
mod popular;
mod support;
