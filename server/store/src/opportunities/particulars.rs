//! What an opportunity says beside its facts, for learners to find it and to see whether they can come.

use domain::ids::OpportunityId;
use domain::search::{Audience, Setting};
use serde::{Deserialize, Serialize};

use crate::dialect::known;
use crate::{Result, Tx};

/// For whom it is, and what it takes to come; in the provider's own words where it is text.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Particulars {
    /// With patients or not; where nobody said, the area of work tells.
    pub setting: Option<Setting>,
    /// For whom; where nobody said, what is written under "who it is for" tells.
    pub audiences: Option<Vec<Audience>>,
    /// No experience and no grades are needed.
    pub nothing_needed: bool,
    /// Buses and stops.
    pub by_bus: String,
    /// What somebody has to have for it, and what they do who have none.
    pub equipment: String,
    /// What comes before: learning first.
    pub steps_before: String,
    /// What usually follows.
    pub steps_after: String,
}

#[derive(sqlx::FromRow)]
struct Row {
    setting: Option<String>,
    audiences: Option<String>,
    nothing_needed: bool,
    by_bus: String,
    equipment: String,
    steps_before: String,
    steps_after: String,
}

/// An opportunity's particulars; empty ones where there is none.
pub async fn particulars(tx: &mut Tx, id: OpportunityId) -> Result<Particulars> {
    let row = opt!(
        tx,
        Row,
        "select setting, audiences, nothing_needed, by_bus, equipment, steps_before, steps_after from opportunities where id = $1",
        id.0
    )?;
    let Some(row) = row else { return Ok(Particulars::default()) };
    Ok(Particulars {
        setting: row.setting.map(|word| known("setting", &word, Setting::parse)).transpose()?,
        audiences: row
            .audiences
            .map(|words| words.split_whitespace().map(|word| known("audience", word, Audience::parse)).collect())
            .transpose()?,
        nothing_needed: row.nothing_needed,
        by_bus: row.by_bus,
        equipment: row.equipment,
        steps_before: row.steps_before,
        steps_after: row.steps_after,
    })
}

/// Keeps them. The caller keeps the version and says that the catalogue has changed.
pub async fn save_particulars(tx: &mut Tx, id: OpportunityId, new: &Particulars) -> Result<()> {
    let audiences =
        new.audiences.as_ref().map(|audiences| audiences.iter().map(|one| one.as_str()).collect::<Vec<_>>().join(" "));
    exec!(
        tx,
        "update opportunities set setting = $1, audiences = $2, nothing_needed = $3, by_bus = $4, equipment = $5,
                steps_before = $6, steps_after = $7 where id = $8",
        new.setting.map(Setting::as_str),
        audiences,
        new.nothing_needed,
        &new.by_bus,
        &new.equipment,
        &new.steps_before,
        &new.steps_after,
        id.0,
    )?;
    Ok(())
}
