//! Staff: the password, the second factor, and the invitation with which they begin.

use domain::words;
use kit::AppError;
use kit::components::*;
use leptos::prelude::*;
use leptos_axum::ResponseOptions;
use leptos_meta::Title;
use services::identity::{InvitationProblem, Qr, staff_under_way, view_invitation};

use super::{error_at, head, sent_on};
use crate::cookies;

/// Asks for address and password.
#[component]
pub fn StaffSignInPage() -> impl IntoView {
    let (problem, to) = (kit::query("problem"), kit::query("to"));
    kit::page(async move {
        let ctx = kit::request();
        if sent_on(&ctx, &to) {
            return Ok(().into_any());
        }
        let earlier = if problem.is_empty() { None } else { staff_under_way(&ctx, &cookies::start()).await? };
        let email = earlier.as_ref().map(|earlier| earlier.email.clone()).unwrap_or_default();
        let to = if to.is_empty() { earlier.and_then(|earlier| earlier.go_to).unwrap_or_default() } else { to };
        let errors = match problem.as_str() {
            "wrong" => {
                vec![("email", "Check your email address and your password. One of them is not right".to_owned())]
            }
            "ended" => {
                vec![("password", "That took too long, or too many tries. Enter your password again".to_owned())]
            }
            _ => vec![],
        };
        let (email_error, password_error) = (error_at(&errors, "email"), error_at(&errors, "password"));
        Ok::<_, AppError>(view! {
            {head("Sign in as staff", errors)}
            <h1 class="nhsuk-heading-l">"Sign in as staff"</h1>
            <p>"For people who offer places or advise learners. Have the phone with your authenticator app at hand."</p>
            <form method="post" action="/do/identity_enter_password" novalidate>
                <input type="hidden" name="to" value=to />
                <Input
                    name="email"
                    label="Work email address"
                    kind=InputKind::Email
                    autocomplete="username"
                    width=30
                    value=email
                    error=email_error
                />
                <Input
                    name="password"
                    label="Password"
                    kind=InputKind::Password
                    autocomplete="current-password"
                    width=30
                    spellcheck=false
                    error=password_error
                />
                <Button prevent_double_click=true>"Continue"</Button>
            </form>
            <Details summary="I forgot my password, or have a new phone">
                <p>"Ask the person who invited you, or whoever runs this service, for a new invitation. With it you choose both again."</p>
            </Details>
            <p>
                "Are you looking for work experience? " <a href="/sign-in">"Sign in as a learner"</a> "."
            </p>
        }
        .into_any())
    })
}

/// Asks for the second factor.
#[component]
pub fn StaffCodePage() -> impl IntoView {
    let problem = kit::query("problem");
    kit::page(async move {
        let ctx = kit::request();
        let Some(left) = staff_under_way(&ctx, &cookies::start()).await?.and_then(|sign_in| sign_in.left) else {
            kit::see_other("/staff/sign-in?problem=ended");
            return Ok(().into_any());
        };
        let left = words::count(left, "try", "tries");
        let errors = match problem.as_str() {
            "digits" => vec![("code", "Enter the 6 digits that your app shows, like 123 456".to_owned())],
            "wrong" => vec![(
                "code",
                format!("Enter the code that your app shows now. Each code works once. You have {left} left"),
            )],
            _ => vec![],
        };
        let error = error_at(&errors, "code");
        Ok::<_, AppError>(
            view! {
                <BackLink href="/staff/sign-in" />
                {head("Enter the code from your app", errors)}
                <form method="post" action="/do/identity_enter_second_factor" novalidate>
                    <Input
                        name="code"
                        label="Enter the code from your app"
                        page_heading=true
                        hint="6 digits. The app shows a new code every 30 seconds."
                        kind=InputKind::Numeric
                        autocomplete="one-time-code"
                        width=10
                        code=true
                        spellcheck=false
                        error=error
                    />
                    <Button prevent_double_click=true>"Sign in"</Button>
                </form>
            }
            .into_any(),
        )
    })
}

/// Lets an invited member choose a password and set up their app.
#[component]
pub fn InvitationPage() -> impl IntoView {
    let (token, problem) = (kit::param("token"), kit::query("problem"));
    kit::page(async move {
        let invitation = match view_invitation(&kit::request(), &token).await {
            Err(services::Error::NotFound) => return Ok(view! { <NoInvitation /> }.into_any()),
            other => other?,
        };
        let errors: Vec<_> = problem
            .split('-')
            .filter_map(InvitationProblem::parse)
            .map(|problem| (problem.field(), problem.to_string()))
            .collect();
        let (password_error, code_error) = (error_at(&errors, "password"), error_at(&errors, "code"));
        let joining = match invitation.organisation.as_str() {
            "" => "You will sign in".to_owned(),
            organisation => format!("You will sign in for {organisation}"),
        };
        Ok::<_, AppError>(view! {
            {head("Set up your account", errors)}
            <h1 class="nhsuk-heading-l">"Set up your account"</h1>
            <p>{format!("Hello {}. {joining} with ", invitation.name)} <strong>{invitation.email.clone()}</strong> "."</p>
            <form method="post" action="/do/identity_accept_invitation" novalidate>
                <input type="hidden" name="invitation" value=token />
                // For password managers, which want to know whose password it is.
                <input type="hidden" name="username" autocomplete="username" value=invitation.email />
                <h2 class="nhsuk-heading-m">"1. Choose a password"</h2>
                <Input
                    name="password"
                    label="New password"
                    kind=InputKind::Password
                    autocomplete="new-password"
                    width=30
                    hint="12 characters or more, without your name or address. Three words of your own are a good one."
                    spellcheck=false
                    error=password_error
                />
                <h2 class="nhsuk-heading-m">"2. Add this account to an authenticator app"</h2>
                <p>"The app on your phone shows a new code every 30 seconds. You need one each time you sign in."</p>
                <p>"Open the app, choose to add an account, and point the phone at this picture:"</p>
                <QrPicture qr=invitation.qr />
                <p>"Or type this key into the app: " <strong>{invitation.secret}</strong></p>
                <h2 class="nhsuk-heading-m">"3. Enter the code that the app shows"</h2>
                <Input
                    name="code"
                    label="6-digit code"
                    kind=InputKind::Numeric
                    autocomplete="one-time-code"
                    width=10
                    code=true
                    spellcheck=false
                    error=code_error
                />
                <Button prevent_double_click=true>"Set up my account"</Button>
            </form>
        }
        .into_any())
    })
}

/// For a link that was used, is too old, or is incomplete: nobody learns which.
#[component]
fn NoInvitation() -> impl IntoView {
    if let Some(response) = use_context::<ResponseOptions>() {
        response.set_status(http::StatusCode::NOT_FOUND);
    }
    view! {
        <Title text="This invitation does not work" />
        <h1 class="nhsuk-heading-l">"This invitation does not work"</h1>
        <p>"An invitation works once, within 7 days. Check that the whole link is in the address bar."</p>
        <p>"Did you set up your account with it before? " <a href="/staff/sign-in">"Sign in as staff"</a> "."</p>
        <p>"If not, ask the person who invited you for a new one."</p>
    }
}

/// A QR code, dark on white whatever the page's colours are.
#[component]
fn QrPicture(qr: Qr) -> impl IntoView {
    let view_box = format!("0 0 {0} {0}", qr.size);
    view! {
        <svg
            class="nhsuk-u-margin-bottom-4"
            role="img"
            aria-label="QR code with the key below"
            width="200"
            height="200"
            viewBox=view_box
            shape-rendering="crispEdges"
        >
            <rect width="100%" height="100%" fill="#ffffff" />
            <path d=qr.path fill="#000000" />
        </svg>
    }
}
