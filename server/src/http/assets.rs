//! The site's files, inside the binary: what Trunk built, and the few of `public`.

use std::collections::HashMap;

use app::{Bundle, Site};
use axum::body::{Body, Bytes};
use axum::extract::{Path, Request, State};
use axum::http::{HeaderMap, HeaderValue, Response, StatusCode, header};
use leptos::config::LeptosOptions;
use rust_embed::{Embed, RustEmbed};
use sha2::{Digest, Sha256};

use super::{Web, offline};

#[derive(Embed)]
#[folder = "../target/site/pkg"]
struct Pkg;

#[derive(Embed)]
#[folder = "../public"]
struct Public;

/// A file as it is sent.
#[derive(Debug, Clone)]
pub(super) struct File {
    bytes: Bytes,
    /// Compressed once, when it was built.
    brotli: Option<Bytes>,
    kind: &'static str,
    tag: HeaderValue,
}

/// What other sites have on their pages: its names cannot change with its content.
const WIDGET: &str = "widget.";

/// Every file of the site.
#[derive(Debug, Default)]
pub struct Assets {
    pkg: HashMap<String, File>,
    widget: HashMap<String, File>,
    public: HashMap<String, File>,
    worker: Option<File>,
}

impl Assets {
    /// Takes the files out of the binary.
    #[must_use]
    pub fn embedded() -> Self {
        let (widget, pkg): (HashMap<_, _>, HashMap<_, _>) =
            files::<Pkg>().into_iter().partition(|(name, _)| name.starts_with(WIDGET));
        let mut names: Vec<String> = pkg.keys().cloned().collect();
        names.sort();
        let worker = made("sw.js", offline::script(&names));
        Self { pkg, widget, public: files::<Public>(), worker }
    }

    /// The service worker.
    pub(super) fn worker(&self) -> Option<&File> {
        self.worker.as_ref()
    }

    /// The addresses of `public`'s files, without the slash in front.
    pub(super) fn public_names(&self) -> impl Iterator<Item = &str> {
        self.public.keys().map(String::as_str)
    }

    /// What pages are told about the files. Without a bundle (the server was built before the site),
    /// pages have neither style nor scripts.
    #[must_use]
    pub fn site(&self) -> Site {
        let name = |test: &dyn Fn(&str) -> bool| self.pkg.keys().find(|name| test(name)).cloned();
        let scripts = name(&|name| name.starts_with("frontend-") && name.ends_with(".js"));
        let styles = name(&|name| name.starts_with("main-") && name.ends_with(".css"));
        let bundle = match (scripts, styles) {
            (Some(scripts), Some(styles)) => {
                let output_name = scripts.trim_end_matches(".js").to_owned();
                self.pkg
                    .contains_key(&format!("{output_name}_bg.wasm"))
                    .then(|| Bundle { options: options(&output_name), stylesheet: format!("/pkg/{styles}") })
            }
            _ => None,
        };
        Site { bundle, icon: "/favicon.svg".into(), manifest: "/manifest.webmanifest".into(), ..Site::default() }
    }
}

/// Leptos's options for these files. The server listens and serves files by itself.
fn options(output_name: &str) -> LeptosOptions {
    LeptosOptions::builder().output_name(output_name.to_owned()).site_pkg_dir("pkg").build()
}

/// A file that is made when the server starts.
fn made(name: &str, text: String) -> Option<File> {
    let bytes = Bytes::from(text);
    let tag = tag(&Sha256::digest(&bytes))?;
    Some(File { bytes, brotli: None, kind: kind(name), tag })
}

/// An entity tag: the beginning of the content's hash.
fn tag(hash: &[u8]) -> Option<HeaderValue> {
    HeaderValue::from_str(&format!("\"{}\"", services::context::hex(&hash[..12]))).ok()
}

fn files<E: RustEmbed>() -> HashMap<String, File> {
    E::iter()
        .filter(|name| !name.ends_with(".br"))
        .filter_map(|name| {
            let bytes = |name: &str| {
                E::get(name).map(|file| (Bytes::from(file.data.into_owned()), file.metadata.sha256_hash()))
            };
            let (content, hash) = bytes(&name)?;
            let file = File {
                bytes: content,
                brotli: bytes(&format!("{name}.br")).map(|(content, _)| content),
                kind: kind(&name),
                tag: tag(&hash)?,
            };
            Some((name.into_owned(), file))
        })
        .collect()
}

fn kind(name: &str) -> &'static str {
    match name.rsplit('.').next().unwrap_or_default() {
        "js" => "text/javascript; charset=utf-8",
        "css" => "text/css; charset=utf-8",
        "wasm" => "application/wasm",
        "svg" => "image/svg+xml",
        "webmanifest" => "application/manifest+json",
        "json" => "application/json",
        "png" => "image/png",
        "txt" => "text/plain; charset=utf-8",
        _ => "application/octet-stream",
    }
}

/// A file of the bundle. Its name has a hash of its content, so it may be kept for ever.
pub(super) async fn bundle(State(web): State<Web>, Path(name): Path<String>, headers: HeaderMap) -> Response<Body> {
    respond(web.assets.pkg.get(&name), &headers, "public, max-age=31536000, immutable")
}

/// A file of `public`. Its name stays when its content changes, so browsers ask for it again.
pub(super) async fn public(State(web): State<Web>, request: Request) -> Response<Body> {
    let name = request.uri().path().trim_start_matches('/').to_owned();
    respond(web.assets.public.get(&name), request.headers(), "public, max-age=3600")
}

/// A file of the widget. Any site may load it, and asks for it again after five minutes.
pub(super) async fn widget(State(web): State<Web>, request: Request) -> Response<Body> {
    let name = request.uri().path().trim_start_matches('/');
    let mut response = respond(web.assets.widget.get(name), request.headers(), "public, max-age=300");
    let headers = response.headers_mut();
    headers.insert("cross-origin-resource-policy", HeaderValue::from_static("cross-origin"));
    headers.insert(header::ACCESS_CONTROL_ALLOW_ORIGIN, HeaderValue::from_static("*"));
    response
}

pub(super) fn respond(file: Option<&File>, headers: &HeaderMap, keep: &'static str) -> Response<Body> {
    let mut response = Response::new(Body::empty());
    let Some(file) = file else {
        *response.status_mut() = StatusCode::NOT_FOUND;
        return response;
    };
    let out = response.headers_mut();
    out.insert(header::CACHE_CONTROL, HeaderValue::from_static(keep));
    out.insert(header::ETAG, file.tag.clone());
    out.insert(header::VARY, HeaderValue::from_static("accept-encoding"));
    if headers.get(header::IF_NONE_MATCH) == Some(&file.tag) {
        *response.status_mut() = StatusCode::NOT_MODIFIED;
        return response;
    }
    out.insert(header::CONTENT_TYPE, HeaderValue::from_static(file.kind));
    let body = match &file.brotli {
        Some(small) if accepts_brotli(headers) => {
            out.insert(header::CONTENT_ENCODING, HeaderValue::from_static("br"));
            small
        }
        _ => &file.bytes,
    };
    *response.body_mut() = Body::from(body.clone());
    response
}

fn accepts_brotli(headers: &HeaderMap) -> bool {
    headers
        .get_all(header::ACCEPT_ENCODING)
        .iter()
        .filter_map(|value| value.to_str().ok())
        .flat_map(|value| value.split(','))
        .any(|one| {
            let mut parts = one.split(';').map(str::trim);
            parts.next() == Some("br")
                && !parts.any(|weight| matches!(weight.replace(' ', "").as_str(), "q=0" | "q=0.0"))
        })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn brotli_is_sent_only_where_it_is_taken() {
        for (value, taken) in [
            ("gzip, deflate, br, zstd", true),
            ("br;q=1.0", true),
            ("gzip", false),
            ("br;q=0", false),
            ("identity, brotli", false),
        ] {
            let mut headers = HeaderMap::new();
            headers.insert(header::ACCEPT_ENCODING, HeaderValue::from_static(value));
            assert_eq!(accepts_brotli(&headers), taken, "{value}");
        }
    }

    #[test]
    fn a_file_that_a_browser_has_is_not_sent_again() {
        let file = File {
            bytes: Bytes::from_static(b"abc"),
            brotli: Some(Bytes::from_static(b"b")),
            kind: "text/plain",
            tag: HeaderValue::from_static("\"1\""),
        };
        let mut headers = HeaderMap::new();
        assert_eq!(respond(Some(&file), &headers, "k").headers().get(header::CONTENT_ENCODING), None);
        headers.insert(header::ACCEPT_ENCODING, HeaderValue::from_static("br"));
        assert_eq!(respond(Some(&file), &headers, "k").headers()[header::CONTENT_ENCODING], "br");
        headers.insert(header::IF_NONE_MATCH, HeaderValue::from_static("\"1\""));
        assert_eq!(respond(Some(&file), &headers, "k").status(), StatusCode::NOT_MODIFIED);
        assert_eq!(respond(None, &headers, "k").status(), StatusCode::NOT_FOUND);
    }

    #[test]
    fn the_bundle_is_found_by_its_names() {
        let file = File { bytes: Bytes::new(), brotli: None, kind: "", tag: HeaderValue::from_static("\"1\"") };
        let pkg = |names: &[&str]| Assets {
            pkg: names.iter().map(|name| ((*name).to_owned(), file.clone())).collect(),
            ..Assets::default()
        };
        let site = pkg(&["frontend-1a2b.js", "frontend-1a2b_bg.wasm", "main-3c.css"]).site();
        let bundle = site.bundle.unwrap();
        assert_eq!(
            (bundle.options.output_name.as_ref(), bundle.stylesheet.as_str()),
            ("frontend-1a2b", "/pkg/main-3c.css")
        );
        assert!(pkg(&["frontend-1a2b.js", "main-3c.css"]).site().bundle.is_none());
    }
}
