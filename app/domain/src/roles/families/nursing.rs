//! Nursing of adults, children and people with a learning disability.

use crate::Profession::Nursing;
use crate::roles::entry::Entry::{
    Apprenticeship, Degree, DegreeApprenticeship, FurtherDegree, Gcse, NoQualifications, Qualified,
};
use crate::roles::interest::Interest::{
    Biology, Children, Helping, Listening, Organising, Outdoors, Psychology, Teaching,
};
use crate::roles::register::{Register, Regulator};
use crate::roles::role::Role;

/// The roles.
pub(super) const ROLES: &[Role] = &[
    Role {
        slug: "adult-nurse",
        name: "Adult nurse",
        family: Nursing,
        does: &[
            "You look after adults who are ill or hurt.",
            "You give medicine, watch for changes and explain what happens next.",
        ],
        places: &["hospitals", "health centres", "people's homes", "care homes"],
        also_called: &["nurse", "nursing", "staff nurse", "ward nurse", "general nurse", "registered nurse"],
        entry: &[DegreeApprenticeship, Degree, FurtherDegree],
        register: Register::Law(Regulator::Nmc),
        related: &["nursing-associate", "healthcare-support-worker", "practice-nurse", "emergency-nurse"],
        suits: &[Biology, Helping, Listening],
    },
    Role {
        slug: "childrens-nurse",
        name: "Children's nurse",
        family: Nursing,
        does: &[
            "You look after ill babies, children and teenagers.",
            "You help them to be brave, and their parents or carers too.",
        ],
        places: &["children's wards", "people's homes", "schools"],
        also_called: &[
            "paediatric nurse",
            "pediatric nurse",
            "child nurse",
            "kids nurse",
            "baby nurse",
            "nurse",
            "childrens nursing",
        ],
        entry: &[DegreeApprenticeship, Degree, FurtherDegree],
        register: Register::Law(Regulator::Nmc),
        related: &["childrens-doctor", "neonatal-nurse", "health-play-specialist", "school-nurse"],
        suits: &[Biology, Children, Helping, Listening],
    },
    Role {
        slug: "learning-disability-nurse",
        name: "Learning disability nurse",
        family: Nursing,
        does: &[
            "You help people with a learning disability to be healthy and to live as they wish.",
            "You make sure that others listen to them.",
        ],
        places: &["people's homes", "hospitals", "schools"],
        also_called: &["ld nurse", "nurse", "rnld"],
        entry: &[DegreeApprenticeship, Degree, FurtherDegree],
        register: Register::Law(Regulator::Nmc),
        related: &["support-worker", "mental-health-nurse", "advocate"],
        suits: &[Psychology, Helping, Listening],
    },
    Role {
        slug: "nursing-associate",
        name: "Nursing associate",
        family: Nursing,
        does: &[
            "You do much of what a nurse does, such as checks, medicine and dressings.",
            "You learn while you work and can go on to be a nurse.",
        ],
        places: &["hospitals", "care homes", "doctors' surgeries"],
        also_called: &["trainee nursing associate", "assistant nurse", "nurse associate"],
        entry: &[Apprenticeship],
        register: Register::Law(Regulator::Nmc),
        related: &["adult-nurse", "healthcare-support-worker"],
        suits: &[Biology, Helping, Listening],
    },
    Role {
        slug: "healthcare-support-worker",
        name: "Healthcare support worker",
        family: Nursing,
        does: &[
            "You help people to wash, eat and move, and check their pulse and temperature.",
            "You are the one who has time to chat.",
        ],
        places: &["hospitals", "health centres", "people's homes"],
        also_called: &[
            "hca",
            "hcsw",
            "healthcare assistant",
            "health care assistant",
            "nursing assistant",
            "nurse helper",
            "auxiliary nurse",
            "clinical support worker",
        ],
        entry: &[NoQualifications, Gcse, Apprenticeship],
        register: Register::None,
        related: &["nursing-associate", "care-worker", "maternity-support-worker", "mental-health-support-worker"],
        suits: &[Helping, Listening, Biology],
    },
    Role {
        slug: "district-nurse",
        name: "District nurse",
        family: Nursing,
        does: &[
            "You nurse people in their own homes and lead a team that does.",
            "You dress wounds, give injections and help families to cope.",
        ],
        places: &["people's homes", "care homes"],
        also_called: &["community nurse", "home nurse", "visiting nurse"],
        entry: &[Qualified],
        register: Register::Law(Regulator::Nmc),
        related: &["adult-nurse", "home-care-worker", "hospice-nurse"],
        suits: &[Biology, Outdoors, Listening],
    },
    Role {
        slug: "practice-nurse",
        name: "Practice nurse",
        family: Nursing,
        does: &[
            "You see people at the doctor's surgery for jabs, wounds, tests and advice.",
            "You know many of them well.",
        ],
        places: &["doctors' surgeries"],
        also_called: &["gp nurse", "surgery nurse", "general practice nurse", "doctors nurse"],
        entry: &[DegreeApprenticeship, Degree, Qualified],
        register: Register::Law(Regulator::Nmc),
        related: &["gp", "adult-nurse", "vaccinator", "diabetes-nurse", "advanced-clinical-practitioner"],
        suits: &[Biology, Listening, Organising],
    },
    Role {
        slug: "school-nurse",
        name: "School nurse",
        family: Nursing,
        does: &[
            "You look after the health of all pupils in several schools.",
            "Young people can talk to you about anything.",
        ],
        places: &["schools", "health centres"],
        also_called: &["school nursing", "school health"],
        entry: &[Qualified],
        register: Register::Law(Regulator::Nmc),
        related: &["health-visitor", "childrens-nurse", "school-mental-health-practitioner", "vaccinator"],
        suits: &[Children, Listening, Teaching],
    },
    Role {
        slug: "health-visitor",
        name: "Health visitor",
        family: Nursing,
        does: &[
            "You visit families with babies and small children.",
            "You check that they grow well and help tired parents.",
        ],
        places: &["people's homes", "children's centres"],
        also_called: &["health visiting", "baby clinic"],
        entry: &[Qualified],
        register: Register::Law(Regulator::Nmc),
        related: &["midwife", "school-nurse", "nursery-nurse", "family-support-worker"],
        suits: &[Children, Listening, Biology],
    },
];
