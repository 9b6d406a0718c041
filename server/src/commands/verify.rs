//! `wex verify`: needs no settings, no database and no network.

use papers::{PublicKey, Signed, check_badge};

use crate::Failure;
use crate::cli::Verify;

/// Checks a signed record or an Open Badge with a key that is trusted.
///
/// # Errors
/// When the file or the key cannot be read, or the signature does not fit.
pub fn run(asked: &Verify) -> Result<u8, Failure> {
    let read = |path: &std::path::Path| {
        std::fs::read_to_string(path)
            .map_err(|error| Failure::new(format!("{} cannot be read: {error}", path.display())))
    };
    let text = read(&asked.file)?;
    let keys = match PublicKey::parse(&asked.key) {
        Some(key) => vec![key],
        None => keys_of(&read(std::path::Path::new(&asked.key))?)?,
    };
    let mut wrong = None;
    for key in &keys {
        let checked = if text.trim_start().starts_with('{') {
            Signed::check(&text, key).map(|signed| {
                let says = signed.certificate;
                format!(
                    "{} for {}\n{}, {}\n{} to {}, {}\nIt was signed by {} on {}.",
                    says.number,
                    says.name,
                    says.title,
                    says.host,
                    says.starts_on,
                    says.ends_on,
                    says.attended.in_words(),
                    says.service,
                    says.issued_on
                )
            })
        } else {
            check_badge(&text, key)
        };
        match checked {
            Ok(says) => {
                println!("The signature fits.\n{says}\nWhether it still counts, only its page says.");
                return Ok(0);
            }
            Err(error) => wrong = Some(error),
        }
    }
    Err(Failure::new(wrong.map_or_else(|| "no key to check with".to_owned(), |error| error.to_string())))
}

/// The Ed25519 keys of a JSON Web Key Set.
fn keys_of(text: &str) -> Result<Vec<PublicKey>, Failure> {
    let set: serde_json::Value = serde_json::from_str(text)
        .map_err(|error| Failure::new(format!("the key is neither a key nor a file with keys: {error}")))?;
    Ok(set["keys"]
        .as_array()
        .into_iter()
        .flatten()
        .filter_map(|key| PublicKey::parse(key["x"].as_str().unwrap_or_default()))
        .collect())
}

#[cfg(test)]
mod tests {
    use domain::certificate::Attended;
    use papers::{Certificate, Key};

    use super::*;

    #[test]
    fn a_record_is_checked_with_a_key_or_a_file_of_keys() {
        let folder = tempfile::tempdir().unwrap();
        let day = chrono::NaiveDate::from_ymd_opt(2027, 7, 9).unwrap();
        let key = Key::from_secret(&[7; 32]);
        let certificate = Certificate {
            number: "WXC-0000-0000-0000-0001".into(),
            name: "Amira".into(),
            title: "A week".into(),
            kind: domain::Kind::WorkExperience,
            host: "A trust".into(),
            starts_on: day,
            ends_on: day,
            attended: Attended { days: 1, minutes: None },
            issued_on: day,
            service: "https://wex.example".into(),
        };
        let file = folder.path().join("certificate.json");
        let record = certificate.sign(&key).file();
        std::fs::write(&file, &record).unwrap();
        let keys = folder.path().join("jwks.json");
        let set = serde_json::json!({ "keys": [Key::from_secret(&[8; 32]).public().jwk(), key.public().jwk()] });
        std::fs::write(&keys, set.to_string()).unwrap();
        let verify = |key: &str| run(&Verify { file: file.clone(), key: key.to_owned() });
        assert_eq!(verify(&key.public().text()).unwrap(), 0);
        assert_eq!(verify(keys.to_str().unwrap()).unwrap(), 0);
        assert!(verify(&Key::from_secret(&[8; 32]).public().text()).is_err());
        assert!(verify("no such file").is_err());
        std::fs::write(&file, record.replace("Amira", "Robin")).unwrap();
        assert!(verify(&key.public().text()).is_err());
    }
}
