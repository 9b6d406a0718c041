//! Emails by SMTP.

use std::future::Future;
use std::pin::Pin;
use std::time::Duration;

use lettre::message::Mailbox;
use lettre::transport::smtp::AsyncSmtpTransportBuilder;
use lettre::{AsyncSmtpTransport, AsyncTransport, Tokio1Executor};
use store::messages::Message;

use super::{Handed, Sending, Transport, Undelivered, letter};

const TIMEOUT: Duration = Duration::from_secs(30);

/// Hands emails to a mail server.
pub struct Smtp {
    server: AsyncSmtpTransport<Tokio1Executor>,
    from: Mailbox,
}

impl std::fmt::Debug for Smtp {
    // The address holds a password.
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("Smtp").field("from", &self.from).finish_non_exhaustive()
    }
}

impl Smtp {
    /// The server at `smtps://user:password@host:port` (TLS from the start) or `smtp://…`: with a user,
    /// or with `?tls=required`, only after STARTTLS. Needs a running tokio.
    ///
    /// # Errors
    /// As [`check_address`].
    pub fn new(address: &str, from: Mailbox) -> Result<Self, String> {
        Ok(Self { server: builder(address)?.timeout(Some(TIMEOUT)).build(), from })
    }
}

/// Whether this is a mail server's address.
///
/// # Errors
/// What was expected, in words without the password.
pub fn check_address(address: &str) -> Result<(), String> {
    builder(address).map(|_| ())
}

fn builder(address: &str) -> Result<AsyncSmtpTransportBuilder, String> {
    // A password must not go over an open line because somebody forgot to ask for TLS.
    let with_user = address.strip_prefix("smtp://").is_some_and(|rest| rest.contains('@'));
    let asked = if with_user && !address.contains("tls=") {
        format!("{address}{}tls=required", if address.contains('?') { '&' } else { '?' })
    } else {
        address.to_owned()
    };
    AsyncSmtpTransport::<Tokio1Executor>::from_url(&asked).map_err(|_| {
        "expected smtps://user:password@host:port or smtp://host:port, with % and @ in the password percent-encoded"
            .to_owned()
    })
}

impl Transport for Smtp {
    fn send<'a>(&'a self, message: &'a Message) -> Sending<'a> {
        Box::pin(async move {
            let email = letter::email(message, &self.from)?;
            match self.server.send(email).await {
                Ok(_) => Ok(Handed::default()),
                Err(error) if error.is_permanent() => Err(Undelivered::for_good(error)),
                Err(error) => Err(Undelivered::later(error)),
            }
        })
    }
    fn check(&self) -> Pin<Box<dyn Future<Output = Result<String, String>> + Send + '_>> {
        Box::pin(async move {
            match self.server.test_connection().await {
                Ok(true) => Ok("the mail server answers".to_owned()),
                Ok(false) => Err("the mail server answered, but not as one".to_owned()),
                Err(error) => Err(format!("the mail server cannot be used: {error}")),
            }
        })
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[tokio::test]
    async fn addresses_are_checked_and_never_shown() {
        let from = || "wex <wex@example.com>".parse::<Mailbox>().unwrap();
        for address in [
            "smtps://a:secret@mail.example.com:465",
            "smtp://mail.example.com:25",
            "smtp://a:secret@mail.example.com:587",
            "smtp://a:b@mail.example.com?tls=required",
        ] {
            let smtp = Smtp::new(address, from()).unwrap();
            assert!(!format!("{smtp:?}").contains("secret"));
        }
        for address in ["http://mail.example.com", "smtp://", "secret"] {
            let error = Smtp::new(address, from()).unwrap_err();
            assert!(error.starts_with("expected") && !error.contains("secret"), "{error}");
        }
    }
}
