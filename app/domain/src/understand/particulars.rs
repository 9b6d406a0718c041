//! Whether work is with patients, for whom it is, and whether anything is needed for it.

use super::text::words;
use super::{Problem, Taken, is_not_known};
use crate::search::{Audience, Setting};

/// Reads whether work is with patients. "Yes" and "no" answer "with patients?".
///
/// # Errors
/// When the text says neither.
pub fn setting(text: &str) -> Result<Taken<Setting>, Problem> {
    let said = words(text).join(" ");
    let has = |signs: &[&str]| signs.iter().any(|sign| format!(" {said} ").contains(&format!(" {sign} ")));
    let with = |setting: Setting| {
        let usual = said == words(setting.as_str()).join(" ") || said == words(setting.label()).join(" ");
        let note = (!usual).then(|| format!("taken as {}", setting.label().to_lowercase()));
        Ok(Taken { value: setting, note })
    };
    // What is not with patients often names them too, so it is looked for first.
    if said == "no" || has(&["non clinical", "nonclinical", "not clinical", "not with patients", "no patient contact"])
    {
        return with(Setting::NonClinical);
    }
    if has(&["office", "offices", "behind the scenes", "admin", "administration", "corporate"]) && !has(&["clinical"]) {
        return with(Setting::NonClinical);
    }
    if said == "yes" || has(&["clinical", "with patients", "patient facing", "patient contact"]) {
        return with(Setting::Clinical);
    }
    Err(Problem::new("This does not say whether it is with patients.", "Type “Clinical” or “Non-clinical”."))
}

/// Reads for whom something is: groups with commas, semicolons or lines between. Nobody in particular is
/// everybody.
///
/// # Errors
/// When a part names no group that we know.
pub fn audiences(text: &str) -> Result<Taken<Vec<Audience>>, Problem> {
    const EVERYBODY: [&str; 5] = ["everybody", "everyone", "anybody", "anyone", "all"];
    // The words of an address, as an export writes them.
    let own: Option<Vec<Audience>> = text.split_whitespace().map(Audience::parse).collect();
    if let Some(own) = own {
        return Ok(Taken::plain(sorted(own)));
    }
    let mut named = Vec::new();
    for part in text.split([',', ';', '\n', '/']).map(str::trim).filter(|part| !part.is_empty()) {
        if EVERYBODY.contains(&words(part).join(" ").as_str()) {
            continue;
        }
        let exactly = Audience::ALL
            .iter()
            .copied()
            .find(|one| one.label() == part.to_lowercase() || words(one.as_str()).join(" ") == words(part).join(" "));
        let found = exactly.map_or_else(|| Audience::named_in(part), |one| vec![one]);
        if found.is_empty() {
            let labels: Vec<&str> = Audience::ALL.iter().map(|one| one.label()).collect();
            return Err(Problem::new(
                format!("We do not know the group “{part}”."),
                format!("Type some of these with commas between: {}.", labels.join(", ")),
            ));
        }
        named.extend(found);
    }
    let named = sorted(named);
    let labels: Vec<&str> = named.iter().map(|one| one.label()).collect();
    let note =
        if labels.is_empty() { "taken as for everybody".into() } else { format!("taken as {}", labels.join(", ")) };
    Ok(if labels.join(", ") == text.trim().to_lowercase() { Taken::plain(named) } else { Taken::noted(named, note) })
}

fn sorted(mut named: Vec<Audience>) -> Vec<Audience> {
    named.sort_unstable();
    named.dedup();
    named
}

/// Reads whether no experience and no grades are needed; nothing where it is not known.
///
/// # Errors
/// When the text says neither yes nor no.
pub fn nothing_needed(text: &str) -> Result<Option<bool>, Problem> {
    if is_not_known(text) {
        return Ok(None);
    }
    let said = words(text).join(" ");
    match said.as_str() {
        "yes" | "y" | "true" | "1" | "x" | "nothing" | "none" | "nothing needed" | "none needed"
        | "nothing required" => Ok(Some(true)),
        "no" | "n" | "false" | "0" => Ok(Some(false)),
        said if said.starts_with("no experience") || said.starts_with("no grades") || said.starts_with("no qualif") => {
            Ok(Some(true))
        }
        _ => {
            Err(Problem::new("This says neither yes nor no.", "Type “Yes” if no experience and no grades are needed."))
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn settings_are_understood() {
        for (text, expected, noted) in [
            ("Clinical", Some(Setting::Clinical), false),
            ("non-clinical", Some(Setting::NonClinical), false),
            ("With patients", Some(Setting::Clinical), false),
            ("Not with patients", Some(Setting::NonClinical), false),
            ("Yes", Some(Setting::Clinical), true),
            ("no", Some(Setting::NonClinical), true),
            ("No patient contact", Some(Setting::NonClinical), true),
            ("Office based", Some(Setting::NonClinical), true),
            ("Clinical offices", Some(Setting::Clinical), true),
            ("sometimes", None, false),
            ("", None, false),
        ] {
            let taken = setting(text).ok();
            assert_eq!(taken.as_ref().map(|taken| taken.value), expected, "{text}");
            assert_eq!(taken.is_some_and(|taken| taken.note.is_some()), noted, "{text}");
        }
        for one in Setting::ALL {
            assert_eq!(setting(one.as_str()), Ok(Taken::plain(*one)));
            assert_eq!(setting(one.label()), Ok(Taken::plain(*one)));
        }
    }

    #[test]
    fn audiences_are_understood() {
        use Audience::{CareLeavers, College, School, University};
        for (text, expected) in [
            ("school college", Some(vec![School, College])),
            ("Year 10; sixth form", Some(vec![School, College])),
            ("care leavers, University students, care leavers", Some(vec![University, CareLeavers])),
            ("Everyone", Some(vec![])),
            ("", Some(vec![])),
            ("dentists", None),
        ] {
            assert_eq!(audiences(text).ok().map(|taken| taken.value), expected, "{text}");
        }
        for one in Audience::ALL {
            assert_eq!(audiences(one.as_str()), Ok(Taken::plain(vec![*one])));
            assert_eq!(audiences(one.label()), Ok(Taken::plain(vec![*one])));
        }
    }

    #[test]
    fn nothing_needed_is_yes_or_no() {
        for (text, expected) in [
            ("Yes", Ok(Some(true))),
            ("TRUE", Ok(Some(true))),
            ("No experience needed", Ok(Some(true))),
            ("no", Ok(Some(false))),
            ("tbc", Ok(None)),
            ("", Ok(None)),
            ("GCSE maths", Err(())),
        ] {
            assert_eq!(nothing_needed(text).map_err(|_| ()), expected, "{text}");
        }
    }
}
