//! GOV.UK Notify, played by a small stand-in over HTTP that checks each request as Notify does.

use std::sync::Arc;

use base64::Engine;
use base64::engine::general_purpose::URL_SAFE_NO_PAD;
use hmac::{Hmac, KeyInit, Mac};
use serde_json::{Value, json};
use tokio::io::{AsyncReadExt, AsyncWriteExt};
use tokio::net::{TcpListener, TcpStream};

use super::*;
use crate::time::Clock;

const SERVICE: &str = "26785a09-ab16-4eb0-8407-a37497a57506";
const SECRET: &str = "3d844edf-8d35-48ac-975b-e847b4f122b0";
const TEMPLATE: &str = "f33517ff-2a88-4f6e-b855-c550268ce08a";

/// How the stand-in answers the next message: as it should, with a status, or by dropping the line after it
/// has taken it.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Mood {
    Takes,
    Answers(u16),
    TakesAndHangsUp,
}

#[derive(Debug)]
struct State {
    clock: MovableClock,
    mood: Mood,
    /// What was taken: our reference, the body, where it stands.
    taken: Vec<(String, Value, String)>,
    asked_by_reference: usize,
}

struct StandIn {
    url: String,
    state: Arc<Mutex<State>>,
}

impl StandIn {
    async fn start(clock: &MovableClock) -> Self {
        let listener = TcpListener::bind("127.0.0.1:0").await.unwrap();
        let url = format!("http://{}", listener.local_addr().unwrap());
        let state = Arc::new(Mutex::new(State {
            clock: clock.clone(),
            mood: Mood::Takes,
            taken: vec![],
            asked_by_reference: 0,
        }));
        let shared = state.clone();
        tokio::spawn(async move {
            while let Ok((stream, _)) = listener.accept().await {
                let state = shared.clone();
                tokio::spawn(async move {
                    let _ = answer(stream, &state).await;
                });
            }
        });
        Self { url, state }
    }
    fn set(&self, mood: Mood) {
        self.state.lock().unwrap().mood = mood;
    }
    fn stands(&self, status: &str) {
        self.state.lock().unwrap().taken.last_mut().unwrap().2 = status.into();
    }
    fn taken(&self) -> Vec<(String, Value, String)> {
        self.state.lock().unwrap().taken.clone()
    }
    fn notify(&self, clock: &MovableClock) -> Notify {
        let key = NotifyKey::parse(&format!("wex_test-{SERVICE}-{SECRET}")).unwrap();
        Notify::new(&self.url, key, TEMPLATE, Arc::new(clock.clone())).unwrap()
    }
}

/// One request, one answer, and the end of the connection.
async fn answer(mut stream: TcpStream, state: &Mutex<State>) -> std::io::Result<()> {
    let mut raw = Vec::new();
    let (head, body) = loop {
        let mut more = [0; 4096];
        let count = stream.read(&mut more).await?;
        raw.extend_from_slice(&more[..count]);
        let text = String::from_utf8_lossy(&raw).into_owned();
        if let Some((head, body)) = text.split_once("\r\n\r\n") {
            let length = head
                .lines()
                .find_map(|line| line.to_lowercase().strip_prefix("content-length:").map(|n| n.trim().parse().unwrap()))
                .unwrap_or(0);
            if body.len() >= length {
                break (head.to_owned(), body.to_owned());
            }
        }
        if count == 0 {
            return Ok(());
        }
    };
    let reply = decide(&head, &body, state);
    let Some((status, reply)) = reply else { return Ok(()) };
    let text = reply.to_string();
    let answer = format!(
        "HTTP/1.1 {status} X\r\ncontent-type: application/json\r\ncontent-length: {}\r\nconnection: close\r\n\r\n{text}",
        text.len()
    );
    stream.write_all(answer.as_bytes()).await
}

fn problem(status: u16, error: &str, message: &str) -> (u16, Value) {
    (status, json!({ "status_code": status, "errors": [{ "error": error, "message": message }] }))
}

/// As Notify's documentation has it.
fn decide(head: &str, body: &str, state: &Mutex<State>) -> Option<(u16, Value)> {
    let mut state = state.lock().unwrap();
    let mut first = head.lines().next().unwrap().split(' ');
    let (method, path) = (first.next().unwrap(), first.next().unwrap());
    let token = head.lines().find_map(|line| {
        line.split_once(':').filter(|(name, _)| name.eq_ignore_ascii_case("authorization")).map(|(_, value)| value)
    });
    let token = token.unwrap_or("").trim().strip_prefix("Bearer ").unwrap_or("").to_owned();
    let Some((signed, signature)) = token.rsplit_once('.') else {
        return Some(problem(401, "AuthError", "Unauthorized: authentication token must be provided"));
    };
    let mut mac = Hmac::<sha2::Sha256>::new_from_slice(SECRET.as_bytes()).unwrap();
    mac.update(signed.as_bytes());
    if mac.verify_slice(&URL_SAFE_NO_PAD.decode(signature).unwrap()).is_err() {
        return Some(problem(403, "AuthError", "Invalid token: signature, api token not found"));
    }
    let (header, claims) = signed.split_once('.').unwrap();
    let read = |part: &str| serde_json::from_slice::<Value>(&URL_SAFE_NO_PAD.decode(part).unwrap()).unwrap();
    assert_eq!((&read(header)["alg"], &read(header)["typ"]), (&json!("HS256"), &json!("JWT")));
    if read(claims)["iss"] != SERVICE {
        return Some(problem(403, "AuthError", "Invalid token: service not found"));
    }
    let age = state.clock.now().0 / 1_000_000 - read(claims)["iat"].as_i64().unwrap();
    if age.abs() > 30 {
        return Some(problem(403, "AuthError", "Error: Your system clock must be accurate to within 30 seconds"));
    }
    let show = |at: usize, (reference, _, status): &(String, Value, String)| {
        json!({ "id": format!("740e5834-3a29-46b4-9a6f-16142fde53{at:02}"), "reference": reference, "status": status,
                "completed_at": (status == "delivered").then_some("2027-03-01T09:05:00.000000Z") })
    };
    if method == "GET" {
        if path == format!("/v2/template/{TEMPLATE}") {
            return Some((200, json!({ "id": TEMPLATE })));
        }
        if let Some(reference) = path.strip_prefix("/v2/notifications?reference=") {
            state.asked_by_reference += 1;
            let found: Vec<_> = state
                .taken
                .iter()
                .enumerate()
                .filter(|(_, taken)| taken.0 == reference)
                .map(|(at, taken)| show(at, taken))
                .collect();
            return Some((200, json!({ "notifications": found, "links": {} })));
        }
        let all: Vec<_> = state.taken.iter().enumerate().map(|(at, taken)| show(at, taken)).collect();
        let id = path.strip_prefix("/v2/notifications/").unwrap();
        return Some(
            all.into_iter()
                .find(|one| one["id"] == id)
                .map_or_else(|| problem(404, "NoResultFound", "No result found"), |one| (200, one)),
        );
    }
    let body: Value = serde_json::from_str(body).unwrap();
    assert_eq!(body["template_id"], TEMPLATE);
    match state.mood {
        Mood::Answers(400) => {
            return Some(problem(400, "ValidationError", "email_address Not a valid email address"));
        }
        Mood::Answers(429) => return Some(problem(429, "RateLimitError", "Exceeded rate limit for key type live")),
        Mood::Answers(status) => return Some(problem(status, "Exception", "Internal server error")),
        Mood::Takes | Mood::TakesAndHangsUp => {}
    }
    let reference = body["reference"].as_str().unwrap().to_owned();
    state.taken.push((reference.clone(), body, "created".into()));
    let at = state.taken.len() - 1;
    if state.mood == Mood::TakesAndHangsUp {
        return None;
    }
    Some((201, json!({ "id": show(at, &state.taken[at])["id"], "reference": reference })))
}

#[test]
fn a_key_is_read_and_never_shown() {
    let key = NotifyKey::parse(&format!("my-live-key-{SERVICE}-{SECRET}")).unwrap();
    assert!(!format!("{key:?}").contains("3d844edf"));
    for wrong in ["", "hunter2", SECRET, &format!("{SERVICE}-{SECRET}x"), &format!("a-{SERVICE}{SECRET}")] {
        let error = NotifyKey::parse(wrong).unwrap_err();
        assert!(error.starts_with("must be an API key") && !error.contains("hunter2"), "{wrong}");
    }
}

#[test]
fn secrets_are_compared() {
    assert!(same_secret("abc", "abc"));
    assert!(!same_secret("abc", "abd") && !same_secret("abc", "") && !same_secret("abc", "abcd"));
}

#[tokio::test]
async fn a_message_is_signed_taken_and_followed_to_its_delivery() {
    store::testing::both(|db| async move {
        let (services, clock) = testing::services(db, "2027-03-01T09:00:00");
        let server = StandIn::start(&clock).await;
        let notify = server.notify(&clock);
        assert!(Transport::check(&notify).await.unwrap().contains("template"));
        write_letters(&services, &clock, &[("amina@example.com", "A place – for you")]).await;
        assert_eq!(deliver_due(&services, &notify).await.unwrap().sent, 1);
        let (reference, body, _) = server.taken().remove(0);
        let mut tx = services.db.read().await.unwrap();
        let message = store::messages::list_newest(&mut tx, 1).await.unwrap().remove(0);
        drop(tx);
        assert_eq!(reference, message.id.to_string());
        assert_eq!(body["email_address"], "amina@example.com");
        assert_eq!(body["personalisation"], json!({ "subject": message.subject, "body": message.text }));
        assert_eq!(server.state.lock().unwrap().asked_by_reference, 0, "a first try needs no question");

        clock.set(services.now().plus_minutes(1));
        assert_eq!(ask_for_news(&services, &notify).await.unwrap(), Noted::default());
        server.stands("delivered");
        clock.set(services.now().plus_minutes(5));
        assert_eq!(ask_for_news(&services, &notify).await.unwrap().delivered, 1);
        let mut tx = services.db.read().await.unwrap();
        let message = store::messages::find(&mut tx, message.id).await.unwrap().unwrap();
        assert_eq!(crate::messages::shown(&message, services.today()), "delivered 1 March, 9:05am");
    })
    .await;
}

#[tokio::test]
async fn what_notify_answers_decides_whether_to_try_again() {
    store::testing::both(|db| async move {
        let (services, clock) = testing::services(db, "2027-03-01T09:00:00");
        let server = StandIn::start(&clock).await;
        let notify = server.notify(&clock);
        for (mood, given_up) in [(429, 0), (500, 0), (503, 0), (400, 1)] {
            server.set(Mood::Answers(mood));
            write_letters(&services, &clock, &[(&format!("a{mood}@example.com"), &format!("{mood}"))]).await;
            let done = deliver_due(&services, &notify).await.unwrap();
            assert_eq!((done.sent, done.given_up), (0, given_up), "{mood}");
        }
        // A clock that is wrong, or another's key, is no fault of the message.
        server.set(Mood::Takes);
        let key = NotifyKey::parse(&format!("k-{SERVICE}-{SERVICE}")).unwrap();
        let wrong_key = Notify::new(&server.url, key, TEMPLATE, Arc::new(clock.clone())).unwrap();
        assert!(Transport::check(&wrong_key).await.unwrap_err().contains("refuses the key"));
        let late = MovableClock::new(crate::time::StoppedClock(services.now().plus_minutes(2)));
        let late = server.notify(&late);
        write_letters(&services, &clock, &[("b@example.com", "b")]).await;
        assert_eq!(deliver_due(&services, &late).await.unwrap(), Delivered { sent: 0, again: 1, given_up: 0 });
        assert!(server.taken().is_empty());
        clock.set(services.now().plus_minutes(1));
        assert_eq!(deliver_due(&services, &notify).await.unwrap().sent, 4);
    })
    .await;
}

#[tokio::test]
async fn nobody_gets_a_message_twice_when_the_line_broke_after_it_was_taken() {
    store::testing::both(|db| async move {
        let (services, clock) = testing::services(db, "2027-03-01T09:00:00");
        let server = StandIn::start(&clock).await;
        let notify = server.notify(&clock);
        server.set(Mood::TakesAndHangsUp);
        write_letters(&services, &clock, &[("a@example.com", "one")]).await;
        assert_eq!(deliver_due(&services, &notify).await.unwrap().again, 1);
        server.set(Mood::Takes);
        clock.set(services.now().plus_minutes(1));
        assert_eq!(deliver_due(&services, &notify).await.unwrap().sent, 1);
        assert_eq!(server.taken().len(), 1, "sent twice");
        // What Notify could not try is sent again, under the same reference.
        server.stands("technical-failure");
        clock.set(services.now().plus_minutes(1));
        ask_for_news(&services, &notify).await.unwrap();
        clock.set(services.now().plus_minutes(10));
        assert_eq!(deliver_due(&services, &notify).await.unwrap().sent, 1);
        let taken = server.taken();
        assert_eq!((taken.len(), &taken[0].0), (2, &taken[1].0));
    })
    .await;
}

#[tokio::test]
async fn a_receipt_is_taken_once_and_an_unknown_one_is_forgotten() {
    store::testing::both(|db| async move {
        let (services, clock) = testing::services(db, "2027-03-01T09:00:00");
        let server = StandIn::start(&clock).await;
        let notify = server.notify(&clock);
        write_letters(&services, &clock, &[("a@example.com", "one")]).await;
        deliver_due(&services, &notify).await.unwrap();
        let reference = server.taken()[0].0.clone();
        let receipt = |status: &str| {
            json!({ "id": "740e5834-3a29-46b4-9a6f-16142fde5300", "reference": reference, "to": "a@example.com",
                    "status": status, "notification_type": "email", "completed_at": null })
            .to_string()
        };
        assert!(take_receipt(&services, receipt("permanent-failure").as_bytes()).await.unwrap());
        assert!(take_receipt(&services, receipt("permanent-failure").as_bytes()).await.unwrap());
        assert_eq!(statuses(&services).await, [("one".into(), "failed".into(), 1)]);
        let unknown = json!({ "id": "x", "reference": null, "status": "delivered" }).to_string();
        assert!(take_receipt(&services, unknown.as_bytes()).await.unwrap());
        assert!(!take_receipt(&services, b"{").await.unwrap());
        assert_eq!(statuses(&services).await, [("one".into(), "failed".into(), 1)]);
    })
    .await;
}
