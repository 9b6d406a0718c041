//! An opportunity's page: "Can I apply?" first, then everything else in the same order everywhere.

mod answer;
mod said;
mod sessions;
mod shared;
mod taking;

use domain::search::{Hit, Listing, Query};
use domain::{Delivery, words};
use kit::components::{BackLink, Button, ButtonKind, InsetText, StickyAction, Tag};
use leptos::prelude::*;
use leptos_meta::Title;
use services::discover::{Advert, OpportunityView, Site};

use answer::answer_view;
use said::said_view;
use sessions::sessions_view;
use shared::shared_view;
use taking::taking_view;

/// An opportunity's page.
#[component]
pub fn OpportunityPage() -> impl IntoView {
    let slug = kit::param("slug");
    kit::page(async move {
        let ctx = kit::request();
        let page = services::discover::opportunity(&ctx, &slug).await?;
        let saved = match &ctx.actor {
            Some(_) => Some(services::saved::is_saved(&ctx, page.advert.listing.id).await?),
            None => None,
        };
        Ok(view! {
            <Title text=page.advert.listing.title.clone() />
            {shared_view(&page)}
            {opportunity_view(page, saved)}
        })
    })
}

fn opportunity_view(page: OpportunityView, saved: Option<bool>) -> impl IntoView {
    let listing = &page.advert.listing;
    let title = listing.title.clone();
    let kind = listing.kind.label();
    let delivery = listing.delivery;
    let way = (delivery != Delivery::InPerson).then(|| view! { " " <Tag>{delivery.label()}</Tag> });
    let provider = match (&page.advert.department, &listing.town) {
        (Some(department), Some(town)) => format!("{department}, {}, {town}", listing.organisation),
        (Some(department), None) => format!("{department}, {}", listing.organisation),
        (None, Some(town)) => format!("{}, {town}", listing.organisation),
        (None, None) => listing.organisation.to_string(),
    };
    let sticky = page.first_open().filter(|_| !page.staff).map(|_| {
        view! {
            <StickyAction>
                <Button href="#when">"Choose dates and apply"</Button>
            </StickyAction>
        }
    });
    let answer = answer_view(&page);
    let similar = similar_view(&page.similar, &page.more);
    // Beside one that is closed they come first: there is nothing else to do on its page.
    let (closed, open) = if page.is_open() { (None, similar) } else { (similar, None) };
    let around = steps_view(&page.advert);
    let tools = tools_view(&page, saved);
    let when = when_view(&page);
    let facts = facts_view(&page.advert, page.is_open());
    let what = paragraphs(&page.advert.summary);
    let said = page.said.as_ref().map(said_view);
    view! {
        <BackLink href="/opportunities" text="All opportunities" />
        <h1 class="nhsuk-heading-xl nhsuk-u-margin-bottom-3">{title}</h1>
        <p>
            <Tag>{kind}</Tag>
            {way}
        </p>
        <p class="nhsuk-lede-text">{provider}</p>
        {answer}
        {closed}
        <h2 class="nhsuk-heading-m">"What you will do"</h2>
        {what}
        {when}
        {facts}
        {said}
        {around}
        {open}
        {tools}
        <script type="application/ld+json" inner_html=page.linked></script>
        {sticky}
    }
}

/// Dates with a button each; or how to take it at any time.
fn when_view(page: &OpportunityView) -> AnyView {
    if page.advert.listing.open_ended {
        return taking_view(page);
    }
    view! {
        <h2 class="nhsuk-heading-m" id="when">
            "When"
        </h2>
        {sessions_view(page)}
        {(page.is_open() && page.verdict.is_yes()).then(|| paper_view(&page.advert.listing.slug))}
    }
    .into_any()
}

/// The way for somebody who cannot, or does not want to, apply online.
fn paper_view(slug: &str) -> AnyView {
    let href = format!("/opportunities/{slug}/form");
    view! {
        <p>
            <a href=href>"Apply on paper or by telephone"</a>
        </p>
    }
    .into_any()
}

/// Where, for whom, how places are given, what to bring: headings without anything to say are left out.
fn facts_view(advert: &Advert, open: bool) -> impl IntoView + use<> {
    let online = advert.listing.delivery == Delivery::Online;
    let place = match &advert.site {
        _ if online => Some(view! { <p>"Online. You need a screen and a connection, and no journey."</p> }.into_any()),
        Some(site) => Some(site_view(site)),
        None => advert.listing.town.clone().map(|town| view! { <p>{town}</p> }.into_any()),
    };
    let place = place.map(|place| {
        view! {
            <h2 class="nhsuk-heading-m">"Where"</h2>
            {place}
        }
    });
    let ages = domain::eligibility::ages(advert.listing.min_age, advert.listing.max_age);
    let ages = if advert.listing.open_ended { format!("Age {ages}.") } else { format!("Age {ages} on the first day.") };
    let who = paragraphs(&advert.who_for);
    let given = (!advert.listing.open_ended).then(|| given_view(advert, open));
    let checks = (!advert.clearances.is_empty()).then(|| {
        let items = advert
            .clearances
            .iter()
            .map(|asked| {
                let in_time = if asked.mandatory { "" } else { ", if it can be done in time" };
                let name = asked.what.name.clone();
                let explanation = asked.what.explanation.clone();
                view! { <li><strong>{name} {in_time}</strong> <br /> {explanation}</li> }
            })
            .collect_view();
        view! {
            <h2 class="nhsuk-heading-m">"After you accept a place"</h2>
            <p>"Before you come, these are done with you:"</p>
            <ul class="nhsuk-list nhsuk-list--bullet">{items}</ul>
        }
    });
    let bus = (!online).then(|| section("Getting there by bus", &advert.by_bus)).flatten();
    let have = have_view(&advert.equipment, online);
    let wear = section("What to wear", &advert.dress);
    let bring = section("What to bring", &advert.bring);
    let cost = section("What it costs", &advert.cost);
    let access = section("Access", &advert.access_notes);
    let contact = (!advert.listing.open_ended)
        .then(|| {
            advert.contact_email.as_deref().map(|email| {
                let link = contact_view(Some(email), "Ask the provider");
                view! {
                    <h2 class="nhsuk-heading-m">"Questions"</h2>
                    {link}
                }
            })
        })
        .flatten();
    view! {
        {place}
        {bus}
        <h2 class="nhsuk-heading-m">"Who it is for"</h2>
        <p>{ages}</p>
        {who}
        {given}
        {checks}
        {have}
        {wear}
        {bring}
        {cost}
        {access}
        {contact}
    }
}

/// What somebody has to have; online there is always something, and always a way without it.
fn have_view(equipment: &str, online: bool) -> Option<AnyView> {
    if online && equipment.trim().is_empty() {
        return Some(
            view! {
                <h2 class="nhsuk-heading-m">"What you need to have"</h2>
                <p>"A phone, tablet or computer, and a connection. If you have none, ask at your school, college or library: most lend one or have a quiet place."</p>
            }
            .into_any(),
        );
    }
    section("What you need to have", equipment).map(IntoAny::into_any)
}

/// What comes before it and what usually follows.
fn steps_view(advert: &Advert) -> impl IntoView + use<> {
    let before = section("Before this", &advert.steps_before);
    let after = section("After this", &advert.steps_after);
    view! {
        {before}
        {after}
    }
}

/// Keeping it: whoever is signed in saves it here; who is not, signs in first and comes back.
fn save_view(listing: &Listing, saved: Option<bool>) -> AnyView {
    let slug = listing.slug.clone();
    // What has no dates neither closes nor runs out of places.
    let why = if listing.open_ended {
        "and you find it again"
    } else {
        "and we tell you before it closes, and when a place comes free"
    };
    match saved {
        None => {
            let to = format!("/sign-in?to={}", kit::urlencode(&format!("/opportunities/{slug}")));
            view! {
                <p>
                    <a href=to>"Sign in to save it"</a>
                    ", " {why} "."
                </p>
            }
            .into_any()
        }
        Some(false) => view! {
            <form method="post" action="/do/discover_save_opportunity">
                <input type="hidden" name="slug" value=slug />
                <p>"Save it, " {why} "."</p>
                <Button kind=ButtonKind::Secondary prevent_double_click=true>"Save it"</Button>
            </form>
        }
        .into_any(),
        Some(true) => view! {
            <form method="post" action="/do/discover_remove_opportunity">
                <input type="hidden" name="slug" value=slug />
                <p role="status">
                    "You have saved it. " <a href="/saved">"See everything you have saved"</a>
                </p>
                <Button kind=ButtonKind::Secondary>"Remove it from what you have saved"</Button>
            </form>
        }
        .into_any(),
    }
}

/// Ways to keep it and to tell somebody.
fn tools_view(page: &OpportunityView, saved: Option<bool>) -> impl IntoView + use<> {
    let listing = &page.advert.listing;
    let subject = kit::urlencode(&format!("Work experience: {}", listing.title));
    let body = kit::urlencode(&page.address);
    let mail = format!("mailto:?subject={subject}&body={body}");
    let dates = format!("/do/discover_dates?slug={}", kit::urlencode(&listing.slug));
    let keep = save_view(listing, saved);
    let calendar = (page.is_open() && !listing.open_ended).then(|| {
        view! {
            <li>
                <a href=dates download="dates.ics">"Add the dates to your calendar"</a>
            </li>
        }
    });
    view! {
        <h2 class="nhsuk-heading-m" id="keep">
            "Keep it or share it"
        </h2>
        {keep}
        <ul class="nhsuk-list">
            {calendar}
            <li>
                <a href=mail>"Send it by email"</a>
            </li>
        </ul>
        <crate::share::SharePage title=listing.title.clone() />
    }
}

fn given_view(advert: &Advert, open: bool) -> impl IntoView + use<> {
    let given = paragraphs(&advert.how_places_given);
    let hear = open.then(|| {
        format!(
            "You will hear within {} of applying. You get the exact date when you apply.",
            words::count(i64::from(advert.decide_within), "working day", "working days")
        )
    });
    view! {
        <h2 class="nhsuk-heading-m">"How places are given"</h2>
        {given}
        {hear.map(|hear| view! { <p>{hear}</p> })}
    }
}

fn site_view(site: &Site) -> AnyView {
    let lines = [Some(site.name.clone()), site.address.clone(), site.town.clone(), site.postcode.clone()]
        .into_iter()
        .flatten()
        .filter(|line| !line.is_empty())
        .map(|line| view! { {line} <br /> })
        .collect_view();
    let directions = site.directions.as_deref().map(paragraphs);
    let map = site.postcode.as_deref().map(|postcode| {
        let href = format!("https://www.openstreetmap.org/search?query={}", kit::urlencode(postcode));
        view! {
            <p>
                <a href=href rel="noreferrer">
                    {format!("See {postcode} on OpenStreetMap")}
                </a>
            </p>
        }
    });
    view! {
        <p>{lines}</p>
        {directions}
        {map}
    }
    .into_any()
}

fn contact_view(email: Option<&str>, words: &'static str) -> Option<impl IntoView + use<>> {
    email.map(|email| {
        let (href, email) = (format!("mailto:{email}"), email.to_owned());
        view! { <p>{words} ": " <a href=href>{email}</a></p> }
    })
}

/// Others to look at beside one that is closed.
fn similar_view(similar: &[Hit], more: &Query) -> Option<impl IntoView + use<>> {
    (!similar.is_empty()).then(|| {
        let items = similar
            .iter()
            .cloned()
            .map(|hit| {
                let about = [Some(hit.provider), hit.away, Some(hit.when), hit.closes]
                    .into_iter()
                    .flatten()
                    .collect::<Vec<_>>()
                    .join(" · ");
                view! {
                    <li>
                        <a href=hit.href>{hit.title}</a>
                        <br />
                        {about}
                    </li>
                }
            })
            .collect_view();
        view! {
            <h2 class="nhsuk-heading-m">"Others like it"</h2>
            <ul class="nhsuk-list">{items}</ul>
            <p>
                <a href=more.address()>"See all like it"</a>
            </p>
        }
    })
}

fn section(heading: &'static str, text: &str) -> Option<impl IntoView + use<>> {
    (!text.trim().is_empty()).then(|| {
        let text = paragraphs(text);
        view! {
            <h2 class="nhsuk-heading-m">{heading}</h2>
            {text}
        }
    })
}

/// What a provider wrote: blank lines part paragraphs, and lines stay lines.
fn paragraphs(text: &str) -> impl IntoView + use<> {
    text.split("\n\n")
        .map(str::trim)
        .filter(|paragraph| !paragraph.is_empty())
        .map(|paragraph| view! { <p class="wex-written">{paragraph.to_owned()}</p> })
        .collect_view()
}

/// A note within the page, used by its parts.
fn inset(text: String) -> AnyView {
    view! {
        <InsetText>
            <p>{text}</p>
        </InsetText>
    }
    .into_any()
}

#[cfg(test)]
mod tests;
