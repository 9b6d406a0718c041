//! Allied health, second part: eyes, feelings, backs and operations.

use crate::Profession::AlliedHealth;
use crate::roles::entry::Entry::{Apprenticeship, Degree, DegreeApprenticeship, FurtherDegree, Gcse, NoQualifications};
use crate::roles::interest::Interest::{
    Action, Art, Biology, Business, Children, Design, Drama, Hands, Helping, Listening, Machines, Music, Physics,
    Psychology, Puzzles, Sport,
};
use crate::roles::register::{Register, Regulator};
use crate::roles::role::Role;

/// The roles.
pub(super) const ROLES: &[Role] = &[
    Role {
        slug: "orthoptist",
        name: "Orthoptist",
        family: AlliedHealth,
        does: &[
            "You test how two eyes work together and treat squints, lazy eyes and double vision.",
            "Many of the people you see are small children.",
        ],
        places: &["eye clinics", "hospitals", "schools"],
        also_called: &["orthoptics", "eye therapist", "squint clinic"],
        entry: &[Degree, FurtherDegree],
        register: Register::Law(Regulator::Hcpc),
        related: &["optometrist", "eye-surgeon", "ophthalmic-science-practitioner"],
        suits: &[Biology, Physics, Children, Puzzles],
    },
    Role {
        slug: "optometrist",
        name: "Optometrist",
        family: AlliedHealth,
        does: &[
            "You test people's sight and look for diseases inside the eye.",
            "You say which glasses or lenses will help.",
        ],
        places: &["opticians' shops", "hospitals"],
        also_called: &["optician", "optometry", "eye test", "eye doctor"],
        entry: &[Degree],
        register: Register::Law(Regulator::Goc),
        related: &["dispensing-optician", "orthoptist", "eye-surgeon"],
        suits: &[Physics, Biology, Machines, Listening],
    },
    Role {
        slug: "dispensing-optician",
        name: "Dispensing optician",
        family: AlliedHealth,
        does: &[
            "You help people to choose glasses that fit their face and their eyes.",
            "You measure, adjust and mend them.",
        ],
        places: &["opticians' shops"],
        also_called: &["optician", "glasses fitter", "spectacles"],
        entry: &[Gcse, Degree],
        register: Register::Law(Regulator::Goc),
        related: &["optometrist", "hearing-aid-dispenser"],
        suits: &[Physics, Design, Business, Listening],
    },
    Role {
        slug: "art-therapist",
        name: "Art therapist",
        family: AlliedHealth,
        does: &[
            "You help people to show feelings that they cannot put into words.",
            "You paint, draw and make things together, then talk about them.",
        ],
        places: &["hospitals", "schools", "prisons", "hospices"],
        also_called: &["art therapy", "art psychotherapist"],
        entry: &[FurtherDegree],
        register: Register::Law(Regulator::Hcpc),
        related: &["music-therapist", "dramatherapist", "counsellor"],
        suits: &[Art, Psychology, Listening],
    },
    Role {
        slug: "music-therapist",
        name: "Music therapist",
        family: AlliedHealth,
        does: &[
            "You play, sing and make sounds with people who find it hard to share how they feel.",
            "You do not need the same language.",
        ],
        places: &["hospitals", "schools", "care homes", "hospices"],
        also_called: &["music therapy"],
        entry: &[FurtherDegree],
        register: Register::Law(Regulator::Hcpc),
        related: &["art-therapist", "dramatherapist", "activities-coordinator"],
        suits: &[Music, Psychology, Listening],
    },
    Role {
        slug: "dramatherapist",
        name: "Dramatherapist",
        family: AlliedHealth,
        does: &[
            "You use stories, masks and acting to help people with hard times in their lives.",
            "You lead groups and work with one person at a time.",
        ],
        places: &["schools", "hospitals", "prisons"],
        also_called: &["drama therapist", "drama therapy", "dramatherapy"],
        entry: &[FurtherDegree],
        register: Register::Law(Regulator::Hcpc),
        related: &["art-therapist", "music-therapist", "family-therapist"],
        suits: &[Drama, Psychology, Listening],
    },
    Role {
        slug: "osteopath",
        name: "Osteopath",
        family: AlliedHealth,
        does: &[
            "You treat sore backs, necks and joints with your hands.",
            "You stretch and press muscles, and show people how to stay well.",
        ],
        places: &["clinics", "health centres", "sports clubs"],
        also_called: &["osteopathy", "back pain specialist"],
        entry: &[Degree],
        register: Register::Law(Regulator::Gosc),
        related: &["physiotherapist", "exercise-physiologist"],
        suits: &[Biology, Sport, Hands],
    },
    Role {
        slug: "operating-department-practitioner",
        name: "Operating department practitioner",
        family: AlliedHealth,
        does: &[
            "You look after people before, during and after an operation.",
            "You get the machines ready and hand the tools to the surgeon.",
        ],
        places: &["operating theatres", "hospitals"],
        also_called: &["odp", "theatre practitioner", "operating theatre", "scrub practitioner"],
        entry: &[DegreeApprenticeship, Degree],
        register: Register::Law(Regulator::Hcpc),
        related: &["theatre-support-worker", "theatre-nurse", "surgeon", "anaesthetist"],
        suits: &[Biology, Machines, Action, Helping],
    },
    Role {
        slug: "theatre-support-worker",
        name: "Theatre support worker",
        family: AlliedHealth,
        does: &[
            "You make an operating room ready, move people safely and count the tools.",
            "You keep everything clean and to hand.",
        ],
        places: &["operating theatres", "hospitals"],
        also_called: &["theatre assistant", "theatre healthcare assistant", "theatre porter"],
        entry: &[NoQualifications, Gcse, Apprenticeship],
        register: Register::None,
        related: &["operating-department-practitioner", "sterile-services-technician", "porter"],
        suits: &[Helping, Action, Hands],
    },
];
