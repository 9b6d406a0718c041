//! The bank holidays of England and Wales, in the layout of <https://www.gov.uk/bank-holidays.json>.

use std::collections::{BTreeMap, BTreeSet};

use chrono::{Datelike, NaiveDate};
use domain::Role;
use serde::Deserialize;
use serde_json::json;
use sheets::{Refusal, Report};
use store::bank_holidays::BankHoliday;

use crate::{Error, Result, Services, audit, working_days};

const DIVISION: &str = "england-and-wales";

#[derive(Deserialize)]
struct Division {
    events: Vec<Event>,
}

#[derive(Deserialize)]
struct Event {
    #[serde(default)]
    title: String,
    #[serde(default)]
    date: String,
    #[serde(default)]
    notes: String,
}

/// The days of the file, and what is wrong with others.
fn read(text: &str) -> Result<(usize, Vec<BankHoliday>, Vec<Refusal>)> {
    let file: BTreeMap<String, Division> = serde_json::from_str(text).map_err(|error| {
        Error::refused(format!(
            "This is not the file bank-holidays.json of gov.uk: line {}, column {}: {error}",
            error.line(),
            error.column()
        ))
    })?;
    let Some(division) = file.get(DIVISION) else {
        return Err(Error::refused(format!(
            "The file has no \"{DIVISION}\". Take it from www.gov.uk/bank-holidays.json"
        )));
    };
    let (mut days, mut refused, mut seen) = (Vec::new(), Vec::new(), BTreeSet::new());
    // Where a value stands, for whoever mends it: below the division's name.
    let start = text.find(&format!("\"{DIVISION}\"")).unwrap_or(0);
    let line = |value: &str| {
        let at = text[start..].find(&format!("\"{value}\"")).map_or(start, |at| start + at);
        u32::try_from(text[..at].matches('\n').count() + 1).unwrap_or(u32::MAX)
    };
    for event in &division.events {
        let mut refuse = |column: &str, value: &str, reason: &str, mend: &str| {
            refused.push(Refusal {
                line: line(value),
                column: column.into(),
                value: value.into(),
                reason: reason.into(),
                mend: mend.into(),
                file: None,
            });
        };
        match event.date.parse::<NaiveDate>() {
            _ if event.title.trim().is_empty() => {
                refuse("title", &event.date, "This bank holiday has no title.", "Give it its name.");
            }
            Ok(day) if !seen.insert(day) => {
                refuse("date", &event.date, "This day is there twice.", "Leave one of them out.");
            }
            Ok(day) => days.push(BankHoliday {
                day,
                title: event.title.trim().to_owned(),
                notes: event.notes.trim().to_owned(),
            }),
            Err(_) => refuse("date", &event.date, "This is not a date.", "Write it like 2027-12-27."),
        }
    }
    days.sort_by_key(|holiday| holiday.day);
    Ok((division.events.len(), days, refused))
}

/// Imports the file: all of it or nothing, since a day that is missing moves people's deadlines. Years that it
/// does not reach over stay as they were.
pub(super) async fn import(services: &Services, bytes: &[u8], file_name: &str) -> Result<Report> {
    let text = std::str::from_utf8(bytes)
        .map_err(|_| Error::refused("This is not the file bank-holidays.json of gov.uk: it is not UTF-8."))?;
    let (read, days, refused) = read(text)?;
    let (Some(first), Some(last)) = (days.first(), days.last()) else {
        return if refused.is_empty() {
            Err(Error::refused("The file has no bank holidays in it."))
        } else {
            Ok(Report { read, refused, ..Report::default() })
        };
    };
    if !refused.is_empty() {
        return Ok(Report { read, refused, ..Report::default() });
    }
    let from = NaiveDate::from_ymd_opt(first.day.year(), 1, 1).unwrap_or(first.day);
    let to = NaiveDate::from_ymd_opt(last.day.year(), 12, 31).unwrap_or(last.day);
    let mut tx = services.db.write().await?;
    let before: Vec<_> = store::bank_holidays::list(&mut tx)
        .await?
        .into_iter()
        .filter(|holiday| (from..=to).contains(&holiday.day))
        .collect();
    let unchanged = days.iter().filter(|holiday| before.contains(holiday)).count();
    if before != days {
        store::bank_holidays::replace(&mut tx, from, to, &days).await?;
        let detail = json!({ "file": file_name, "from": from, "to": last.day, "days": days.len() });
        audit::record(&mut tx, services, None, Role::System, "import", "list", "bank-holidays", None, detail).await?;
    }
    tx.commit().await?;
    working_days::refresh(services).await?;
    Ok(Report { read, taken: days.len() - unchanged, unchanged, refused, remarks: Vec::new() })
}

#[cfg(test)]
mod tests {
    use domain::State;
    use store::testing::both;

    use super::*;
    use crate::reference::{List, import};
    use crate::testing::{World, services};

    fn file(dates: &[&str]) -> String {
        let events: Vec<_> = dates
            .iter()
            .map(|date| format!("      {{\n        \"title\": \"Holiday\",\n        \"date\": \"{date}\",\n        \"notes\": \"\",\n        \"bunting\": true\n      }}"))
            .collect();
        let events = events.join(",\n");
        format!(
            "{{\n  \"scotland\": {{\"division\": \"scotland\", \"events\": []}},\n  \"england-and-wales\": {{\n    \"division\": \"england-and-wales\",\n    \"events\": [\n{events}\n    ]\n  }}\n}}"
        )
    }

    #[tokio::test]
    async fn what_is_imported_counts_on_every_instance_and_moves_no_promise() {
        both(|db| async move {
            let (one, _) = services(db.clone(), "2027-03-01T09:00:00");
            let (two, _) = services(db, "2027-03-01T09:00:00");
            let world = World::make(&one, 1, &[]).await.unwrap();
            let amira = world.learner("amira", 2005).await.unwrap();
            let reference = world.apply(&amira, "Amira").await.unwrap();
            let promised = async || {
                let mut tx = one.db.read().await.unwrap();
                store::applications::find(&mut tx, &reference).await.unwrap().unwrap()
            };
            let before = promised().await;
            assert_eq!(
                (before.state, before.decide_by.unwrap().to_string().as_str()),
                (State::Submitted, "2027-03-15")
            );

            // Wednesday 3 March 2027 is proclaimed.
            let report = import(
                &one,
                List::BankHolidays,
                file(&["2027-01-01", "2027-03-03", "2027-12-27"]).as_bytes(),
                "bank-holidays.json",
            )
            .await
            .unwrap();
            assert_eq!((report.read, report.taken, report.unchanged), (3, 3, 0));
            let today = one.today();
            assert_eq!(one.working_days.after(today, 10).to_string(), "2027-03-16");
            assert_eq!(two.working_days.after(today, 10).to_string(), "2027-03-15");
            assert!(working_days::refresh(&two).await.unwrap());
            assert!(!working_days::refresh(&two).await.unwrap());
            assert_eq!(two.working_days.after(today, 10).to_string(), "2027-03-16");
            assert_eq!(promised().await.decide_by, before.decide_by);
            let ben = world.learner("ben", 2005).await.unwrap();
            let later = world.apply(&ben, "Ben").await.unwrap();
            let mut tx = one.db.read().await.unwrap();
            let later = store::applications::find(&mut tx, &later).await.unwrap().unwrap();
            drop(tx);
            assert_eq!(later.decide_by.unwrap().to_string(), "2027-03-16");

            // The same again changes nothing; the next year's file leaves this year alone.
            let report =
                import(&one, List::BankHolidays, file(&["2027-01-01", "2027-03-03", "2027-12-27"]).as_bytes(), "f")
                    .await;
            assert_eq!(report.unwrap().unchanged, 3);
            assert!(!working_days::refresh(&two).await.unwrap());
            import(&one, List::BankHolidays, file(&["2028-01-03"]).as_bytes(), "f").await.unwrap();
            assert!(!one.working_days.is_working_day("2027-03-03".parse().unwrap()));
            assert_eq!(one.working_days.now().published_until().unwrap().to_string(), "2028-01-03");
        })
        .await;
    }

    #[tokio::test]
    async fn what_is_wrong_is_named_by_line_and_field_and_nothing_is_taken() {
        both(|db| async move {
            let (services, _) = services(db, "2027-03-01T09:00:00");
            let wrong = file(&["2027-01-01", "27 December", "2027-01-01"]);
            let report = import(&services, List::BankHolidays, wrong.as_bytes(), "f").await.unwrap();
            assert_eq!((report.read, report.taken), (3, 0));
            let named: Vec<_> = report.refused.iter().map(|r| (r.line, r.column.as_str(), r.value.as_str())).collect();
            let line = u32::try_from(wrong.lines().position(|line| line.contains("27 December")).unwrap() + 1).unwrap();
            assert_eq!(named[0], (line, "date", "27 December"));
            assert!(named[1].1 == "date" && report.refused[1].reason.contains("twice"));
            for (text, expected) in [
                ("{", "line 1"),
                ("{}", "has no \"england-and-wales\""),
                ("{\"england-and-wales\":{\"events\":[]}}", "no bank holidays in it"),
                ("Date,Name\n2027-01-01,New Year", "not the file bank-holidays.json"),
            ] {
                let error = import(&services, List::BankHolidays, text.as_bytes(), "f").await.unwrap_err().to_string();
                assert!(error.contains(expected), "{text}: {error}");
            }
            assert_eq!(services.working_days.now().published_until(), None);
        })
        .await;
    }
}
