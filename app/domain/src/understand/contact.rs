//! Postcodes and email addresses.

use super::text::tidy;
use super::{Problem, Taken};

/// The 124 postcode areas: 121 of the United Kingdom, and Guernsey, Jersey and the Isle of Man.
/// (Royal Mail's list; GIR 0AA and the forces' BFPO are no places to travel to.)
pub const POSTCODE_AREAS: [&str; 124] = [
    "AB", "AL", "B", "BA", "BB", "BD", "BH", "BL", "BN", "BR", "BS", "BT", "CA", "CB", "CF", "CH", "CM", "CO", "CR",
    "CT", "CV", "CW", "DA", "DD", "DE", "DG", "DH", "DL", "DN", "DT", "DY", "E", "EC", "EH", "EN", "EX", "FK", "FY",
    "G", "GL", "GU", "GY", "HA", "HD", "HG", "HP", "HR", "HS", "HU", "HX", "IG", "IM", "IP", "IV", "JE", "KA", "KT",
    "KW", "KY", "L", "LA", "LD", "LE", "LL", "LN", "LS", "LU", "M", "ME", "MK", "ML", "N", "NE", "NG", "NN", "NP",
    "NR", "NW", "OL", "OX", "PA", "PE", "PH", "PL", "PO", "PR", "RG", "RH", "RM", "S", "SA", "SE", "SG", "SK", "SL",
    "SM", "SN", "SO", "SP", "SR", "SS", "ST", "SW", "SY", "TA", "TD", "TF", "TN", "TQ", "TR", "TS", "TW", "UB", "W",
    "WA", "WC", "WD", "WF", "WN", "WR", "WS", "WV", "YO", "ZE",
];

const LIKE: &str = "Type the full postcode, like LS1 4AP.";

/// Reads a full postcode and writes it the usual way: "b74bn" is "B7 4BN". A letter O or I where
/// only a digit can stand is put right, with a note.
///
/// # Errors
/// When the text has not the form of a postcode, or its area does not exist (ZZ99 9ZZ and other
/// made-up codes).
pub fn postcode(text: &str) -> Result<Taken<String>, Problem> {
    let written: String = tidy(text).to_uppercase().chars().filter(|c| !matches!(c, ' ' | '-' | '.' | '\n')).collect();
    let form = || Problem::new("This is not a postcode.", LIKE);
    if !written.is_ascii() || !(5..=7).contains(&written.len()) {
        if outcode(text).is_some() {
            return Err(Problem::new("This is only the first half of a postcode.", LIKE));
        }
        return Err(form());
    }
    let (out, inward) = written.split_at(written.len() - 3);
    let mut inward: Vec<char> = inward.chars().collect();
    inward[0] = as_digit(inward[0]);
    let inward_is_right = inward[0].is_ascii_digit()
        && inward[1..].iter().all(|c| c.is_ascii_uppercase() && !matches!(c, 'C' | 'I' | 'K' | 'M' | 'O' | 'V'));
    if !inward_is_right {
        return Err(form());
    }
    let out = outcode_form(out).or_else(|| outcode_form(&digits_put_right(out))).ok_or_else(form)?;
    if !area_exists(&out) {
        return Err(Problem::new(format!("There is no postcode area {} in the United Kingdom.", area_of(&out)), LIKE));
    }
    let usual = format!("{out} {}", inward.iter().collect::<String>());
    let mended = usual.replace(' ', "") != written;
    let note = mended.then(|| format!("taken as {usual}"));
    Ok(Taken { value: usual, note })
}

/// The first half of a postcode ("LS1"), from a text that is only that, written the usual way;
/// `None` for anything else and for areas that do not exist.
pub fn outcode(text: &str) -> Option<String> {
    let written = tidy(text).to_uppercase();
    outcode_form(&written).filter(|out| area_exists(out))
}

/// Whether a text is only the first half of a postcode.
pub fn is_outcode(text: &str) -> bool {
    outcode(text).is_some()
}

/// The postcode at the end of an address, and the address without it.
pub fn postcode_in(address: &str) -> Option<(String, String)> {
    let address = tidy(address);
    let words: Vec<&str> = address.split([' ', ',', '\n']).filter(|word| !word.is_empty()).collect();
    [2, 1].into_iter().find_map(|count| {
        let tail = words.len().checked_sub(count).filter(|start| *start > 0)?;
        let candidate = words[tail..].concat();
        if !candidate.chars().any(|c| c.is_ascii_digit()) {
            return None;
        }
        let found = postcode(&candidate).ok().filter(|taken| taken.note.is_none())?.value;
        let start = address.rfind(words[tail])?;
        let before = address[..start].trim_end_matches([' ', ',', '\n']).to_owned();
        Some((found, before))
    })
}

const fn as_digit(c: char) -> char {
    match c {
        'O' => '0',
        'I' | 'L' => '1',
        other => other,
    }
}

fn digits_put_right(out: &str) -> String {
    // Only the last character can be a mistaken digit and still leave an area in front.
    let mut chars: Vec<char> = out.chars().collect();
    if let Some(last) = chars.last_mut() {
        *last = as_digit(*last);
    }
    chars.into_iter().collect()
}

/// A9, A99, AA9, AA99, A9A or AA9A; never ending in a letter that looks like a digit.
fn outcode_form(out: &str) -> Option<String> {
    let letters = out.bytes().take_while(u8::is_ascii_uppercase).count();
    let rest = &out.as_bytes()[letters..];
    let right = (1..=2).contains(&letters)
        && match rest {
            [a] => a.is_ascii_digit(),
            [a, b] => {
                let ending = b.is_ascii_uppercase() && !matches!(b, b'I' | b'L' | b'O');
                a.is_ascii_digit() && (b.is_ascii_digit() || ending)
            }
            _ => false,
        };
    right.then(|| out.to_owned())
}

fn area_of(out: &str) -> &str {
    let letters = out.bytes().take_while(u8::is_ascii_uppercase).count();
    &out[..letters]
}

fn area_exists(out: &str) -> bool {
    POSTCODE_AREAS.binary_search(&area_of(out)).is_ok()
}

/// Reads an email address, in lower case after the @. Only its form is checked: whether anybody
/// reads it, a confirmation must show.
///
/// # Errors
/// When the text has not the form of one address.
pub fn email(text: &str) -> Result<Taken<String>, Problem> {
    let tidied = tidy(text);
    let mut parts = tidied.split([';', ',', ' ', '\n', '/']).filter(|part| part.contains('@'));
    let problem = || Problem::new("This is not an email address.", "Type it in the form name@example.nhs.uk.");
    let first = parts.next().ok_or_else(problem)?;
    let more = parts.next().is_some();
    let bare = first.trim_start_matches("mailto:").trim_matches(['<', '>', '(', ')', '.', '"', '\'']);
    let (local, domain) = bare.rsplit_once('@').ok_or_else(problem)?;
    let local_is_right = !local.is_empty()
        && local.len() <= 64
        && !local.starts_with('.')
        && !local.ends_with('.')
        && !local.contains("..")
        && local.chars().all(|c| c.is_ascii_alphanumeric() || "!#$%&'*+-/=?^_`{|}~.".contains(c));
    let labels: Vec<&str> = domain.split('.').collect();
    let domain_is_right = labels.len() >= 2
        && domain.len() <= 253
        && labels.iter().all(|label| {
            (1..=63).contains(&label.len())
                && !label.starts_with('-')
                && !label.ends_with('-')
                && label.chars().all(|c| c.is_ascii_alphanumeric() || c == '-')
        })
        && labels.last().is_some_and(|last| last.len() >= 2 && last.chars().any(|c| c.is_ascii_alphabetic()));
    if !local_is_right || !domain_is_right {
        return Err(problem());
    }
    let value = format!("{local}@{}", domain.to_ascii_lowercase());
    let note = if more {
        Some(format!("several addresses: taken as {value}"))
    } else {
        (bare.len() != tidied.len()).then(|| format!("taken as {value}"))
    };
    Ok(Taken { value, note })
}
