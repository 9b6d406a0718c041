//! How often something may be tried. Counted in the database, so that several instances share it.

use std::net::IpAddr;

use store::Tx;

use crate::{Ctx, Error, Result, Services};

/// At most so many in so many minutes.
#[derive(Debug, Clone, Copy)]
pub(super) struct Limit {
    pub what: &'static str,
    pub most: i64,
    pub minutes: i64,
}

/// Codes to one address.
pub(super) const CODES: Limit = Limit { what: "code", most: 3, minutes: 15 };
/// Codes asked for from one place. A class of 30 signs in from one school's address.
pub(super) const CODES_FROM: Limit = Limit { what: "code_from", most: 100, minutes: 15 };
/// Passwords for one address.
pub(super) const PASSWORDS: Limit = Limit { what: "password", most: 10, minutes: 15 };
/// Passwords from one place.
pub(super) const PASSWORDS_FROM: Limit = Limit { what: "password_from", most: 50, minutes: 15 };
/// Second factors for one account: whoever has the password cannot go through all codes.
pub(super) const SECOND_FACTORS: Limit = Limit { what: "second_factor", most: 10, minutes: 60 };

/// Notes one attempt.
///
/// # Errors
/// [`Error::TooMany`] when there were as many as allowed; then nothing is noted.
pub(super) async fn note(tx: &mut Tx, services: &Services, limit: Limit, subject: &str) -> Result<()> {
    let (now, subject) = (services.now(), keyed(services, subject));
    let (count, oldest) =
        store::sign_ins::count_attempts(tx, limit.what, &subject, now.plus_minutes(-limit.minutes)).await?;
    if count >= limit.most {
        let free = oldest.unwrap_or(now).plus_minutes(limit.minutes);
        return Err(Error::TooMany(free.seconds_since(now).max(1)));
    }
    Ok(store::sign_ins::record_attempt(tx, limit.what, &subject, now).await?)
}

/// Notes one attempt from where the request comes; nothing when that is unknown.
pub(super) async fn note_from(tx: &mut Tx, ctx: &Ctx, limit: Limit) -> Result<()> {
    match ctx.address {
        Some(address) => note(tx, &ctx.services, limit, &place(address)).await,
        None => Ok(()),
    }
}

/// Forgets the attempts of a subject.
pub(super) async fn forget(tx: &mut Tx, services: &Services, limit: Limit, subject: &str) -> Result<()> {
    Ok(store::sign_ins::forget_attempts(tx, limit.what, &keyed(services, subject)).await?)
}

/// One household or school: an IPv6 address counts by its first 64 bits.
fn place(address: IpAddr) -> String {
    match address.to_canonical() {
        IpAddr::V4(v4) => v4.to_string(),
        IpAddr::V6(v6) => {
            let [a, b, c, d, ..] = v6.segments();
            format!("{a:x}:{b:x}:{c:x}:{d:x}::/64")
        }
    }
}

/// Addresses are not kept for counting: only a hash that cannot be guessed without our key.
fn keyed(services: &Services, subject: &str) -> String {
    crate::context::hash(&format!("{}:{subject}", crate::context::hex(&services.settings.secret_key)))
}

#[cfg(test)]
mod tests {
    use super::place;

    #[test]
    fn one_household_is_one_place() {
        let place = |text: &str| place(text.parse().unwrap());
        assert_eq!(place("2001:db8:1:2:3::4"), place("2001:db8:1:2:ffff::9"));
        assert_ne!(place("2001:db8:1:2::1"), place("2001:db8:1:3::1"));
        assert_eq!(place("::ffff:192.0.2.1"), "192.0.2.1");
    }
}
