//! Everybody, and what they have: one provider, another, a school, another, two learners.

use std::collections::HashMap;
use std::sync::Arc;

use axum::Router;
use axum::body::{Body, to_bytes};
use axum::http::{Method, Request, header};
use domain::Role;
use domain::ids::{AccountId, ImportId};
use server::{Assets, Shared, Web, router};
use services::applications::Decision;
use services::mail::{Folder, Post, TextFile};
use services::testing::{World, services as make_services};
use services::{Ctx, Services};
use store::Db;
use tower::ServiceExt;

use super::Seen;

/// Who asks.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Who {
    SignedOut,
    /// The learner whose records are asked for.
    Owner,
    OtherLearner,
    /// Posts and decides for the provider, and manages its members.
    Coordinator,
    /// Posts for the provider, and decides nothing.
    PostsOnly,
    /// Posts and decides for another provider.
    OtherCoordinator,
    /// Of no department.
    Supervisor,
    /// Supervises the department that the opportunity is of.
    Host,
    /// Of the school that the owner agreed to link.
    Adviser,
    OtherAdviser,
    National,
}

pub const EVERYBODY: &[Who] = &[
    Who::SignedOut,
    Who::Owner,
    Who::OtherLearner,
    Who::Coordinator,
    Who::PostsOnly,
    Who::OtherCoordinator,
    Who::Supervisor,
    Who::Host,
    Who::Adviser,
    Who::OtherAdviser,
    Who::National,
];

/// The site, everybody's cookie, and the records that are asked for.
pub struct Cast {
    pub services: Arc<Services>,
    pub world: World,
    router: Router,
    cookies: HashMap<Who, String>,
    _folder: tempfile::TempDir,
    /// The owner's draft.
    pub draft: String,
    /// The owner's application that was sent, and is under review.
    pub sent: String,
    /// The owner's application with an offer.
    pub offered: String,
    pub owner: AccountId,
    /// The private link of the owner's parent or carer.
    pub token: String,
    /// Of the parent or carer's private page about the application with an offer.
    pub private_page: String,
    /// The provider's upload.
    pub import: ImportId,
    /// The fingerprint of the message of an offer for the application that was sent.
    pub fingerprint: String,
    /// The provider's department.
    pub department: domain::ids::DepartmentId,
    /// The owner's application that was told no, for a session beside which there are others.
    pub refused: String,
    /// The owner's application that is asked about new dates.
    pub asked: String,
    /// A change of the first session's dates that was begun.
    pub change: domain::ids::DateChangeId,
    /// The owner's confirmed place.
    pub confirmed: String,
    /// Its session.
    pub confirmed_session: domain::ids::SessionId,
    pub host: AccountId,
    /// The private page of its parent or carer.
    pub confirmed_page: String,
    /// The owner's application for what they attended, its identifier, and their certificate's number.
    pub attended: String,
    pub attended_id: domain::ids::ApplicationId,
    pub certificate: String,
    /// The owner's application that was accepted, with an identity check that was done with a document.
    pub checked: String,
    /// That document.
    pub document: domain::ids::DocumentId,
    /// A cancelling of the first session that was begun.
    pub cancellation: domain::ids::CancellationId,
}

impl Cast {
    pub async fn make() -> Self {
        let folder = tempfile::tempdir().unwrap();
        let db = Db::open(&format!("sqlite:{}", folder.path().join("access.sqlite").display())).await.unwrap();
        db.migrate().await.unwrap();
        let (services, _) = make_services(db, "2027-03-01T09:00:00");
        let world = World::make(&services, 5, &[domain::clearance::ClearanceKind::Identity]).await.unwrap();
        let find = async |code: &str| {
            let mut tx = services.db.read().await.unwrap();
            store::organisations::find_by_code(&mut tx, code).await.unwrap().unwrap().id
        };
        let other_provider = find("TEST2").await;
        let other_school = world.another_school("900002").await.unwrap();
        let mut people: HashMap<Who, Ctx> = HashMap::new();
        people.insert(Who::Adviser, world.staff("Adviser", Role::Adviser, world.school).await.unwrap());
        people.insert(Who::OtherAdviser, world.staff("Otheradviser", Role::Adviser, other_school).await.unwrap());
        people.insert(Who::Owner, world.learner("owner", 2010).await.unwrap());
        people.insert(Who::OtherLearner, world.learner("other", 2010).await.unwrap());
        people.insert(Who::Coordinator, world.manages("Coordinator").await.unwrap());
        people.insert(Who::PostsOnly, world.posts_only("Postsonly").await.unwrap());
        people.insert(
            Who::OtherCoordinator,
            world.staff("Othercoordinator", Role::Coordinator, other_provider).await.unwrap(),
        );
        people.insert(Who::Supervisor, world.staff("Supervisor", Role::Supervisor, world.provider).await.unwrap());
        people.insert(Who::Host, world.staff("Host", Role::Supervisor, world.provider).await.unwrap());
        people.insert(Who::National, world.national("National").await.unwrap());

        let host = people[&Who::Host].actor().unwrap().account;
        let department = store::opportunities::Department {
            id: domain::ids::DepartmentId(services.uuid()),
            organisation: world.provider,
            name: "Pharmacy".into(),
            profession: None,
        };
        let mut tx = services.db.write().await.unwrap();
        let department = store::opportunities::find_or_insert_department(&mut tx, &department).await.unwrap();
        let mut opportunity = store::opportunities::find(&mut tx, world.opportunity).await.unwrap().unwrap();
        opportunity.department = Some(department);
        store::opportunities::update(&mut tx, &mut opportunity).await.unwrap();
        store::attendance::add_department(&mut tx, host, department, services.now()).await.unwrap();
        tx.commit().await.unwrap();

        // Three sessions of the provider: one for each state of the owner's applications.
        let owner = &people[&Who::Owner];
        let coordinator = &people[&Who::Coordinator];
        let sent = world.fill(owner, "Owner", true).await.unwrap();
        services::applications::submit(owner, &sent, true).await.unwrap();
        let token = world.consent_token("carer-of-owner@mail.example").await.unwrap();
        services::applications::open(coordinator, &sent, false).await.unwrap();
        let second = world.another_session(7, 12).await.unwrap();
        let offered = second.fill(owner, "Owner", true).await.unwrap();
        services::applications::submit(owner, &offered, true).await.unwrap();
        let other_token = world.consent_token("carer-of-owner@mail.example").await.unwrap();
        let private_page =
            services::applications::answer_consent(&services, &other_token, true).await.unwrap().unwrap();
        second.decide(coordinator, &offered, Decision::Offer).await.unwrap();
        let third = world.another_session(7, 19).await.unwrap();
        let draft = third.fill(owner, "Owner", true).await.unwrap();
        let fingerprint =
            services::applications::preview(coordinator, &sent, &Decision::Offer).await.unwrap().fingerprint;
        let list = "Title,Type,Format,Start,Places,Min age,Closing date,Postcode\nA day with Dental,WEX,In person,2027-07-26,2,14,2027-06-26,LS1 3EX\n";
        let import = services::import::upload(coordinator, "list.csv", list.as_bytes()).await.unwrap();

        let identity = domain::clearance::ClearanceCode::from(domain::clearance::ClearanceKind::Identity);
        let mut boxes = services::clearances::form(coordinator, Some(&identity)).await.unwrap().boxes;
        boxes.insert("evidence".into(), "document".into());
        // So that it is not taken over by the owner's other applications.
        boxes.insert("valid_months".into(), String::new());
        assert!(services::clearances::save(coordinator, Some(&identity), &boxes).await.unwrap());
        let october = world.another_session(10, 4).await.unwrap();
        let checked = october.fill(owner, "Owner", true).await.unwrap();
        services::applications::submit(owner, &checked, true).await.unwrap();
        october.decide(coordinator, &checked, Decision::Offer).await.unwrap();
        services::applications::accept(owner, &checked).await.unwrap();
        let pdf = b"%PDF-1.7\nstartxref\n0\n%%EOF\n".to_vec();
        services::documents::add(owner, &checked, &identity, pdf).await.unwrap();
        let met = domain::clearance::ClearanceStatus::Met;
        services::applications::settle_clearance(coordinator, &checked, &identity, met, "").await.unwrap();
        // The other applications' checks are as they were.
        boxes.insert("evidence".into(), "none".into());
        assert!(services::clearances::save(coordinator, Some(&identity), &boxes).await.unwrap());
        let mut tx = services.db.read().await.unwrap();
        let application = store::applications::find(&mut tx, &checked).await.unwrap().unwrap();
        let document = store::documents::list(&mut tx, application.id).await.unwrap().remove(0).id;
        drop(tx);

        let fourth = world.another_session(8, 9).await.unwrap();
        let refused = fourth.fill(owner, "Owner", true).await.unwrap();
        services::applications::submit(owner, &refused, true).await.unwrap();
        let no = Decision::SayNo(domain::application::NoReason::MoreAsked, String::new());
        fourth.decide(coordinator, &refused, no).await.unwrap();
        world.another_session(8, 16).await.unwrap();
        let fifth = world.another_session(9, 6).await.unwrap();
        let asked = fifth.fill(owner, "Owner", true).await.unwrap();
        services::applications::submit(owner, &asked, true).await.unwrap();
        fifth.decide(coordinator, &asked, Decision::Offer).await.unwrap();
        services::applications::accept(owner, &asked).await.unwrap();
        let mut dates: std::collections::BTreeMap<String, String> =
            [("reason".to_owned(), "pressure".to_owned())].into();
        for (name, day, month) in [("from", "20", "9"), ("to", "24", "9"), ("by", "20", "8")] {
            dates.insert(format!("{name}_day"), day.to_owned());
            dates.insert(format!("{name}_month"), month.to_owned());
            dates.insert(format!("{name}_year"), "2027".to_owned());
        }
        let id = fifth.session.to_string();
        let begun = services::new_dates::save(coordinator, &id, "", &dates).await.unwrap();
        let read = services::new_dates::plan(coordinator, &id, &begun.to_string()).await.unwrap();
        services::new_dates::propose(coordinator, begun, &read.fingerprint).await.unwrap();
        let change = services::new_dates::save(coordinator, &world.session.to_string(), "", &dates).await.unwrap();
        let sixth = world.another_session(8, 23).await.unwrap();
        let confirmed = sixth.fill(owner, "Owner", true).await.unwrap();
        services::applications::submit(owner, &confirmed, true).await.unwrap();
        let yes = world.consent_token("carer-of-owner@mail.example").await.unwrap();
        let confirmed_page = services::applications::answer_consent(&services, &yes, true).await.unwrap().unwrap();
        sixth.decide(coordinator, &confirmed, Decision::Offer).await.unwrap();
        services::applications::accept(owner, &confirmed).await.unwrap();
        services::applications::settle_clearance(
            coordinator,
            &confirmed,
            domain::clearance::ClearanceKind::Identity,
            domain::clearance::ClearanceStatus::Met,
            "",
        )
        .await
        .unwrap();
        let fifth = world.another_session(8, 30).await.unwrap();
        let attended = fifth.attended(owner, "Owner").await.unwrap();
        let certificate = services::record::mine(owner).await.unwrap().done[0].number.clone().unwrap();
        let mut tx = services.db.read().await.unwrap();
        let attended_id = store::applications::find(&mut tx, &attended).await.unwrap().unwrap().id;
        drop(tx);
        let why = [("reason".to_owned(), "pressure".to_owned())].into();
        let session = world.session.to_string();
        let cancellation = services::cancelling::save(coordinator, "session", &session, "", &why).await.unwrap();

        let mut cookies = HashMap::new();
        for (who, ctx) in &people {
            let mut tx = services.db.write().await.unwrap();
            let token =
                services::identity::open_session(&mut tx, &services, ctx.actor().unwrap().account).await.unwrap();
            tx.commit().await.unwrap();
            cookies.insert(*who, format!("{}={token}", services::identity::SESSION_COOKIE));
        }
        let assets = Assets::embedded();
        let web = Web::from(Shared {
            services: services.clone(),
            site: Arc::new(assets.site()),
            assets: Arc::new(assets),
            clock: None,
            post: Arc::new(Post {
                mail: Box::new(Folder::new(folder.path().join("mail"), "wex <no-reply@wex.example>".parse().unwrap())),
                texts: Box::new(TextFile(folder.path().join("texts.jsonl"))),
            }),
            trusted_proxy: 0,
        });
        let owner = owner.actor().unwrap().account;
        Self {
            world,
            router: router(web),
            cookies,
            _folder: folder,
            draft,
            sent,
            offered,
            owner,
            token,
            private_page,
            import,
            checked,
            document,
            fingerprint,
            department,
            refused,
            asked,
            change,
            attended,
            attended_id,
            certificate,
            cancellation,
            confirmed,
            confirmed_page,
            confirmed_session: sixth.session,
            host,
            services,
        }
    }

    /// The paths of every page.
    pub fn routes(&self) -> Vec<String> {
        leptos_axum::generate_route_list(app::App).into_iter().map(|listing| listing.path().to_owned()).collect()
    }

    fn request(&self, method: Method, path: &str, form: &str, who: Who) -> axum::http::request::Builder {
        let address =
            if method == Method::GET && !form.is_empty() { format!("{path}?{form}") } else { path.to_owned() };
        let builder = Request::builder()
            .method(method.clone())
            .uri(address)
            .header(header::ACCEPT, "text/html")
            .header(header::HOST, "wex.example");
        let builder = match self.cookies.get(&who) {
            Some(cookie) => builder.header(header::COOKIE, cookie),
            None => builder,
        };
        match (method, path) {
            (Method::GET, _) => builder,
            (_, "/do/provide_upload_import" | "/do/documents_add") => {
                builder.header(header::CONTENT_TYPE, "multipart/form-data; boundary=X")
            }
            _ => builder.header(header::CONTENT_TYPE, "application/x-www-form-urlencoded"),
        }
    }

    /// What somebody sees who opens the page or sends the form from our own site.
    pub async fn see(&self, method: Method, path: &str, form: &str, who: Who) -> Seen {
        let body = if method == Method::GET { Body::empty() } else { Body::from(form.to_owned()) };
        let request = self.request(method, path, form, who).header("sec-fetch-site", "same-origin").body(body).unwrap();
        let answer = self.router.clone().oneshot(request).await.unwrap();
        let status = answer.status().as_u16();
        let to = answer.headers().get(header::LOCATION).map(|to| to.to_str().unwrap().to_owned()).unwrap_or_default();
        let text = String::from_utf8_lossy(&to_bytes(answer.into_body(), 10 << 20).await.unwrap()).into_owned();
        assert!(status < 500, "{path} as {who:?}: {status} {text}");
        match status {
            404 => Seen::NotThere,
            303 if to.starts_with("/sign-in?to=") => Seen::SignIn,
            401 => Seen::SignIn,
            // Everybody's tries of one password are counted together, and there are many of us.
            200 | 303 | 409 | 422 | 429 => Seen::LetIn,
            _ => panic!("{path} as {who:?}: {status} {text}"),
        }
    }

    /// The status that a form of another site gets.
    pub async fn sent_by_another_site(&self, path: &str, form: &str, who: Who) -> u16 {
        let request = self
            .request(Method::POST, path, form, who)
            .header("sec-fetch-site", "cross-site")
            .header(header::ORIGIN, "https://elsewhere.example");
        self.router.clone().oneshot(request.body(Body::from(form.to_owned())).unwrap()).await.unwrap().status().as_u16()
    }
}
