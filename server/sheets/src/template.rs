//! A list to fill in, for whoever keeps none: every column that is understood, and one row as an example.

use chrono::{Datelike, NaiveDate};

use crate::fields::Field;

/// The list as CSV, as spreadsheets open it. The example is in July of the year after `today`.
pub fn template(today: NaiveDate) -> Vec<u8> {
    let year = today.year() + 1;
    let example = |field: Field| match field {
        Field::Reference => "A1".to_owned(),
        // Whoever imports it posts for one organisation.
        Field::Organisation | Field::MaxAge | Field::Contact => String::new(),
        Field::Department => "Pharmacy".into(),
        Field::Title => "Example: a week with the pharmacy team".into(),
        Field::Kind => "Work experience".into(),
        Field::Delivery => "In person".into(),
        Field::Start => format!("05/07/{year}"),
        Field::End => format!("09/07/{year}"),
        Field::Times => "9am to 4pm".into(),
        Field::Places => "4".into(),
        Field::MinAge => "16".into(),
        Field::Closing => format!("01/06/{year}"),
        Field::Where => "Royal Infirmary, Bradford".into(),
        Field::Town => "Bradford".into(),
        Field::Postcode => "BD9 6RJ".into(),
        Field::WhoFor => "Anybody who wants to know how medicines work".into(),
        Field::WhatYouWillDo => "Watch how medicines are made ready, and talk with patients.".into(),
        Field::Dress => "Flat shoes, hair tied back".into(),
        Field::Setting => "Clinical".into(),
        Field::Audiences => "school students, sixth form and college students".into(),
        Field::NothingNeeded => "Yes".into(),
        Field::ByBus => "Line 680 stops at the door, every 10 minutes".into(),
        Field::Equipment => "Nothing: we lend what you need".into(),
        Field::StepsBefore => "An hour online about hygiene".into(),
        Field::StepsAfter => "Many come back for a second week".into(),
    };
    let mut out = csv::Writer::from_writer(b"\xef\xbb\xbf".to_vec());
    // Into memory: nothing can fail. The mark in front tells Excel that it is UTF-8.
    let _ = out.write_record(Field::ALL.map(Field::label));
    let _ = out.write_record(Field::ALL.map(example));
    out.into_inner().unwrap_or_default()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::{Given, Mapping, opportunities, read};

    #[test]
    fn it_is_understood_in_every_cell() {
        let today = "2027-12-31".parse().unwrap();
        let sheet = read(&template(today), "template.csv").unwrap();
        let mapping = Mapping::find(&sheet).unwrap();
        for (index, field) in Field::ALL.into_iter().enumerate() {
            assert_eq!(mapping.column(field).map(|column| column.index), Some(index), "{field:?}");
        }
        let given = Given { organisation: Some("RAE".into()), ..Given::on(today) };
        let understood = opportunities(&sheet, &mapping, &given);
        assert_eq!(understood.problems, []);
        let row = &understood.rows[0];
        assert_eq!(row.missing, []);
        assert_eq!(row.notes.iter().map(|note| note.column.as_str()).collect::<Vec<_>>(), ["Organisation"]);
        assert_eq!((row.nothing_needed, row.audiences.as_ref().map(Vec::len)), (Some(true), Some(2)));
        assert_eq!(row.by_bus.as_deref(), Some("Line 680 stops at the door, every 10 minutes"));
    }
}
