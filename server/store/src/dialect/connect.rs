//! Opening a database and its transactions.

use std::ops::{Deref, DerefMut};
use std::str::FromStr;
use std::sync::Arc;
use std::sync::atomic::{AtomicU64, Ordering};
use std::time::Duration;

use sqlx::postgres::{PgPool, PgPoolOptions};
use sqlx::sqlite::{
    SqliteConnectOptions, SqliteConnection, SqliteJournalMode, SqlitePool, SqlitePoolOptions, SqliteSynchronous,
};
use sqlx::{Postgres, Sqlite, Transaction};

use super::Error;
use super::group::{Bounds, Turn, Writer};

static MIGRATIONS: sqlx::migrate::Migrator = sqlx::migrate!("./migrations");

static COMMITS: AtomicU64 = AtomicU64::new(0);

/// How many writing transactions of this process have been kept. While it stays the same, only another process
/// can have changed something: whoever holds a copy of what the database says asks this first.
#[must_use]
pub fn commits() -> u64 {
    COMMITS.load(Ordering::SeqCst)
}

/// A database. Cheap to clone.
#[derive(Debug, Clone)]
pub enum Db {
    /// Embedded. One writer, several readers, write-ahead log, every commit on the disk.
    Sqlite {
        /// For reading transactions.
        readers: SqlitePool,
        /// For writing ones: a single connection, so that nobody waits on a lock.
        writer: Writes,
    },
    /// For several instances behind a load balancer.
    Postgres(PgPool),
}

/// Who writes to an SQLite database, one after the other.
#[derive(Debug, Clone)]
pub struct Writes(Arc<Writer>);

impl Writes {
    /// Runs something on the bare connection, between transactions: for tests that prepare a database.
    pub(crate) async fn bare<T>(
        &self,
        run: impl AsyncFnOnce(&mut SqliteConnection) -> Result<T, sqlx::Error>,
    ) -> Result<T, sqlx::Error> {
        self.0.alone(run).await
    }
}

/// An open transaction on SQLite, to be used as its connection.
#[derive(Debug)]
pub struct SqliteTx(Kind);

#[derive(Debug)]
enum Kind {
    Reads(Transaction<'static, Sqlite>),
    Writes(Turn),
}

impl Deref for SqliteTx {
    type Target = SqliteConnection;

    fn deref(&self) -> &SqliteConnection {
        match &self.0 {
            Kind::Reads(tx) => tx,
            Kind::Writes(turn) => turn.connection(),
        }
    }
}

impl DerefMut for SqliteTx {
    fn deref_mut(&mut self) -> &mut SqliteConnection {
        match &mut self.0 {
            Kind::Reads(tx) => tx,
            Kind::Writes(turn) => turn.connection_mut(),
        }
    }
}

/// An open transaction. Dropped without [`Tx::commit`], it is rolled back.
#[derive(Debug)]
pub enum Tx {
    /// On SQLite.
    Sqlite(SqliteTx),
    /// On PostgreSQL.
    Postgres(Transaction<'static, Postgres>),
}

impl Db {
    /// Opens the database at `url`: `sqlite:var/wex.sqlite` (made when absent) or `postgres://…`.
    ///
    /// # Errors
    /// [`Error::Address`] for another kind of address; [`Error::Database`] when it does not answer.
    pub async fn open(url: &str) -> Result<Self, Error> {
        Self::open_with(url, SqliteSynchronous::Full).await
    }

    /// As [`Db::open`], but SQLite does not wait for the disk: for tests that outlive no power cut.
    pub(crate) async fn open_quick(url: &str) -> Result<Self, Error> {
        Self::open_with(url, SqliteSynchronous::Off).await
    }

    async fn open_with(url: &str, synchronous: SqliteSynchronous) -> Result<Self, Error> {
        if url.starts_with("sqlite:") {
            let options = SqliteConnectOptions::from_str(url)?
                .create_if_missing(true)
                .foreign_keys(true)
                .journal_mode(SqliteJournalMode::Wal)
                .synchronous(synchronous)
                .busy_timeout(Duration::from_secs(10))
                // Rows come from another thread: each time it waits for us, both are woken.
                .row_buffer_size(512);
            let writer = Writes(Writer::open(options.clone(), Bounds::default()).await?);
            let readers = SqlitePoolOptions::new().max_connections(8).connect_with(options).await?;
            Ok(Self::Sqlite { readers, writer })
        } else if url.starts_with("postgres:") || url.starts_with("postgresql:") {
            let pool =
                PgPoolOptions::new().max_connections(16).acquire_timeout(Duration::from_secs(30)).connect(url).await?;
            Ok(Self::Postgres(pool))
        } else {
            Err(Error::Address(url.split("://").next().unwrap_or_default().to_owned()))
        }
    }

    /// Brings the tables up to this version.
    ///
    /// # Errors
    /// [`Error::Migrate`] when a migration fails or the database is newer.
    pub async fn migrate(&self) -> Result<(), Error> {
        match self {
            Self::Sqlite { writer, .. } => {
                writer.0.alone(async |connection| MIGRATIONS.run(connection).await.map_err(Error::from)).await?
            }
            Self::Postgres(pool) => MIGRATIONS.run(pool).await?,
        }
        Ok(())
    }

    /// Whether every migration of this version has run.
    ///
    /// # Errors
    /// [`Error::Database`] when it does not answer.
    pub async fn is_migrated(&self) -> Result<bool, Error> {
        let sql = "select count(*) from _sqlx_migrations where success";
        let counted: Result<(i64,), sqlx::Error> = match self {
            Self::Sqlite { readers, .. } => sqlx::query_as(sql).fetch_one(readers).await,
            Self::Postgres(pool) => sqlx::query_as(sql).fetch_one(pool).await,
        };
        match counted {
            Ok((count,)) => Ok(usize::try_from(count).unwrap_or(0) >= MIGRATIONS.iter().count()),
            // No such table: nothing has run yet.
            Err(sqlx::Error::Database(_)) => Ok(false),
            Err(other) => Err(other.into()),
        }
    }

    /// Opens a transaction that only reads.
    ///
    /// # Errors
    /// [`Error::Database`] when no connection is free in time.
    pub async fn read(&self) -> Result<Tx, Error> {
        Ok(match self {
            Self::Sqlite { readers, .. } => Tx::Sqlite(SqliteTx(Kind::Reads(readers.begin().await?))),
            Self::Postgres(pool) => Tx::Postgres(pool.begin().await?),
        })
    }

    /// Opens a transaction that writes. On SQLite it is the only one meanwhile; those that come at the
    /// same time are committed to the disk together.
    ///
    /// # Errors
    /// [`Error::Database`] when no connection is free in time.
    pub async fn write(&self) -> Result<Tx, Error> {
        Ok(match self {
            Self::Sqlite { writer, .. } => Tx::Sqlite(SqliteTx(Kind::Writes(writer.0.begin().await?))),
            Self::Postgres(pool) => Tx::Postgres(pool.begin().await?),
        })
    }

    /// To be awaited before somebody is given an answer: a writing transaction on SQLite sees what others
    /// have done moments before and is not on the disk yet, and may end without a commit of its own ("you
    /// have sent this already"). Returns at once when nobody did that.
    ///
    /// # Errors
    /// [`Error::NotKept`] when what was seen could not be kept.
    pub async fn settled(&self) -> Result<(), Error> {
        match self {
            Self::Sqlite { writer, .. } => writer.0.settled().await,
            Self::Postgres(_) => Ok(()),
        }
    }

    /// How many physical transactions of ours have been written: fewer than were committed, where several
    /// shared one. PostgreSQL does that by itself and is not counted.
    #[must_use]
    pub fn groups(&self) -> u64 {
        match self {
            Self::Sqlite { writer, .. } => writer.0.groups(),
            Self::Postgres(_) => 0,
        }
    }

    /// "SQLite" or "PostgreSQL".
    #[must_use]
    pub fn name(&self) -> &'static str {
        match self {
            Self::Sqlite { .. } => "SQLite",
            Self::Postgres(_) => "PostgreSQL",
        }
    }

    /// Closes every connection, after open transactions have ended.
    pub async fn close(&self) {
        match self {
            Self::Sqlite { readers, writer } => {
                readers.close().await;
                writer.0.close().await;
            }
            Self::Postgres(pool) => pool.close().await,
        }
    }
}

impl Tx {
    /// Keeps everything that was done in it: when this returns it is on the disk. A caller that goes away
    /// while it waits cannot know whether it was kept.
    ///
    /// # Errors
    /// [`Error::Database`] or [`Error::NotKept`] when the database could not keep it; then nothing was.
    pub async fn commit(self) -> Result<(), Error> {
        match self {
            Self::Sqlite(SqliteTx(Kind::Reads(tx))) => return Ok(tx.commit().await?),
            Self::Sqlite(SqliteTx(Kind::Writes(turn))) => turn.commit().await?,
            Self::Postgres(tx) => tx.commit().await?,
        }
        COMMITS.fetch_add(1, Ordering::SeqCst);
        Ok(())
    }

    /// Until the end of the transaction, other transactions that name the same wait. SQLite has one
    /// writer and needs nothing.
    ///
    /// # Errors
    /// [`Error::Database`] when the database does not answer.
    pub async fn lock_name(&mut self, name: &str) -> Result<(), Error> {
        if let Self::Postgres(tx) = self {
            sqlx::query("select pg_advisory_xact_lock(hashtextextended($1, 0))").bind(name).execute(&mut **tx).await?;
        }
        Ok(())
    }

    /// The ending of a `select` that keeps writers off the rows until the end of the transaction, but not
    /// others that say the same.
    #[must_use]
    pub fn for_share(&self) -> &'static str {
        match self {
            Self::Sqlite(_) => "",
            Self::Postgres(_) => " for share",
        }
    }

    /// The ending of a `select` that keeps other writers off the rows until the end of the
    /// transaction. SQLite has one writer and needs none.
    #[must_use]
    pub fn for_update(&self) -> &'static str {
        match self {
            Self::Sqlite(_) => "",
            Self::Postgres(_) => " for update",
        }
    }
}
