//! What a group of transactions promises, under every order of events that we could think of.

use std::str::FromStr;

use proptest::prelude::*;
use sqlx::sqlite::{SqliteJournalMode, SqlitePool, SqlitePoolOptions, SqliteSynchronous};

use super::*;

/// Long enough that only the number of members, or that nobody waits, ends a group.
const PATIENT: Bounds = Bounds { most: 64, oldest: Duration::from_secs(3600) };

struct Base {
    writer: Arc<Writer>,
    readers: SqlitePool,
    _folder: tempfile::TempDir,
}

impl Base {
    async fn new(bounds: Bounds) -> Self {
        let folder = tempfile::tempdir().unwrap();
        let options =
            SqliteConnectOptions::from_str(&format!("sqlite:{}", folder.path().join("group.sqlite").display()))
                .unwrap()
                .create_if_missing(true)
                .foreign_keys(true)
                .journal_mode(SqliteJournalMode::Wal)
                .synchronous(SqliteSynchronous::Off);
        let writer = Writer::open(options.clone(), bounds).await.unwrap();
        writer
            .alone(async |connection| {
                for sql in [
                    "create table rows (who integer not null, part integer not null, primary key (who, part))",
                    "create table orphans (parent integer not null references parents (id))",
                    "create table parents (id integer primary key)",
                ] {
                    sqlx::query(sql).execute(&mut *connection).await?;
                }
                Ok::<(), sqlx::Error>(())
            })
            .await
            .unwrap();
        let readers = SqlitePoolOptions::new().max_connections(2).connect_with(options).await.unwrap();
        Self { writer, readers, _folder: folder }
    }

    /// How many rows of this one a reader sees.
    async fn parts(&self, who: i64) -> i64 {
        sqlx::query_scalar("select count(*) from rows where who = $1").bind(who).fetch_one(&self.readers).await.unwrap()
    }

    async fn all(&self) -> i64 {
        sqlx::query_scalar("select count(*) from rows").fetch_one(&self.readers).await.unwrap()
    }
}

async fn insert(turn: &mut Turn, who: i64, part: i64) -> Result<(), sqlx::Error> {
    sqlx::query("insert into rows (who, part) values ($1, $2)")
        .bind(who)
        .bind(part)
        .execute(turn.connection_mut())
        .await
        .map(drop)
}

/// A transaction that keeps one row.
fn one(base: &Base, who: i64) -> tokio::task::JoinHandle<Result<(), Error>> {
    let writer = base.writer.clone();
    tokio::spawn(async move {
        let mut turn = writer.begin().await?;
        insert(&mut turn, who, 0).await?;
        turn.commit().await
    })
}

/// Lets the others of a runtime of one thread get to where they wait.
async fn others() {
    for _ in 0..20 {
        tokio::task::yield_now().await;
    }
}

#[tokio::test]
async fn those_who_wait_share_one_physical_transaction_and_hear_afterwards() {
    let base = Base::new(PATIENT).await;
    let mut first = base.writer.begin().await.unwrap();
    insert(&mut first, 1, 0).await.unwrap();
    let rest: Vec<_> = (2..=20).map(|who| one(&base, who)).collect();
    others().await;
    assert_eq!(base.all().await, 0, "a reader sees nothing before");
    first.commit().await.unwrap();
    assert!(base.parts(1).await == 1, "a reader sees it as soon as it is said to be kept");
    for task in rest {
        task.await.unwrap().unwrap();
    }
    assert_eq!((base.all().await, base.writer.groups()), (20, 1));
}

#[tokio::test]
async fn a_group_has_an_end_though_others_wait() {
    for bounds in [Bounds { most: 4, ..PATIENT }, Bounds { oldest: Duration::ZERO, ..PATIENT }] {
        let base = Base::new(bounds).await;
        let first = base.writer.begin().await.unwrap();
        let rest: Vec<_> = (1..=12).map(|who| one(&base, who)).collect();
        others().await;
        drop(first);
        for task in rest {
            task.await.unwrap().unwrap();
        }
        let groups = base.writer.groups();
        // The first one wrote nothing.
        assert_eq!(groups, if bounds.most == 4 { 1 + 3 } else { 1 + 12 });
    }
}

#[tokio::test]
async fn who_goes_away_takes_back_their_own_and_nobody_elses() {
    let base = Base::new(PATIENT).await;
    let mut first = base.writer.begin().await.unwrap();
    insert(&mut first, 1, 0).await.unwrap();
    let writer = base.writer.clone();
    let leaves = tokio::spawn(async move {
        let mut turn = writer.begin().await.unwrap();
        insert(&mut turn, 2, 0).await.unwrap();
    });
    let writer = base.writer.clone();
    let panics = tokio::spawn(async move {
        let mut turn = writer.begin().await.unwrap();
        insert(&mut turn, 3, 0).await.unwrap();
        panic!("on purpose");
    });
    let writer = base.writer.clone();
    let errs = tokio::spawn(async move {
        let mut turn = writer.begin().await.unwrap();
        insert(&mut turn, 4, 0).await.unwrap();
        // A statement that fails takes back itself alone.
        assert!(insert(&mut turn, 1, 0).await.unwrap_err().as_database_error().unwrap().is_unique_violation());
        insert(&mut turn, 4, 1).await.unwrap();
        turn.commit().await
    });
    let last = one(&base, 5);
    others().await;
    first.commit().await.unwrap();
    leaves.await.unwrap();
    assert!(panics.await.unwrap_err().is_panic());
    errs.await.unwrap().unwrap();
    last.await.unwrap().unwrap();
    let parts =
        [base.parts(1).await, base.parts(2).await, base.parts(3).await, base.parts(4).await, base.parts(5).await];
    assert_eq!((parts, base.writer.groups()), ([1, 0, 0, 2, 1], 1));
}

#[tokio::test]
async fn when_the_disk_takes_nothing_every_member_hears_it_and_the_next_group_works() {
    let base = Base::new(PATIENT).await;
    let mut first = base.writer.begin().await.unwrap();
    insert(&mut first, 1, 0).await.unwrap();
    let writer = base.writer.clone();
    // A foreign key that is looked at only in the end makes the physical commit itself fail.
    let spoils = tokio::spawn(async move {
        let mut turn = writer.begin().await.unwrap();
        sqlx::query("pragma defer_foreign_keys = on").execute(turn.connection_mut()).await.unwrap();
        sqlx::query("insert into orphans (parent) values (7)").execute(turn.connection_mut()).await.unwrap();
        turn.commit().await
    });
    let third = one(&base, 3);
    others().await;
    let outcomes = [first.commit().await, spoils.await.unwrap(), third.await.unwrap()];
    assert!(outcomes.iter().all(|outcome| matches!(outcome, Err(Error::NotKept(_)))), "{outcomes:?}");
    assert_eq!(base.all().await, 0);
    one(&base, 4).await.unwrap().unwrap();
    assert_eq!(base.all().await, 1);
}

#[tokio::test]
async fn a_rollback_by_the_database_itself_is_noticed() {
    let base = Base::new(PATIENT).await;
    let mut first = base.writer.begin().await.unwrap();
    insert(&mut first, 1, 0).await.unwrap();
    let writer = base.writer.clone();
    // As SQLite does by itself when the disk is full.
    let unlucky = tokio::spawn(async move {
        let mut turn = writer.begin().await.unwrap();
        insert(&mut turn, 2, 0).await.unwrap();
        sqlx::query("rollback").execute(turn.connection_mut()).await.unwrap();
        turn.commit().await
    });
    let third = one(&base, 3);
    others().await;
    assert!(matches!(first.commit().await, Err(Error::NotKept(_))));
    assert!(unlucky.await.unwrap().is_err());
    third.await.unwrap().unwrap();
    assert_eq!((base.parts(1).await, base.parts(2).await, base.parts(3).await), (0, 0, 1));
}

#[tokio::test]
async fn who_stops_waiting_for_the_disk_may_be_kept_and_holds_up_nobody() {
    let base = Base::new(PATIENT).await;
    let mut first = base.writer.begin().await.unwrap();
    insert(&mut first, 1, 0).await.unwrap();
    let (begun, has_begun) = oneshot::channel();
    let writer = base.writer.clone();
    let second = tokio::spawn(async move {
        let mut turn = writer.begin().await?;
        let _ = begun.send(());
        others().await;
        insert(&mut turn, 2, 0).await?;
        turn.commit().await
    });
    others().await;
    // Dropped while it waits: somebody else's turn has come.
    let commit = first.commit();
    tokio::select! { _ = commit => panic!("there was somebody to wait for"), begun = has_begun => begun.unwrap() }
    second.await.unwrap().unwrap();
    assert_eq!((base.parts(1).await, base.parts(2).await), (1, 1));
    // Somebody who stops waiting for a turn is not waited for.
    let first = base.writer.begin().await.unwrap();
    let never = one(&base, 3);
    others().await;
    never.abort();
    let _ = never.await;
    first.commit().await.unwrap();
    one(&base, 4).await.unwrap().unwrap();
    assert_eq!((base.parts(3).await, base.parts(4).await), (0, 1));
}

#[tokio::test]
async fn an_answer_without_a_commit_waits_for_what_it_saw() {
    let base = Base::new(PATIENT).await;
    base.writer.settled().await.unwrap();
    let mut first = base.writer.begin().await.unwrap();
    insert(&mut first, 1, 0).await.unwrap();
    let writer = base.writer.clone();
    let looks = tokio::spawn(async move {
        let mut turn = writer.begin().await.unwrap();
        let seen: i64 = sqlx::query_scalar("select count(*) from rows").fetch_one(turn.connection_mut()).await.unwrap();
        drop(turn);
        let before = writer.groups();
        writer.settled().await.unwrap();
        (seen, before, writer.groups())
    });
    others().await;
    first.commit().await.unwrap();
    assert_eq!(looks.await.unwrap(), (1, 0, 1));
    base.writer.settled().await.unwrap();

    // And hears when that was not kept.
    let mut first = base.writer.begin().await.unwrap();
    sqlx::query("pragma defer_foreign_keys = on").execute(first.connection_mut()).await.unwrap();
    sqlx::query("insert into orphans (parent) values (7)").execute(first.connection_mut()).await.unwrap();
    let writer = base.writer.clone();
    let looks = tokio::spawn(async move {
        drop(writer.begin().await.unwrap());
        writer.settled().await
    });
    others().await;
    assert!(first.commit().await.is_err());
    assert!(matches!(looks.await.unwrap(), Err(Error::NotKept(_))));
}

#[tokio::test]
async fn turns_are_given_in_the_order_of_asking() {
    let base = Base::new(PATIENT).await;
    let first = base.writer.begin().await.unwrap();
    let order = Arc::new(std::sync::Mutex::new(Vec::new()));
    let mut tasks = Vec::new();
    for who in 0..30 {
        let (writer, order) = (base.writer.clone(), order.clone());
        tasks.push(tokio::spawn(async move {
            let turn = writer.begin().await.unwrap();
            order.lock().unwrap().push(who);
            if who % 3 == 0 { drop(turn) } else { turn.commit().await.unwrap() }
        }));
        others().await;
    }
    first.commit().await.unwrap();
    for task in tasks {
        task.await.unwrap();
    }
    assert_eq!(*order.lock().unwrap(), (0..30).collect::<Vec<_>>());
}

#[tokio::test]
async fn a_closed_database_keeps_what_it_promised_and_promises_no_more() {
    let base = Base::new(PATIENT).await;
    one(&base, 1).await.unwrap().unwrap();
    base.writer.close().await;
    assert!(matches!(base.writer.begin().await, Err(sqlx::Error::PoolClosed)));
    assert_eq!(base.all().await, 1);
}

/// How one transaction of many ends.
#[derive(Debug, Clone, Copy)]
enum Ending {
    Commits,
    Leaves,
    Panics,
    /// Runs into a unique index, and commits the rest.
    Errs,
    /// Is dropped after it was polled so often.
    IsCancelled(u8),
}

const PARTS: i64 = 3;

fn ending() -> impl Strategy<Value = Ending> {
    prop_oneof![
        5 => Just(Ending::Commits),
        1 => Just(Ending::Leaves),
        1 => Just(Ending::Panics),
        1 => Just(Ending::Errs),
        3 => (0u8..40).prop_map(Ending::IsCancelled),
    ]
}

async fn play(writer: Arc<Writer>, who: i64, pauses: u8, ending: Ending) -> Result<(), Error> {
    let mut turn = writer.begin().await?;
    for part in 0..PARTS {
        insert(&mut turn, who, part).await?;
        for _ in 0..pauses {
            tokio::task::yield_now().await;
        }
    }
    match ending {
        Ending::Leaves => return Err(Error::NotKept("left".into())),
        Ending::Panics => panic!("on purpose"),
        Ending::Errs => assert!(insert(&mut turn, who, 0).await.is_err()),
        Ending::Commits | Ending::IsCancelled(_) => {}
    }
    turn.commit().await
}

/// What it heard, if it heard.
async fn heard(writer: Arc<Writer>, who: i64, pauses: u8, ending: Ending) -> Option<bool> {
    let mut playing = tokio::spawn(async move {
        let mut playing = std::pin::pin!(play(writer, who, pauses, ending));
        let mut left = if let Ending::IsCancelled(polls) = ending { u32::from(polls) } else { u32::MAX };
        std::future::poll_fn(move |context| {
            if left == 0 {
                return std::task::Poll::Ready(None);
            }
            left -= 1;
            playing.as_mut().poll(context).map(|outcome| Some(outcome.is_ok()))
        })
        .await
    });
    (&mut playing).await.unwrap_or(Some(false))
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 96, ..ProptestConfig::default() })]

    /// Whatever happens to its neighbours, each is there with all its parts or with none: with all if it
    /// was told so, with none if it did not ask; and a reader never sees a part.
    #[test]
    fn all_or_nothing(
        plans in prop::collection::vec((0u8..4, ending()), 1..40),
        most in 1usize..9,
        oldest in prop_oneof![Just(0u64), Just(1), Just(3_600_000)],
        threads in 1usize..4,
    ) {
        let runtime = tokio::runtime::Builder::new_multi_thread().worker_threads(threads).enable_all().build().unwrap();
        let told = runtime.block_on(async {
            let base = Base::new(Bounds { most, oldest: Duration::from_millis(oldest) }).await;
            let tasks: Vec<_> = plans
                .iter()
                .zip(1..)
                .map(|((pauses, ending), who)| tokio::spawn(heard(base.writer.clone(), who, *pauses, *ending)))
                .collect();
            let mut torn = 0;
            while !tasks.iter().all(tokio::task::JoinHandle::is_finished) {
                torn += i64::from(base.all().await % PARTS != 0);
            }
            let mut told = Vec::new();
            for (task, who) in tasks.into_iter().zip(1..) {
                let heard = task.await.unwrap();
                told.push((who, heard));
            }
            // Nobody is in the way of the next.
            tokio::time::timeout(Duration::from_secs(20), one(&base, 0)).await.unwrap().unwrap().unwrap();
            let mut seen = Vec::new();
            for (who, heard) in told {
                seen.push((heard, base.parts(who).await));
            }
            (torn, seen)
        });
        prop_assert_eq!(told.0, 0);
        for ((heard, parts), (_, ending)) in told.1.into_iter().zip(&plans) {
            match (ending, heard) {
                (Ending::Commits | Ending::Errs, _) => prop_assert_eq!((heard, parts), (Some(true), PARTS)),
                (Ending::Leaves | Ending::Panics, _) => prop_assert_eq!((heard, parts), (Some(false), 0)),
                (Ending::IsCancelled(_), Some(kept)) => prop_assert_eq!(parts, if kept { PARTS } else { 0 }),
                (Ending::IsCancelled(_), None) => prop_assert!(parts == 0 || parts == PARTS),
            }
        }
    }
}
