//! Facts in pairs, with links to change them: "check your answers".

use super::text::classes;
use leptos::prelude::*;

/// A link at the end of a row.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct RowAction {
    text: String,
    href: String,
    hidden: String,
}

impl RowAction {
    /// A link such as "Change", with what it changes for people who hear the link alone.
    pub fn new(text: impl Into<String>, href: impl Into<String>, about: impl Into<String>) -> Self {
        Self { text: text.into(), href: href.into(), hidden: about.into() }
    }

    /// The link with its hidden words.
    pub(crate) fn view(self) -> AnyView {
        let hidden = (!self.hidden.is_empty())
            .then(|| view! { <span class="nhsuk-u-visually-hidden">{format!(" {}", self.hidden)}</span> });
        view! { <a class="nhsuk-link" href=self.href>{self.text}{hidden}</a> }.into_any()
    }
}

/// One fact: what it is, and its value, which may hold HTML.
pub struct SummaryRow {
    key: String,
    value: AnyView,
    actions: Vec<RowAction>,
}

impl SummaryRow {
    /// A fact. The value is text or a view.
    pub fn new(key: impl Into<String>, value: impl IntoAny) -> Self {
        Self { key: key.into(), value: value.into_any(), actions: Vec::new() }
    }

    /// A link, such as `.action("Change", "/apply/…", "name")`.
    pub fn action(mut self, text: impl Into<String>, href: impl Into<String>, about: impl Into<String>) -> Self {
        self.actions.push(RowAction::new(text, href, about));
        self
    }

    /// "Change" with the key in small letters as its hidden words.
    pub fn change(self, href: impl Into<String>) -> Self {
        let about = lower_first(&self.key);
        self.action("Change", href, about)
    }
}

/// "Date of birth" within a sentence; a word in capitals such as "NHS" stays.
fn lower_first(text: &str) -> String {
    let mut chars = text.chars();
    match (chars.next(), chars.next()) {
        (Some(first), Some(second)) if !second.is_uppercase() => {
            first.to_lowercase().chain(std::iter::once(second)).chain(chars).collect()
        }
        _ => text.to_owned(),
    }
}

/// Facts in pairs.
#[component]
pub fn SummaryList(
    /// The facts.
    rows: Vec<SummaryRow>,
    /// Without lines between the rows.
    #[prop(optional)]
    no_border: bool,
    /// Without a line under the last row, for cards.
    #[prop(optional)]
    no_last_border: bool,
) -> impl IntoView {
    let some_have_actions = rows.iter().any(|row| !row.actions.is_empty());
    let class = classes(&[
        "nhsuk-summary-list",
        if no_border { "nhsuk-summary-list--no-border" } else { "" },
        if no_last_border { "nhsuk-summary-list--no-last-row-border" } else { "" },
    ]);
    let rows = rows
        .into_iter()
        .map(|row| {
            let no_actions = some_have_actions && row.actions.is_empty();
            view! {
                <div class=classes(
                    &["nhsuk-summary-list__row", if no_actions { "nhsuk-summary-list__row--no-actions" } else { "" }],
                )>
                    <dt class="nhsuk-summary-list__key">{row.key}</dt>
                    <dd class="nhsuk-summary-list__value">{row.value}</dd>
                    {actions_view(row.actions)}
                </div>
            }
        })
        .collect_view();
    view! { <dl class=class>{rows}</dl> }
}

fn actions_view(mut actions: Vec<RowAction>) -> Option<AnyView> {
    if actions.len() == 1 {
        return actions
            .pop()
            .map(|action| view! { <dd class="nhsuk-summary-list__actions">{action.view()}</dd> }.into_any());
    }
    (!actions.is_empty()).then(|| {
        let items = actions
            .into_iter()
            .map(|action| view! { <li class="nhsuk-summary-list__actions-list-item">{action.view()}</li> })
            .collect_view();
        view! {
            <dd class="nhsuk-summary-list__actions">
                <ul class="nhsuk-summary-list__actions-list">{items}</ul>
            </dd>
        }
        .into_any()
    })
}

#[cfg(test)]
mod tests {
    use super::lower_first;

    #[test]
    fn keys_are_read_within_a_sentence() {
        assert_eq!(lower_first("Date of birth"), "date of birth");
        assert_eq!(lower_first("NHS number"), "NHS number");
        assert_eq!(lower_first(""), "");
    }
}
