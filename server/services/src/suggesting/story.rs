//! Stories of suggestions, told on both databases.

use domain::application::NoReason;
use domain::form::Step;
use store::testing::both;

use super::*;
use crate::applications::{self, Decision, DraftNo};
use crate::testing::{World, services};
use crate::tick;
use crate::time::from_london;

#[tokio::test]
async fn a_no_carries_what_the_coordinator_ticked_and_the_learner_takes_it_up() {
    both(|db| async move {
        let (services, _) = services(db, "2027-03-01T09:00:00");
        let world = World::make(&services, 1, &[]).await.unwrap();
        let later = world.another_session(7, 19).await.unwrap();
        let coordinator = world.coordinator().await.unwrap();
        let anna = world.learner("anna", 2005).await.unwrap();
        let ben = world.learner("ben", 2005).await.unwrap();
        let reference = world.apply(&anna, "Anna").await.unwrap();

        let (found, chosen) = to_choose(&coordinator, &reference).await.unwrap();
        assert_eq!(found.iter().map(|one| one.session).collect::<Vec<_>>(), [Some(later.session)]);
        assert!(chosen.is_empty());
        let decision = Decision::SayNo(NoReason::MoreAsked, "Sorry.".into());
        let draft = DraftNo { reason: "more_asked".into(), note: "Sorry.".into() };
        applications::save_draft_no(&coordinator, &reference, &draft).await.unwrap();
        let without = applications::preview(&coordinator, &reference, &decision).await.unwrap();
        choose(&coordinator, &reference, &[found[0].opportunity]).await.unwrap();
        // What was read before the tick is not what would be sent now.
        assert!(matches!(
            applications::decide(&coordinator, &reference, &decision, &without.fingerprint).await,
            Err(Error::Refused(_))
        ));
        let read = applications::preview(&coordinator, &reference, &decision).await.unwrap();
        assert!(
            read.letter.text().contains("suggests these instead") && read.letter.text().contains("19 to 23 July 2027")
        );
        applications::decide(&coordinator, &reference, &decision, &read.fingerprint).await.unwrap();

        let beside = for_learner(&anna, &reference).await.unwrap();
        assert_eq!(beside.suggested.len(), 1);
        assert!(beside.suggested[0].by_provider && beside.suggested[0].open);
        assert!(matches!(for_learner(&ben, &reference).await, Err(Error::NotFound)));
        assert!(matches!(take(&ben, &reference, found[0].opportunity).await, Err(Error::NotFound)));
        let unknown = OpportunityId(uuid::Uuid::nil());
        assert!(matches!(take(&anna, &reference, unknown).await, Err(Error::NotFound)));
        let to = take(&anna, &reference, found[0].opportunity).await.unwrap();
        assert_eq!(take(&anna, &reference, found[0].opportunity).await.unwrap(), to);
        assert_eq!(made(&coordinator, &reference).await.unwrap()[0].became, Became::Opened);
        // Everything is filled in but why; then it can be sent.
        let new = to.strip_prefix("/apply/").unwrap();
        let check = applications::check_answers(&anna, new).await.unwrap();
        assert_eq!(check.unfinished, Some(Step::Why));
        assert_eq!(check.about.session, later.session);
        let why = [("why".to_owned(), "I still would like to.".to_owned())].into();
        applications::save_step(&anna, new, Step::Why, &why, false).await.unwrap();
        applications::submit(&anna, new, true).await.unwrap();
        assert_eq!(made(&coordinator, &reference).await.unwrap()[0].became, Became::Applied);
    })
    .await;
}

#[tokio::test]
async fn a_late_answer_shows_other_places_and_one_in_time_shows_none() {
    both(|db| async move {
        let (services, clock) = services(db, "2027-03-01T09:00:00");
        let world = World::make(&services, 1, &[]).await.unwrap();
        let later = world.another_session(7, 19).await.unwrap();
        world.coordinator().await.unwrap();
        let anna = world.learner("anna", 2005).await.unwrap();
        let reference = world.apply(&anna, "Anna").await.unwrap();
        assert!(for_learner(&anna, &reference).await.unwrap().suggested.is_empty());
        clock.set(from_london("2027-03-16T00:00:00".parse().unwrap()));
        tick::run_due(&services).await.unwrap();
        let beside = for_learner(&anna, &reference).await.unwrap();
        assert_eq!(beside.suggested.iter().map(|one| one.session).collect::<Vec<_>>(), [Some(later.session)]);
        assert!(!beside.suggested[0].by_provider);
        // Taking one up leaves the first where it is.
        take(&anna, &reference, beside.suggested[0].opportunity).await.unwrap();
        let line = applications::track(&anna, &reference).await.unwrap();
        assert_eq!(line.application.state, State::Submitted);
    })
    .await;
}
