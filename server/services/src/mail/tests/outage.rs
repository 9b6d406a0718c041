//! The mail server is gone for an hour: applying goes on, and the outbox drains in order, without doubles.

use std::collections::BTreeMap;

use super::*;
use crate::applications::{Decision, decline};
use crate::testing::World;

/// A mail server that is there or not, and keeps what it took: to whom, and which message.
#[derive(Debug, Default)]
struct Server {
    gone: std::sync::atomic::AtomicBool,
    took: Mutex<Vec<(String, String, domain::ids::MessageId)>>,
}

impl Server {
    fn set_gone(&self, gone: bool) {
        self.gone.store(gone, std::sync::atomic::Ordering::SeqCst);
    }
}

impl Transport for Server {
    fn send<'a>(&'a self, message: &'a Message) -> Sending<'a> {
        let answer = if self.gone.load(std::sync::atomic::Ordering::SeqCst) {
            Err(Undelivered::later("connection refused"))
        } else {
            self.took.lock().unwrap().push((message.recipient.clone(), message.template.clone(), message.id));
            Ok(Handed::default())
        };
        Box::pin(async move { answer })
    }
    fn check(&self) -> Pin<Box<dyn Future<Output = Result<String, String>> + Send + '_>> {
        Box::pin(async { Ok(String::new()) })
    }
}

#[tokio::test]
async fn a_mail_server_that_is_gone_for_an_hour_stops_nobody() {
    store::testing::both(|db| async move {
        let (services, clock) = testing::services(db, "2027-03-01T09:00:00");
        let world = World::make(&services, 3, &[]).await.unwrap();
        let coordinator = world.coordinator().await.unwrap();
        let server = Server::default();
        server.set_gone(true);

        // For an hour people apply, are answered and answer, while a worker tries every two minutes.
        for minute in 0..60_i64 {
            clock.set(services.now().plus_minutes(1));
            if minute % 6 == 0 {
                let name = format!("learner{minute}");
                let learner = world.learner(&name, 2005).await.unwrap();
                let reference = world.apply(&learner, &name).await.unwrap();
                if minute % 12 == 0 {
                    // Places run out on the way: a no thank you makes room again.
                    world.decide(&coordinator, &reference, Decision::Offer).await.unwrap();
                    decline(&learner, &reference).await.unwrap();
                }
            }
            if minute % 2 == 0 {
                let done = deliver_due(&services, &server).await.unwrap();
                assert_eq!((done.sent, done.given_up), (0, 0));
            }
        }
        assert!(server.took.lock().unwrap().is_empty());
        let mut tx = services.db.read().await.unwrap();
        let written = store::messages::list_newest(&mut tx, 1000).await.unwrap();
        drop(tx);
        assert!(written.len() >= 20, "{}", written.len());

        server.set_gone(false);
        // The longest wait after an hour of failures is over in three hours.
        for _ in 0..180 {
            clock.set(services.now().plus_minutes(1));
            deliver_due(&services, &server).await.unwrap();
        }
        let mut expected: BTreeMap<String, Vec<_>> = BTreeMap::new();
        for message in written.iter().rev().filter(|message| message.status != "superseded") {
            expected.entry(message.recipient.clone()).or_default().push(message.id);
        }
        let mut got: BTreeMap<String, Vec<_>> = BTreeMap::new();
        for (recipient, _, id) in server.took.lock().unwrap().iter() {
            got.entry(recipient.clone()).or_default().push(*id);
        }
        // Everybody got what was written to them: each message once, in the order in which it was written.
        assert_eq!(got, expected);
        // Offers that were turned down before they could be sent were not sent at all.
        assert!(server.took.lock().unwrap().iter().all(|(_, template, _)| template != "offered"));
        assert_eq!(deliver_due(&services, &server).await.unwrap(), Delivered::default());
    })
    .await;
}
