//! The form as an island: the next question, or what needs mending, is shown in the place of the last
//! one. The page works the same without it.

use std::cell::Cell;
use std::rc::Rc;
use std::time::Duration;

use kit::AppError;
use kit::live::{self, part, set_text};
use leptos::ev;
use leptos::prelude::*;
use leptos::task::spawn_local;
use leptos::wasm_bindgen::JsCast;
use leptos::web_sys::{FormData, HtmlFormElement, HtmlInputElement, HtmlTextAreaElement};

use super::{QuestionUpdate, StepOutcome, ids, kept};

/// Shows the form's questions in place. Its children are the question, written by the server.
#[island]
pub fn QuestionForm(children: Children) -> impl IntoView {
    // Counts what was asked, so that only the answer to the last request is shown.
    let asked = Rc::new(Cell::new(0_u32));
    let sending = Rc::new(Cell::new(false));
    let typed = Rc::new(Cell::new(0_u32));
    let go = {
        let asked = asked.clone();
        move |target: Target, push: bool| {
            let number = next(&asked);
            let asked = asked.clone();
            spawn_local(async move {
                let answer = crate::question(
                    target.reference.clone(),
                    target.step.clone(),
                    if target.from_check { "yes".to_owned() } else { String::new() },
                )
                .await;
                if number != asked.get() {
                    return;
                }
                match answer {
                    Ok(update) => show(&update, push),
                    // Leaving would lose what is typed here. The address goes back to it too.
                    Err(AppError::NoConnection) => {
                        if !push {
                            live::push_address(&shown_address());
                        }
                        keep_typed();
                    }
                    // An ordinary visit says what there is to say.
                    Err(_) => live::visit(&target.path),
                }
            });
        }
    };
    let on_submit = {
        let asked = asked.clone();
        move |event: ev::SubmitEvent| {
            let Some(answers) = form().and_then(|form| FormData::new_with_form(&form).ok()) else { return };
            event.prevent_default();
            if sending.replace(true) {
                return;
            }
            let number = next(&asked);
            let (asked, sending) = (asked.clone(), sending.clone());
            spawn_local(async move {
                let answer = save(&answers).await;
                sending.set(false);
                if number != asked.get() {
                    return;
                }
                if answer.is_ok() {
                    kept::forget(&shown_path());
                }
                match answer {
                    Ok(StepOutcome::Next(update)) => show(&update, true),
                    Ok(StepOutcome::Mend(update)) => show(&update, false),
                    Ok(StepOutcome::Check(address)) => live::visit(&address),
                    Err(AppError::NoConnection) => keep_typed(),
                    Err(error) => say_problem(&error),
                }
            });
        }
    };
    let on_click = {
        let go = go.clone();
        move |event: ev::MouseEvent| {
            if let Some(target) = question_link(&event) {
                event.prevent_default();
                go(target, true);
            }
        }
    };
    let on_input = move |event: ev::Event| {
        let Some(field) = event.target() else { return };
        if let Some(area) = field.dyn_ref::<HtmlTextAreaElement>() {
            show_count(area);
            if area.id() == "why" {
                later(&typed, Duration::from_millis(1000), say_count);
            }
        } else if field.dyn_ref::<HtmlInputElement>().is_some_and(|input| input.id() == "school") {
            later(&typed, Duration::from_millis(250), || look_for_schools(school_chosen()));
        }
    };
    // In the browser alone.
    Effect::new(move || {
        let go = go.clone();
        window_event_listener(ev::popstate, move |_| {
            let here = live::here();
            let path = path_of(&here).to_owned();
            // Moving to a field of the same question, as the links of the error summary do, is no other question.
            if shown_path() != path {
                match target(&here) {
                    Some(target) => go(target, false),
                    None => live::visit(&path),
                }
            }
        });
        window_event_listener_untyped("online", |_| {
            if kept::has(&shown_path()) {
                set_text(part(ids::PROBLEM), CONNECTED);
            }
        });
        // What the browser kept from an earlier visit is counted too.
        count_now();
        put_back();
    });
    view! {
        <div on:submit=on_submit on:click=on_click on:input=on_input>
            {children()}
        </div>
    }
}

/// The next number of a count.
fn next(count: &Rc<Cell<u32>>) -> u32 {
    count.set(count.get() + 1);
    count.get()
}

/// Does it once nothing more has been typed for so long.
fn later(typed: &Rc<Cell<u32>>, wait: Duration, what: impl FnOnce() + 'static) {
    let number = next(typed);
    let typed = typed.clone();
    set_timeout(
        move || {
            if typed.get() == number {
                what();
            }
        },
        wait,
    );
}

fn form() -> Option<HtmlFormElement> {
    part(ids::QUESTION)?.query_selector("form").ok()??.dyn_into().ok()
}

/// A question that an address leads to.
struct Target {
    path: String,
    reference: String,
    step: String,
    from_check: bool,
}

fn target(address: &str) -> Option<Target> {
    let (path, query) = address.split_once('?').unwrap_or((address, ""));
    let (reference, step) = path.strip_prefix("/apply/")?.split_once('/')?;
    (step != "check").then(|| Target {
        path: address.to_owned(),
        reference: reference.to_owned(),
        step: step.to_owned(),
        from_check: query.contains("from=check"),
    })
}

/// The question that a click leads to; none for other links.
fn question_link(event: &ev::MouseEvent) -> Option<Target> {
    target(&live::clicked_link(event)?)
}

/// What stands before the question mark.
fn path_of(address: &str) -> &str {
    address.split('?').next().unwrap_or_default()
}

/// The address of the question that is shown.
fn shown_address() -> String {
    part(ids::QUESTION).and_then(|question| question.get_attribute(ids::ADDRESS)).unwrap_or_default()
}

/// Its path.
fn shown_path() -> String {
    path_of(&shown_address()).to_owned()
}

async fn save(answers: &FormData) -> Result<StepOutcome, AppError> {
    let get = |name: &str| answers.get(name).as_string().unwrap_or_default();
    crate::save_answer(
        get("reference"),
        get("step"),
        get("from_check"),
        get("name"),
        get("dob_day"),
        get("dob_month"),
        get("dob_year"),
        get("phone"),
        get("at_school"),
        get("school"),
        get("school_code"),
        String::new(),
        get("adviser_may_see"),
        get("guardian_name"),
        get("guardian_email"),
        get("access"),
        get("why"),
    )
    .await
}

/// Puts a question in the place of the one before: address, title, question, focus.
fn show(update: &QuestionUpdate, push: bool) {
    let Some(question) = part(ids::QUESTION) else { return };
    if push {
        live::push_address(&update.address);
    }
    let _ = question.set_attribute(ids::ADDRESS, &update.address);
    live::set_title(&update.title);
    live::replace(&question, &update.html);
    for id in [ids::PROBLEM, ids::STATUS] {
        set_text(part(id), "");
    }
    count_now();
    put_back();
    window().scroll_to_with_x_and_y(0.0, 0.0);
    live::focus(question.query_selector(".nhsuk-error-summary, h1").ok().flatten());
}

/// What is said when the line is broken.
const NOT_SAVED: &str = "We could not reach the service, so your answer is not saved yet. It is kept in this window until you close it or sign out. Choose “Save and continue” again when you have a connection.";
/// And once it is back.
const CONNECTED: &str = "You have a connection again. Choose “Save and continue” to send what you wrote.";
/// And when the question is opened again.
const PUT_BACK: &str =
    "This is what you wrote when the connection broke. It is not saved yet. Choose “Save and continue” to send it.";

/// Keeps what is typed until it can be sent, and says so.
fn keep_typed() {
    let kept = form()
        .and_then(|form| FormData::new_with_form(&form).ok())
        .is_some_and(|answers| kept::keep(&shown_path(), &answers));
    if kept {
        set_text(part(ids::PROBLEM), NOT_SAVED);
    } else {
        say_problem(&AppError::NoConnection);
    }
}

/// Puts back what could not be sent, and says so.
fn put_back() {
    let answers = form().and_then(|form| kept::put_back(&shown_path(), &form));
    if let Some(answers) = answers {
        set_text(part(ids::PROBLEM), PUT_BACK);
        count_now();
        // The list of schools is not there yet, so none could be chosen from it.
        look_for_schools(answers.get("school_code").unwrap_or_default());
    }
}

/// Says why an answer was not saved. The form stays as it is, with what was typed.
fn say_problem(error: &AppError) {
    set_text(part(ids::PROBLEM), &error.in_words());
    // What is typed stays in this window while somebody signs in again in another.
    if let (AppError::SignIn, Some(place), Ok(link)) = (error, part(ids::PROBLEM), document().create_element("a")) {
        let _ = link.set_attribute("href", &["/sign-in?to=", &shown_path()].concat());
        let _ = link.set_attribute("target", "_blank");
        let _ = link.set_attribute("rel", "opener");
        link.set_text_content(Some("Sign in in a new tab, then come back here and save again"));
        let _ = place.append_child(&link);
    }
}

fn school_typed() -> String {
    part("school")
        .and_then(|field| field.dyn_into::<HtmlInputElement>().ok())
        .map(|input| input.value())
        .unwrap_or_default()
}

/// Lists what the typed name of a school may mean, with the chosen one still chosen.
fn look_for_schools(chosen: String) {
    let asked_for = school_typed();
    if asked_for.is_empty() {
        return;
    }
    spawn_local(async move {
        if let Ok(schools) = crate::find_schools(asked_for.clone(), chosen).await
            && school_typed() == asked_for
            && let Some(place) = part(ids::SCHOOLS)
        {
            live::replace(&place, &schools.html);
            set_text(part(ids::STATUS), &schools.said);
        }
    });
}

/// The school that was chosen from the list before.
fn school_chosen() -> String {
    let chosen = part(ids::SCHOOLS).and_then(|place| place.query_selector("input:checked").ok().flatten());
    chosen.and_then(|one| one.dyn_into::<HtmlInputElement>().ok()).map(|one| one.value()).unwrap_or_default()
}

/// How many words are left, or too many.
fn count_in_words(text: &str) -> String {
    let (words, limit) = (domain::words::word_count(text), domain::form::WHY_WORDS);
    let (number, end) = if words > limit { (words - limit, " too many") } else { (limit - words, " left") };
    ["You have ", &number.to_string(), if number == 1 { " word" } else { " words" }, end].concat()
}

fn why() -> Option<HtmlTextAreaElement> {
    part("why")?.dyn_into().ok()
}

fn count_now() {
    if let Some(area) = why() {
        show_count(&area);
    }
}

fn show_count(area: &HtmlTextAreaElement) {
    if area.id() == "why" {
        set_text(part("why-info"), &count_in_words(&area.value()));
    }
}

fn say_count() {
    if let Some(area) = why() {
        set_text(part(ids::STATUS), &count_in_words(&area.value()));
    }
}
