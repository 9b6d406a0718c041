//! Certificates: issued when attendance says so, replaced or revoked when it is corrected, and looked at
//! by anybody who has the number.

#[cfg(test)]
mod story;

use chrono::NaiveDate;
use domain::attendance;
use domain::certificate::{Attended, Standing, number, tidy_number};
use domain::{Role, State};
pub use papers::Certificate as Says;
use papers::{Certificate, Issuer, Key, Signed};
use store::Tx;
use store::applications::{About, Application};
use store::certificates::Certificate as Kept;

use crate::applications::{facts, name_of, own, tell_learner, tell_learner_once};
use crate::messages::letters;
use crate::time::london_day;
use crate::{Ctx, Error, Result, Services, audit};

/// How often one address may look at certificates in a minute. Numbers cannot be guessed; this keeps
/// the tries of somebody who does so cheap.
const LOOKS_A_MINUTE: u32 = 60;

/// Brings the certificate in line with the days that are recorded. Part of every step that records or
/// amends attendance. Who attended without days being kept, came on every day; who came on some of them
/// gets a certificate once it is known on which.
///
/// # Errors
/// When the store fails.
pub(crate) async fn follow(tx: &mut Tx, services: &Services, application: &Application, about: &About) -> Result<()> {
    let days = store::attendance::list_days(tx, application.id).await?;
    let attended = if days.is_empty() && application.state == State::Attended {
        let all = attendance::days(about.starts_on, about.ends_on, &services.working_days.now());
        let daily = attendance::daily_minutes(about.starts_at, about.ends_at);
        attendance::Attended::of(all.into_iter().map(|_| (attendance::Mark::Came, daily)))
    } else {
        attendance::Attended::of(days.into_iter().filter_map(|day| Some((day.mark?, day.minutes))))
    };
    settle(tx, services, application, about, attended.into()).await
}

/// Brings the certificate in line with what is recorded: issues, replaces or revokes it, or leaves it as
/// it is. The learner is told.
///
/// # Errors
/// When the store fails.
pub(crate) async fn settle(
    tx: &mut Tx,
    services: &Services,
    application: &Application,
    about: &About,
    attended: Attended,
) -> Result<()> {
    let came = matches!(application.state, State::Attended | State::PartlyAttended) && attended.days > 0;
    let valid = store::certificates::find_valid(tx, application.id).await?;
    let certificate = Certificate {
        number: number(services.bytes()),
        name: name_of(application).to_owned(),
        title: about.title.clone(),
        kind: about.kind,
        host: about.organisation_name.clone(),
        starts_on: about.starts_on,
        ends_on: about.ends_on,
        attended,
        issued_on: services.today(),
        service: services.settings.base_url.clone(),
    };
    let Some(old) = valid else {
        if came {
            issue(tx, services, application, about, certificate).await?;
            let letter = letters::thank_you(&facts(services, application, about));
            tell_learner_once(tx, services, application, "thank_you", letter).await?;
        }
        return Ok(());
    };
    let said = read(&old)?;
    if came && (Certificate { number: said.number.clone(), issued_on: said.issued_on, ..certificate.clone() }) == said {
        return Ok(());
    }
    let standing = if came { Standing::Replaced } else { Standing::Revoked };
    store::certificates::end(tx, old.id, standing, services.now()).await?;
    note(tx, services, about, &old.number, standing.as_str()).await?;
    if came {
        issue(tx, services, application, about, certificate).await?;
    }
    let letter = letters::certificate_changed(&facts(services, application, about), came);
    tell_learner(tx, services, application, "certificate_changed", letter).await
}

async fn issue(
    tx: &mut Tx,
    services: &Services,
    application: &Application,
    about: &About,
    certificate: Certificate,
) -> Result<()> {
    let key = Key::from_secret(&services.settings.secret_key);
    let record = papers::canonical(&certificate.value());
    let Signed { certificate, key: key_id, signature } = certificate.sign(&key);
    store::certificates::keep_key(tx, &key_id, &key.public().text(), services.now()).await?;
    let kept = Kept {
        id: services.uuid(),
        number: certificate.number,
        application: application.id,
        issued_at: services.now(),
        record,
        signature,
        key_id,
        standing: Standing::Valid,
        ended_at: None,
    };
    store::certificates::insert(tx, &kept).await?;
    note(tx, services, about, &kept.number, "issued").await
}

async fn note(tx: &mut Tx, services: &Services, about: &About, number: &str, what: &str) -> Result<()> {
    let action = format!("certificate_{what}");
    let detail = serde_json::json!({});
    audit::record(tx, services, None, Role::System, &action, "certificate", number, Some(about.organisation), detail)
        .await
}

/// What a certificate that is kept says.
fn read(kept: &Kept) -> Result<Certificate> {
    let value = serde_json::from_str(&kept.record).map_err(store::Error::from)?;
    Certificate::read(&value).map_err(|error| Error::Unexpected(format!("certificate {}: {error}", kept.number)))
}

fn signed(kept: &Kept) -> Result<Signed> {
    Ok(Signed { certificate: read(kept)?, key: kept.key_id.clone(), signature: kept.signature.clone() })
}

/// A certificate as anybody sees it who has its number.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Look {
    /// Its number.
    pub number: String,
    /// Whether it counts.
    pub standing: Standing,
    /// Since when it does not, in London.
    pub ended_on: Option<NaiveDate>,
    /// What it says, while it counts. One that does not says nothing about anybody any more.
    pub says: Option<Certificate>,
}

/// The certificate with this number.
///
/// # Errors
/// [`Error::NotFound`] when there is none, [`Error::TooMany`] after too many looks from one address.
pub async fn look(ctx: &Ctx, typed: &str) -> Result<Look> {
    let kept = find(ctx, typed).await?;
    Ok(Look {
        says: if kept.standing == Standing::Valid { Some(read(&kept)?) } else { None },
        ended_on: kept.ended_at.map(london_day),
        standing: kept.standing,
        number: kept.number,
    })
}

/// The signed record with this number, as a file to keep, while it counts.
///
/// # Errors
/// As [`look`], and [`Error::NotFound`] for one that no longer counts.
pub async fn file(ctx: &Ctx, typed: &str) -> Result<String> {
    let kept = find(ctx, typed).await?;
    if kept.standing == Standing::Valid { Ok(signed(&kept)?.file()) } else { Err(Error::NotFound) }
}

async fn find(ctx: &Ctx, typed: &str) -> Result<Kept> {
    if let Some(address) = ctx.address {
        ctx.services.certificates_seen.count(address, ctx.services.now(), LOOKS_A_MINUTE).map_err(Error::TooMany)?;
    }
    let mut tx = ctx.services.db.read().await?;
    store::certificates::find(&mut tx, &tidy_number(typed)).await?.ok_or(Error::NotFound)
}

async fn own_valid(ctx: &Ctx, reference: &str) -> Result<(Kept, About)> {
    let mut tx = ctx.services.db.read().await?;
    let (application, about) = own(&mut tx, ctx, reference, false).await?;
    let kept = store::certificates::find_valid(&mut tx, application.id).await?.ok_or(Error::NotFound)?;
    Ok((kept, about))
}

/// The learner's own certificate as a PDF file.
///
/// # Errors
/// [`Error::NotFound`] for somebody else's, or without one that counts.
pub async fn own_pdf(ctx: &Ctx, reference: &str) -> Result<Vec<u8>> {
    let (kept, _) = own_valid(ctx, reference).await?;
    let signed = signed(&kept)?;
    // Half a second of work in a debug build: not on the thread that answers others.
    tokio::task::spawn_blocking(move || papers::pdf(&signed))
        .await
        .map_err(|error| Error::Unexpected(error.to_string()))?
        .map_err(|error| Error::Unexpected(format!("certificate {}: {error}", kept.number)))
}

/// The learner's own certificate as an Open Badge, signed now with the service's key.
///
/// # Errors
/// [`Error::NotFound`] for somebody else's, or without one that counts.
pub async fn own_badge(ctx: &Ctx, reference: &str) -> Result<String> {
    let services = &ctx.services;
    let (kept, about) = own_valid(ctx, reference).await?;
    let issuer = Issuer {
        host: format!("urn:uuid:{}", about.organisation),
        achievement: format!("{}/opportunities/{}", services.settings.base_url, about.slug),
        issued_at: kept.issued_at.0.div_euclid(1_000_000),
    };
    Ok(papers::badge(&read(&kept)?, &issuer, &Key::from_secret(&services.settings.secret_key)))
}

/// A key with which certificates can be checked.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct CheckKey {
    /// Its thumbprint.
    pub id: String,
    /// The key, in base64url.
    pub text: String,
}

/// The public halves of the keys that signed, and of the one that signs now.
///
/// # Errors
/// When the store fails.
pub async fn keys(services: &Services) -> Result<Vec<CheckKey>> {
    let now = Key::from_secret(&services.settings.secret_key).public();
    let mut tx = services.db.read().await?;
    let mut keys: Vec<CheckKey> =
        store::certificates::list_keys(&mut tx).await?.into_iter().map(|(id, text, _)| CheckKey { id, text }).collect();
    if !keys.iter().any(|key| key.id == now.id()) {
        keys.push(CheckKey { id: now.id(), text: now.text() });
    }
    Ok(keys)
}

/// The same as a JSON Web Key Set (RFC 7517).
///
/// # Errors
/// When the store fails.
pub async fn key_set(services: &Services) -> Result<String> {
    let keys: Vec<_> = keys(services)
        .await?
        .into_iter()
        .map(|key| {
            serde_json::json!({ "kty": "OKP", "crv": "Ed25519", "alg": "EdDSA", "use": "sig", "kid": key.id, "x": key.text })
        })
        .collect();
    Ok(serde_json::json!({ "keys": keys }).to_string())
}
