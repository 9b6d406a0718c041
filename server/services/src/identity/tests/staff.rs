use super::*;
use crate::Error;

async fn enter(ctx: &Ctx, email: &str, password: &str) -> Entered {
    enter_password(ctx, email, password, "", None).await.unwrap()
}

async fn right_password(ctx: &Ctx) -> String {
    match enter(ctx, SAM, PASSWORD).await {
        Entered::Right(token) => token,
        Entered::Wrong(_) => panic!("the password is right"),
    }
}

#[tokio::test]
async fn password_then_second_factor() {
    store::testing::both(|db| async move {
        let (ctx, clock) = browser(db);
        let (_, secret) = sam(&ctx).await;
        pass_minutes(&clock, 1);
        let Entered::Right(token) =
            enter_password(&ctx, " Sam.Okafor@trust.example", PASSWORD, "/provider/import", None).await.unwrap()
        else {
            panic!()
        };
        assert_eq!(staff_under_way(&ctx, &token).await.unwrap().unwrap().left, Some(5));
        // The password alone opens nothing, and the try is not one of a learner.
        assert!(actor(&ctx.services, &token).await.is_none());
        assert_eq!(enter_code(&ctx, &token, "123456").await.unwrap(), Signed::Expired);
        let code = app_code(&ctx.services, &secret);
        let Proven::In { session, go_to } = enter_second_factor(&ctx, &token, &code).await.unwrap() else { panic!() };
        assert_eq!(go_to, "/provider/import");
        let sam = actor(&ctx.services, &session).await.unwrap();
        let membership = sam.member_as(Role::Coordinator).unwrap();
        assert_eq!(
            (sam.name.as_str(), membership.organisation_name.as_str(), membership.can_decide),
            ("Sam Okafor", "Moor and Dale NHS Foundation Trust", true)
        );
        assert!(!sam.is_learner());
        assert_eq!(enter_second_factor(&ctx, &token, &code).await.unwrap(), Proven::Expired);
    })
    .await;
}

#[tokio::test]
async fn a_code_of_the_app_is_not_taken_twice() {
    store::testing::both(|db| async move {
        let (ctx, clock) = browser(db);
        let (_, secret) = sam(&ctx).await;
        // The code of the invitation counts as used.
        let token = right_password(&ctx).await;
        let used = app_code(&ctx.services, &secret);
        assert_eq!(enter_second_factor(&ctx, &token, &used).await.unwrap(), Proven::Wrong { left: 4 });
        pass_minutes(&clock, 1);
        let code = app_code(&ctx.services, &secret);
        assert!(matches!(enter_second_factor(&ctx, &token, &code).await.unwrap(), Proven::In { .. }));
        let token = right_password(&ctx).await;
        assert_eq!(enter_second_factor(&ctx, &token, &code).await.unwrap(), Proven::Wrong { left: 4 });
        // Nor an older one, which the clocks' difference would allow.
        pass_minutes(&clock, 2);
        let older = app_code(&ctx.services, &secret);
        clock.set_offset(clock.offset() + 30_000_000);
        let newer = app_code(&ctx.services, &secret);
        let token = right_password(&ctx).await;
        assert!(matches!(enter_second_factor(&ctx, &token, &newer).await.unwrap(), Proven::In { .. }));
        let token = right_password(&ctx).await;
        assert_eq!(enter_second_factor(&ctx, &token, &older).await.unwrap(), Proven::Wrong { left: 4 });
    })
    .await;
}

#[tokio::test]
async fn a_second_factor_has_five_tries_and_ten_an_hour() {
    store::testing::both(|db| async move {
        let (ctx, clock) = browser(db);
        let (_, secret) = sam(&ctx).await;
        pass_minutes(&clock, 1);
        let wrong = other_than(&app_code(&ctx.services, &secret));
        let first = right_password(&ctx).await;
        assert_eq!(enter_second_factor(&ctx, &first, "12 34").await.unwrap(), Proven::NotACode);
        for left in (0..5).rev() {
            assert_eq!(enter_second_factor(&ctx, &first, &wrong).await.unwrap(), Proven::Wrong { left });
        }
        let right = app_code(&ctx.services, &secret);
        assert_eq!(enter_second_factor(&ctx, &first, &right).await.unwrap(), Proven::Expired);
        // Whoever knows the password begins again, and comes to the hour's limit.
        let second = right_password(&ctx).await;
        for left in (0..5).rev() {
            assert_eq!(enter_second_factor(&ctx, &second, &wrong).await.unwrap(), Proven::Wrong { left });
        }
        let third = right_password(&ctx).await;
        assert!(matches!(enter_second_factor(&ctx, &third, &right).await, Err(Error::TooMany(3600))));
        pass_minutes(&clock, 60);
        let fourth = right_password(&ctx).await;
        let right = app_code(&ctx.services, &secret);
        assert!(matches!(enter_second_factor(&ctx, &fourth, &right).await.unwrap(), Proven::In { .. }));

        let mut tx = ctx.services.db.read().await.unwrap();
        let account = store::accounts::find_by_email(&mut tx, SAM).await.unwrap().unwrap().id;
        drop(tx);
        assert_eq!(
            trail(&ctx.services, account).await.iter().filter(|action| *action == "fail_second_factor").count(),
            10
        );
    })
    .await;
}

#[tokio::test]
async fn an_unknown_address_and_a_wrong_password_look_the_same() {
    store::testing::both(|db| async move {
        let (ctx, _) = browser(db);
        sam(&ctx).await;
        amira(&ctx).await;
        let invited = "invited@trust.example";
        invite_staff(&ctx.services, invited, "Not Yet", Some("RX1"), Role::Coordinator, Rights::ALL).await.unwrap();
        for (email, password) in [
            (SAM, "wrong password"),
            ("nobody@trust.example", PASSWORD),
            (AMIRA, PASSWORD),
            (invited, PASSWORD),
            ("nonsense", ""),
            (SAM, &"x".repeat(5000)),
        ] {
            let Entered::Wrong(token) = enter(&ctx, email, password).await else { panic!("{email}") };
            let page = staff_under_way(&ctx, &token).await.unwrap().unwrap();
            assert_eq!((page.email.as_str(), page.left), (email, None), "what was typed is kept");
            assert_eq!(enter_second_factor(&ctx, &token, "123456").await.unwrap(), Proven::Expired);
        }
    })
    .await;
}

#[tokio::test]
async fn ten_passwords_for_an_address_in_fifteen_minutes() {
    store::testing::both(|db| async move {
        let (ctx, clock) = browser(db);
        let (_, secret) = sam(&ctx).await;
        for _ in 0..10 {
            assert!(matches!(enter(&ctx, SAM, "wrong").await, Entered::Wrong(_)));
        }
        assert!(matches!(enter_password(&ctx, SAM, PASSWORD, "", None).await, Err(Error::TooMany(900))));
        pass_minutes(&clock, 15);
        let token = right_password(&ctx).await;
        let code = app_code(&ctx.services, &secret);
        assert!(matches!(enter_second_factor(&ctx, &token, &code).await.unwrap(), Proven::In { .. }));
        // Signing in clears the count.
        for _ in 0..10 {
            assert!(matches!(enter(&ctx, SAM, "wrong").await, Entered::Wrong(_)));
        }
    })
    .await;
}

#[tokio::test]
async fn a_second_factor_has_ten_minutes() {
    store::testing::both(|db| async move {
        let (ctx, clock) = browser(db);
        let (_, secret) = sam(&ctx).await;
        let token = right_password(&ctx).await;
        pass_minutes(&clock, 10);
        let code = app_code(&ctx.services, &secret);
        assert_eq!(enter_second_factor(&ctx, &token, &code).await.unwrap(), Proven::Expired);
    })
    .await;
}

#[tokio::test]
async fn an_invitation_works_once_within_seven_days() {
    store::testing::both(|db| async move {
        let (ctx, clock) = browser(db.clone());
        let token = invite_sam(&ctx.services).await;
        let view = view_invitation(&ctx, &token).await.unwrap();
        assert_eq!(
            (view.name.as_str(), view.email.as_str(), view.organisation.as_str()),
            ("Sam Okafor", SAM, "Moor and Dale NHS Foundation Trust")
        );
        assert!(view.qr.size > 21 && view.qr.path.starts_with("M4 4h1"), "the corner of a QR code is dark");
        let plain = view.secret.replace(' ', "");
        assert_eq!(plain.len(), 32);
        assert!(!store::testing::everything(&db).await.iter().any(|row| row.contains(&plain) || row.contains(&token)));

        let code = app_code(&ctx.services, &view.secret);
        let problems = |password: &'static str, code: String| {
            let (ctx, token) = (ctx.clone(), token.clone());
            async move {
                match accept_invitation(&ctx, &token, password, &code).await.unwrap() {
                    Accepted::Problems(problems) => problems,
                    Accepted::In { .. } => panic!("accepted"),
                }
            }
        };
        assert_eq!(problems("short", other_than(&code)).await, [InvitationProblem::Short, InvitationProblem::Code]);
        assert_eq!(problems("short", code.clone()).await, [InvitationProblem::Short]);
        assert_eq!(problems(PASSWORD, other_than(&code)).await, [InvitationProblem::Code]);
        pass_minutes(&clock, 7 * 24 * 60 - 1);
        let code = app_code(&ctx.services, &view.secret);
        assert!(matches!(accept_invitation(&ctx, &token, PASSWORD, &code).await.unwrap(), Accepted::In { .. }));
        assert!(matches!(view_invitation(&ctx, &token).await, Err(Error::NotFound)));
        assert!(matches!(accept_invitation(&ctx, &token, PASSWORD, &code).await, Err(Error::NotFound)));

        let late = invite_sam(&ctx.services).await;
        pass_minutes(&clock, 7 * 24 * 60);
        assert!(matches!(view_invitation(&ctx, &late).await, Err(Error::NotFound)));
    })
    .await;
}

#[tokio::test]
async fn a_newer_invitation_replaces_the_older_and_ends_sessions() {
    store::testing::both(|db| async move {
        let (ctx, clock) = browser(db);
        let (session, secret) = sam(&ctx).await;
        let older = invite_sam(&ctx.services).await;
        let newer = invite_sam(&ctx.services).await;
        assert!(matches!(view_invitation(&ctx, &older).await, Err(Error::NotFound)));
        let fresh = view_invitation(&ctx, &newer).await.unwrap().secret;
        assert_ne!(fresh, secret);
        assert!(actor(&ctx.services, &session).await.is_some(), "nothing ends before it is accepted");
        pass_minutes(&clock, 1);
        let code = app_code(&ctx.services, &fresh);
        assert!(matches!(
            accept_invitation(&ctx, &newer, "a wholly new one", &code).await.unwrap(),
            Accepted::In { .. }
        ));
        assert!(actor(&ctx.services, &session).await.is_none());
        assert!(matches!(enter(&ctx, SAM, PASSWORD).await, Entered::Wrong(_)));
    })
    .await;
}

#[tokio::test]
async fn invitations_that_will_not_do_say_why() {
    store::testing::both(|db| async move {
        let (ctx, _) = browser(db);
        amira(&ctx).await;
        invite_sam(&ctx.services).await;
        for (email, name, code, role, words) in [
            ("nonsense", "A", Some("RX1"), Role::Coordinator, "not an email address"),
            (SAM, " ", Some("RX1"), Role::Coordinator, "Say the person's name"),
            (SAM, "Sam", Some("NONE"), Role::Coordinator, "no organisation with the code"),
            (SAM, "Sam", None, Role::Adviser, "Say which organisation"),
            (SAM, "Sam", Some("RX1"), Role::Learner, "Nobody is invited as learner"),
            (AMIRA, "Amira", Some("RX1"), Role::Coordinator, "belongs to a learner"),
        ] {
            let Err(Error::Refused(sentence)) = invite_staff(&ctx.services, email, name, code, role, Rights::ALL).await
            else {
                panic!("{words}")
            };
            assert!(sentence.contains(words), "{sentence}");
        }
        invite_staff(&ctx.services, "national@england.example", "Nat", None, Role::National, Rights::default())
            .await
            .unwrap();
    })
    .await;
}
