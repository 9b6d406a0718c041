//! A host's sessions, and the register of a day: one tap for each person.

use chrono::NaiveDate;
use domain::Role;
use domain::attendance::{Mark, length};
use domain::ids::SessionId;
use domain::words::{count, date_range, day_month, long_date};
use kit::AppError;
use kit::components::{BackLink, Button, ButtonKind, InsetText};
use leptos::prelude::*;
use leptos_meta::Title;
use services::attendance::{Listed, Person, Register, register, sessions_to_host};

/// A supervisor's sessions: to record, running, coming.
#[component]
pub fn SupervisorPage() -> impl IntoView {
    kit::page(async move {
        let ctx = kit::request();
        let list = sessions_to_host(&ctx).await?;
        let today = ctx.services.today();
        let item = |one: &Listed| {
            let session = &one.session;
            let href = format!("/supervisor/sessions/{}", session.id);
            let to_record = i64::try_from(one.open_days.len()).unwrap_or(0);
            let note = if to_record > 0 {
                format!("{} to record", count(to_record, "day", "days"))
            } else {
                count(session.confirmed, "person comes", "people come")
            };
            view! {
                <li>
                    <a href=href>{session.title.clone()}</a>
                    <br />
                    {format!("{}. {note}.", date_range(session.starts_on, session.ends_on))}
                </li>
            }
            .into_any()
        };
        let section = |heading: &'static str, takes: &dyn Fn(&Listed) -> bool| {
            let items: Vec<AnyView> = list.iter().filter(|one| takes(one)).map(item).collect();
            (!items.is_empty()).then(|| {
                view! {
                    <h2 class="nhsuk-heading-m">{heading}</h2>
                    <ul class="nhsuk-list">{items}</ul>
                }
                .into_any()
            })
        };
        let close = section("To record", &|one| !one.open_days.is_empty());
        let week = today + chrono::Days::new(7);
        let soon = section("Today and this week", &|one| one.open_days.is_empty() && one.session.starts_on < week);
        let later = section("Later", &|one| one.open_days.is_empty() && one.session.starts_on >= week);
        let none = list.is_empty().then(|| {
            view! { <p>"Nobody comes to your departments in the next four weeks. You get an email when somebody does."</p> }
        });
        Ok::<_, AppError>(view! {
            <Title text="Your sessions" />
            <h1 class="nhsuk-heading-l">"Your sessions"</h1>
            {none}
            {close}
            {soon}
            {later}
        })
    })
}

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
    let (id, day) = (kit::param("id"), kit::query("day"));
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
        let shown = register(&ctx, id, day).await?;
        Ok::<_, AppError>(view! {
            <Title text=format!("Who came, {}: {}", long_date(shown.day), shown.session.title) />
            {register_view(at, &shown)}
        })
    })
}

fn page_of(at: &str, shown: &Register) -> String {
    let id = shown.session.id;
    if at == "supervisor" {
        format!("/supervisor/sessions/{id}")
    } else {
        format!("/provider/sessions/{id}/attendance")
    }
}

fn register_view(at: &'static str, shown: &Register) -> AnyView {
    let page = page_of(at, shown);
    let (back, back_words) = if at == "supervisor" {
        ("/supervisor".to_owned(), "Your sessions")
    } else {
        (format!("/provider/sessions/{}", shown.session.id), "These dates")
    };
    let sheet = format!("{}/sheet", page.trim_end_matches("/attendance"));
    let this = shown.days.iter().find(|one| one.day == shown.day);
    let not_run = this.and_then(|one| one.not_run.clone());
    let open = this.is_some_and(|one| one.open) && not_run.is_none();
    let unrecorded = shown.people.iter().filter(|one| one.today.is_none() && one.may_change).count();
    let note = if shown.session.cancelled {
        Some("These dates are cancelled. Nobody is coming.".to_owned())
    } else if let Some(reason) = &not_run {
        Some(format!("It did not take place on this day: {reason}"))
    } else if open {
        None
    } else {
        Some("You can record this day once it has begun.".to_owned())
    };
    let all = (open && unrecorded > 0).then(|| {
        view! {
            <form method="post" action="/do/provide_everyone_came" class="wex-no-print">
                <input type="hidden" name="session" value=shown.session.id.to_string() />
                <input type="hidden" name="day" value=shown.day.to_string() />
                <input type="hidden" name="at" value=at />
                <Button>"Everyone came"</Button>
            </form>
        }
    });
    let people: Vec<AnyView> = shown.people.iter().map(|one| person_view(at, shown, one, open)).collect();
    let nobody = people.is_empty().then(|| view! { <p>"Nobody has a confirmed place on these dates."</p> });
    view! {
        <BackLink href=back text=back_words />
        <h1 class="nhsuk-heading-l">
            <span class="nhsuk-caption-l">{shown.session.title.clone()}</span>
            {long_date(shown.day)}
        </h1>
        {days_view(&page, shown)}
        {note
            .map(|words| {
                view! {
                    <InsetText>
                        <p>{words}</p>
                    </InsetText>
                }
            })}
        {all}
        {nobody}
        {people}
        <p class="wex-no-print">
            <a href=sheet>"Print a sign-in sheet"</a>
        </p>
        {not_run_view(at, shown)}
    }
    .into_any()
}

/// The days, each a link with how far it is.
fn days_view(page: &str, shown: &Register) -> Option<AnyView> {
    if shown.days.len() < 2 {
        return None;
    }
    let everybody = shown.people.len();
    let items: Vec<AnyView> = shown
        .days
        .iter()
        .map(|one| {
            let state = if one.not_run.is_some() {
                ", did not take place".to_owned()
            } else if everybody > 0 && one.recorded >= everybody {
                ", recorded".to_owned()
            } else if one.open {
                format!(", {} of {everybody} recorded", one.recorded)
            } else {
                String::new()
            };
            let href = format!("{page}?day={}", one.day);
            let current = (one.day == shown.day).then_some("page");
            let words = format!("{}{state}", day_month(one.day));
            view! {
                <li>
                    <a href=href aria-current=current>
                        {words}
                    </a>
                </li>
            }
            .into_any()
        })
        .collect();
    Some(
        view! {
            <nav class="wex-no-print" aria-label="Days">
                <ul class="nhsuk-list">{items}</ul>
            </nav>
        }
        .into_any(),
    )
}

fn person_view(at: &'static str, shown: &Register, one: &Person, open: bool) -> AnyView {
    let mark = one.today.as_ref().and_then(|day| day.mark);
    let said = one.today.as_ref().and_then(|day| {
        let minutes = day.minutes.filter(|_| day.mark == Some(Mark::Part)).map(|m| format!(", {}", length(m)));
        Some(format!("Recorded: {}{}", day.mark?.in_words().to_lowercase(), minutes.unwrap_or_default()))
    });
    let access = one.access.as_ref().map(|text| {
        let text = text.clone();
        view! {
            <p>"What would help them: "</p>
            <div class="wex-own-words">{text}</div>
        }
    });
    let form = (open && one.may_change).then(|| {
        let taps: Vec<AnyView> = Mark::ALL
            .iter()
            .map(|choice| {
                let words = match choice {
                    Mark::Came => "Came",
                    Mark::Part => "Part",
                    Mark::Absent => "Did not come",
                };
                let hidden = format!(": {}", one.name);
                let kind = if mark == Some(*choice) { ButtonKind::Primary } else { ButtonKind::Secondary };
                view! {
                    <Button kind=kind small=true name="mark" value=choice.as_str()>
                        {words}
                        <span class="nhsuk-u-visually-hidden">{hidden}</span>
                    </Button>
                }
                .into_any()
            })
            .collect();
        let undo = (mark.is_some() && one.state == domain::State::Confirmed).then(|| {
            let hidden = format!(": {}", one.name);
            view! {
                <Button kind=ButtonKind::Secondary small=true name="mark" value="">
                    "Undo"
                    <span class="nhsuk-u-visually-hidden">{hidden}</span>
                </Button>
            }
        });
        view! {
            <form method="post" action="/do/provide_record_day" class="wex-no-print">
                <input type="hidden" name="session" value=shown.session.id.to_string() />
                <input type="hidden" name="reference" value=one.reference.clone() />
                <input type="hidden" name="day" value=shown.day.to_string() />
                <input type="hidden" name="at" value=at />
                <div class="nhsuk-button-group">{taps} {undo}</div>
            </form>
        }
    });
    let change = (shown.role == Role::Coordinator && at == "provider").then(|| {
        let href = format!("/provider/sessions/{}/attendance/{}", shown.session.id, one.reference);
        view! {
            <p class="wex-no-print">
                <a href=href>
                    "Every day, and changes"
                    <span class="nhsuk-u-visually-hidden">{format!(": {}", one.name)}</span>
                </a>
            </p>
        }
    });
    view! {
        <section>
            <h2 class="nhsuk-heading-s">{one.name.clone()}</h2>
            <p>{said.unwrap_or_else(|| "Not recorded yet".to_owned())}</p>
            {access}
            {form}
            {change}
        </section>
    }
    .into_any()
}

/// A coordinator notes that a day did not take place.
fn not_run_view(at: &str, shown: &Register) -> Option<AnyView> {
    let this = shown.days.iter().find(|one| one.day == shown.day)?;
    if at == "supervisor" || shown.role != Role::Coordinator || shown.session.cancelled || this.recorded > 0 {
        return None;
    }
    let ran = this.not_run.is_some();
    let (heading, words) = if ran {
        ("Did it take place after all?", "It took place after all")
    } else {
        ("Did it not take place on this day?", "It did not take place")
    };
    let why = (!ran).then(|| view! { <kit::components::Input name="reason" label="Why it did not take place" /> });
    Some(
        view! {
            <section class="wex-no-print">
                <h2 class="nhsuk-heading-m">{heading}</h2>
                <form method="post" action="/do/provide_day_not_run">
                    <input type="hidden" name="session" value=shown.session.id.to_string() />
                    <input type="hidden" name="day" value=shown.day.to_string() />
                    <input type="hidden" name="ran" value=if ran { "yes" } else { "" } />
                    {why}
                    <Button kind=ButtonKind::Secondary>{words}</Button>
                </form>
            </section>
        }
        .into_any(),
    )
}
