//! A database that is filled once and brought back to that for each of many short stories.

use std::path::PathBuf;

use sqlx::AssertSqlSafe;

use crate::Db;

/// A filled database, which can be brought back. It does not wait for the disk.
#[derive(Debug)]
pub struct Prepared {
    /// The database.
    pub db: Db,
    /// What brings it back.
    back: String,
    place: Place,
}

#[derive(Debug)]
enum Place {
    /// A folder of its own.
    Folder(PathBuf),
    /// The connection that makes and removes databases, and the name of this one.
    Server(sqlx::PgPool, String),
}

#[expect(clippy::unwrap_used, reason = "only tests call this")]
impl Prepared {
    /// An SQLite file, filled by `fill`.
    ///
    /// # Panics
    /// When it cannot be made: the test has failed then.
    pub async fn sqlite<F: Future<Output = ()>>(fill: impl FnOnce(Db) -> F) -> Self {
        let folder = std::env::temp_dir().join(format!("wex-prepared-{}", uuid::Uuid::new_v4()));
        std::fs::create_dir_all(&folder).unwrap();
        let db = Db::open_quick(&format!("sqlite:{}", folder.join("story.sqlite").display())).await.unwrap();
        db.migrate().await.unwrap();
        fill(db.clone()).await;
        let names = "select name from sqlite_master where type = 'table' and name not like 'sqlite_%' and name not like '%sqlx%'";
        let mut tx = db.read().await.unwrap();
        let tables = all!(&mut tx, (String,), names).unwrap();
        drop(tx);
        let kept = folder.join("kept.sqlite").display().to_string();
        writer(&db, &format!("vacuum into '{kept}'; attach database '{kept}' as kept")).await;
        let back =
            format!("pragma foreign_keys = off; begin; {} commit; pragma foreign_keys = on", back(&tables, "main"));
        Self { db, back, place: Place::Folder(folder) }
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
        let name = format!("wex_prepared_{}", uuid::Uuid::new_v4().simple());
        let admin = sqlx::PgPool::connect(&server).await.unwrap();
        sqlx::raw_sql(AssertSqlSafe(format!("create database {name}"))).execute(&admin).await.unwrap();
        let (base, _) = server.rsplit_once('/').unwrap();
        let db = Db::open(&format!("{base}/{name}")).await.unwrap();
        db.migrate().await.unwrap();
        fill(db.clone()).await;
        let names = "select table_name::text from information_schema.tables
             where table_schema = 'public' and table_name not like '%sqlx%'";
        let mut tx = db.read().await.unwrap();
        let tables = all!(&mut tx, (String,), names).unwrap();
        drop(tx);
        let keep: String =
            tables.iter().map(|(table,)| format!("create table kept.{table} as table public.{table};")).collect();
        writer(&db, &format!("create schema kept; {keep}")).await;
        // Foreign keys are not looked at meanwhile.
        let back = format!(
            "begin; set local synchronous_commit = off; set local session_replication_role = replica; {} commit",
            back(&tables, "public")
        );
        Some(Self { db, back, place: Place::Server(admin, name) })
    }

    /// Brings it back to what it was filled with. Nobody else uses it meanwhile.
    ///
    /// # Panics
    /// When it cannot be done: the test has failed then.
    pub async fn bring_back(&self) {
        writer(&self.db, &self.back).await;
    }

    /// Removes it.
    ///
    /// # Panics
    /// When it cannot be removed: the test has failed then.
    pub async fn end(self) {
        self.db.close().await;
        match self.place {
            Place::Folder(folder) => std::fs::remove_dir_all(folder).unwrap(),
            Place::Server(admin, name) => {
                let sql = format!("drop database {name} with (force)");
                sqlx::raw_sql(AssertSqlSafe(sql)).execute(&admin).await.unwrap();
            }
        }
    }
}

/// Empties each table, and fills it from the one that was kept.
fn back(tables: &[(String,)], schema: &str) -> String {
    tables
        .iter()
        .map(|(table,)| {
            format!("delete from {schema}.{table}; insert into {schema}.{table} select * from kept.{table};")
        })
        .collect()
}

/// Runs several statements between the transactions of others.
#[expect(clippy::unwrap_used, reason = "only tests call this")]
async fn writer(db: &Db, sql: &str) {
    let sql = sqlx::raw_sql(AssertSqlSafe(sql.to_owned()));
    match db {
        Db::Sqlite { writer, .. } => {
            writer.bare(async |connection| sql.execute(connection).await).await.unwrap();
        }
        Db::Postgres(pool) => {
            sql.execute(pool).await.unwrap();
        }
    }
}
