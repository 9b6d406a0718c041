//! Attendance: a host's sessions, who comes on a day and who came, one person's days, the sign-in sheet,
//! and who supervises which department. Plain forms throughout, so nothing reaches the browser's bundle.

#[cfg(feature = "ssr")]
pub mod api;
#[cfg(feature = "ssr")]
mod one;
#[cfg(feature = "ssr")]
mod person;
#[cfg(feature = "ssr")]
mod register;
#[cfg(feature = "ssr")]
mod sessions;
#[cfg(feature = "ssr")]
mod sheet;
#[cfg(feature = "ssr")]
mod supervisors;
#[cfg(feature = "ssr")]
#[cfg(test)]
mod tests;

#[cfg(feature = "ssr")]
pub use one::OneAttendancePage;
#[cfg(feature = "ssr")]
pub use register::{AttendancePage, SupervisorSessionPage};
#[cfg(feature = "ssr")]
pub use sessions::SupervisorPage;
#[cfg(feature = "ssr")]
pub use sheet::{SheetPage, SupervisorSheetPage};
#[cfg(feature = "ssr")]
pub use supervisors::SupervisorsPage;
