//! The one-step way out of messages about what somebody keeps: a link that needs no signing in, since its
//! signature shows that it came from one of these messages.

use domain::ids::{AccountId, OpportunityId};
use hmac::{Hmac, KeyInit, Mac};
use uuid::Uuid;

use crate::{Error, Result, Services};

/// What a link stops.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum What {
    /// The answers to a search of this account.
    Search(AccountId, Uuid),
    /// Messages about an opportunity that this account keeps.
    Opportunity(AccountId, OpportunityId),
}

/// What a link would stop, or has stopped, in words.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Stopped {
    /// "emails about new opportunities for: nursing, near Leeds".
    pub what: String,
    /// Whether they had been stopped before.
    pub already: bool,
}

impl What {
    fn said(self) -> String {
        match self {
            Self::Search(account, id) => format!("s{}{}", account.0.simple(), id.simple()),
            Self::Opportunity(account, id) => format!("o{}{}", account.0.simple(), id.0.simple()),
        }
    }
}

fn mac(services: &Services, said: &str) -> Option<Hmac<sha2::Sha256>> {
    let mut mac = Hmac::<sha2::Sha256>::new_from_slice(&services.settings.secret_key).ok()?;
    mac.update(b"stop saved messages\0");
    mac.update(said.as_bytes());
    Some(mac)
}

/// The address of the page that stops it, and the one that mail programs post to.
pub(super) fn links(services: &Services, what: What) -> (String, String) {
    let said = what.said();
    let signature = mac(services, &said).map(|mac| mac.finalize().into_bytes()).unwrap_or_default();
    let hex: String = signature.iter().map(|byte| format!("{byte:02x}")).collect();
    let base_url = &services.settings.base_url;
    (format!("{base_url}/saved/stop/{said}{hex}"), format!("{base_url}/unsubscribe/{said}{hex}"))
}

fn read(services: &Services, token: &str) -> Option<What> {
    let (said, hex) = token.split_at_checked(65)?;
    let signature: Vec<u8> = (0..hex.len() / 2)
        .map(|at| u8::from_str_radix(hex.get(2 * at..2 * at + 2)?, 16).ok())
        .collect::<Option<_>>()?;
    mac(services, said)?.verify_slice(&signature).ok()?;
    let id = |from: usize| Uuid::try_parse(said.get(from..from + 32)?).ok();
    let account = AccountId(id(1)?);
    match said.as_bytes().first()? {
        b's' => Some(What::Search(account, id(33)?)),
        b'o' => Some(What::Opportunity(account, OpportunityId(id(33)?))),
        _ => None,
    }
}

/// What this link would stop. Looking stops nothing: mail programs look at every link.
///
/// # Errors
/// [`Error::NotFound`] for a link that is not from one of our messages.
pub async fn stops(services: &Services, token: &str) -> Result<Stopped> {
    let what = read(services, token).ok_or(Error::NotFound)?;
    let mut tx = services.db.read().await?;
    Ok(match what {
        What::Search(account, id) => Stopped {
            what: "emails about new opportunities for this search".into(),
            already: !store::saved::list_searches(&mut tx, account).await?.iter().any(|one| one.id == id),
        },
        What::Opportunity(account, id) => {
            let title = store::opportunities::find(&mut tx, id).await?.ok_or(Error::NotFound)?.title;
            Stopped {
                what: format!("emails about {title}"),
                already: !store::saved::is_saved(&mut tx, account, id).await?,
            }
        }
    })
}

/// Stops it. Again it changes nothing.
///
/// # Errors
/// As [`stops`].
pub async fn stop(services: &Services, token: &str) -> Result<()> {
    let what = read(services, token).ok_or(Error::NotFound)?;
    let mut tx = services.db.write().await?;
    match what {
        What::Search(account, id) => store::saved::delete_search(&mut tx, account, id).await?,
        What::Opportunity(account, id) => store::saved::delete_opportunity(&mut tx, account, id).await?,
    };
    Ok(tx.commit().await?)
}
