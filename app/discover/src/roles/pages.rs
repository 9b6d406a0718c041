//! The lists of roles: all of them by family, one family, and roles that somebody has never heard of.

use domain::Profession;
use domain::roles::{Asked, Interest, Role, filtered, in_family, new_to_me};
use domain::words::count;
use kit::AppError;
use kit::components::{BackLink, Button, ButtonKind, Checkboxes, Choice, Input, InputKind, Select};
use leptos::prelude::*;
use leptos_meta::Title;

/// All roles, or those that are asked for.
#[component]
pub fn RolesPage() -> impl IntoView {
    let asked = Asked {
        words: kit::query("what").chars().take(200).collect(),
        no_degree: kit::query("degree") == "none",
        interest: Interest::parse(&kit::query("likes")),
        family: None,
    };
    kit::page(async move { Ok::<_, AppError>(roles_view(&asked)) })
}

/// The roles of one family.
#[component]
pub fn RoleFamilyPage() -> impl IntoView {
    let family = Profession::parse(&kit::param("family"));
    kit::page(async move { Ok::<_, AppError>(family_view(family.ok_or(AppError::NotFound)?)) })
}

/// A few roles that hardly anybody knows, others each time.
#[component]
pub fn NewToMePage() -> impl IntoView {
    let seed = kit::query("seed");
    kit::page(async move {
        let ctx = kit::request();
        // Small enough to be read out of an address, and as many as anybody will look through.
        let seed = seed.parse::<u32>().unwrap_or_else(|_| u32::from_be_bytes(ctx.services.bytes()) % 10_000);
        Ok::<_, AppError>(new_view(seed))
    })
}

/// The address of a role's page.
pub(super) fn address(role: &Role) -> String {
    format!("/roles/{}", role.slug)
}

/// "No degree needed", where one way in needs none.
pub(super) fn degree(role: &Role) -> Option<&'static str> {
    (!role.needs_degree()).then_some("You can get there without a degree.")
}

fn items(roles: &[&'static Role], told: bool) -> AnyView {
    let items = roles
        .iter()
        .map(|role| {
            let about = told.then(|| view! { <p class="nhsuk-u-margin-bottom-1">{role.in_words()}</p> });
            let degree = degree(role).filter(|_| told);
            view! {
                <li>
                    <a href=address(role)>{role.name}</a>
                    {about}
                    {degree}
                </li>
            }
        })
        .collect_view();
    view! { <ul class="nhsuk-list wex-told">{items}</ul> }.into_any()
}

fn number(roles: usize) -> String {
    count(i64::try_from(roles).unwrap_or(i64::MAX), "role", "roles")
}

pub(super) fn roles_view(asked: &Asked) -> AnyView {
    let all = *asked == Asked::default();
    let found = filtered(asked);
    let list = if all {
        let families = Profession::ALL
            .iter()
            .map(|family| {
                let href = format!("/roles/family/{}", family.as_str());
                let words = format!(" ({})", in_family(*family).count());
                view! {
                    <li>
                        <a href=href>{family.label()}</a>
                        {words}
                    </li>
                }
            })
            .collect_view();
        view! {
            <h2 class="nhsuk-heading-m">"By area of work"</h2>
            <ul class="nhsuk-list">{families}</ul>
        }
        .into_any()
    } else if found.is_empty() {
        view! {
            <h2 class="nhsuk-heading-m">"No role fits"</h2>
            <p>"Try fewer words, or " <a href="/roles">"look at all roles by area of work"</a> "."</p>
        }
        .into_any()
    } else {
        let heading = number(found.len());
        let list = items(&found, true);
        view! {
            <h2 class="nhsuk-heading-m">{heading}</h2>
            {list}
            <p>
                <a href="/roles">"All roles by area of work"</a>
            </p>
        }
        .into_any()
    };
    let likes: Vec<(String, String)> = [(String::new(), "Anything".to_owned())]
        .into_iter()
        .chain(Interest::ALL.iter().map(|one| (one.as_str().to_owned(), one.label().to_owned())))
        .collect();
    let no_degree = vec![Choice::new("none", "I do not want to need a degree")];
    let ticked = if asked.no_degree { vec!["none".to_owned()] } else { Vec::new() };
    let chosen = asked.interest.map(Interest::as_str).unwrap_or_default();
    let words = asked.words.clone();
    let total = number(domain::roles::all().count());
    view! {
        <Title text="Roles in health and care" />
        <BackLink href="/" text="Home" />
        <h1 class="nhsuk-heading-l">"Roles in health and care"</h1>
        <p>{format!("More people than doctors and nurses keep health and care going. Here are {total}, in plain words.")}</p>
        <p>
            <a href="/roles/new-to-me">"Show me roles I have never heard of"</a>
        </p>
        <form method="get" action="/roles" role="search" aria-label="Roles">
            <Input name="what" label="What do you want to do?" kind=InputKind::Search value=words />
            <Select name="likes" label="What do you like?" items=likes value=chosen />
            <Checkboxes name="degree" items=no_degree values=ticked small=true />
            <Button kind=ButtonKind::Secondary>"Find roles"</Button>
        </form>
        {list}
    }
    .into_any()
}

pub(super) fn family_view(family: Profession) -> AnyView {
    let roles: Vec<&'static Role> = in_family(family).collect();
    let search = domain::search::Query { professions: vec![family], page: 1, ..Default::default() }.address();
    let list = items(&roles, true);
    view! {
        <Title text=format!("Roles: {}", family.label()) />
        <BackLink href="/roles" text="All roles" />
        <h1 class="nhsuk-heading-l">{family.label()}</h1>
        <p>
            {format!("{}. ", number(roles.len()))} <a href=search>"Find work experience in this area of work"</a>
        </p>
        {list}
    }
    .into_any()
}

pub(super) fn new_view(seed: u32) -> AnyView {
    let list = items(&new_to_me(u64::from(seed)), true);
    let next = format!("/roles/new-to-me?seed={}", seed.wrapping_add(1) % 10_000);
    view! {
        <Title text="Roles you may never have heard of" />
        <BackLink href="/roles" text="All roles" />
        <h1 class="nhsuk-heading-l">"Roles you may never have heard of"</h1>
        <p>"Each is from another area of work."</p>
        {list}
        <p>
            <a href=next>"Show me others"</a>
        </p>
    }
    .into_any()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn html(view: impl Fn() -> AnyView) -> String {
        Owner::new().with(|| view().to_html())
    }

    #[test]
    fn every_family_is_listed_and_each_role_has_its_link() {
        let text = html(|| roles_view(&Asked::default()));
        for family in Profession::ALL {
            assert!(text.contains(&format!("/roles/family/{}\"", family.as_str())), "{family:?}");
            let page = html(|| family_view(*family));
            for role in in_family(*family) {
                assert!(page.contains(&format!("href=\"/roles/{}\"", role.slug)), "{}", role.slug);
            }
        }
    }

    #[test]
    fn what_is_asked_stays_in_the_form_and_nothing_found_leads_on() {
        let asked = Asked { words: "physio".into(), no_degree: false, ..Asked::default() };
        let text = html(|| roles_view(&asked));
        assert!(text.contains("value=\"physio\"") && text.contains("Physiotherapist"), "{text}");
        let asked = Asked { words: "<zzzz>".into(), no_degree: true, ..Asked::default() };
        let text = html(|| roles_view(&asked));
        assert!(text.contains("No role fits") && text.contains("&lt;zzzz&gt;") && text.contains("checked"), "{text}");
    }

    #[test]
    fn other_roles_come_each_time() {
        let (one, other) = (html(|| new_view(7)), html(|| new_view(8)));
        assert!(one.contains("seed=8") && one != other);
        assert_eq!(one.matches("<li>").count(), domain::roles::HOW_MANY);
        assert!(html(|| new_view(9999)).contains("seed=0"));
    }
}
