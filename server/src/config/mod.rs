//! Settings: from the environment, else from a file, else a default. All are checked at start, and a
//! wrong one is named with what was expected. Secrets are never shown.

mod key;
mod notify;
mod source;
#[cfg(test)]
mod tests;

use std::net::SocketAddr;
use std::path::PathBuf;

use lettre::message::Mailbox;

pub use notify::Notify;
use services::documents::Scanner;
pub use source::Source;

/// What is wrong with a setting.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[error("{name} {problem}")]
pub struct Wrong {
    /// Its name, as the environment has it.
    pub name: String,
    /// What it is and what was expected.
    pub problem: String,
}

impl Wrong {
    fn new(name: &str, problem: impl Into<String>) -> Self {
        Self { name: name.to_owned(), problem: problem.into() }
    }
}

/// Where emails go.
#[derive(Clone, PartialEq, Eq)]
pub enum Mail {
    /// Into a folder.
    Folder(PathBuf),
    /// To a server, by its address with user and password.
    Smtp(String),
    /// By GOV.UK Notify.
    Notify,
}

impl std::fmt::Debug for Mail {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        match self {
            Self::Folder(path) => write!(f, "folder:{}", path.display()),
            Self::Smtp(_) => f.write_str("smtp:…"),
            Self::Notify => f.write_str("notify:…"),
        }
    }
}

/// In what form the log is written.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum LogFormat {
    /// A line of JSON for each event.
    Json,
    /// For people.
    Plain,
}

/// Every setting.
#[derive(Debug, Clone)]
pub struct Config {
    /// `sqlite:PATH` or `postgres://…`.
    pub database_url: String,
    /// Where to listen.
    pub listen: SocketAddr,
    /// The site's own address, without a slash at the end.
    pub base_url: String,
    /// The key that seals secrets at rest.
    pub secret_key: Secret,
    /// Where emails go.
    pub mail: Mail,
    /// From whom emails are.
    pub mail_from: Mailbox,
    /// The file of text messages.
    pub text_messages: PathBuf,
    /// How to reach GOV.UK Notify.
    pub notify: Notify,
    /// Where documents lie: `folder:PATH` or `s3://BUCKET/PREFIX`.
    pub documents: String,
    /// Who looks at documents for viruses.
    pub clamd: Option<Scanner>,
    /// Where people can write to; shown on the contact page.
    pub contact: Option<String>,
    /// The log's form.
    pub log_format: LogFormat,
    /// What is logged: `info`, or as tracing's directives.
    pub log_level: String,
    /// Searches a minute from one address; 0 for no limit.
    pub search_per_minute: u32,
    /// Whether `wex serve` also does the work that is due.
    pub worker: bool,
    /// How many proxies in front are to be believed about the address that they pass on.
    pub trusted_proxy: usize,
}

/// 32 bytes that are never shown.
#[derive(Clone, Copy, PartialEq, Eq)]
pub struct Secret(pub [u8; 32]);

impl std::fmt::Debug for Secret {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str("…")
    }
}

/// What the command line says about settings.
#[derive(Debug, Clone, Default)]
pub struct Asked {
    /// `--listen`.
    pub listen: Option<String>,
    /// `--demo`.
    pub demo: bool,
}

impl Config {
    /// Reads and checks every setting.
    ///
    /// # Errors
    /// Every setting that is wrong, not only the first.
    pub fn load(source: &Source, asked: &Asked) -> Result<Self, Vec<Wrong>> {
        let mut wrong = source.unknown();
        let mut take = |result: Result<Taken, Wrong>| match result {
            Ok(taken) => Some(taken),
            Err(problem) => {
                wrong.push(problem);
                None
            }
        };
        let default_database = if asked.demo { "sqlite:var/demo.sqlite" } else { "sqlite:var/wex.sqlite" };
        let database = take(database(source.get("DATABASE_URL").as_deref().unwrap_or(default_database)));
        let listen = take(listen(
            asked.listen.clone().or_else(|| source.get("LISTEN")).as_deref().unwrap_or("127.0.0.1:3000"),
            asked.listen.is_some(),
        ));
        let address = match listen {
            Some(Taken::Address(address)) => address,
            _ => SocketAddr::from(([127, 0, 0, 1], 3000)),
        };
        let base_url = take(base_url(&source.get("BASE_URL").unwrap_or_else(|| format!("http://{address}"))));
        let base_url = base_url.map_or_else(String::new, Taken::text);
        let secret_key =
            take(key::secret_key(source.get("SECRET_KEY").as_deref(), asked.demo, &base_url).map(Taken::Secret));
        let mail = take(mail(source.get("MAIL").as_deref(), asked.demo));
        let mail_from =
            take(mail_from(source.get("MAIL_FROM").as_deref().unwrap_or("wex <no-reply@localhost.localdomain>")));
        let texts = take(text_messages(source.get("TEXT_MESSAGES").as_deref().unwrap_or(if asked.demo {
            "file:var/demo-texts.jsonl"
        } else {
            "file:var/texts.jsonl"
        })));
        let kept = take(documents(
            source.get("DOCUMENTS").as_deref(),
            asked.demo.then(|| source.get("DATABASE_URL").unwrap_or_else(|| default_database.to_owned())).as_deref(),
        ));
        let clamd = take(clamd(source.get("CLAMD").as_deref()));
        let by_notify = take(notify::settings(source, asked.demo).map(|found| Taken::Notify(Box::new(found))));
        let contact = take(contact(source.get("CONTACT").as_deref()));
        let log = take(log(source.get("LOG").as_deref().unwrap_or("plain")));
        let log_level = source.get("LOG_LEVEL").unwrap_or_else(|| "info".to_owned());
        let searches =
            take(number("SEARCH_PER_MINUTE", source.get("SEARCH_PER_MINUTE").as_deref().unwrap_or("600"), 1_000_000));
        let worker = take(yes_or_no("WORKER", source.get("WORKER").as_deref().unwrap_or("yes")));
        let proxy = take(number("TRUSTED_PROXY", source.get("TRUSTED_PROXY").as_deref().unwrap_or("0"), 10));
        match (
            database,
            secret_key,
            mail,
            mail_from,
            (texts, by_notify),
            (kept, clamd),
            contact,
            log,
            searches,
            worker,
            proxy,
        ) {
            (
                Some(database),
                Some(Taken::Secret(secret_key)),
                Some(Taken::Mail(mail)),
                Some(Taken::From(mail_from)),
                (Some(texts), Some(Taken::Notify(by_notify))),
                (Some(kept), Some(Taken::Scanner(clamd))),
                Some(Taken::Contact(contact)),
                Some(Taken::Log(log_format)),
                Some(Taken::Number(searches)),
                Some(Taken::Yes(worker)),
                Some(Taken::Number(proxy)),
            ) if wrong.is_empty() => Ok(Self {
                database_url: database.text(),
                listen: address,
                base_url,
                secret_key,
                mail,
                mail_from: *mail_from,
                text_messages: texts.text().into(),
                notify: *by_notify,
                documents: kept.text(),
                clamd,
                contact,
                log_format,
                log_level,
                search_per_minute: searches,
                worker,
                trusted_proxy: usize::try_from(proxy).unwrap_or(0),
            }),
            _ => Err(wrong),
        }
    }

    /// Whether people reach the site over TLS.
    #[must_use]
    pub fn is_https(&self) -> bool {
        self.base_url.starts_with("https://")
    }
}

/// A setting that was understood.
enum Taken {
    Text(String),
    Address(SocketAddr),
    Secret(Secret),
    Mail(Mail),
    From(Box<Mailbox>),
    Notify(Box<Notify>),
    Contact(Option<String>),
    Scanner(Option<Scanner>),
    Log(LogFormat),
    Number(u32),
    Yes(bool),
}

impl Taken {
    fn text(self) -> String {
        match self {
            Self::Text(text) => text,
            _ => String::new(),
        }
    }
}

fn database(url: &str) -> Result<Taken, Wrong> {
    let kind = url.split(':').next().unwrap_or_default();
    match kind {
        "sqlite" if url.len() > "sqlite:".len() => Ok(Taken::Text(url.to_owned())),
        "postgres" | "postgresql" if url.contains("://") => Ok(Taken::Text(url.to_owned())),
        // The rest may hold a password.
        _ => Err(Wrong::new(
            "DATABASE_URL",
            "must be sqlite:PATH or postgres://user:password@host/name, but it begins differently",
        )),
    }
}

fn listen(text: &str, from_command_line: bool) -> Result<Taken, Wrong> {
    let name = if from_command_line { "--listen" } else { "WEX_LISTEN" };
    let with_name = text.replace("localhost:", "127.0.0.1:");
    with_name.parse().map(Taken::Address).map_err(|_| {
        Wrong::new(name, format!("must be ADDRESS:PORT, such as 127.0.0.1:3000 or [::1]:3000, but it is {text:?}"))
    })
}

fn base_url(text: &str) -> Result<Taken, Wrong> {
    let url = text.trim_end_matches('/');
    let host = url.strip_prefix("https://").or_else(|| url.strip_prefix("http://"));
    match host {
        Some(host) if !host.is_empty() && !host.contains(['/', '?', '#', '@', ' ']) => Ok(Taken::Text(url.to_owned())),
        _ => Err(Wrong::new(
            "WEX_BASE_URL",
            format!("must be the site's address without a path, such as https://wex.example.org, but it is {text:?}"),
        )),
    }
}

fn mail(text: Option<&str>, demo: bool) -> Result<Taken, Wrong> {
    // Invented people's addresses may be somebody's: a demonstration writes to nobody.
    if demo {
        return Ok(Taken::Mail(Mail::Folder("var/demo-mail".into())));
    }
    match text.unwrap_or("folder:var/mail").split_once(':') {
        // Its template is looked at with the rest of Notify's settings.
        Some(("notify", _)) => Ok(Taken::Mail(Mail::Notify)),
        Some(("folder", path)) if !path.is_empty() => Ok(Taken::Mail(Mail::Folder(path.into()))),
        Some(("smtp" | "smtps", _)) => {
            let address = text.unwrap_or_default().to_owned();
            services::mail::check_address(&address)
                .map_err(|expected| Wrong::new("WEX_MAIL", format!("is not a mail server's address: {expected}")))?;
            Ok(Taken::Mail(Mail::Smtp(address)))
        }
        _ => Err(Wrong::new(
            "WEX_MAIL",
            "must be folder:PATH, smtps://user:password@host:port, smtp://host:port or notify:TEMPLATE, but it begins differently",
        )),
    }
}

fn mail_from(text: &str) -> Result<Taken, Wrong> {
    text.parse().map(|mailbox| Taken::From(Box::new(mailbox))).map_err(|_| {
        Wrong::new(
            "WEX_MAIL_FROM",
            format!("must be an email address, such as wex <no-reply@example.org>, but it is {text:?}"),
        )
    })
}

fn text_messages(text: &str) -> Result<Taken, Wrong> {
    match text.strip_prefix("file:") {
        Some(path) if !path.is_empty() => Ok(Taken::Text(path.to_owned())),
        None if text.starts_with("notify:") => Ok(Taken::Text(String::new())),
        _ => Err(Wrong::new("WEX_TEXT_MESSAGES", format!("must be file:PATH or notify:TEMPLATE, but it is {text:?}"))),
    }
}

fn documents(text: Option<&str>, demo: Option<&str>) -> Result<Taken, Wrong> {
    // Invented people's documents do not belong beside real ones: they lie beside their own database.
    if let Some(database) = demo {
        let beside = crate::start::sqlite_path(database).unwrap_or("var/demo");
        return Ok(Taken::Text(format!("folder:{beside}-documents")));
    }
    let text = text.unwrap_or("folder:var/documents");
    match text.split_once(':') {
        Some(("folder", path)) if !path.is_empty() => Ok(Taken::Text(text.to_owned())),
        Some(("s3", rest)) if rest.len() > "//".len() && rest.starts_with("//") => Ok(Taken::Text(text.to_owned())),
        _ => Err(Wrong::new(
            "WEX_DOCUMENTS",
            format!("must be folder:PATH, or s3://BUCKET/PREFIX with AWS_… in the environment, but it is {text:?}"),
        )),
    }
}

fn clamd(text: Option<&str>) -> Result<Taken, Wrong> {
    let scanner = text.map(Scanner::parse).transpose().map_err(|problem| Wrong::new("WEX_CLAMD", problem))?;
    Ok(Taken::Scanner(scanner))
}

fn contact(text: Option<&str>) -> Result<Taken, Wrong> {
    match text {
        None => Ok(Taken::Contact(None)),
        Some(address) if domain::form::tidy_email(address).is_some() => {
            Ok(Taken::Contact(Some(address.trim().to_owned())))
        }
        Some(other) => Err(Wrong::new(
            "WEX_CONTACT",
            format!("must be an email address that people may write to, but it is {other:?}"),
        )),
    }
}

fn log(text: &str) -> Result<Taken, Wrong> {
    match text {
        "json" => Ok(Taken::Log(LogFormat::Json)),
        "plain" => Ok(Taken::Log(LogFormat::Plain)),
        other => Err(Wrong::new("WEX_LOG", format!("must be json or plain, but it is {other:?}"))),
    }
}

fn number(name: &str, text: &str, most: u32) -> Result<Taken, Wrong> {
    match text.parse::<u32>() {
        Ok(number) if number <= most => Ok(Taken::Number(number)),
        _ => Err(Wrong::new(
            &format!("WEX_{name}"),
            format!("must be a whole number from 0 to {most}, but it is {text:?}"),
        )),
    }
}

fn yes_or_no(name: &str, text: &str) -> Result<Taken, Wrong> {
    match text {
        "yes" | "true" | "1" => Ok(Taken::Yes(true)),
        "no" | "false" | "0" => Ok(Taken::Yes(false)),
        other => Err(Wrong::new(&format!("WEX_{name}"), format!("must be yes or no, but it is {other:?}"))),
    }
}
