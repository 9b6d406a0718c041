//! Administration, finance, people, and running the whole.

use crate::Profession::Management;
use crate::roles::entry::Entry::{Apprenticeship, College, Gcse, NoQualifications};
use crate::roles::interest::Interest::{Computing, English, Listening, Organising, Puzzles};
use crate::roles::register::Register;
use crate::roles::role::Role;

/// The roles.
pub(super) const ROLES: &[Role] = &[
    Role {
        slug: "medical-secretary",
        name: "Medical secretary",
        family: Management,
        does: &[
            "You write to patients, book their visits and keep the doctors' days in order.",
            "Patients ring you first.",
        ],
        places: &["hospitals", "doctors' surgeries"],
        also_called: &[
            "secretary",
            "medical administrator",
            "audio typist",
            "admin",
            "administrator",
            "personal secretary",
        ],
        entry: &[Gcse, College, Apprenticeship],
        register: Register::None,
        related: &["ward-clerk", "booking-coordinator", "health-records-clerk"],
        suits: &[English, Organising, Computing],
    },
    Role {
        slug: "surgery-receptionist",
        name: "Surgery receptionist",
        family: Management,
        does: &[
            "You welcome people at a doctor's surgery and find the right help for them.",
            "You stay friendly on a busy Monday morning.",
        ],
        places: &["doctors' surgeries"],
        also_called: &["receptionist", "reception", "gp receptionist", "doctors receptionist", "front desk"],
        entry: &[NoQualifications, Gcse, Apprenticeship],
        register: Register::None,
        related: &["care-navigator", "ward-clerk", "practice-manager", "dental-receptionist"],
        suits: &[Organising, Listening, Computing],
    },
    Role {
        slug: "ward-clerk",
        name: "Ward clerk",
        family: Management,
        does: &["You keep a ward in order: who comes, who goes, who rings and which notes are missing."],
        places: &["hospital wards"],
        also_called: &[
            "ward receptionist",
            "ward administrator",
            "ward assistant",
            "admin assistant",
            "administration",
            "clerk",
        ],
        entry: &[NoQualifications, Gcse, Apprenticeship],
        register: Register::None,
        related: &["medical-secretary", "surgery-receptionist", "healthcare-support-worker"],
        suits: &[Organising, Listening, English],
    },
    Role {
        slug: "health-records-clerk",
        name: "Health records clerk",
        family: Management,
        does: &[
            "You find, file and scan the notes about each patient.",
            "The right notes must be there at the right time.",
        ],
        places: &["hospitals", "offices"],
        also_called: &["medical records", "records clerk", "filing clerk", "health records"],
        entry: &[NoQualifications, Gcse, Apprenticeship],
        register: Register::None,
        related: &["clinical-coder", "information-governance-officer", "ward-clerk"],
        suits: &[Organising, Computing],
    },
    Role {
        slug: "booking-coordinator",
        name: "Booking coordinator",
        family: Management,
        does: &[
            "You give people a date for their operation or visit.",
            "You fit hundreds of people, rooms and doctors together.",
        ],
        places: &["hospitals", "offices"],
        also_called: &[
            "waiting list coordinator",
            "appointments clerk",
            "patient pathway coordinator",
            "waiting list",
            "scheduler",
            "outpatients",
        ],
        entry: &[Gcse, Apprenticeship],
        register: Register::None,
        related: &["medical-secretary", "operations-manager"],
        suits: &[Organising, Puzzles, Listening],
    },
    Role {
        slug: "switchboard-operator",
        name: "Switchboard operator",
        family: Management,
        does: &[
            "You answer each call to a hospital and put it through.",
            "You also send the message that makes a team run.",
        ],
        places: &["hospitals"],
        also_called: &["telephonist", "telephone operator", "switchboard"],
        entry: &[NoQualifications, Gcse],
        register: Register::None,
        related: &["emergency-call-handler", "surgery-receptionist"],
        suits: &[Listening, Organising],
    },
];
