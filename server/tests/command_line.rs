//! `wex` as people type it: what it says, and its exit status.

#![allow(clippy::unwrap_used, reason = "a test may stop where it is")]

use std::path::{Path, PathBuf};
use std::process::{Command, Output};

/// A folder of its own, so that nothing is found that a test did not put there.
struct Place(tempfile::TempDir);

impl Place {
    fn new() -> Self {
        Self(tempfile::tempdir().unwrap())
    }
    fn wex(&self, arguments: &[&str]) -> Said {
        self.with(&[], arguments)
    }
    fn with(&self, environment: &[(&str, &str)], arguments: &[&str]) -> Said {
        let output = Command::new(env!("CARGO_BIN_EXE_wex"))
            .args(arguments)
            .current_dir(self.0.path())
            .env_clear()
            .envs(environment.iter().copied())
            .output()
            .unwrap();
        Said(output)
    }
    fn write(&self, name: &str, text: &str) -> String {
        let path = self.0.path().join(name);
        std::fs::write(&path, text).unwrap();
        path.display().to_string()
    }
    fn has(&self, name: &str) -> bool {
        self.0.path().join(name).exists()
    }
}

struct Said(Output);

impl Said {
    fn status(&self) -> i32 {
        self.0.status.code().unwrap()
    }
    fn out(&self) -> String {
        String::from_utf8(self.0.stdout.clone()).unwrap()
    }
    fn err(&self) -> String {
        String::from_utf8(self.0.stderr.clone()).unwrap()
    }
    fn report(&self) -> (u64, u64, u64, usize) {
        let report: serde_json::Value =
            serde_json::from_str(&self.out()).unwrap_or_else(|error| panic!("{error}: {}{}", self.out(), self.err()));
        let number = |key: &str| report[key].as_u64().unwrap();
        (number("read"), number("taken"), number("unchanged"), report["refused"].as_array().unwrap().len())
    }
}

const SCHOOLS: &str = "urn,name,town,postcode,lead_school,open_date,close_date\n100000,The Aldgate School,London,EC3A 5DE,false,,\nx,Nobody,London,,false,,\n";

#[test]
fn every_command_has_help() {
    let place = Place::new();
    for arguments in [
        &["--help"][..],
        &["serve", "--help"],
        &["work", "--help"],
        &["migrate", "--help"],
        &["import", "--help"],
        &["import", "opportunities", "--help"],
        &["import", "schools", "--help"],
        &["export", "--help"],
        &["export", "applications", "--help"],
        &["demo", "--help"],
        &["invite", "--help"],
        &["doctor", "--help"],
    ] {
        let said = place.wex(arguments);
        assert_eq!(said.status(), 0, "{arguments:?}");
        assert!(said.out().contains("Usage: wex"), "{arguments:?}");
    }
    assert!(place.wex(&["serve", "--help"]).out().contains("--demo"));
    assert!(place.wex(&["import", "schools", "--help"]).out().contains("Exit status"));
    assert!(!place.has("var"), "asking for help made something");
}

#[test]
fn wrong_settings_are_all_named_and_nothing_begins() {
    let place = Place::new();
    let said = place.with(&[("WEX_LISTEN", "everywhere"), ("DATABASE_URL", "mysql://me:hunter2@db/x")], &["serve"]);
    assert_eq!(said.status(), 1);
    assert!(
        said.err().contains("WEX_LISTEN must be ADDRESS:PORT")
            && said.err().contains("DATABASE_URL must be sqlite:PATH"),
        "{}",
        said.err()
    );
    assert!(!said.err().contains("hunter2"));
    place.write("wex.toml", "colour = \"blue\"\n");
    let said = place.wex(&["migrate"]);
    assert!(said.status() == 1 && said.err().contains("\"colour\""), "{}", said.err());
    let said = place.wex(&["--config", "missing.toml", "migrate"]);
    assert!(said.status() == 1 && said.err().contains("missing.toml cannot be read"), "{}", said.err());
}

#[test]
fn importing_says_what_was_taken_and_its_status_says_it_too() {
    let place = Place::new();
    let schools = place.write("schools.csv", SCHOOLS);
    let said = place.wex(&["import", "schools", &schools, "--json"]);
    assert_eq!((said.status(), said.report()), (3, (2, 1, 0, 1)), "{}", said.err());
    let said = place.wex(&["import", "schools", &schools, "--json"]);
    assert_eq!((said.status(), said.report()), (3, (2, 0, 1, 1)));
    let said = place.wex(&["import", "schools", &schools]);
    assert!(
        said.out().contains("2 rows read: 0 taken, 1 known already, 1 refused.") && said.out().contains("line 3"),
        "{}",
        said.out()
    );
    let clean = place.write("clean.csv", SCHOOLS.rsplit_once("x,").unwrap().0);
    assert_eq!(place.wex(&["import", "schools", &clean]).status(), 0);
    for (name, text) in [("trial.csv", "a,b\n1,2\n"), ("empty.csv", "")] {
        let said = place.wex(&["import", "schools", &place.write(name, text)]);
        assert!(said.status() == 1 && !said.err().is_empty() && said.out().is_empty(), "{name}: {}", said.err());
    }
    assert_eq!(place.wex(&["import", "schools", "nowhere.csv"]).status(), 1);
}

/// The shared samples, where this machine has them.
fn sample(name: &str) -> Option<PathBuf> {
    let folder = std::env::var_os("WEX_DATA")
        .map_or_else(|| Path::new(env!("CARGO_MANIFEST_DIR")).join("../../shared/data"), PathBuf::from);
    let path = folder.join(name);
    if path.exists() {
        return Some(path.canonicalize().unwrap());
    }
    eprintln!("skipped: {name} is not on this machine");
    None
}

#[test]
fn a_providers_spreadsheet_goes_in_once_and_comes_out_again() {
    let (Some(trusts), Some(sheet)) =
        (sample("reference/ods_etr_trusts_2022-04.csv"), sample("samples/central_record_clean.csv"))
    else {
        return;
    };
    let place = Place::new();
    assert_eq!(place.wex(&["import", "trusts", trusts.to_str().unwrap()]).status(), 0);
    let import =
        |more: &[&str]| place.wex(&[&["import", "opportunities", sheet.to_str().unwrap(), "--json"], more].concat());
    let trial = import(&["--dry-run"]);
    assert!(matches!(trial.status(), 0 | 3), "{}", trial.err());
    let first = import(&[]);
    assert_eq!((first.status(), first.report()), (trial.status(), trial.report()), "a trial said something else");
    let (read, taken, _, _) = first.report();
    assert!(taken > 0);
    let again = import(&[]).report();
    assert_eq!((again.0, again.1, again.2), (read, 0, first.report().2 + taken));

    let out = place.wex(&["export", "opportunities", "-"]).out();
    assert!(
        out.starts_with("organisation_code,organisation,reference,") && out.lines().count() as u64 > taken,
        "{out}"
    );
    assert_eq!(place.wex(&["export", "applications", "applications.json", "--format", "json"]).status(), 0);
    assert!(place.has("applications.json") && !place.has("applications.json.part"));
    let said = place.wex(&["export", "opportunities", "-", "--organisation", "ZZZ"]);
    assert!(said.status() == 1 && said.err().contains("\"ZZZ\""));
}

#[test]
fn a_demonstration_and_real_work_never_share_a_database() {
    let place = Place::new();
    let said = place.wex(&["demo"]);
    assert_eq!(said.status(), 0, "{}", said.err());
    assert!(place.has("var/demo.sqlite") && !place.has("var/wex.sqlite"));
    assert_eq!(place.wex(&["demo"]).status(), 1, "filled twice");
    let said = place.with(&[("DATABASE_URL", "sqlite:var/demo.sqlite")], &["serve", "--listen", "127.0.0.1:0"]);
    assert!(said.status() == 1 && said.err().contains("belongs to a demonstration"), "{}", said.err());
    let schools = place.write("schools.csv", SCHOOLS);
    place.wex(&["import", "schools", &schools]);
    let said =
        place.with(&[("DATABASE_URL", "sqlite:var/wex.sqlite")], &["serve", "--demo", "--listen", "127.0.0.1:0"]);
    assert!(said.status() == 1 && said.err().contains("no demonstration made"), "{}", said.err());
}

#[test]
fn an_invitation_is_a_link() {
    let place = Place::new();
    place.wex(&["import", "schools", &place.write("schools.csv", SCHOOLS)]);
    let said = place.wex(&[
        "invite",
        "sam@example.com",
        "--name",
        "Sam Okafor",
        "--role",
        "adviser",
        "--organisation",
        "100000",
    ]);
    assert_eq!(said.status(), 0, "{}", said.err());
    assert!(said.out().starts_with("http://127.0.0.1:3000/staff/invitation/"), "{}", said.out());
    let said = place.wex(&["invite", "sam@example.com", "--name", "Sam", "--role", "king"]);
    assert!(said.status() == 1 && said.err().contains("Choose coordinator"), "{}", said.err());
}

#[test]
fn the_doctor_says_what_to_do() {
    let place = Place::new();
    let said = place.wex(&["doctor"]);
    assert!(said.out().contains("does not exist yet"), "{}", said.out());
    assert!(!place.has("var/wex.sqlite"), "looking made a database");
    assert_eq!(place.wex(&["migrate"]).status(), 0);
    let said = place.wex(&["doctor"]);
    for line in ["ok       settings", "ok       database: SQLite answers", "ok       tables", "note     places", "mail"]
    {
        assert!(said.out().contains(line), "{line} in {}", said.out());
    }
    place.write("file", "");
    let said = place.with(
        &[
            ("WEX_MAIL", "folder:file/under"),
            ("WEX_BASE_URL", "http://wex.example.org"),
            ("WEX_SECRET_KEY", &"0f".repeat(32)),
        ],
        &["doctor"],
    );
    assert_eq!(said.status(), 1);
    assert!(said.out().contains("problem  mail") && said.out().contains("problem  address"), "{}", said.out());
    let said = place.with(&[("WEX_LOG", "xml")], &["doctor"]);
    assert!(said.status() == 1 && said.out().contains("WEX_LOG must be json or plain"), "{}", said.out());
}

#[test]
fn work_that_is_due_is_done_once() {
    let place = Place::new();
    let said = place.wex(&["work", "--once"]);
    assert_eq!(said.status(), 0, "{}", said.err());
    assert!(said.out().contains("Messages: 0 sent"));
}

/// Begins to serve, asks, and is asked to stop.
#[test]
fn serving_begins_answers_and_ends() {
    use std::io::{BufRead, BufReader, Read, Write};
    let place = Place::new();
    let mut child = Command::new(env!("CARGO_BIN_EXE_wex"))
        .args(["serve", "--listen", "127.0.0.1:0"])
        .current_dir(place.0.path())
        .env_clear()
        .env("WEX_LOG", "json")
        .stderr(std::process::Stdio::piped())
        .spawn()
        .unwrap();
    let mut log = BufReader::new(child.stderr.take().unwrap());
    let mut line = String::new();
    let address = loop {
        line.clear();
        assert!(log.read_line(&mut line).unwrap() > 0, "it ended before it served");
        let event: serde_json::Value = serde_json::from_str(&line).unwrap();
        if event["message"] == "serving" {
            break event["address"].as_str().unwrap().to_owned();
        }
    };
    let mut asked = std::net::TcpStream::connect(&address).unwrap();
    asked.write_all(b"GET /ready HTTP/1.1\r\nHost: wex\r\nConnection: close\r\n\r\n").unwrap();
    let mut answer = String::new();
    asked.read_to_string(&mut answer).unwrap();
    assert!(answer.starts_with("HTTP/1.1 200") && answer.ends_with("ready\n"), "{answer}");
    let stopped = Command::new("kill").args(["-TERM", &child.id().to_string()]).status().unwrap();
    assert!(stopped.success());
    assert_eq!(child.wait().unwrap().code(), Some(0));
    let mut rest = String::new();
    log.read_to_string(&mut rest).unwrap();
    assert!(rest.contains("\"stopped\"") && !rest.contains("127.0.0.1:"), "{rest}");
}
