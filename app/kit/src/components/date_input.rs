//! A remembered date, such as a date of birth, in three boxes.

use super::form_parts::{Surroundings, legend_view};
use super::text::{MaybeText, Size, classes};
use leptos::prelude::*;

/// Which of the three boxes an error is about.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct DateParts {
    /// The day.
    pub day: bool,
    /// The month.
    pub month: bool,
    /// The year.
    pub year: bool,
}

impl DateParts {
    /// All three.
    pub const ALL: Self = Self { day: true, month: true, year: true };
}

impl Default for DateParts {
    fn default() -> Self {
        Self::ALL
    }
}

/// Day, month and year in three boxes.
///
/// The boxes are named `{name}_day`, `{name}_month` and `{name}_year`, which are the names of
/// arguments in Rust; with an empty `name` they are `day`, `month` and `year`. Their ids are
/// `{id}-day` and so on: a summary of errors links to `{id}-day`, or to the first box in error.
#[component]
pub fn DateInput(
    /// Start of the names posted with the form.
    #[prop(into)]
    name: String,
    /// The question.
    #[prop(into)]
    label: String,
    /// Start of the ids; the name unless said otherwise.
    #[prop(optional, into)]
    id: MaybeText,
    /// The day as it was typed.
    #[prop(optional, into)]
    day: MaybeText,
    /// The month as it was typed.
    #[prop(optional, into)]
    month: MaybeText,
    /// The year as it was typed.
    #[prop(optional, into)]
    year: MaybeText,
    /// Help with the answer, such as "For example, 31 3 2010".
    #[prop(optional, into)]
    hint: MaybeText,
    /// What was wrong and what to do.
    #[prop(optional, into)]
    error: MaybeText,
    /// The boxes that the error is about: all unless said otherwise.
    #[prop(optional)]
    error_parts: DateParts,
    /// It is the reader's own birthday, which the browser may fill in.
    #[prop(optional)]
    birthday: bool,
    /// Size of the question.
    #[prop(optional)]
    label_size: Size,
    /// The question is the page's heading.
    #[prop(optional)]
    page_heading: bool,
) -> impl IntoView {
    let around = Surroundings::new(id, &name, hint, error);
    let wrong = around.has_error();
    let item = |part: &'static str, label: &'static str, value: MaybeText, width: &'static str, in_error: bool| {
        let in_error = in_error && wrong;
        let id = format!("{}-{part}", around.id);
        let name = if name.is_empty() { part.to_owned() } else { format!("{name}_{part}") };
        view! {
            <div class="nhsuk-date-input__item">
                <div class=classes(&["nhsuk-form-group", if in_error { "nhsuk-form-group--error" } else { "" }])>
                    <label class="nhsuk-label nhsuk-date-input__label" for=id.clone()>
                        {label}
                    </label>
                    <input
                        class=classes(
                            &[
                                "nhsuk-input",
                                if in_error { "nhsuk-input--error" } else { "" },
                                width,
                                "nhsuk-date-input__input",
                            ],
                        )
                        id=id
                        name=name
                        type="text"
                        value=value.into_inner()
                        autocomplete=birthday.then(|| format!("bday-{part}"))
                        inputmode="numeric"
                    />
                </div>
            </div>
        }
    };
    let day = item("day", "Day", day, "nhsuk-input--width-2", error_parts.day);
    let month = item("month", "Month", month, "nhsuk-input--width-2", error_parts.month);
    let year = item("year", "Year", year, "nhsuk-input--width-4", error_parts.year);
    view! {
        <div class=around.group_class("")>
            <fieldset class="nhsuk-fieldset" role="group" aria-describedby=around.described_by("")>
                {legend_view(label, label_size, page_heading, "")}
                {around.hint()}
                {around.error()}
                <div class="nhsuk-date-input" id=around.id.clone()>
                    {day}
                    {month}
                    {year}
                </div>
            </fieldset>
        </div>
    }
}
