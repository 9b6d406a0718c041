//! A QR code as a path, which a page draws in a vector picture of its own.

use qrcode::{Color, EcLevel, QrCode};

use crate::{Error, Result};

/// Light modules around the code: the standard asks for four.
const QUIET: usize = 4;

/// A QR code to draw.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Qr {
    /// Width and height in modules, with the quiet zone.
    pub size: usize,
    /// The dark modules, as the `d` of a path in a view box of this size.
    pub path: String,
}

impl Qr {
    /// Encodes a text.
    pub(super) fn of(text: &str) -> Result<Self> {
        let code = QrCode::with_error_correction_level(text, EcLevel::M)
            .map_err(|error| Error::Unexpected(format!("QR code: {error}")))?;
        let width = code.width();
        let mut path = String::new();
        for (at, _) in code.to_colors().iter().enumerate().filter(|(_, color)| **color == Color::Dark) {
            path.push_str(&format!("M{} {}h1v1h-1z", at % width + QUIET, at / width + QUIET));
        }
        Ok(Self { size: width + 2 * QUIET, path })
    }
}
