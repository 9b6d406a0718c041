//! "My record", certificates, and saying how it was. Pages of the server alone; nothing runs in the browser.

pub mod api;
mod certificate;
mod feedback;
mod files;
mod pages;
mod taken;
#[cfg(test)]
mod tests;

pub use certificate::{CertificatePage, CheckCertificatePage};
pub use feedback::FeedbackPage;
pub use pages::RecordPage;
