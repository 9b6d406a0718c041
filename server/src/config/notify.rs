//! Settings of GOV.UK Notify.

use services::mail::{NOTIFY_URL, NotifyKey};

use super::{Source, Wrong};

/// The shortest token that Notify may be given: nobody guesses it.
const SHORTEST_TOKEN: usize = 20;

/// How to reach GOV.UK Notify.
#[derive(Clone, PartialEq, Eq, Default)]
pub struct Notify {
    /// Its key.
    pub key: Option<NotifyKey>,
    /// Its address.
    pub url: String,
    /// The template of emails, when emails go that way.
    pub email_template: Option<String>,
    /// The template of text messages, when they go that way.
    pub text_template: Option<String>,
    /// The token with which it tells us what became of messages.
    pub callback: Option<String>,
}

impl std::fmt::Debug for Notify {
    // Key and token are secrets.
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("Notify").field("url", &self.url).finish_non_exhaustive()
    }
}

/// The identifier after "notify:", if that is what a setting says.
pub(super) fn template(name: &str, text: &str) -> Option<Result<String, Wrong>> {
    let id = text.strip_prefix("notify:")?;
    let known = id.len() == 36 && id.bytes().all(|byte| byte.is_ascii_hexdigit() || byte == b'-');
    Some(if known {
        Ok(id.to_owned())
    } else {
        Err(Wrong::new(name, "must be notify: and the identifier of a template of GOV.UK Notify after it"))
    })
}

/// Everything about Notify. A demonstration writes to nobody.
pub(super) fn settings(source: &Source, demo: bool) -> Result<Notify, Wrong> {
    if demo {
        return Ok(Notify::default());
    }
    let of = |name: &str| match source.get(name).as_deref().and_then(|text| template(&format!("WEX_{name}"), text)) {
        Some(found) => found.map(Some),
        None => Ok(None),
    };
    let (email_template, text_template) = (of("MAIL")?, of("TEXT_MESSAGES")?);
    let key = match source.get("NOTIFY_KEY") {
        Some(text) => Some(NotifyKey::parse(&text).map_err(|problem| Wrong::new("WEX_NOTIFY_KEY", problem))?),
        None if email_template.is_some() || text_template.is_some() => {
            return Err(Wrong::new("WEX_NOTIFY_KEY", "is missing, and messages go by GOV.UK Notify"));
        }
        None => None,
    };
    let callback = source.get("NOTIFY_CALLBACK");
    if callback.as_ref().is_some_and(|token| token.len() < SHORTEST_TOKEN) {
        return Err(Wrong::new(
            "WEX_NOTIFY_CALLBACK",
            format!("must be a token of {SHORTEST_TOKEN} characters or more. Make one with: openssl rand -hex 32"),
        ));
    }
    let url = source.get("NOTIFY_URL").unwrap_or_else(|| NOTIFY_URL.to_owned());
    if !url.starts_with("https://") && !url.starts_with("http://127.0.0.1") && !url.starts_with("http://localhost") {
        return Err(Wrong::new("WEX_NOTIFY_URL", "must begin with https://"));
    }
    Ok(Notify { key, url, email_template, text_template, callback })
}
