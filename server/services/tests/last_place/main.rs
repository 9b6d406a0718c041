//! Fifty people want the last place at the same moment, again and again, through the use cases and on both
//! databases: one of them gets it. `WEX_RACE_ROUNDS` says how often.

#![allow(clippy::unwrap_used, reason = "a test that cannot go on has failed")]

mod coordinators;
mod learners;

use std::sync::Arc;

use domain::ids::AccountId;
use services::testing::ctx;
use services::{Actor, Ctx, Services};

const AT_ONCE: usize = 50;

fn rounds() -> usize {
    std::env::var("WEX_RACE_ROUNDS").map_or(200, |text| text.parse().unwrap())
}

async fn learner(services: &Arc<Services>, account: AccountId) -> Ctx {
    let mut tx = services.db.read().await.unwrap();
    let found = store::accounts::find(&mut tx, account).await.unwrap().unwrap();
    let born = store::accounts::find_learner(&mut tx, account).await.unwrap().map(|learner| learner.date_of_birth);
    ctx(services, Some(Actor { account, name: found.name, email: found.email, born, memberships: vec![] }))
}
