//! What the invented learners took at any time: enough that a provider sees numbers, and the first learner
//! something finished and something begun.

use domain::ids::EnrolmentId;

use super::opportunities::Written;
use super::people::Learner;
use super::stage::Stage;
use crate::Result;
use crate::enrolments::note;

/// Writes it; how often something was taken.
pub(super) async fn write(stage: &mut Stage<'_>, written: &Written, learners: &[Learner]) -> Result<usize> {
    let mut count = 0;
    for (which, opportunity) in written.open_ended.iter().enumerate() {
        let Some(advert) = store::opportunities::find(stage.tx, *opportunity).await? else { continue };
        for (number, learner) in learners.iter().enumerate() {
            // The first learner has the first two; of the others everybody has some.
            let theirs = if number == 0 { which < 2 } else { (which + number) % 3 == 0 };
            if !theirs {
                continue;
            }
            let (ago, minutes) = (stage.number(3, 60), stage.number(960, 1260));
            let day = stage.day(-ago);
            let age = domain::calendar::age_on(learner.born, day);
            if advert.min_age.is_some_and(|min| age < min) || advert.max_age.is_some_and(|max| age > max) {
                continue;
            }
            stage.set_clock(day, minutes);
            let (id, began) = (EnrolmentId(stage.services.uuid()), stage.services.now());
            store::enrolments::insert(stage.tx, id, *opportunity, learner.account, began).await?;
            note(stage.tx, &stage.services, learner.account, "enrolled", id, *opportunity).await?;
            let done = if number == 0 { which == 0 } else { stage.chance(75) };
            if done {
                stage.set_moment(began.plus_minutes(35));
                store::enrolments::complete(stage.tx, *opportunity, learner.account, stage.services.now()).await?;
                note(stage.tx, &stage.services, learner.account, "completed", id, *opportunity).await?;
            }
            count += 1;
        }
    }
    Ok(count)
}
