//! Learners: the address, the code, the date of birth.

use domain::words;
use kit::AppError;
use kit::components::*;
use leptos::prelude::*;
use leptos_meta::Title;
use services::identity::{SignInUnderWay, under_way};

use super::{error_at, head, sent_on};
use crate::cookies;

/// Asks for the address.
#[component]
pub fn SignInPage() -> impl IntoView {
    let (problem, to) = (kit::query("problem"), kit::query("to"));
    kit::page(async move {
        let ctx = kit::request();
        if sent_on(&ctx, &to) {
            return Ok(().into_any());
        }
        let earlier = if problem.is_empty() { None } else { under_way(&ctx, &cookies::start()).await? };
        let email = earlier.as_ref().map(|earlier| earlier.email.clone()).unwrap_or_default();
        let to = if to.is_empty() { earlier.and_then(|earlier| earlier.go_to).unwrap_or_default() } else { to };
        let errors = match problem.as_str() {
            "email" if email.is_empty() => vec![("email", "Enter your email address".to_owned())],
            "email" => {
                vec![("email", "Enter an email address in the correct format, like name@example.com".to_owned())]
            }
            "ended" => {
                vec![("email", "That code no longer works. Enter your email address to get a new one".to_owned())]
            }
            _ => vec![],
        };
        let staff = if to.is_empty() {
            "/staff/sign-in".to_owned()
        } else {
            format!("/staff/sign-in?to={}", kit::urlencode(&to))
        };
        let error = error_at(&errors, "email");
        Ok::<_, AppError>(
            view! {
                {head("Sign in", errors)}
                <h1 class="nhsuk-heading-l">"Sign in"</h1>
                <p>"You need no password. We send a code to your email address, and you type it on the next page."</p>
                <p>"If you are new here, this makes an account. You need to be 13 or over."</p>
                <form method="post" action="/do/identity_request_code" novalidate>
                    <input type="hidden" name="to" value=to />
                    <Input
                        name="email"
                        label="Email address"
                        kind=InputKind::Email
                        autocomplete="email"
                        width=30
                        hint="Use one that you will still have after school."
                        value=email
                        error=error
                    />
                    <Button prevent_double_click=true>"Send me a code"</Button>
                </form>
                <p>
                    "Do you work for a provider, or in a school? " <a href=staff>"Sign in as staff"</a> "."
                </p>
            }
            .into_any(),
        )
    })
}

/// Asks for the code.
#[component]
pub fn CodePage() -> impl IntoView {
    let (problem, again) = (kit::query("problem"), kit::query("sent") == "again");
    kit::page(async move {
        let ctx = kit::request();
        let Some(sign_in) = running(under_way(&ctx, &cookies::start()).await?) else { return Ok(().into_any()) };
        if sign_in.proven {
            kit::see_other("/sign-in/date-of-birth");
            return Ok(().into_any());
        }
        let left = words::count(sign_in.left, "try", "tries");
        let errors = match problem.as_str() {
            "digits" => vec![("code", "Enter the 6 digits from our email, like 123 456".to_owned())],
            "wrong" => vec![("code", format!("That is not the code that we sent last. You have {left} left"))],
            _ => vec![],
        };
        let error = error_at(&errors, "code");
        Ok::<_, AppError>(view! {
            <BackLink href="/sign-in" text="Use another email address" />
            {head("Check your email", errors)}
            {again
                .then(|| view! { <NotificationBanner success=true heading="We sent another code. The one before no longer works." /> })}
            <h1 class="nhsuk-heading-l">"Check your email"</h1>
            <p>"We sent an email to " <strong>{sign_in.email}</strong> "."</p>
            <p>"The code in it works once, for 10 minutes. It can take a minute to arrive."</p>
            <form method="post" action="/do/identity_enter_code" novalidate>
                <Input
                    name="code"
                    label="6-digit code"
                    kind=InputKind::Numeric
                    autocomplete="one-time-code"
                    width=10
                    code=true
                    spellcheck=false
                    error=error
                />
                <Button prevent_double_click=true>"Sign in"</Button>
            </form>
            <Details summary="The email has not arrived">
                <p>"Look in your junk or spam folder. Check that the address above is right."</p>
                <form method="post" action="/do/identity_send_again">
                    <Button kind=ButtonKind::Secondary prevent_double_click=true>"Send another code"</Button>
                </form>
            </Details>
        }
        .into_any())
    })
}

/// Asks somebody new for their date of birth.
#[component]
pub fn DateOfBirthPage() -> impl IntoView {
    kit::page(async move {
        let ctx = kit::request();
        let Some(sign_in) = running(under_way(&ctx, &cookies::start()).await?) else { return Ok(().into_any()) };
        if !sign_in.proven {
            kit::see_other("/sign-in/code");
            return Ok(().into_any());
        }
        let title = "What is your date of birth?";
        let error = sign_in.problems.first();
        let parts = parts_in_error(error.map(|problem| problem.field.as_str()));
        let errors: Vec<ErrorLink> =
            error.iter().map(|problem| ErrorLink::new(problem.field.clone(), problem.message.clone())).collect();
        let window = if errors.is_empty() { title.to_owned() } else { format!("Error: {title}") };
        let typed = |field: &str| sign_in.typed.get(field).to_owned();
        Ok::<_, AppError>(view! {
            <Title text=window />
            <ErrorSummary errors=errors />
            <form method="post" action="/do/identity_start_account" novalidate>
                <DateInput
                    name="dob"
                    label=title
                    page_heading=true
                    hint="You need to be 13 or over to have an account. Each session has an age too. For example, 27 3 2010."
                    day=typed("dob-day")
                    month=typed("dob-month")
                    year=typed("dob-year")
                    error=error.map(|problem| problem.message.clone())
                    error_parts=parts
                    birthday=true
                />
                <Button prevent_double_click=true>"Continue"</Button>
            </form>
        }
        .into_any())
    })
}

/// Says kindly that it is too early.
#[component]
pub fn TooYoungPage() -> impl IntoView {
    view! {
        <Title text="You need to be 13 or over" />
        <h1 class="nhsuk-heading-l">"You need to be 13 or over"</h1>
        <p>"Thank you for wanting to work in health and care. You can have an account here from your 13th birthday."</p>
        <p>"We kept nothing about you: not your email address, and not your date of birth."</p>
        <h2 class="nhsuk-heading-m">"What you can do until then"</h2>
        <ul class="nhsuk-list nhsuk-list--bullet">
            <li><a href="/opportunities">"Look at what there is"</a>". You need no account for that."</li>
            <li>"Ask your teacher who at your school helps with careers."</li>
            <li>"Ask people you know about their work, and what a day of it is like."</li>
            <li>"Learn first aid, with a parent or carer or at a club near you."</li>
        </ul>
    }
}

/// The try under way; without one, back to the start.
fn running(sign_in: Option<SignInUnderWay>) -> Option<SignInUnderWay> {
    if sign_in.is_none() {
        kit::see_other("/sign-in?problem=ended");
    }
    sign_in
}

fn parts_in_error(field: Option<&str>) -> DateParts {
    match field {
        Some("dob-month") => DateParts { day: false, month: true, year: false },
        Some("dob-year") => DateParts { day: false, month: false, year: true },
        _ => DateParts::ALL,
    }
}
