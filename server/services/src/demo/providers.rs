//! The invented organisations. Their codes are "DEMO01" and so on, which is longer than an ODS code, and
//! "900001" and so on for schools, far above the highest URN (402460 in the official list of July 2022).
//! No name here is in the official lists of trusts and schools of 2022.

/// What kinds of work a provider has.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Setting {
    /// Wards, theatres, laboratories and everything that keeps them going.
    Hospital,
    /// Mental health and community teams.
    Mental,
    /// Ambulances and their control room.
    Ambulance,
    /// A GP practice.
    Practice,
    /// A dental practice.
    Dental,
    /// A high street pharmacy.
    Pharmacy,
    /// Care homes, home care, supported living.
    Care,
    /// A voluntary organisation.
    Charity,
    /// A hospice.
    Hospice,
    /// An office that plans health and care for an area.
    Board,
}

/// Whether a provider with these settings has what is offered at those; everywhere, where none is named.
pub(super) fn has_any(settings: &[Setting], at: &[Setting]) -> bool {
    at.is_empty() || at.iter().any(|setting| settings.contains(setting))
}

/// A place that a provider has.
#[derive(Debug, Clone, Copy)]
pub(super) struct Building {
    pub name: &'static str,
    pub street: &'static str,
    pub town: &'static str,
    pub directions: &'static str,
}

/// An invented provider.
#[derive(Debug, Clone, Copy)]
pub(super) struct Provider {
    /// Its name.
    pub name: &'static str,
    /// Kind of organisation, as stored.
    pub kind: &'static str,
    /// The host of its addresses, before ".example".
    pub host: &'static str,
    /// What it has.
    pub settings: &'static [Setting],
    /// How many offers of work experience it publishes.
    pub work: usize,
    /// How many of work-related learning.
    pub learning: usize,
    /// How many of careers information.
    pub careers: usize,
    /// Its places; the first is its own address.
    pub buildings: &'static [Building],
    /// Coordinator's name.
    pub coordinator: &'static str,
}

const fn b(name: &'static str, street: &'static str, town: &'static str, directions: &'static str) -> Building {
    Building { name, street, town, directions }
}

use Setting as S;

/// How many of [`PROVIDERS`], from the first, have staff of every sort and applications in every state.
pub(super) const MAIN: usize = 3;

/// Every provider; the first three are the main ones.
#[rustfmt::skip]
pub(super) const PROVIDERS: &[Provider] = &[
    Provider {
        name: "Calder Vale NHS Trust",
        kind: "nhs_trust", host: "caldervale",
        settings: &[S::Hospital],
        work: 26, learning: 4, careers: 4,
        coordinator: "Helen Makewell",
        buildings: &[
            b("Calder Vale Hospital", "Beacon Road", "Halifax", "Buses stop at the main entrance. From the train station it is 15 minutes on foot, uphill. Ask at the desk in the entrance hall."),
            b("Beck Lane Community Hospital", "Beck Lane", "Huddersfield", "The bus station is 10 minutes away on foot. The entrance is beside the clock."),
        ],
    },
    Provider {
        name: "Wolds and Estuary Care NHS Foundation Trust",
        kind: "nhs_trust", host: "woldsestuary",
        settings: &[S::Mental, S::Hospital],
        work: 22, learning: 4, careers: 4,
        coordinator: "Imran Storyfield",
        buildings: &[
            b("Harbour House", "Quay Street", "Hull", "The train and bus stations are next to each other, 12 minutes away on foot. Ring the bell at the blue door."),
            b("Minster Gate Clinic", "Gate Row", "York", "Any bus to the station is near. The clinic is inside the city wall, 10 minutes on foot."),
        ],
    },
    Provider {
        name: "Wrenfield Care Group",
        kind: "social_care", host: "wrenfield",
        settings: &[S::Care],
        work: 16, learning: 3, careers: 3,
        coordinator: "Joy Trialstone",
        buildings: &[
            b("Wrenfield House", "Lime Avenue", "Nottingham", "The tram stops at the end of the avenue. The front door has a ramp."),
            b("Wrenfield Court", "Mill Rise", "Derby", "Two buses an hour stop outside. There is a cycle stand behind the house."),
        ],
    },
    Provider {
        name: "Tamebridge Hospitals NHS Foundation Trust",
        kind: "nhs_trust", host: "tamebridge",
        settings: &[S::Hospital],
        work: 20, learning: 2, careers: 2,
        coordinator: "Ruth Showcroft",
        buildings: &[
            b("Tamebridge General Hospital", "Canal Street", "Manchester", "A free bus runs from the main station every 10 minutes. Get off at the last stop."),
            b("Vernon Park Hospital", "Park Row", "Stockport", "It is a short walk from the bus station, past the viaduct."),
        ],
    },
    Provider {
        name: "Merrowdale University Hospitals NHS Trust",
        kind: "nhs_trust", host: "merrowdale",
        settings: &[S::Hospital],
        work: 20, learning: 2, careers: 2,
        coordinator: "Sanjay Modelby",
        buildings: &[
            b("Merrowdale Hospital", "Foundry Road", "Birmingham", "The hospital has its own train stop. Follow the yellow signs to Gate 2."),
            b("Penn Heath Hospital", "Heath Lane", "Wolverhampton", "The tram stops at the gates. Reception is on the ground floor."),
        ],
    },
    Provider {
        name: "Saltmarsh and Fens NHS Foundation Trust",
        kind: "nhs_trust", host: "saltmarshfens",
        settings: &[S::Hospital],
        work: 19, learning: 2, careers: 2,
        coordinator: "Grace Placeholt",
        buildings: &[
            b("Fen Edge Hospital", "Drove Road", "Peterborough", "Buses stop at the main door every 20 minutes. There is a bus from the train station."),
            b("Willow Ferry Hospital", "Ferry Path", "Cambridge", "You can cycle here on quiet paths. The bus stop is across the road."),
        ],
    },
    Provider {
        name: "Moorland and Coast Healthcare NHS Trust",
        kind: "nhs_trust", host: "moorlandcoast",
        settings: &[S::Hospital],
        work: 18, learning: 2, careers: 2,
        coordinator: "Tom Samplewood",
        buildings: &[
            b("Tor View Hospital", "Tor Road", "Exeter", "The park and ride stops at the hospital. Use the west entrance."),
            b("Breakwater Hospital", "Sound Street", "Plymouth", "Every city bus to the harbour stops nearby."),
            b("Carrick Clinic", "River Lane", "Truro", "The clinic is 5 minutes from the bus station."),
        ],
    },
    Provider {
        name: "Thames Meadow NHS Foundation Trust",
        kind: "nhs_trust", host: "thamesmeadow",
        settings: &[S::Hospital],
        work: 19, learning: 2, careers: 2,
        coordinator: "Anna Fictor",
        buildings: &[
            b("Meadow Hospital", "Ferry Hinksey Way", "Oxford", "Buses leave the train station every 10 minutes. The stop is called Meadow Hospital."),
            b("Kennet Bank Hospital", "Bank Street", "Reading", "It is 15 minutes on foot from the station, along the river."),
        ],
    },
    Provider {
        name: "Downs and Weald Hospitals NHS Trust",
        kind: "nhs_trust", host: "downsweald",
        settings: &[S::Hospital],
        work: 19, learning: 2, careers: 2,
        coordinator: "Peter Inventham",
        buildings: &[
            b("South Lanes Hospital", "Prospect Terrace", "Brighton", "Take any bus along the sea front and get off at the hospital."),
            b("Wealden Hospital", "Hop Garden Road", "Maidstone", "There is a bus from both train stations. Come to the main desk."),
            b("Stour Clinic", "Stour Walk", "Canterbury", "The clinic is beside the river path, near the west station."),
        ],
    },
    Provider {
        name: "Solway Fells Partnership NHS Foundation Trust",
        kind: "nhs_trust", host: "solwayfells",
        settings: &[S::Mental],
        work: 12, learning: 2, careers: 2,
        coordinator: "Eleanor Makewell",
        buildings: &[
            b("Fellside Centre", "Eden Bridge Road", "Carlisle", "The train station is 10 minutes away on foot. There is level access at the side."),
            b("Lune Street Clinic", "Lune Street", "Preston", "The clinic is opposite the bus station."),
        ],
    },
    Provider {
        name: "Tyne Haven Mental Health NHS Foundation Trust",
        kind: "nhs_trust", host: "tynehaven",
        settings: &[S::Mental],
        work: 12, learning: 2, careers: 2,
        coordinator: "Callum Storyfield",
        buildings: &[
            b("Haven House", "Ouseburn Row", "Newcastle upon Tyne", "The metro stops nearby. We meet you at the station on your first day if you like."),
            b("Wearside Centre", "Bridge Street", "Sunderland", "Five minutes on foot from the metro."),
        ],
    },
    Provider {
        name: "Eastern Heath Ambulance Service NHS Trust",
        kind: "nhs_trust", host: "easternheath",
        settings: &[S::Ambulance],
        work: 6, learning: 2, careers: 3,
        coordinator: "Debbie Mockford",
        buildings: &[
            b("Heath Road Ambulance Station", "Heath Road", "Norwich", "The bus to the university stops outside. Ring at the small door, not at the garage."),
            b("Gipping Control Centre", "Gipping Way", "Ipswich", "It is 15 minutes on foot from the train station. Bring your letter: the gate is locked."),
        ],
    },
    Provider {
        name: "Avon Ridge Children's Hospital NHS Trust",
        kind: "nhs_trust", host: "avonridge",
        settings: &[S::Hospital],
        work: 16, learning: 2, careers: 2,
        coordinator: "Mei Pretendale",
        buildings: &[b("Avon Ridge Children's Hospital", "Kite Hill", "Bristol", "The harbour bus stops at the door. Look for the big orange kite.")],
    },
    Provider {
        name: "Larkspur Lane Surgery",
        kind: "gp_practice", host: "larkspurlane",
        settings: &[S::Practice],
        work: 5, learning: 1, careers: 1,
        coordinator: "Dr Neil Exampleton",
        buildings: &[b("Larkspur Lane Surgery", "Larkspur Lane", "Leeds", "Three buses stop at the corner. There is no car park for visitors.")],
    },
    Provider {
        name: "Old Tannery Medical Practice",
        kind: "gp_practice", host: "oldtannery",
        settings: &[S::Practice],
        work: 5, learning: 1, careers: 1,
        coordinator: "Farah Modelby",
        buildings: &[b("Old Tannery Medical Practice", "Tannery Yard", "Northampton", "Walk through the arch beside the market. The lift is on the left.")],
    },
    Provider {
        name: "Hob Green Family Practice",
        kind: "gp_practice", host: "hobgreen",
        settings: &[S::Practice],
        work: 5, learning: 1, careers: 1,
        coordinator: "Lucy Trialstone",
        buildings: &[b("Hob Green Family Practice", "Spon Row", "Coventry", "The practice is above the library. Use the ramp from the square.")],
    },
    Provider {
        name: "Pearmain Dental Care",
        kind: "dental_practice", host: "pearmaindental",
        settings: &[S::Dental],
        work: 5, learning: 1, careers: 2,
        coordinator: "Asha Samplewood",
        buildings: &[b("Pearmain Dental Care", "Orchard Street", "Leicester", "It is 10 minutes on foot from the train station. The bell is beside the green door.")],
    },
    Provider {
        name: "Three Elms Community Pharmacy",
        kind: "pharmacy", host: "threeelms",
        settings: &[S::Pharmacy],
        work: 4, learning: 1, careers: 2,
        coordinator: "Yusuf Placeholt",
        buildings: &[b("Three Elms Community Pharmacy", "Elm Parade", "Sheffield", "The tram stops across the road.")],
    },
    Provider {
        name: "Goldfinch Home Care",
        kind: "social_care", host: "goldfinchcare",
        settings: &[S::Care],
        work: 7, learning: 1, careers: 2,
        coordinator: "Marie Fictor",
        buildings: &[
            b("Goldfinch Home Care office", "Itchen Parade", "Southampton", "The office is above the bakery. Ring and we come down."),
            b("Goldfinch Day Centre", "Spinnaker Road", "Portsmouth", "The bus from the harbour stops outside."),
        ],
    },
    Provider {
        name: "Orchard Row Supported Living",
        kind: "social_care", host: "orchardrow",
        settings: &[S::Care],
        work: 7, learning: 1, careers: 1,
        coordinator: "Owen Showcroft",
        buildings: &[
            b("Orchard Row", "Teme Street", "Worcester", "It is level all the way from the station. Look for the row of apple trees."),
            b("Wye Cottages", "Weir Road", "Hereford", "Buses stop at the end of the road once an hour."),
        ],
    },
    Provider {
        name: "Lantern Hill Hospice",
        kind: "voluntary", host: "lanternhill",
        settings: &[S::Hospice, S::Charity],
        work: 7, learning: 1, careers: 2,
        coordinator: "Bridget Inventham",
        buildings: &[b("Lantern Hill Hospice", "Steep Lane", "Lincoln", "The hill is steep. A minibus meets the 9am train: tell us if you want a seat.")],
    },
    Provider {
        name: "Open Gate Wellbeing",
        kind: "voluntary", host: "opengate",
        settings: &[S::Charity],
        work: 6, learning: 2, careers: 2,
        coordinator: "Kwame Pretendale",
        buildings: &[
            b("Open Gate Centre", "Wandle Walk", "Croydon", "Two tram stops are near. The door is on the garden side."),
            b("Ravensbourne Room", "Mill Road", "Lewisham", "Next to the library. Step-free from the station."),
        ],
    },
    Provider {
        name: "Second Wind Youth Health Project",
        kind: "voluntary", host: "secondwind",
        settings: &[S::Charity],
        work: 6, learning: 2, careers: 2,
        coordinator: "Shannon Mockford",
        buildings: &[
            b("Second Wind", "Rope Street", "Liverpool", "Five minutes from the central station. Look for the painted wall."),
            b("Second Wind at the Mill", "Mill Bank", "Bolton", "The bus station is across the square."),
        ],
    },
    Provider {
        name: "Riversmeet Integrated Care Board",
        kind: "icb", host: "riversmeet",
        settings: &[S::Board],
        work: 8, learning: 3, careers: 3,
        coordinator: "Alan Exampleton",
        buildings: &[
            b("Riversmeet House", "Potters Way", "Stoke-on-Trent", "The bus from the station stops outside. Ask for a visitor's badge."),
            b("Severn Room", "Castle Foregate", "Shrewsbury", "Opposite the train station."),
        ],
    },
];

/// An invented school or college: name, kind, town.
pub(super) const SCHOOLS: &[(&str, &str, &str)] = &[
    ("Beacon Ridge Academy", "school", "Halifax"),
    ("Estuary Bank School", "school", "Hull"),
    ("Lime Avenue College", "college", "Nottingham"),
    ("Colne Mill High School", "school", "Huddersfield"),
    ("Minster Walk School", "school", "York"),
    ("Derwent Weir Academy", "school", "Derby"),
    ("Canal Turn High School", "school", "Manchester"),
    ("Foundry Road College", "college", "Birmingham"),
    ("Kite Hill Community School", "school", "Bristol"),
    ("Fen Drove School", "school", "Peterborough"),
    ("Tor Meadow School", "school", "Exeter"),
    ("Harbour Sound College", "college", "Plymouth"),
    ("Ferry Path School", "school", "Oxford"),
    ("Eden Bridge Academy", "school", "Carlisle"),
    ("Ouseburn Arches School", "school", "Newcastle upon Tyne"),
    ("Heath Broad Sixth Form College", "college", "Norwich"),
    ("Spon Green School", "school", "Coventry"),
    ("Rope Walk Sixth Form College", "college", "Liverpool"),
    ("Wandle Bridge School", "school", "Croydon"),
    ("Castle Foregate College", "college", "Shrewsbury"),
];

/// How many of [`SCHOOLS`], from the first, have careers advisers who use the service.
pub(super) const LINKED_SCHOOLS: usize = 3;
