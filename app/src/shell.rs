//! The document around every page: head, header, banner, footer. It also sets the content policy.

use std::sync::Arc;

use domain::Role;
use kit::components::{AccountItem, DemonstrationBanner, Footer, Header, Link, NavItem, SkipLink};
use leptos::nonce::use_nonce;
use leptos::prelude::*;
use leptos_axum::ResponseOptions;
use leptos_meta::MetaTags;
use services::{Actor, Ctx};

use crate::App;
use crate::islands::waking_script;

/// What the server knows about the site. It puts one into the context of every page.
#[derive(Debug, Clone, Default)]
pub struct Site {
    /// What Trunk built; `None` when the server was built without it: pages without style and scripts.
    pub bundle: Option<Bundle>,
    /// Whether this is a demonstration.
    pub demonstration: bool,
    /// Where people can write to.
    pub contact: Option<String>,
    /// The address of the icon.
    pub icon: String,
    /// The address of the manifest.
    pub manifest: String,
}

/// The names of the files that Trunk built.
#[derive(Debug, Clone)]
pub struct Bundle {
    /// For the scripts.
    pub options: LeptosOptions,
    /// The address of the style sheet.
    pub stylesheet: String,
}

/// Pages that must not be fetched before somebody asks for them: they change something, or show
/// something once.
const NOT_PREFETCHED: &[&str] = &["/do/*", "/sign-out*", "/demo*", "/provider/applications/*", "/consent/*"];

/// The address of the service worker. It is responsible for what lies under it: every page.
pub const WORKER: &str = "/sw.js";

/// The whole document.
pub fn shell(site: Arc<Site>) -> impl IntoView {
    let nonce = use_nonce();
    if let (Some(nonce), Some(response)) = (&nonce, use_context::<ResponseOptions>()) {
        response.insert_header(axum::http::header::CONTENT_SECURITY_POLICY, content_policy(nonce));
    }
    let parts = use_context::<axum::http::request::Parts>();
    let actor = parts.as_ref().and_then(|parts| parts.extensions.get::<Ctx>()).and_then(|ctx| ctx.actor.clone());
    let path = parts.map(|parts| parts.uri.path().to_owned()).unwrap_or_default();
    let demonstration = site.demonstration;
    let signed_out = actor.is_none();
    let scripts = site.bundle.clone().map(|bundle| {
        let nonce = nonce.clone();
        let styles = bundle.stylesheet;
        view! {
            <link rel="stylesheet" href=styles />
            <script type="module" nonce=nonce.clone() inner_html=waking_script(bundle.options)></script>
            <script nonce=nonce.clone() inner_html=worker_script()></script>
            {signed_out.then(|| view! { <script nonce=nonce.clone() data-forget="" inner_html=forget_script()></script> })}
        }
    });
    let rules = prefetch_rules();
    provide_context(site.clone());
    view! {
        <!DOCTYPE html>
        <html lang="en-GB">
            <head>
                <meta charset="utf-8" />
                <meta name="viewport" content="width=device-width, initial-scale=1, viewport-fit=cover" />
                <meta name="theme-color" content="#005eb8" />
                <meta
                    name="description"
                    content="Find work experience in health and care, apply for it, and hear back by the date you were promised."
                />
                <link rel="icon" href=site.icon.clone() type="image/svg+xml" />
                <link rel="manifest" href=site.manifest.clone() />
                {scripts}
                <script type="speculationrules" nonce=nonce inner_html=rules></script>
                <MetaTags />
            </head>
            <body>
                <SkipLink />
                {demonstration
                    .then(|| {
                        view! {
                            <DemonstrationBanner>
                                "Everybody here is invented, and nothing is sent. "
                                <a href="/demo">"Be somebody else"</a>
                                ", "
                                <a href="/demo/outbox">"read the messages"</a>
                                " or "
                                <a href="/demo/clock">"move the clock"</a>
                                "."
                            </DemonstrationBanner>
                        }
                    })}
                <Header navigation=navigation(actor.as_ref(), &path) account=account(actor.as_ref(), &path) />
                <div class="nhsuk-width-container">
                    <main class="nhsuk-main-wrapper" id="maincontent" tabindex="-1">
                        <App />
                    </main>
                </div>
                <Footer links=vec![
                    Link::new("Accessibility", "/accessibility"),
                    Link::new("Privacy", "/privacy"),
                    Link::new("Open data", "/open-data"),
                    Link::new("Cookies", "/cookies"),
                    Link::new("Contact and complaints", "/contact"),
                ]>
                    <p class="nhsuk-body-s">"wex is open source software. It is not an NHS organisation’s website."</p>
                </Footer>
            </body>
        </html>
    }
}

/// Nothing from other hosts, nothing inline without this response's nonce.
fn content_policy(nonce: &str) -> axum::http::HeaderValue {
    let policy = format!(
        "default-src 'none'; script-src 'self' 'nonce-{nonce}' 'wasm-unsafe-eval'; style-src 'self'; img-src 'self' data:; connect-src 'self'; \
         worker-src 'self'; manifest-src 'self'; form-action 'self'; base-uri 'none'; object-src 'none'; frame-ancestors 'none'"
    );
    // A nonce is base64: always a valid header.
    axum::http::HeaderValue::from_str(&policy)
        .unwrap_or_else(|_| axum::http::HeaderValue::from_static("default-src 'none'"))
}

/// Once the page has loaded, so that nothing on it waits: sets up the service worker, and tells it that this
/// page is open. Written into the page, because a line of it is less than a request, and a browser that
/// cannot do it is told nothing.
fn worker_script() -> String {
    format!(
        "addEventListener('load',()=>{{const w=navigator.serviceWorker;w&&w.register('{WORKER}').then(()=>w.ready).then(r=>r.active.postMessage('open')).catch(()=>{{}})}})"
    )
}

/// Where nobody is signed in, nothing stays in this window of what somebody typed before: they signed out, or
/// their session is over. The worker takes this line out of what it keeps, since a kept page says nothing
/// about who is signed in.
fn forget_script() -> String {
    format!("try{{sessionStorage.removeItem('{}')}}catch{{}}", kit::live::TYPED)
}

/// Links of ours are fetched when somebody is about to follow them.
fn prefetch_rules() -> String {
    let not: String = NOT_PREFETCHED.iter().map(|path| format!(r#",{{"not":{{"href_matches":"{path}"}}}}"#)).collect();
    format!(r#"{{"prefetch":[{{"where":{{"and":[{{"href_matches":"/*"}}{not}]}},"eagerness":"moderate"}}]}}"#)
}

/// The menu of this person.
fn navigation(actor: Option<&Actor>, path: &str) -> Vec<NavItem> {
    let mut items: Vec<(&str, &str)> = Vec::new();
    if let Some(actor) = actor {
        if actor.member_as(Role::Coordinator).is_some() {
            items.extend([
                ("Today", "/provider"),
                ("Applications", "/provider/applications"),
                ("Sessions", "/provider/sessions"),
                ("Opportunities", "/provider/opportunities"),
                ("Import", "/provider/import"),
            ]);
        }
        if actor.member_as(Role::Adviser).is_some() {
            items.push(("My learners", "/adviser"));
        }
        if actor.member_as(Role::Supervisor).is_some() {
            items.push(("My sessions", "/supervisor"));
        }
        if actor.member_as(Role::National).is_some() {
            items.push(("What learners said", "/national/feedback"));
        }
    }
    items.push(("Find", "/opportunities"));
    if actor.is_none_or(Actor::is_learner) {
        items.push(("Roles", "/roles"));
    }
    if actor.is_some_and(Actor::is_learner) {
        items.push(("My applications", "/applications"));
        items.push(("My record", "/record"));
        items.push(("Saved", "/saved"));
    }
    // The longest address that the page lies under is the current one: /provider/import is not "Today".
    let current = items.iter().map(|(_, href)| *href).filter(|href| is_under(path, href)).max_by_key(|href| href.len());
    items.into_iter().map(|(text, href)| NavItem::new(text, href, current == Some(href))).collect()
}

fn is_under(path: &str, href: &str) -> bool {
    path.strip_prefix(href).is_some_and(|rest| rest.is_empty() || rest.starts_with('/'))
        || (path == "/" && href == "/opportunities")
}

fn account(actor: Option<&Actor>, path: &str) -> Vec<AccountItem> {
    match actor {
        Some(actor) => vec![
            AccountItem::Person(Link::new(
                if actor.name.is_empty() { "Your account".to_owned() } else { actor.name.clone() },
                "/account",
            )),
            AccountItem::Button { text: "Sign out".into(), action: "/do/identity_sign_out".into(), fields: vec![] },
        ],
        None if path.starts_with("/sign-in") => vec![],
        None => vec![AccountItem::Link(Link::new("Sign in", "/sign-in"))],
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_current_page_is_the_longest_match() {
        for (path, href, under) in [
            ("/provider/import", "/provider", true),
            ("/providers", "/provider", false),
            ("/", "/opportunities", true),
            ("/opportunities/nursing-week", "/opportunities", true),
            ("/apply/1", "/applications", false),
        ] {
            assert_eq!(is_under(path, href), under, "{path} {href}");
        }
    }

    #[test]
    fn prefetch_rules_are_json() {
        let rules = prefetch_rules();
        assert_eq!(rules.matches('{').count(), rules.matches('}').count());
        assert!(rules.contains(r#"{"not":{"href_matches":"/do/*"}}"#) && !rules.contains('<'));
    }
}
