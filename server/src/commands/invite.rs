//! `wex invite`.

use domain::Role;
use services::identity::{Rights, invite_staff};

use crate::cli::{Invite, Right};
use crate::config::Config;
use crate::{Failure, start};

pub async fn run(config: &Config, asked: &Invite) -> Result<u8, Failure> {
    let role = Role::parse(&asked.role).ok_or_else(|| {
        Failure::new(format!("{:?} is not a role. Choose coordinator, supervisor, adviser or national", asked.role))
    })?;
    let rights = match &asked.rights {
        None => Rights::ALL,
        Some(chosen) => Rights {
            can_post: chosen.contains(&Right::Post),
            can_decide: chosen.contains(&Right::Decide),
            can_see_sensitive: chosen.contains(&Right::SeeSensitive),
            can_manage: chosen.contains(&Right::Manage),
        },
    };
    let started = start::either(config).await?;
    let link =
        invite_staff(&started.services, &asked.email, &asked.name, asked.organisation.as_deref(), role, rights).await?;
    println!("{link}");
    eprintln!("Give this link to {} alone. It works once, within 7 days.", asked.name);
    started.services.db.close().await;
    Ok(0)
}
