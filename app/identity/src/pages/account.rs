//! One's account: who I am here, and signing out.

use domain::{Role, words};
use kit::AppError;
use kit::components::*;
use leptos::prelude::*;
use leptos_meta::Title;

/// Shows who is signed in.
#[component]
pub fn AccountPage() -> impl IntoView {
    kit::page(async move {
        let ctx = kit::request();
        let actor = ctx.actor()?;
        let mut rows = vec![
            SummaryRow::new(
                "Name",
                if actor.name.is_empty() {
                    "Your first application asks for it".to_owned()
                } else {
                    actor.name.clone()
                },
            ),
            SummaryRow::new("Email address", actor.email.clone()),
        ];
        rows.extend(actor.born.map(|born| SummaryRow::new("Date of birth", words::short_date(born))));
        for membership in &actor.memberships {
            let role = role_in_words(membership.role);
            rows.push(SummaryRow::new(
                "Role",
                if membership.organisation_name.is_empty() {
                    role.to_owned()
                } else {
                    format!("{role}, {}", membership.organisation_name)
                },
            ));
        }
        let idle = if actor.memberships.is_empty() {
            "You stay signed in here for 60 days, or until you have not looked in for 14 days."
        } else {
            "You stay signed in here for 12 hours, or until you have done nothing for 2 hours."
        };
        Ok::<_, AppError>(
            view! {
                <Title text="Your account" />
                <h1 class="nhsuk-heading-l">"Your account"</h1>
                <SummaryList rows=rows />
                {actor
                    .is_learner()
                    .then(|| {
                        view! {
                            <h2 class="nhsuk-heading-m">"Your data"</h2>
                            <p>
                                "See everything we hold about you, correct it, download it or erase it: "
                                <a href="/account/data">"your data"</a> "."
                            </p>
                        }
                    })}
                <h2 class="nhsuk-heading-m">"Sign out"</h2>
                <p>{idle}</p>
                <form method="post" action="/do/identity_sign_out">
                    <Button prevent_double_click=true>"Sign out"</Button>
                </form>
                <p>"Did you sign in on a phone or computer that others use?"</p>
                <form method="post" action="/do/identity_sign_out_everywhere">
                    <Button kind=ButtonKind::Secondary prevent_double_click=true>"Sign out everywhere"</Button>
                </form>
            }
            .into_any(),
        )
    })
}

fn role_in_words(role: Role) -> &'static str {
    match role {
        Role::Learner => "Learner",
        Role::Guardian => "Parent or carer",
        Role::Adviser => "Careers adviser",
        Role::Coordinator => "Coordinator",
        Role::Supervisor => "Supervisor",
        Role::National => "National team",
        Role::System => "The service itself",
    }
}
