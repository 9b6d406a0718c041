//! Stories of documents: who may, what is taken, looking for viruses, deleting; on both databases.

use std::sync::{Arc, Mutex};

use domain::Role;
use domain::clearance::{ClearanceKind, ClearanceStatus};
use domain::document::Media;
use store::Db;
use store::testing::both;
use tokio::io::{AsyncReadExt, AsyncWriteExt};
use tokio::net::TcpListener;

use super::file::tests::picture;
use super::pdf::tests::pdf;
use super::*;
use crate::applications::{self, Decision};
use crate::testing::{World, services};
use crate::time::{Clock, MovableClock, SystemClock, from_london};
use crate::{clearances, tick};

/// The string that every scanner takes for a virus, in two parts, so that this file is none.
const EICAR: [&str; 2] = ["X5O!P%@AP[4\\PZX54(P^)7CC)7}$EICAR-", "STANDARD-ANTIVIRUS-TEST-FILE!$H+H*"];

fn identity() -> ClearanceCode {
    ClearanceKind::Identity.into()
}

struct Told {
    world: World,
    clock: MovableClock,
    coordinator: Ctx,
    learner: Ctx,
    reference: String,
}

/// A learner with an accepted place, whose identity check needs a document; `with` says where documents lie.
async fn told(db: Db, with: Option<Documents>) -> Told {
    let (services, clock) = services(db, "2027-03-01T09:00:00");
    if let Some(documents) = with {
        services.keep_documents(documents);
    }
    let world = World::make(&services, 5, &[ClearanceKind::Identity, ClearanceKind::OccupationalHealth]).await.unwrap();
    let coordinator = world.coordinator().await.unwrap();
    let mut boxes = clearances::form(&coordinator, Some(&identity())).await.unwrap().boxes;
    boxes.insert("evidence".into(), "document".into());
    assert!(clearances::save(&coordinator, Some(&identity()), &boxes).await.unwrap());
    let learner = world.learner("amira", 2000).await.unwrap();
    let reference = world.apply(&learner, "Amira").await.unwrap();
    world.decide(&coordinator, &reference, Decision::Offer).await.unwrap();
    applications::accept(&learner, &reference).await.unwrap();
    Told { world, clock, coordinator, learner, reference }
}

impl Told {
    async fn add(&self, ctx: &Ctx, bytes: Vec<u8>) -> Result<Added> {
        add(ctx, &self.reference, &identity(), bytes).await
    }
    /// A document that the learner added.
    async fn added(&self) -> Document {
        assert_eq!(self.add(&self.learner, picture(Media::Jpeg, 40, 30)).await.unwrap(), Added::Kept);
        self.documents().await.pop().unwrap()
    }
    async fn documents(&self) -> Vec<Document> {
        let mut tx = self.world.services.db.read().await.unwrap();
        let application = store::applications::find(&mut tx, &self.reference).await.unwrap().unwrap();
        store::documents::list(&mut tx, application.id).await.unwrap()
    }
    async fn objects(&self) -> usize {
        self.world.services.documents().list().await.unwrap().len()
    }
    fn move_to(&self, london: &str) {
        self.clock.set(from_london(london.parse().unwrap()));
    }
    async fn messages(&self, address: &str, template: &str) -> usize {
        let mut tx = self.world.services.db.read().await.unwrap();
        let all = store::messages::list_newest(&mut tx, 500).await.unwrap();
        all.iter().filter(|m| m.recipient == address && m.template == template).count()
    }
}

/// A scanner that speaks clamd's protocol; what it was sent is kept.
async fn stand_in() -> (Scanner, Arc<Mutex<Vec<Vec<u8>>>>) {
    let listener = TcpListener::bind("127.0.0.1:0").await.unwrap();
    let address = listener.local_addr().unwrap().to_string();
    let seen = Arc::new(Mutex::new(Vec::new()));
    let kept = seen.clone();
    tokio::spawn(async move {
        loop {
            let Ok((mut stream, _)) = listener.accept().await else { return };
            let mut command = [0; 10];
            stream.read_exact(&mut command).await.unwrap();
            assert_eq!(&command, b"zINSTREAM\0");
            let mut bytes = Vec::new();
            loop {
                let length = stream.read_u32().await.unwrap();
                if length == 0 {
                    break;
                }
                let mut chunk = vec![0; length as usize];
                stream.read_exact(&mut chunk).await.unwrap();
                bytes.extend(chunk);
            }
            let infected = bytes.windows(68).any(|window| window == EICAR.concat().as_bytes());
            let answer: &[u8] = if infected { b"stream: Eicar-Test-Signature FOUND\0" } else { b"stream: OK\0" };
            kept.lock().unwrap().push(bytes);
            stream.write_all(answer).await.unwrap();
        }
    });
    (Scanner::Tcp(address), seen)
}

#[tokio::test]
async fn the_check_is_done_when_its_document_is_there() {
    both(|db| async move {
        let told = told(db, None).await;
        let settle = async || {
            applications::settle_clearance(&told.coordinator, &told.reference, identity(), ClearanceStatus::Met, "")
                .await
        };
        assert!(matches!(settle().await, Err(Error::Refused(why)) if why.contains("document")));
        assert_eq!(told.add(&told.learner, b"hello".to_vec()).await.unwrap(), Added::Unfit(Unfit::OtherKind));
        assert_eq!(told.objects().await, 0, "nothing of it was kept");
        let document = told.added().await;
        assert_eq!(
            (document.status, document.added_as, document.media),
            (DocumentStatus::Ready, Role::Learner, Media::Jpeg)
        );
        // Staff can do it for them.
        assert_eq!(told.add(&told.coordinator, pdf(b"")).await.unwrap(), Added::Kept);
        let all = told.documents().await;
        assert_eq!((all.len(), all[1].added_as), (2, Role::Coordinator));
        let opened = open(&told.coordinator, all[1].id).await.unwrap();
        assert_eq!((opened.bytes, opened.name), (pdf(b""), format!("{}-identity.pdf", told.reference)));
        open(&told.learner, document.id).await.unwrap();

        // Every view is in the audit trail.
        let mut tx = told.world.services.db.read().await.unwrap();
        let trail = store::audit::list_about(&mut tx, "document", &document.id.to_string()).await.unwrap();
        let said: Vec<_> = trail.iter().map(|entry| (entry.action.as_str(), entry.role)).collect();
        assert_eq!(said, [("add_document", Role::Learner), ("open_document", Role::Learner)]);
        drop(tx);

        // Removed while the check is open, and no longer after.
        remove(&told.learner, document.id).await.unwrap();
        assert_eq!((told.documents().await.len(), told.objects().await), (1, 1));
        settle().await.unwrap();
        assert!(matches!(remove(&told.learner, all[1].id).await, Err(Error::Refused(_))));
        assert!(matches!(told.add(&told.learner, pdf(b"")).await, Err(Error::Refused(_))));
    })
    .await;
}

#[tokio::test]
async fn no_more_than_there_may_be() {
    both(|db| async move {
        let told = told(db, None).await;
        for _ in 0..MOST_DOCUMENTS {
            told.added().await;
        }
        assert_eq!(told.add(&told.learner, pdf(b"")).await.unwrap(), Added::Unfit(Unfit::TooMany));
        assert_eq!(told.objects().await, MOST_DOCUMENTS);
    })
    .await;
}

#[tokio::test]
async fn nobody_else_opens_adds_or_removes_a_document() {
    both(|db| async move {
        let told = told(db.clone(), None).await;
        let world = &told.world;
        let document = told.added().await;
        let owner = world.posts_only("Owner").await.unwrap();
        let mut boxes = clearances::form(&told.coordinator, Some(&identity())).await.unwrap().boxes;
        boxes.insert("owner".into(), owner.actor().unwrap().account.to_string());
        clearances::save(&told.coordinator, Some(&identity()), &boxes).await.unwrap();
        open(&owner, document.id).await.unwrap();

        let other = async |code: &str| {
            let mut tx = world.services.db.read().await.unwrap();
            store::organisations::find_by_code(&mut tx, code).await.unwrap().unwrap().id
        };
        let others = [
            world.learner("ben", 2000).await.unwrap(),
            world.posts_only("Posts").await.unwrap(),
            world.staff("Elsewhere", Role::Coordinator, other("TEST2").await).await.unwrap(),
            world.staff("Supervisor", Role::Supervisor, world.provider).await.unwrap(),
            world.staff("Adviser", Role::Adviser, world.school).await.unwrap(),
            world.national("National").await.unwrap(),
        ];
        let before = store::testing::everything(&db).await;
        for ctx in &others {
            let who = &ctx.actor().unwrap().email;
            assert!(matches!(open(ctx, document.id).await, Err(Error::NotFound)), "{who}");
            assert!(matches!(remove(ctx, document.id).await, Err(Error::NotFound)), "{who}");
            assert!(matches!(told.add(ctx, pdf(b"")).await, Err(Error::NotFound)), "{who}");
            let mut tx = world.services.db.read().await.unwrap();
            assert_eq!(of_check(&mut tx, ctx, &told.reference, &identity()).await.unwrap(), None, "{who}");
        }
        let nobody = crate::testing::ctx(&world.services, None);
        assert!(matches!(open(&nobody, document.id).await, Err(Error::SignIn)));
        assert_eq!(store::testing::everything(&db).await, before);
        assert_eq!(told.objects().await, 1);
    })
    .await;
}

#[tokio::test]
async fn held_back_until_it_was_looked_at_and_deleted_when_it_has_a_virus() {
    both(|db| async move {
        let (scanner, seen) = stand_in().await;
        let told = told(db, Some(Documents::in_memory().scanned_by(Some(scanner)))).await;
        let services = &told.world.services;
        let document = told.added().await;
        assert_eq!(document.status, DocumentStatus::Waiting);
        assert!(
            matches!(open(&told.coordinator, document.id).await, Err(Error::Refused(why)) if why.contains("viruses"))
        );
        assert!(
            applications::settle_clearance(&told.coordinator, &told.reference, identity(), ClearanceStatus::Met, "")
                .await
                .is_err(),
            "nothing counts that nobody may open"
        );
        scan_waiting(services).await.unwrap();
        let opened = open(&told.coordinator, document.id).await.unwrap();
        assert_eq!(seen.lock().unwrap().as_slice(), std::slice::from_ref(&opened.bytes), "the scanner saw all of it");

        // A PDF with the test string, larger than one chunk.
        let infected = pdf(format!("% {}\n% {}\n", "x".repeat(100_000), EICAR.concat()).as_bytes());
        assert_eq!(told.add(&told.learner, infected).await.unwrap(), Added::Kept);
        assert_eq!(told.objects().await, 2);
        tick::run_due(services).await.unwrap();
        tick::run_due(services).await.unwrap();
        let all = told.documents().await;
        assert_eq!((all[1].status, told.objects().await), (DocumentStatus::Infected, 1));
        assert!(matches!(open(&told.learner, all[1].id).await, Err(Error::Refused(why)) if why.contains("virus")));
        assert_eq!(told.messages("amira@mail.example", "document_infected").await, 1);
        assert_eq!(told.messages("coordinator@mail.example", "document_infected_at").await, 1);
        // The learner can clear it away.
        remove(&told.learner, all[1].id).await.unwrap();
        assert_eq!(told.documents().await.len(), 1);
    })
    .await;
}

#[tokio::test]
async fn a_scanner_that_does_not_answer_holds_everything_back() {
    both(|db| async move {
        // A port on which nobody listens.
        let listener = TcpListener::bind("127.0.0.1:0").await.unwrap();
        let address = listener.local_addr().unwrap().to_string();
        drop(listener);
        let told = told(db, Some(Documents::in_memory().scanned_by(Some(Scanner::Tcp(address))))).await;
        let document = told.added().await;
        tick::run_due(&told.world.services).await.unwrap();
        assert_eq!(told.documents().await[0].status, DocumentStatus::Waiting);
        assert!(open(&told.learner, document.id).await.is_err());
    })
    .await;
}

#[tokio::test]
async fn deleted_when_no_longer_needed() {
    both(|db| async move {
        let told = told(db, None).await;
        let services = &told.world.services;
        told.added().await;
        told.move_to("2027-06-01T09:00:00");
        assert_eq!(forget_over(services).await.unwrap(), 0);
        applications::withdraw(&told.learner, &told.reference).await.unwrap();
        assert_eq!(forget_over(services).await.unwrap(), 1, "no place, no document");
        assert_eq!((told.documents().await.len(), told.objects().await), (0, 0));
        assert_eq!(forget_over(services).await.unwrap(), 0);
    })
    .await;
    both(|db| async move {
        let told = told(db, None).await;
        let services = &told.world.services;
        told.added().await;
        for kind in [ClearanceKind::Identity, ClearanceKind::OccupationalHealth] {
            applications::settle_clearance(&told.coordinator, &told.reference, kind, ClearanceStatus::Met, "")
                .await
                .unwrap();
        }
        // The last day is 9 July; thirty days later they are still there.
        for (day, left) in [("2027-07-10", 1), ("2027-08-08", 1), ("2027-08-09", 0)] {
            told.move_to(&format!("{day}T00:00:00"));
            tick::run_due(services).await.unwrap();
            assert_eq!((told.documents().await.len(), told.objects().await), (left, left), "{day}");
        }
    })
    .await;
}

/// Whoever dies between the bytes and the row leaves bytes that nobody knows; whoever dies between deleting
/// the bytes and the row leaves a row. Both are put right.
#[tokio::test]
async fn what_was_cut_off_is_put_right() {
    both(|db| async move {
        let told = told(db, None).await;
        let services = &told.world.services;
        let document = told.added().await;
        services.documents().put("orphan", b"bytes".to_vec()).await.unwrap();
        // The bytes lie there since now by this machine's clock; the service's clock is moved around it.
        let now = SystemClock.now().0;
        told.clock.set(domain::time::Moment(now).plus_minutes(23 * 60));
        assert_eq!(sweep(services).await.unwrap(), 0, "perhaps its row is being written");
        told.clock.set(domain::time::Moment(now).plus_minutes(25 * 60));
        assert_eq!(sweep(services).await.unwrap(), 1);
        assert_eq!(told.objects().await, 1, "the document that has a row stays");

        services.documents().delete(&document.object).await.unwrap();
        assert!(
            matches!(open(&told.learner, document.id).await, Err(Error::Refused(why)) if why.contains("no longer"))
        );
        told.move_to("2027-03-02T09:00:00");
        applications::withdraw(&told.learner, &told.reference).await.unwrap();
        assert_eq!(forget_over(services).await.unwrap(), 1);
        assert_eq!(told.documents().await.len(), 0);
    })
    .await;
}

#[tokio::test]
async fn a_folder_keeps_documents_over_a_restart() {
    let folder = tempfile::tempdir().unwrap();
    let address = format!("folder:{}", folder.path().join("deep/documents").display());
    let documents = Documents::open(&address).unwrap();
    assert!(documents.check("probe").await.unwrap().contains("nobody looks for viruses"));
    documents.put("name", b"bytes".to_vec()).await.unwrap();
    let again = Documents::open(&address).unwrap();
    assert_eq!(again.get("name").await.unwrap().as_deref(), Some(&b"bytes"[..]));
    assert_eq!(again.list().await.unwrap().len(), 1);
    again.delete("name").await.unwrap();
    again.delete("name").await.unwrap();
    assert_eq!(again.get("name").await.unwrap(), None);
    for wrong in ["", "folder:", "var/documents", "s3://", "ftp://x"] {
        assert!(Documents::open(wrong).is_err(), "{wrong}");
    }
}
