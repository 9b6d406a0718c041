//! Importing in the browser: nothing is saved before the last step, and only by whom it may.

use super::*;

#[tokio::test]
async fn upload_look_mend_and_import() {
    store::testing::both(|db| async move {
        let (services, _) = services(db.clone(), "2027-03-01T09:00:00");
        let [rae, ..] = organisations(&services).await;
        let ctx = coordinator(&services, rae, true).await;
        let bad = NURSING.replace("A1,", "A2,").replace("24/05/2027,28/05/2027", "31/02/2027,");
        let other = NURSING.replace("A1,RAE", "A3,RYR");
        let id = upload(&ctx, "C:\\lists\\central.csv", format!("{HEADINGS}{NURSING}{bad}{other}").as_bytes())
            .await
            .unwrap();

        let seen = preview(&ctx, id).await.unwrap();
        assert_eq!(
            (seen.file_name.as_str(), counts(&seen.report), seen.published, seen.drafts),
            ("central.csv", (3, 1, 0, 2), 1, 0)
        );
        assert_eq!(seen.rows.iter().map(|row| row.line).collect::<Vec<_>>(), [3, 4, 2], "problems first");
        let Outcome::Refused(problems) = &seen.rows[0].outcome else { panic!("{:?}", seen.rows[0]) };
        assert_eq!((problems[0].field, problems[0].refusal.value.as_str()), (Some(Field::Start), "31/02/2027"));
        let start = seen.columns.iter().find(|column| column.field == Some(Field::Start)).unwrap();
        assert_eq!(
            (start.header.as_str(), start.examples.as_slice()),
            ("Start", &["24/05/2027".to_owned(), "31/02/2027".to_owned()][..])
        );

        // A value that is still wrong stays refused; the right one is taken. Nothing is saved meanwhile.
        assert_eq!(mend_cell(&ctx, id, 3, "start", "30/02/2027").await.unwrap(), Some(3));
        assert_eq!(counts(&preview(&ctx, id).await.unwrap().report), (3, 1, 0, 2));
        assert_eq!(
            mend_cell(&ctx, id, 3, "start", "w/c 21/06/27").await.unwrap(),
            Some(4),
            "the next one with a problem"
        );
        assert_eq!(counts(&preview(&ctx, id).await.unwrap().report), (3, 2, 0, 1));
        let mut tx = db.read().await.unwrap();
        assert!(store::opportunities::find_by_reference(&mut tx, rae, "A1").await.unwrap().is_none());
        drop(tx);

        // A row of another organisation is refused until the coordinator says that all rows are theirs.
        let Outcome::Refused(problems) = &preview(&ctx, id).await.unwrap().rows[0].outcome.clone() else { panic!() };
        assert_eq!(
            problems[0].refusal.reason,
            "This row is for Sussex Hospitals (RYR), and you post for Bradford Hospitals."
        );
        assert!(save_mapping(&ctx, id, &[], true, true).await.unwrap());
        assert_eq!(counts(&preview(&ctx, id).await.unwrap().report), (3, 3, 0, 0));
        assert!(save_mapping(&ctx, id, &[], false, true).await.unwrap());

        let report = take(&ctx, id).await.unwrap();
        assert_eq!(counts(&report), (3, 2, 0, 1));
        assert_eq!(take(&ctx, id).await.unwrap(), report, "pressed twice, imported once");
        let done = preview(&ctx, id).await.unwrap().done.unwrap();
        assert_eq!((done.published, done.drafts), (2, 0));
        let lines: Vec<&str> = done.refused_csv.lines().collect();
        assert_eq!(lines.len(), 2);
        assert!(
            lines[0].starts_with("\u{feff}Ref,Trust code") && lines[0].ends_with("Not taken because,What to do"),
            "{}",
            lines[0]
        );
        assert!(
            lines[1].starts_with("A3,RYR,") && lines[1].contains("you post for Bradford Hospitals"),
            "{}",
            lines[1]
        );
        assert!(matches!(mend_cell(&ctx, id, 3, "start", "x").await, Err(Error::Refused(_))));
    })
    .await;
}

#[tokio::test]
async fn the_matching_of_columns_is_remembered() {
    store::testing::both(|db| async move {
        let (services, _) = services(db, "2027-03-01T09:00:00");
        let [rae, ryr, _] = organisations(&services).await;
        let ctx = coordinator(&services, rae, true).await;
        let text = "Title,Type,In person / online,Start,Zzz,Remark\nA talk,Careers talk,Online,24/05/2027,14,Ask us.\n";
        let id = upload(&ctx, "a.csv", text.as_bytes()).await.unwrap();
        let field = |preview: &Preview, header: &str| {
            preview.columns.iter().find(|column| column.header == header).unwrap().field
        };
        let seen = preview(&ctx, id).await.unwrap();
        assert_eq!((field(&seen, "Zzz"), seen.published, seen.drafts), (None, 0, 1));
        let columns =
            ["0:title", "1:kind", "2:delivery", "3:start", "4:min_age", "5:what_you_will_do"].map(str::to_owned);
        assert!(save_mapping(&ctx, id, &columns, false, true).await.unwrap());
        assert_eq!(preview(&ctx, id).await.unwrap().published, 1);
        assert!(
            !save_mapping(&ctx, id, &["0:title".to_owned(), "5:title".to_owned()], false, true).await.unwrap(),
            "said, not kept silent"
        );
        assert!(save_mapping(&ctx, id, &columns, false, true).await.unwrap());

        let again = upload(&ctx, "b.csv", text.as_bytes()).await.unwrap();
        assert_eq!(field(&preview(&ctx, again).await.unwrap(), "Zzz"), Some(Field::MinAge));
        let other = coordinator(&services, ryr, true).await;
        let theirs = upload(&other, "b.csv", text.as_bytes()).await.unwrap();
        assert_eq!(field(&preview(&other, theirs).await.unwrap(), "Zzz"), None);
        // A fact without a column gets one.
        mend_cell(&other, theirs, 2, "min_age", "14+").await.unwrap();
        let seen = preview(&other, theirs).await.unwrap();
        assert_eq!(seen.rows[0].row.as_ref().unwrap().min_age, Some(14));
    })
    .await;
}

#[tokio::test]
async fn only_a_coordinator_of_that_organisation_who_may_post() {
    store::testing::both(|db| async move {
        let (services, clock) = services(db, "2027-03-01T09:00:00");
        let [rae, ryr, _] = organisations(&services).await;
        let owner = coordinator(&services, rae, true).await;
        let id = upload(&owner, "a.csv", format!("{HEADINGS}{NURSING}").as_bytes()).await.unwrap();
        let signed_out = ctx(&services, None);
        for (who, may_not) in [
            (&coordinator(&services, ryr, true).await, "other"),
            (&coordinator(&services, rae, false).await, "own, without the right"),
            (&signed_out, "signed out"),
        ] {
            let not = |error: Error| assert!(matches!(error, Error::NotFound | Error::SignIn), "{may_not}: {error:?}");
            not(preview(who, id).await.unwrap_err());
            not(take(who, id).await.unwrap_err());
            not(save_mapping(who, id, &[], true, true).await.unwrap_err());
            not(mend_cell(who, id, 2, "start", "1/6/2027").await.unwrap_err());
        }
        assert!(matches!(upload(&coordinator(&services, rae, false).await, "a.csv", b"x").await, Err(Error::NotFound)));
        assert!(matches!(upload(&signed_out, "a.csv", b"x").await, Err(Error::SignIn)));
        // A colleague with the right sees it; after a day nobody does.
        assert!(preview(&coordinator(&services, rae, true).await, id).await.is_ok());
        clock.set_offset(clock.offset() + 25 * 3_600_000_000);
        assert!(matches!(preview(&owner, id).await, Err(Error::NotFound)));
    })
    .await;
}

#[tokio::test]
async fn an_unreadable_file_says_what_to_do() {
    store::testing::both(|db| async move {
        let (services, _) = services(db, "2027-03-01T09:00:00");
        let [rae, ..] = organisations(&services).await;
        let ctx = coordinator(&services, rae, true).await;
        for (bytes, words) in
            [(&b""[..], "Choose a spreadsheet first"), (b"%PDF-1.7 x", "PDF"), (b"one\ntwo\n", "headings")]
        {
            let id = upload(&ctx, "x.csv", bytes).await.unwrap();
            let seen = preview(&ctx, id).await.unwrap();
            assert!(seen.unreadable.as_ref().is_some_and(|sentence| sentence.contains(words)), "{:?}", seen.unreadable);
            assert!(matches!(take(&ctx, id).await, Err(Error::Refused(_))));
        }
    })
    .await;
}
