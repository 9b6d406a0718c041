//! A database that is filled once and copied for each of many short stories.

use std::path::PathBuf;
use std::sync::atomic::{AtomicU64, Ordering};

use crate::Db;

/// What is copied.
#[derive(Debug)]
pub enum Template {
    /// A file in a folder of its own, which goes with this.
    Sqlite(PathBuf, AtomicU64),
    /// A database on a server: the address without a name, its name, and the server's own database.
    Postgres {
        /// The address without a name.
        base: String,
        /// The template's name.
        name: String,
        /// The connection that makes and removes databases.
        admin: sqlx::PgPool,
        /// Copies made.
        made: AtomicU64,
    },
}

/// A copy. To be given back with [`Template::remove`].
#[derive(Debug)]
pub struct Copied {
    /// The database.
    pub db: Db,
    name: String,
}

#[expect(clippy::unwrap_used, reason = "only tests call this")]
impl Template {
    /// An SQLite file, filled by `fill`. Copies do not wait for the disk.
    ///
    /// # Panics
    /// When it cannot be made: the test has failed then.
    pub async fn sqlite<F: Future<Output = ()>>(fill: impl FnOnce(Db) -> F) -> Self {
        let folder = std::env::temp_dir().join(format!("wex-template-{}", uuid::Uuid::new_v4()));
        std::fs::create_dir_all(&folder).unwrap();
        let db = Db::open_quick(&format!("sqlite:{}", folder.join("template.sqlite").display())).await.unwrap();
        db.migrate().await.unwrap();
        fill(db.clone()).await;
        db.close().await;
        Self::Sqlite(folder, AtomicU64::new(0))
    }

    /// A database on the server of `WEX_TEST_POSTGRES`, if there is one, filled by `fill`.
    ///
    /// # Panics
    /// When it cannot be made: the test has failed then. Under `CI` or `WEX_STRICT` when there is no server.
    pub async fn postgres<F: Future<Output = ()>>(fill: impl FnOnce(Db) -> F) -> Option<Self> {
        let Ok(server) = std::env::var("WEX_TEST_POSTGRES") else {
            assert!(
                std::env::var_os("CI").is_none() && std::env::var_os("WEX_STRICT").is_none(),
                "WEX_TEST_POSTGRES is not set: the story has not been told on PostgreSQL"
            );
            return None;
        };
        let name = format!("wex_template_{}", uuid::Uuid::new_v4().simple());
        let admin = sqlx::PgPool::connect(&server).await.unwrap();
        sqlx::query(sqlx::AssertSqlSafe(format!("create database {name}"))).execute(&admin).await.unwrap();
        let base = server.rsplit_once('/').unwrap().0.to_owned();
        let db = Db::open(&format!("{base}/{name}")).await.unwrap();
        db.migrate().await.unwrap();
        fill(db.clone()).await;
        db.close().await;
        Some(Self::Postgres { base, name, admin, made: AtomicU64::new(0) })
    }

    /// "SQLite" or "PostgreSQL".
    #[must_use]
    pub fn name(&self) -> &'static str {
        match self {
            Self::Sqlite(..) => "SQLite",
            Self::Postgres { .. } => "PostgreSQL",
        }
    }

    /// A copy of its own.
    ///
    /// # Panics
    /// When it cannot be made: the test has failed then.
    pub async fn copy(&self) -> Copied {
        match self {
            Self::Sqlite(folder, made) => {
                let name = folder.join(format!("{}.sqlite", made.fetch_add(1, Ordering::SeqCst))).display().to_string();
                std::fs::copy(folder.join("template.sqlite"), &name).unwrap();
                Copied { db: Db::open_quick(&format!("sqlite:{name}")).await.unwrap(), name }
            }
            Self::Postgres { base, name, admin, made } => {
                let copy = format!("{name}_{}", made.fetch_add(1, Ordering::SeqCst));
                let sql = format!("create database {copy} template {name}");
                sqlx::query(sqlx::AssertSqlSafe(sql)).execute(admin).await.unwrap();
                Copied { db: Db::open(&format!("{base}/{copy}")).await.unwrap(), name: copy }
            }
        }
    }

    /// Removes a copy.
    ///
    /// # Panics
    /// When it cannot be removed: the test has failed then.
    pub async fn remove(&self, copied: Copied) {
        copied.db.close().await;
        match self {
            Self::Sqlite(..) => {
                for ending in ["", "-wal", "-shm"] {
                    let _ = std::fs::remove_file(format!("{}{ending}", copied.name));
                }
            }
            Self::Postgres { admin, .. } => {
                let sql = format!("drop database {} with (force)", copied.name);
                sqlx::query(sqlx::AssertSqlSafe(sql)).execute(admin).await.unwrap();
            }
        }
    }

    /// Removes the template.
    ///
    /// # Panics
    /// When it cannot be removed: the test has failed then.
    pub async fn end(self) {
        match self {
            Self::Sqlite(folder, _) => std::fs::remove_dir_all(folder).unwrap(),
            Self::Postgres { name, admin, .. } => {
                let sql = format!("drop database {name} with (force)");
                sqlx::query(sqlx::AssertSqlSafe(sql)).execute(&admin).await.unwrap();
            }
        }
    }
}
