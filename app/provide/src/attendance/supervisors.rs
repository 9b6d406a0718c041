//! Who supervises which department.

use kit::AppError;
use kit::components::{BackLink, Button, ButtonKind, Input, NotificationBanner};
use leptos::prelude::*;
use leptos_meta::Title;
use services::attendance::supervisors;

/// The provider's supervisors, for coordinators who manage members.
#[component]
pub fn SupervisorsPage() -> impl IntoView {
    let done = kit::query("done");
    kit::page(async move {
        let shown = supervisors(&kit::request()).await?;
        let banner = match done.as_str() {
            "invited" => Some("We have written to them."),
            "removed" => Some("They no longer see that department."),
            _ => None,
        };
        let list: Vec<AnyView> = shown
            .list
            .iter()
            .map(|one| {
                let waiting = if one.signed_up { "" } else { " They have not chosen a password yet." };
                let hidden = format!(" {} from {}", one.name, one.department_name);
                view! {
                    <li>
                        <p>{format!("{}, {}: {}.{waiting}", one.name, one.email, one.department_name)}</p>
                        <form method="post" action="/do/provide_remove_supervisor">
                            <input type="hidden" name="account" value=one.account.to_string() />
                            <input type="hidden" name="department" value=one.department.to_string() />
                            <Button kind=ButtonKind::Secondary small=true>
                                "Remove"
                                <span class="nhsuk-u-visually-hidden">
                                    {hidden}
                                </span>
                            </Button>
                        </form>
                    </li>
                }
                .into_any()
            })
            .collect();
        let departments: Vec<AnyView> = shown
            .departments
            .iter()
            .map(|(id, name)| view! { <option value=id.to_string()>{name.clone()}</option> }.into_any())
            .collect();
        let form = if departments.is_empty() {
            view! { <p>"You have no departments yet. An opportunity's department is added when you post or import it."</p> }
                .into_any()
        } else {
            view! {
                <form method="post" action="/do/provide_add_supervisor">
                    <Input name="name" label="Their name" />
                    <Input name="email" label="Their email address" />
                    <div class="nhsuk-form-group">
                        <label class="nhsuk-label" for="department">
                            "Department"
                        </label>
                        <select class="nhsuk-select" id="department" name="department">
                            {departments}
                        </select>
                    </div>
                    <Button>"Add this supervisor"</Button>
                </form>
            }
            .into_any()
        };
        let nobody = list.is_empty().then(|| view! { <p>"Nobody yet."</p> });
        Ok::<_, AppError>(view! {
            <Title text="Supervisors" />
            <BackLink href="/provider" text="Today" />
            {banner.map(|words| view! { <NotificationBanner success=true heading=words /> })}
            <h1 class="nhsuk-heading-l">"Supervisors"</h1>
            <p>"A supervisor sees who is coming to their department, and records who came. Nothing else."</p>
            {nobody}
            <ul class="nhsuk-list">{list}</ul>
            <h2 class="nhsuk-heading-m">"Add a supervisor"</h2>
            {form}
        })
    })
}
