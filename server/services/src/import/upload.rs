//! Importing in the browser: upload, look, mend, import. Nothing is saved before the last step.

use std::collections::BTreeMap;

use domain::ids::ImportId;
use serde::{Deserialize, Serialize};
use sheets::{Cell, Field, Mapping, Report, Sheet};
use store::Tx;
use store::imports::Import;
use store::organisations::Organisation;

use super::plan::{Choice, plan};
use super::preview::count;
use super::{apply, content, is_duplicate, refused};
use crate::{Ctx, Error, Result, Services, policy};

/// How long an upload is kept, in days.
const KEPT_DAYS: i64 = 1;

/// Which column means what, as chosen.
#[derive(Debug, Clone, Default, Serialize, Deserialize)]
struct Columns {
    header_line: u32,
    fields: BTreeMap<Field, usize>,
}

impl Columns {
    fn of(mapping: &Mapping) -> Self {
        Self {
            header_line: mapping.header_line,
            fields: mapping.matched().map(|(field, column)| (field, column.index)).collect(),
        }
    }
    fn apply(&self, sheet: &Sheet) -> Result<Mapping> {
        let mut mapping = Mapping::with_header_line(sheet, self.header_line)
            .ok_or_else(|| Error::Unexpected("the heading row is gone".into()))?;
        for field in Field::ALL {
            mapping.set(field, None);
        }
        for (field, index) in &self.fields {
            mapping.set(*field, Some(*index));
        }
        Ok(mapping)
    }
}

/// The choices on the page.
#[derive(Debug, Clone, Copy, Serialize, Deserialize)]
pub(super) struct Choices {
    pub(super) all_to_organisation: bool,
    pub(super) publish: bool,
}

/// What is kept once it is over.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Done {
    /// The counts, and why rows were not taken.
    pub report: Report,
    /// How many rows became published opportunities.
    pub published: usize,
    /// How many became drafts.
    pub drafts: usize,
    /// The rows that were not taken, as CSV to mend and import again; empty when there are none.
    pub refused_csv: String,
}

/// The state of an upload whose file could not be read, or that is over.
#[derive(Debug, Clone, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub(super) enum Kept {
    Unreadable(String),
    Done(Done),
}

/// The name of the organisation for which this coordinator may post.
///
/// # Errors
/// [`Error::SignIn`] when signed out; [`Error::NotFound`] for anybody who may not post.
pub fn posts_for(ctx: &Ctx) -> Result<String> {
    let (_, membership, _) = policy::coordinator(ctx)?;
    if membership.can_post { Ok(membership.organisation_name.clone()) } else { Err(Error::NotFound) }
}

/// Keeps a file's cells for a day, for the coordinator's organisation. A file that cannot be read is kept as
/// what is wrong with it, which [`super::preview`] then says.
///
/// # Errors
/// [`Error::SignIn`] when signed out; [`Error::NotFound`] for anybody who may not post.
pub async fn upload(ctx: &Ctx, file_name: &str, bytes: &[u8]) -> Result<ImportId> {
    let (actor, membership, organisation) = policy::coordinator(ctx)?;
    if !membership.can_post {
        return Err(Error::NotFound);
    }
    let services = &ctx.services;
    let mut import = Import {
        id: ImportId(services.uuid()),
        organisation,
        account: actor.account,
        file_name: tidy_name(file_name),
        created_at: services.now(),
        ends_at: services.now().plus_days(KEPT_DAYS),
        content: String::new(),
        mapping: String::new(),
        options: json(&Choices { all_to_organisation: false, publish: true })?,
        report: None,
        taken_at: None,
    };
    let mut tx = services.db.write().await?;
    store::imports::forget_ended(&mut tx, services.now()).await?;
    match read(bytes, file_name) {
        Ok((sheet, mut mapping)) => {
            remembered(&mut tx, &import, &mut mapping).await?;
            import.content = content::store(&sheet)?;
            import.mapping = json(&Columns::of(&mapping))?;
        }
        Err(sentence) => import.report = Some(json(&Kept::Unreadable(sentence))?),
    }
    store::imports::insert(&mut tx, &import).await?;
    tx.commit().await?;
    Ok(import.id)
}

fn read(bytes: &[u8], file_name: &str) -> Result<(Sheet, Mapping), String> {
    if bytes.is_empty() {
        return Err("Choose a spreadsheet first, then press “Upload”.".to_owned());
    }
    let sheet = sheets::read(bytes, file_name).map_err(|problem| problem.to_string())?;
    let mapping = Mapping::find(&sheet).map_err(|problem| problem.to_string())?;
    Ok((sheet, mapping))
}

fn tidy_name(name: &str) -> String {
    let name = name.rsplit(['/', '\\']).next().unwrap_or_default();
    let name: String = domain::understand::tidy(name).chars().take(120).collect();
    if name.is_empty() { "spreadsheet".to_owned() } else { name }
}

/// Matches columns the way this organisation matched them last time.
async fn remembered(tx: &mut Tx, import: &Import, mapping: &mut Mapping) -> Result<()> {
    let matches: BTreeMap<String, String> =
        store::imports::list_matches(tx, import.organisation).await?.into_iter().collect();
    let columns: Vec<(usize, String)> =
        mapping.columns.iter().map(|column| (column.index, heading(&column.header))).collect();
    for (index, heading) in columns {
        let Some(word) = matches.get(&heading) else { continue };
        if let Some(field) = mapping.field(index) {
            mapping.set(field, None);
        }
        if let Some(field) = field(word) {
            mapping.set(field, Some(index));
        }
    }
    Ok(())
}

/// A heading as it is remembered.
fn heading(header: &str) -> String {
    header.to_lowercase()
}

/// The word of a field in a form: "min_age".
#[must_use]
pub fn field_word(field: Field) -> String {
    serde_json::to_value(field).ok().and_then(|value| value.as_str().map(str::to_owned)).unwrap_or_default()
}

fn field(word: &str) -> Option<Field> {
    Field::ALL.into_iter().find(|field| field_word(*field) == word)
}

fn json<T: Serialize>(value: &T) -> Result<String> {
    serde_json::to_string(value).map_err(|error| Error::Unexpected(error.to_string()))
}

pub(super) fn parse<T: serde::de::DeserializeOwned>(text: &str) -> Result<T> {
    serde_json::from_str(text).map_err(|error| Error::Unexpected(error.to_string()))
}

/// An upload of this coordinator's organisation, still kept.
pub(super) async fn own(ctx: &Ctx, tx: &mut Tx, id: ImportId) -> Result<(Import, Organisation)> {
    policy::coordinator(ctx)?;
    let import = store::imports::find(tx, id).await?.ok_or(Error::NotFound)?;
    policy::coordinator_of(ctx, import.organisation, |membership| membership.can_post)?;
    if import.ends_at <= ctx.services.now() {
        return Err(Error::NotFound);
    }
    let organisation = store::organisations::find(tx, import.organisation).await?.ok_or(Error::NotFound)?;
    Ok((import, organisation))
}

/// An upload that can still be changed, opened up.
pub(super) struct Open {
    pub(super) sheet: Sheet,
    pub(super) mapping: Mapping,
    pub(super) choices: Choices,
}

pub(super) fn open(import: &Import) -> Result<Open> {
    if import.report.is_some() {
        return Err(Error::refused("This file has been imported already. Upload it again to import it again."));
    }
    let sheet = content::load(&import.content)?;
    let mapping = parse::<Columns>(&import.mapping)?.apply(&sheet)?;
    Ok(Open { sheet, mapping, choices: parse(&import.options)? })
}

pub(super) fn choice(organisation: &Organisation, choices: Choices) -> Choice {
    Choice {
        only: Some(organisation.id),
        organisation: Some(organisation.clone()),
        all_to_organisation: choices.all_to_organisation,
        publish: choices.publish,
    }
}

/// Saves which column means what (`columns` are "index:field", with an empty field for a column that is left
/// out) and the two choices, and remembers the meaning of the headings. False when two columns were given
/// the same meaning: the last one has it then.
///
/// # Errors
/// As [`super::preview`].
pub async fn save_mapping(
    ctx: &Ctx,
    id: ImportId,
    columns: &[String],
    all_to_organisation: bool,
    publish: bool,
) -> Result<bool> {
    let mut tx = ctx.services.db.write().await?;
    let (import, organisation) = own(ctx, &mut tx, id).await?;
    let Open { mut mapping, .. } = open(&import)?;
    let mut chosen = BTreeMap::new();
    let mut distinct = true;
    let wanted: Vec<(usize, Option<Field>)> = columns
        .iter()
        .filter_map(|pair| pair.split_once(':'))
        .filter_map(|(index, word)| Some((index.parse().ok()?, field(word))))
        .filter(|(index, _)| mapping.columns.iter().any(|column| column.index == *index))
        .collect();
    for (index, wanted) in &wanted {
        if let Some(field) = wanted {
            distinct &= chosen.insert(*field, *index).is_none();
        }
    }
    if !wanted.is_empty() {
        for field in Field::ALL {
            mapping.set(field, chosen.get(&field).copied());
        }
        let meanings: Vec<(String, String)> = mapping
            .columns
            .iter()
            .filter(|column| !column.header.is_empty())
            .map(|column| (heading(&column.header), mapping.field(column.index).map(field_word).unwrap_or_default()))
            .collect();
        for (heading, field) in meanings {
            store::imports::remember_match(&mut tx, organisation.id, &heading, &field).await?;
        }
    }
    let options = json(&Choices { all_to_organisation, publish })?;
    store::imports::save(&mut tx, id, &import.content, &json(&Columns::of(&mapping))?, &options).await?;
    tx.commit().await?;
    Ok(distinct)
}

/// Replaces the cell of a row, in the upload only. A field without a column gets one. Answers the line of the
/// row to look at next: the same if it still has a problem, else the one with a problem after it, else the
/// first; `None` when no row has any.
///
/// # Errors
/// As [`super::preview`]; [`Error::NotFound`] for a line or field that is not there.
pub async fn mend_cell(ctx: &Ctx, id: ImportId, line: u32, word: &str, value: &str) -> Result<Option<u32>> {
    let field = field(word).ok_or(Error::NotFound)?;
    let mut tx = ctx.services.db.write().await?;
    let (import, organisation) = own(ctx, &mut tx, id).await?;
    let Open { mut sheet, mapping, choices } = open(&import)?;
    let mut columns = Columns::of(&mapping);
    let width = sheet.rows.iter().map(|row| row.cells.len()).max().unwrap_or(0);
    let index = match mapping.column(field) {
        Some(column) => column.index,
        None => {
            let header = sheet.rows.iter_mut().find(|row| row.line == mapping.header_line).ok_or(Error::NotFound)?;
            put(header, width, Cell::text(field.label()));
            columns.fields.insert(field, width);
            width
        }
    };
    let row =
        sheet.rows.iter_mut().find(|row| row.line == line && line > mapping.header_line).ok_or(Error::NotFound)?;
    put(row, index, Cell::text(domain::understand::tidy(value)));
    store::imports::save(&mut tx, id, &content::store(&sheet)?, &json(&columns)?, &json(&choices)?).await?;
    let mapping = columns.apply(&sheet)?;
    let plan = plan(&mut tx, &sheet, &mapping, ctx.services.today(), &choice(&organisation, choices)).await?;
    tx.commit().await?;
    let mut refused = plan.refused.iter().map(|refusal| refusal.line);
    Ok(refused.clone().find(|other| *other >= line).or_else(|| refused.next()))
}

fn put(row: &mut sheets::SheetRow, index: usize, cell: Cell) {
    while row.cells.len() <= index {
        row.cells.push(Cell::EMPTY);
    }
    row.cells[index] = cell;
}

/// Imports every row that can be taken, in one transaction. Asked a second time it only says again what
/// became of the file.
///
/// # Errors
/// As [`super::preview`]; [`Error::Refused`] when an opportunity was changed by somebody else at the same moment.
pub async fn take(ctx: &Ctx, id: ImportId) -> Result<Report> {
    match take_once(ctx, id).await {
        Err(error) if is_duplicate(&error) => take_once(ctx, id).await,
        other => other,
    }
}

async fn take_once(ctx: &Ctx, id: ImportId) -> Result<Report> {
    let services: &Services = &ctx.services;
    let mut tx = services.db.write().await?;
    let (import, organisation) = own(ctx, &mut tx, id).await?;
    match import.report.as_deref().map(parse::<Kept>).transpose()? {
        Some(Kept::Done(done)) => return Ok(done.report),
        Some(Kept::Unreadable(sentence)) => return Err(Error::Refused(sentence)),
        None => {}
    }
    let actor = policy::coordinator_of(ctx, organisation.id, |membership| membership.can_post)?.account;
    let Open { sheet, mapping, choices } = open(&import)?;
    let plan = plan(&mut tx, &sheet, &mapping, services.today(), &choice(&organisation, choices)).await?;
    apply::apply(&mut tx, services, &plan, Some(actor)).await?;
    let (published, drafts) = count(&plan);
    let report = plan.report();
    let refused_csv =
        if report.refused.is_empty() { String::new() } else { refused::csv(&sheet, &mapping, &report.refused) };
    let done = Done { report, published, drafts, refused_csv };
    if !store::imports::mark_taken(&mut tx, id, services.now(), &json(&Kept::Done(done.clone()))?).await? {
        return Err(Error::refused(
            "This file was imported at the same moment in another window. Load the page again to see what became of it.",
        ));
    }
    tx.commit().await?;
    Ok(done.report)
}
