//! Applying, following and consenting as a browser without scripts does it: plain forms and redirects;
//! and the answers that the islands get. Told on both databases.

#![allow(clippy::unwrap_used, reason = "only tests")]

use std::sync::Arc;

use apply::pages::*;
use axum::body::{Body, to_bytes};
use axum::extract::Request;
use axum::http::{StatusCode, header};
use axum::middleware::{Next, from_fn};
use axum::{Router, routing::any};
use domain::application::NoReason;
use domain::clearance::ClearanceKind;
use leptos::config::LeptosOptions;
use leptos::prelude::*;
use leptos_axum::{LeptosRoutes, generate_route_list, handle_server_fns};
use leptos_meta::{MetaTags, provide_meta_context};
use leptos_router::components::{FlatRoutes, Route, Router as Routing};
use leptos_router::{SsrMode, path};
use services::applications::Decision;
use services::testing::{self, World};
use services::{Ctx, Services};
use store::testing::both;
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
                <Route path=path!("/apply/:reference") view=ApplyPage ssr=SsrMode::Async />
                <Route path=path!("/apply/:reference/check") view=CheckPage ssr=SsrMode::Async />
                <Route path=path!("/apply/:reference/:step") view=ApplyPage ssr=SsrMode::Async />
                <Route path=path!("/applications") view=ApplicationsPage ssr=SsrMode::Async />
                <Route path=path!("/applications/:reference") view=ApplicationPage ssr=SsrMode::Async />
                <Route path=path!("/applications/:reference/sent") view=SentPage ssr=SsrMode::Async />
                <Route path=path!("/applications/:reference/withdraw") view=WithdrawPage ssr=SsrMode::Async />
                <Route path=path!("/applications/:reference/parent-or-carer") view=CorrectGuardianPage ssr=SsrMode::Async />
                <Route path=path!("/consent/:token") view=ConsentPage ssr=SsrMode::Async />
                <Route path=path!("/consent/:token/question") view=QuestionPage ssr=SsrMode::Async />
                <Route path=path!("/consent/page/:token") view=PrivatePage ssr=SsrMode::Async />
                <Route path=path!("/consent/page/:token/withdraw") view=WithdrawConsentPage ssr=SsrMode::Async />
            </FlatRoutes>
        </Routing>
    }
}

/// A browser without scripts, and the page that it shows.
struct Browser {
    ctx: Ctx,
    at: String,
    status: StatusCode,
    page: String,
}

impl Browser {
    fn new(ctx: &Ctx) -> Self {
        Self { ctx: ctx.clone(), at: String::new(), status: StatusCode::OK, page: String::new() }
    }
    fn signed_out(services: &Arc<Services>) -> Self {
        Self::new(&testing::ctx(services, None))
    }

    async fn send(
        &mut self,
        request: axum::http::request::Builder,
        body: Body,
    ) -> (axum::http::HeaderMap, Option<String>) {
        let options = LeptosOptions::builder().output_name("walk").build();
        let ctx = self.ctx.clone();
        let recognise = move |mut request: Request, next: Next| {
            let ctx = ctx.clone();
            async move {
                request.extensions_mut().insert(ctx);
                next.run(request).await
            }
        };
        let site: Router = Router::new()
            .leptos_routes(&options, generate_route_list(App), shell)
            .route("/do/{*function}", any(handle_server_fns))
            .layer(from_fn(recognise))
            .with_state(options);
        let answer = site.oneshot(request.body(body).unwrap()).await.unwrap();
        self.status = answer.status();
        let headers = answer.headers().clone();
        let to = headers
            .get(header::LOCATION)
            .filter(|_| self.status.is_redirection())
            .map(|to| to.to_str().unwrap().to_owned());
        self.page = String::from_utf8(to_bytes(answer.into_body(), 1_000_000).await.unwrap().to_vec()).unwrap();
        (headers, to)
    }

    /// Goes to an address and follows redirects.
    async fn go(&mut self, path: &str) -> &mut Self {
        let mut next = Some(path.to_owned());
        for _ in 0..10 {
            let Some(path) = next.filter(|path| !path.starts_with("/sign-in") && !path.starts_with("/opportunities"))
            else {
                break;
            };
            self.at.clone_from(&path);
            let request = Request::get(&path).header(header::ACCEPT, "text/html");
            next = self.send(request, Body::empty()).await.1;
            if let Some(to) = &next {
                self.at.clone_from(to);
            }
        }
        assert!(!self.page.contains("<template"), "{}: {}", self.at, self.page);
        self
    }

    /// Posts a form with these fields, which the page has to have.
    async fn submit(&mut self, action: &str, fields: &[(&str, &str)]) -> &mut Self {
        assert!(
            self.page.contains(&format!("action=\"/do/{action}\"")),
            "no form to {action} at {}: {}",
            self.at,
            self.page
        );
        for (name, _) in fields {
            assert!(self.page.contains(&format!("name=\"{name}\"")), "no field {name} at {}: {}", self.at, self.page);
        }
        self.post(action, fields).await
    }

    async fn post(&mut self, action: &str, fields: &[(&str, &str)]) -> &mut Self {
        let body = form(fields);
        let request = Request::post(format!("/do/{action}"))
            .header(header::ACCEPT, "text/html")
            .header(header::CONTENT_TYPE, "application/x-www-form-urlencoded");
        if let (_, Some(to)) = self.send(request, body.into()).await {
            self.at.clone_from(&to);
            self.go(&to).await;
        }
        self
    }

    /// What an island is told.
    async fn ask(&mut self, action: &str, fields: &[(&str, &str)], post: bool) -> &str {
        let request = if post {
            Request::post(format!("/do/{action}"))
        } else {
            Request::get(format!("/do/{action}?{}", form(fields)))
        };
        let request = request
            .header(header::ACCEPT, "application/json")
            .header(header::CONTENT_TYPE, "application/x-www-form-urlencoded");
        self.send(request, form(fields).into()).await;
        &self.page
    }

    #[track_caller]
    fn is_at(&mut self, path: &str) -> &mut Self {
        assert_eq!(self.at, path, "{}", self.page);
        self
    }
    #[track_caller]
    fn shows(&mut self, words: &str) -> &mut Self {
        assert!(self.page.contains(words), "no “{words}” at {}: {}", self.at, self.page);
        self
    }
    #[track_caller]
    fn hides(&mut self, words: &str) -> &mut Self {
        assert!(!self.page.contains(words), "“{words}” at {}: {}", self.at, self.page);
        self
    }
}

fn form(fields: &[(&str, &str)]) -> String {
    fields.iter().map(|(name, value)| format!("{name}={}", kit::urlencode(value))).collect::<Vec<_>>().join("&")
}

async fn world(db: store::Db, places: i64, checks: &[ClearanceKind]) -> World {
    let (services, _) = testing::services(db, "2027-03-01T09:00:00");
    World::make(&services, places, checks).await.unwrap()
}

#[tokio::test]
async fn an_application_is_written_checked_and_sent() {
    both(|db| async move {
        let world = world(db, 2, &[]).await;
        let session = world.session.to_string();

        // Signed out: to sign in, and back to the advert.
        let mut nobody = Browser::signed_out(&world.services);
        nobody
            .post("apply_start_application", &[("session", &session)])
            .await
            .is_at("/sign-in?to=/opportunities/a-week-with-pharmacy");

        let learner = world.learner("Amira", 2010).await.unwrap();
        let mut amira = Browser::new(&learner);
        amira.go("/applications").await.shows("You have not asked for a place yet");
        amira.post("apply_start_application", &[("session", &session)]).await;
        let reference = amira.at.split('/').nth(2).unwrap().to_owned();
        amira.is_at(&format!("/apply/{reference}/name")).shows("Question 1 of").shows("name=\"name\"");

        // Wrong, then right: the page says what to mend, and keeps what was typed.
        let save = |step: &'static str, fields: &[(&'static str, &'static str)]| {
            [
                &[("reference", reference.clone()), ("step", step.to_owned())],
                fields.iter().map(|(n, v)| (*n, (*v).to_owned())).collect::<Vec<_>>().as_slice(),
            ]
            .concat()
        };
        async fn send(browser: &mut Browser, fields: Vec<(&str, String)>) {
            let fields: Vec<(&str, &str)> = fields.iter().map(|(n, v)| (*n, v.as_str())).collect();
            browser.submit("apply_save_answer", &fields).await;
        }
        send(&mut amira, save("name", &[("name", " ")])).await;
        amira
            .is_at(&format!("/apply/{reference}/name?tried=1"))
            .shows("Enter your name")
            .shows("Error: What is your name?");
        send(&mut amira, save("name", &[("name", "Amira <b>")])).await;
        amira.is_at(&format!("/apply/{reference}/date-of-birth")).shows("value=\"2010\"");
        send(&mut amira, save("date-of-birth", &[("dob_day", "31"), ("dob_month", "2"), ("dob_year", "2010")])).await;
        amira.shows("Date of birth must be a real date").shows("value=\"31\"");
        send(&mut amira, save("date-of-birth", &[("dob_day", "27"), ("dob_month", "3"), ("dob_year", "2010")])).await;
        send(&mut amira, save("contact", &[("phone", "")])).await;
        amira.is_at(&format!("/apply/{reference}/school"));
        send(&mut amira, save("school", &[("at_school", "yes"), ("school", "kirkstall")])).await;
        // One school is meant, so it is that one; its adviser uses the service only once there is one.
        amira.is_at(&format!("/apply/{reference}/parent-or-carer"));
        send(
            &mut amira,
            save("parent-or-carer", &[("guardian_name", "Sam"), ("guardian_email", "amira@mail.example")]),
        )
        .await;
        amira.shows("not yours");
        // Leaving and coming back: on where it stopped, with everything that was typed.
        amira
            .go("/applications")
            .await
            .shows("You have not sent it yet")
            .shows(&format!("href=\"/apply/{reference}\""));
        amira
            .go(&format!("/apply/{reference}"))
            .await
            .is_at(&format!("/apply/{reference}/parent-or-carer"))
            .shows("value=\"Sam\"");
        send(&mut amira, save("parent-or-carer", &[("guardian_name", "Sam"), ("guardian_email", "sam@mail.example")]))
            .await;
        send(&mut amira, save("access", &[("access", "</textarea><script>alert(1)</script>")])).await;
        amira.is_at(&format!("/apply/{reference}/why"));
        // Not everything is answered: the page of answers says so and does not offer to send.
        amira
            .go(&format!("/apply/{reference}/check"))
            .await
            .shows("One question still needs an answer")
            .hides("apply_submit_application")
            .hides("<script>alert");
        amira.go(&format!("/apply/{reference}/why")).await;
        // What the island looks for.
        for part in [
            "<leptos-island",
            "id=\"question\"",
            "id=\"question-problem\"",
            "id=\"question-status\"",
            "id=\"why-info\"",
            &format!("data-address=\"/apply/{reference}/why\""),
        ] {
            amira.shows(part);
        }
        send(&mut amira, save("why", &[("why", "I looked after my nan.")])).await;
        amira
            .is_at(&format!("/apply/{reference}/check"))
            .shows("Kirkstall High School")
            .shows("27 March 2010")
            .shows("Monday 15 March 2027")
            .shows("Amira &lt;b&gt;");
        // A change from there leads back there.
        amira.go(&format!("/apply/{reference}/name?from=check")).await;
        send(&mut amira, [save("name", &[("name", "Amira")]), vec![("from_check", "yes".to_owned())]].concat()).await;
        amira.is_at(&format!("/apply/{reference}/check"));

        amira
            .submit("apply_submit_application", &[("reference", &reference)])
            .await
            .shows("Tick the box")
            .shows("Error: Check your answers");
        amira.submit("apply_submit_application", &[("reference", &reference), ("declared", "yes")]).await;
        amira
            .is_at(&format!("/applications/{reference}/sent"))
            .shows(&reference)
            .shows("You will hear by")
            .shows("Monday 15 March 2027")
            .shows("What to tell your parent or carer");
        // Sent: the form is closed, and leads to where it stands.
        amira
            .go(&format!("/apply/{reference}/name"))
            .await
            .is_at(&format!("/applications/{reference}"))
            .shows("You are here");
        let (headers, to) = amira
            .send(
                Request::get(format!("/do/apply_hear_by?reference={reference}"))
                    .header(header::ACCEPT, "text/html")
                    .header(header::REFERER, "/x"),
                Body::empty(),
            )
            .await;
        assert_eq!((amira.status, to), (StatusCode::OK, None));
        assert_eq!(headers[header::CONTENT_TYPE], "text/calendar; charset=utf-8");
        amira.shows("DTSTART;VALUE=DATE:20270315\r\n");

        // Nobody else finds any of it.
        let mut other = Browser::new(&world.learner("Ben", 2009).await.unwrap());
        for path in ["", "/sent", "/withdraw"] {
            other.go(&format!("/applications/{reference}{path}")).await.hides("Pharmacy");
            assert_eq!(other.status, StatusCode::NOT_FOUND, "{path}");
        }
        for path in ["name", "check"] {
            other.go(&format!("/apply/{reference}/{path}")).await;
            assert_eq!(other.status, StatusCode::NOT_FOUND, "{path}");
        }
        for action in
            ["apply_accept_offer", "apply_decline_offer", "apply_withdraw_application", "apply_ask_guardian_again"]
        {
            assert_eq!(
                other.ask(action, &[("reference", &reference)], true).await,
                r#"{"error":"not_found"}"#,
                "{action}"
            );
        }
    })
    .await;
}

#[tokio::test]
async fn an_island_is_told_what_comes_next() {
    both(|db| async move {
        let world = world(db, 2, &[]).await;
        let learner = world.learner("Amira", 2010).await.unwrap();
        let reference = services::applications::start(&learner, world.session).await.unwrap();
        let mut amira = Browser::new(&learner);
        let said =
            amira.ask("apply_save_answer", &[("reference", &reference), ("step", "name"), ("name", "")], true).await;
        assert!(
            said.starts_with(r#"{"Mend":{"#)
                && said.contains("Enter your name")
                && said.contains("Error: What is your name?"),
            "{said}"
        );
        let said = amira
            .ask("apply_save_answer", &[("reference", &reference), ("step", "name"), ("name", "Amira")], true)
            .await;
        assert!(
            said.starts_with(r#"{"Next":{"#)
                && said.contains(&format!("\"address\":\"/apply/{reference}/date-of-birth\"")),
            "{said}"
        );
        assert_eq!(amira.status, StatusCode::OK);
        let said = amira.ask("apply_question", &[("reference", &reference), ("step", "name")], false).await;
        assert!(said.contains("Amira") && !said.contains("<template"), "{said}");
        let said = amira.ask("apply_find_schools", &[("q", "kirk"), ("chosen", "900001")], false).await;
        assert!(
            said.contains("Kirkstall High School, Leeds")
                && said.contains("1 school or college found")
                && said.contains("checked"),
            "{said}"
        );
        let said = amira.ask("apply_find_schools", &[("q", "ki")], false).await;
        assert!(!said.contains("Kirkstall") && said.contains("\"said\":\"\""), "{said}");
        let mut nobody = Browser::signed_out(&world.services);
        assert_eq!(nobody.ask("apply_find_schools", &[("q", "kirk")], false).await, r#"{"error":"sign_in"}"#);
        assert_eq!(nobody.status, StatusCode::INTERNAL_SERVER_ERROR);
    })
    .await;
}

#[tokio::test]
async fn an_offer_is_accepted_agreed_to_and_confirmed() {
    both(|db| async move {
        let world = world(db, 1, &[]).await;
        let learner = world.learner("Amira", 2010).await.unwrap();
        let reference = world.fill(&learner, "Amira", false).await.unwrap();
        services::applications::submit(&learner, &reference, true).await.unwrap();
        let mut amira = Browser::new(&learner);
        let page = format!("/applications/{reference}");
        amira.go(&page).await.shows("Nobody has opened it yet").shows("Sam Carer").hides("Accept the place");
        // Their parent or carer is asked at the same time, but one is in one place only.
        assert_eq!(amira.page.matches("You are here").count(), 1, "{}", amira.page);

        // Nothing new: nothing is sent.
        let stamp = amira.page.split("data-stamp=\"").nth(1).unwrap().split('"').next().unwrap().to_owned();
        assert_eq!(amira.ask("apply_status", &[("reference", &reference), ("since", &stamp)], false).await, "null");
        let coordinator = world.coordinator().await.unwrap();
        world.decide(&coordinator, &reference, Decision::Offer).await.unwrap();
        let said = amira.ask("apply_status", &[("reference", &reference), ("since", &stamp)], false).await;
        assert!(said.contains("You have been offered a place."), "{said}");

        amira.go("/applications").await.shows("Accept the place").shows("Your turn: answer by ");
        amira.submit("apply_accept_offer", &[("reference", &reference)]).await;
        amira.is_at(&format!("{page}?done=accepted")).shows("You have accepted the place").shows("parent or carer");

        let token = world.consent_token("carer-of-amira@mail.example").await.unwrap();
        let mut sam = Browser::signed_out(&world.services);
        sam.go(&format!("/consent/{token}"))
            .await
            .shows("Amira")
            .shows("A week with Pharmacy")
            .shows("noindex")
            .hides("I looked after my nan");
        sam.submit("apply_answer_consent", &[("token", &token)]).await.shows("Choose yes, no or a question");
        sam.submit("apply_answer_consent", &[("token", &token), ("answer", "yes")]).await;
        assert!(sam.at.starts_with("/consent/page/") && sam.at.ends_with("?done=answered"), "{}", sam.at);
        sam.shows("You agreed on").shows("Withdraw my consent").hides("<form").hides("I looked after my nan");
        let private = sam.at.split('?').next().unwrap().to_owned();
        sam.go(&format!("/consent/{token}")).await.shows("You have answered already").hides("A week with Pharmacy");
        sam.go("/consent/0000").await;
        assert_eq!(sam.status, StatusCode::NOT_FOUND);
        amira.go(&page).await.shows("Your place is confirmed.").shows("Sam Carer agreed").shows("Black shoes");

        sam.go(&private).await.shows("place is confirmed").shows("Black shoes");
        let token = private.rsplit('/').next().unwrap().to_owned();
        sam.go(&format!("/consent/{token}/question")).await.shows("work@aire.example");
        sam.submit("apply_ask_question", &[("token", &token)]).await.shows("Write your question");
        sam.submit("apply_ask_question", &[("token", &token), ("question", "Who is there at lunch?")]).await;
        sam.is_at(&format!("{private}?done=asked")).shows("We have sent your question");
        sam.go(&format!("{private}/withdraw")).await.shows("goes to somebody else").shows("Withdraw my consent");

        // Taking it back asks first.
        amira.go(&format!("{page}/withdraw")).await.shows("Your place goes to somebody else");
        amira
            .submit("apply_withdraw_application", &[("reference", &reference)])
            .await
            .shows("You withdrew it")
            .shows("What you can do now")
            .shows("See what you can do online");
        amira.go(&format!("{page}/withdraw")).await.shows("There is nothing to withdraw").hides("<form");
    })
    .await;
}

#[tokio::test]
async fn a_no_is_kind_and_a_school_can_be_shut_out() {
    both(|db| async move {
        let world = world(db, 1, &[ClearanceKind::Identity]).await;
        world.staff("Adviser", domain::Role::Adviser, world.school).await.unwrap();
        let learner = world.learner("Amira", 2010).await.unwrap();
        let reference = world.fill(&learner, "Amira", true).await.unwrap();
        services::applications::submit(&learner, &reference, true).await.unwrap();
        let coordinator = world.coordinator().await.unwrap();
        let mut amira = Browser::new(&learner);
        let page = format!("/applications/{reference}");
        amira.go(&page).await.shows("Careers advisers at Kirkstall High School see where you stand");
        let school = world.school.to_string();
        amira
            .submit("apply_stop_sharing", &[("school", &school), ("reference", &reference)])
            .await
            .shows("No careers adviser can see where you stand");

        // Somebody else holds the one place: on a waiting list with a place free, it would be offered.
        let ben = world.learner("Ben", 2009).await.unwrap();
        let his = world.apply(&ben, "Ben").await.unwrap();
        world.decide(&coordinator, &his, Decision::Offer).await.unwrap();
        world.decide(&coordinator, &reference, Decision::Waitlist).await.unwrap();
        amira.go(&page).await.shows("You are 1st on the waiting list");
        world
            .decide(&coordinator, &reference, Decision::SayNo(NoReason::MoreAsked, "Try again in May <3".into()))
            .await
            .unwrap();
        amira
            .go(&page)
            .await
            .shows("You did not get a place this time.")
            .shows("“More people asked than we have places for.”")
            .shows("They add: “Try again in May &lt;3”")
            .hides("did not answer")
            .shows("What you can do now")
            .shows("profession=pharmacy")
            .hides("unsuccessful");
        amira.go("/applications").await.shows("You did not get a place this time.");
    })
    .await;
}

#[tokio::test]
async fn a_yes_to_one_schools_advisers_is_no_yes_to_anothers() {
    both(|db| async move {
        let world = world(db, 1, &[]).await;
        world.staff("Adviser", domain::Role::Adviser, world.school).await.unwrap();
        let mut tx = world.services.db.write().await.unwrap();
        let headingley = store::organisations::Organisation {
            id: domain::ids::OrganisationId(world.services.uuid()),
            code: "900002".into(),
            name: "Headingley High School".into(),
            kind: "school".into(),
            region_code: None,
            icb_code: None,
            address: None,
            town: Some("Leeds".into()),
            postcode: None,
            opened_on: None,
            closed_on: None,
            successor_code: None,
        };
        store::organisations::save_all(&mut tx, &[headingley]).await.unwrap();
        tx.commit().await.unwrap();
        let learner = world.learner("Amira", 2010).await.unwrap();
        let reference = world.fill(&learner, "Amira", true).await.unwrap();
        let mut amira = Browser::new(&learner);
        amira.go(&format!("/apply/{reference}/check")).await.shows("Careers adviser").shows("apply_submit_application");
        amira.go(&format!("/apply/{reference}/school?from=check")).await;
        let school = [
            ("reference", reference.as_str()),
            ("step", "school"),
            ("from_check", "yes"),
            ("at_school", "yes"),
            ("school", "headingley"),
        ];
        amira
            .submit("apply_save_answer", &school)
            .await
            .is_at(&format!("/apply/{reference}/check"))
            .shows("Headingley High School")
            .hides("Careers adviser");
        amira.submit("apply_submit_application", &[("reference", &reference), ("declared", "yes")]).await;
        amira.go(&format!("/applications/{reference}")).await.shows("No careers adviser can see where you stand");
    })
    .await;
}
