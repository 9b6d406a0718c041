//! One line on stderr that says how far long work has come, where somebody is looking.

use std::io::{IsTerminal, Write};
use std::time::{Duration, Instant};

const OFTEN: Duration = Duration::from_millis(100);

/// The line. It is wiped when the work ends, however it ends.
#[derive(Debug)]
pub struct Progress {
    shown: bool,
    terminal: bool,
    last: Option<Instant>,
}

impl Default for Progress {
    fn default() -> Self {
        Self { shown: false, terminal: std::io::stderr().is_terminal(), last: None }
    }
}

impl Progress {
    /// Says what is being done, without a count.
    pub fn say(&mut self, what: &str) {
        self.write(what);
    }

    /// Says how many of all are done.
    pub fn count(&mut self, what: &str, done: usize, all: usize) {
        let now = Instant::now();
        if done < all && self.last.is_some_and(|last| now.duration_since(last) < OFTEN) {
            return;
        }
        self.last = Some(now);
        match (done * 100).checked_div(all) {
            Some(share) => self.write(&format!("{what}: {done} of {all} ({share}%)")),
            None => self.write(what),
        }
    }

    fn write(&mut self, line: &str) {
        if self.terminal {
            let mut out = std::io::stderr().lock();
            let _ = write!(out, "\r\u{1b}[2K{line}");
            let _ = out.flush();
            self.shown = true;
        }
    }
}

impl Drop for Progress {
    fn drop(&mut self) {
        if self.shown {
            let mut out = std::io::stderr().lock();
            let _ = write!(out, "\r\u{1b}[2K");
            let _ = out.flush();
        }
    }
}
