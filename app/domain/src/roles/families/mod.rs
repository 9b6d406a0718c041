//! The roles themselves, a file for each family or part of one.

mod allied_health;
mod allied_health_senses;
mod ambulance;
mod dental;
mod digital;
mod facilities;
mod management;
mod management_people;
mod medicine;
mod mental_health;
mod midwifery;
mod nursing;
mod nursing_special;
mod pharmacy;
mod public_health;
mod science;
mod science_body;
mod social_care;

use super::role::Role;
use crate::Profession;

/// The roles of a family, in parts.
pub(super) fn of(family: Profession) -> &'static [&'static [Role]] {
    match family {
        Profession::AlliedHealth => &[allied_health::ROLES, allied_health_senses::ROLES],
        Profession::Ambulance => &[ambulance::ROLES],
        Profession::Dental => &[dental::ROLES],
        Profession::Medicine => &[medicine::ROLES],
        Profession::Digital => &[digital::ROLES],
        Profession::Facilities => &[facilities::ROLES],
        Profession::Science => &[science::ROLES, science_body::ROLES],
        Profession::Management => &[management::ROLES, management_people::ROLES],
        Profession::Midwifery => &[midwifery::ROLES],
        Profession::MentalHealth => &[mental_health::ROLES],
        Profession::Nursing => &[nursing::ROLES, nursing_special::ROLES],
        Profession::Pharmacy => &[pharmacy::ROLES],
        Profession::SocialCare => &[social_care::ROLES],
        Profession::PublicHealth => &[public_health::ROLES],
    }
}
