//! Stories of priority, told on both databases.

use domain::Role;
use domain::priority::{EvidenceReason, Priority};
use store::testing::{both, everything};

use super::*;
use crate::applications;
use crate::testing::{World, services};

async fn now(world: &World, learner: AccountId) -> Priority {
    let mut tx = world.services.db.read().await.unwrap();
    of_learner(&mut tx, learner).await.unwrap()
}

#[tokio::test]
async fn an_adviser_states_what_a_linked_learner_meets_and_nobody_else_reads_which() {
    both(|db| async move {
        let (services, _) = services(db, "2027-03-01T09:00:00");
        let world = World::make(&services, 2, &[]).await.unwrap();
        let adviser = world.staff("Adviser", Role::Adviser, world.school).await.unwrap();
        let elsewhere = world.another_school("900002").await.unwrap();
        let stranger = world.staff("Stranger", Role::Adviser, elsewhere).await.unwrap();
        let coordinator = world.coordinator().await.unwrap();
        let amira = world.learner("amira", 2010).await.unwrap();
        let id = amira.actor().unwrap().account;
        let reasons = [EvidenceReason::YoungCarer, EvidenceReason::CareExperienced];

        // Not before the learner agreed.
        assert!(matches!(state_evidence(&adviser, id, &reasons).await, Err(Error::NotFound)));
        let reference = world.fill(&amira, "Amira", true).await.unwrap();
        applications::submit(&amira, &reference, true).await.unwrap();
        for other in [&stranger, &coordinator, &amira] {
            assert!(matches!(state_evidence(other, id, &reasons).await, Err(Error::NotFound)));
            assert!(matches!(statement(other, id).await, Err(Error::NotFound)));
        }
        assert!(matches!(state_evidence(&adviser, id, &[]).await, Err(Error::Refused(_))));
        assert_eq!(now(&world, id).await, Priority::default());

        state_evidence(&adviser, id, &reasons).await.unwrap();
        let before = everything(&services.db).await;
        state_evidence(&adviser, id, &reasons).await.unwrap();
        assert_eq!(everything(&services.db).await, before, "the same again changes nothing");
        assert_eq!(now(&world, id).await, Priority { evidence: true, rebook: false });
        let (name, stated) = statement(&adviser, id).await.unwrap();
        let stated = stated.unwrap();
        assert_eq!((name.as_str(), stated.stated_by.as_str()), ("Amira", "Adviser"));
        assert_eq!(stated.reasons, [EvidenceReason::CareExperienced, EvidenceReason::YoungCarer]);
        assert_eq!(about_me(&amira).await.unwrap(), [stated]);
        assert!(matches!(about_me(&adviser).await, Err(Error::NotFound)));

        // Changed, it is one statement; the reason is in its own table and nowhere else.
        state_evidence(&adviser, id, &[EvidenceReason::FreeSchoolMeals]).await.unwrap();
        assert_eq!(statement(&adviser, id).await.unwrap().1.unwrap().reasons, [EvidenceReason::FreeSchoolMeals]);
        let all = everything(&services.db).await;
        assert!(!all.iter().any(|row| row.contains("young_carer") || row.contains("care_experienced")));
        assert!(
            all.iter().filter(|row| row.contains("free_school_meals")).all(|row| row.starts_with("evidence_reasons:"))
        );

        end_evidence(&adviser, id).await.unwrap();
        assert_eq!(now(&world, id).await, Priority::default());
        assert!(!everything(&services.db).await.iter().any(|row| row.contains("free_school_meals")));
    })
    .await;
}

#[tokio::test]
async fn a_cancelled_place_gives_priority_until_the_next_is_accepted() {
    both(|db| async move {
        let (services, _) = services(db, "2027-03-01T09:00:00");
        let world = World::make(&services, 2, &[]).await.unwrap();
        let coordinator = world.coordinator().await.unwrap();
        let anna = world.learner("anna", 2005).await.unwrap();
        let id = anna.actor().unwrap().account;
        let first = world.apply(&anna, "Anna").await.unwrap();
        world.decide(&coordinator, &first, applications::Decision::Offer).await.unwrap();
        applications::accept(&anna, &first).await.unwrap();
        let mut tx = services.db.write().await.unwrap();
        let cancelled = store::applications::find(&mut tx, &first).await.unwrap().unwrap().id;
        assert!(grant_rebook_priority(&mut tx, &services, id, cancelled).await.unwrap());
        assert!(!grant_rebook_priority(&mut tx, &services, id, cancelled).await.unwrap(), "once for each");
        tx.commit().await.unwrap();
        assert_eq!(now(&world, id).await, Priority { evidence: false, rebook: true });
        let next = world.another_session(7, 12).await.unwrap();
        let second = next.apply(&anna, "Anna").await.unwrap();
        next.decide(&coordinator, &second, applications::Decision::Offer).await.unwrap();
        assert!(now(&world, id).await.rebook, "an offer does not use it up");
        applications::accept(&anna, &second).await.unwrap();
        assert_eq!(now(&world, id).await, Priority::default());
    })
    .await;
}
