//! Documents for checks: which kinds, how large, for how long.

use chrono::{Days, NaiveDate};

use crate::State;
use crate::application::words;

/// The largest file that is taken, in bytes.
pub const MOST_BYTES: usize = 5 << 20;
/// The most documents for one check.
pub const MOST_DOCUMENTS: usize = 5;
/// The most pixels of a picture: more than a phone takes, and little enough to unpack.
pub const MOST_PIXELS: u64 = 50_000_000;
/// For how many days after the last day of a placement its documents are kept.
pub const KEEP_DAYS: u64 = 30;

words! {
    /// What a document is, by its content; what its name claims counts for nothing.
    Media {
        /// A PDF.
        Pdf = "pdf",
        /// A photo.
        Jpeg = "jpeg",
        /// A picture.
        Png = "png",
    }
}

impl Media {
    /// What these bytes begin as, if it is one of the three.
    #[must_use]
    pub fn of(bytes: &[u8]) -> Option<Self> {
        if bytes.starts_with(b"%PDF-") {
            Some(Self::Pdf)
        } else if bytes.starts_with(&[0xff, 0xd8, 0xff]) {
            Some(Self::Jpeg)
        } else if bytes.starts_with(b"\x89PNG\r\n\x1a\n") {
            Some(Self::Png)
        } else {
            None
        }
    }
    /// The ending of its name, without the dot.
    #[must_use]
    pub fn ending(self) -> &'static str {
        match self {
            Self::Pdf => "pdf",
            Self::Jpeg => "jpg",
            Self::Png => "png",
        }
    }
    /// What people read.
    #[must_use]
    pub fn label(self) -> &'static str {
        match self {
            Self::Pdf => "PDF",
            Self::Jpeg => "photo (JPEG)",
            Self::Png => "picture (PNG)",
        }
    }
}

words! {
    /// Whether a document can be opened.
    DocumentStatus {
        /// It is held back until it was looked at for viruses.
        Waiting = "waiting",
        /// It can be opened.
        Ready = "ready",
        /// It had a virus, and was deleted.
        Infected = "infected",
    }
}

words! {
    /// Why a file is not taken.
    Unfit {
        /// There is none, or it is empty.
        Nothing = "nothing",
        /// It is too large.
        TooLarge = "too_large",
        /// It is none of the three kinds.
        OtherKind = "other_kind",
        /// It cannot be read.
        Damaged = "damaged",
        /// The picture has too many pixels.
        TooManyPixels = "too_many_pixels",
        /// The PDF is locked with a password.
        Locked = "locked",
        /// The PDF can do something by itself, or has files in it.
        Active = "active",
        /// There are as many as there may be.
        TooMany = "too_many",
    }
}

impl Unfit {
    /// What to do.
    #[must_use]
    pub fn in_words(self) -> &'static str {
        match self {
            Self::Nothing => "Choose a file to upload",
            Self::TooLarge => "Choose a file of 5 MB or less. A photo of the page is often smaller than a scan",
            Self::OtherKind => "Choose a PDF, a JPEG or a PNG file. You can also take a photo of the page",
            Self::Damaged => "We cannot read this file. Save it again, or take a photo of the page",
            Self::TooManyPixels => "This picture is too large. Take it again with fewer pixels",
            Self::Locked => "This PDF is locked. Save it without a password, or take a photo of the page",
            Self::Active => {
                "This PDF has scripts or other files in it, which we do not take. Print it to a new PDF, or take a photo of the page"
            }
            Self::TooMany => "There are 5 documents already. Remove one first",
        }
    }
}

/// Whether documents of an application in this state, for dates that end on this day, are to be deleted
/// today: at once when it ended without a place, else a month after the last day.
#[must_use]
pub fn is_over(state: State, ends_on: NaiveDate, today: NaiveDate) -> bool {
    let came = matches!(state, State::Attended | State::PartlyAttended | State::DidNotAttend);
    state.is_over() && !came || today > ends_on + Days::new(KEEP_DAYS)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_content_says_what_it_is() {
        assert_eq!(Media::of(b"%PDF-1.7\n"), Some(Media::Pdf));
        assert_eq!(Media::of(&[0xff, 0xd8, 0xff, 0xe0]), Some(Media::Jpeg));
        assert_eq!(Media::of(b"\x89PNG\r\n\x1a\n..."), Some(Media::Png));
        for other in [&b"<svg xmlns="[..], b"<html>", b"GIF89a", b"PK\x03\x04", b"MZ", b"", b"\n%PDF-1.7"] {
            assert_eq!(Media::of(other), None);
        }
    }

    #[test]
    fn kept_for_the_placement_and_a_month() {
        let day = |month, day| NaiveDate::from_ymd_opt(2027, month, day).unwrap();
        let ends = day(7, 9);
        for state in State::ALL {
            let came = matches!(state, State::Attended | State::PartlyAttended | State::DidNotAttend);
            assert_eq!(is_over(*state, ends, day(7, 1)), state.is_over() && !came, "{state:?}");
            assert!(!came || !is_over(*state, ends, day(8, 8)));
            assert!(is_over(*state, ends, day(8, 9)), "{state:?}");
        }
    }

    #[test]
    fn every_no_says_what_to_do() {
        for unfit in Unfit::ALL {
            assert!(unfit.in_words().len() > 15 && !unfit.in_words().ends_with('.'), "{unfit:?}");
        }
    }
}
