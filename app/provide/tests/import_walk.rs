//! A coordinator imports a spreadsheet as a browser without scripts does it: by the forms of the pages.

#![allow(clippy::unwrap_used, reason = "a test that cannot go on has failed")]

use std::sync::Arc;

use axum::body::{Body, to_bytes};
use axum::extract::Request;
use axum::http::{StatusCode, header};
use axum::middleware::{Next, from_fn};
use axum::{Router, routing::any};
use domain::Role;
use domain::ids::{AccountId, OrganisationId};
use leptos::config::LeptosOptions;
use leptos::prelude::*;
use leptos_axum::{LeptosRoutes, generate_route_list, handle_server_fns};
use leptos_meta::{MetaTags, provide_meta_context};
use leptos_router::components::{FlatRoutes, Route, Router as Routing};
use leptos_router::{SsrMode, path};
use provide::pages::*;
use scraper::{ElementRef, Html, Selector};
use services::{Actor, Ctx, Membership, Services, testing};
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
                <Route path=path!("/provider/opportunities") view=OwnOpportunitiesPage ssr=SsrMode::Async />
                <Route path=path!("/provider/opportunities/:id") view=OwnOpportunityPage ssr=SsrMode::Async />
                <Route path=path!("/provider/import") view=ImportPage ssr=SsrMode::Async />
                <Route path=path!("/provider/import/:id") view=CheckImportPage ssr=SsrMode::Async />
            </FlatRoutes>
        </Routing>
    }
}

/// A browser without scripts in which this person is signed in.
struct Browser {
    services: Arc<Services>,
    actor: Option<Actor>,
    at: String,
    status: StatusCode,
    page: String,
}

fn select(selector: &str) -> Selector {
    Selector::parse(selector).unwrap()
}

impl Browser {
    fn new(services: &Arc<Services>, actor: Option<Actor>) -> Self {
        Self { services: services.clone(), actor, at: String::new(), status: StatusCode::OK, page: String::new() }
    }

    async fn send(&mut self, request: Request) -> Option<String> {
        let options = LeptosOptions::builder().output_name("walk").build();
        let ctx = Ctx { services: self.services.clone(), actor: self.actor.clone(), address: None };
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
        let answer = site.oneshot(request).await.unwrap();
        self.status = answer.status();
        let to = answer.headers().get(header::LOCATION).map(|to| to.to_str().unwrap().to_owned());
        self.page = String::from_utf8(to_bytes(answer.into_body(), 9_000_000).await.unwrap().to_vec()).unwrap();
        to
    }

    async fn go(&mut self, path: &str) -> &mut Self {
        let request = Request::get(path).header(header::ACCEPT, "text/html").body(Body::empty()).unwrap();
        self.at = path.to_owned();
        let to = self.send(request).await;
        assert_eq!(to, None, "{path} leads on");
        self
    }

    async fn post(&mut self, action: &str, kind: &str, body: Vec<u8>) -> &mut Self {
        let request = Request::post(action)
            .header(header::ACCEPT, "text/html")
            .header(header::CONTENT_TYPE, kind)
            .body(Body::from(body))
            .unwrap();
        if let Some(to) = self.send(request).await {
            assert_eq!(self.status, StatusCode::SEE_OTHER, "{action}: {}", self.page);
            let path = to.split('#').next().unwrap().to_owned();
            self.go(&path).await;
        }
        self
    }

    async fn upload(&mut self, name: &str, text: &str) -> &mut Self {
        assert!(self.page.contains(r#"enctype="multipart/form-data""#) && self.page.contains(r#"name="file""#));
        let body = format!(
            "--walk\r\nContent-Disposition: form-data; name=\"file\"; filename=\"{name}\"\r\nContent-Type: text/csv\r\n\r\n{text}\r\n--walk--\r\n"
        );
        self.post("/do/provide_upload_import", "multipart/form-data; boundary=walk", body.into_bytes()).await
    }

    /// Sends the page's first form with this action and this text in it, as it stands but for what is typed.
    async fn submit(&mut self, action: &str, with: &str, typed: &[(&str, &str)]) -> &mut Self {
        let body = {
            let page = Html::parse_document(&self.page);
            let form = page
                .select(&select(&format!("form[action='{action}']")))
                .find(|form| form.html().contains(with))
                .unwrap_or_else(|| panic!("no form to {action} with {with} at {}: {}", self.at, self.page));
            let mut fields = fields(form);
            for (name, value) in typed {
                let known = form.select(&select(&format!("[name='{name}']"))).next().is_some();
                assert!(known, "no field {name} at {}: {}", self.at, form.html());
                fields.retain(|(other, _)| other != name);
                fields.push(((*name).to_owned(), (*value).to_owned()));
            }
            let pair = |(name, value): &(String, String)| format!("{}={}", kit::urlencode(name), kit::urlencode(value));
            fields.iter().map(pair).collect::<Vec<_>>().join("&")
        };
        self.post(action, "application/x-www-form-urlencoded", body.into_bytes()).await
    }

    fn sees(&self, words: &str) -> &Self {
        let page = Html::parse_document(&self.page);
        let text: String = page.root_element().text().collect::<Vec<_>>().join(" ");
        let text = text.split_whitespace().collect::<Vec<_>>().join(" ");
        assert!(text.contains(words) || self.page.contains(words), "not at {}: {words}\n{text}", self.at);
        self
    }

    fn link(&self, words: &str) -> String {
        let page = Html::parse_document(&self.page);
        let found = page
            .select(&select("a"))
            .find(|link| link.text().collect::<String>().contains(words))
            .unwrap_or_else(|| panic!("no link {words} at {}: {}", self.at, self.page));
        found.attr("href").unwrap().to_owned()
    }
}

/// What a browser would send of a form that nobody touched.
fn fields(form: ElementRef<'_>) -> Vec<(String, String)> {
    let mut out = Vec::new();
    for field in form.select(&select("input, select, textarea")) {
        let Some(name) = field.attr("name") else { continue };
        let value = match (field.value().name(), field.attr("type")) {
            (_, Some("checkbox" | "radio")) if field.attr("checked").is_none() => continue,
            ("select", _) => {
                let chosen = field.select(&select("option[selected]")).next();
                let chosen = chosen.or_else(|| field.select(&select("option")).next()).unwrap();
                chosen.attr("value").unwrap_or_default().to_owned()
            }
            ("textarea", _) => field.text().collect(),
            _ => field.attr("value").unwrap_or_default().to_owned(),
        };
        out.push((name.to_owned(), value));
    }
    out
}

async fn coordinator(services: &Services, code: &str) -> Actor {
    let organisation = store::organisations::Organisation {
        id: OrganisationId(services.uuid()),
        code: code.into(),
        name: format!("{code} Hospitals"),
        kind: "nhs_trust".into(),
        region_code: None,
        icb_code: None,
        address: None,
        town: None,
        postcode: None,
        opened_on: None,
        closed_on: None,
        successor_code: None,
    };
    let account = AccountId(services.uuid());
    let stored = store::accounts::Account {
        id: account,
        email: format!("{code}@trust.example"),
        name: "Asha".into(),
        created_at: services.now(),
        password_hash: None,
        totp_secret: None,
        totp_last_step: None,
        demonstration: false,
    };
    let mut tx = services.db.write().await.unwrap();
    store::organisations::save_all(&mut tx, std::slice::from_ref(&organisation)).await.unwrap();
    store::accounts::insert_account(&mut tx, &stored).await.unwrap();
    tx.commit().await.unwrap();
    let membership = Membership {
        role: Role::Coordinator,
        organisation: Some(organisation.id),
        organisation_name: organisation.name,
        can_post: true,
        can_decide: true,
        can_see_sensitive: false,
        can_manage: false,
    };
    Actor { account, name: stored.name, email: stored.email, born: None, memberships: vec![membership] }
}

const LIST: &str = "Our list for spring\n\n\
Ref,Trust code,Department,Opportunity title,Type,In person / online,Start,End,No. of places,Min age,Closing date,Where,Postcode,Zzz\n\
A1,RAE,Children's ward,A week on the ward,Work experience,In person,24/05/2027,28/05/2027,4,over 16,01/04/2027,\"Royal Infirmary, Bradford\",BD9 6RJ,Watch and help.\n\
A2,RAE,Pathology,Pathology days,Work experience,In person,31/02/2027,,6,16,01/04/2027,\"Royal Infirmary, Bradford\",BD9 6RJ,Watch.\n\
A3,RAE,Finance,Finance days,Work experience,In person,07/06/2027,,TBC,16,01/04/2027,\"Royal Infirmary, Bradford\",,Count.\n\
A4,RYR,Finance,Elsewhere,Work experience,In person,07/06/2027,,3,16,01/04/2027,\"Hospital, Worthing\",BN11 2DH,Count.\n";

#[tokio::test]
async fn a_coordinator_imports_mends_fills_and_publishes() {
    store::testing::both(|db| async move {
        let (services, _) = testing::services(db, "2027-03-01T09:00:00");
        let actor = coordinator(&services, "RAE").await;
        let other = coordinator(&services, "RYR").await;
        let mut browser = Browser::new(&services, Some(actor));
        browser.go("/provider/import").await.sees("You post for RAE Hospitals.");

        // Nothing chosen, and something else: the page says what to do, and asks again.
        browser.upload("", "").await.sees("Choose a spreadsheet first").sees("There is a problem");
        browser.upload("a.pdf", "%PDF-1.7 x").await.sees("Save the spreadsheet as");

        browser.upload("spring.csv", LIST).await;
        let import = browser.at.clone();
        browser
            .sees("Nothing is saved yet. We read 4 rows: 2 new or changed, 2 with a problem.")
            .sees("February 2027 has 28 days, so there is no day 31.")
            .sees("This row is for RYR Hospitals (RYR), and you post for RAE Hospitals.")
            .sees("Min age: we read “over 16” as 16 and over")
            .sees("Above the headings stands “Our list for spring”")
            .sees("Import 2 opportunities");
        let rows: Vec<String> = Html::parse_document(&browser.page)
            .select(&select("[id^='line-']"))
            .map(|row| row.attr("id").unwrap().to_owned())
            .collect();
        assert_eq!(rows, ["line-5", "line-7", "line-4", "line-6"], "problems first");

        // A column under a name of the provider's own, and a wrong date: mended in place.
        browser.submit("/do/provide_match_columns", "", &[("columns[13]", "13:what_you_will_do")]).await;
        assert_eq!(browser.at, import);
        browser.sees("14 of 14 matched");
        browser.submit("/do/provide_mend_cell", "line 5", &[("value", "w/c 21/06/27")]).await;
        browser.sees("We read 4 rows: 3 new or changed, 1 with a problem.").sees("21 to 25 June 2027");
        browser.submit("/do/provide_match_columns", "", &[("columns[12]", "12:title")]).await;
        browser.sees("Two columns were given the same meaning");
        let undo = [("columns[3]", "3:title"), ("columns[12]", "12:postcode")];
        browser.submit("/do/provide_match_columns", "", &undo).await;
        let list = Browser::new(&services, browser.actor.clone()).go("/provider/opportunities").await.page.clone();
        assert!(list.contains("You have not posted anything yet."), "nothing is saved before the last step");

        browser.submit("/do/provide_take_import", "Import 3 opportunities", &[]).await;
        assert_eq!(browser.at, import);
        browser.sees("3 opportunities imported").sees("1 row not taken").sees("A4,RYR".replace(',', "%2C").as_str());
        assert!(browser.link("Download these rows").starts_with("data:text/csv;charset=utf-8,"));

        browser.go("/provider/opportunities").await;
        browser.sees("3 opportunities, by first day").sees("0 of 4").sees("Closes on Thursday 1 April 2027.");
        browser.sees("Missing: the number of places and the postcode.");
        let draft = browser.link("Finance days");
        browser.go(&draft).await.sees("Before you can publish");
        let answers = [("places", "none"), ("postcode", "BD9 6RJ")];
        browser.submit("/do/provide_complete_opportunity", "", &answers).await;
        browser.sees("There is a problem").sees("There is no number here.").sees("value=\"none\"");
        assert!(browser.page.contains("href=\"#places\"") && !browser.page.contains("name=\"postcode\""));
        browser.submit("/do/provide_complete_opportunity", "", &[("places", "2")]).await.sees("Nothing is missing.");
        browser.submit("/do/provide_publish_opportunity", "Publish this opportunity", &[]).await;
        browser.sees("Published. Everybody can find it now.").sees("0 of 2");
        assert_eq!(browser.link("as learners see it"), "/opportunities/finance-days-bradford");

        // Somebody else's is not there; signed out, one is sent to sign in.
        let mut stranger = Browser::new(&services, Some(other));
        for path in [&import, &draft] {
            assert_eq!(stranger.go(path).await.status, StatusCode::NOT_FOUND, "{path}");
        }
        let mut nobody = Browser::new(&services, None);
        let request = Request::get(&import).body(Body::empty()).unwrap();
        let to = nobody.send(request).await;
        assert_eq!(
            (nobody.status, to.is_some_and(|to| to.starts_with("/sign-in?to=/provider/import/"))),
            (StatusCode::SEE_OTHER, true)
        );
        for path in ["/provider/import/nonsense", "/provider/opportunities/nonsense"] {
            assert_eq!(browser.go(path).await.status, StatusCode::NOT_FOUND, "{path}");
        }
    })
    .await;
}
