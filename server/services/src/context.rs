//! What every use case is given: the services of this process, and who is asking.

use std::net::IpAddr;
use std::sync::atomic::{AtomicU16, Ordering};
use std::sync::{Arc, OnceLock};

use chrono::NaiveDate;
use domain::Role;
use domain::ids::{AccountId, OrganisationId};
use domain::time::Moment;
use store::Db;
use uuid::Uuid;

use crate::discover::{Catalogue, Limit};
use crate::documents::Documents;
use crate::time::{Clock, Random, london_day};
use crate::working_days::SharedDays;

/// Settings that use cases need.
#[derive(Debug, Clone)]
pub struct Settings {
    /// The service's own address without a slash at the end: links in messages begin with it.
    pub base_url: String,
    /// The key from which secrets at rest are sealed (TOTP): 32 bytes.
    pub secret_key: [u8; 32],
    /// Whether this is a demonstration: pages say so, `/demo` exists.
    pub demonstration: bool,
    /// Searches a minute from one address; 0 for no limit.
    pub searches_per_minute: u32,
}

/// The services of this process. Cheap to clone behind an [`Arc`].
#[derive(Debug)]
pub struct Services {
    /// The database.
    pub db: Db,
    /// The clock.
    pub clock: Arc<dyn Clock>,
    /// Randomness.
    pub random: Arc<dyn Random>,
    /// Settings.
    pub settings: Settings,
    /// What is published, in memory.
    pub catalogue: Catalogue,
    /// Working days in England.
    pub working_days: SharedDays,
    /// Where documents lie; set at start.
    documents: OnceLock<Documents>,
    /// How often one address looked at certificates.
    pub(crate) certificates_seen: Limit,
    /// How often one address asked for open data.
    pub(crate) open_data_asked: Limit,
    /// Identifiers made by this process.
    made: AtomicU16,
}

impl Services {
    /// Puts the services together.
    #[must_use]
    pub fn new(db: Db, clock: Arc<dyn Clock>, random: Arc<dyn Random>, settings: Settings) -> Arc<Self> {
        Arc::new(Self {
            db,
            clock,
            random,
            settings,
            catalogue: Catalogue::default(),
            working_days: SharedDays::default(),
            documents: OnceLock::new(),
            certificates_seen: Limit::default(),
            open_data_asked: Limit::default(),
            made: AtomicU16::new(0),
        })
    }
    /// Says where documents lie, once, before anything else.
    pub fn keep_documents(&self, documents: Documents) {
        if self.documents.set(documents).is_err() {
            tracing::error!("where documents lie was said twice; the first counts");
        }
    }
    /// Where documents lie: in memory where nobody said otherwise, as in tests.
    #[must_use]
    pub fn documents(&self) -> &Documents {
        self.documents.get_or_init(Documents::in_memory)
    }
    /// Now.
    #[must_use]
    pub fn now(&self) -> Moment {
        self.clock.now()
    }
    /// Today in London.
    #[must_use]
    pub fn today(&self) -> NaiveDate {
        london_day(self.now())
    }
    /// So many random bytes.
    #[must_use]
    pub fn bytes<const N: usize>(&self) -> [u8; N] {
        let mut bytes = [0; N];
        self.random.fill(&mut bytes);
        bytes
    }
    /// A new identifier: time-ordered (UUID version 7) by the given clock, then by a counter of this
    /// process, so that two letters of one moment keep their order; the rest is random.
    #[must_use]
    pub fn uuid(&self) -> Uuid {
        let millis = u64::try_from(self.now().0 / 1000).unwrap_or(0);
        let mut bytes = self.bytes::<10>();
        // RFC 9562 gives twelve bits after the time to such a counter; the version replaces the upper four.
        bytes[..2].copy_from_slice(&self.made.fetch_add(1, Ordering::Relaxed).to_be_bytes());
        uuid::Builder::from_unix_timestamp_millis(millis, &bytes).into_uuid()
    }
    /// A secret for a link or a cookie: 32 random bytes as 64 hexadecimal digits.
    #[must_use]
    pub fn token(&self) -> String {
        hex(&self.bytes::<32>())
    }
}

/// Bytes as hexadecimal digits.
#[must_use]
pub fn hex(bytes: &[u8]) -> String {
    use std::fmt::Write;
    bytes.iter().fold(String::with_capacity(bytes.len() * 2), |mut text, byte| {
        let _ = write!(text, "{byte:02x}");
        text
    })
}

/// What is kept of a secret: its SHA-256, in hexadecimal digits. Tokens have 256 random bits, so no
/// salt is needed.
#[must_use]
pub fn hash(secret: &str) -> String {
    use sha2::Digest;
    hex(&sha2::Sha256::digest(secret.as_bytes()))
}

/// A person's place in an organisation.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Membership {
    /// As what.
    pub role: Role,
    /// Of which organisation; the national team has none.
    pub organisation: Option<OrganisationId>,
    /// That organisation's name.
    pub organisation_name: String,
    /// May post opportunities.
    pub can_post: bool,
    /// May decide applications.
    pub can_decide: bool,
    /// May see access needs.
    pub can_see_sensitive: bool,
    /// May manage members.
    pub can_manage: bool,
}

/// Who is asking.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Actor {
    /// Their account.
    pub account: AccountId,
    /// Their name.
    pub name: String,
    /// Their address.
    pub email: String,
    /// Their date of birth, if they are a learner.
    pub born: Option<NaiveDate>,
    /// Staff roles; empty for a learner.
    pub memberships: Vec<Membership>,
}

impl Actor {
    /// Their membership in this role, if they have it.
    #[must_use]
    pub fn member_as(&self, role: Role) -> Option<&Membership> {
        self.memberships.iter().find(|m| m.role == role)
    }
    /// Whether they applied or can apply: they have a learner's record and no staff role.
    #[must_use]
    pub fn is_learner(&self) -> bool {
        self.born.is_some() && self.memberships.is_empty()
    }
}

/// One request: the services, and who asks.
#[derive(Debug, Clone)]
pub struct Ctx {
    /// The services of this process.
    pub services: Arc<Services>,
    /// Who asks; `None` when signed out.
    pub actor: Option<Actor>,
    /// From where, for limits.
    pub address: Option<IpAddr>,
}

impl Ctx {
    /// The signed-in person.
    ///
    /// # Errors
    /// [`crate::Error::SignIn`] when nobody is signed in.
    pub fn actor(&self) -> crate::Result<&Actor> {
        self.actor.as_ref().ok_or(crate::Error::SignIn)
    }
}
