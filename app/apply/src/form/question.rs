//! A question as it looks, in the page and in the updates of it alike.

use domain::form::{Field, Kind};
use kit::components::{
    BackLink, Button, CharacterCount, Choice, DateInput, DateParts, ErrorLink, ErrorSummary, Input, InputKind, Limit,
    Radios, Size, Textarea,
};
use leptos::prelude::*;

use super::data::{Pair, StepData, address, posted};
use super::ids;

/// The question with its form.
pub(crate) fn question_view(data: &StepData) -> AnyView {
    let question = data.step.question();
    let errors: Vec<ErrorLink> =
        data.problems.iter().map(|problem| ErrorLink::new(problem.key.clone(), problem.text.clone())).collect();
    let (back, back_words) = match data.back {
        _ if data.from_check => (["/apply/", &data.reference, "/check"].concat(), "Back to your answers"),
        Some(step) => (address(&data.reference, step, false), "Back"),
        None => ("/applications".to_owned(), "My applications"),
    };
    let caption = ["Question ", &data.number.to_string(), " of ", &data.of.to_string()].concat();
    // A question with one box is that box's label; others have a heading of their own.
    let alone = matches!(question.fields, [field] if !matches!(field.kind, Kind::Tel));
    let together = question.fields.len() > 1;
    let heading = (!alone).then(|| {
        let hint = together.then(|| view! { <p class="nhsuk-hint">{question.hint}</p> });
        view! {
            <h1 class="nhsuk-heading-l">{question.title}</h1>
            {hint}
        }
        .into_any()
    });
    let fields: Vec<AnyView> = question
        .fields
        .iter()
        .map(|field| {
            let words = Words {
                label: if alone { question.title } else { field.label },
                hint: if together { "" } else { question.hint },
                heading: alone,
            };
            field_view(field, &words, data)
        })
        .collect();
    let from_check = data.from_check.then(|| view! { <input type="hidden" name="from_check" value="yes" /> });
    view! {
        <BackLink href=back text=back_words />
        <ErrorSummary errors=errors />
        <form method="post" action="/do/apply_save_answer" novalidate=true>
            <input type="hidden" name="reference" value=data.reference.clone() />
            <input type="hidden" name="step" value=data.step.as_str() />
            {from_check}
            <p class="nhsuk-caption-l nhsuk-u-margin-bottom-1">{caption}</p>
            {heading}
            {fields}
            <Button>"Save and continue"</Button>
        </form>
    }
    .into_any()
}

/// What is written around a box.
pub(crate) struct Words {
    pub(crate) label: &'static str,
    pub(crate) hint: &'static str,
    pub(crate) heading: bool,
}

pub(crate) fn field_view(field: &Field, words: &Words, data: &StepData) -> AnyView {
    let &Words { label, hint, heading } = words;
    let name = posted(field.name);
    let (id, value, error) = (field.name, data.value(field.name), data.problem(field.name));
    let label_with = |more: &str| [label, more].concat();
    match field.kind {
        Kind::Text(autocomplete) => {
            view! { <Input name=name id=id label=label hint=hint value=value error=error page_heading=heading autocomplete=autocomplete spellcheck=false /> }.into_any()
        }
        Kind::Email(autocomplete) => {
            view! { <Input name=name id=id label=label hint=hint value=value error=error page_heading=heading autocomplete=autocomplete kind=InputKind::Email /> }.into_any()
        }
        Kind::Tel => view! { <Input name=name id=id label=label hint=hint value=value error=error autocomplete="tel" kind=InputKind::Tel width=20 /> }.into_any(),
        Kind::Date => date_view(&name, id, words, data),
        Kind::YesNo(yes, no) => {
            view! { <Radios name=name id=id label=label hint=hint value=value error=error page_heading=heading items=vec![("yes", yes), ("no", no)] /> }.into_any()
        }
        Kind::Long(0) => {
            let label = label_with(if field.optional && heading { " (optional)" } else { "" });
            view! { <Textarea name=name id=id label=label hint=hint value=value error=error page_heading=heading /> }.into_any()
        }
        Kind::Long(words) => {
            let limit = Limit::Words(u32::try_from(words).unwrap_or(u32::MAX));
            view! { <CharacterCount name=name id=id label=label hint=hint value=value error=error page_heading=heading limit=limit rows=8 /> }.into_any()
        }
        Kind::School => school_view(&name, id, words, data),
    }
}

/// Three boxes; an error about one of them marks that one only.
fn date_view(name: &str, id: &str, words: &Words, data: &StepData) -> AnyView {
    let part = |part: &str| [id, "-", part].concat();
    let value = |name: &str| data.value(&part(name));
    let error =
        ["day", "month", "year"].into_iter().find_map(|name| data.problem(&part(name)).map(|text| (name, text)));
    let only = match error {
        // "Enter your date of birth" and "must be a real date" are about all three, but link to the first.
        Some(("day", _)) if value("day").is_empty() && !(value("month").is_empty() && value("year").is_empty()) => {
            Some("day")
        }
        Some(("day", _)) | None => None,
        Some((name, _)) => Some(name),
    };
    let marked = |name| only.is_none_or(|only| only == name);
    let parts = DateParts { day: marked("day"), month: marked("month"), year: marked("year") };
    view! {
        <DateInput
            name=name
            id=id
            label=words.label
            hint=words.hint
            day=value("day")
            month=value("month")
            year=value("year")
            error=error.map(|(_, text)| text)
            error_parts=parts
            birthday=true
            page_heading=words.heading
        />
    }
    .into_any()
}

/// A school by name, with "I am not at school or college" as an equal choice.
fn school_view(name: &str, id: &str, words: &Words, data: &StepData) -> AnyView {
    let typed = data.value("school").to_owned();
    let typed_error = data.problem("school").map(ToOwned::to_owned);
    let chosen =
        if data.value("school-not-listed") == "yes" { NOT_LISTED } else { data.value("school-code") }.to_owned();
    let list_error = data.problem("school-code").map(ToOwned::to_owned);
    let schools = data.schools.clone();
    let yes = Choice::new("yes", "Yes").reveals(move || {
        let list = school_list(&schools, &chosen, list_error.as_deref());
        view! {
            <Input
                name="school"
                id="school"
                label="Name of your school or college"
                hint="Write its name, its town or its postcode. Then choose it from the list."
                value=typed.clone()
                error=typed_error.clone()
                autocomplete="off"
                spellcheck=false
            />
            <div id=ids::SCHOOLS>{list}</div>
        }
    });
    let no = Choice::new("no", "I am not at school or college");
    view! {
        <Radios
            name=name
            id=id
            label=words.label
            hint=words.hint
            value=data.value(id)
            error=data.problem(id)
            page_heading=words.heading
            items=vec![yes, no]
        />
    }
    .into_any()
}

/// What is posted for "It is not in this list".
pub(crate) const NOT_LISTED: &str = "none";

/// The schools to choose from; nothing when there are none.
pub(crate) fn school_list(schools: &[Pair], chosen: &str, error: Option<&str>) -> AnyView {
    if schools.is_empty() {
        return ().into_any();
    }
    let mut items: Vec<Choice> =
        schools.iter().map(|school| Choice::new(school.key.clone(), school.text.clone())).collect();
    items.push(Choice::new(NOT_LISTED, "It is not in this list"));
    view! {
        <Radios
            name="school_code"
            id=FIRST_SCHOOL
            label="Choose your school or college"
            label_size=Size::S
            value=chosen
            error=error
            small=true
            items=items
        />
    }
    .into_any()
}

/// The id of the first school, to which a problem with the choice links.
const FIRST_SCHOOL: &str = "school-code";

/// How many schools were found, for people who do not see the list.
pub(crate) fn schools_in_words(found: usize, typed: &str) -> String {
    match found {
        0 if typed.trim().chars().count() < 3 => String::new(),
        0 => "We do not know that name. You can leave it as you wrote it.".to_owned(),
        1 => "1 school or college found. Choose it below.".to_owned(),
        n => format!("{n} schools or colleges found. Choose yours below."),
    }
}
