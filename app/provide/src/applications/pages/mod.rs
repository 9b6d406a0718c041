//! The pages, which exist on the server only.

mod at;
mod decide;
mod list;
mod review;
mod several;
mod suggest;
mod take_back;
mod today;
mod words;

#[cfg(test)]
pub(crate) mod tests;

pub use decide::DecidePage;
pub use list::ApplicationsPage;
pub use review::ApplicationPage;
pub use several::SeveralPage;
pub use take_back::TakeBackPage;
pub use today::TodayPage;

pub(crate) use at::{At, Choice, tidy_note};
pub(crate) use decide::letter_view;
pub(crate) use list::update;
pub(crate) use several::after;
