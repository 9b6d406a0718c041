//! One row: each cell read by its meaning.

use chrono::NaiveDate;
use domain::understand::{self, Ages, Days, Hours, Places, Problem, Taken, is_not_known, tidy};
use domain::{Delivery, Kind};

use super::{Given, Missing, Note, UnderstoodRow, rules};
use crate::cell::{Cell, NOTHING, SheetRow, Value};
use crate::fields::Field;
use crate::mapping::Mapping;
use crate::report::Refusal;

/// Reads a row, with every problem that it has where it has any.
pub(super) fn understand(row: &SheetRow, mapping: &Mapping, given: &Given) -> Result<UnderstoodRow, Vec<Refusal>> {
    let mut read = RowReader { row, mapping, given, refusals: Vec::new(), notes: Vec::new(), missing: Vec::new() };
    read.dropped_links();
    let organisation = read.organisation();
    let title = read.line(Field::Title);
    if title.is_none() {
        let mend = if mapping.column(Field::Title).is_some() {
            "Type what the opportunity is called."
        } else {
            "Add a column with the heading “Opportunity title”."
        };
        read.refuse(Field::Title, Problem::new("The title is missing.", mend));
    }
    let title = title.unwrap_or_default();
    let kind = read.kind(&title);
    let what = read.paragraphs(Field::WhatYouWillDo);
    let delivery = read.delivery(kind, &title, what.as_deref().unwrap_or_default());
    let (start, end) = read.days();
    let hours = read.hours();
    let places = read.places(delivery);
    let ages = read.ages();
    let closing = read.closing(start);
    let (place, town, postcode) = read.place(delivery);
    let contact_email = read.contact();
    let (setting, audiences, nothing_needed) = (read.setting(), read.audiences(), read.nothing_needed());
    if !read.refusals.is_empty() {
        return Err(read.refusals);
    }
    // Without refusals each of these is there: its absence is a refusal above.
    let (Some(organisation), Some(kind)) = (organisation, kind) else {
        return Err(read.refusals);
    };
    Ok(UnderstoodRow {
        line: row.line,
        reference: read.line(Field::Reference),
        organisation,
        department: read.line(Field::Department),
        title,
        kind,
        delivery,
        start,
        end,
        daily_start: hours.map(|hours| hours.from),
        daily_end: hours.and_then(|hours| hours.to),
        capacity: places.capacity,
        per_day: places.per_day,
        min_age: ages.min,
        max_age: ages.max,
        closing,
        place,
        town,
        postcode,
        who_for: read.paragraphs(Field::WhoFor),
        what_you_will_do: what,
        dress: read.paragraphs(Field::Dress),
        contact_email,
        setting,
        audiences,
        nothing_needed,
        by_bus: read.paragraphs(Field::ByBus),
        equipment: read.paragraphs(Field::Equipment),
        steps_before: read.paragraphs(Field::StepsBefore),
        steps_after: read.paragraphs(Field::StepsAfter),
        notes: read.notes,
        missing: read.missing,
    })
}

pub(super) struct RowReader<'a> {
    row: &'a SheetRow,
    mapping: &'a Mapping,
    given: &'a Given,
    refusals: Vec<Refusal>,
    notes: Vec<Note>,
    missing: Vec<Missing>,
}

impl Mapping {
    /// The cell of a row that a field stands in; empty where no column means it.
    pub(crate) fn cell<'a>(&self, row: &'a SheetRow, field: Field) -> &'a Cell {
        self.column(field).map_or(&NOTHING, |column| row.cell(column.index))
    }
}

impl RowReader<'_> {
    fn cell(&self, field: Field) -> &Cell {
        self.mapping.cell(self.row, field)
    }
    pub(super) fn paragraphs(&self, field: Field) -> Option<String> {
        Some(tidy(&self.cell(field).text)).filter(|text| !text.is_empty())
    }
    pub(super) fn line(&self, field: Field) -> Option<String> {
        self.paragraphs(field).map(|text| text.replace('\n', " "))
    }
    fn refuse(&mut self, field: Field, problem: Problem) {
        self.refusals.push(Refusal {
            line: self.row.line,
            column: self.mapping.header(field).to_owned(),
            value: tidy(&self.cell(field).text),
            reason: problem.reason,
            mend: problem.mend,
            file: None,
        });
    }
    pub(super) fn note(&mut self, field: Field, understood_as: impl Into<String>) {
        self.notes.push(Note {
            column: self.mapping.header(field).to_owned(),
            value: tidy(&self.cell(field).text),
            understood_as: understood_as.into(),
        });
    }
    /// Keeps the remark about a value, and gives the value.
    pub(super) fn take<T>(&mut self, field: Field, taken: Taken<T>) -> T {
        if let Some(note) = taken.note {
            self.note(field, note);
        }
        taken.value
    }

    fn dropped_links(&mut self) {
        for field in Field::ALL {
            if self.cell(field).link_dropped {
                self.note(field, "the text was kept and its link was dropped");
            }
        }
    }

    fn organisation(&mut self) -> Option<String> {
        if let Some(written) = self.line(Field::Organisation) {
            return Some(written);
        }
        if let Some(given) = self.given.organisation.clone() {
            self.note(Field::Organisation, format!("taken as {given}"));
            return Some(given);
        }
        let mend = "Type the organisation’s code or name, or choose one for the whole file.";
        self.refuse(Field::Organisation, Problem::new("The organisation is missing.", mend));
        None
    }

    fn kind(&mut self, title: &str) -> Option<Kind> {
        let Some(written) = self.line(Field::Kind) else {
            // “Careers talk: Maternity” says its kind in its title.
            if let Ok(taken) = understand::kind(title) {
                self.note(Field::Kind, format!("by its title, taken as {}", taken.value.label().to_lowercase()));
                return Some(taken.value);
            }
            let mend = "Type “Work experience”, “Work-related learning” or “Careers information”.";
            self.refuse(Field::Kind, Problem::new("The kind of opportunity is missing.", mend));
            return None;
        };
        match understand::kind(&written) {
            Ok(taken) => Some(self.take(Field::Kind, taken)),
            Err(problem) => {
                self.refuse(Field::Kind, problem);
                None
            }
        }
    }

    fn delivery(&mut self, kind: Option<Kind>, title: &str, what: &str) -> Delivery {
        let written = self.line(Field::Delivery);
        let delivery = match written.as_deref().map(understand::delivery) {
            Some(Ok(taken)) => Some(self.take(Field::Delivery, taken)),
            Some(Err(_)) => {
                self.missing.push(Missing::Delivery);
                self.note(Field::Delivery, "we could not tell whether this is in person or online");
                None
            }
            None => {
                // “Virtual work experience” says it in its kind; a title may say it too.
                let said = self.line(Field::Kind).into_iter().chain([title.to_owned()]);
                let found = said.filter_map(|text| understand::delivery(&text).ok()).map(|taken| taken.value).next();
                match (found, kind) {
                    (Some(found), _) => {
                        self.note(
                            Field::Delivery,
                            format!("by its type or title, taken as {}", found.label().to_lowercase()),
                        );
                        Some(found)
                    }
                    (None, Some(Kind::WorkExperience)) => {
                        self.note(Field::Delivery, "work experience, so taken as in person");
                        Some(Delivery::InPerson)
                    }
                    (None, _) => {
                        self.missing.push(Missing::Delivery);
                        None
                    }
                }
            }
        };
        if kind == Some(Kind::WorkExperience) && delivery == Some(Delivery::Online) {
            let columns = (self.mapping.header(Field::Kind), self.mapping.header(Field::Delivery));
            let problem = rules::online_work_experience(title, what, columns);
            self.refuse(Field::Kind, problem);
        }
        delivery.unwrap_or(Delivery::InPerson)
    }

    /// The days of a cell that a spreadsheet or a person wrote. `None` where nothing is known yet.
    fn days_in(&self, field: Field) -> Option<Result<Taken<Days>, Problem>> {
        let cell = self.cell(field);
        match cell.value {
            Value::Date(at) => Some(Ok(Taken::plain(Days::one(at.date())))),
            _ if is_not_known(&cell.text) => None,
            _ => Some(understand::dates(&cell.text, self.given.today)),
        }
    }

    fn days(&mut self) -> (Option<NaiveDate>, Option<NaiveDate>) {
        let start = match self.days_in(Field::Start) {
            None => {
                self.missing.push(Missing::Start);
                None
            }
            Some(Ok(taken)) => Some(self.take(Field::Start, taken)),
            Some(Err(problem)) => {
                self.refuse(Field::Start, problem);
                None
            }
        };
        let end = match self.days_in(Field::End) {
            None => None,
            Some(Ok(taken)) => Some(self.take(Field::End, taken).last),
            Some(Err(problem)) => {
                self.refuse(Field::End, problem);
                None
            }
        };
        let Some(start) = start else {
            return (None, end);
        };
        if let Some(problem) = rules::start_passed(start.first, self.given.today) {
            self.refuse(Field::Start, problem);
        }
        if let Some(problem) = end.and_then(|end| rules::end_fits(start, end)) {
            self.refuse(Field::End, problem);
        }
        (Some(start.first), Some(end.unwrap_or(start.last)))
    }

    fn hours(&mut self) -> Option<Hours> {
        let written = self.line(Field::Times)?;
        if is_not_known(&written) {
            self.note(Field::Times, "the times are not known yet");
            return None;
        }
        match understand::hours(&written) {
            Ok(taken) => Some(self.take(Field::Times, taken)),
            Err(problem) => {
                self.note(Field::Times, format!("not taken: {}", uncapitalised(&problem.reason)));
                self.missing.push(Missing::Times);
                None
            }
        }
    }

    /// Spreadsheets turn "6-8" into the sixth of August; what was meant is then lost.
    fn was_turned_into_a_date(&self, field: Field) -> bool {
        let cell = self.cell(field);
        match cell.value {
            Value::Date(_) => true,
            Value::Text => {
                let has_month = cell.text.chars().any(char::is_alphabetic) || cell.text.contains('/');
                has_month && understand::dates(&cell.text, self.given.today).is_ok()
            }
            _ => false,
        }
    }

    fn places(&mut self, delivery: Delivery) -> Places {
        let mut places = Places::default();
        if self.was_turned_into_a_date(Field::Places) {
            self.note(Field::Places, "a date, perhaps made by the spreadsheet: the number of places is not known yet");
        } else {
            match understand::places(&self.cell(Field::Places).text) {
                Ok(taken) => places = self.take(Field::Places, taken),
                Err(problem) => self.refuse(Field::Places, problem),
            }
        }
        let nothing_written = self.cell(Field::Places).is_blank();
        // Nobody counts the seats of an online talk.
        if places.capacity.is_none() && !(nothing_written && delivery == Delivery::Online) {
            self.missing.push(Missing::Places);
        }
        places
    }

    fn ages(&mut self) -> Ages {
        let mut ages = Ages::default();
        if self.was_turned_into_a_date(Field::MinAge) {
            self.note(Field::MinAge, "a date, perhaps made by the spreadsheet: the ages are not known yet");
        } else {
            match understand::ages(&self.cell(Field::MinAge).text) {
                Ok(taken) => ages = self.take(Field::MinAge, taken),
                Err(problem) => self.refuse(Field::MinAge, problem),
            }
        }
        if !is_not_known(&self.cell(Field::MaxAge).text) {
            match understand::ages(&self.cell(Field::MaxAge).text) {
                // A bare 18 in this column is the oldest age.
                Ok(taken) => ages.max = taken.value.max.or(taken.value.min),
                Err(problem) => self.refuse(Field::MaxAge, problem),
            }
            if let Some(problem) = rules::ages_in_order(ages) {
                self.refuse(Field::MaxAge, problem);
            }
        }
        if ages.min.is_none() {
            self.missing.push(Missing::MinimumAge);
        }
        ages
    }

    fn closing(&mut self, start: Option<NaiveDate>) -> Option<NaiveDate> {
        let days = match self.days_in(Field::Closing)? {
            Ok(taken) => self.take(Field::Closing, taken),
            Err(problem) => {
                self.refuse(Field::Closing, problem);
                return None;
            }
        };
        if let Some(problem) = rules::closing_fits(days, start) {
            self.refuse(Field::Closing, problem);
            return None;
        }
        if days.first < self.given.today {
            self.note(Field::Closing, "this date has passed, so nobody can apply");
        }
        Some(days.first)
    }

    fn place(&mut self, delivery: Delivery) -> (Option<String>, Option<String>, Option<String>) {
        let mut place = self.line(Field::Where).filter(|written| !is_not_known(written));
        let mut postcode = None;
        let written = self.cell(Field::Postcode).text.clone();
        if !is_not_known(&written) {
            match understand::postcode(&written) {
                Ok(taken) => postcode = Some(self.take(Field::Postcode, taken)),
                Err(_) if understand::is_outcode(&written) => {
                    self.note(Field::Postcode, "only the first half of a postcode: add the rest");
                }
                Err(problem) => self.refuse(Field::Postcode, problem),
            }
        } else if let Some((found, before)) = place.as_deref().and_then(understand::postcode_in) {
            self.note(Field::Where, format!("the postcode {found} was found in it"));
            postcode = Some(found);
            place = Some(before);
        }
        let town = self.line(Field::Town).or_else(|| {
            let parts: Vec<&str> =
                place.as_deref()?.split(',').map(str::trim).filter(|part| !part.is_empty()).collect();
            parts.last().map(|last| (*last).to_owned())
        });
        if delivery != Delivery::Online {
            if place.is_none() && town.is_none() {
                self.missing.push(Missing::Where);
            }
            if postcode.is_none() {
                self.missing.push(Missing::Postcode);
            }
        }
        (place, town, postcode)
    }

    fn contact(&mut self) -> Option<String> {
        let written = self.line(Field::Contact)?;
        if is_not_known(&written) {
            return None;
        }
        match understand::email(&written) {
            Ok(taken) => Some(self.take(Field::Contact, taken)),
            Err(problem) => {
                self.note(Field::Contact, format!("not taken: {}", uncapitalised(&problem.reason)));
                self.missing.push(Missing::Contact);
                None
            }
        }
    }
}

pub(super) fn uncapitalised(sentence: &str) -> String {
    let mut chars = sentence.trim_end_matches('.').chars();
    chars.next().map_or_else(String::new, |first| first.to_lowercase().chain(chars).collect())
}
