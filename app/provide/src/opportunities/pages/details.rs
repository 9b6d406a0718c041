//! Changing what learners read of an opportunity.

use domain::form::Problem;
use domain::ids::OpportunityId;
use domain::search::{Audience, Setting};
use kit::AppError;
use kit::components::{
    BackLink, Button, CharacterCount, Checkboxes, Choice, ErrorSummary, Limit, NotificationBanner, Radios, Size,
};
use leptos::prelude::*;
use leptos_meta::Title;
use services::opportunities::{Details, LONGEST_TEXT, TEXTS, TextBox};

/// The texts of an opportunity, for whom it is, and what it takes to come.
#[component]
pub fn OpportunityDetailsPage() -> impl IntoView {
    let id = kit::param("id");
    let (problem, saved) = (kit::query("problem"), kit::query("done") == "saved");
    kit::page(async move {
        let ctx = kit::request();
        let id: OpportunityId = id.parse().map_err(|_| AppError::NotFound)?;
        let details = services::opportunities::details(&ctx, id, !problem.is_empty()).await?;
        Ok::<_, AppError>(details_view(&details, saved))
    })
}

fn text_view(details: &Details, one: &TextBox) -> AnyView {
    let limit = Limit::Characters(u32::try_from(LONGEST_TEXT).unwrap_or(u32::MAX));
    let value = details.boxes.get(one.name).cloned().unwrap_or_default();
    let hint = (!one.hint.is_empty()).then_some(one.hint);
    let error = kit::field_error(&details.problems, one.name);
    view! {
        <CharacterCount
            name=one.name
            label=one.label
            label_size=Size::S
            hint=hint
            limit=limit
            rows=one.rows
            value=value
            error=error
        />
    }
    .into_any()
}

pub(super) fn details_view(details: &Details, saved: bool) -> AnyView {
    let id = details.opportunity.id.to_string();
    let errors: Vec<(String, String)> =
        details.problems.iter().map(|Problem { field, message }| (field.clone(), message.clone())).collect();
    let title = if errors.is_empty() { "What learners read" } else { "Error: What learners read" };
    let said = |name: &str| details.boxes.get(name).cloned().unwrap_or_default();
    let settings = [("usual".to_owned(), "As usual in this area of work".to_owned())]
        .into_iter()
        .chain(Setting::ALL.iter().map(|one| (one.as_str().to_owned(), one.label().to_owned())))
        .collect::<Vec<_>>();
    let setting = Some(said("setting")).filter(|word| !word.is_empty()).unwrap_or_else(|| "usual".to_owned());
    let audiences: Vec<Choice> = Audience::ALL
        .iter()
        .map(|one| {
            let mut label = one.label().to_owned();
            label[..1].make_ascii_uppercase();
            Choice::new(one.as_str(), label)
        })
        .collect();
    let chosen: Vec<String> = said("audiences").split_whitespace().map(str::to_owned).collect();
    let needs = vec![
        Choice::new("nothing", "No experience and no grades are needed")
            .hint("Learners can look for these alone. Tick it only if you never ask for either."),
    ];
    let texts = TEXTS.iter().map(|one| text_view(details, one)).collect_view();
    let back = format!("/provider/opportunities/{id}");
    view! {
        <Title text=title />
        <BackLink href=back text=details.opportunity.title.clone() />
        {saved.then(|| view! { <NotificationBanner success=true heading="Saved. Learners read it like this now." /> })}
        <ErrorSummary errors=errors />
        <h1 class="nhsuk-heading-l">"What learners read"</h1>
        <p>"Leave a box empty, and its heading is not shown. People who have applied keep what they were promised: dates, ages and checks are not changed here."</p>
        <form method="post" action="/do/provide_describe_opportunity" novalidate>
            <input type="hidden" name="opportunity" value=id />
            {texts}
            <Radios name="setting" label="With patients or not" label_size=Size::S items=settings value=setting />
            <Checkboxes
                name="audiences[]"
                id="audiences"
                label="Is it for some people above all?"
                label_size=Size::S
                hint="Leave all empty if it is for everybody."
                items=audiences
                values=chosen
            />
            <Checkboxes name="needs" items=needs values=vec![said("needs")] />
            <Button prevent_double_click=true>"Save"</Button>
        </form>
    }
    .into_any()
}
