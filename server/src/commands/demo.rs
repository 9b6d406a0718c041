//! `wex demo`.

use services::demo::Scale;
use services::{Services, demonstration};

use crate::cli::Demo;
use crate::config::Config;
use crate::progress::Progress;
use crate::{Failure, start};

pub async fn run(config: &Config, asked: &Demo) -> Result<u8, Failure> {
    let started = start::services(config, true).await?;
    if demonstration::owner(&started.services).await? == demonstration::Owner::Demonstration {
        return Err(Failure::new("this database has demonstration data already. Serve it with: wex serve --demo"));
    }
    fill(&started.services, asked.scale).await?;
    started.services.db.close().await;
    Ok(0)
}

/// Fills an empty database.
pub async fn fill(services: &Services, scale: Option<Scale>) -> Result<(), Failure> {
    let mut progress = Progress::default();
    let written = services::demo::fill(services, scale, |what, done, all| progress.count(what, done, all)).await?;
    drop(progress);
    eprintln!(
        "Demonstration data: {} organisations, {} opportunities with {} sessions, {} learners, {} applications, {} talks and courses taken.",
        written.organisations,
        written.opportunities,
        written.sessions,
        written.learners,
        written.applications,
        written.enrolments
    );
    Ok(())
}
