//! The service worker: what lets pages that were seen open again without a connection
//! (docs/decisions/0014-offline.md).

use axum::body::Body;
use axum::extract::State;
use axum::http::{HeaderMap, HeaderValue, Response, header};

use super::{Web, assets};

const SCRIPT: &str = include_str!("offline/worker.js");

/// It may ask our own server and nothing else. A page's policy does not hold for it.
const POLICY: &str = "default-src 'none'; connect-src 'self'";

/// The script for a build with these files: another build is another script, so that browsers see that
/// there is something new.
pub(super) fn script(files: &[String]) -> String {
    // Names of files: letters, digits, and a few signs that need no escaping.
    let list = files.iter().map(|name| format!("\"/pkg/{name}\"")).collect::<Vec<_>>().join(",");
    format!("const FILES_OF_BUILD = [{list}];\n{SCRIPT}")
}

/// The script, which browsers ask for again at every visit.
pub(super) async fn worker(State(web): State<Web>, headers: HeaderMap) -> Response<Body> {
    let mut response = assets::respond(web.assets.worker(), &headers, "no-cache");
    response.headers_mut().insert(header::CONTENT_SECURITY_POLICY, HeaderValue::from_static(POLICY));
    response
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn another_build_is_another_script() {
        let one = script(&["frontend-1.js".into(), "main-1.css".into()]);
        assert!(one.starts_with("const FILES_OF_BUILD = [\"/pkg/frontend-1.js\",\"/pkg/main-1.css\"];\n"), "{one}");
        assert_ne!(one, script(&["frontend-2.js".into(), "main-1.css".into()]));
        assert!(script(&[]).starts_with("const FILES_OF_BUILD = [];"));
    }
}
