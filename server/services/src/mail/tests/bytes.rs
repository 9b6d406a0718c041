//! What is previewed is what is kept is what is sent, byte for byte: of every letter that there is.

use domain::application::NoReason;
use mail_parser::MessageParser;

use super::smtp::{StandIn, plain};
use super::*;
use crate::applications::{Decision, preview};
use crate::messages::letters::samples;
use crate::testing::World;

/// Keeps every message as it was handed over.
#[derive(Debug, Default)]
struct Keeper(Mutex<Vec<Message>>);

impl Transport for Keeper {
    fn send<'a>(&'a self, message: &'a Message) -> Sending<'a> {
        self.0.lock().unwrap().push(message.clone());
        Box::pin(async { Ok(Handed::default()) })
    }
    fn check(&self) -> Pin<Box<dyn Future<Output = Result<String, String>> + Send + '_>> {
        Box::pin(async { Ok(String::new()) })
    }
}

#[tokio::test]
async fn every_letter_is_kept_and_sent_byte_for_byte() {
    store::testing::both(|db| async move {
        let (services, _) = testing::services(db, "2027-03-01T09:00:00");
        let letters: Vec<_> = samples::all().into_iter().map(|(_, letter)| letter).collect();
        let mut tx = services.db.write().await.unwrap();
        for (number, letter) in letters.iter().enumerate() {
            assert!(!letter.subject.is_empty() && !letter.text().is_empty() && letter.html().contains("</html>"));
            let outgoing = Outgoing {
                key: number.to_string(),
                to: "amira@mail.example".into(),
                template: "sample",
                letter: letter.clone(),
                application: None,
            };
            queue(&mut tx, &services, outgoing).await.unwrap();
        }
        let mut rows = store::messages::list_newest(&mut tx, 1000).await.unwrap();
        tx.commit().await.unwrap();
        rows.reverse();
        let keeper = Keeper::default();
        deliver_due(&services, &keeper).await.unwrap();
        let sent = keeper.0.lock().unwrap().clone();
        assert_eq!((rows.len(), sent.len()), (letters.len(), letters.len()));

        // And as a mail server gets it, read back as a mail program reads it.
        let server = StandIn::start().await;
        let smtp = plain(&server);
        for ((letter, row), sent) in letters.iter().zip(&rows).zip(&sent) {
            let said = |m: &Message| (m.subject.clone(), m.text.clone(), m.html.clone());
            assert_eq!(said(row), (letter.subject.clone(), letter.text(), letter.html()));
            assert_eq!(said(sent), said(row));
            smtp.send(sent).await.unwrap();
            let raw = server.took().pop().unwrap();
            let read = MessageParser::default().parse(raw.as_bytes()).unwrap();
            assert_eq!(read.subject(), Some(letter.subject.as_str()));
            let unix = |text: std::borrow::Cow<'_, str>| text.replace("\r\n", "\n");
            assert_eq!(unix(read.body_text(0).unwrap()), letter.text());
            assert_eq!(unix(read.body_html(0).unwrap()), letter.html());
        }
    })
    .await;
}

#[tokio::test]
async fn what_a_coordinator_previews_is_what_is_sent() {
    store::testing::both(|db| async move {
        let (services, _) = testing::services(db, "2027-03-01T09:00:00");
        let world = World::make(&services, 1, &[]).await.unwrap();
        let coordinator = world.coordinator().await.unwrap();
        let no = |note: &str| Decision::SayNo(NoReason::MoreAsked, note.into());
        let note = "Try the <b>open day</b> & \"meet\" us.\n\nSee you there. – Zoë";
        for (name, decision) in
            [("amira", Decision::Offer), ("ben", Decision::Waitlist), ("cara", no("")), ("dan", no(note))]
        {
            let learner = world.learner(name, 2005).await.unwrap();
            let reference = world.apply(&learner, name).await.unwrap();
            let shown = preview(&coordinator, &reference, &decision).await.unwrap();
            world.decide(&coordinator, &reference, decision).await.unwrap();
            let keeper = Keeper::default();
            deliver_due(&services, &keeper).await.unwrap();
            let sent: Vec<_> = keeper
                .0
                .lock()
                .unwrap()
                .iter()
                .filter(|m| m.recipient == format!("{name}@mail.example") && m.template != "submitted")
                .map(|m| (m.subject.clone(), m.text.clone(), m.html.clone()))
                .collect();
            assert_eq!(sent, [(shown.letter.subject.clone(), shown.letter.text(), shown.letter.html())], "{name}");
        }
    })
    .await;
}
