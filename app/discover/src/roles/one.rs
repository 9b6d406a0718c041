//! A role: what people do, how to get there, and what there is to try of it.

use domain::roles::{Role, find, related};
use kit::AppError;
use kit::components::{BackLink, InsetText};
use leptos::prelude::*;
use leptos_meta::Title;
use services::discover::ToTry;

use super::pages::{address, degree};

/// A role's page.
#[component]
pub fn RolePage() -> impl IntoView {
    let role = find(&kit::param("role"));
    kit::page(async move {
        let role = role.ok_or(AppError::NotFound)?;
        let to_try = services::discover::to_try(&kit::request(), role).await?;
        Ok::<_, AppError>(role_view(role, &to_try))
    })
}

fn list<'a>(lines: impl Iterator<Item = &'a str>) -> AnyView {
    let items = lines.map(|line| view! { <li>{line.to_owned()}</li> }).collect_view();
    view! { <ul class="nhsuk-list nhsuk-list--bullet">{items}</ul> }.into_any()
}

fn try_view(role: &Role, to_try: &ToTry) -> AnyView {
    if to_try.total == 0 {
        let keep = format!("/saved/new?for={}", kit::urlencode(&format!("profession={}", role.family.as_str())));
        return view! {
            <p>
                "There is nothing to try at the moment. " <a href=keep>"Get new ones by email"</a> "."
            </p>
        }
        .into_any();
    }
    let family = to_try.of_the_family.then(|| {
        let words = format!(
            "Nothing is offered for this role alone. These are from its area of work, {}.",
            role.family.label()
        );
        view! { <p>{words}</p> }
    });
    let items = to_try
        .hits
        .iter()
        .cloned()
        .map(|hit| {
            let about =
                [Some(hit.provider), Some(hit.when), hit.closes].into_iter().flatten().collect::<Vec<_>>().join(" · ");
            view! {
                <li>
                    <a href=hit.href>{hit.title}</a>
                    <br />
                    {about}
                </li>
            }
        })
        .collect_view();
    let all = match to_try.total {
        1 => "See it in the search".to_owned(),
        n => format!("See all {n} in the search"),
    };
    view! {
        {family}
        <ul class="nhsuk-list">{items}</ul>
        <p>
            <a href=to_try.query.address()>{all}</a>
        </p>
    }
    .into_any()
}

pub(super) fn role_view(role: &'static Role, to_try: &ToTry) -> AnyView {
    let does = role.in_words();
    let places = list(role.places.iter().copied());
    let ways = list(role.entry.iter().map(|entry| entry.label()));
    let degree = degree(role).map(|words| {
        view! {
            <InsetText>
                <p>{words}</p>
            </InsetText>
        }
    });
    let register = role.register.in_words().map(|words| view! { <p>{words}</p> });
    let near = related(role);
    let near = (!near.is_empty()).then(|| {
        let items = near.iter().map(|other| view! { <li><a href=address(other)>{other.name}</a></li> }).collect_view();
        view! {
            <h2 class="nhsuk-heading-m">"Roles near it"</h2>
            <ul class="nhsuk-list">{items}</ul>
        }
    });
    let suits = (!role.suits.is_empty()).then(|| {
        let words = list(role.suits.iter().map(|one| one.label()));
        view! {
            <h2 class="nhsuk-heading-m">"You may like it if you like"</h2>
            {words}
        }
    });
    let to_try = try_view(role, to_try);
    let family = format!("/roles/family/{}", role.family.as_str());
    view! {
        <Title text=role.name />
        <BackLink href=family text=role.family.label() />
        <h1 class="nhsuk-heading-l">{role.name}</h1>
        <p class="nhsuk-lede-text">{does}</p>
        <h2 class="nhsuk-heading-m">"Try it"</h2>
        {to_try}
        <h2 class="nhsuk-heading-m">"Where they work"</h2>
        {places}
        <h2 class="nhsuk-heading-m">"Ways in"</h2>
        {degree}
        {ways}
        {register}
        {suits}
        {near}
    }
    .into_any()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_role_has_a_page_that_says_how_to_get_there() {
        let nothing = ToTry { hits: vec![], total: 0, query: Default::default(), of_the_family: true };
        for role in domain::roles::all() {
            let text = Owner::new().with(|| role_view(role, &nothing).to_html());
            assert!(text.contains(role.entry[0].label()), "{}", role.slug);
            assert_eq!(text.contains("without a degree"), !role.needs_degree(), "{}", role.slug);
            assert!(text.contains("Get new ones by email"), "{}", role.slug);
        }
    }
}
