//! The program `wex` on an address of its own, and one form sent to it.

use std::io::{BufRead, BufReader, Error, Read, Result, Write};
use std::net::{SocketAddr, TcpStream};
use std::process::{Child, Command, Stdio};
use std::time::Duration;

use services::testing::Applicant;

/// A running `wex serve`. Dropped, it is killed.
pub struct Program {
    pub address: SocketAddr,
    child: Child,
    _folder: tempfile::TempDir,
}

impl Program {
    /// Starts it on this database, and waits until it serves.
    pub fn start(database: &str) -> Self {
        let folder = tempfile::tempdir().unwrap();
        let mut child = Command::new(env!("CARGO_BIN_EXE_wex"))
            .args(["serve", "--listen", "127.0.0.1:0"])
            .current_dir(folder.path())
            .env_clear()
            .envs([
                ("DATABASE_URL", database),
                ("WEX_LOG", "json"),
                ("WEX_SECRET_KEY", &"07".repeat(32)),
                ("WEX_BASE_URL", "http://127.0.0.1"),
            ])
            .stderr(Stdio::piped())
            .spawn()
            .unwrap();
        let mut log = BufReader::new(child.stderr.take().unwrap()).lines();
        let mut said = Vec::new();
        let address = loop {
            let line = log.next().unwrap_or_else(|| panic!("wex ended: {said:#?}")).unwrap();
            let event: serde_json::Value = serde_json::from_str(&line).unwrap_or_default();
            if let Some(address) = event["address"].as_str() {
                break address.parse().unwrap();
            }
            said.push(line);
        };
        // Nobody may be held up by a full pipe.
        std::thread::spawn(move || log.for_each(drop));
        Self { address, child, _folder: folder }
    }

    /// As a power cut would: SIGKILL.
    pub fn kill(&mut self) {
        let _ = self.child.kill();
        let _ = self.child.wait();
    }
}

impl Drop for Program {
    fn drop(&mut self) {
        self.kill();
    }
}

/// Presses "Send application" as a browser without scripts does. Whether the answer leads to the page
/// that says that it was sent.
pub fn send(address: SocketAddr, person: &Applicant) -> Result<bool> {
    let mut stream = TcpStream::connect(address)?;
    stream.set_read_timeout(Some(Duration::from_secs(90)))?;
    let form = format!("reference={}&declared=yes", person.reference);
    let request = format!(
        "POST /do/apply_submit_application HTTP/1.1\r\nhost: {address}\r\nconnection: close\r\naccept: text/html\r\n\
         content-type: application/x-www-form-urlencoded\r\nsec-fetch-site: same-origin\r\n\
         cookie: __Host-wex={}\r\ncontent-length: {}\r\n\r\n{form}",
        person.token,
        form.len()
    );
    stream.write_all(request.as_bytes())?;
    let mut answer = String::new();
    stream.read_to_string(&mut answer)?;
    // An answer that was cut off in its head is none.
    let (head, _) = answer.split_once("\r\n\r\n").ok_or_else(|| Error::other("cut off"))?;
    Ok(head.starts_with("HTTP/1.1 303")
        && head.to_lowercase().contains(&format!("location: /applications/{}/sent", person.reference.to_lowercase())))
}
