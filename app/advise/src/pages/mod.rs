//! The pages, which exist on the server only.

mod evidence;
mod learner;
mod learners;

#[cfg(test)]
mod tests;

pub use evidence::EvidencePage;
pub use learner::LearnerPage;
pub use learners::LearnersPage;

/// With a capital at the beginning.
fn capital(text: &str) -> String {
    let mut chars = text.chars();
    chars.next().map_or_else(String::new, |first| first.to_uppercase().chain(chars).collect())
}

/// The name, or words for somebody who has not given one yet.
fn name_or(name: &str) -> String {
    if name.trim().is_empty() { "A learner without a name yet".to_owned() } else { name.to_owned() }
}
