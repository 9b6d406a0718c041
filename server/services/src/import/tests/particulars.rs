//! The columns of what helps people to find an opportunity and to come.

use domain::search::{Audience, Setting};
use store::opportunities::Particulars;

use super::*;

const MORE: &str = "Ref,Trust code,Opportunity title,Type,In person / online,Start,No. of places,Min age,Closing date,Where,Postcode,What they will do,\
    Clinical or non-clinical,Target groups,No experience needed,Public transport,Equipment needed,Prerequisites,Next steps\n";
const FACTS: &str = "A1,RAE,A week on the ward,Work experience,In person,24/05/2027,4,16,01/04/2027,Royal Infirmary,BD9 6RJ,Watch and help.,";

async fn list(services: &Services, cells: &str) -> Report {
    let text = format!("{MORE}{FACTS}{cells}\n");
    from_file(services, text.as_bytes(), "list.csv", options()).await.unwrap()
}

async fn stored(services: &Services, organisation: OrganisationId) -> (domain::ids::OpportunityId, Particulars) {
    let mut tx = services.db.read().await.unwrap();
    let found = store::opportunities::find_by_reference(&mut tx, organisation, "A1").await.unwrap().unwrap();
    let particulars = store::opportunities::particulars(&mut tx, found.id).await.unwrap();
    (found.id, particulars)
}

#[tokio::test]
async fn they_are_read_and_an_empty_cell_takes_nothing_away() {
    store::testing::both(|db| async move {
        let (services, _) = services(db, "2027-03-01T09:00:00");
        let [bradford, ..] = organisations(&services).await;
        // A list from before there were such columns, and what a coordinator set by hand since.
        assert_eq!(counts(&import(&services, NURSING).await), (1, 1, 0, 0));
        let (id, none) = stored(&services, bradford).await;
        assert_eq!(none, Particulars::default());
        let mut tx = services.db.write().await.unwrap();
        let by_hand = Particulars { by_bus: "Line 680".into(), nothing_needed: true, ..none };
        store::opportunities::save_particulars(&mut tx, id, &by_hand).await.unwrap();
        tx.commit().await.unwrap();
        assert_eq!(counts(&import(&services, NURSING).await), (1, 0, 1, 0));
        assert_eq!(counts(&list(&services, ",,,,,,").await), (1, 1, 0, 0));
        assert_eq!(stored(&services, bradford).await, (id, by_hand));

        let report =
            list(&services, "No patient contact,\"Year 10, care leavers\",No,,A laptop,\"An hour online\nfirst\",")
                .await;
        assert_eq!(counts(&report), (1, 1, 0, 0));
        let (_, read) = stored(&services, bradford).await;
        let expected = Particulars {
            setting: Some(Setting::NonClinical),
            audiences: Some(vec![Audience::School, Audience::CareLeavers]),
            nothing_needed: false,
            by_bus: "Line 680".into(),
            equipment: "A laptop".into(),
            steps_before: "An hour online\nfirst".into(),
            steps_after: String::new(),
        };
        assert_eq!(read, expected);
        // What cannot be read is left as it is; the row is taken, with a note.
        assert_eq!(counts(&list(&services, "perhaps,dentists,sometimes,,,,Come back").await), (1, 1, 0, 0));
        assert_eq!(stored(&services, bradford).await.1, Particulars { steps_after: "Come back".into(), ..expected });
        let mut tx = services.db.read().await.unwrap();
        let found = store::opportunities::find(&mut tx, id).await.unwrap().unwrap();
        let not_taken = found.notes.iter().filter(|note| note.contains("not taken")).count();
        assert_eq!(not_taken, 3, "{:?}", found.notes);
    })
    .await;
}

#[tokio::test]
async fn what_is_exported_is_read_again_as_it_was() {
    store::testing::both(|db| async move {
        let (services, _) = services(db, "2027-03-01T09:00:00");
        let [bradford, ..] = organisations(&services).await;
        list(&services, "Clinical,\"veterans, refugees\",yes,\"Line 680, every hour\",\"A \"\"smart\"\" phone\",Read first,Apply again").await;
        let (id, before) = stored(&services, bradford).await;
        assert!(before.audiences.as_ref().is_some_and(|named| named.len() == 2) && before.nothing_needed);
        let mut tx = services.db.read().await.unwrap();
        let rows = store::exports::list_opportunities(&mut tx, Some(bradford)).await.unwrap();
        drop(tx);
        let row = serde_json::to_value(&rows[0]).unwrap();
        let cell = |value: &serde_json::Value| match value {
            serde_json::Value::String(text) => format!("\"{}\"", text.replace('"', "\"\"")),
            serde_json::Value::Null => String::new(),
            other => other.to_string(),
        };
        let (headings, cells): (Vec<_>, Vec<_>) =
            row.as_object().unwrap().iter().map(|(name, value)| (name.clone(), cell(value))).unzip();
        let text = format!("{}\n{}\n", headings.join(","), cells.join(","));
        let report = from_file(&services, text.as_bytes(), "export.csv", options()).await.unwrap();
        assert_eq!((report.read, report.refused.as_slice()), (1, &[][..]), "{text}");
        assert_eq!(stored(&services, bradford).await, (id, before));
    })
    .await;
}
