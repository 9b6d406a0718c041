//! Papers that can be shown elsewhere: a learner's certificate as a signed record, as a PDF file and as an
//! Open Badge, and the picture of an opportunity beside a link to it. Pure: no input or output, no clock, no randomness; the same facts give the same bytes.

mod badge;
mod card;
mod facts;
mod key;
mod pdf;
mod text;

pub use badge::{Issuer, badge, check_badge, credential};
pub use card::{Card, card};
pub use facts::{Certificate, Signed, canonical};
pub use key::{Key, PublicKey};
pub use pdf::pdf;

/// Why a paper cannot be made or does not hold.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum Error {
    /// It is no such paper: what is missing or wrong.
    #[error("this is no certificate or badge of wex: {0}")]
    Form(String),
    /// The signature does not fit: something was changed, or another key signed.
    #[error("the signature does not fit: something was changed, or another key signed it")]
    Signature,
    /// The file cannot be written.
    #[error("the file cannot be written: {0}")]
    Pdf(String),
    /// The picture cannot be drawn.
    #[error("the picture cannot be drawn: {0}")]
    Picture(String),
}
