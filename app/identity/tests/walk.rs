//! Signing in as a browser without scripts does it: plain forms, cookies and redirects.

#![allow(clippy::unwrap_used, reason = "a test that cannot go on has failed")]

use std::collections::BTreeMap;
use std::sync::Arc;

use axum::body::{Body, to_bytes};
use axum::extract::Request;
use axum::http::{StatusCode, header};
use axum::middleware::{Next, from_fn};
use axum::{Router, routing::any};
use domain::Role;
use identity::pages::*;
use leptos::config::LeptosOptions;
use leptos::prelude::*;
use leptos_axum::{LeptosRoutes, generate_route_list, handle_server_fns};
use leptos_meta::{MetaTags, provide_meta_context};
use leptos_router::components::{FlatRoutes, Route, Router as Routing};
use leptos_router::{SsrMode, path};
use services::identity::{Rights, SESSION_COOKIE, START_COOKIE, actor_for_token, invite_staff};
use services::{Ctx, Services, testing};
use tower::ServiceExt;

fn shell() -> impl IntoView {
    provide_meta_context();
    view! {
        <!DOCTYPE html>
        <html lang="en-GB">
            <head>
                <MetaTags />
            </head>
            <body>
                <App />
            </body>
        </html>
    }
}

#[component]
fn App() -> impl IntoView {
    view! {
        <Routing>
            <FlatRoutes fallback=|| "not found">
                <Route path=path!("/sign-in") view=SignInPage ssr=SsrMode::Async />
                <Route path=path!("/sign-in/code") view=CodePage ssr=SsrMode::Async />
                <Route path=path!("/sign-in/date-of-birth") view=DateOfBirthPage ssr=SsrMode::Async />
                <Route path=path!("/sign-in/too-young") view=TooYoungPage ssr=SsrMode::Async />
                <Route path=path!("/staff/sign-in") view=StaffSignInPage ssr=SsrMode::Async />
                <Route path=path!("/staff/code") view=StaffCodePage ssr=SsrMode::Async />
                <Route path=path!("/staff/invitation/:token") view=InvitationPage ssr=SsrMode::Async />
                <Route path=path!("/account") view=AccountPage ssr=SsrMode::Async />
            </FlatRoutes>
        </Routing>
    }
}

/// A browser without scripts: a jar of cookies, and the page that it shows.
struct Browser {
    services: Arc<Services>,
    jar: BTreeMap<String, String>,
    /// The path of every address that it was sent to.
    been: Vec<String>,
    status: StatusCode,
    page: String,
}

impl Browser {
    fn new(services: &Arc<Services>) -> Self {
        Self {
            services: services.clone(),
            jar: BTreeMap::new(),
            been: vec![],
            status: StatusCode::OK,
            page: String::new(),
        }
    }

    async fn send(&mut self, request: axum::http::request::Builder, body: Body) -> Option<String> {
        let options = LeptosOptions::builder().output_name("walk").build();
        let services = self.services.clone();
        let recognise = move |mut request: Request, next: Next| {
            let services = services.clone();
            async move {
                let cookies = request
                    .headers()
                    .get(header::COOKIE)
                    .map(|value| value.to_str().unwrap().to_owned())
                    .unwrap_or_default();
                let token = cookies
                    .split("; ")
                    .find_map(|pair| pair.strip_prefix(&format!("{SESSION_COOKIE}=")))
                    .unwrap_or_default();
                let actor = actor_for_token(&services, token).await.unwrap();
                request.extensions_mut().insert(Ctx { services, actor, address: "192.0.2.7".parse().ok() });
                next.run(request).await
            }
        };
        let site: Router = Router::new()
            .leptos_routes(&options, generate_route_list(App), shell)
            .route("/do/{*function}", any(handle_server_fns))
            .layer(from_fn(recognise))
            .with_state(options);
        let cookies = self.jar.iter().map(|(name, value)| format!("{name}={value}")).collect::<Vec<_>>().join("; ");
        let request = request.header(header::COOKIE, cookies).header(header::ACCEPT, "text/html").body(body).unwrap();
        let answer = site.oneshot(request).await.unwrap();
        for line in answer.headers().get_all(header::SET_COOKIE) {
            let line = line.to_str().unwrap();
            for part in ["Path=/", "HttpOnly", "Secure", "SameSite=Lax"] {
                assert!(line.contains(part), "{line}");
            }
            let (name, value) = line.split(';').next().unwrap().split_once('=').unwrap();
            if line.contains("Max-Age=0") {
                self.jar.remove(name)
            } else {
                self.jar.insert(name.into(), value.into())
            };
        }
        self.status = answer.status();
        let to = answer.headers().get(header::LOCATION).map(|to| to.to_str().unwrap().to_owned());
        self.page = String::from_utf8(to_bytes(answer.into_body(), 1_000_000).await.unwrap().to_vec()).unwrap();
        to
    }

    /// Goes to an address and follows redirects.
    async fn go(&mut self, path: &str) -> &mut Self {
        let mut next = Some(path.to_owned());
        while let Some(path) = next {
            self.been.push(path.clone());
            assert!(self.been.len() < 100, "going round: {:?}", self.been);
            next = self.send(Request::get(&path), Body::empty()).await;
        }
        self
    }

    /// Sends the form of the page that it shows, which has to have these fields and this action.
    async fn submit(&mut self, action: &str, fields: &[(&str, &str)]) -> &mut Self {
        assert!(
            self.page.contains(&format!("action=\"{action}\"")),
            "no form to {action} at {}: {}",
            self.at(),
            self.page
        );
        for (name, _) in fields {
            assert!(self.page.contains(&format!("name=\"{name}\"")), "no field {name} at {}: {}", self.at(), self.page);
        }
        let body = fields
            .iter()
            .map(|(name, value)| format!("{name}={}", kit::urlencode(value)))
            .collect::<Vec<_>>()
            .join("&");
        let request = Request::post(action).header(header::CONTENT_TYPE, "application/x-www-form-urlencoded");
        if let Some(to) = self.send(request, Body::from(body)).await {
            assert_eq!(self.status, StatusCode::SEE_OTHER);
            self.go(&to).await;
        }
        self
    }

    fn at(&self) -> &str {
        self.been.last().unwrap()
    }

    fn sees(&self, words: &str) -> &Self {
        assert!(self.page.contains(words), "not at {}: {words}\n{}", self.at(), self.page);
        self
    }

    /// The value of a hidden field.
    fn hidden(&self, name: &str) -> String {
        let (_, rest) = self
            .page
            .split_once(&format!("name=\"{name}\" value=\""))
            .unwrap_or_else(|| panic!("no {name}: {}", self.page));
        rest.split('"').next().unwrap().to_owned()
    }
}

async fn newest_code(services: &Services) -> String {
    let mut tx = services.db.read().await.unwrap();
    let letter = store::messages::list_newest(&mut tx, 1).await.unwrap().remove(0);
    letter.text.lines().find(|line| line.starts_with("    ")).unwrap().split_whitespace().collect()
}

#[tokio::test]
async fn a_learner_signs_in_mends_mistakes_and_signs_out() {
    store::testing::both(|db| async move {
        let (services, _) = testing::services(db, "2027-03-01T09:00:00");
        let mut browser = Browser::new(&services);
        browser.go("/sign-in?to=/account").await;
        browser.sees("Send me a code").sees("/staff/sign-in?to=/account");
        let to = browser.hidden("to");
        browser.submit("/do/identity_request_code", &[("email", "amira@mail"), ("to", &to)]).await;
        assert_eq!(browser.at(), "/sign-in?problem=email");
        browser
            .sees("There is a problem")
            .sees("href=\"#email\"")
            .sees("value=\"amira@mail\"")
            .sees("aria-describedby");
        let to = browser.hidden("to");
        assert_eq!(to, "/account");
        browser.submit("/do/identity_request_code", &[("email", "amira@mail.example"), ("to", &to)]).await;
        assert_eq!(browser.at(), "/sign-in/code");
        browser.sees("amira@mail.example").sees("autocomplete=\"one-time-code\"").sees("inputmode=\"numeric\"");
        let code = newest_code(&services).await;
        browser.submit("/do/identity_enter_code", &[("code", "12")]).await.sees("Enter the 6 digits from our email");
        let wrong = if code == "111111" { "222222" } else { "111111" };
        browser.submit("/do/identity_enter_code", &[("code", wrong)]).await.sees("You have 4 tries left");
        browser.submit("/do/identity_enter_code", &[("code", &code)]).await;
        assert_eq!(browser.at(), "/sign-in/date-of-birth");
        browser
            .submit("/do/identity_start_account", &[("dob_day", "31"), ("dob_month", "2"), ("dob_year", "2010")])
            .await;
        browser
            .sees("Date of birth must be a real date")
            .sees("href=\"#dob-day\"")
            .sees("value=\"31\"")
            .sees("id=\"dob-day\"");
        browser
            .submit("/do/identity_start_account", &[("dob_day", "27"), ("dob_month", "3"), ("dob_year", "2010")])
            .await;
        assert_eq!(browser.at(), "/account");
        browser.sees("amira@mail.example").sees("27 March 2010");
        assert!(!browser.jar.contains_key(START_COOKIE));
        // Signed in already: no second time.
        browser.go("/sign-in?to=/account").await;
        assert_eq!(browser.at(), "/account");
        let session = browser.jar[SESSION_COOKIE].clone();
        browser.submit("/do/identity_sign_out", &[]).await;
        assert!(browser.jar.is_empty());
        assert!(actor_for_token(&services, &session).await.unwrap().is_none());
        browser.go("/account").await;
        assert_eq!(browser.at(), "/sign-in?to=/account");
        // Nothing personal was ever in an address.
        assert!(
            browser.been.iter().all(|path| !path.contains("amira") && !path.contains("2010") && !path.contains(&code)),
            "{:?}",
            browser.been
        );
    })
    .await;
}

#[tokio::test]
async fn a_new_sign_in_ends_the_session_before() {
    store::testing::both(|db| async move {
        let (services, _) = testing::services(db, "2027-03-01T09:00:00");
        let mut browser = Browser::new(&services);
        let mut sessions = Vec::new();
        for _ in 0..2 {
            browser.jar.retain(|name, _| name == SESSION_COOKIE);
            let earlier = browser.jar.remove(SESSION_COOKIE);
            browser.go("/sign-in").await.submit("/do/identity_request_code", &[("email", "amira@mail.example")]).await;
            let code = newest_code_for(&services, &browser).await;
            // The cookie of before comes along with the code.
            browser.jar.extend(earlier.map(|token| (SESSION_COOKIE.to_owned(), token)));
            browser.submit("/do/identity_enter_code", &[("code", &code)]).await;
            if browser.at() == "/sign-in/date-of-birth" {
                browser
                    .submit(
                        "/do/identity_start_account",
                        &[("dob_day", "27"), ("dob_month", "3"), ("dob_year", "2010")],
                    )
                    .await;
            }
            sessions.push(browser.jar[SESSION_COOKIE].clone());
        }
        assert!(actor_for_token(&services, &sessions[0]).await.unwrap().is_none());
        assert!(actor_for_token(&services, &sessions[1]).await.unwrap().is_some());
    })
    .await;
}

/// The code for the try of this browser, among letters of the same instant.
async fn newest_code_for(services: &Services, browser: &Browser) -> String {
    let key = format!("sign_in:{}", services::context::hash(&browser.jar[START_COOKIE]));
    let mut tx = services.db.read().await.unwrap();
    let letters = store::messages::list_newest(&mut tx, 10).await.unwrap();
    let letter = letters.into_iter().find(|letter| letter.key == key).unwrap();
    letter.text.lines().find(|line| line.starts_with("    ")).unwrap().split_whitespace().collect()
}

#[tokio::test]
async fn a_child_is_turned_away_kindly() {
    store::testing::both(|db| async move {
        let (services, _) = testing::services(db, "2027-03-01T09:00:00");
        let mut browser = Browser::new(&services);
        browser.go("/sign-in").await.submit("/do/identity_request_code", &[("email", "kim@mail.example")]).await;
        let code = newest_code(&services).await;
        browser.submit("/do/identity_enter_code", &[("code", &code)]).await;
        browser
            .submit("/do/identity_start_account", &[("dob_day", "2"), ("dob_month", "3"), ("dob_year", "2014")])
            .await;
        assert_eq!(browser.at(), "/sign-in/too-young");
        browser.sees("We kept nothing about you");
        assert!(browser.jar.is_empty());
    })
    .await;
}

#[tokio::test]
async fn staff_set_up_their_account_and_sign_in() {
    store::testing::both(|db| async move {
        let (services, clock) = testing::services(db, "2027-03-01T09:00:00");
        let link = invite_staff(&services, "nat@england.example", "Nat Khan", None, Role::National, Rights::default())
            .await
            .unwrap();
        let path = link.strip_prefix("https://wex.example").unwrap();
        let mut browser = Browser::new(&services);
        browser.go(path).await.sees("Hello Nat Khan").sees("<svg").sees("viewBox=");
        assert!(!browser.page.contains("style="), "the content policy allows no inline style");
        let (_, rest) = browser.page.split_once("type this key into the app: ").unwrap();
        let secret: String = rest.split('>').nth(1).unwrap().split('<').next().unwrap().replace(' ', "");
        let code = |clock_seconds: i64| {
            let secret = totp_rs::Secret::try_from_base32(&secret).unwrap();
            let totp = totp_rs::Builder::new().with_secret(secret).build().unwrap();
            totp.generate(u64::try_from(clock_seconds).unwrap()).to_string()
        };
        let invitation = path.rsplit('/').next().unwrap();
        browser
            .submit(
                "/do/identity_accept_invitation",
                &[("invitation", invitation), ("password", "Nat Khan 12345"), ("code", "1")],
            )
            .await;
        browser.sees("Enter a password without your name").sees("Enter the 6-digit code that your app shows now");
        assert!(!browser.page.contains("12345"));
        let now = code(services.now().0 / 1_000_000);
        browser
            .submit(
                "/do/identity_accept_invitation",
                &[("invitation", invitation), ("password", "three words apart"), ("code", &now)],
            )
            .await;
        assert_eq!(browser.at(), "/account");
        browser.sees("Nat Khan").sees("National team");
        browser.submit("/do/identity_sign_out_everywhere", &[]).await;
        assert_eq!(browser.at(), "/sign-in");
        browser.go(path).await.sees("This invitation does not work");
        assert_eq!(browser.status, StatusCode::NOT_FOUND);

        clock.set_offset(clock.offset() + 60_000_000);
        browser.go("/staff/sign-in?to=//evil.example").await;
        let to = browser.hidden("to");
        browser
            .submit(
                "/do/identity_enter_password",
                &[("email", "nat@england.example"), ("password", "not that one"), ("to", &to)],
            )
            .await;
        assert_eq!(browser.at(), "/staff/sign-in?problem=wrong");
        browser.sees("One of them is not right").sees("value=\"nat@england.example\"");
        browser
            .submit(
                "/do/identity_enter_password",
                &[("email", "nat@england.example"), ("password", "three words apart"), ("to", &to)],
            )
            .await;
        assert_eq!(browser.at(), "/staff/code");
        browser.submit("/do/identity_enter_second_factor", &[("code", &now)]).await.sees("You have 4 tries left");
        let now = code(services.now().0 / 1_000_000);
        browser.submit("/do/identity_enter_second_factor", &[("code", &now)]).await;
        assert_eq!(browser.at(), "/account", "and not at another host");
    })
    .await;
}

#[tokio::test]
async fn pages_without_a_try_lead_to_the_start() {
    store::testing::both(|db| async move {
        let (services, _) = testing::services(db, "2027-03-01T09:00:00");
        for (path, start) in [
            ("/sign-in/code", "/sign-in?problem=ended"),
            ("/sign-in/date-of-birth", "/sign-in?problem=ended"),
            ("/staff/code", "/staff/sign-in?problem=ended"),
        ] {
            let mut browser = Browser::new(&services);
            browser.go(path).await.sees("There is a problem");
            assert_eq!(browser.at(), start);
        }
    })
    .await;
}
