use super::*;
use crate::Error;

const HOUR: i64 = 60;
const DAY: i64 = 24 * HOUR;

#[tokio::test]
async fn a_learner_is_signed_out_after_14_idle_days() {
    store::testing::both(|db| async move {
        let (ctx, clock) = browser(db);
        let session = amira(&ctx).await;
        pass_minutes(&clock, 14 * DAY - 1);
        assert!(actor(&ctx.services, &session).await.is_some());
        pass_minutes(&clock, 14 * DAY - 1);
        assert!(actor(&ctx.services, &session).await.is_some(), "that look counted as use");
        pass_minutes(&clock, 14 * DAY);
        assert!(actor(&ctx.services, &session).await.is_none());
    })
    .await;
}

#[tokio::test]
async fn a_learner_is_signed_out_after_60_days_however_busy() {
    store::testing::both(|db| async move {
        let (ctx, clock) = browser(db);
        let session = amira(&ctx).await;
        for _ in 0..59 {
            pass_minutes(&clock, DAY);
            assert!(actor(&ctx.services, &session).await.is_some());
        }
        pass_minutes(&clock, DAY);
        assert!(actor(&ctx.services, &session).await.is_none());
    })
    .await;
}

#[tokio::test]
async fn staff_are_signed_out_after_2_idle_hours_and_after_12_in_any_case() {
    store::testing::both(|db| async move {
        let (ctx, clock) = browser(db);
        let (session, _) = sam(&ctx).await;
        for _ in 0..11 {
            pass_minutes(&clock, HOUR);
            assert!(actor(&ctx.services, &session).await.is_some());
        }
        pass_minutes(&clock, HOUR);
        assert!(actor(&ctx.services, &session).await.is_none(), "12 hours");

        let (session, _) = sam(&ctx).await;
        pass_minutes(&clock, 2 * HOUR);
        assert!(actor(&ctx.services, &session).await.is_none(), "2 idle hours");
    })
    .await;
}

#[tokio::test]
async fn reading_seldom_writes() {
    store::testing::both(|db| async move {
        let (ctx, clock) = browser(db.clone());
        let session = amira(&ctx).await;
        let before = store::testing::everything(&db).await;
        clock.set_offset(clock.offset() + 59_999_999);
        actor(&ctx.services, &session).await.unwrap();
        assert_eq!(store::testing::everything(&db).await, before);
        clock.set_offset(clock.offset() + 1);
        actor(&ctx.services, &session).await.unwrap();
        assert_ne!(store::testing::everything(&db).await, before);
    })
    .await;
}

#[tokio::test]
async fn signing_out_ends_this_browser_or_all() {
    store::testing::both(|db| async move {
        let (ctx, _) = browser(db);
        let (phone, desk, other) = (amira(&ctx).await, amira(&ctx).await, amira(&ctx).await);
        sign_out(&as_signed_in(&ctx.services, &phone).await, &phone).await.unwrap();
        assert!(actor(&ctx.services, &phone).await.is_none());
        assert!(actor(&ctx.services, &desk).await.is_some());
        // Twice does no harm.
        sign_out(&ctx, &phone).await.unwrap();

        let signed_in = as_signed_in(&ctx.services, &desk).await;
        let account = signed_in.actor().unwrap().account;
        sign_out_everywhere(&signed_in).await.unwrap();
        for session in [&desk, &other] {
            assert!(actor(&ctx.services, session).await.is_none());
        }
        assert!(matches!(sign_out_everywhere(&ctx).await, Err(Error::SignIn)));
        let trail = trail(&ctx.services, account).await;
        assert_eq!(
            trail.iter().filter(|action| action.starts_with("sign_out")).collect::<Vec<_>>(),
            ["sign_out", "sign_out_everywhere"]
        );
    })
    .await;
}

#[tokio::test]
async fn a_session_is_replaced_at_sign_in() {
    store::testing::both(|db| async move {
        let (ctx, _) = browser(db);
        let (earlier, now) = (amira(&ctx).await, amira(&ctx).await);
        assert_ne!(earlier, now);
        replace_session(&ctx.services, &earlier).await.unwrap();
        assert!(actor(&ctx.services, &earlier).await.is_none());
        assert!(actor(&ctx.services, &now).await.is_some());
        for nonsense in ["", "no token", &"x".repeat(64), &"0".repeat(64), &"0".repeat(100_000)] {
            assert!(actor(&ctx.services, nonsense).await.is_none());
        }
    })
    .await;
}

#[tokio::test]
async fn what_has_ended_is_tidied_away() {
    store::testing::both(|db| async move {
        let (ctx, clock) = browser(db.clone());
        let session = amira(&ctx).await;
        ask(&ctx, AMIRA).await;
        let tidy_now = async || {
            let mut tx = ctx.services.db.write().await.unwrap();
            let rows = tidy(&mut tx, &ctx.services).await.unwrap();
            tx.commit().await.unwrap();
            rows
        };
        assert_eq!(tidy_now().await, 0);
        pass_minutes(&clock, 11);
        assert_eq!(tidy_now().await, 1, "the try");
        pass_minutes(&clock, DAY);
        assert_eq!(tidy_now().await, 1, "the count");
        assert!(actor(&ctx.services, &session).await.is_some());
        pass_minutes(&clock, 90 * DAY);
        assert_eq!(tidy_now().await, 1, "the session");
    })
    .await;
}

#[tokio::test]
async fn one_click_signs_in_only_in_the_demonstration_and_only_as_its_people() {
    store::testing::both(|db| async move {
        let (ctx, _) = browser(db);
        let real = as_signed_in(&ctx.services, &amira(&ctx).await).await.actor().unwrap().account;
        let made_up = store::accounts::Account {
            id: domain::ids::AccountId(ctx.services.uuid()),
            email: "demo@mail.example".into(),
            name: "Demo".into(),
            created_at: ctx.services.now(),
            password_hash: None,
            totp_secret: None,
            totp_last_step: None,
            demonstration: true,
        };
        let mut tx = ctx.services.db.write().await.unwrap();
        store::accounts::insert_account(&mut tx, &made_up).await.unwrap();
        tx.commit().await.unwrap();
        assert!(matches!(sign_in_as(&ctx, made_up.id).await, Err(Error::NotFound)));

        let demonstration = Services::new(
            ctx.services.db.clone(),
            ctx.services.clock.clone(),
            ctx.services.random.clone(),
            crate::Settings { demonstration: true, ..ctx.services.settings.clone() },
        );
        let ctx = testing::ctx(&demonstration, None);
        assert!(matches!(sign_in_as(&ctx, real).await, Err(Error::NotFound)));
        let session = sign_in_as(&ctx, made_up.id).await.unwrap();
        assert_eq!(actor(&demonstration, &session).await.unwrap().name, "Demo");
    })
    .await;
}
