//! Group commit on SQLite: writers that come at the same time share one physical transaction, and so
//! one wait for the disk. Each is a savepoint in it, with nothing of the others' failures, and hears that
//! it is kept only after the physical commit (docs/decisions/0011-group-commit.md).

use std::sync::Arc;
use std::sync::atomic::{AtomicU64, AtomicUsize, Ordering};
use std::time::{Duration, Instant};

use sqlx::sqlite::{SqliteConnectOptions, SqliteConnection};
use sqlx::{ConnectOptions, Connection};
use tokio::sync::{Mutex, OwnedMutexGuard, oneshot, watch};

use super::Error;

/// When a group is ended although somebody waits to join: its first member waits for the last.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Bounds {
    /// With so many members.
    most: usize,
    /// At this age.
    oldest: Duration,
}

impl Default for Bounds {
    fn default() -> Self {
        Self { most: 64, oldest: Duration::from_millis(5) }
    }
}

/// How long somebody waits for their turn before it is an error.
const PATIENCE: Duration = Duration::from_secs(30);

/// What a member of a group is told: that it is kept, or why not.
type Outcome = Result<(), String>;

/// The one connection that writes, and who is next.
pub(crate) struct Writer {
    options: SqliteConnectOptions,
    bounds: Bounds,
    /// Its lock is the queue: first come, first served.
    desk: Arc<Mutex<Desk>>,
    waiting: AtomicUsize,
    /// The newest group that somebody looked at and left without a commit of their own.
    witnessed: AtomicU64,
    /// The newest group that failed.
    failed: Arc<AtomicU64>,
    finished: watch::Receiver<u64>,
}

impl std::fmt::Debug for Writer {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("Writer").finish_non_exhaustive()
    }
}

/// What only the one whose turn it is may touch.
struct Desk {
    /// None after it broke: the next one opens another.
    connection: Option<SqliteConnection>,
    closed: bool,
    group: Option<Group>,
    groups: u64,
    /// Whether a savepoint may be open: the one whose turn it was may have left at any point.
    inside: bool,
    finished: watch::Sender<u64>,
    failed: Arc<AtomicU64>,
}

/// A physical transaction and those whose changes are in it.
struct Group {
    number: u64,
    began: Instant,
    members: Vec<oneshot::Sender<Outcome>>,
}

/// One logical transaction. Dropped without [`Turn::commit`], it is rolled back before the next begins.
pub struct Turn {
    writer: Arc<Writer>,
    desk: Option<OwnedMutexGuard<Desk>>,
}

impl std::fmt::Debug for Turn {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("Turn").finish_non_exhaustive()
    }
}

/// Counts somebody as waiting for as long as they are.
struct Waiting<'a>(&'a AtomicUsize);

impl<'a> Waiting<'a> {
    fn new(count: &'a AtomicUsize) -> Self {
        count.fetch_add(1, Ordering::SeqCst);
        Self(count)
    }
}

impl Drop for Waiting<'_> {
    fn drop(&mut self) {
        self.0.fetch_sub(1, Ordering::SeqCst);
    }
}

impl Writer {
    pub(crate) async fn open(options: SqliteConnectOptions, bounds: Bounds) -> Result<Arc<Self>, sqlx::Error> {
        let connection = options.connect().await?;
        let (sender, finished) = watch::channel(0);
        let failed = Arc::new(AtomicU64::new(0));
        let desk = Desk {
            connection: Some(connection),
            closed: false,
            group: None,
            groups: 0,
            inside: false,
            finished: sender,
            failed: failed.clone(),
        };
        Ok(Arc::new(Self {
            options,
            bounds,
            desk: Arc::new(Mutex::new(desk)),
            waiting: AtomicUsize::new(0),
            witnessed: AtomicU64::new(0),
            failed,
            finished,
        }))
    }

    /// Waits for a turn and opens a logical transaction.
    pub(crate) async fn begin(self: &Arc<Self>) -> Result<Turn, sqlx::Error> {
        let waiting = Waiting::new(&self.waiting);
        let desk = tokio::time::timeout(PATIENCE, self.desk.clone().lock_owned())
            .await
            .map_err(|_| sqlx::Error::PoolTimedOut)?;
        drop(waiting);
        // From here on the turn tidies up behind itself, wherever it is left.
        let mut turn = Turn { writer: self.clone(), desk: Some(desk) };
        turn.desk_mut().enter(&self.options).await?;
        Ok(turn)
    }

    /// Runs something on the bare connection, between transactions.
    pub(crate) async fn alone<T, E: From<sqlx::Error>>(
        &self,
        run: impl AsyncFnOnce(&mut SqliteConnection) -> Result<T, E>,
    ) -> Result<T, E> {
        let mut desk = self.desk.lock().await;
        desk.end().await;
        run(desk.connected(&self.options).await?).await
    }

    /// Waits until what somebody saw in a group that was not on the disk yet, and went away with, is there.
    ///
    /// # Errors
    /// When it could not be kept: then what they saw never was.
    pub(crate) async fn settled(&self) -> Result<(), Error> {
        let seen = self.witnessed.load(Ordering::SeqCst);
        if *self.finished.borrow() >= seen {
            return if seen > 0 && self.failed.load(Ordering::SeqCst) == seen { Err(not_kept()) } else { Ok(()) };
        }
        // The sender lives as long as the desk, and the desk as long as this.
        let _ = self.finished.clone().wait_for(|number| *number >= seen).await;
        if self.failed.load(Ordering::SeqCst) >= seen { Err(not_kept()) } else { Ok(()) }
    }

    /// How many physical transactions have ended.
    pub(crate) fn groups(&self) -> u64 {
        *self.finished.borrow()
    }

    pub(crate) async fn close(&self) {
        let mut desk = self.desk.lock().await;
        desk.end().await;
        desk.closed = true;
        if let Some(connection) = desk.connection.take() {
            // Closing can fail only in tidying up the log, which the next opening does.
            let _ = connection.close().await;
        }
    }
}

fn not_kept() -> Error {
    Error::NotKept("a change that this depended on".into())
}

impl Desk {
    async fn connected(&mut self, options: &SqliteConnectOptions) -> Result<&mut SqliteConnection, sqlx::Error> {
        if self.closed {
            return Err(sqlx::Error::PoolClosed);
        }
        let connection = match self.connection.take() {
            Some(connection) => connection,
            None => options.connect().await?,
        };
        Ok(self.connection.insert(connection))
    }

    async fn run(&mut self, sql: &'static str) -> Result<(), sqlx::Error> {
        let connection = self.connection.as_mut().ok_or(sqlx::Error::PoolClosed)?;
        sqlx::query(sql).execute(connection).await.map(drop)
    }

    /// Opens a savepoint, and the physical transaction around it unless there is one.
    async fn enter(&mut self, options: &SqliteConnectOptions) -> Result<(), sqlx::Error> {
        self.tidy().await;
        self.connected(options).await?;
        self.inside = true;
        if self.group.is_some() {
            return self.run("savepoint member").await;
        }
        if let Err(error) = self.run("begin immediate").await {
            // Another process may be writing. Anything else may be the connection's fault.
            if !error.as_database_error().is_some_and(|e| e.message().contains("locked")) {
                self.connection = None;
            }
            self.inside = false;
            return Err(error);
        }
        self.groups += 1;
        self.group = Some(Group { number: self.groups, began: Instant::now(), members: Vec::new() });
        self.run("savepoint member").await
    }

    /// Undoes what somebody left without a commit, so that nothing of it is in the group.
    async fn tidy(&mut self) {
        if !self.inside {
            return;
        }
        let undone = match self.run("rollback to member").await {
            Ok(()) => self.run("release member").await,
            Err(error) => Err(error),
        };
        // No savepoint: they left before it was opened or after it was released, or the database has
        // rolled everything back by itself, as it does when the disk is full. A transaction can begin
        // only in the last case.
        if undone.is_err() && self.group.is_some() && self.run("begin").await.is_ok() {
            let _ = self.run("rollback").await;
            self.tell(Err("the database rolled the transaction back".into()));
        }
        self.inside = false;
        if self.group.as_ref().is_none_or(|group| group.members.is_empty()) {
            // Nothing to keep: it must not hold up other processes. Without a transaction this fails.
            let _ = self.run("rollback").await;
            self.tell(Ok(()));
        }
    }

    /// Ends the open group, if there is one: the physical commit.
    async fn end(&mut self) {
        self.tidy().await;
        if self.group.is_none() {
            return;
        }
        let kept = self.run("commit").await;
        if let Err(error) = &kept {
            tracing::error!(%error, "a group of transactions could not be committed");
            let _ = self.run("rollback").await;
        }
        self.tell(kept.map_err(|error| error.to_string()));
    }

    /// Tells the members of the group what became of it, which is over.
    fn tell(&mut self, outcome: Outcome) {
        if let Some(group) = self.group.take() {
            if outcome.is_err() {
                self.failed.store(group.number, Ordering::SeqCst);
            }
            self.finished.send_replace(group.number);
            for member in group.members {
                // Whoever went away does not want to know.
                let _ = member.send(outcome.clone());
            }
        }
    }
}

impl Turn {
    #[expect(clippy::expect_used, reason = "only commit and drop take it, and both take the turn")]
    fn desk_mut(&mut self) -> &mut Desk {
        self.desk.as_mut().expect("the turn is not over")
    }

    /// The connection to work with.
    ///
    /// # Panics
    /// Never: the turn opened it.
    #[expect(clippy::expect_used, reason = "a turn begins by connecting")]
    pub(super) fn connection(&self) -> &SqliteConnection {
        self.desk.as_ref().and_then(|desk| desk.connection.as_ref()).expect("connected")
    }

    #[expect(clippy::expect_used, reason = "a turn begins by connecting")]
    pub(super) fn connection_mut(&mut self) -> &mut SqliteConnection {
        self.desk_mut().connection.as_mut().expect("connected")
    }

    /// Joins the group and waits until that is on the disk. Somebody who does not wait to the end cannot
    /// know whether it was kept.
    pub(super) async fn commit(mut self) -> Result<(), Error> {
        let Some(desk) = self.desk.as_deref_mut() else {
            return Ok(());
        };
        desk.run("release member").await?;
        let (tell, told) = oneshot::channel();
        let Some(group) = desk.group.as_mut() else {
            return Err(Error::NotKept("its transaction had ended".into()));
        };
        group.members.push(tell);
        desk.inside = false;
        let number = group.number;
        let first = group.members.len() == 1;
        let Bounds { most, oldest } = self.writer.bounds;
        let full = group.members.len() >= most || group.began.elapsed() >= oldest;
        let alone = self.writer.waiting.load(Ordering::SeqCst) == 0;
        let desk = self.desk.take();
        // In tasks of their own, since whoever waits here may go away in the middle of it.
        if full || alone {
            tokio::spawn(async move {
                if let Some(mut desk) = desk {
                    desk.end().await;
                }
            });
        } else {
            if first {
                // Behind all who wait now; whoever of them is last may have ended the group before.
                let all = self.writer.desk.clone();
                tokio::spawn(async move {
                    let mut desk = all.lock_owned().await;
                    if desk.group.as_ref().is_some_and(|group| group.number == number) {
                        desk.end().await;
                    }
                });
            }
            drop(desk);
        }
        match told.await {
            Ok(Ok(())) => Ok(()),
            Ok(Err(why)) => Err(Error::NotKept(why)),
            Err(_) => Err(Error::NotKept("the service is stopping".into())),
        }
    }
}

impl Drop for Turn {
    fn drop(&mut self) {
        let Some(mut desk) = self.desk.take() else {
            return;
        };
        if let Some(group) = desk.group.as_ref().filter(|group| !group.members.is_empty()) {
            self.writer.witnessed.fetch_max(group.number, Ordering::SeqCst);
        }
        // Without a runtime the next one tidies.
        if let Ok(runtime) = tokio::runtime::Handle::try_current() {
            runtime.spawn(async move { desk.tidy().await });
        }
    }
}

#[cfg(test)]
mod tests;
