//! How often one address may search.

use std::collections::HashMap;
use std::net::IpAddr;
use std::sync::{Mutex, PoisonError};

use domain::time::Moment;

/// Counts searches by address and minute, in this process: what has to be limited is what one process
/// spends, and the count is worth nothing a minute later.
#[derive(Debug, Default)]
pub(crate) struct Limit(Mutex<Minute>);

#[derive(Debug, Default)]
struct Minute {
    number: i64,
    counts: HashMap<IpAddr, u32>,
}

impl Limit {
    /// Counts one more search. `Err` with the seconds to wait when there were `most` in this minute already.
    pub(crate) fn count(&self, address: IpAddr, now: Moment, most: u32) -> Result<(), i64> {
        let seconds = now.0.div_euclid(1_000_000);
        let mut minute = self.0.lock().unwrap_or_else(PoisonError::into_inner);
        if minute.number != seconds.div_euclid(60) {
            *minute = Minute { number: seconds.div_euclid(60), counts: HashMap::new() };
        }
        let count = minute.counts.entry(key(address)).or_default();
        if *count >= most {
            return Err(60 - seconds.rem_euclid(60));
        }
        *count += 1;
        Ok(())
    }
}

/// A household has a /64 of IPv6 addresses: they count as one.
fn key(address: IpAddr) -> IpAddr {
    match address {
        IpAddr::V6(v6) => match v6.to_ipv4_mapped() {
            Some(v4) => IpAddr::V4(v4),
            None => IpAddr::V6((v6.to_bits() & !u128::from(u64::MAX)).into()),
        },
        v4 @ IpAddr::V4(_) => v4,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn at(seconds: i64) -> Moment {
        Moment(seconds * 1_000_000)
    }

    #[test]
    fn the_limit_is_by_address_and_minute() {
        let limit = Limit::default();
        let (one, two): (IpAddr, IpAddr) = ("192.0.2.1".parse().unwrap(), "192.0.2.2".parse().unwrap());
        assert_eq!(limit.count(one, at(120), 2), Ok(()));
        assert_eq!(limit.count(one, at(125), 2), Ok(()));
        assert_eq!(limit.count(one, at(130), 2), Err(50));
        assert_eq!(limit.count(two, at(130), 2), Ok(()));
        assert_eq!(limit.count(one, at(180), 2), Ok(()));
    }

    #[test]
    fn addresses_of_one_household_count_together() {
        let limit = Limit::default();
        assert_eq!(limit.count("2001:db8::1".parse().unwrap(), at(0), 1), Ok(()));
        assert_eq!(limit.count("2001:db8::2".parse().unwrap(), at(0), 1), Err(60));
        assert_eq!(limit.count("2001:db8:0:1::2".parse().unwrap(), at(0), 1), Ok(()));
        assert_eq!(limit.count("192.0.2.1".parse().unwrap(), at(0), 1), Ok(()));
        assert_eq!(limit.count("::ffff:192.0.2.1".parse().unwrap(), at(0), 1), Err(60));
    }
}
