//! Maternity and midwifery.

use crate::Profession::Midwifery;
use crate::roles::entry::Entry::{
    Apprenticeship, Degree, DegreeApprenticeship, Experience, FurtherDegree, Gcse, NoQualifications, Qualified,
};
use crate::roles::interest::Interest::{Biology, Children, Helping, Listening, Organising, Psychology, Teaching};
use crate::roles::register::{Register, Regulator};
use crate::roles::role::Role;

/// The roles.
pub(super) const ROLES: &[Role] = &[
    Role {
        slug: "midwife",
        name: "Midwife",
        family: Midwifery,
        does: &[
            "You look after mothers and their babies before, during and after birth.",
            "You help families to feel ready and safe.",
        ],
        places: &["maternity units", "people's homes", "birth centres"],
        also_called: &["midwifery", "maternity", "deliver babies", "delivering babies", "babies"],
        entry: &[DegreeApprenticeship, Degree, FurtherDegree],
        register: Register::Law(Regulator::Nmc),
        related: &["maternity-support-worker", "neonatal-nurse", "health-visitor", "sonographer"],
        suits: &[Biology, Listening, Helping, Children],
    },
    Role {
        slug: "maternity-support-worker",
        name: "Maternity support worker",
        family: Midwifery,
        does: &[
            "You help midwives, mothers and new babies.",
            "You weigh babies, help with the first feed and keep the room ready.",
        ],
        places: &["maternity units", "people's homes"],
        also_called: &["maternity assistant", "midwife assistant", "maternity care assistant", "midwifery assistant"],
        entry: &[NoQualifications, Gcse, Apprenticeship],
        register: Register::None,
        related: &["midwife", "nursery-nurse", "infant-feeding-adviser"],
        suits: &[Helping, Children, Listening],
    },
    Role {
        slug: "infant-feeding-adviser",
        name: "Infant feeding adviser",
        family: Midwifery,
        does: &[
            "You help parents to feed their new baby in the way that suits them.",
            "You solve problems without making anybody feel bad.",
        ],
        places: &["maternity wards", "people's homes", "children's centres"],
        also_called: &["breastfeeding", "breastfeeding support", "breastfeeding counsellor", "lactation consultant"],
        entry: &[Gcse, Experience, Qualified],
        register: Register::None,
        related: &["maternity-support-worker", "health-visitor"],
        suits: &[Listening, Teaching, Children],
    },
    Role {
        slug: "bereavement-midwife",
        name: "Bereavement midwife",
        family: Midwifery,
        does: &[
            "You are there for parents whose baby has died.",
            "You give them time, make memories with them and stay in touch.",
        ],
        places: &["maternity units", "people's homes"],
        also_called: &["baby loss midwife", "specialist midwife"],
        entry: &[Qualified],
        register: Register::Law(Regulator::Nmc),
        related: &["midwife", "bereavement-officer", "chaplain"],
        suits: &[Listening, Helping, Psychology],
    },
    Role {
        slug: "screening-midwife",
        name: "Screening midwife",
        family: Midwifery,
        does: &[
            "You explain the tests that show how an unborn baby is doing.",
            "You support parents when the answer is not simple.",
        ],
        places: &["maternity units"],
        also_called: &["antenatal screening", "antenatal midwife", "pregnancy tests"],
        entry: &[Qualified],
        register: Register::Law(Regulator::Nmc),
        related: &["midwife", "sonographer", "genetic-counsellor"],
        suits: &[Biology, Listening, Organising],
    },
];
