//! HYPERLINK formulas: the label is what the person meant to show.

/// The label of a formula like `=HYPERLINK("http://…","Label")`; the address itself where there is no
/// label; `None` for any other text. Both are taken only when written out as texts.
pub(crate) fn label(text: &str) -> Option<String> {
    let rest = text.trim_start();
    let rest = rest.strip_prefix('=').or_else(|| rest.strip_prefix('+')).or_else(|| rest.strip_prefix('@'))?;
    inside(rest)
}

/// The same, for a formula that a workbook stores without its equals sign.
pub(crate) fn label_of_formula(formula: &str) -> Option<String> {
    inside(formula.trim_start().trim_start_matches('='))
}

fn inside(formula: &str) -> Option<String> {
    let name = formula.get(..9)?;
    if !name.eq_ignore_ascii_case("hyperlink") {
        return None;
    }
    let rest = formula[9..].trim_start().strip_prefix('(')?;
    let (address, rest) = quoted(rest)?;
    let rest = rest.trim_start();
    match rest.strip_prefix([',', ';']) {
        Some(rest) => quoted(rest).map(|(label, _)| label),
        None => Some(address),
    }
}

/// A text in quotation marks, with doubled ones undone, and what follows it.
fn quoted(text: &str) -> Option<(String, &str)> {
    let mut rest = text.trim_start().strip_prefix('"')?;
    let mut out = String::new();
    loop {
        let end = rest.find('"')?;
        out.push_str(&rest[..end]);
        rest = &rest[end + 1..];
        match rest.strip_prefix('"') {
            Some(more) => {
                out.push('"');
                rest = more;
            }
            None => return Some((out, rest)),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use rstest::rstest;

    #[rstest]
    #[case(r#"=HYPERLINK("http://x.example","Pathology: three day taster")"#, Some("Pathology: three day taster"))]
    #[case(r#" = HYPERLINK("a","b")"#, None)]
    #[case(r#"=hyperlink( "a" ; "say ""hello""" )"#, Some(r#"say "hello""#))]
    #[case(r#"=HYPERLINK("http://x.example")"#, Some("http://x.example"))]
    #[case(r#"=HYPERLINK(A1,"b")"#, None)]
    #[case(r#"=HYPERLINK("a","b"#, None)]
    #[case("=1+1", None)]
    #[case("=hyperlinké", None)]
    #[case("=éééééé", None)]
    #[case("+I like science", None)]
    #[case("", None)]
    fn labels(#[case] text: &str, #[case] expected: Option<&str>) {
        assert_eq!(label(text).as_deref(), expected);
    }
}
