//! The key that seals secrets at rest: given, or made on the first start and kept in a file that only
//! the service can read.

use std::io::Write;
use std::os::unix::fs::OpenOptionsExt;
use std::path::Path;

use services::context::{hash, hex};
use services::time::{Random, SystemRandom};

use super::{Secret, Wrong};

const FILE: &str = "var/secret.key";

/// The key for this site.
pub(super) fn secret_key(given: Option<&str>, demo: bool, base_url: &str) -> Result<Secret, Wrong> {
    match given {
        Some(text) => parse(text).ok_or_else(|| {
            Wrong::new(
                "WEX_SECRET_KEY",
                format!("must be 64 hexadecimal digits, but it has {} characters", text.chars().count()),
            )
        }),
        // Nothing in a demonstration is secret, and it must run from a folder that cannot be written.
        None if demo => parse(&hash("demonstration")).ok_or_else(|| Wrong::new("WEX_SECRET_KEY", "cannot be made")),
        None if is_local(base_url) => kept(Path::new(FILE)),
        None => Err(Wrong::new(
            "WEX_SECRET_KEY",
            "is missing. Make one with: openssl rand -hex 32. Keep it: without it nobody's second factor works any more",
        )),
    }
}

fn parse(text: &str) -> Option<Secret> {
    let text = text.trim();
    if text.len() != 64 || !text.is_ascii() {
        return None;
    }
    let mut key = [0; 32];
    for (at, byte) in key.iter_mut().enumerate() {
        *byte = u8::from_str_radix(&text[at * 2..at * 2 + 2], 16).ok()?;
    }
    Some(Secret(key))
}

fn is_local(base_url: &str) -> bool {
    let host = base_url.split("://").nth(1).unwrap_or_default();
    ["localhost", "127.", "[::1]", "0.0.0.0", "[::]"].iter().any(|local| host.starts_with(local))
}

/// The key in the file, which is made when it is missing.
fn kept(path: &Path) -> Result<Secret, Wrong> {
    let problem =
        |what: String| Wrong::new("WEX_SECRET_KEY", format!("is not set, and the file {} {what}", path.display()));
    match std::fs::read_to_string(path) {
        Ok(text) => parse(&text).ok_or_else(|| problem("does not hold 64 hexadecimal digits".into())),
        Err(error) if error.kind() == std::io::ErrorKind::NotFound => {
            let mut key = [0; 32];
            SystemRandom.fill(&mut key);
            let write = || {
                if let Some(folder) = path.parent() {
                    std::fs::create_dir_all(folder)?;
                }
                let mut file = std::fs::OpenOptions::new().write(true).create_new(true).mode(0o600).open(path)?;
                writeln!(file, "{}", hex(&key))?;
                file.sync_all()
            };
            write().map_err(|error: std::io::Error| problem(format!("cannot be written: {error}")))?;
            Ok(Secret(key))
        }
        Err(error) => Err(problem(format!("cannot be read: {error}"))),
    }
}

#[cfg(test)]
mod tests {
    use std::os::unix::fs::PermissionsExt;

    use super::*;

    #[test]
    fn a_key_is_made_once_for_its_owner_alone() {
        let folder = tempfile::tempdir().unwrap();
        let path = folder.path().join("deep/secret.key");
        let first = kept(&path).unwrap();
        assert_eq!(kept(&path).unwrap(), first);
        assert_eq!(std::fs::metadata(&path).unwrap().permissions().mode() & 0o777, 0o600);
        std::fs::write(&path, "short").unwrap();
        assert!(kept(&path).unwrap_err().problem.contains("64 hexadecimal digits"));
    }

    #[test]
    fn elsewhere_than_here_a_key_must_be_given() {
        assert!(secret_key(None, false, "https://wex.example.org").unwrap_err().problem.starts_with("is missing"));
        assert!(secret_key(None, true, "https://wex.example.org").is_ok());
        let wrong = secret_key(Some("abc"), false, "https://wex.example.org").unwrap_err();
        assert!(wrong.problem.contains("3 characters") && !wrong.problem.contains("abc"));
        assert!(secret_key(Some(&"0f".repeat(32)), false, "https://wex.example.org").is_ok());
        assert!(is_local("http://localhost:3000") && is_local("http://[::1]:80") && !is_local("https://example.org"));
    }
}
