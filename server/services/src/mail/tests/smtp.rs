//! A real conversation with a mail server, played by a small stand-in: one that takes everything, one that
//! dies in the middle, and those that say no.

use std::sync::Arc;

use mail_parser::MessageParser;
use tokio::io::{AsyncBufReadExt, AsyncWriteExt, BufReader};
use tokio::net::{TcpListener, TcpStream};

use super::*;

/// How the stand-in behaves.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Mood {
    /// Takes everything.
    Takes,
    /// Answers so to the recipient.
    AnswersRecipient(&'static str),
    /// Answers so to the whole message.
    AnswersMessage(&'static str),
    /// Hangs up after the first line of the message.
    DiesInMessage,
    /// Takes the whole message, and hangs up before it says so.
    DiesBeforeAnswer,
}

/// A mail server for one test.
#[derive(Debug)]
pub(super) struct StandIn {
    port: u16,
    mood: Arc<Mutex<Mood>>,
    took: Arc<Mutex<Vec<String>>>,
    said: Arc<Mutex<Vec<String>>>,
}

impl StandIn {
    pub(super) async fn start() -> Self {
        let listener = TcpListener::bind("127.0.0.1:0").await.unwrap();
        let server = Self {
            port: listener.local_addr().unwrap().port(),
            mood: Arc::new(Mutex::new(Mood::Takes)),
            took: Arc::default(),
            said: Arc::default(),
        };
        let (mood, took, said) = (server.mood.clone(), server.took.clone(), server.said.clone());
        tokio::spawn(async move {
            while let Ok((stream, _)) = listener.accept().await {
                let (mood, took, said) = (mood.clone(), took.clone(), said.clone());
                // A client that hangs up is no failure of the test.
                tokio::spawn(async move {
                    let _ = talk(stream, &mood, &took, &said).await;
                });
            }
        });
        server
    }
    fn set(&self, mood: Mood) {
        *self.mood.lock().unwrap() = mood;
    }
    /// The messages that it has, as they came over the line.
    pub(super) fn took(&self) -> Vec<String> {
        self.took.lock().unwrap().clone()
    }
}

/// One connection, from greeting to goodbye.
async fn talk(
    stream: TcpStream,
    mood: &Mutex<Mood>,
    took: &Mutex<Vec<String>>,
    said: &Mutex<Vec<String>>,
) -> std::io::Result<()> {
    let (read, mut write) = stream.into_split();
    let mut lines = BufReader::new(read).lines();
    write.write_all(b"220 stand-in ESMTP\r\n").await?;
    while let Some(line) = lines.next_line().await? {
        said.lock().unwrap().push(line.clone());
        let mood = *mood.lock().unwrap();
        let verb = line.split([' ', ':']).next().unwrap_or_default().to_ascii_uppercase();
        let answer = match verb.as_str() {
            "EHLO" => "250-stand-in\r\n250-8BITMIME\r\n250 AUTH PLAIN LOGIN",
            "AUTH" => "235 welcome",
            "RCPT" => match mood {
                Mood::AnswersRecipient(answer) => answer,
                _ => "250 ok",
            },
            "DATA" => {
                write.write_all(b"354 go on\r\n").await?;
                let mut raw = String::new();
                while let Some(line) = lines.next_line().await? {
                    if mood == Mood::DiesInMessage {
                        return Ok(());
                    }
                    if line == "." {
                        break;
                    }
                    // RFC 5321, 4.5.2: a dot at the start of a line was doubled.
                    raw.push_str(line.strip_prefix('.').unwrap_or(&line));
                    raw.push_str("\r\n");
                }
                match mood {
                    Mood::AnswersMessage(answer) => answer,
                    _ => {
                        took.lock().unwrap().push(raw);
                        if mood == Mood::DiesBeforeAnswer {
                            return Ok(());
                        }
                        "250 taken"
                    }
                }
            }
            "QUIT" => {
                write.write_all(b"221 bye\r\n").await?;
                return Ok(());
            }
            _ => "250 ok",
        };
        write.write_all(format!("{answer}\r\n").as_bytes()).await?;
    }
    Ok(())
}

/// A transport to the stand-in without TLS: both are on this machine.
pub(super) fn plain(server: &StandIn) -> Smtp {
    let from = "wex <no-reply@wex.example>".parse().unwrap();
    Smtp::new(&format!("smtp://127.0.0.1:{}", server.port), from).unwrap()
}

fn message(to: &str, subject: &str) -> Message {
    let letter = Letter {
        subject: subject.into(),
        parts: vec![Part::Para("Hello Amína".into()), Part::Para(".A line that begins with a dot".into())],
    };
    Message {
        id: domain::ids::MessageId(uuid::Uuid::from_u128(7)),
        key: "k".into(),
        channel: "email".into(),
        recipient: to.into(),
        template: "test".into(),
        text: letter.text(),
        html: letter.html(),
        subject: letter.subject,
        application: None,
        created_at: Moment(1_800_000_000_000_000),
        due_at: Moment(0),
        status: "queued".into(),
        attempts: 1,
        sent_at: None,
        fate: store::messages::Fate::default(),
        stop_url: None,
    }
}

#[tokio::test]
async fn an_email_arrives_as_text_and_html_with_the_right_headers() {
    let server = StandIn::start().await;
    let message = message("amina@mail.example", "A place – for you");
    plain(&server).send(&message).await.unwrap();
    let raw = server.took().remove(0);
    let read = MessageParser::default().parse(raw.as_bytes()).unwrap();
    assert_eq!(read.subject(), Some("A place – for you"));
    assert_eq!(read.message_id(), Some(format!("{}@wex.example", message.id).as_str()));
    let to = read.to().unwrap().first().unwrap();
    assert_eq!(to.address(), Some("amina@mail.example"));
    let from = read.from().unwrap().first().unwrap();
    assert_eq!((from.name(), from.address()), (Some("wex"), Some("no-reply@wex.example")));
    assert!(raw.contains("multipart/alternative"));
    // The text first: a program that shows the last part it understands shows the HTML.
    let (text, html) = (raw.find("text/plain").unwrap(), raw.find("text/html").unwrap());
    assert!(text < html);
    assert_eq!((read.text_body_count(), read.html_body_count()), (1, 1));
    assert!(read.body_text(0).unwrap().contains("\n.A line that begins with a dot"));
    assert!(read.body_html(0).unwrap().contains("Hello Amína"));
    assert!(raw.contains("Auto-Submitted: auto-generated"));
    assert!(raw.is_ascii(), "no server has to know 8BITMIME");
}

#[tokio::test]
async fn what_can_be_stopped_says_so_to_mail_programs_and_nothing_else_does() {
    let server = StandIn::start().await;
    let url = format!("https://wex.example/unsubscribe/s{}", "0123456789abcdef".repeat(8));
    let stops = Message { stop_url: Some(url.clone()), ..message("amina@mail.example", "New ones") };
    plain(&server).send(&stops).await.unwrap();
    plain(&server).send(&message("amina@mail.example", "A place")).await.unwrap();
    let [with, without] = server.took().try_into().unwrap();
    let unfolded = with.replace("\r\n ", "");
    assert!(unfolded.contains(&format!("List-Unsubscribe: <{url}>\r\n")), "{with}");
    assert!(unfolded.contains("List-Unsubscribe-Post: List-Unsubscribe=One-Click\r\n"), "{with}");
    assert!(!without.contains("List-Unsubscribe"));
}

#[tokio::test]
async fn a_user_and_password_are_given_when_the_address_has_them() {
    let server = StandIn::start().await;
    let from = "wex <no-reply@wex.example>".parse().unwrap();
    // Opportunistic TLS, said on purpose: without it a password only goes over TLS.
    let address = format!("smtp://wex:s%40cret@127.0.0.1:{}?tls=opportunistic", server.port);
    Smtp::new(&address, from).unwrap().send(&message("a@mail.example", "Hello")).await.unwrap();
    let said = server.said.lock().unwrap().clone();
    // RFC 4616: nothing, the user, the password, each after a zero byte.
    assert!(said.iter().any(|line| line == "AUTH PLAIN AHdleABzQGNyZXQ="), "{said:?}");
    let from = "wex <no-reply@wex.example>".parse().unwrap();
    let strict = Smtp::new(&format!("smtp://wex:secret@127.0.0.1:{}", server.port), from).unwrap();
    let before = server.said.lock().unwrap().len();
    assert!(!strict.send(&message("a@mail.example", "Hello")).await.unwrap_err().for_good);
    assert!(server.said.lock().unwrap()[before..].iter().all(|line| !line.starts_with("AUTH")));
}

#[tokio::test]
async fn what_the_server_answers_decides_whether_to_try_again() {
    let server = StandIn::start().await;
    for (mood, for_good) in [
        (Mood::AnswersRecipient("450 mailbox busy"), false),
        (Mood::AnswersRecipient("452 mailbox full"), false),
        (Mood::AnswersRecipient("550 no such user"), true),
        (Mood::AnswersMessage("451 later"), false),
        (Mood::AnswersMessage("554 refused"), true),
        (Mood::DiesInMessage, false),
    ] {
        server.set(mood);
        let undelivered = plain(&server).send(&message("a@mail.example", "Hello")).await.unwrap_err();
        assert_eq!(undelivered.for_good, for_good, "{mood:?}: {}", undelivered.why);
        assert!(server.took().is_empty());
    }
    // Nobody there at all.
    let gone = StandIn { port: 1, ..server };
    assert!(!plain(&gone).send(&message("a@mail.example", "Hello")).await.unwrap_err().for_good);
}

#[tokio::test]
async fn a_second_try_can_be_recognised_as_the_same_message() {
    store::testing::both(|db| async move {
        let (services, clock) = testing::services(db, "2027-03-01T09:00:00");
        let server = StandIn::start().await;
        let smtp = plain(&server);
        write_letters(&services, &clock, &[("a@example.com", "one"), ("a@example.com", "two")]).await;
        // It takes the message and dies before it says so: whether it has it, nobody knows.
        server.set(Mood::DiesBeforeAnswer);
        assert_eq!(deliver_due(&services, &smtp).await.unwrap(), Delivered { sent: 0, again: 1, given_up: 0 });
        server.set(Mood::Takes);
        clock.set(services.now().plus_minutes(1));
        assert_eq!(deliver_due(&services, &smtp).await.unwrap().sent, 2);
        let took = server.took();
        let ids: Vec<_> = took
            .iter()
            .map(|raw| MessageParser::default().parse(raw.as_bytes()).unwrap().message_id().unwrap().to_owned())
            .collect();
        assert_eq!(ids.len(), 3);
        assert_eq!(ids[0], ids[1]);
        assert_ne!(ids[1], ids[2]);
        assert_eq!(took[0], took[1], "the same to the last byte");
    })
    .await;
}

#[tokio::test]
async fn nobody_writes_headers_of_their_own() {
    let server = StandIn::start().await;
    let smtp = plain(&server);
    for to in ["a@mail.example\r\nBcc: b@mail.example", "a@mail.example, b@mail.example", "a b@mail.example", ""] {
        let undelivered = smtp.send(&message(to, "Hello")).await.unwrap_err();
        assert!(undelivered.for_good, "{to:?}");
    }
    assert!(server.took().is_empty());
    smtp.send(&message("a@mail.example", "Hello\r\nBcc: b@mail.example\r\n\r\nBody")).await.unwrap();
    let raw = server.took().remove(0);
    let read = MessageParser::default().parse(raw.as_bytes()).unwrap();
    assert!(read.bcc().is_none() && read.header("Bcc").is_none());
    let said = server.said.lock().unwrap().clone();
    assert_eq!(said.iter().filter(|line| line.starts_with("RCPT")).count(), 1);
}
