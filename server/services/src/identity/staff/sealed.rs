//! Secrets at rest: XChaCha20-Poly1305 under the key in the settings, bound to the account.

use chacha20poly1305::aead::{Aead, KeyInit, Payload};
use chacha20poly1305::{XChaCha20Poly1305, XNonce};
use domain::ids::AccountId;

use crate::context::hex;
use crate::{Error, Result, Services};

const NONCE: usize = 24;

/// Seals a secret of this account, as hexadecimal digits: nonce, then ciphertext.
pub(super) fn seal(services: &Services, account: AccountId, secret: &[u8]) -> Result<String> {
    let nonce = services.bytes::<NONCE>();
    let owner = account.to_string();
    let sealed = cipher(services)
        .encrypt(&XNonce::from(nonce), Payload { msg: secret, aad: owner.as_bytes() })
        .map_err(|_| Error::Unexpected("a secret could not be sealed".into()))?;
    Ok(format!("{}{}", hex(&nonce), hex(&sealed)))
}

/// Opens what [`seal`] made for the same account under the same key.
pub(super) fn open(services: &Services, account: AccountId, sealed: &str) -> Result<Vec<u8>> {
    let failed = || Error::Unexpected("a sealed secret does not open: was the secret key changed?".into());
    let bytes = unhex(sealed).ok_or_else(failed)?;
    let (nonce, sealed) = bytes.split_first_chunk::<NONCE>().ok_or_else(failed)?;
    let owner = account.to_string();
    cipher(services)
        .decrypt(&XNonce::from(*nonce), Payload { msg: sealed, aad: owner.as_bytes() })
        .map_err(|_| failed())
}

fn cipher(services: &Services) -> XChaCha20Poly1305 {
    XChaCha20Poly1305::new(&services.settings.secret_key.into())
}

fn unhex(text: &str) -> Option<Vec<u8>> {
    let digit = |byte: u8| char::from(byte).to_digit(16).and_then(|value| u8::try_from(value).ok());
    text.as_bytes().chunks(2).map(|pair| Some(digit(pair[0])? << 4 | digit(*pair.get(1)?)?)).collect()
}
