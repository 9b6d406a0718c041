//! The outbox delivered: into a folder, and by a transport that fails.

mod bytes;
mod fate;
mod notify;
mod outage;
mod smtp;

use std::sync::Mutex;

use store::messages::Message;

use super::*;
use crate::messages::{Letter, Outgoing, Part, queue, queue_text};
use crate::testing;
use crate::time::MovableClock;

/// One after the other: a moment passes before each.
async fn write_letters(services: &Services, clock: &MovableClock, letters: &[(&str, &str)]) {
    let mut tx = services.db.write().await.unwrap();
    for (number, (to, subject)) in letters.iter().enumerate() {
        clock.set_offset(clock.offset() + 1000);
        let letter = Letter {
            subject: (*subject).into(),
            parts: vec![
                Part::Para("Hello Amína".into()),
                Part::Link { label: "Answer".into(), url: "https://wex.example/a".into() },
            ],
        };
        let outgoing = Outgoing {
            key: format!("{number} {subject}"),
            to: (*to).into(),
            template: "test",
            letter,
            application: None,
        };
        queue(&mut tx, services, outgoing).await.unwrap();
    }
    tx.commit().await.unwrap();
}

async fn statuses(services: &Services) -> Vec<(String, String, i64)> {
    let mut tx = services.db.read().await.unwrap();
    let mut all: Vec<_> = store::messages::list_newest(&mut tx, 100)
        .await
        .unwrap()
        .into_iter()
        .map(|m| (m.subject, m.status, m.attempts))
        .collect();
    all.reverse();
    all
}

/// Keeps the order in which it was handed messages, and fails for some.
#[derive(Debug, Default)]
struct Trying {
    sent: Mutex<Vec<String>>,
    fails: Mutex<Vec<(&'static str, bool)>>,
}

impl Transport for Trying {
    fn send<'a>(&'a self, message: &'a Message) -> Sending<'a> {
        let failing = self.fails.lock().unwrap().iter().find(|(subject, _)| *subject == message.subject).copied();
        let answer = match failing {
            Some((_, for_good)) => Err(Undelivered { why: "no".into(), for_good }),
            None => {
                self.sent.lock().unwrap().push(message.subject.clone());
                Ok(Handed::default())
            }
        };
        Box::pin(async move { answer })
    }
    fn check(&self) -> Pin<Box<dyn Future<Output = Result<String, String>> + Send + '_>> {
        Box::pin(async { Ok(String::new()) })
    }
}

#[tokio::test]
async fn emails_become_files_and_texts_become_lines() {
    store::testing::both(|db| async move {
        let (services, clock) = testing::services(db, "2027-03-01T09:00:00");
        let folder = tempfile::tempdir().unwrap();
        let post = Post {
            mail: Box::new(Folder::new(folder.path().join("mail"), "wex <no-reply@wex.example>".parse().unwrap())),
            texts: Box::new(TextFile(folder.path().join("deep/texts.jsonl"))),
        };
        write_letters(&services, &clock, &[("amina@example.com", "A place – for you"), ("not an address", "Lost")])
            .await;
        let mut tx = services.db.write().await.unwrap();
        queue_text(
            &mut tx,
            &services,
            "t".into(),
            "07700900000".into(),
            "cancelled",
            "Cancelled, “sorry”\nwex".into(),
            None,
        )
        .await
        .unwrap();
        tx.commit().await.unwrap();

        assert_eq!(deliver_due(&services, &post).await.unwrap(), Delivered { sent: 2, again: 0, given_up: 1 });
        assert_eq!(deliver_due(&services, &post).await.unwrap(), Delivered::default());

        let files: Vec<_> =
            std::fs::read_dir(folder.path().join("mail")).unwrap().map(|file| file.unwrap().path()).collect();
        assert_eq!(files.len(), 1);
        let email = std::fs::read_to_string(&files[0]).unwrap();
        for part in [
            "To: amina@example.com",
            "From: wex <no-reply@wex.example>",
            "Mon, 01 Mar 2027 09:00:00",
            "@wex.example>",
            "Auto-Submitted: auto-generated",
            "text/plain",
            "text/html",
            "Hello Am=C3=ADna",
        ] {
            assert!(email.contains(part), "{part} in\n{email}");
        }
        let line = std::fs::read_to_string(folder.path().join("deep/texts.jsonl")).unwrap();
        let text: serde_json::Value = serde_json::from_str(line.trim()).unwrap();
        assert_eq!((&text["to"], &text["text"]), (&"07700900000".into(), &"Cancelled, “sorry”\nwex".into()));
        assert!(post.check().await.unwrap().contains("mail"));
    })
    .await;
}

#[tokio::test]
async fn what_fails_is_tried_again_later_and_in_order() {
    store::testing::both(|db| async move {
        let (services, clock) = testing::services(db, "2027-03-01T09:00:00");
        let trying = Trying::default();
        trying.fails.lock().unwrap().push(("one", false));
        write_letters(
            &services,
            &clock,
            &[("a@example.com", "one"), ("a@example.com", "two"), ("b@example.com", "three")],
        )
        .await;
        // "two" is to the same person: it waits for "one".
        assert_eq!(deliver_due(&services, &trying).await.unwrap(), Delivered { sent: 1, again: 1, given_up: 0 });
        assert_eq!(*trying.sent.lock().unwrap(), ["three"]);
        trying.fails.lock().unwrap().clear();
        assert_eq!(deliver_due(&services, &trying).await.unwrap(), Delivered::default());
        clock.set(services.now().plus_minutes(1));
        assert_eq!(deliver_due(&services, &trying).await.unwrap(), Delivered { sent: 2, again: 0, given_up: 0 });
        assert_eq!(*trying.sent.lock().unwrap(), ["three", "one", "two"]);
        assert!(statuses(&services).await.iter().all(|(_, status, _)| status == "sent"));
    })
    .await;
}

#[tokio::test]
async fn after_the_last_try_a_message_is_given_up_and_the_next_goes_out() {
    store::testing::both(|db| async move {
        let (services, clock) = testing::services(db, "2027-03-01T09:00:00");
        let trying = Trying::default();
        trying.fails.lock().unwrap().extend([("one", false), ("two", true)]);
        write_letters(
            &services,
            &clock,
            &[("a@example.com", "one"), ("b@example.com", "two"), ("a@example.com", "three")],
        )
        .await;
        let mut given_up = 0;
        for _ in 0..=AGAIN_AFTER_MINUTES.len() {
            given_up += deliver_due(&services, &trying).await.unwrap().given_up;
            clock.set(services.now().plus_days(1));
        }
        assert_eq!(given_up, 2);
        assert_eq!(
            statuses(&services).await,
            [
                ("one".into(), "failed".into(), 8),
                ("two".into(), "failed".into(), 1),
                ("three".into(), "sent".into(), 1)
            ]
        );
    })
    .await;
}

#[tokio::test]
async fn a_worker_stops_between_messages_and_a_lost_one_is_sent_again() {
    store::testing::both(|db| async move {
        let (services, clock) = testing::services(db, "2027-03-01T09:00:00");
        let trying = Trying::default();
        write_letters(&services, &clock, &[("a@example.com", "one"), ("b@example.com", "two")]).await;
        let first_only = || trying.sent.lock().unwrap().is_empty();
        assert_eq!(deliver_while(&services, &trying, first_only).await.unwrap().sent, 1);
        // A worker that died with a message in its hands: another takes it when the lease has ended.
        let mut tx = services.db.write().await.unwrap();
        let now = services.now();
        assert_eq!(
            store::messages::claim_due(&mut tx, now, now.plus_seconds(LEASE_SECONDS), 1).await.unwrap().len(),
            1
        );
        tx.commit().await.unwrap();
        assert_eq!(deliver_due(&services, &trying).await.unwrap(), Delivered::default());
        clock.set(now.plus_seconds(LEASE_SECONDS));
        assert_eq!(deliver_due(&services, &trying).await.unwrap().sent, 1);
        assert_eq!(*trying.sent.lock().unwrap(), ["one", "two"]);
    })
    .await;
}
