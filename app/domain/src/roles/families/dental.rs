//! Dental teams.

use crate::Profession::Dental;
use crate::roles::entry::Entry::{
    Apprenticeship, College, Degree, Experience, FurtherDegree, Gcse, NoQualifications, Qualified,
};
use crate::roles::interest::Interest::{
    Art, Biology, Business, Chemistry, Children, Design, Drama, Hands, Helping, Listening, Organising, Teaching,
};
use crate::roles::register::{Register, Regulator};
use crate::roles::role::Role;

/// The roles.
pub(super) const ROLES: &[Role] = &[
    Role {
        slug: "dentist",
        name: "Dentist",
        family: Dental,
        does: &[
            "You look after teeth, gums and mouths.",
            "You find what hurts, mend it and show people how to keep their teeth for life.",
        ],
        places: &["dental surgeries", "hospitals", "schools"],
        also_called: &["dentistry", "dental surgeon", "tooth doctor", "teeth"],
        entry: &[Degree, FurtherDegree],
        register: Register::Law(Regulator::Gdc),
        related: &["dental-nurse", "dental-therapist", "orthodontist", "dental-technician"],
        suits: &[Biology, Chemistry, Hands],
    },
    Role {
        slug: "orthodontist",
        name: "Orthodontist",
        family: Dental,
        does: &[
            "You move crooked teeth into line with braces.",
            "It takes many months, so you get to know people well.",
        ],
        places: &["dental surgeries", "hospitals"],
        also_called: &["braces", "teeth straightening", "orthodontics"],
        entry: &[Qualified],
        register: Register::Law(Regulator::Gdc),
        related: &["dentist", "orthodontic-therapist"],
        suits: &[Biology, Design, Hands],
    },
    Role {
        slug: "dental-nurse",
        name: "Dental nurse",
        family: Dental,
        does: &[
            "You work beside the dentist.",
            "You pass the tools, mix fillings, keep the room clean and look after people who are afraid.",
        ],
        places: &["dental surgeries", "hospitals"],
        also_called: &["dental assistant", "dentist nurse", "dentist assistant", "dental nursing"],
        entry: &[Gcse, College, Apprenticeship],
        register: Register::Law(Regulator::Gdc),
        related: &["dentist", "orthodontic-therapist", "dental-hygienist", "dental-receptionist"],
        suits: &[Biology, Helping, Hands],
    },
    Role {
        slug: "dental-hygienist",
        name: "Dental hygienist",
        family: Dental,
        does: &[
            "You clean teeth and gums where a brush cannot reach.",
            "You teach people to brush well, so that they need no fillings.",
        ],
        places: &["dental surgeries", "hospitals"],
        also_called: &["hygienist", "dental hygiene", "teeth cleaning"],
        entry: &[Degree],
        register: Register::Law(Regulator::Gdc),
        related: &["dental-therapist", "dental-nurse", "oral-health-educator"],
        suits: &[Biology, Hands, Teaching],
    },
    Role {
        slug: "dental-therapist",
        name: "Dental therapist",
        family: Dental,
        does: &[
            "You fill teeth, take out milk teeth and treat sore gums.",
            "You see many children and people who need more time.",
        ],
        places: &["dental surgeries", "schools", "hospitals"],
        also_called: &["dental therapy", "oral health therapist"],
        entry: &[Degree],
        register: Register::Law(Regulator::Gdc),
        related: &["dentist", "dental-hygienist"],
        suits: &[Biology, Hands, Children],
    },
    Role {
        slug: "orthodontic-therapist",
        name: "Orthodontic therapist",
        family: Dental,
        does: &[
            "You fit and change braces to a plan that the orthodontist has made.",
            "You also make models of people's teeth.",
        ],
        places: &["dental surgeries", "hospitals"],
        also_called: &["braces fitter", "orthodontic nurse", "braces"],
        entry: &[Experience],
        register: Register::Law(Regulator::Gdc),
        related: &["orthodontist", "dental-nurse"],
        suits: &[Hands, Design, Helping],
    },
    Role {
        slug: "dental-technician",
        name: "Dental technician",
        family: Dental,
        does: &[
            "You make crowns, false teeth and braces by hand and with 3D printers.",
            "Each one is made for one mouth.",
        ],
        places: &["workshops", "hospitals"],
        also_called: &["dental technology", "false teeth maker", "denture maker", "dental lab"],
        entry: &[College, Apprenticeship, Degree],
        register: Register::Law(Regulator::Gdc),
        related: &["clinical-dental-technician", "prosthetic-technician", "reconstructive-scientist"],
        suits: &[Art, Design, Chemistry, Hands],
    },
    Role {
        slug: "clinical-dental-technician",
        name: "Clinical dental technician",
        family: Dental,
        does: &[
            "You measure people for false teeth, make them and fit them yourself.",
            "You see a person smile again.",
        ],
        places: &["dental surgeries", "workshops"],
        also_called: &["denturist", "denture clinic", "dentures"],
        entry: &[Experience],
        register: Register::Law(Regulator::Gdc),
        related: &["dental-technician", "dentist"],
        suits: &[Design, Hands, Listening],
    },
    Role {
        slug: "dental-receptionist",
        name: "Dental receptionist",
        family: Dental,
        does: &[
            "You welcome people, book visits and answer the phone.",
            "You often calm somebody who is in pain or afraid.",
        ],
        places: &["dental surgeries"],
        also_called: &["dentist receptionist", "dental reception"],
        entry: &[NoQualifications, Gcse, Apprenticeship],
        register: Register::None,
        related: &["dental-nurse", "surgery-receptionist"],
        suits: &[Organising, Listening, Business],
    },
    Role {
        slug: "oral-health-educator",
        name: "Oral health educator",
        family: Dental,
        does: &["You visit schools and care homes to show people how to look after teeth.", "You make brushing fun."],
        places: &["schools", "nurseries", "care homes"],
        also_called: &["oral health promoter", "toothbrushing", "oral health practitioner"],
        entry: &[Apprenticeship, Experience],
        register: Register::None,
        related: &["dental-nurse", "health-improvement-practitioner"],
        suits: &[Teaching, Children, Drama],
    },
];
