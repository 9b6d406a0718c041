//! Organisations: providers, schools and colleges, with the names that people look for them by.

mod save;

use chrono::NaiveDate;
use domain::ids::OrganisationId;
use uuid::Uuid;

use crate::{Result, Tx};

pub use save::{Saved, save_all};

/// An organisation. Its code is the publisher's: ODS code, or URN of a school.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Organisation {
    /// Its identifier.
    pub id: OrganisationId,
    /// ODS code, URN, or a code of our own.
    pub code: String,
    /// Its name as shown.
    pub name: String,
    /// "nhs_trust", "school", "icb" and so on.
    pub kind: String,
    /// The NHS England region's code.
    pub region_code: Option<String>,
    /// The integrated care board's code.
    pub icb_code: Option<String>,
    /// Lines of the address, separated by commas.
    pub address: Option<String>,
    /// Town.
    pub town: Option<String>,
    /// Postcode.
    pub postcode: Option<String>,
    /// First day.
    pub opened_on: Option<NaiveDate>,
    /// Last day; `None` while it is open.
    pub closed_on: Option<NaiveDate>,
    /// The code of the organisation that took it over.
    pub successor_code: Option<String>,
}

#[derive(sqlx::FromRow)]
struct Row {
    id: Uuid,
    code: String,
    name: String,
    kind: String,
    region_code: Option<String>,
    icb_code: Option<String>,
    address: Option<String>,
    town: Option<String>,
    postcode: Option<String>,
    opened_on: Option<NaiveDate>,
    closed_on: Option<NaiveDate>,
    successor_code: Option<String>,
}

impl From<Row> for Organisation {
    fn from(row: Row) -> Self {
        Self {
            id: OrganisationId(row.id),
            code: row.code,
            name: row.name,
            kind: row.kind,
            region_code: row.region_code,
            icb_code: row.icb_code,
            address: row.address,
            town: row.town,
            postcode: row.postcode,
            opened_on: row.opened_on,
            closed_on: row.closed_on,
            successor_code: row.successor_code,
        }
    }
}

const COLUMNS: &str =
    "id, code, name, kind, region_code, icb_code, address, town, postcode, opened_on, closed_on, successor_code";

/// A name as it is compared: lower case, letters and digits, single spaces. An apostrophe joins
/// ("St Paul's" and "St Pauls"), "&" is "and", every other sign separates.
#[must_use]
pub fn search_name(name: &str) -> String {
    let mut out = String::with_capacity(name.len());
    for c in name.replace('&', " and ").chars() {
        match c {
            '\'' | '\u{2018}' | '\u{2019}' | '`' => {}
            c if c.is_alphanumeric() => out.extend(c.to_lowercase()),
            _ if !out.is_empty() && !out.ends_with(' ') => out.push(' '),
            _ => {}
        }
    }
    out.truncate(out.trim_end().len());
    out
}

/// The organisation with this identifier.
pub async fn find(tx: &mut Tx, id: OrganisationId) -> Result<Option<Organisation>> {
    let sql = format!("select {COLUMNS} from organisations where id = $1");
    Ok(opt!(tx, Row, sqlx::AssertSqlSafe(sql.clone()), id.0)?.map(Into::into))
}

/// The organisation with this code, in capitals or not.
pub async fn find_by_code(tx: &mut Tx, code: &str) -> Result<Option<Organisation>> {
    let sql = format!("select {COLUMNS} from organisations where code = $1");
    Ok(opt!(tx, Row, sqlx::AssertSqlSafe(sql.clone()), code.trim().to_uppercase())?.map(Into::into))
}

/// Every organisation with this name, whatever its capitals and punctuation; open ones first. Schools
/// share names; two trusts never do.
pub async fn find_by_name(tx: &mut Tx, name: &str) -> Result<Vec<Organisation>> {
    let sql = format!(
        "select {COLUMNS} from organisations where search_name = $1 order by case when closed_on is null then 0 else 1 end, code limit 50"
    );
    Ok(all!(tx, Row, sqlx::AssertSqlSafe(sql.clone()), search_name(name))?.into_iter().map(Into::into).collect())
}

/// The one organisation that somebody means by a code or a name; a school only by its code. `None` when
/// there is none, or when several have the name.
pub async fn find_named(tx: &mut Tx, typed: &str) -> Result<Option<Organisation>> {
    if let Some(found) = find_by_code(tx, typed).await? {
        return Ok(Some(found));
    }
    let named: Vec<_> = find_by_name(tx, typed).await?.into_iter().filter(|o| o.kind != "school").collect();
    let open = named.iter().filter(|o| o.closed_on.is_none()).count();
    Ok(match (open, named.len()) {
        (1, _) | (0, 1) => named.into_iter().next(),
        _ => None,
    })
}

/// The organisation that stands in for a closed one now: its successor's successor, if need be. `None`
/// when it is open or no successor is known.
pub async fn find_successor(tx: &mut Tx, organisation: &Organisation) -> Result<Option<Organisation>> {
    let mut latest = None;
    let mut code = organisation.successor_code.clone();
    // Mergers follow each other a few times at most; the limit guards against a ring.
    for _ in 0..8 {
        let Some(next) = code.take() else { break };
        let Some(found) = find_by_code(tx, &next).await? else { break };
        code.clone_from(&found.successor_code);
        latest = Some(found);
    }
    Ok(latest)
}

/// Every organisation of a kind, by name.
pub async fn list(tx: &mut Tx, kind: &str) -> Result<Vec<Organisation>> {
    let sql = format!("select {COLUMNS} from organisations where kind = $1 order by search_name, code");
    Ok(all!(tx, Row, sqlx::AssertSqlSafe(sql.clone()), kind)?.into_iter().map(Into::into).collect())
}

/// How many organisations of a kind there are.
pub async fn count(tx: &mut Tx, kind: &str) -> Result<i64> {
    Ok(one!(tx, (i64,), "select count(*) from organisations where kind = $1", kind)?.0)
}

/// A school as a search shows it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct School {
    /// Its identifier.
    pub id: OrganisationId,
    /// Its URN.
    pub code: String,
    /// Its name.
    pub name: String,
    /// Town, if known.
    pub town: Option<String>,
    /// Postcode, if known.
    pub postcode: Option<String>,
    /// Its last day, if it closed.
    pub closed_on: Option<NaiveDate>,
    /// The name of the school that took it over.
    pub successor: Option<String>,
}

#[derive(sqlx::FromRow)]
struct SchoolRow {
    id: Uuid,
    code: String,
    name: String,
    town: Option<String>,
    postcode: Option<String>,
    closed_on: Option<NaiveDate>,
    successor: Option<String>,
}

/// Schools and colleges in whose name, town or postcode each of these words begins a word; open ones
/// first, then those whose name begins like that. Words beyond the sixth narrow nothing.
pub async fn school_matches(tx: &mut Tx, words: &str, limit: i64) -> Result<Vec<School>> {
    let typed = search_name(words);
    if typed.is_empty() {
        return Ok(Vec::new());
    }
    let mut patterns = typed.split(' ').map(|word| format!("% {word}%"));
    let mut next = || patterns.next().unwrap_or_else(|| "%".to_owned());
    // `w` is what can be searched, with a space before each word.
    let rows = all!(
        tx,
        SchoolRow,
        "select s.id, s.code, s.name, s.town, s.postcode, s.closed_on, n.name as successor
         from (select id, code, name, search_name, town, postcode, closed_on, successor_code,
                      ' ' || search_name || ' ' || lower(coalesce(town, '')) || ' ' || lower(coalesce(postcode, '')) as w
               from organisations where kind in ('school', 'college', 'university')) s
         left join organisations n on n.code = s.successor_code
         where s.w like $1 and s.w like $2 and s.w like $3 and s.w like $4 and s.w like $5 and s.w like $6
         order by case when s.closed_on is null then 0 else 1 end, case when s.search_name like $7 then 0 else 1 end, s.search_name, s.code
         limit $8",
        next(),
        next(),
        next(),
        next(),
        next(),
        next(),
        format!("{typed}%"),
        limit,
    )?;
    Ok(rows
        .into_iter()
        .map(|row| School {
            id: OrganisationId(row.id),
            code: row.code,
            name: row.name,
            town: row.town,
            postcode: row.postcode,
            closed_on: row.closed_on,
            successor: row.successor,
        })
        .collect())
}

#[cfg(test)]
mod tests {
    use super::*;

    fn school(n: u128, code: &str, name: &str, town: &str) -> Organisation {
        Organisation {
            id: OrganisationId(Uuid::from_u128(n)),
            code: code.into(),
            name: name.into(),
            kind: "school".into(),
            region_code: None,
            icb_code: None,
            address: None,
            town: Some(town.into()),
            postcode: Some("LS1 4AP".into()),
            opened_on: NaiveDate::from_ymd_opt(1999, 9, 1),
            closed_on: None,
            successor_code: None,
        }
    }

    #[test]
    fn names_are_compared_without_capitals_and_punctuation() {
        assert_eq!(search_name("  St. Paul's C. of E. (Aided) School "), "st pauls c of e aided school");
        assert_eq!(search_name("St Paul\u{2019}s"), search_name("ST PAULS"));
        assert_eq!(search_name("Health & Care"), "health and care");
        assert_eq!(search_name("—"), "");
    }

    #[tokio::test]
    async fn the_story_of_organisations() {
        crate::testing::both(|db| async move {
            let closed = Organisation {
                closed_on: NaiveDate::from_ymd_opt(2020, 8, 31),
                successor_code: Some("100003".into()),
                ..school(4, "100004", "Abbey Grange Old School", "Leeds")
            };
            let trust = Organisation {
                kind: "nhs_trust".into(),
                ..school(9, "RAE", "Bradford Teaching Hospitals NHS Foundation Trust", "Bradford")
            };
            let all = vec![
                school(1, "100001", "St Paul's School", "York"),
                school(2, "100002", "St Paul's School", "Leeds"),
                school(3, "100003", "Abbey Grange Academy", "Leeds"),
                closed.clone(),
                trust.clone(),
            ];
            let mut tx = db.write().await.unwrap();
            assert_eq!(save_all(&mut tx, &all).await.unwrap(), Saved { taken: 5, unchanged: 0 });
            // A second time nothing changes, and identifiers stay.
            let again: Vec<_> = all
                .iter()
                .map(|o| Organisation { id: OrganisationId(Uuid::from_u128(100 + o.id.0.as_u128())), ..o.clone() })
                .collect();
            assert_eq!(save_all(&mut tx, &again).await.unwrap(), Saved { taken: 0, unchanged: 5 });
            let renamed = Organisation { name: "Abbey Grange College".into(), ..again[2].clone() };
            assert_eq!(save_all(&mut tx, &[renamed]).await.unwrap(), Saved { taken: 1, unchanged: 0 });
            let found = find_by_code(&mut tx, "100003").await.unwrap().unwrap();
            assert_eq!((found.id, found.name.as_str()), (all[2].id, "Abbey Grange College"));
            assert_eq!(find(&mut tx, trust.id).await.unwrap().unwrap(), trust);
            assert_eq!(find_named(&mut tx, " rae ").await.unwrap().unwrap(), trust);
            assert_eq!(find_named(&mut tx, "BRADFORD TEACHING HOSPITALS, N.H.S.").await.unwrap(), None);
            assert_eq!(
                find_named(&mut tx, "bradford teaching hospitals nhs foundation trust").await.unwrap().unwrap(),
                trust
            );
            assert_eq!(find_by_name(&mut tx, "st pauls school").await.unwrap().len(), 2);
            assert_eq!(find_named(&mut tx, "st pauls school").await.unwrap(), None);
            assert_eq!(find_successor(&mut tx, &closed).await.unwrap().unwrap().code, "100003");
            let names = |schools: Vec<School>| schools.into_iter().map(|s| (s.code, s.successor)).collect::<Vec<_>>();
            assert_eq!(names(school_matches(&mut tx, "pauls leeds", 10).await.unwrap()), [("100002".to_owned(), None)]);
            assert_eq!(
                names(school_matches(&mut tx, "ABBEY grang", 10).await.unwrap()),
                [("100003".to_owned(), None), ("100004".to_owned(), Some("Abbey Grange College".to_owned()))]
            );
            assert_eq!(school_matches(&mut tx, "bradford", 10).await.unwrap(), []);
            assert_eq!(school_matches(&mut tx, "'%'", 10).await.unwrap(), []);
            assert_eq!(school_matches(&mut tx, "st", 1).await.unwrap().len(), 1);
            assert_eq!(
                (count(&mut tx, "school").await.unwrap(), list(&mut tx, "nhs_trust").await.unwrap().len()),
                (4, 1)
            );
            tx.commit().await.unwrap();
        })
        .await;
    }
}
