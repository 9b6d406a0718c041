//! Asks clamd whether a document has a virus: its INSTREAM command, over TCP or a Unix socket.

use std::path::PathBuf;
use std::time::Duration;

use tokio::io::{AsyncRead, AsyncReadExt, AsyncWrite, AsyncWriteExt};
use tokio::net::{TcpStream, UnixStream};

/// How long one document may take.
const TIMEOUT: Duration = Duration::from_secs(60);
/// How much is sent at once.
const CHUNK: usize = 64 << 10;
/// No answer is longer.
const LONGEST_ANSWER: u64 = 4 << 10;

/// Where clamd listens.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Scanner {
    /// `host:port`.
    Tcp(String),
    /// `unix:/path`.
    Unix(PathBuf),
}

/// What it says.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Verdict {
    /// Nothing was found.
    Clean,
    /// Something was.
    Infected,
}

impl Scanner {
    /// The scanner at `host:port` or `unix:/path`.
    ///
    /// # Errors
    /// What was expected, in words.
    pub fn parse(text: &str) -> Result<Self, String> {
        if let Some(path) = text.strip_prefix("unix:") {
            return if path.starts_with('/') {
                Ok(Self::Unix(path.into()))
            } else {
                Err(format!(
                    "must name a socket by its whole path, such as unix:/run/clamav/clamd.ctl, but it is {text:?}"
                ))
            };
        }
        match text.rsplit_once(':') {
            Some((host, port)) if !host.is_empty() && port.parse::<u16>().is_ok_and(|port| port > 0) => {
                Ok(Self::Tcp(text.to_owned()))
            }
            _ => Err(format!("must be HOST:PORT or unix:PATH, such as 127.0.0.1:3310, but it is {text:?}")),
        }
    }

    /// Sends the bytes, and reads the verdict.
    ///
    /// # Errors
    /// When it does not answer, or with something else.
    pub async fn scan(&self, bytes: &[u8]) -> Result<Verdict, String> {
        let talk = async {
            match self {
                Self::Tcp(address) => {
                    instream(TcpStream::connect(address).await.map_err(|error| error.to_string())?, bytes).await
                }
                Self::Unix(path) => {
                    instream(UnixStream::connect(path).await.map_err(|error| error.to_string())?, bytes).await
                }
            }
        };
        tokio::time::timeout(TIMEOUT, talk).await.map_err(|_| "did not answer in time".to_owned())?
    }
}

async fn instream(mut stream: impl AsyncRead + AsyncWrite + Unpin, bytes: &[u8]) -> Result<Verdict, String> {
    let broken = |error: std::io::Error| error.to_string();
    stream.write_all(b"zINSTREAM\0").await.map_err(broken)?;
    for chunk in bytes.chunks(CHUNK) {
        let length = u32::try_from(chunk.len()).map_err(|_| "a chunk is too long".to_owned())?;
        stream.write_all(&length.to_be_bytes()).await.map_err(broken)?;
        stream.write_all(chunk).await.map_err(broken)?;
    }
    stream.write_all(&0_u32.to_be_bytes()).await.map_err(broken)?;
    stream.flush().await.map_err(broken)?;
    let mut answer = Vec::new();
    stream.take(LONGEST_ANSWER).read_to_end(&mut answer).await.map_err(broken)?;
    let answer = String::from_utf8_lossy(&answer);
    let answer = answer.trim_matches(['\0', '\n', ' ']);
    match answer {
        "stream: OK" => Ok(Verdict::Clean),
        found if found.starts_with("stream: ") && found.ends_with(" FOUND") => Ok(Verdict::Infected),
        other => Err(format!("answered {other:?}")),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_address_is_checked() {
        assert_eq!(Scanner::parse("127.0.0.1:3310"), Ok(Scanner::Tcp("127.0.0.1:3310".into())));
        assert_eq!(Scanner::parse("unix:/run/clamd.ctl"), Ok(Scanner::Unix("/run/clamd.ctl".into())));
        for wrong in ["", "clamd", "clamd:", ":3310", "clamd:0", "clamd:99999", "unix:clamd"] {
            assert!(Scanner::parse(wrong).is_err(), "{wrong}");
        }
    }

    /// The file that every scanner is tried with, in two halves: whole, this source would be one.
    fn eicar() -> Vec<u8> {
        let halves = ["X5O!P%@AP[4\\PZX54(P^)7CC)7}$EICAR-STANDARD-", "ANTIVIRUS-TEST-FILE!$H+H*"];
        halves.concat().into_bytes()
    }

    #[tokio::test]
    #[ignore = "asks a clamd: WEX_TEST_CLAMD=127.0.0.1:3310, with a signature of the EICAR file"]
    async fn a_real_clamd_is_understood() {
        let scanner = Scanner::parse(&std::env::var("WEX_TEST_CLAMD").unwrap()).unwrap();
        assert_eq!(scanner.scan(&eicar()).await, Ok(Verdict::Infected));
        // In several chunks, and of the largest size that is taken.
        let large: Vec<u8> = (0..5_usize << 20).map(|n| (n % 251) as u8).collect();
        assert_eq!(scanner.scan(&large).await, Ok(Verdict::Clean));
    }
}
