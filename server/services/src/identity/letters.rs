//! The letters of signing in.

use crate::messages::{Letter, Part};

/// The code, with how long it counts.
pub(super) fn code(code: &str) -> Letter {
    let (first, second) = code.split_at(code.len() / 2);
    Letter {
        subject: "Your code to sign in".into(),
        parts: vec![
            Part::Para("Type this code on the page where you asked for it:".into()),
            Part::Code(format!("{first} {second}")),
            Part::Para("It works once, for 10 minutes.".into()),
            Part::Para("If you did not ask for it, you can ignore this email. Do not give the code to anybody.".into()),
        ],
    }
}

/// For staff who tried the learners' page.
pub(super) fn staff(base_url: &str) -> Letter {
    Letter {
        subject: "How to sign in".into(),
        parts: vec![
            Part::Para(
                "Somebody asked for a code to sign in with this address. It belongs to a member of staff.".into(),
            ),
            Part::Para("Staff sign in with a password and a second code, on their own page:".into()),
            Part::Link { label: "Sign in as staff".into(), url: format!("{base_url}/staff/sign-in") },
            Part::Para("If you did not ask for it, you can ignore this email.".into()),
        ],
    }
}

/// A sample of each, by the name of its function.
#[cfg(test)]
pub(crate) fn samples() -> Vec<(&'static str, Letter)> {
    vec![("code", code("012345")), ("staff", staff("https://wex.example"))]
}

#[cfg(test)]
mod tests {
    #[test]
    fn the_code_is_set_apart_and_staff_are_sent_to_their_page() {
        let letter = super::code("012345");
        assert!(letter.text().contains("012 345") && letter.html().contains("012 345"));
        assert!(super::staff("https://wex.example").text().contains("https://wex.example/staff/sign-in"));
    }
}
