//! "Show me roles that I have never heard of."

use super::{Role, in_family};
use crate::Profession;

/// How many roles one answer shows.
pub const HOW_MANY: usize = 6;

/// What nearly everybody of school age has heard of. Whatever is not here is little known.
pub(super) const WELL_KNOWN: &[&str] = &[
    "accountant",
    "adult-nurse",
    "anaesthetist",
    "care-worker",
    "carpenter",
    "childrens-doctor",
    "childrens-nurse",
    "cleaner",
    "counsellor",
    "courier-driver",
    "dental-nurse",
    "dental-receptionist",
    "dentist",
    "electrician",
    "emergency-call-handler",
    "emergency-doctor",
    "emergency-nurse",
    "foster-carer",
    "gp",
    "healthcare-support-worker",
    "home-care-worker",
    "hospital-chef",
    "hospital-doctor",
    "human-resources-adviser",
    "it-support-technician",
    "mental-health-nurse",
    "midwife",
    "optometrist",
    "painter-and-decorator",
    "paramedic",
    "pharmacist",
    "physiotherapist",
    "plumber",
    "porter",
    "psychiatrist",
    "security-officer",
    "social-worker",
    "software-developer",
    "surgeon",
    "surgery-receptionist",
    "youth-worker",
];

/// [`HOW_MANY`] little-known roles, each of another family. The same seed gives the same roles; the
/// caller draws the seed, and keeps it in the address so that the page can be shared.
#[must_use]
pub fn new_to_me(seed: u64) -> Vec<&'static Role> {
    let mut random = SplitMix(seed);
    let mut families: Vec<Vec<&'static Role>> = Profession::ALL
        .iter()
        .map(|family| in_family(*family).filter(|role| role.is_little_known()).collect())
        .filter(|roles: &Vec<_>| !roles.is_empty())
        .collect();
    let mut chosen = Vec::with_capacity(HOW_MANY);
    while chosen.len() < HOW_MANY && !families.is_empty() {
        let family = families.swap_remove(random.below(families.len()));
        chosen.push(family[random.below(family.len())]);
    }
    chosen
}

/// Steele, Lea and Flood's SplitMix64: small, and neighbouring seeds give answers that differ.
struct SplitMix(u64);

impl SplitMix {
    fn next(&mut self) -> u64 {
        self.0 = self.0.wrapping_add(0x9e37_79b9_7f4a_7c15);
        let mut z = self.0;
        z = (z ^ (z >> 30)).wrapping_mul(0xbf58_476d_1ce4_e5b9);
        z = (z ^ (z >> 27)).wrapping_mul(0x94d0_49bb_1331_11eb);
        z ^ (z >> 31)
    }

    /// A number under `n`, which is not 0. That the first numbers come up more often is less than one in
    /// 10¹⁷ for the sizes here.
    fn below(&mut self, n: usize) -> usize {
        usize::try_from(self.next() % n as u64).unwrap_or_default()
    }
}
