//! The register of a day: who comes, what is recorded, and the days.

use chrono::NaiveDate;
use domain::Role;
use domain::ids::SessionId;
use domain::words::{count, day_in_week, long_date};
use kit::AppError;
use kit::components::{
    ActionLink, BackLink, Button, ButtonKind, CharacterCount, Details, ErrorLink, ErrorSummary, InsetText, Limit,
};
use leptos::prelude::*;
use leptos_meta::Title;
use services::attendance::{Again, Form, LONGEST, Register, RegisterDay, again, register};

use super::person::person_view;

/// The register, for a supervisor.
#[component]
pub fn SupervisorSessionPage() -> impl IntoView {
    register_page("supervisor")
}

/// The register, for a coordinator.
#[component]
pub fn AttendancePage() -> impl IntoView {
    register_page("provider")
}

fn register_page(at: &'static str) -> AnyView {
    let (id, day, mend) = (kit::param("id"), kit::query("day"), kit::query("mend"));
    kit::page(async move {
        let id: SessionId = id.parse().map_err(|_| AppError::NotFound)?;
        let day: Option<NaiveDate> = match day.as_str() {
            "" => None,
            day => Some(day.parse().map_err(|_| AppError::NotFound)?),
        };
        let ctx = kit::request();
        // Each role has its own address; the other's is not there.
        if at == "supervisor" {
            services::policy::supervisor(&ctx)?;
        } else {
            services::policy::coordinator(&ctx)?;
        }
        let register = register(&ctx, id, day).await?;
        let mut shown = Shown { at, register, day: Again::default(), not_run: Again::default() };
        match mend.as_str() {
            "day" => shown.day = again(&ctx, &Form::Day(id, shown.register.day)).await?,
            "not-run" if shown.has_not_run() => {
                shown.not_run = again(&ctx, &Form::NotRun(id, shown.register.day)).await?;
            }
            _ => {}
        }
        let title = format!("Who came, {}: {}", long_date(shown.register.day), shown.register.session.title);
        let wrong = !shown.day.problems.is_empty() || !shown.not_run.problems.is_empty();
        let title = if wrong { format!("Error: {title}") } else { title };
        Ok::<_, AppError>(view! {
            <Title text=title />
            {register_view(&shown)}
        })
    })
}

/// What the page shows, and to whom.
pub(super) struct Shown {
    /// "supervisor" or "provider": whose address it is.
    pub at: &'static str,
    pub register: Register,
    /// A person's day, or everybody's, that could not be recorded.
    pub day: Again,
    /// A day's not taking place that could not be noted.
    pub not_run: Again,
}

impl Shown {
    fn page(&self) -> String {
        let id = self.register.session.id;
        if self.at == "supervisor" {
            format!("/supervisor/sessions/{id}")
        } else {
            format!("/provider/sessions/{id}/attendance")
        }
    }

    fn this(&self) -> Option<&RegisterDay> {
        self.register.days.iter().find(|one| one.day == self.register.day)
    }

    /// Whether the shown day can be recorded.
    pub fn open(&self) -> bool {
        self.this().is_some_and(|one| one.open && one.not_run.is_none())
    }

    /// Of how many the shown day can be recorded with "everyone came".
    fn unrecorded(&self) -> usize {
        let people = self.register.people.iter();
        if self.open() { people.filter(|one| one.today.is_none() && one.may_change).count() } else { 0 }
    }

    /// Whether a day's not taking place can be noted here: by coordinators, while nobody is recorded.
    fn has_not_run(&self) -> bool {
        self.at != "supervisor"
            && self.register.role == Role::Coordinator
            && !self.register.session.cancelled
            && self.this().is_some_and(|one| one.recorded == 0)
    }

    /// The next day that waits to be recorded, when nothing is left on this one.
    fn next(&self) -> Option<&RegisterDay> {
        let everybody = self.register.people.len();
        let waits = |one: &&RegisterDay| one.open && one.not_run.is_none() && one.recorded < everybody;
        if self.this().is_some_and(|one| waits(&one)) {
            return None;
        }
        self.register.days.iter().find(waits)
    }

    /// What is wrong, each with a link to where it is mended.
    fn errors(&self) -> Vec<ErrorLink> {
        let reference = self.day.typed("reference");
        let listed = self.register.people.iter().any(|one| one.reference == reference);
        let of_day = self.day.problems.iter().map(|problem| match problem.field.as_str() {
            "hours" if listed => ErrorLink::new(format!("hours-{reference}"), problem.message.clone()),
            _ if listed => ErrorLink::new(reference.clone(), problem.message.clone()),
            _ => ErrorLink::general(problem.message.clone()),
        });
        let of_not_run =
            self.not_run.problems.iter().map(|problem| ErrorLink::new(problem.field.clone(), problem.message.clone()));
        of_day.chain(of_not_run).collect()
    }

    /// A sentence about the day as a whole, where there is one.
    fn note(&self) -> Option<String> {
        let this = self.this()?;
        if self.register.session.cancelled {
            Some("These dates are cancelled. Nobody is coming.".to_owned())
        } else if let Some(reason) = &this.not_run {
            Some(format!("It did not take place on this day: {reason}"))
        } else if !this.open {
            Some("Not yet. You can record this day once it has begun.".to_owned())
        } else if self.at == "supervisor" && !self.register.people.is_empty() && self.cannot_change() {
            Some("Every day is recorded. Is something wrong? A coordinator can change it.".to_owned())
        } else {
            None
        }
    }

    fn cannot_change(&self) -> bool {
        self.register.people.iter().all(|one| !one.may_change)
    }
}

pub(super) fn register_view(shown: &Shown) -> AnyView {
    let register = &shown.register;
    let page = shown.page();
    let (back, back_words) = if shown.at == "supervisor" {
        ("/supervisor".to_owned(), "My sessions")
    } else {
        (format!("/provider/sessions/{}", register.session.id), "These dates")
    };
    let sheet = format!("{}/sheet", page.trim_end_matches("/attendance"));
    let note = shown.note().map(|words| {
        view! {
            <InsetText>
                <p>{words}</p>
            </InsetText>
        }
    });
    let nobody =
        register.people.is_empty().then(|| view! { <p>"Nobody has a confirmed place on these dates."</p> }.into_any());
    let people: Vec<AnyView> = register.people.iter().map(|one| person_view(shown, one)).collect();
    let next = shown.next().map(|one| {
        let href = format!("{page}?day={}", one.day);
        let words = format!("Record {}", long_date(one.day));
        view! {
            <p class="wex-no-print">
                <ActionLink href=href>{words}</ActionLink>
            </p>
        }
    });
    view! {
        <BackLink href=back text=back_words />
        <ErrorSummary errors=shown.errors() />
        <h1 class="nhsuk-heading-l">
            <span class="nhsuk-caption-l">{register.session.title.clone()}</span>
            {long_date(register.day)}
        </h1>
        {days_view(&page, register)}
        {note}
        {everyone_view(shown)}
        {nobody}
        <ul class="wex-register">{people}</ul>
        {next}
        <p class="wex-links wex-no-print">
            <a href=sheet>"Print a sign-in sheet"</a>
        </p>
        {not_run_view(shown)}
    }
    .into_any()
}

/// How many are recorded, and one tap for all the others.
fn everyone_view(shown: &Shown) -> Option<AnyView> {
    let register = &shown.register;
    let everybody = register.people.len();
    if everybody == 0 || !shown.open() {
        return None;
    }
    let recorded = register.people.iter().filter(|one| one.today.is_some()).count();
    let number = |n: usize| i64::try_from(n).unwrap_or(i64::MAX);
    let sum = match recorded {
        0 => format!("{}, nobody recorded yet.", count(number(everybody), "person", "people")),
        n if n == everybody => "Everybody is recorded on this day.".to_owned(),
        n => format!("{n} of {} recorded.", count(number(everybody), "person", "people")),
    };
    let button = (shown.unrecorded() > 0).then(|| {
        let words = if recorded == 0 { "Everyone came" } else { "Everybody else came" };
        view! {
            <form method="post" action="/do/provide_everyone_came" class="wex-no-print">
                <input type="hidden" name="session" value=register.session.id.to_string() />
                <input type="hidden" name="day" value=register.day.to_string() />
                <input type="hidden" name="at" value=shown.at />
                <Button>{words}</Button>
            </form>
        }
    });
    Some(
        view! {
            <p>{sum}</p>
            {button}
        }
        .into_any(),
    )
}

/// How far a day is, in words.
fn state(one: &RegisterDay, register: &Register) -> String {
    let everybody = register.people.len();
    if one.not_run.is_some() {
        "did not take place".to_owned()
    } else if !one.open {
        if register.session.cancelled { "cancelled" } else { "not yet" }.to_owned()
    } else if everybody == 0 {
        "nobody came".to_owned()
    } else if one.recorded >= everybody {
        "recorded".to_owned()
    } else if one.recorded == 0 {
        "to record".to_owned()
    } else {
        format!("{} of {everybody} recorded", one.recorded)
    }
}

/// The days, each a link with how far it is.
fn days_view(page: &str, register: &Register) -> Option<AnyView> {
    if register.days.len() < 2 {
        return None;
    }
    let items: Vec<AnyView> = register
        .days
        .iter()
        .map(|one| {
            let href = format!("{page}?day={}", one.day);
            let current = (one.day == register.day).then_some("page");
            let (day, state) = (day_in_week(one.day), state(one, register));
            view! {
                <li>
                    <a class="wex-days__link" href=href aria-current=current>
                        <span class="wex-days__day">{day}</span>
                        " "
                        <span class="wex-days__state">{state}</span>
                    </a>
                </li>
            }
            .into_any()
        })
        .collect();
    Some(
        view! {
            <nav class="wex-no-print" aria-label="Days">
                <ul class="wex-days">{items}</ul>
            </nav>
        }
        .into_any(),
    )
}

/// A coordinator notes that a day did not take place.
fn not_run_view(shown: &Shown) -> Option<AnyView> {
    if !shown.has_not_run() {
        return None;
    }
    let register = &shown.register;
    let ran = shown.this()?.not_run.is_some();
    let again = &shown.not_run;
    let summary = if ran { "It took place after all" } else { "It did not take place on this day" };
    let inner = if ran {
        view! { <Button kind=ButtonKind::Secondary>"It took place on this day"</Button> }.into_any()
    } else {
        let limit = Limit::Characters(u32::try_from(LONGEST).unwrap_or(u32::MAX));
        view! {
            <CharacterCount
                name="reason"
                label="Why it did not take place"
                hint="Everybody who comes can read this. The day then counts for nobody."
                limit=limit
                rows=2
                value=again.typed("reason")
                error=again.problem("reason")
            />
            <Button kind=ButtonKind::Secondary>"It did not take place"</Button>
        }
        .into_any()
    };
    let form = view! {
        <form method="post" action="/do/provide_day_not_run" novalidate>
            <input type="hidden" name="session" value=register.session.id.to_string() />
            <input type="hidden" name="day" value=register.day.to_string() />
            <input type="hidden" name="ran" value=if ran { "yes" } else { "" } />
            {inner}
        </form>
    };
    Some(
        view! {
            <div class="wex-no-print">
                <Details summary=summary open=!again.problems.is_empty()>
                    {form}
                </Details>
            </div>
        }
        .into_any(),
    )
}
