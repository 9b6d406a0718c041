//! What people like, and which roles it leads to.

crate::words_enum! {
    /// A school subject, or something that somebody enjoys.
    Interest {
        /// Art.
        Art = "art",
        /// Biology.
        Biology = "biology",
        /// Business.
        Business = "business",
        /// Chemistry.
        Chemistry = "chemistry",
        /// Computing.
        Computing = "computing",
        /// Design and technology.
        Design = "design",
        /// Drama.
        Drama = "drama",
        /// English.
        English = "english",
        /// Religious studies.
        Faith = "religious-studies",
        /// Cooking and nutrition.
        Food = "food",
        /// Geography.
        Geography = "geography",
        /// Languages.
        Languages = "languages",
        /// Law and citizenship.
        Law = "law",
        /// Maths.
        Maths = "maths",
        /// Music.
        Music = "music",
        /// Physics.
        Physics = "physics",
        /// Psychology.
        Psychology = "psychology",
        /// Sport and PE.
        Sport = "sport",
        /// When things happen fast.
        Action = "action",
        /// Children.
        Children = "children",
        /// Working with one's hands.
        Hands = "hands",
        /// Being of help to somebody.
        Helping = "helping",
        /// Listening and talking.
        Listening = "listening",
        /// Machines and gadgets.
        Machines = "machines",
        /// Plants and the planet.
        Nature = "nature",
        /// Keeping things in order.
        Organising = "organising",
        /// Being out and about.
        Outdoors = "outdoors",
        /// Finding things out.
        Puzzles = "puzzles",
        /// Showing others how.
        Teaching = "teaching",
    }
}

impl Interest {
    /// What people call it.
    #[must_use]
    pub fn label(self) -> &'static str {
        match self {
            Self::Art => "Art",
            Self::Biology => "Biology",
            Self::Business => "Business",
            Self::Chemistry => "Chemistry",
            Self::Computing => "Computing",
            Self::Design => "Design and technology",
            Self::Drama => "Drama",
            Self::English => "English",
            Self::Faith => "Religious studies",
            Self::Food => "Food and cooking",
            Self::Geography => "Geography",
            Self::Languages => "Languages",
            Self::Law => "Law and citizenship",
            Self::Maths => "Maths",
            Self::Music => "Music",
            Self::Physics => "Physics",
            Self::Psychology => "Psychology",
            Self::Sport => "Sport and PE",
            Self::Action => "Fast action",
            Self::Children => "Being with children",
            Self::Hands => "Working with your hands",
            Self::Helping => "Helping people",
            Self::Listening => "Listening and talking",
            Self::Machines => "Machines and gadgets",
            Self::Nature => "Plants and the planet",
            Self::Organising => "Organising things",
            Self::Outdoors => "Being out and about",
            Self::Puzzles => "Solving puzzles",
            Self::Teaching => "Teaching others",
        }
    }

    /// Whether it is taught at school or college; the others are what people enjoy.
    #[must_use]
    pub fn is_subject(self) -> bool {
        match self {
            Self::Art
            | Self::Biology
            | Self::Business
            | Self::Chemistry
            | Self::Computing
            | Self::Design
            | Self::Drama
            | Self::English
            | Self::Faith
            | Self::Food
            | Self::Geography
            | Self::Languages
            | Self::Law
            | Self::Maths
            | Self::Music
            | Self::Physics
            | Self::Psychology
            | Self::Sport => true,
            Self::Action
            | Self::Children
            | Self::Hands
            | Self::Helping
            | Self::Listening
            | Self::Machines
            | Self::Nature
            | Self::Organising
            | Self::Outdoors
            | Self::Puzzles
            | Self::Teaching => false,
        }
    }
}
