//! The certificate as an Open Badge 3.0: a W3C verifiable credential, signed as a JSON Web Token
//! (Open Badges 3.0, section "JSON Web Token Proof Format").

use domain::words::{date_range, long_date};
use serde_json::{Value, json};

use crate::key::{decode, encode};
use crate::{Certificate, Error, Key, PublicKey};

/// Who stands behind a badge.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Issuer {
    /// A lasting name of the host organisation: a URI.
    pub host: String,
    /// The address of the advert of what was attended.
    pub achievement: String,
    /// When it was issued: seconds since 1970.
    pub issued_at: i64,
}

/// The credential, before it is signed.
#[must_use]
pub fn credential(certificate: &Certificate, issuer: &Issuer) -> Value {
    let Certificate { title, host, service, .. } = certificate;
    let when = date_range(certificate.starts_on, certificate.ends_on);
    let how_much = certificate.attended.in_words();
    let day = |day: chrono::NaiveDate| format!("{day}T00:00:00Z");
    json!({
        "@context": [
            "https://www.w3.org/ns/credentials/v2",
            "https://purl.imsglobal.org/spec/ob/v3p0/context-3.0.3.json",
        ],
        "id": certificate.address(),
        "type": ["VerifiableCredential", "OpenBadgeCredential"],
        "name": format!("{title}, {host}"),
        "issuer": {
            "id": service,
            "type": ["Profile"],
            "name": "wex: work experience in health and care",
            "url": service,
        },
        "validFrom": instant(issuer.issued_at),
        "credentialSubject": {
            "id": format!("{}#holder", certificate.address()),
            "type": ["AchievementSubject"],
            "identifier": [{
                "type": "IdentityObject",
                "identityType": "name",
                "hashed": false,
                "identityHash": certificate.name,
            }],
            "activityStartDate": day(certificate.starts_on),
            "activityEndDate": day(certificate.ends_on),
            "narrative": format!("Attended {how_much}, {when}."),
            "achievement": {
                "id": issuer.achievement,
                "type": ["Achievement"],
                "achievementType": "Fieldwork",
                "name": title,
                "description": format!("{} with {host}.", certificate.kind.label()),
                "inLanguage": "en-GB",
                "criteria": { "narrative": "The host recorded on which days the person came." },
                "creator": { "id": issuer.host, "type": ["Profile"], "name": host },
            },
        },
    })
}

/// "2027-07-09T15:30:00Z".
fn instant(seconds: i64) -> String {
    chrono::DateTime::from_timestamp(seconds, 0).unwrap_or_default().format("%Y-%m-%dT%H:%M:%SZ").to_string()
}

/// The badge: the signed credential in its compact form.
#[must_use]
pub fn badge(certificate: &Certificate, issuer: &Issuer, key: &Key) -> String {
    let mut claims = credential(certificate, issuer);
    claims["iss"] = claims["issuer"]["id"].clone();
    claims["jti"] = claims["id"].clone();
    claims["sub"] = claims["credentialSubject"]["id"].clone();
    claims["nbf"] = issuer.issued_at.into();
    // The standard allows no headers but these.
    let header = json!({ "alg": "EdDSA", "typ": "JWT", "jwk": key.public().jwk() });
    let signed = format!("{}.{}", encode(header.to_string().as_bytes()), encode(claims.to_string().as_bytes()));
    let signature = key.sign(&signed);
    format!("{signed}.{signature}")
}

/// Checks a badge with a key that is trusted; the one inside it is not looked at. Its name and whose it is.
///
/// # Errors
/// [`Error::Form`] when it is no such badge, [`Error::Signature`] when it was changed or another key signed.
pub fn check_badge(token: &str, key: &PublicKey) -> Result<String, Error> {
    let missing = |what: &str| Error::Form(format!("it has no {what}"));
    let (signed, signature) = token.trim().rsplit_once('.').ok_or_else(|| missing("signature"))?;
    let (header, claims) = signed.split_once('.').ok_or_else(|| missing("header"))?;
    let read = |part: &str| decode(part).and_then(|bytes| serde_json::from_slice::<Value>(&bytes).ok());
    let header = read(header).ok_or_else(|| missing("header"))?;
    if header["alg"] != "EdDSA" {
        return Err(Error::Form("its algorithm is not EdDSA".into()));
    }
    key.check(signed, signature)?;
    let claims = read(claims).ok_or_else(|| missing("credential"))?;
    let same = claims["iss"] == claims["issuer"]["id"]
        && claims["jti"] == claims["id"]
        && claims["sub"] == claims["credentialSubject"]["id"]
        && claims["nbf"].as_i64().map(instant).as_deref() == claims["validFrom"].as_str();
    if !same {
        return Err(Error::Form("what it says about itself does not agree".into()));
    }
    let name = claims["name"].as_str().ok_or_else(|| missing("name"))?;
    let holder = claims["credentialSubject"]["identifier"][0]["identityHash"].as_str().unwrap_or_default();
    let from = claims["nbf"].as_i64().and_then(|at| chrono::DateTime::from_timestamp(at, 0)).unwrap_or_default();
    Ok(format!("{name}, for {holder}, since {}", long_date(from.date_naive())))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::facts::sample;

    fn issuer() -> Issuer {
        Issuer {
            host: "urn:uuid:00000000-0000-0000-0000-000000000002".into(),
            achievement: "https://wex.example/opportunities/a-week-with-pharmacy".into(),
            issued_at: 1_815_148_800,
        }
    }

    /// Every member that the schema of the standard requires of an OpenBadgeCredential and of the objects
    /// inside this one ("Open Badges Specification 3.0", data models), with the form it asks for.
    #[test]
    fn the_credential_has_what_the_standard_requires() {
        let credential = credential(&sample("Amira Demosley"), &issuer());
        let is_uri = |value: &Value| {
            let text = value.as_str().unwrap_or_default();
            assert!(text.starts_with("https://") || text.starts_with("urn:uuid:"), "{text:?} is no URI");
        };
        let has_type = |value: &Value, name: &str| {
            assert!(value["type"].as_array().unwrap().iter().any(|one| one == name), "{value} is no {name}");
        };
        let has_text = |value: &Value| assert!(!value.as_str().unwrap_or_default().is_empty(), "{value}");
        let is_instant = |value: &Value| {
            assert!(chrono::DateTime::parse_from_rfc3339(value.as_str().unwrap_or_default()).is_ok(), "{value}");
        };
        // VerifiableCredential 2.0 and OpenBadgeCredential.
        let context = credential["@context"].as_array().unwrap();
        assert_eq!(context[0], "https://www.w3.org/ns/credentials/v2");
        assert!(context[1].as_str().unwrap().starts_with("https://purl.imsglobal.org/spec/ob/v3p0/context-3.0"));
        is_uri(&credential["id"]);
        has_type(&credential, "VerifiableCredential");
        has_type(&credential, "OpenBadgeCredential");
        is_instant(&credential["validFrom"]);
        // Profile.
        is_uri(&credential["issuer"]["id"]);
        has_type(&credential["issuer"], "Profile");
        // AchievementSubject: an id or an identifier.
        let subject = &credential["credentialSubject"];
        has_type(subject, "AchievementSubject");
        is_uri(&subject["id"]);
        is_instant(&subject["activityStartDate"]);
        is_instant(&subject["activityEndDate"]);
        // IdentityObject.
        let identity = &subject["identifier"][0];
        assert_eq!(identity["type"], "IdentityObject");
        assert_eq!(identity["hashed"], false);
        assert_eq!((&identity["identityType"], &identity["identityHash"]), (&json!("name"), &json!("Amira Demosley")));
        // Achievement and Criteria.
        let achievement = &subject["achievement"];
        is_uri(&achievement["id"]);
        has_type(achievement, "Achievement");
        has_text(&achievement["name"]);
        has_text(&achievement["description"]);
        has_text(&achievement["criteria"]["narrative"]);
        is_uri(&achievement["creator"]["id"]);
        has_type(&achievement["creator"], "Profile");
    }

    #[test]
    fn a_badge_is_a_token_that_anybody_can_check() {
        let key = Key::from_secret(&[7; 32]);
        let token = badge(&sample("Amira Demosley"), &issuer(), &key);
        let parts: Vec<&str> = token.split('.').collect();
        assert_eq!(parts.len(), 3);
        let header: Value = serde_json::from_slice(&decode(parts[0]).unwrap()).unwrap();
        assert_eq!(header, json!({ "alg": "EdDSA", "typ": "JWT", "jwk": key.public().jwk() }));
        assert!(!header.to_string().contains("\"d\""), "the private half is never shown");
        let claims: Value = serde_json::from_slice(&decode(parts[1]).unwrap()).unwrap();
        assert_eq!(claims["iss"], "https://wex.example");
        assert_eq!(claims["nbf"], 1_815_148_800);
        assert_eq!(claims["jti"], claims["id"]);
        assert_eq!(claims["sub"], claims["credentialSubject"]["id"]);
        let said = check_badge(&token, &key.public()).unwrap();
        assert!(said.contains("A week with Pharmacy") && said.contains("Amira Demosley"), "{said}");

        assert_eq!(check_badge(&token, &Key::from_secret(&[8; 32]).public()), Err(Error::Signature));
        let other = encode(claims.to_string().replace("Amira", "Robin").as_bytes());
        assert_eq!(check_badge(&format!("{}.{other}.{}", parts[0], parts[2]), &key.public()), Err(Error::Signature));
        // Another's key inside the token convinces nobody.
        let forger = Key::from_secret(&[9; 32]);
        assert_eq!(check_badge(&badge(&sample("Robin"), &issuer(), &forger), &key.public()), Err(Error::Signature));
        let none = encode(json!({ "alg": "none" }).to_string().as_bytes());
        assert!(matches!(check_badge(&format!("{none}.{}.", parts[1]), &key.public()), Err(Error::Form(_))));
        assert!(matches!(check_badge("nonsense", &key.public()), Err(Error::Form(_))));
    }
}
