//! What becomes of each row, decided without writing anything.

use std::collections::{BTreeSet, HashMap};

use chrono::NaiveDate;
use domain::ids::OrganisationId;
use domain::publishing::NO_LIMIT;
use domain::words;
use sheets::{Field, Given, Mapping, Refusal, Repeat, Report, Sheet, UnderstoodRow};
use store::Tx;
use store::organisations::Organisation;

use super::Options;
use super::merge::{Merged, Stored, merge, row_hash};
use crate::{Error, Result};

/// [`Options`], with the organisation looked up.
#[derive(Debug, Clone)]
pub(super) struct Choice {
    /// Of rows that name none.
    pub(super) organisation: Option<Organisation>,
    pub(super) all_to_organisation: bool,
    pub(super) only: Option<OrganisationId>,
    pub(super) publish: bool,
}

impl Choice {
    /// # Errors
    /// [`Error::Refused`] when the chosen organisation is unknown or closed.
    pub(super) async fn of(tx: &mut Tx, options: &Options) -> Result<Self> {
        let mut organisation = None;
        if let Some(typed) = &options.organisation {
            let found = store::organisations::find_named(tx, typed).await?;
            organisation = Some(found.ok_or_else(|| {
                Error::refused(format!(
                    "We know no organisation “{typed}”. Give its ODS code, like RYR, or its full name."
                ))
            })?);
        }
        if options.all_to_organisation && organisation.is_none() {
            return Err(Error::refused("Say for which organisation all rows are."));
        }
        Ok(Self {
            organisation,
            all_to_organisation: options.all_to_organisation,
            only: options.only,
            publish: options.publish,
        })
    }
}

/// What is to be done with a row.
#[derive(Debug, Clone)]
pub(super) enum Step {
    /// Add it.
    Add(Box<Merged>),
    /// Save it as the next version.
    Change(Box<Merged>, Box<Stored>),
    /// Nothing: it says what is stored already.
    Keep(Box<Merged>),
}

/// A row that is taken.
#[derive(Debug, Clone)]
pub(super) struct Planned {
    pub(super) row: UnderstoodRow,
    pub(super) hash: String,
    pub(super) organisation: Organisation,
    pub(super) publish: bool,
    pub(super) step: Step,
}

/// A whole file.
#[derive(Debug, Clone, Default)]
pub(super) struct Plan {
    pub(super) read: usize,
    pub(super) rows: Vec<Planned>,
    pub(super) repeats: Vec<Repeat>,
    pub(super) refused: Vec<Refusal>,
    pub(super) above: Vec<String>,
}

impl Plan {
    pub(super) fn report(&self) -> Report {
        let unchanged = self.rows.iter().filter(|planned| matches!(planned.step, Step::Keep(_))).count();
        Report {
            read: self.read,
            taken: self.rows.len() - unchanged,
            unchanged: unchanged + self.repeats.len(),
            refused: self.refused.clone(),
            remarks: Vec::new(),
        }
    }
}

/// Understands the sheet and compares it with what is stored.
pub(super) async fn plan(
    tx: &mut Tx,
    sheet: &Sheet,
    mapping: &Mapping,
    today: NaiveDate,
    choice: &Choice,
) -> Result<Plan> {
    let given = Given {
        organisation: choice.organisation.as_ref().map(|organisation| organisation.code.clone()),
        ..Given::on(today)
    };
    let understood = sheets::opportunities(sheet, mapping, &given);
    let mut plan =
        Plan { read: understood.read, refused: understood.problems, above: understood.above, ..Plan::default() };
    let mut planner = Planner { sheet, mapping, today, choice, organisations: HashMap::new(), seen: HashMap::new() };
    for row in understood.rows {
        match planner.row(tx, row).await? {
            Ok(planned) => plan.rows.push(planned),
            Err(refusals) => plan.refused.extend(refusals),
        }
    }
    let refused: BTreeSet<u32> = plan.refused.iter().map(|refusal| refusal.line).collect();
    for repeat in understood.repeats {
        if refused.contains(&repeat.of) {
            let reason = format!("This row repeats line {}, which was not taken.", repeat.of);
            plan.refused.push(planner.refusal(
                repeat.line,
                Field::Reference,
                reason,
                "Mend that line, and remove this one.",
            ));
        } else {
            plan.repeats.push(repeat);
        }
    }
    plan.refused.sort_by_key(|refusal| refusal.line);
    Ok(plan)
}

type Why = (String, String);

struct Planner<'a> {
    sheet: &'a Sheet,
    mapping: &'a Mapping,
    today: NaiveDate,
    choice: &'a Choice,
    organisations: HashMap<String, Result<Organisation, Why>>,
    /// Title and first day of rows without a reference, with their lines.
    seen: HashMap<(OrganisationId, String, Option<NaiveDate>), u32>,
}

impl Planner<'_> {
    async fn row(&mut self, tx: &mut Tx, row: UnderstoodRow) -> Result<Result<Planned, Vec<Refusal>>> {
        let organisation = match self.organisation(tx, &row.organisation).await? {
            Ok(organisation) => organisation,
            Err((reason, mend)) => return Ok(Err(vec![self.refusal(row.line, Field::Organisation, reason, mend)])),
        };
        if row.reference.is_none()
            && let Some(first) = self.seen.insert((organisation.id, row.title.clone(), row.start), row.line)
        {
            let reason =
                format!("Line {first} has the same title and first day, and no reference tells the two apart.");
            return Ok(Err(vec![self.refusal(
                row.line,
                Field::Reference,
                reason,
                "Give each of them a reference of its own, or another title.",
            )]));
        }
        let hash = row_hash(&row)?;
        let found = match &row.reference {
            Some(reference) => store::opportunities::find_by_reference(tx, organisation.id, reference).await?,
            None => store::opportunities::find_by_title(tx, organisation.id, &row.title, row.start).await?,
        };
        let step = match found {
            None => Step::Add(Box::new(merge(&row, None, self.today))),
            Some(opportunity) => {
                let unchanged = opportunity.row_hash.as_deref() == Some(hash.as_str());
                let stored = stored(tx, opportunity, row.start).await?;
                let merged = Box::new(merge(&row, Some(&stored), self.today));
                if unchanged {
                    Step::Keep(merged)
                } else {
                    let conflicts = self.conflicts(&row, &merged, &stored);
                    if !conflicts.is_empty() {
                        return Ok(Err(conflicts));
                    }
                    Step::Change(merged, Box::new(stored))
                }
            }
        };
        Ok(Ok(Planned { publish: self.choice.publish, row, hash, organisation, step }))
    }

    /// Whose row this is, or why it cannot be taken for anybody.
    async fn organisation(&mut self, tx: &mut Tx, written: &str) -> Result<Result<Organisation, Why>> {
        if let (true, Some(organisation)) = (self.choice.all_to_organisation, &self.choice.organisation) {
            return Ok(Ok(organisation.clone()));
        }
        if let Some(known) = self.organisations.get(written) {
            return Ok(known.clone());
        }
        let answer = match store::organisations::find_named(tx, written).await? {
            None => Err((
                format!("We know no organisation “{written}”."),
                match (self.choice.only, &self.choice.organisation) {
                    (Some(_), Some(own)) => format!(
                        "If it is part of {0}, tick “Post all rows for {0}”; else type its ODS code, like RYR.",
                        own.name
                    ),
                    _ => "Type its ODS code, like RYR, or its full name as the NHS writes it.".to_owned(),
                },
            )),
            Some(organisation) => match (organisation.closed_on, self.choice.only) {
                (Some(closed), _) if closed <= self.today => {
                    let mend = match store::organisations::find_successor(tx, &organisation).await? {
                        Some(successor) => {
                            format!("Type {}, the code of {}, which took it over.", successor.code, successor.name)
                        }
                        None => "Type the code of the organisation that took it over.".to_owned(),
                    };
                    Err((
                        format!(
                            "{} ({}) closed on {}.",
                            organisation.name,
                            organisation.code,
                            words::short_date(closed)
                        ),
                        mend,
                    ))
                }
                (_, Some(only)) if only != organisation.id => {
                    let own = self.choice.organisation.as_ref().map_or("your organisation", |own| own.name.as_str());
                    Err((
                        format!(
                            "This row is for {} ({}), and you post for {own}.",
                            organisation.name, organisation.code
                        ),
                        format!("Tick “Post all rows for {own}”, or remove the row."),
                    ))
                }
                _ => Ok(organisation),
            },
        };
        self.organisations.insert(written.to_owned(), answer.clone());
        Ok(answer)
    }

    /// What a changed row may not change under the people who have applied or hold a place.
    fn conflicts(&self, row: &UnderstoodRow, merged: &Merged, stored: &Stored) -> Vec<Refusal> {
        let mut refusals = Vec::new();
        let (Some(run), Some(session)) = (&merged.run, &stored.session) else { return refusals };
        if run.capacity < session.held {
            let held = words::count(session.held, "place is", "places are");
            let reason = format!("{held} held already, so there cannot be only {}.", run.capacity);
            refusals.push(self.refusal(row.line, Field::Places, reason, format!("Type at least {}.", session.held)));
        }
        if stored.live > 0 {
            let people = words::count(stored.live, "person has", "people have");
            if (run.starts_on, run.ends_on) != (session.starts_on, session.ends_on) {
                let reason = format!(
                    "{people} applied for {}, so these dates cannot change.",
                    words::date_range(session.starts_on, session.ends_on)
                );
                refusals.push(self.refusal(
                    row.line,
                    Field::Start,
                    reason,
                    "Give the new dates a row and a reference of their own.",
                ));
            }
            let before = &stored.opportunity;
            if (merged.min_age, merged.max_age) != (before.min_age, before.max_age) {
                let reason = format!(
                    "{people} applied under the ages {}, so these cannot change.",
                    domain::eligibility::ages(before.min_age, before.max_age)
                );
                refusals.push(self.refusal(
                    row.line,
                    Field::MinAge,
                    reason,
                    "Give the new ages a row and a reference of their own.",
                ));
            }
        }
        refusals
    }

    fn refusal(&self, line: u32, field: Field, reason: impl Into<String>, mend: impl Into<String>) -> Refusal {
        let row = self.sheet.rows.iter().find(|row| row.line == line);
        let value = match (row, self.mapping.column(field)) {
            (Some(row), Some(column)) => domain::understand::tidy(&row.cell(column.index).text),
            _ => String::new(),
        };
        Refusal {
            line,
            column: self.mapping.header(field).to_owned(),
            value,
            reason: reason.into(),
            mend: mend.into(),
            file: None,
        }
    }
}

/// Everything stored about an opportunity; the row is about the session that begins on `start`, else the first.
async fn stored(
    tx: &mut Tx,
    opportunity: store::opportunities::Opportunity,
    start: Option<NaiveDate>,
) -> Result<Stored> {
    let mut sessions = store::sessions::list_by_opportunity(tx, opportunity.id).await?;
    let index = sessions.iter().position(|session| Some(session.starts_on) == start).unwrap_or(0);
    let session = (index < sessions.len()).then(|| sessions.remove(index));
    let site = match opportunity.site {
        Some(site) => store::opportunities::find_site(tx, site).await?,
        None => None,
    };
    let particulars = store::opportunities::particulars(tx, opportunity.id).await?;
    let live = store::opportunities::count_live_applications(tx, opportunity.id).await?;
    Ok(Stored { opportunity, site, particulars, session, other_sessions: sessions, live })
}

/// "6 places", or that everybody can come.
pub(super) fn places_in_words(capacity: i64) -> String {
    match capacity {
        0 => "number of places not known yet".to_owned(),
        NO_LIMIT => "no limit".to_owned(),
        n => words::count(n, "place", "places"),
    }
}
