//! Importing official lists: NHS trusts, schools, postcodes and their districts, areas. For the command line; each
//! list is saved in one transaction, and importing it again changes nothing.

mod areas;
mod bank_holidays;
mod places;
#[cfg(test)]
mod tests;

use domain::Role;
use domain::ids::OrganisationId;
use serde_json::json;
use sheets::reference::PlaceFiles;
use sheets::{Refusal, Report, reference};
use store::organisations::{Organisation, Saved};

use crate::{Error, Result, Services, audit};

pub use places::save_places;

/// Which list.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum List {
    /// NHS trusts, in the layout of the ODS file `etr`.
    Trusts,
    /// Schools and colleges, as GIAS gives them.
    Schools,
    /// Postcodes or postcode districts, with where they are.
    Places,
    /// Boards, regions or local authorities.
    Areas,
    /// Bank holidays, as gov.uk publishes them.
    BankHolidays,
}

impl List {
    /// Its word at the command line.
    #[must_use]
    pub fn as_str(self) -> &'static str {
        match self {
            Self::Trusts => "trusts",
            Self::Schools => "schools",
            Self::Places => "places",
            Self::Areas => "areas",
            Self::BankHolidays => "bank-holidays",
        }
    }
}

/// Imports a list from the bytes of its file.
///
/// # Errors
/// [`Error::Refused`] when the file is not such a list.
pub async fn import(services: &Services, list: List, bytes: &[u8], file_name: &str) -> Result<Report> {
    let unreadable = |error: reference::ListError| Error::refused(error.to_string());
    match list {
        List::BankHolidays => bank_holidays::import(services, bytes, file_name).await,
        List::Trusts => {
            let reading = reference::trusts(bytes).map_err(unreadable)?;
            let rows: Vec<_> = reading.rows.into_iter().map(|trust| organisation_of_trust(services, trust)).collect();
            save_organisations(services, list, reading.read, reading.refused, rows).await
        }
        List::Schools => {
            let reading = reference::schools(bytes).map_err(unreadable)?;
            let rows: Vec<_> =
                reading.rows.into_iter().map(|school| organisation_of_school(services, school)).collect();
            save_organisations(services, list, reading.read, reading.refused, rows).await
        }
        List::Places => {
            let mut files = PlaceFiles::default();
            files.read(file_name, bytes, &mut |_| {}).map_err(unreadable)?;
            save_places(services, files.finish()).await
        }
        List::Areas => {
            let reading = reference::areas(bytes, file_name).map_err(unreadable)?;
            let report = reading.report();
            let rows = areas::rows(reading);
            let mut tx = services.db.write().await?;
            let saved = store::places::save_areas(&mut tx, &rows).await?;
            finish(services, tx, list, report.read, report.refused, saved).await
        }
    }
}

async fn save_organisations(
    services: &Services,
    list: List,
    read: usize,
    refused: Vec<Refusal>,
    rows: Vec<Organisation>,
) -> Result<Report> {
    let mut tx = services.db.write().await?;
    let saved = store::organisations::save_all(&mut tx, &rows).await?;
    finish(services, tx, list, read, refused, saved).await
}

/// Audits and commits.
async fn finish(
    services: &Services,
    mut tx: store::Tx,
    list: List,
    read: usize,
    refused: Vec<Refusal>,
    saved: Saved,
) -> Result<Report> {
    let report = Report { read, taken: saved.taken, unchanged: saved.unchanged, refused, remarks: Vec::new() };
    let detail = json!({ "read": report.read, "taken": report.taken, "unchanged": report.unchanged, "refused": report.refused_lines() });
    audit::record(&mut tx, services, None, Role::System, "import_list", "list", list.as_str(), None, detail).await?;
    // Names, areas and places stand in what the search shows.
    if report.taken > 0 {
        store::catalogue::everything_changed(&mut tx).await?;
    }
    tx.commit().await?;
    Ok(report)
}

fn organisation_of_trust(services: &Services, trust: reference::Trust) -> Organisation {
    let address = (!trust.address.is_empty()).then(|| trust.address.join(", "));
    Organisation {
        id: OrganisationId(services.uuid()),
        code: trust.code,
        name: trust.name,
        kind: "nhs_trust".into(),
        region_code: trust.region,
        icb_code: trust.icb,
        address,
        town: trust.town,
        postcode: trust.postcode,
        opened_on: trust.opened,
        closed_on: trust.closed,
        successor_code: None,
    }
}

fn organisation_of_school(services: &Services, school: reference::School) -> Organisation {
    Organisation {
        id: OrganisationId(services.uuid()),
        code: school.urn.to_string(),
        name: school.name,
        kind: "school".into(),
        region_code: None,
        icb_code: None,
        address: None,
        town: school.town,
        postcode: school.postcode,
        opened_on: school.opened,
        closed_on: school.closed,
        successor_code: None,
    }
}
