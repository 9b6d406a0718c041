//! Whatever a learner under 18 is sent goes to their parent or carer too, while they have not refused. Done
//! here for every letter; no letter needs to think of it.

use domain::clearance::ConsentStatus;
use store::Tx;
use store::applications::Application;
use store::consents::Link;

use crate::applications::life::name_of;
use crate::context::hash;
use crate::messages::{Letter, Outgoing, letters, queue};
use crate::{Result, Services};

/// Letters of which no copy goes out: those before anybody was asked, those that tell the learner what the
/// parent or carer did, and those of which the parent or carer is sent a version of their own.
const NOT_COPIED: &[&str] = &[
    "submitted",
    "draft_closing",
    "consent_answered",
    "consent_no_address",
    "consent_waiting",
    "confirmed",
    "joining_pack",
];

/// Queues the parent or carer's copy of a letter to the learner. Nothing happens when nobody was asked, they
/// refused, or the letter is one that is not copied. `key` is the learner's letter's.
pub(in crate::applications) async fn copy(
    tx: &mut Tx,
    services: &Services,
    application: &Application,
    key: &str,
    template: &'static str,
    letter: &Letter,
) -> Result<()> {
    if matches!(application.consent, ConsentStatus::NotNeeded | ConsentStatus::Refused)
        || NOT_COPIED.contains(&template)
    {
        return Ok(());
    }
    let Some(consent) = store::consents::find(tx, application.id).await? else {
        return Ok(());
    };
    let key = key.replacen(template, &format!("{template}:guardian"), 1);
    let (name, guardian) = (name_of(application), &consent.guardian_name);
    let letter = if template == "clearance_not_met" {
        letters::not_going_ahead(name, &application.reference, guardian)
    } else {
        let page = if consent.answer.is_some() && !store::messages::has(tx, &key).await? {
            let token = services.token();
            store::consents::add_link(tx, application.id, &hash(&token), Link::Page, services.now(), None).await?;
            Some(format!("{}/consent/page/{token}", services.settings.base_url))
        } else {
            None
        };
        letters::copy(letter, name, guardian, page)
    };
    let outgoing = Outgoing { key, to: consent.guardian_email, template, letter, application: Some(application.id) };
    queue(tx, services, outgoing).await
}
