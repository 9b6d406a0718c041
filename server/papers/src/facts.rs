//! What a certificate says, in the one form that is signed.

use chrono::NaiveDate;
use domain::Kind;
use domain::certificate::Attended;
use serde_json::{Map, Value, json};

use crate::{Error, Key, PublicKey};

/// What every record of ours says it is.
const TYPE: &str = "wex-certificate";

/// What a certificate says. No date of birth, no school, nothing about health.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Certificate {
    /// Its number: "WXC-7F3K-92QD-0A1B-2C3D".
    pub number: String,
    /// Whose it is, as they wrote it.
    pub name: String,
    /// What they took part in.
    pub title: String,
    /// Which kind that is.
    pub kind: Kind,
    /// Whom they were with.
    pub host: String,
    /// First day.
    pub starts_on: NaiveDate,
    /// Last day.
    pub ends_on: NaiveDate,
    /// How much they attended.
    pub attended: Attended,
    /// The day on which it was issued.
    pub issued_on: NaiveDate,
    /// The address of the service that issued it, without a slash at the end.
    pub service: String,
}

impl Certificate {
    /// Where anybody can see whether it still counts.
    #[must_use]
    pub fn address(&self) -> String {
        format!("{}/certificates/{}", self.service, self.number)
    }

    /// As JSON.
    #[must_use]
    pub fn value(&self) -> Value {
        let mut value = json!({
            "type": TYPE,
            "version": 1,
            "number": self.number,
            "name": self.name,
            "title": self.title,
            "kind": self.kind.as_str(),
            "host": self.host,
            "starts_on": self.starts_on.to_string(),
            "ends_on": self.ends_on.to_string(),
            "days": self.attended.days,
            "issued_on": self.issued_on.to_string(),
            "service": self.service,
        });
        if let Some(minutes) = self.attended.minutes {
            value["minutes"] = minutes.into();
        }
        value
    }

    /// Reads what [`Self::value`] writes.
    ///
    /// # Errors
    /// [`Error::Form`] with what is missing.
    pub fn read(value: &Value) -> Result<Self, Error> {
        let text = |name: &str| {
            value[name].as_str().map(ToOwned::to_owned).ok_or_else(|| Error::Form(format!("it has no {name:?}")))
        };
        let number = |name: &str| value[name].as_u64().and_then(|n| u32::try_from(n).ok());
        let day = |name: &str| text(name)?.parse().map_err(|_| Error::Form(format!("{name:?} is no date")));
        if text("type")? != TYPE {
            return Err(Error::Form(format!("its type is not {TYPE:?}")));
        }
        Ok(Self {
            number: text("number")?,
            name: text("name")?,
            title: text("title")?,
            kind: Kind::parse(&text("kind")?).ok_or_else(|| Error::Form("its kind is not known".into()))?,
            host: text("host")?,
            starts_on: day("starts_on")?,
            ends_on: day("ends_on")?,
            attended: Attended {
                days: number("days").ok_or_else(|| Error::Form("it has no \"days\"".into()))?,
                minutes: number("minutes"),
            },
            issued_on: day("issued_on")?,
            service: text("service")?,
        })
    }

    /// Signs it.
    #[must_use]
    pub fn sign(self, key: &Key) -> Signed {
        let signature = key.sign(&canonical(&self.value()));
        Signed { certificate: self, key: key.public().id(), signature }
    }
}

/// A certificate with its signature.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Signed {
    /// What it says.
    pub certificate: Certificate,
    /// The thumbprint of the key that signed.
    pub key: String,
    /// The signature over the canonical form, in base64url.
    pub signature: String,
}

impl Signed {
    /// The file that can be kept and checked without us.
    #[must_use]
    pub fn file(&self) -> String {
        let value = json!({
            "algorithm": "Ed25519",
            "certificate": self.certificate.value(),
            "key": self.key,
            "signature": self.signature,
        });
        format!("{value:#}\n")
    }

    /// Reads such a file and checks it with this key.
    ///
    /// # Errors
    /// [`Error::Form`] when it is no such file, [`Error::Signature`] when it was changed or another key signed.
    pub fn check(file: &str, key: &PublicKey) -> Result<Self, Error> {
        let value: Value = serde_json::from_str(file).map_err(|error| Error::Form(error.to_string()))?;
        let text = |name: &str| {
            value[name].as_str().map(ToOwned::to_owned).ok_or_else(|| Error::Form(format!("it has no {name:?}")))
        };
        let signature = text("signature")?;
        let key_id = text("key")?;
        key.check(&canonical(&value["certificate"]), &signature)?;
        Ok(Self { certificate: Certificate::read(&value["certificate"])?, key: key_id, signature })
    }
}

/// JSON in its one canonical form: members in order, no spaces (RFC 8785, for whole numbers).
#[must_use]
pub fn canonical(value: &Value) -> String {
    match value {
        Value::Array(items) => format!("[{}]", items.iter().map(canonical).collect::<Vec<_>>().join(",")),
        Value::Object(members) => format!("{{{}}}", sorted(members).join(",")),
        plain => plain.to_string(),
    }
}

fn sorted(members: &Map<String, Value>) -> Vec<String> {
    let mut names: Vec<&String> = members.keys().collect();
    // The standard orders by UTF-16 units.
    names.sort_by_key(|name| name.encode_utf16().collect::<Vec<_>>());
    names.into_iter().map(|name| format!("{}:{}", Value::String(name.clone()), canonical(&members[name]))).collect()
}

#[cfg(test)]
pub(crate) fn sample(name: &str) -> Certificate {
    let day = |d| NaiveDate::from_ymd_opt(2027, 7, d).unwrap();
    Certificate {
        number: "WXC-7F3K-92QD-0A1B-2C3D".into(),
        name: name.into(),
        title: "A week with Pharmacy".into(),
        kind: Kind::WorkExperience,
        host: "Aire Valley NHS Trust".into(),
        starts_on: day(5),
        ends_on: day(9),
        attended: Attended { days: 5, minutes: Some(1800) },
        issued_on: day(9),
        service: "https://wex.example".into(),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_canonical_form_is_one() {
        let value = json!({ "b": [1, { "z": null, "a": true }], "a": "Łódź \"x\"\n" });
        assert_eq!(canonical(&value), "{\"a\":\"Łódź \\\"x\\\"\\n\",\"b\":[1,{\"a\":true,\"z\":null}]}");
    }

    #[test]
    fn a_file_is_checked_without_us_and_every_change_shows() {
        let key = Key::from_secret(&[7; 32]);
        for attended in [Attended { days: 5, minutes: Some(1800) }, Attended { days: 3, minutes: None }] {
            let signed = Certificate { attended, ..sample("Ælfwine Őrsi") }.sign(&key);
            let file = signed.file();
            assert_eq!(Signed::check(&file, &key.public()), Ok(signed));
            // Laid out anew it is the same record.
            let value: Value = serde_json::from_str(&file).unwrap();
            assert!(Signed::check(&value.to_string(), &key.public()).is_ok());
            let members: Vec<String> = value["certificate"].as_object().unwrap().keys().cloned().collect();
            for member in &members {
                let mut changed = value.clone();
                changed["certificate"][member] = json!("2027-07-06");
                assert_eq!(Signed::check(&changed.to_string(), &key.public()), Err(Error::Signature), "{member}");
            }
            let mut more = value.clone();
            more["certificate"]["grade"] = json!("A");
            assert_eq!(Signed::check(&more.to_string(), &key.public()), Err(Error::Signature));
            assert_eq!(Signed::check(&file, &Key::from_secret(&[8; 32]).public()), Err(Error::Signature));
        }
        for nonsense in ["", "[]", "{\"key\":\"x\"}", "{\"key\":\"x\",\"signature\":5}"] {
            assert!(matches!(Signed::check(nonsense, &key.public()), Err(Error::Form(_))), "{nonsense}");
        }
    }

    #[test]
    fn nothing_more_is_said_than_needed() {
        let file = sample("Amira Demosley").sign(&Key::from_secret(&[7; 32])).file();
        for word in ["birth", "school", "email", "age", "health"] {
            assert!(!file.to_lowercase().contains(&format!("\"{word}")), "{word}");
        }
    }
}
