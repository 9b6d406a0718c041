//! Areas: integrated care boards, NHS England's regions, local authorities and the regions of England,
//! each file recognised by its headings.

use serde::Serialize;

use super::table::{Column, Table, optional};
use super::{ListError, Reading, readable_name};
use crate::cell::SheetRow;

/// An area with both of its codes: an integrated care board or an NHS England region.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct AreaCode {
    /// The line of the file.
    pub line: u32,
    /// The ODS code: QOX, Y56.
    pub ods_code: String,
    /// The ONS code: E54000040.
    pub gss_code: String,
    /// The name, in readable letters.
    pub name: String,
}

/// A line of the publisher's table of boards. Its last three pairs of columns are three lists side by
/// side: what stands on one line belongs to the board, not to one another.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct IcbMember {
    /// The line of the file.
    pub line: u32,
    /// The NHS England region's ODS code.
    pub region: String,
    /// The NHS England region's name.
    pub region_name: String,
    /// The board's ODS code.
    pub icb: String,
    /// The board's ONS code.
    pub icb_gss: String,
    /// The board's name, in readable letters.
    pub icb_name: String,
    /// Name and ODS code of a local authority in it.
    pub authority: Option<(String, String)>,
    /// Name and ODS code of a place (once a CCG) in it.
    pub sub_icb: Option<(String, String)>,
    /// Name and ODS code of a trust in it.
    pub trust: Option<(String, String)>,
}

/// A local authority and its region (ONS).
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct AuthorityRegion {
    /// The line of the file.
    pub line: u32,
    /// The authority's ONS code.
    pub code: String,
    /// The authority's name.
    pub name: String,
    /// The code of the authority that serves the same people now: itself, or its successor.
    pub active_code: String,
    /// That authority's name.
    pub active_name: String,
    /// The region's code; none outside England.
    pub region: Option<String>,
    /// The region's name.
    pub region_name: Option<String>,
    /// The country's name.
    pub country: String,
    /// Whether the authority still exists.
    pub current: bool,
}

/// A region of England (ONS).
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct Region {
    /// The line of the file.
    pub line: u32,
    /// The ONS code: E12000001.
    pub code: String,
    /// The name.
    pub name: String,
    /// The country's name.
    pub country: String,
}

/// What a file of areas holds.
#[derive(Clone, Debug, PartialEq, Serialize)]
#[serde(rename_all = "snake_case")]
pub enum Area {
    /// Integrated care boards.
    Icbs(Reading<AreaCode>),
    /// What belongs to each board.
    IcbMembers(Reading<IcbMember>),
    /// NHS England's regions.
    NhsRegions(Reading<AreaCode>),
    /// Local authorities and their regions.
    Authorities(Reading<AuthorityRegion>),
    /// The regions of England.
    Regions(Reading<Region>),
}

/// A file of areas as read.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct AreaReading {
    /// What it holds.
    pub area: Area,
    /// The years for which its name says that it holds: `icb_42_2022-26.csv` is 2022 and 2026, a name
    /// with one year has no end.
    pub years: Option<(i32, Option<i32>)>,
}

impl AreaReading {
    /// The counts, as if every row were new.
    pub fn report(&self) -> crate::Report {
        match &self.area {
            Area::Icbs(reading) | Area::NhsRegions(reading) => reading.report(),
            Area::IcbMembers(reading) => reading.report(),
            Area::Authorities(reading) => reading.report(),
            Area::Regions(reading) => reading.report(),
        }
    }
}

const LIST: &str = "a list of areas that we know";
const AGAIN: &str = "Download the file from its publisher again.";

/// Reads any of the five files of areas, recognised by its headings.
///
/// # Errors
/// When the file is no text with separators, or has the headings of none of them.
pub fn areas(bytes: &[u8], file_name: &str) -> Result<AreaReading, ListError> {
    let table = Table::read(bytes)?;
    let area = if table.column(&["NHS England Region Code"]).is_some() {
        Area::IcbMembers(members(&table)?)
    } else if table.column(&["LADCD"]).is_some() {
        Area::Authorities(authorities(&table)?)
    } else if table.column(&["RGNCD"]).is_some() {
        Area::Regions(regions(&table)?)
    } else {
        let reading = codes(&table)?;
        // Boards and regions come in the same layout; their codes tell them apart.
        if reading.rows.iter().all(|row| row.ods_code.starts_with('Y')) {
            Area::NhsRegions(reading)
        } else {
            Area::Icbs(reading)
        }
    };
    Ok(AreaReading { area, years: years(file_name) })
}

/// Takes every row in which each needed column says something, and refuses the rest.
fn collect<T>(table: &Table, needed: &[&Column], make: impl Fn(&SheetRow) -> T) -> Reading<T> {
    let mut out = Reading::default();
    for row in &table.rows {
        out.read += 1;
        match needed.iter().find(|column| column.text(row).is_empty()) {
            Some(column) => out.refuse(row.line, &column.name, "", "This cell is empty.", AGAIN),
            None => out.rows.push(make(row)),
        }
    }
    out
}

fn codes(table: &Table) -> Result<Reading<AreaCode>, ListError> {
    let ods = table.need(LIST, &["ods_code"])?;
    let gss = table.need(LIST, &["gss_code"])?;
    let name = table.need(LIST, &["name"])?;
    Ok(collect(table, &[&ods, &gss, &name], |row| AreaCode {
        line: row.line,
        ods_code: ods.text(row),
        gss_code: gss.text(row),
        name: readable_name(&name.text(row)),
    }))
}

fn members(table: &Table) -> Result<Reading<IcbMember>, ListError> {
    let region = table.need(LIST, &["NHS England Region Code"])?;
    let region_name = table.need(LIST, &["NHS England Region"])?;
    let icb = table.need(LIST, &["ODS ICB Code"])?;
    let gss = table.need(LIST, &["ONS ICB Boundary Code"])?;
    let icb_name = table.need(LIST, &["ICB Name"])?;
    let pair = |name: &[&str], code: &str| (table.column(name), table.column(&[code]));
    let sub = pair(&["Sub ICB Locations (formerly CCGs)"], "ODS Sub ICB Code");
    let authority = pair(&["Local Authority"], "ODS LA Code");
    let trust = pair(&["NHS Trusts"], "ODS Trust Code");
    let both = |(name, code): &(Option<Column>, Option<Column>), row: &SheetRow| {
        Some((optional(name.as_ref(), row)?, optional(code.as_ref(), row)?))
    };
    Ok(collect(table, &[&region, &region_name, &icb, &gss, &icb_name], |row| IcbMember {
        line: row.line,
        region: region.text(row),
        region_name: region_name.text(row),
        icb: icb.text(row),
        icb_gss: gss.text(row),
        icb_name: readable_name(&icb_name.text(row)),
        authority: both(&authority, row),
        sub_icb: both(&sub, row),
        trust: both(&trust, row),
    }))
}

fn authorities(table: &Table) -> Result<Reading<AuthorityRegion>, ListError> {
    let code = table.need(LIST, &["LADCD"])?;
    let name = table.need(LIST, &["LADNM"])?;
    let active = table.need(LIST, &["LADCD_ACTIVE"])?;
    let active_name = table.need(LIST, &["LADNM_ACTIVE"])?;
    let country = table.need(LIST, &["CTRYNM"])?;
    let region = table.column(&["RGNCD"]);
    let region_name = table.column(&["RGNNM"]);
    let current = table.column(&["Current"]);
    Ok(collect(table, &[&code, &name, &active, &active_name, &country], |row| AuthorityRegion {
        line: row.line,
        code: code.text(row),
        name: name.text(row),
        active_code: active.text(row),
        active_name: active_name.text(row),
        region: optional(region.as_ref(), row),
        region_name: optional(region_name.as_ref(), row),
        country: country.text(row),
        current: optional(current.as_ref(), row).is_none_or(|text| text.eq_ignore_ascii_case("true")),
    }))
}

fn regions(table: &Table) -> Result<Reading<Region>, ListError> {
    let code = table.need(LIST, &["RGNCD"])?;
    let name = table.need(LIST, &["RGNNM"])?;
    let country = table.need(LIST, &["CTRYNM"])?;
    Ok(collect(table, &[&code, &name, &country], |row| Region {
        line: row.line,
        code: code.text(row),
        name: name.text(row),
        country: country.text(row),
    }))
}

/// "…2022-26…" is 2022 to 2026; "…2026…" is from 2026.
fn years(file_name: &str) -> Option<(i32, Option<i32>)> {
    let runs: Vec<&str> = file_name.split(|c: char| !c.is_ascii_digit()).collect();
    let at = runs.iter().position(|run| run.len() == 4 && run.starts_with("20"))?;
    let from: i32 = runs[at].parse().ok()?;
    let to = runs.get(at + 1).filter(|run| matches!(run.len(), 2 | 4)).and_then(|run| run.parse::<i32>().ok());
    let to = to.map(|year| if year < 100 { from / 100 * 100 + year } else { year }).filter(|to| *to >= from);
    Some((from, to))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_file_name_says_its_years() {
        assert_eq!(years("icb_42_2022-26.csv"), Some((2022, Some(2026))));
        assert_eq!(years("ons_la_to_region_2026.csv"), Some((2026, None)));
        assert_eq!(years("ons_regions.csv"), None);
    }

    #[test]
    fn other_files_are_no_areas() {
        let error = areas(b"a,b\n1,2\n", "x.csv").unwrap_err();
        assert!(error.to_string().contains("ods_code"), "{error}");
    }
}
