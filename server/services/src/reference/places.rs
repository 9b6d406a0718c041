//! Saving where things are.

use domain::words::count;
use sheets::Report;
use sheets::reference::{Level, Places};
use store::organisations::Saved;
use store::places::Centre;

use super::{List, finish};
use crate::{Result, Services};

/// Saves what files of postcodes or districts said, in one transaction. A row counts as taken where the
/// middle that it belongs to is new or has moved.
///
/// # Errors
/// When the store fails.
pub async fn save_places(services: &Services, places: Places) -> Result<Report> {
    let of_level = |level: Level| places.centres.iter().filter(|centre| centre.level == level).count();
    let (districts, sectors) = (of_level(Level::District), of_level(Level::Sector));
    let rows: Vec<usize> = places.centres.iter().map(|centre| centre.rows).collect();
    let centres: Vec<Centre> = places
        .centres
        .into_iter()
        .map(|one| Centre { code: one.code, town: one.town, latitude: one.latitude, longitude: one.longitude })
        .collect();
    let mut tx = services.db.write().await?;
    let new = store::places::save_all(&mut tx, &centres).await?;
    let taken = new.iter().zip(&rows).filter(|(new, _)| **new).map(|(_, rows)| rows).sum();
    let mut saved = Saved { taken, unchanged: 0 };
    let report = Report { read: places.read, refused: places.refused, ..Report::default() };
    saved.unchanged = report.read - report.refused_lines() - taken;
    let mut report = finish(services, tx, List::Places, report.read, report.refused, saved).await?;
    if sectors > 0 {
        let words = |number: usize, one, many| count(i64::try_from(number).unwrap_or(i64::MAX), one, many);
        report.remarks.push(format!(
            "They give the middles of {} and {}.",
            words(districts, "district", "districts"),
            words(sectors, "sector", "sectors")
        ));
    }
    for (number, what) in
        [(places.unplaced, "no place is given"), (places.ended, "the postcode ended, and its sector has others")]
    {
        if number > 0 {
            let rows = count(i64::try_from(number).unwrap_or(i64::MAX), "row", "rows");
            report.remarks.push(format!("{rows} left out: {what}."));
        }
    }
    Ok(report)
}
