//! Changing what learners read of an opportunity, before and after it is published: its texts, for whom it
//! is, and what it takes to come. Dates, places, ages and checks have pages of their own, since people have
//! applied for them.

use std::collections::BTreeMap;

use domain::form::Problem;
use domain::ids::OpportunityId;
use domain::publishing::Status;
use domain::search::{Audience, Setting};
use store::opportunities::{Opportunity, Particulars};

use super::{Loaded, load, save};
use crate::{Ctx, Error, Result};

/// Longest text of a box, in characters.
pub const LONGEST_TEXT: usize = 2000;
/// What no form of ours sends.
const FAR_TOO_LONG: usize = 20_000;

/// A box of text.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct TextBox {
    /// Its name.
    pub name: &'static str,
    /// Its label.
    pub label: &'static str,
    /// Its hint.
    pub hint: &'static str,
    /// How many lines are shown.
    pub rows: u8,
}

const fn text(name: &'static str, label: &'static str, hint: &'static str, rows: u8) -> TextBox {
    TextBox { name, label, hint, rows }
}

/// Every box of text, in the order of the page that learners read.
pub const TEXTS: [TextBox; 11] = [
    text("summary", "What learners will do", "A few sentences: what a day looks like, and whom they will meet.", 6),
    text("by_bus", "How to get there by bus", "Lines, stops, and how often they go.", 3),
    text("who_for", "Who it is for", "In your own words.", 3),
    text("how_places_given", "How places are given", "For example: in the order in which people apply.", 3),
    text("dress", "What to wear", "", 2),
    text("bring", "What to bring", "", 2),
    text(
        "equipment",
        "What people need to have",
        "For example, a laptop with a camera. Say what somebody can do who has none.",
        3,
    ),
    text("cost", "What it costs", "Fares and lunch, and whether you pay them back.", 2),
    text("access_notes", "Access", "Steps, lifts, quiet rooms, parking.", 3),
    text("steps_before", "What comes before", "For example, an online course to finish first.", 3),
    text("steps_after", "What usually follows", "For example, a second week, or help to apply for a course.", 3),
];

/// The boxes as they are, or as they were typed with what is wrong.
#[derive(Debug, Clone, PartialEq)]
pub struct Details {
    /// The opportunity.
    pub opportunity: Opportunity,
    /// What is in each box.
    pub boxes: BTreeMap<String, String>,
    /// What is wrong with what was typed; empty before that.
    pub problems: Vec<Problem>,
}

fn form(id: OpportunityId) -> String {
    format!("opportunity-details:{id}")
}

fn kept(opportunity: &Opportunity, particulars: &Particulars) -> BTreeMap<String, String> {
    let audiences = particulars.audiences.clone().unwrap_or_default();
    let said = [
        ("summary", &opportunity.summary),
        ("by_bus", &particulars.by_bus),
        ("who_for", &opportunity.who_for),
        ("how_places_given", &opportunity.how_places_given),
        ("dress", &opportunity.dress),
        ("bring", &opportunity.bring),
        ("equipment", &particulars.equipment),
        ("cost", &opportunity.cost),
        ("access_notes", &opportunity.access_notes),
        ("steps_before", &particulars.steps_before),
        ("steps_after", &particulars.steps_after),
    ];
    let mut boxes: BTreeMap<String, String> =
        said.into_iter().map(|(name, text)| (name.to_owned(), text.clone())).collect();
    boxes.insert("setting".into(), particulars.setting.map(Setting::as_str).unwrap_or_default().into());
    boxes.insert("audiences".into(), audiences.iter().map(|one| one.as_str()).collect::<Vec<_>>().join(" "));
    boxes.insert("needs".into(), if particulars.nothing_needed { "nothing".into() } else { String::new() });
    boxes
}

fn problems(boxes: &BTreeMap<String, String>) -> Vec<Problem> {
    let mut problems = Vec::new();
    for one in TEXTS {
        let text = boxes.get(one.name).map_or("", |text| text.trim());
        let length = text.chars().count();
        if length > LONGEST_TEXT {
            let message = format!("{}: write {LONGEST_TEXT} characters or fewer. You wrote {length}", one.label);
            problems.push(Problem { field: one.name.into(), message });
        } else if one.name == "summary" && text.is_empty() {
            let message = "Write what learners will do".into();
            problems.push(Problem { field: one.name.into(), message });
        }
    }
    problems
}

/// What learners read of an opportunity, in boxes. `tried`: as it was typed last, with what is wrong.
///
/// # Errors
/// [`Error::SignIn`] when signed out; [`Error::NotFound`] for anybody who may not post for its organisation.
pub async fn details(ctx: &Ctx, id: OpportunityId, tried: bool) -> Result<Details> {
    let mut tx = ctx.services.db.read().await?;
    let Loaded { opportunity, actor, .. } = load(ctx, &mut tx, id, |membership| membership.can_post).await?;
    if tried && let Some(boxes) = store::typed_forms::find(&mut tx, actor, &form(id)).await? {
        return Ok(Details { problems: problems(&boxes), opportunity, boxes });
    }
    let particulars = store::opportunities::particulars(&mut tx, id).await?;
    Ok(Details { boxes: kept(&opportunity, &particulars), opportunity, problems: Vec::new() })
}

/// Changes what learners read. Whether it was right: what was typed is kept otherwise.
///
/// # Errors
/// As [`details`]; [`Error::Refused`] when somebody else changed it at the same moment, or for a text that no
/// form of ours sends.
pub async fn describe(ctx: &Ctx, id: OpportunityId, typed: &BTreeMap<String, String>) -> Result<bool> {
    if typed.values().any(|text| text.chars().count() > FAR_TOO_LONG) {
        return Err(Error::refused(format!("Use {LONGEST_TEXT} characters or fewer in each box.")));
    }
    let services = &ctx.services;
    let mut tx = services.db.write().await?;
    let Loaded { mut opportunity, actor, .. } = load(ctx, &mut tx, id, |membership| membership.can_post).await?;
    if !problems(typed).is_empty() {
        store::typed_forms::keep(&mut tx, actor, &form(id), typed, services.now()).await?;
        tx.commit().await?;
        return Ok(false);
    }
    let said = |name: &str| typed.get(name).map(|text| text.trim().replace("\r\n", "\n").replace('\0', ""));
    for (name, text) in [
        ("summary", &mut opportunity.summary),
        ("who_for", &mut opportunity.who_for),
        ("how_places_given", &mut opportunity.how_places_given),
        ("dress", &mut opportunity.dress),
        ("bring", &mut opportunity.bring),
        ("cost", &mut opportunity.cost),
        ("access_notes", &mut opportunity.access_notes),
    ] {
        if let Some(new) = said(name) {
            *text = new;
        }
    }
    let audiences: Vec<Audience> =
        said("audiences").unwrap_or_default().split_whitespace().filter_map(Audience::parse).collect();
    let particulars = Particulars {
        setting: said("setting").and_then(|word| Setting::parse(&word)),
        audiences: (!audiences.is_empty()).then_some(audiences),
        nothing_needed: said("needs").is_some_and(|word| word == "nothing"),
        by_bus: said("by_bus").unwrap_or_default(),
        equipment: said("equipment").unwrap_or_default(),
        steps_before: said("steps_before").unwrap_or_default(),
        steps_after: said("steps_after").unwrap_or_default(),
    };
    store::opportunities::save_particulars(&mut tx, id, &particulars).await?;
    store::typed_forms::forget(&mut tx, actor, &form(id)).await?;
    save(&mut tx, ctx, &mut opportunity, actor, "describe_opportunity").await?;
    if opportunity.status == Status::Published {
        store::catalogue::changed(&mut tx, &[id]).await?;
    }
    tx.commit().await?;
    Ok(true)
}
