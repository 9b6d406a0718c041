//! References that people read out on the telephone: "WX-7F3K-92QD".

/// Letters and digits without those that look or sound alike (0 O, 1 I L, 5 S, 2 Z, 8 B, U V).
const LETTERS: &[u8; 22] = b"34679ACDEFGHJKMNPQRTWX";

/// An application's reference from random bytes: 8 letters of 22, so 5 × 10¹⁰ possible ones.
///
/// Uniqueness is the store's to enforce; the caller draws again when a reference is taken.
#[must_use]
pub fn application_reference(random: [u8; 8]) -> String {
    let mut text = String::from("WX-");
    for (place, byte) in random.iter().enumerate() {
        if place == 4 {
            text.push('-');
        }
        text.push(char::from(LETTERS[usize::from(*byte) % LETTERS.len()]));
    }
    text
}

/// What a person typed as a reference, in the form that it is stored in: spaces and case do not matter.
#[must_use]
pub fn tidy_reference(typed: &str) -> String {
    let letters: String = typed.chars().filter(char::is_ascii_alphanumeric).map(|c| c.to_ascii_uppercase()).collect();
    match letters.strip_prefix("WX") {
        Some(rest) if rest.len() == 8 => format!("WX-{}-{}", &rest[..4], &rest[4..]),
        _ => letters,
    }
}

/// A title as the readable part of an address: "A week with Children's ward" → "a-week-with-childrens-ward".
#[must_use]
pub fn slug(title: &str) -> String {
    let mut slug = String::new();
    for c in title.chars() {
        match c {
            'a'..='z' | '0'..='9' => slug.push(c),
            'A'..='Z' => slug.push(c.to_ascii_lowercase()),
            '\'' | '’' => {}
            _ if slug.ends_with('-') || slug.is_empty() => {}
            _ => slug.push('-'),
        }
        if slug.len() >= 60 {
            break;
        }
    }
    slug.trim_end_matches('-').to_owned()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_reference_can_be_typed_back_in_any_manner() {
        let reference = application_reference([0, 1, 2, 3, 250, 251, 252, 253]);
        assert_eq!(reference.len(), 12);
        assert_eq!(tidy_reference(&reference.to_lowercase().replace('-', " ")), reference);
        assert_eq!(tidy_reference("nonsense!"), "NONSENSE");
    }

    #[test]
    fn slugs_are_plain() {
        assert_eq!(slug("A week with Children's ward"), "a-week-with-childrens-ward");
        assert_eq!(slug("  T Level: Radiography – York "), "t-level-radiography-york");
        assert_eq!(slug("…"), "");
    }
}
