//! A site to ask, and what it answered.

use std::sync::Arc;

use axum::Router;
use axum::body::{Body, to_bytes};
use axum::http::{HeaderMap, Request, StatusCode};
use domain::Role;
use domain::ids::{AccountId, OrganisationId};
use domain::time::Moment;
use server::{Assets, Shared, Web, router};
use services::mail::{Folder, Post, TextFile};
use services::time::{MovableClock, SeededRandom, StoppedClock, from_london};
use services::{Services, Settings};
use store::Db;
use tower::ServiceExt;

/// A site with its database, which goes with it.
pub struct TestSite {
    pub services: Arc<Services>,
    router: Router,
    folder: tempfile::TempDir,
}

/// An answer, read to its end.
pub struct Answer {
    pub status: StatusCode,
    pub headers: HeaderMap,
    pub text: String,
}

impl Answer {
    pub fn header(&self, name: &str) -> &str {
        self.headers.get(name).map_or("", |value| value.to_str().unwrap())
    }
    /// The only heading of the first level.
    pub fn heading(&self) -> String {
        let (_, rest) = self.text.split_once("<h1").unwrap_or_else(|| panic!("no h1 in {}", self.text));
        assert!(!rest.contains("<h1"), "a second h1");
        let inner = &rest[rest.find('>').unwrap() + 1..rest.find("</h1>").unwrap()];
        plain(inner)
    }
}

/// Text without tags and comments.
fn plain(html: &str) -> String {
    let mut out = String::new();
    let mut inside = false;
    for c in html.chars() {
        match c {
            '<' => inside = true,
            '>' => inside = false,
            c if !inside => out.push(c),
            _ => {}
        }
    }
    out.trim().to_owned()
}

impl TestSite {
    pub async fn new(demonstration: bool) -> Self {
        Self::with(demonstration, "https://wex.example").await
    }

    pub async fn with(demonstration: bool, base_url: &str) -> Self {
        let folder = tempfile::tempdir().unwrap();
        let db = Db::open(&format!("sqlite:{}", folder.path().join("site.sqlite").display())).await.unwrap();
        db.migrate().await.unwrap();
        let clock = MovableClock::new(StoppedClock(from_london("2027-03-01T09:00:00".parse().unwrap())));
        let settings =
            Settings { base_url: base_url.into(), secret_key: [7; 32], demonstration, searches_per_minute: 0 };
        let services = Services::new(db, Arc::new(clock.clone()), Arc::new(SeededRandom::new(7)), settings);
        let assets = Assets::embedded();
        let mut site = assets.site();
        site.demonstration = demonstration;
        let post = Post {
            mail: Box::new(Folder::new(folder.path().join("mail"), "wex <no-reply@wex.example>".parse().unwrap())),
            texts: Box::new(TextFile(folder.path().join("texts.jsonl"))),
        };
        let web = Web::from(Shared {
            services: services.clone(),
            site: Arc::new(site),
            assets: Arc::new(assets),
            clock: demonstration.then_some(clock),
            post: Arc::new(post),
            trusted_proxy: 0,
        });
        Self { services, router: router(web), folder }
    }

    pub fn files(&self, name: &str) -> usize {
        std::fs::read_dir(self.folder.path().join(name)).map_or(0, Iterator::count)
    }

    pub async fn send(&self, request: Request<Body>) -> Answer {
        let (head, body) = self.router.clone().oneshot(request).await.unwrap().into_parts();
        let bytes = to_bytes(body, 10 << 20).await.unwrap();
        Answer { status: head.status, headers: head.headers, text: String::from_utf8_lossy(&bytes).into_owned() }
    }

    /// Opens a page as a browser does.
    pub async fn get(&self, path: &str, cookie: &str) -> Answer {
        self.send(
            Request::get(path).header("accept", "text/html").header("cookie", cookie).body(Body::empty()).unwrap(),
        )
        .await
    }

    /// Sends a form as a browser without scripts does, from our own page.
    pub async fn post(&self, path: &str, cookie: &str, form: &str) -> Answer {
        let request = Request::post(path)
            .header("accept", "text/html,application/xhtml+xml")
            .header("content-type", "application/x-www-form-urlencoded")
            .header("sec-fetch-site", "same-origin")
            .header("referer", "https://wex.example/opportunities?q=my+secret")
            .header("cookie", cookie);
        self.send(request.body(Body::from(form.to_owned())).unwrap()).await
    }

    /// Signs somebody in; the cookie.
    pub async fn signed_in(&self, email: &str, role: Option<Role>) -> String {
        let mut tx = self.services.db.write().await.unwrap();
        let account = store::accounts::Account {
            id: AccountId(self.services.uuid()),
            email: email.into(),
            name: "Amina".into(),
            created_at: Moment(0),
            password_hash: None,
            totp_secret: None,
            totp_last_step: None,
            demonstration: self.services.settings.demonstration,
        };
        store::accounts::insert_account(&mut tx, &account).await.unwrap();
        if let Some(role) = role {
            let organisation = OrganisationId(self.services.uuid());
            let row = store::organisations::Organisation {
                id: organisation,
                code: email.to_uppercase(),
                name: "Aire Valley NHS Trust".into(),
                kind: if role == Role::Adviser { "school" } else { "nhs_trust" }.into(),
                region_code: None,
                icb_code: None,
                address: None,
                town: None,
                postcode: None,
                opened_on: None,
                closed_on: None,
                successor_code: None,
            };
            store::organisations::save_all(&mut tx, &[row]).await.unwrap();
            let membership = store::accounts::Membership {
                account: account.id,
                role,
                organisation: Some(organisation),
                organisation_name: String::new(),
                can_post: true,
                can_decide: true,
                can_see_sensitive: true,
                can_manage: true,
            };
            store::accounts::insert_membership(&mut tx, &membership).await.unwrap();
        } else {
            let learner = store::accounts::Learner {
                account: account.id,
                date_of_birth: "2010-07-06".parse().unwrap(),
                answers: Default::default(),
            };
            store::accounts::insert_learner(&mut tx, &learner).await.unwrap();
        }
        let token = services::identity::open_session(&mut tx, &self.services, account.id).await.unwrap();
        tx.commit().await.unwrap();
        format!("__Host-wex={token}")
    }
}
