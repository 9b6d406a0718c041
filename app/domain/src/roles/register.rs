//! Registers: who may do a role.

crate::words_enum! {
    /// Who keeps a register that the law asks for.
    Regulator {
        /// The Nursing and Midwifery Council.
        Nmc = "nmc",
        /// The Health and Care Professions Council.
        Hcpc = "hcpc",
        /// The General Medical Council.
        Gmc = "gmc",
        /// The General Dental Council.
        Gdc = "gdc",
        /// The General Pharmaceutical Council.
        Gphc = "gphc",
        /// The General Optical Council.
        Goc = "goc",
        /// The General Osteopathic Council.
        Gosc = "gosc",
        /// Social Work England.
        SocialWork = "social-work-england",
        /// The Care Quality Commission, for those who manage care.
        Cqc = "cqc",
    }
}

impl Regulator {
    /// Its name, as it stands in a sentence.
    #[must_use]
    pub fn label(self) -> &'static str {
        match self {
            Self::Nmc => "the Nursing and Midwifery Council",
            Self::Hcpc => "the Health and Care Professions Council",
            Self::Gmc => "the General Medical Council",
            Self::Gdc => "the General Dental Council",
            Self::Gphc => "the General Pharmaceutical Council",
            Self::Goc => "the General Optical Council",
            Self::Gosc => "the General Osteopathic Council",
            Self::SocialWork => "Social Work England",
            Self::Cqc => "the Care Quality Commission",
        }
    }
}

/// Whether the people of a role are on a register.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Register {
    /// There is none.
    None,
    /// There is one that employers may ask for; the law does not.
    Voluntary,
    /// People come from several registered professions and stay on the register of their own.
    OwnProfession,
    /// The law asks for it.
    Law(Regulator),
}

impl Register {
    /// Whether nobody may do the role without being on a register.
    #[must_use]
    pub fn is_needed(self) -> bool {
        matches!(self, Self::OwnProfession | Self::Law(_))
    }

    /// The sentence that people read; `None` where there is nothing to say.
    #[must_use]
    pub fn in_words(self) -> Option<String> {
        match self {
            Self::None => None,
            Self::Voluntary => Some("There is a register that you can join. Some employers ask for it.".to_owned()),
            Self::OwnProfession => Some("You stay on the register of the role that you first trained for.".to_owned()),
            Self::Law(regulator) => Some(format!("By law, you must be on the register of {}.", regulator.label())),
        }
    }
}
