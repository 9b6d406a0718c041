use super::*;
use crate::Error;

#[tokio::test]
async fn somebody_new_gets_an_account_and_comes_back_to_it() {
    store::testing::both(|db| async move {
        let (ctx, _) = browser(db);
        let Asked::Sent(token) = request_code(&ctx, "  Amira@Mail.example ", "/apply/7", None).await.unwrap() else {
            panic!()
        };
        let code = code_for(&ctx.services, &token).await;
        let grouped = format!("{} {}", &code[..3], &code[3..]);
        assert_eq!(enter_code(&ctx, &token, &grouped).await.unwrap(), Signed::NewHere);
        // Pressed twice.
        assert_eq!(enter_code(&ctx, &token, &grouped).await.unwrap(), Signed::NewHere);
        let Started::In { session, go_to } = start_account(&ctx, &token, "27", "March", "2010").await.unwrap() else {
            panic!()
        };
        assert_eq!(go_to, "/apply/7");
        let first = actor(&ctx.services, &session).await.unwrap();
        assert_eq!(
            (first.email.as_str(), first.name.as_str(), first.born.unwrap().to_string().as_str()),
            (AMIRA, "", "2010-03-27")
        );
        assert!(first.is_learner());
        assert_eq!(start_account(&ctx, &token, "27", "3", "2010").await.unwrap(), Started::Expired);

        let token = ask(&ctx, AMIRA).await;
        let code = code_for(&ctx.services, &token).await;
        let Signed::In { session: again, go_to } = enter_code(&ctx, &token, &code).await.unwrap() else { panic!() };
        assert_eq!(go_to, "/applications");
        assert_ne!(again, session);
        assert_eq!(actor(&ctx.services, &again).await.unwrap().account, first.account);

        assert_eq!(trail(&ctx.services, first.account).await, ["sign_in", "sign_in", "start_account"]);
    })
    .await;
}

#[tokio::test]
async fn a_code_works_once() {
    store::testing::both(|db| async move {
        let (ctx, _) = browser(db);
        amira(&ctx).await;
        let token = ask(&ctx, AMIRA).await;
        let code = code_for(&ctx.services, &token).await;
        assert!(matches!(enter_code(&ctx, &token, &code).await.unwrap(), Signed::In { .. }));
        assert_eq!(enter_code(&ctx, &token, &code).await.unwrap(), Signed::Expired);
    })
    .await;
}

#[tokio::test]
async fn a_code_belongs_to_the_browser_that_asked() {
    store::testing::both(|db| async move {
        let (ctx, _) = browser(db);
        amira(&ctx).await;
        let (mine, his) = (ask(&ctx, AMIRA).await, ask(&ctx, AMIRA).await);
        let code_for_his = code_for(&ctx.services, &his).await;
        assert_eq!(enter_code(&ctx, &mine, &code_for_his).await.unwrap(), Signed::Wrong { left: 4 });
        assert!(matches!(enter_code(&ctx, &his, &code_for_his).await.unwrap(), Signed::In { .. }));
        assert_eq!(enter_code(&ctx, "no such token", &code_for_his).await.unwrap(), Signed::Expired);
    })
    .await;
}

#[tokio::test]
async fn a_code_ends_after_ten_minutes() {
    store::testing::both(|db| async move {
        let (ctx, clock) = browser(db);
        amira(&ctx).await;
        let token = ask(&ctx, AMIRA).await;
        let code = code_for(&ctx.services, &token).await;
        pass_minutes(&clock, 10);
        assert_eq!(enter_code(&ctx, &token, &code).await.unwrap(), Signed::Expired);
        assert_eq!(under_way(&ctx, &token).await.unwrap(), None);

        let token = ask(&ctx, AMIRA).await;
        let code = code_for(&ctx.services, &token).await;
        clock.set_offset(clock.offset() + 10 * 60_000_000 - 1);
        assert!(matches!(enter_code(&ctx, &token, &code).await.unwrap(), Signed::In { .. }));
    })
    .await;
}

#[tokio::test]
async fn five_tries_then_the_right_code_is_too_late() {
    store::testing::both(|db| async move {
        let (ctx, _) = browser(db);
        amira(&ctx).await;
        let token = ask(&ctx, AMIRA).await;
        let code = code_for(&ctx.services, &token).await;
        for not_a_code in ["", "12345", "abcdef", "1234567", "١٢٣٤٥٦"] {
            assert_eq!(enter_code(&ctx, &token, not_a_code).await.unwrap(), Signed::NotACode);
        }
        for left in (0..5).rev() {
            assert_eq!(enter_code(&ctx, &token, &other_than(&code)).await.unwrap(), Signed::Wrong { left });
        }
        assert_eq!(under_way(&ctx, &token).await.unwrap().unwrap().left, 0);
        assert_eq!(enter_code(&ctx, &token, &code).await.unwrap(), Signed::Expired);
    })
    .await;
}

#[tokio::test]
async fn three_codes_to_an_address_in_fifteen_minutes() {
    store::testing::both(|db| async move {
        let (ctx, clock) = browser(db);
        for _ in 0..3 {
            ask(&ctx, AMIRA).await;
            pass_minutes(&clock, 1);
        }
        assert!(matches!(request_code(&ctx, "AMIRA@mail.example", "", None).await, Err(Error::TooMany(720))));
        assert_eq!(letters(&ctx.services).await.len(), 3);
        ask(&ctx, "somebody.else@mail.example").await;
        pass_minutes(&clock, 12);
        ask(&ctx, AMIRA).await;
        assert!(matches!(request_code(&ctx, AMIRA, "", None).await, Err(Error::TooMany(60))));
    })
    .await;
}

#[tokio::test]
async fn a_hundred_codes_from_one_place_in_fifteen_minutes() {
    store::testing::both(|db| async move {
        let (ctx, clock) = browser(db);
        let school = from(&ctx, "192.0.2.7");
        for n in 0..100 {
            ask(&school, &format!("learner{n}@mail.example")).await;
        }
        assert!(matches!(request_code(&school, AMIRA, "", None).await, Err(Error::TooMany(900))));
        ask(&from(&ctx, "192.0.2.8"), AMIRA).await;
        pass_minutes(&clock, 15);
        ask(&school, AMIRA).await;
    })
    .await;
}

#[tokio::test]
async fn limits_are_shared_by_instances() {
    store::testing::both(|db| async move {
        let (one, _) = browser(db.clone());
        let (another, _) = browser(db);
        // Their randomness must differ: two instances never draw the same.
        let _ = another.services.bytes::<100>();
        ask(&one, AMIRA).await;
        ask(&one, AMIRA).await;
        ask(&another, AMIRA).await;
        assert!(matches!(request_code(&one, AMIRA, "", None).await, Err(Error::TooMany(900))));
    })
    .await;
}

#[tokio::test]
async fn at_once_no_more_than_the_limit_get_through() {
    store::testing::both(|db| async move {
        let (ctx, _) = browser(db);
        let tries = (0..8).map(|_| {
            let ctx = ctx.clone();
            tokio::spawn(async move { request_code(&ctx, AMIRA, "", None).await })
        });
        let mut sent = 0;
        for one in tries.collect::<Vec<_>>() {
            match one.await.unwrap() {
                Ok(_) => sent += 1,
                Err(Error::TooMany(_)) => {}
                Err(other) => panic!("{other:?}"),
            }
        }
        assert_eq!((sent, letters(&ctx.services).await.len()), (3, 3));
    })
    .await;
}

#[tokio::test]
async fn the_answer_is_the_same_for_a_known_and_an_unknown_address() {
    store::testing::both(|db| async move {
        let (ctx, _) = browser(db);
        amira(&ctx).await;
        sam(&ctx).await;
        let mut pages = Vec::new();
        let mut sent = Vec::new();
        for email in [AMIRA, "nobody@mail.example", SAM] {
            let token = ask(&ctx, email).await;
            let mut page = under_way(&ctx, &token).await.unwrap().unwrap();
            page.email = String::new();
            let wrong = enter_code(&ctx, &token, "000000").await.unwrap();
            pages.push((token.len(), page, wrong));
            sent.push(letter_for(&ctx.services, &token).await);
        }
        assert_eq!(pages[0], pages[1]);
        assert_eq!(pages[0], pages[2]);
        assert_eq!(sent[0].subject, sent[1].subject, "a letter to an unknown address is the same letter");
        assert_ne!(sent[0].subject, sent[2].subject);
    })
    .await;
}

#[tokio::test]
async fn staff_are_sent_to_their_own_page() {
    store::testing::both(|db| async move {
        let (ctx, _) = browser(db);
        sam(&ctx).await;
        let token = ask(&ctx, SAM).await;
        let letter = letter_for(&ctx.services, &token).await;
        assert!(letter.text.contains("https://wex.example/staff/sign-in"));
        assert!(!letter.text.lines().any(|line| line.starts_with("    ")), "no code: {}", letter.text);
        assert_eq!(enter_code(&ctx, &token, "123456").await.unwrap(), Signed::Wrong { left: 4 });

        // Somebody who became staff while a code was on its way.
        let token = ask(&ctx, "new@trust.example").await;
        let code = code_for(&ctx.services, &token).await;
        invite_staff(&ctx.services, "new@trust.example", "New Person", Some("rx1"), Role::Adviser, Rights::default())
            .await
            .unwrap();
        assert_eq!(enter_code(&ctx, &token, &code).await.unwrap(), Signed::Expired);
    })
    .await;
}

#[tokio::test]
async fn of_somebody_under_13_nothing_stays() {
    store::testing::both(|db| async move {
        let (ctx, _) = browser(db.clone());
        amira(&ctx).await;
        let before = store::testing::everything(&db).await;
        let child = "kim.little@mail.example";
        // A mistyped try, an abandoned one, a mended one, and a slip in the date.
        let Asked::Mistyped(earlier) = request_code(&ctx, "kim.little@mail", "", None).await.unwrap() else { panic!() };
        let Asked::Sent(_) = request_code(&ctx, child, "", Some(&earlier)).await.unwrap() else { panic!() };
        let Asked::Sent(token) = request_code(&ctx, child, "", None).await.unwrap() else { panic!() };
        let code = code_for(&ctx.services, &token).await;
        assert_eq!(enter_code(&ctx, &token, &code).await.unwrap(), Signed::NewHere);
        assert!(matches!(start_account(&ctx, &token, "2", "", "2014").await.unwrap(), Started::Problems(_)));
        let during = store::testing::everything(&db).await;
        assert!(during.iter().any(|row| row.contains(child)), "the test would see it");
        // 13 tomorrow.
        assert_eq!(start_account(&ctx, &token, "2", "3", "2014").await.unwrap(), Started::TooYoung);

        let after = store::testing::everything(&db).await;
        assert!(!after.iter().any(|row| row.to_lowercase().contains("kim") || row.contains("2014")), "{after:?}");
        assert_eq!(after, before);
        assert_eq!(start_account(&ctx, &token, "1", "3", "2010").await.unwrap(), Started::Expired);
    })
    .await;
}

#[tokio::test]
async fn thirteen_today_is_old_enough() {
    store::testing::both(|db| async move {
        let (ctx, _) = browser(db);
        let token = ask(&ctx, AMIRA).await;
        let code = code_for(&ctx.services, &token).await;
        enter_code(&ctx, &token, &code).await.unwrap();
        assert!(matches!(start_account(&ctx, &token, "1", "3", "2014").await.unwrap(), Started::In { .. }));
    })
    .await;
}

#[tokio::test]
async fn a_slip_in_the_date_is_kept_and_named() {
    store::testing::both(|db| async move {
        let (ctx, _) = browser(db);
        let token = ask(&ctx, AMIRA).await;
        // Not before the address is proven.
        assert_eq!(start_account(&ctx, &token, "27", "3", "2010").await.unwrap(), Started::Expired);
        let code = code_for(&ctx.services, &token).await;
        enter_code(&ctx, &token, &code).await.unwrap();
        for (day, month, year, field) in [
            ("", "", "", "dob-day"),
            ("31", "2", "2010", "dob-day"),
            ("1", "2", "2028", "dob-year"),
            ("1", "", "2010", "dob-month"),
        ] {
            let Started::Problems(problems) = start_account(&ctx, &token, day, month, year).await.unwrap() else {
                panic!()
            };
            let page = under_way(&ctx, &token).await.unwrap().unwrap();
            assert_eq!(page.problems, problems);
            assert_eq!(problems[0].field, field);
            assert_eq!((page.typed.get("dob-day"), page.typed.get("dob-year")), (day, year));
        }
        assert!(matches!(start_account(&ctx, &token, "27", "3", "2010").await.unwrap(), Started::In { .. }));
    })
    .await;
}

#[tokio::test]
async fn a_mistyped_address_is_kept_for_mending_and_replaced() {
    store::testing::both(|db| async move {
        let (ctx, _) = browser(db);
        let Asked::Mistyped(token) = request_code(&ctx, "amira@mail", "/apply/7", None).await.unwrap() else {
            panic!()
        };
        let page = under_way(&ctx, &token).await.unwrap().unwrap();
        assert_eq!((page.email.as_str(), page.go_to.as_deref()), ("amira@mail", Some("/apply/7")));
        assert!(letters(&ctx.services).await.is_empty());
        let Asked::Sent(_) = request_code(&ctx, AMIRA, "", Some(&token)).await.unwrap() else { panic!() };
        assert_eq!(under_way(&ctx, &token).await.unwrap(), None);
    })
    .await;
}

#[tokio::test]
async fn a_new_code_replaces_the_one_before() {
    store::testing::both(|db| async move {
        let (ctx, _) = browser(db);
        let Asked::Sent(first) = request_code(&ctx, AMIRA, "/apply/7", None).await.unwrap() else { panic!() };
        let code = code_for(&ctx.services, &first).await;
        let Some(Asked::Sent(second)) = send_again(&ctx, &first).await.unwrap() else { panic!() };
        assert_eq!(enter_code(&ctx, &first, &code).await.unwrap(), Signed::Expired);
        assert_eq!(under_way(&ctx, &second).await.unwrap().unwrap().go_to.as_deref(), Some("/apply/7"));
        assert_eq!(send_again(&ctx, &first).await.unwrap(), None);
    })
    .await;
}

#[tokio::test]
async fn the_database_holds_neither_code_nor_token() {
    store::testing::both(|db| async move {
        let (ctx, _) = browser(db.clone());
        let session = amira(&ctx).await;
        let token = ask(&from(&ctx, "192.0.2.7"), AMIRA).await;
        let everything = store::testing::everything(&db).await;
        for secret in [session.as_str(), token.as_str(), "192.0.2.7"] {
            assert!(!everything.iter().any(|row| row.contains(secret)), "{secret}");
        }
    })
    .await;
}
