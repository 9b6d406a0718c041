//! Changing how many places there are. What was typed is read again when the page is shown, so that the
//! page says what is wrong, with scripts or without.

use domain::State;
use domain::ids::SessionId;
use domain::places::TooFew;
use domain::words::{count, short_date};
use kit::AppError;
use kit::components::{
    BackLink, Button, Checkboxes, Choice, Column, ErrorSummary, Input, InputKind, InsetText, Size, Table,
};
use leptos::prelude::*;
use leptos_meta::Title;
use services::Ctx;
use services::applications::Line;
use services::sessions::{Change, Changed, SessionView, find_school, view};

use super::coming::name;
use super::{capital, held};

/// The numbers as somebody typed them.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub(in crate::sessions) struct Typed {
    pub(in crate::sessions) places: String,
    pub(in crate::sessions) priority: String,
    pub(in crate::sessions) school_places: String,
    pub(in crate::sessions) school: String,
    pub(in crate::sessions) lists: String,
}

/// What is wrong with a box: its name and the words.
type Problems = Vec<(&'static str, String)>;

impl Typed {
    /// As the session has them.
    pub(super) fn stored(shown: &SessionView) -> Self {
        let places = shown.places.places;
        Self {
            places: places.capacity.to_string(),
            priority: places.reserved_priority.to_string(),
            school_places: places.reserved_school.to_string(),
            school: shown.places.reserved_for.as_ref().map(|(_, _, name)| name.clone()).unwrap_or_default(),
            lists: if shown.places.lists_when_full { "yes".into() } else { String::new() },
        }
    }

    fn from_address() -> Option<Self> {
        (!kit::query("check").is_empty()).then(|| Self {
            places: kit::query("places"),
            priority: kit::query("priority"),
            school_places: kit::query("school_places"),
            school: kit::query("school"),
            lists: kit::query("lists"),
        })
    }

    /// For the address of the page that shows it again.
    pub(in crate::sessions) fn query(&self) -> String {
        let short = |text: &str| kit::urlencode(&text.chars().take(200).collect::<String>());
        format!(
            "check=1&places={}&priority={}&school_places={}&school={}&lists={}",
            short(&self.places),
            short(&self.priority),
            short(&self.school_places),
            short(&self.school),
            short(&self.lists),
        )
    }

    /// The numbers, or what is wrong with them. A box for reserved places that is left empty means none.
    pub(in crate::sessions) async fn read(&self, ctx: &Ctx) -> Result<Result<Change, Problems>, AppError> {
        let number = |text: &str, empty: Option<i64>| match text.trim() {
            "" => empty,
            typed => typed.parse::<i64>().ok().filter(|n| (0..=domain::publishing::NO_LIMIT).contains(n)),
        };
        let mut problems = Problems::new();
        let capacity = number(&self.places, None).filter(|n| *n > 0);
        if capacity.is_none() {
            problems.push(("places", "Enter how many places there are, like 6".to_owned()));
        }
        let mut reserved = |name: &'static str, text: &str| {
            number(text, Some(0)).unwrap_or_else(|| {
                problems.push((name, "Enter a whole number, like 2, or 0 for none".to_owned()));
                0
            })
        };
        let reserved_priority = reserved("priority", &self.priority);
        let reserved_school = reserved("school_places", &self.school_places);
        if let Some(capacity) = capacity
            && problems.is_empty()
            && reserved_priority + reserved_school > capacity
        {
            let all = count(capacity, "place", "places");
            problems.push(("priority", format!("Reserve {all} at most: there are no more")));
        }
        let mut reserved_for = None;
        if reserved_school > 0 {
            match find_school(ctx, &self.school).await {
                Ok((school, _)) => reserved_for = Some(school),
                Err(services::Error::Refused(why)) => problems.push(("school", why)),
                Err(error) => return Err(error.into()),
            }
        }
        Ok(match capacity {
            Some(capacity) if problems.is_empty() => Ok(Change {
                capacity,
                reserved_priority,
                reserved_school,
                reserved_for,
                lists_when_full: self.lists == "yes",
            }),
            _ => Err(problems),
        })
    }
}

/// The form with the numbers, and why they cannot be what was asked.
#[component]
pub fn PlacesPage() -> impl IntoView {
    let (id, typed) = (kit::param("id"), Typed::from_address());
    kit::page(async move {
        let ctx = kit::request();
        let id: SessionId = id.parse().map_err(|_| AppError::NotFound)?;
        let shown = view(&ctx, id).await?;
        services::policy::coordinator_of(&ctx, shown.about.organisation, |m| m.can_post)?;
        let (problems, holding) = match &typed {
            None => (Problems::new(), Vec::new()),
            Some(typed) => match typed.read(&ctx).await? {
                Err(problems) => (problems, Vec::new()),
                Ok(change) => match services::sessions::would_change(&ctx, id, &change).await? {
                    Changed::Done => (Problems::new(), Vec::new()),
                    Changed::TooFew(why, holding) => (vec![too_few(why, &change)], holding),
                },
            },
        };
        let typed = typed.unwrap_or_else(|| Typed::stored(&shown));
        let error = if problems.is_empty() { "" } else { "Error: " };
        Ok::<_, AppError>(view! {
            <Title text=format!("{error}Change places, {}", shown.about.title) />
            {places_view(&shown, &typed, problems, &holding)}
        })
    })
}

/// Why the people who hold a place leave no room for these numbers.
pub(super) fn too_few(why: TooFew, change: &Change) -> (&'static str, String) {
    match why {
        TooFew::NoPlaces => ("places", "Enter how many places there are, like 6".to_owned()),
        TooFew::Reserved => ("priority", "Reserve fewer places: there are not that many".to_owned()),
        TooFew::Held { held } => (
            "places",
            format!("{} held, so there cannot be only {}", count(held, "place is", "places are"), change.capacity),
        ),
        TooFew::Open { .. } => {
            ("priority", "Reserve fewer places: people who hold a place do not qualify for a reserved one".to_owned())
        }
    }
}

pub(super) fn places_view(
    shown: &SessionView,
    typed: &Typed,
    problems: Problems,
    holding: &[Line],
) -> impl IntoView + use<> {
    let about = &shown.about;
    let back = format!("/provider/sessions/{}", about.session);
    let error = |field: &str| problems.iter().find(|(at, _)| *at == field).map(|(_, words)| words.clone());
    let (places, priority) = (error("places"), error("priority"));
    let (school_places, school) = (error("school_places"), error("school"));
    let now = shown.places.places;
    let waiting = i64::try_from(shown.waiting.len()).unwrap_or(i64::MAX);
    let lists = if typed.lists == "yes" { vec!["yes".to_owned()] } else { Vec::new() };
    view! {
        <BackLink href=back text=about.dates() />
        <ErrorSummary errors=problems />
        <h1 class="nhsuk-heading-l">
            <span class="nhsuk-caption-l">{format!("{}, {}", about.title, about.dates())}</span>
            "Change how many places there are"
        </h1>
        <p>{format!("{} at the moment. Nobody who holds a place loses it.", held(now.held(), now.capacity))}</p>
        {holding_view(holding)}
        {(waiting > 0)
            .then(|| {
                let people = count(waiting, "person waits", "people wait");
                view! {
                    <InsetText>
                        <p>{format!("{people} for a place. A place that you add is offered to whoever is next.")}</p>
                    </InsetText>
                }
            })}
        <form method="post" action="/do/provide_change_places" novalidate>
            <input type="hidden" name="session" value=about.session.to_string() />
            <Input
                name="places"
                label="All places"
                label_size=Size::S
                kind=InputKind::Numeric
                width=4
                value=typed.places.clone()
                error=places
            />
            <Input
                name="priority"
                label="Of these, reserved for learners who meet a priority"
                label_size=Size::S
                hint="Such as care experienced or free school meals. Their adviser tells us. You see that they meet one, never which."
                kind=InputKind::Numeric
                width=4
                value=typed.priority.clone()
                error=priority
            />
            <Input
                name="school_places"
                label="Of these, reserved for learners of one school or college"
                label_size=Size::S
                hint="Those who may have a reserved place get it first, so that open places stay open to everybody."
                kind=InputKind::Numeric
                width=4
                value=typed.school_places.clone()
                error=school_places
            />
            <Input
                name="school"
                label="Which school or college?"
                label_size=Size::S
                hint="Its name, or its unique reference number (URN). Only if you reserve places for one."
                value=typed.school.clone()
                error=school
            />
            <Checkboxes
                name="lists"
                label="When every place is held"
                label_size=Size::S
                values=lists
                items=vec![
                    Choice::new("yes", "Put new applications on the waiting list by themselves")
                        .hint("People hear at once where they stand. You can still offer a place or say no."),
                ]
            />
            <Button prevent_double_click=true>"Change the places"</Button>
        </form>
    }
}

/// Who holds a place, and what could be done about each.
fn holding_view(holding: &[Line]) -> Option<AnyView> {
    if holding.is_empty() {
        return None;
    }
    let rows = holding
        .iter()
        .map(|line| {
            let href = format!("/provider/applications/{}", line.reference);
            vec![
                view! { <a href=href>{name(line)}</a> }.into(),
                capital(line.state.in_words()).into(),
                what_next(line).into(),
            ]
        })
        .collect();
    Some(
        view! {
            <Table
                caption="Who holds a place"
                columns=vec![Column::new("Name"), Column::new("Where it stands"), Column::new("What you can do")]
                rows=rows
            />
        }
        .into_any(),
    )
}

fn what_next(line: &Line) -> String {
    match (line.state, line.respond_by) {
        (State::Offered, Some(by)) => {
            format!("Wait for their answer until {}, or take the offer back", short_date(by))
        }
        (State::Offered, None) => "Wait for their answer, or take the offer back".to_owned(),
        _ => "Talk with them: they can withdraw, or you can cancel their place".to_owned(),
    }
}
