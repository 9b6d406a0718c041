//! One story, told on both databases. For tests; it makes and removes what it needs.

mod prepared;
mod snapshot;

use std::future::Future;

pub use prepared::Prepared;
pub use snapshot::{
    Applied, AskedAbout, Audited, Certified, Check, Happened, Letter, NewDates, Questioned, Recorded, Run, Snapshot,
    SuggestedTo,
};

use crate::{Db, Tx};

/// Tells the story on a fresh SQLite file and, where `WEX_TEST_POSTGRES` holds the address of a
/// PostgreSQL server, in a fresh database there. Under `CI` or `WEX_STRICT` a missing PostgreSQL fails.
///
/// # Panics
/// When a database cannot be made: the test has failed then.
#[expect(clippy::unwrap_used, reason = "only tests call this")]
pub async fn both<F, Fut>(story: F)
where
    F: Fn(Db) -> Fut,
    Fut: Future<Output = ()>,
{
    both_addresses(async |address: String| {
        let db = Db::open(&address).await.unwrap();
        db.migrate().await.unwrap();
        story(db.clone()).await;
        db.close().await;
    })
    .await;
}

/// As [`both`], for stories that open the database themselves: with the address of an empty one.
///
/// # Panics
/// When a database cannot be made: the test has failed then.
#[expect(clippy::unwrap_used, reason = "only tests call this")]
pub async fn both_addresses(story: impl AsyncFn(String)) {
    let folder = std::env::temp_dir().join(format!("wex-story-{}", uuid::Uuid::new_v4()));
    std::fs::create_dir_all(&folder).unwrap();
    story(format!("sqlite:{}", folder.join("story.sqlite").display())).await;
    std::fs::remove_dir_all(&folder).unwrap();

    let Ok(server) = std::env::var("WEX_TEST_POSTGRES") else {
        assert!(
            std::env::var_os("CI").is_none() && std::env::var_os("WEX_STRICT").is_none(),
            "WEX_TEST_POSTGRES is not set: the story has not been told on PostgreSQL"
        );
        eprintln!("skipped: PostgreSQL (WEX_TEST_POSTGRES is not set)");
        return;
    };
    let name = format!("wex_story_{}", uuid::Uuid::new_v4().simple());
    let admin = sqlx::PgPool::connect(&server).await.unwrap();
    sqlx::query(sqlx::AssertSqlSafe(format!("create database {name}"))).execute(&admin).await.unwrap();
    let (base, _) = server.rsplit_once('/').unwrap();
    story(format!("{base}/{name}")).await;
    sqlx::query(sqlx::AssertSqlSafe(format!("drop database {name} with (force)"))).execute(&admin).await.unwrap();
}

/// What is stored about one application, counted: to see that all of it is there, or nothing.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Tally {
    /// Where it stands.
    pub state: String,
    /// How many applications its learner has.
    pub of_learner: usize,
    /// What happened, in order.
    pub events: Vec<String>,
    /// The letters about it, sorted.
    pub letters: Vec<String>,
    /// What the audit trail says was done to it, sorted.
    pub audited: Vec<String>,
}

/// Every application by its reference, in a few queries however many there are.
///
/// # Panics
/// When the database does not answer: the test has failed then.
#[expect(clippy::unwrap_used, reason = "only tests call this")]
pub async fn tallies(db: &Db) -> std::collections::BTreeMap<String, Tally> {
    use std::collections::{BTreeMap, HashMap};

    use uuid::Uuid;

    let mut tx = db.read().await.unwrap();
    let applications =
        all!(&mut tx, (Uuid, String, Uuid, String), "select id, reference, learner_id, state from applications")
            .unwrap();
    let events = all!(
        &mut tx,
        (Uuid, String),
        "select application_id, action from application_events order by application_id, number"
    )
    .unwrap();
    let letters = all!(
        &mut tx,
        (Uuid, String),
        "select application_id, template from messages where application_id is not null order by template"
    )
    .unwrap();
    let audited = all!(
        &mut tx,
        (String, String),
        "select subject_id, action from audit where subject_kind = 'application' order by action"
    )
    .unwrap();
    let mut of_learner: HashMap<Uuid, usize> = HashMap::new();
    for (_, _, learner, _) in &applications {
        *of_learner.entry(*learner).or_default() += 1;
    }
    let mut tallies: HashMap<Uuid, (String, Tally)> = applications
        .into_iter()
        .map(|(id, reference, learner, state)| {
            (id, (reference, Tally { state, of_learner: of_learner[&learner], ..Tally::default() }))
        })
        .collect();
    for (id, action) in events {
        tallies.get_mut(&id).unwrap().1.events.push(action);
    }
    for (id, template) in letters {
        tallies.get_mut(&id).unwrap().1.letters.push(template);
    }
    for (id, action) in audited {
        tallies.get_mut(&id.parse().unwrap()).unwrap().1.audited.push(action);
    }
    tallies.into_values().collect::<BTreeMap<_, _>>()
}

/// Every row of every table as text, sorted, with its table's name in front: to see that something is
/// nowhere, or that nothing changed.
///
/// # Panics
/// When the database does not answer: the test has failed then.
#[expect(clippy::unwrap_used, reason = "only tests call this")]
pub async fn everything(db: &Db) -> Vec<String> {
    let mut tx = db.read().await.unwrap();
    let tables = match &tx {
        crate::Tx::Sqlite(_) => {
            "select name from sqlite_master where type = 'table' and name not like '%sqlx%' order by name"
        }
        crate::Tx::Postgres(_) => {
            "select table_name::text from information_schema.tables where table_schema = 'public' and table_name not like '%sqlx%' order by 1"
        }
    };
    let mut everything = Vec::new();
    for (table,) in all!(&mut tx, (String,), tables).unwrap() {
        let row = match &mut tx {
            crate::Tx::Postgres(_) => format!("{table}::text"),
            crate::Tx::Sqlite(_) => {
                let columns = all!(&mut tx, (String,), "select name from pragma_table_info($1)", &table).unwrap();
                let text = |(name,): &(String,)| {
                    format!(
                        "case typeof({name}) when 'blob' then hex({name}) else coalesce(cast({name} as text), '') end"
                    )
                };
                columns.iter().map(text).collect::<Vec<_>>().join(" || '|' || ")
            }
        };
        let rows = all!(&mut tx, (String,), sqlx::AssertSqlSafe(format!("select {row} from {table}"))).unwrap();
        everything.extend(rows.into_iter().map(|(row,)| format!("{table}: {row}")));
    }
    everything.sort();
    everything
}

/// Everything stored, a line a row with its table's name: to see that something changed nothing. Lines are
/// sorted; the two databases write values in ways of their own.
///
/// # Panics
/// When the database does not answer: the test has failed then.
#[expect(clippy::unwrap_used, reason = "only tests call this")]
pub async fn dump(db: &Db) -> Vec<String> {
    let mut tx = db.read().await.unwrap();
    let tables = match &db {
        Db::Sqlite { .. } => "select name from sqlite_master where type = 'table' and name not like 'sqlite_%'",
        Db::Postgres(_) => {
            "select cast(table_name as text) from information_schema.tables where table_schema = 'public'"
        }
    };
    let mut lines = Vec::new();
    for (table,) in all!(&mut tx, (String,), tables).unwrap() {
        let sql = match &db {
            Db::Sqlite { .. } => {
                let columns = all!(
                    &mut tx,
                    (String,),
                    "select 'quote(' || name || ')' from pragma_table_info($1) order by cid",
                    table.as_str()
                )
                .unwrap();
                let columns: Vec<String> = columns.into_iter().map(|(column,)| column).collect();
                format!("select {} from {table}", columns.join(" || '|' || "))
            }
            Db::Postgres(_) => format!("select cast(row_to_json(t) as text) from {table} t"),
        };
        let rows = all!(&mut tx, (String,), sqlx::AssertSqlSafe(sql.clone())).unwrap();
        lines.extend(rows.into_iter().map(|(row,)| format!("{table}: {row}")));
    }
    lines.sort();
    lines
}

/// How many rows of a kilobyte a bare SQLite connection inserts and commits in so many seconds, each on the
/// disk before the next: what the service's own figures are compared with.
///
/// # Panics
/// When the file cannot be written: the measurement has failed then.
#[expect(clippy::unwrap_used, reason = "only measurements call this")]
pub async fn bare_commits(path: &std::path::Path, seconds: u64) -> u64 {
    use sqlx::Connection;
    use sqlx::sqlite::{SqliteConnectOptions, SqliteConnection, SqliteJournalMode, SqliteSynchronous};

    let options = SqliteConnectOptions::new()
        .filename(path)
        .create_if_missing(true)
        .journal_mode(SqliteJournalMode::Wal)
        .synchronous(SqliteSynchronous::Full);
    let mut connection = SqliteConnection::connect_with(&options).await.unwrap();
    sqlx::query("create table rows (id integer primary key, text text not null)")
        .execute(&mut connection)
        .await
        .unwrap();
    let text = "x".repeat(1000);
    let began = std::time::Instant::now();
    let mut rows = 0;
    while began.elapsed().as_secs() < seconds {
        sqlx::query("insert into rows (text) values ($1)").bind(&text).execute(&mut connection).await.unwrap();
        rows += 1;
    }
    connection.close().await.unwrap();
    rows
}

/// How many applications of each session are in which state.
pub async fn states_by_session(tx: &mut Tx) -> std::collections::BTreeMap<uuid::Uuid, Vec<(domain::State, i64)>> {
    let sql =
        "select session_id, state, count(*) from applications where session_id is not null group by session_id, state";
    let mut all: std::collections::BTreeMap<uuid::Uuid, Vec<(domain::State, i64)>> = std::collections::BTreeMap::new();
    for (session, state, count) in all!(tx, (uuid::Uuid, String, i64), sql).expect("applications can be counted") {
        all.entry(session).or_default().push((domain::State::parse(&state).expect("a state that is known"), count));
    }
    all
}

/// What two statements say: a number, and a text if there is a row.
pub async fn count_and_first(tx: &mut Tx, count: &str, first: &str) -> (i64, Option<String>) {
    let (number,) = one!(tx, (i64,), sqlx::AssertSqlSafe(count.to_owned())).expect("a statement that counts");
    let text = opt!(tx, (String,), sqlx::AssertSqlSafe(first.to_owned())).expect("a statement that finds");
    (number, text.map(|(text,)| text))
}
