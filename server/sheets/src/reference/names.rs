//! Names that a publisher writes in capitals.

/// "MANCHESTER UNIVERSITY NHS FOUNDATION TRUST" as people write it. A name that has small letters
/// already stays as it is.
pub fn readable_name(name: &str) -> String {
    if name.chars().any(char::is_lowercase) {
        return name.to_owned();
    }
    name.split(' ')
        .enumerate()
        .map(|(at, word)| {
            let parts: Vec<String> =
                word.split('-').enumerate().map(|(part, text)| one_word(text, at + part == 0)).collect();
            parts.join("-")
        })
        .collect::<Vec<_>>()
        .join(" ")
}

fn one_word(word: &str, first: bool) -> String {
    const CAPITALS: [&str; 7] = ["NHS", "ICB", "CIC", "GP", "UK", "PCT", "CCG"];
    const SMALL: [&str; 10] = ["and", "of", "the", "for", "on", "in", "upon", "under", "with", "le"];
    let bare = word.trim_matches(|c: char| !c.is_alphanumeric());
    if CAPITALS.contains(&bare) {
        return word.to_owned();
    }
    let small = word.to_lowercase();
    if !first && SMALL.contains(&small.as_str()) {
        return small;
    }
    let mut start = true;
    small
        .chars()
        .map(|c| {
            let out = if start { c.to_uppercase().next().unwrap_or(c) } else { c };
            if c.is_alphanumeric() {
                start = false;
            } else if c == '(' || c == '/' {
                start = true;
            }
            out
        })
        .collect()
}

#[cfg(test)]
mod tests {
    use super::readable_name;
    use rstest::rstest;

    #[rstest]
    #[case("MANCHESTER UNIVERSITY NHS FOUNDATION TRUST", "Manchester University NHS Foundation Trust")]
    #[case(
        "SOUTH WEST LONDON AND ST GEORGE'S MENTAL HEALTH NHS TRUST",
        "South West London and St George's Mental Health NHS Trust"
    )]
    #[case("UNIVERSITY HOSPITALS OF STOKE-ON-TRENT", "University Hospitals of Stoke-on-Trent")]
    #[case("THE ROYAL (WOLVERHAMPTON) NHS TRUST", "The Royal (Wolverhampton) NHS Trust")]
    #[case("Already Fine nhs", "Already Fine nhs")]
    #[case("", "")]
    fn names_are_readable(#[case] name: &str, #[case] expected: &str) {
        assert_eq!(readable_name(name), expected);
    }
}
