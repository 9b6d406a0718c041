//! What the letters about applications say: one function each, pure, in a file for each topic. A new file
//! gets its line here and, for its samples, one in `samples.rs`; a letter without a sample fails a test.

mod account;
mod applying;
mod attending;
mod cancelling;
mod checking;
mod coming;
mod consenting;
mod dates;
mod deciding;
mod places;
mod proving;
#[cfg(test)]
pub(crate) mod samples;
mod saved;
mod suggesting;

pub use account::*;
pub use applying::*;
pub use attending::*;
pub use cancelling::*;
pub use checking::*;
pub use coming::*;
pub use consenting::*;
pub use dates::*;
pub use deciding::*;
pub use places::*;
pub use proving::*;
pub(crate) use saved::{Digest, closing_soon, digest, place_free};
pub use suggesting::*;

use store::applications::About;

use super::{Letter, Part};

/// What every letter about an application needs.
#[derive(Debug, Clone, Copy)]
pub struct Facts<'a> {
    /// The learner's name as they like it.
    pub name: &'a str,
    /// The application's reference.
    pub reference: &'a str,
    /// What it is about.
    pub about: &'a About,
    /// The service's address.
    pub base_url: &'a str,
}

impl Facts<'_> {
    fn own_page(&self, label: &str) -> Part {
        Part::Link { label: label.into(), url: format!("{}/applications/{}", self.base_url, self.reference) }
    }
    fn what(&self) -> String {
        format!("{} at {}, {}", self.about.title, self.about.organisation_name, self.about.dates())
    }
    fn letter(&self, subject: impl Into<String>, parts: Vec<Part>) -> Letter {
        let mut all = vec![Part::Para(format!("Hello {}", self.name))];
        all.extend(parts);
        all.push(Part::Para(format!("Your reference is {}.", self.reference)));
        Letter { subject: subject.into(), parts: all }
    }
}

fn para(words: impl Into<String>) -> Part {
    Part::Para(words.into())
}
