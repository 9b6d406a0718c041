//! Pages that many people ask for at the same time are made once and sent to all of them, for a second.
//!
//! Only what nobody is signed in for, and what is public: a request with a cookie, of any name, gets a page of
//! its own. A page is sent again while it is younger than [`KEPT_FOR`] and this process has committed nothing
//! since: what somebody publishes here is on the next page, what another instance publishes within that time.
//!
//! A page that is sent twice cannot carry a secret of one answer, so its content policy names its scripts by
//! their hashes instead of by a nonce. A script that somebody managed to slip into the page had no nonce
//! before, and so has no hash now.

use std::collections::{HashMap, HashSet};
use std::hash::{DefaultHasher, Hash, Hasher};
use std::sync::{Arc, Mutex, PoisonError};
use std::time::{Duration, Instant};

use axum::body::{Body, Bytes};
use axum::extract::{Request, State};
use axum::http::{HeaderMap, HeaderValue, Method, StatusCode, header};
use axum::middleware::Next;
use axum::response::{IntoResponse, Response};
use base64::Engine;
use base64::prelude::BASE64_STANDARD;
use http_body_util::BodyExt;
use sha2::{Digest, Sha256};

use super::open_data::has;

/// For how long a page is sent again.
const KEPT_FOR: Duration = Duration::from_secs(1);
/// At most so many pages.
const MOST_PAGES: usize = 256;
/// A larger page is not kept.
const MOST_BYTES: usize = 1 << 20;

/// The pages.
#[derive(Debug, Default)]
pub(super) struct Popular(Mutex<Kept>);

#[derive(Debug)]
struct Kept {
    pages: HashMap<Key, Arc<Page>>,
    /// What was asked for since then, by its hash: only what is asked for twice is worth keeping.
    asked: HashSet<u64>,
    since: Instant,
}

impl Default for Kept {
    fn default() -> Self {
        Self { pages: HashMap::new(), asked: HashSet::new(), since: Instant::now() }
    }
}

/// The address with its query, and in which form.
type Key = (String, Form);

#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
enum Form {
    Plain,
    Gzip,
    Brotli,
}

#[derive(Debug)]
struct Page {
    made: Instant,
    commits: u64,
    tag: String,
    headers: HeaderMap,
    body: Bytes,
}

impl Page {
    fn is_fresh(&self, commits: u64) -> bool {
        self.made.elapsed() < KEPT_FOR && self.commits == commits
    }

    fn answer(&self, asked: &HeaderMap) -> Response {
        let has_it = has(asked, &self.tag);
        let mut response = if has_it {
            StatusCode::NOT_MODIFIED.into_response()
        } else {
            Response::new(Body::from(self.body.clone()))
        };
        *response.headers_mut() = self.headers.clone();
        if has_it {
            response.headers_mut().remove(header::CONTENT_LENGTH);
        }
        response
    }
}

enum Found {
    Page(Arc<Page>),
    /// To be made, and kept.
    Wanted,
    /// To be made for this request alone.
    Once,
}

impl Popular {
    /// `commits` is how many there were in this process until now.
    fn find(&self, key: &Key, commits: u64) -> Found {
        let mut kept = self.0.lock().unwrap_or_else(PoisonError::into_inner);
        if let Some(page) = kept.pages.get(key).filter(|page| page.is_fresh(commits)) {
            return Found::Page(page.clone());
        }
        if kept.since.elapsed() > KEPT_FOR {
            // What was kept before may be wanted again: it is what is popular.
            kept.asked = kept.pages.keys().map(hash).collect();
            kept.pages.retain(|_, page| page.made.elapsed() < 2 * KEPT_FOR);
            kept.since = Instant::now();
        }
        if kept.asked.insert(hash(key)) { Found::Once } else { Found::Wanted }
    }

    fn keep(&self, key: Key, page: Arc<Page>) {
        let mut kept = self.0.lock().unwrap_or_else(PoisonError::into_inner);
        if kept.pages.len() < MOST_PAGES || kept.pages.contains_key(&key) {
            kept.pages.insert(key, page);
        }
    }
}

fn hash(key: &Key) -> u64 {
    let mut hasher = DefaultHasher::new();
    key.hash(&mut hasher);
    hasher.finish()
}

/// Marks a request whose answer is for more than one reader.
#[derive(Debug, Clone, Copy)]
struct ForMany;

/// Sends a page again, or has it made.
pub(super) async fn keep(State(popular): State<Arc<Popular>>, mut request: Request, next: Next) -> Response {
    let Some(key) = key(&request) else { return next.run(request).await };
    match popular.find(&key, store::commits()) {
        Found::Page(page) => return page.answer(request.headers()),
        Found::Once => return next.run(request).await,
        Found::Wanted => {}
    }
    let asked = request.headers().clone();
    request.extensions_mut().insert(ForMany);
    // Before the page is made: what is committed meanwhile makes it old.
    let (made, commits) = (Instant::now(), store::commits());
    let response = next.run(request).await;
    if !is_for_many(&response) {
        return response;
    }
    let (mut head, body) = response.into_parts();
    let Ok(body) = body.collect().await.map(http_body_util::Collected::to_bytes) else {
        return StatusCode::INTERNAL_SERVER_ERROR.into_response();
    };
    let tag = services::context::hex(&Sha256::digest(&body)[..12]);
    if let Ok(shown) = HeaderValue::from_str(&format!("W/\"{tag}\"")) {
        head.headers.insert(header::ETAG, shown);
    }
    head.headers.insert(header::CONTENT_LENGTH, HeaderValue::from(body.len()));
    let page = Arc::new(Page { made, commits, tag, headers: head.headers, body });
    if page.body.len() <= MOST_BYTES {
        popular.keep(key, page.clone());
    }
    page.answer(&asked)
}

/// Under what the answer may be kept, if it may.
fn key(request: &Request) -> Option<Key> {
    let path = request.uri().path();
    let public = path == "/"
        || ["/opportunities", "/roles"]
            .iter()
            .any(|start| path.strip_prefix(start).is_some_and(|rest| rest.is_empty() || rest.starts_with('/')));
    if request.method() != Method::GET || !public || request.headers().contains_key(header::COOKIE) {
        return None;
    }
    let accepted = request.headers().get(header::ACCEPT_ENCODING).and_then(|value| value.to_str().ok()).unwrap_or("");
    let takes = |name: &str| {
        accepted.split(',').map(str::trim).any(|one| one == name || one.starts_with(name) && !one.ends_with("q=0"))
    };
    let form = match () {
        () if takes("br") => Form::Brotli,
        () if takes("gzip") => Form::Gzip,
        () if accepted.is_empty() || accepted == "identity" => Form::Plain,
        // Whoever accepts something else is answered as anybody was before.
        () => return None,
    };
    Some((request.uri().path_and_query()?.as_str().to_owned(), form))
}

/// Whether this is a whole page that is nobody's in particular: its policy has no nonce any more.
fn is_for_many(response: &Response) -> bool {
    let headers = response.headers();
    let text = |name| headers.get(name).and_then(|value: &HeaderValue| value.to_str().ok()).unwrap_or_default();
    response.status() == StatusCode::OK
        && !headers.contains_key(header::SET_COOKIE)
        && text(header::CONTENT_TYPE).starts_with("text/html")
        && text(header::CACHE_CONTROL) != "no-store"
        && !text(header::CONTENT_SECURITY_POLICY).contains("'nonce-")
}

/// In an answer for many, puts the hashes of its scripts in the place of the nonce. It comes before anything
/// that compresses.
pub(super) async fn without_nonce(request: Request, next: Next) -> Response {
    let many = request.extensions().get::<ForMany>().is_some();
    let response = next.run(request).await;
    if !many || response.status() != StatusCode::OK {
        return response;
    }
    let policy = response.headers().get(header::CONTENT_SECURITY_POLICY).and_then(|value| value.to_str().ok());
    let Some((policy, nonce)) = policy.and_then(|policy| Some((policy.to_owned(), nonce_of(policy)?.to_owned())))
    else {
        return response;
    };
    let (mut head, body) = response.into_parts();
    let Ok(body) = body.collect().await.map(http_body_util::Collected::to_bytes) else {
        return StatusCode::INTERNAL_SERVER_ERROR.into_response();
    };
    let Ok(html) = std::str::from_utf8(&body) else {
        return Response::from_parts(head, Body::from(body));
    };
    let (html, hashes) = hashed(html, &nonce);
    if let Ok(policy) = HeaderValue::from_str(&policy.replace(&format!("'nonce-{nonce}'"), &hashes)) {
        head.headers.insert(header::CONTENT_SECURITY_POLICY, policy);
    }
    head.headers.remove(header::CONTENT_LENGTH);
    Response::from_parts(head, Body::from(html))
}

fn nonce_of(policy: &str) -> Option<&str> {
    policy.split_once("'nonce-")?.1.split_once('\'').map(|(nonce, _)| nonce)
}

/// The page without its nonce, and the hashes of the scripts that had it.
fn hashed(html: &str, nonce: &str) -> (String, String) {
    let marked = [format!(" nonce=\"{nonce}\""), format!(" nonce={nonce}")];
    let mut hashes: Vec<String> = Vec::new();
    for piece in html.split("<script").skip(1) {
        let Some((tag, rest)) = piece.split_once('>') else { continue };
        if !marked.iter().any(|mark| tag.contains(mark.as_str())) {
            continue;
        }
        let Some((script, _)) = rest.split_once("</script>") else { continue };
        let hash = format!("'sha256-{}'", BASE64_STANDARD.encode(Sha256::digest(script)));
        if !script.is_empty() && !hashes.contains(&hash) {
            hashes.push(hash);
        }
    }
    let html = marked.iter().fold(html.to_owned(), |html, mark| html.replace(mark.as_str(), ""));
    (html, hashes.join(" "))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_scripts_that_had_the_nonce_are_named() {
        let html = "<script nonce=\"abc\">one()</script><script>slipped_in()</script><script type=module nonce=abc>two()</script><link nonce=\"abc\"><p>abc</p>";
        let (html, hashes) = hashed(html, "abc");
        assert_eq!(
            html,
            "<script>one()</script><script>slipped_in()</script><script type=module>two()</script><link><p>abc</p>"
        );
        let named = |script: &str| hashes.contains(&BASE64_STANDARD.encode(Sha256::digest(script)));
        assert!(named("one()") && named("two()") && !named("slipped_in()"), "{hashes}");
    }

    #[test]
    fn a_page_is_kept_when_it_is_asked_for_again() {
        let popular = Popular::default();
        let key: Key = ("/opportunities?what=nurse".into(), Form::Brotli);
        assert!(matches!(popular.find(&key, 7), Found::Once));
        assert!(matches!(popular.find(&key, 7), Found::Wanted));
        let page = fresh();
        let old = Page { made: Instant::now() - 2 * KEPT_FOR, ..fresh() };
        let before = Page { commits: 6, ..fresh() };
        popular.keep(key.clone(), old.into());
        assert!(!matches!(popular.find(&key, 7), Found::Page(_)), "a second has passed");
        popular.keep(key.clone(), before.into());
        assert!(!matches!(popular.find(&key, 7), Found::Page(_)), "something was committed");
        popular.keep(key.clone(), page.into());
        assert!(matches!(popular.find(&key, 7), Found::Page(_)));
        assert!(!matches!(popular.find(&(key.0, Form::Plain), 7), Found::Page(_)), "another form");
    }

    fn fresh() -> Page {
        Page { made: Instant::now(), commits: 7, tag: String::new(), headers: HeaderMap::new(), body: Bytes::new() }
    }

    #[test]
    fn nothing_of_a_person_is_kept() {
        let request = |method: Method, uri: &str, name: Option<&str>| {
            let mut request = Request::new(Body::empty());
            *request.method_mut() = method;
            *request.uri_mut() = uri.parse().unwrap();
            if let Some(name) = name {
                request.headers_mut().insert(header::COOKIE, HeaderValue::from_str(name).unwrap());
            }
            key(&request).is_some()
        };
        for uri in ["/", "/opportunities", "/opportunities?what=x", "/opportunities/nursing-week", "/roles/midwife"] {
            assert!(request(Method::GET, uri, None), "{uri}");
            assert!(!request(Method::GET, uri, Some("a=b")), "{uri} with a cookie");
            assert!(!request(Method::POST, uri, None), "{uri} posted");
        }
        for uri in ["/applications", "/opportunitiesx", "/consent/abc", "/saved", "/demo", "/do/x"] {
            assert!(!request(Method::GET, uri, None), "{uri}");
        }
    }
}
