//! What learners took at any time: films, recorded talks, courses.

use domain::calendar::age_on;
use store::bulk::Rows;

use super::super::stage::at;
use super::adverts::Advert;
use super::maker::Maker;
use super::people::Learner;
use crate::{Result, Services};

/// Rows to a transaction.
const AT_ONCE: usize = 50_000;

/// Writes so many, most of them completed the same day. How many that were.
pub(super) async fn write(
    services: &Services,
    maker: &mut Maker,
    adverts: &[Advert],
    learners: &[Learner],
    count: usize,
    progress: &mut impl FnMut(&str, usize, usize),
) -> Result<usize> {
    let adverts: Vec<&Advert> = adverts.iter().filter(|advert| advert.runs.is_empty()).collect();
    if adverts.is_empty() || learners.is_empty() {
        return Ok(0);
    }
    let mut rows = Rows::new("enrolments", ["id", "opportunity_id", "learner_id", "enrolled_at", "completed_at"]);
    let mut written = 0;
    while written < count {
        let next = count.min(written + AT_ONCE);
        for number in written..next {
            let learner = &learners[number % learners.len()];
            let ago = maker.number(1, 300);
            let day = maker.day(-ago);
            // Every time the next one, from wherever this learner began; one that they are too young for is passed.
            let turn = learner.number * 7 + number / learners.len();
            let age = age_on(learner.born, day);
            let passed = (0..adverts.len()).find(|more| adverts[(turn + more) % adverts.len()].youngest <= age);
            let advert = adverts[(turn + passed.unwrap_or(0)) % adverts.len()];
            let began = at(day, maker.number(900, 1300));
            // Whoever comes to one a second time has finished it: none is begun twice at once.
            let done = (passed != Some(0) || number / learners.len() >= adverts.len() || maker.chance(82))
                .then(|| began.plus_minutes(35));
            rows.add([
                maker.id().into(),
                advert.id.0.into(),
                learner.account.0.into(),
                began.0.into(),
                done.map(|at| at.0).into(),
            ]);
        }
        let mut tx = services.db.write().await?;
        rows.write(&mut tx).await?;
        tx.commit().await?;
        written = next;
        progress("Talks and courses taken", written, count);
    }
    Ok(written)
}
