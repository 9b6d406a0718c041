//! Passwords: Argon2id, with the parameters that OWASP's password storage cheat sheet gives.

use std::sync::LazyLock;

use argon2::password_hash::phc::PasswordHash;
use argon2::password_hash::{PasswordHasher, PasswordVerifier};
use argon2::{Algorithm, Argon2, Params, Version};
use tokio::sync::Semaphore;

use crate::{Error, Result, Services};

/// 19 MiB, two passes, one lane.
const MEMORY_KIB: u32 = 19 * 1024;
const PASSES: u32 = 2;
/// Longer ones are not worked on.
const LONGEST_BYTES: usize = 1000;
/// So many at once, so that a flood of tries does not fill the memory.
static AT_ONCE: Semaphore = Semaphore::const_new(4);

/// Compared with when there is nothing else, so that an unknown address takes as long as a known one.
static NOBODY: LazyLock<Result<String, String>> =
    LazyLock::new(|| hash_now(b"nobody", b"sixteen bytes...").map_err(|error| error.to_string()));

/// The hash of a new password, with a salt of its own.
pub(super) async fn hash(services: &Services, password: &str) -> Result<String> {
    let (password, salt) = (password.as_bytes().to_vec(), services.bytes::<16>());
    at_work(move || hash_now(&password, &salt)).await
}

/// Whether the password is the stored one. Without a stored one the work is the same, and the answer no.
pub(super) async fn verify(password: &str, stored: Option<String>) -> Result<bool> {
    let password = if password.len() > LONGEST_BYTES { Vec::new() } else { password.as_bytes().to_vec() };
    at_work(move || {
        let nobody = NOBODY.as_deref().map_err(|error| Error::Unexpected(error.to_owned()))?;
        let known = stored.is_some();
        let stored = stored.as_deref().unwrap_or(nobody);
        let parsed =
            PasswordHash::new(stored).map_err(|error| Error::Unexpected(format!("stored password: {error}")))?;
        Ok(argon2()?.verify_password(&password, &parsed).is_ok() && known)
    })
    .await
}

async fn at_work<T: Send + 'static>(work: impl FnOnce() -> Result<T> + Send + 'static) -> Result<T> {
    let _permit = AT_ONCE.acquire().await.map_err(|error| Error::Unexpected(error.to_string()))?;
    tokio::task::spawn_blocking(work).await.map_err(|error| Error::Unexpected(error.to_string()))?
}

fn hash_now(password: &[u8], salt: &[u8]) -> Result<String> {
    let hash: PasswordHash = argon2()?
        .hash_password_with_salt(password, salt)
        .map_err(|error| Error::Unexpected(format!("password: {error}")))?;
    Ok(hash.to_string())
}

fn argon2() -> Result<Argon2<'static>> {
    let params = Params::new(MEMORY_KIB, PASSES, 1, None).map_err(|error| Error::Unexpected(error.to_string()))?;
    Ok(Argon2::new(Algorithm::Argon2id, Version::V0x13, params))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[tokio::test]
    async fn a_password_is_known_by_its_hash_alone() {
        let stored = hash_now(b"correct horse battery", b"some salt of our").unwrap();
        assert!(stored.starts_with("$argon2id$v=19$m=19456,t=2,p=1$"), "{stored}");
        assert!(verify("correct horse battery", Some(stored.clone())).await.unwrap());
        assert!(!verify("correct horse batterx", Some(stored.clone())).await.unwrap());
        assert!(!verify("", Some(stored)).await.unwrap());
        assert!(!verify("nobody", None).await.unwrap(), "the stand-in opens nothing");
    }
}
