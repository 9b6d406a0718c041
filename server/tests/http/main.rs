//! The site over HTTP, in one process, on a fresh SQLite database.

mod demonstration;
mod forms;
mod pages;
mod support;
