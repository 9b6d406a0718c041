//! Something else to offer beside a no, and what became of it.

use domain::ids::OpportunityId;
use domain::suggest::MOST;
use kit::components::{Checkboxes, Choice, Size};
use leptos::prelude::*;
use services::suggesting::{Became, Suggested};

/// What can be suggested, and what is ticked.
#[derive(Debug, Clone, Default)]
pub(super) struct ToChoose {
    pub(super) found: Vec<Suggested>,
    pub(super) chosen: Vec<OpportunityId>,
}

impl ToChoose {
    /// What has to be mended: field and words.
    pub(super) fn problem(&self) -> Option<(&'static str, String)> {
        (self.chosen.len() > MOST).then(|| ("suggest", format!("Choose up to {MOST} suggestions")))
    }
}

/// Boxes to tick, one for each; nothing when nothing suits.
pub(super) fn boxes_view(to_choose: &ToChoose, error: Option<String>) -> Option<AnyView> {
    if to_choose.found.is_empty() {
        return None;
    }
    let items: Vec<Choice> = to_choose
        .found
        .iter()
        .enumerate()
        .map(|(number, one)| {
            let away = one.away.as_ref().map(|away| format!(", {away}")).unwrap_or_default();
            Choice::new(one.opportunity.to_string(), one.title.clone())
                .hint(format!("{}, {}{away}", one.organisation, one.when))
                .name(format!("suggest_{}", number + 1))
        })
        .collect();
    let values: Vec<String> = to_choose.chosen.iter().map(ToString::to_string).collect();
    Some(
        view! {
            <Checkboxes
                name="suggest"
                label=format!("Suggest something else (optional, up to {MOST})")
                label_size=Size::M
                hint="These have free places, and suit what they asked for. They choose, and their answers are filled in already."
                items=items
                values=values
                error=error
            />
        }
        .into_any(),
    )
}

/// What was suggested with a no, and what became of it.
pub(super) fn made_view(made: &[Suggested]) -> Option<AnyView> {
    if made.is_empty() {
        return None;
    }
    let items = made
        .iter()
        .map(|one| {
            let became = match one.became {
                Became::Nothing => "Not opened yet",
                Became::Opened => "They opened it",
                Became::Applied => "They applied",
            };
            view! { <li>{format!("{}: {became}.", one.in_words())}</li> }
        })
        .collect_view();
    Some(
        view! {
            <section aria-labelledby="suggested">
                <h2 class="nhsuk-heading-m" id="suggested">
                    "What you suggested instead"
                </h2>
                <ul class="nhsuk-list nhsuk-list--bullet">{items}</ul>
            </section>
        }
        .into_any(),
    )
}
