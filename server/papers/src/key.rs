//! The key that signs: made from the service's secret, known by the thumbprint of its public half.

use base64::Engine;
use base64::engine::general_purpose::URL_SAFE_NO_PAD;
use ed25519_dalek::{Signature, Signer, SigningKey, VerifyingKey};
use sha2::{Digest, Sha256};

use crate::Error;

/// Sets the key that signs apart from everything else that is made from the same secret.
const PURPOSE: &[u8] = b"wex certificates ed25519 1\0";

/// The service's own key.
pub struct Key(SigningKey);

impl std::fmt::Debug for Key {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        write!(f, "Key({})", self.public().id())
    }
}

impl Key {
    /// The key that belongs to a secret of 32 random bytes: always the same one.
    #[must_use]
    pub fn from_secret(secret: &[u8; 32]) -> Self {
        let seed: [u8; 32] = Sha256::new().chain_update(PURPOSE).chain_update(secret).finalize().into();
        Self(SigningKey::from_bytes(&seed))
    }

    /// Its public half.
    #[must_use]
    pub fn public(&self) -> PublicKey {
        PublicKey(self.0.verifying_key())
    }

    /// Signs; the signature in base64url.
    #[must_use]
    pub fn sign(&self, message: &str) -> String {
        encode(&self.0.sign(message.as_bytes()).to_bytes())
    }
}

/// The half of a key with which anybody can check.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct PublicKey(VerifyingKey);

impl PublicKey {
    /// Reads what [`Self::text`] writes.
    #[must_use]
    pub fn parse(text: &str) -> Option<Self> {
        let bytes: [u8; 32] = decode(text.trim())?.try_into().ok()?;
        VerifyingKey::from_bytes(&bytes).ok().map(Self)
    }

    /// The 32 bytes in base64url: 43 letters.
    #[must_use]
    pub fn text(&self) -> String {
        encode(self.0.as_bytes())
    }

    /// The thumbprint by which a key is named (RFC 7638).
    #[must_use]
    pub fn id(&self) -> String {
        let members = format!(r#"{{"crv":"Ed25519","kty":"OKP","x":"{}"}}"#, self.text());
        encode(&Sha256::digest(members.as_bytes()))
    }

    /// As a JSON Web Key (RFC 8037).
    #[must_use]
    pub fn jwk(&self) -> serde_json::Value {
        serde_json::json!({ "kty": "OKP", "crv": "Ed25519", "x": self.text() })
    }

    /// Whether this key signed this message.
    ///
    /// # Errors
    /// [`Error::Signature`] when it did not.
    pub fn check(&self, message: &str, signature: &str) -> Result<(), Error> {
        let bytes: [u8; 64] = decode(signature).and_then(|bytes| bytes.try_into().ok()).ok_or(Error::Signature)?;
        self.0.verify_strict(message.as_bytes(), &Signature::from_bytes(&bytes)).map_err(|_| Error::Signature)
    }
}

pub(crate) fn encode(bytes: &[u8]) -> String {
    URL_SAFE_NO_PAD.encode(bytes)
}

pub(crate) fn decode(text: &str) -> Option<Vec<u8>> {
    URL_SAFE_NO_PAD.decode(text).ok()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn one_secret_makes_one_key_and_another_makes_another() {
        let (one, two) = (Key::from_secret(&[7; 32]), Key::from_secret(&[8; 32]));
        assert_eq!(one.public(), Key::from_secret(&[7; 32]).public());
        assert_ne!(one.public().id(), two.public().id());
        assert_eq!(PublicKey::parse(&one.public().text()), Some(one.public()));
        let signature = one.sign("message");
        assert_eq!(one.public().check("message", &signature), Ok(()));
        assert_eq!(one.public().check("messagf", &signature), Err(Error::Signature));
        assert_eq!(two.public().check("message", &signature), Err(Error::Signature));
        assert_eq!(one.public().check("message", "short"), Err(Error::Signature));
        assert!(!format!("{one:?}").contains(&encode(&[7; 32])));
    }

    /// The example of RFC 8037, appendix A.3.
    #[test]
    fn the_thumbprint_is_the_standards() {
        let key = PublicKey::parse("11qYAYKxCrfVS_7TyWQHOg7hcvPapiMlrwIaaPcHURo").unwrap();
        assert_eq!(key.id(), "kPrK_qmxVWaYVA9wwBF6Iuo3vVzz7TxHCTwXBygrS4k");
    }
}
