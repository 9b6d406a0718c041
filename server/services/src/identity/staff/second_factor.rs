//! The second factor: codes of an authenticator app (TOTP, RFC 6238), 6 digits every 30 seconds.

use domain::ids::AccountId;
use store::accounts::Account;
use totp_rs::{Builder, Secret, Totp};

use super::sealed;
use crate::{Error, Result, Services};

/// 160 bits, as RFC 4226 recommends.
const SECRET: usize = 20;
const STEP_SECONDS: u64 = 30;

/// A new secret for this account, sealed.
pub(super) fn new_secret(services: &Services, account: AccountId) -> Result<String> {
    sealed::seal(services, account, &services.bytes::<SECRET>())
}

/// A sealed secret as people and apps write it.
pub(super) fn in_base32(services: &Services, account: AccountId, sealed: &str) -> Result<String> {
    Ok(Secret::new(sealed::open(services, account, sealed)?.into()).to_base32())
}

/// What the QR code says: the secret with a name to list it under.
pub(super) fn address(email: &str, secret: &str) -> String {
    let email: String = email
        .bytes()
        .map(|byte| match byte {
            b'a'..=b'z' | b'A'..=b'Z' | b'0'..=b'9' | b'-' | b'_' | b'.' => char::from(byte).to_string(),
            _ => format!("%{byte:02X}"),
        })
        .collect();
    format!("otpauth://totp/wex:{email}?secret={secret}&issuer=wex&algorithm=SHA1&digits=6&period={STEP_SECONDS}")
}

/// The step whose code this is, now or one step either side for clocks that differ.
pub(super) fn step_of(services: &Services, account: AccountId, sealed: &str, code: &str) -> Result<Option<i64>> {
    let seconds = u64::try_from(services.now().0 / 1_000_000).unwrap_or(0);
    let step = totp(sealed::open(services, account, sealed)?)?.check(code, seconds);
    Ok(step.and_then(|step| i64::try_from(step).ok()))
}

/// The step of this account's second factor whose code this is.
pub(super) fn matching_step(services: &Services, account: &Account, code: &str) -> Result<Option<i64>> {
    match &account.totp_secret {
        Some(sealed) => step_of(services, account.id, sealed, code),
        None => Ok(None),
    }
}

fn totp(secret: Vec<u8>) -> Result<Totp> {
    Builder::new()
        .with_secret(Secret::new(secret.into()))
        .with_step_duration(STEP_SECONDS)
        .build()
        .map_err(|error| Error::Unexpected(format!("second factor: {error}")))
}

#[cfg(test)]
mod tests {
    #[test]
    fn the_codes_are_those_of_rfc_6238() {
        // Appendix B of the RFC, SHA-1, its last six digits.
        let totp = super::totp(b"12345678901234567890".to_vec()).unwrap();
        for (seconds, code) in [(59, "287082"), (1_111_111_109, "081804"), (20_000_000_000, "353130")] {
            assert_eq!(totp.check(code, seconds), Some(seconds / 30));
        }
        assert_eq!(totp.check("287082", 59 + 90), None);
    }

    #[test]
    fn the_name_is_escaped() {
        assert_eq!(
            super::address("a+b@x.example", "ABC"),
            "otpauth://totp/wex:a%2Bb%40x.example?secret=ABC&issuer=wex&algorithm=SHA1&digits=6&period=30"
        );
    }
}
