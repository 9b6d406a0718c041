//! Pharmacy.

use crate::Profession::Pharmacy;
use crate::roles::entry::Entry::{Apprenticeship, College, Degree, FurtherDegree, Gcse, NoQualifications, Qualified};
use crate::roles::interest::Interest::{
    Biology, Chemistry, Hands, Helping, Listening, Machines, Maths, Organising, Physics, Puzzles, Teaching,
};
use crate::roles::register::{Register, Regulator};
use crate::roles::role::Role;

/// The roles.
pub(super) const ROLES: &[Role] = &[
    Role {
        slug: "pharmacist",
        name: "Pharmacist",
        family: Pharmacy,
        does: &[
            "You know medicines better than anybody.",
            "You check that each is right and safe, and tell people how to take it.",
        ],
        places: &["pharmacies", "hospitals", "doctors' surgeries"],
        also_called: &[
            "chemist",
            "pharmacy",
            "community pharmacist",
            "hospital pharmacist",
            "medicines",
            "pharmacology",
        ],
        entry: &[Degree],
        register: Register::Law(Regulator::Gphc),
        related: &["pharmacy-technician", "clinical-trials-pharmacist", "dispensing-assistant"],
        suits: &[Chemistry, Biology, Maths, Listening],
    },
    Role {
        slug: "pharmacy-technician",
        name: "Pharmacy technician",
        family: Pharmacy,
        does: &[
            "You get medicines ready, check them and explain them.",
            "On a ward you make sure that people have the right ones.",
        ],
        places: &["hospitals", "pharmacies", "doctors' surgeries"],
        also_called: &["pharmacy tech", "medicines technician", "pharm tech", "ward pharmacy technician"],
        entry: &[College, Apprenticeship],
        register: Register::Law(Regulator::Gphc),
        related: &["pharmacist", "pharmacy-assistant", "medicines-production-technician"],
        suits: &[Chemistry, Maths, Organising],
    },
    Role {
        slug: "pharmacy-assistant",
        name: "Pharmacy assistant",
        family: Pharmacy,
        does: &[
            "You put medicines on shelves, pack them and help customers.",
            "You learn fast which ones belong together.",
        ],
        places: &["pharmacies", "hospitals"],
        also_called: &[
            "chemist assistant",
            "medicines counter assistant",
            "pharmacy support worker",
            "pharmacy helper",
            "chemist shop",
        ],
        entry: &[NoQualifications, Gcse, Apprenticeship],
        register: Register::None,
        related: &["pharmacy-technician", "dispensing-assistant", "stores-assistant"],
        suits: &[Chemistry, Organising, Helping],
    },
    Role {
        slug: "dispensing-assistant",
        name: "Dispensing assistant",
        family: Pharmacy,
        does: &["You pick, count and label the medicines that a doctor ordered.", "You check each name twice."],
        places: &["pharmacies", "doctors' surgeries"],
        also_called: &["dispenser", "pharmacy dispenser", "dispensary", "dispensing"],
        entry: &[Gcse, Apprenticeship],
        register: Register::None,
        related: &["pharmacy-assistant", "pharmacy-technician"],
        suits: &[Chemistry, Maths, Organising],
    },
    Role {
        slug: "medicines-production-technician",
        name: "Medicines production technician",
        family: Pharmacy,
        does: &[
            "You make medicines for one person, in a room where the air is cleaner than anywhere else.",
            "Cancer medicines are made this way.",
        ],
        places: &["hospitals", "clean rooms"],
        also_called: &[
            "aseptic technician",
            "pharmacy production",
            "clean room technician",
            "medicine maker",
            "pharmaceutical technician",
        ],
        entry: &[College, Apprenticeship, Degree],
        register: Register::None,
        related: &["pharmacy-technician", "radiopharmacy-scientist"],
        suits: &[Chemistry, Machines, Hands],
    },
    Role {
        slug: "radiopharmacy-scientist",
        name: "Radiopharmacy scientist",
        family: Pharmacy,
        does: &[
            "You make medicines that glow for special cameras.",
            "They lose their strength in hours, so each minute counts.",
        ],
        places: &["hospitals", "clean rooms"],
        also_called: &["radiopharmacist", "radiopharmacy", "radioactive medicines", "nuclear pharmacist"],
        entry: &[FurtherDegree],
        register: Register::Law(Regulator::Hcpc),
        related: &["nuclear-medicine-technologist", "medicines-production-technician", "pharmacist"],
        suits: &[Chemistry, Physics, Maths],
    },
    Role {
        slug: "clinical-trials-pharmacist",
        name: "Clinical trials pharmacist",
        family: Pharmacy,
        does: &[
            "You look after new medicines while they are tested on people.",
            "You make sure that nobody knows who has the dummy pill.",
        ],
        places: &["hospitals", "research centres"],
        also_called: &["trials pharmacist", "research pharmacist", "new medicines", "drug trials"],
        entry: &[Qualified],
        register: Register::Law(Regulator::Gphc),
        related: &["research-nurse", "clinical-trials-coordinator", "pharmacist"],
        suits: &[Chemistry, Maths, Puzzles],
    },
    Role {
        slug: "medicines-safety-officer",
        name: "Medicines safety officer",
        family: Pharmacy,
        does: &[
            "You find out why a mistake with a medicine was made.",
            "You change labels, lists and habits, so that it cannot happen again.",
        ],
        places: &["hospitals", "offices"],
        also_called: &["medicines safety", "medication safety officer", "medicines information", "medication safety"],
        entry: &[Qualified],
        register: Register::OwnProfession,
        related: &["pharmacist", "patient-safety-officer"],
        suits: &[Chemistry, Puzzles, Teaching],
    },
];
