//! "My record": what I did, how much, certificates, and what I wrote for myself.

use domain::words::date_range;
use kit::AppError;
use kit::components::{
    Button, ButtonKind, CharacterCount, Details, ErrorSummary, Limit, NotificationBanner, SummaryList, SummaryRow,
};
use leptos::prelude::*;
use leptos_meta::Title;
use services::record::{Done, LONGEST_REFLECTION, Record, mine};

use super::taken::taken_view;

/// The learner's record.
#[component]
pub fn RecordPage() -> impl IntoView {
    let (saved, problem) = (kit::query("saved"), kit::query("problem"));
    let off = kit::query("done") == "off";
    kit::page(async move {
        let ctx = kit::request();
        let record = mine(&ctx).await?;
        let base = ctx.services.settings.base_url.clone();
        let wrong = record.done.iter().any(|one| one.reference == problem && too_long(&one.reflection).is_some());
        Ok::<_, AppError>(view! {
            <Title text=if wrong { "Error: My record" } else { "My record" } />
            {off.then(|| view! { <NotificationBanner success=true heading="Taken off your record." /> })}
            {record_view(&record, &base, &saved, &problem)}
        })
    })
}

/// What is wrong with a reflection that is too long.
fn too_long(text: &str) -> Option<String> {
    let length = text.chars().count();
    (length > LONGEST_REFLECTION)
        .then(|| format!("Use {LONGEST_REFLECTION} characters or fewer. You have {length}. Nothing is lost"))
}

pub(super) fn record_view(record: &Record, base: &str, saved: &str, problem: &str) -> AnyView {
    if record.done.is_empty() && record.taken.is_empty() {
        return empty_view();
    }
    let errors: Vec<(String, String)> = record
        .done
        .iter()
        .filter(|one| one.reference == problem)
        .filter_map(|one| too_long(&one.reflection).map(|words| (field(one), words)))
        .collect();
    let banner = record.done.iter().any(|one| one.reference == saved).then(|| {
        view! { <NotificationBanner success=true heading="Saved. Only you can read what you wrote." /> }
    });
    let totals =
        record.totals.iter().map(|(kind, amount)| SummaryRow::new(kind.label(), amount.clone())).collect::<Vec<_>>();
    let totals = (!totals.is_empty()).then(|| {
        view! {
            <h2 class="nhsuk-heading-m">"All together"</h2>
            <SummaryList rows=totals />
        }
    });
    let items = record
        .done
        .iter()
        .map(|one| {
            let shown = if one.reference == problem { too_long(&one.reflection) } else { None };
            done_view(one, base, shown)
        })
        .collect_view();
    let taken = taken_view(&record.taken);
    let name = (!record.name.is_empty()).then(|| view! { <span class="nhsuk-caption-l">{record.name.clone()}</span> });
    view! {
        <ErrorSummary errors=errors />
        {banner}
        <h1 class="nhsuk-heading-l">{name} "My record"</h1>
        <p>"What you did, to keep and to show. Only you can see this page."</p>
        {totals}
        {items}
        {taken}
    }
    .into_any()
}

/// Nothing yet: what will be here, and how to begin.
fn empty_view() -> AnyView {
    view! {
        <h1 class="nhsuk-heading-l">"My record"</h1>
        <p class="nhsuk-lede-text">"Everybody begins with an empty page. Yours fills up from your first placement on."</p>
        <p>"After you have been somewhere, you find here:"</p>
        <ul class="nhsuk-list nhsuk-list--bullet">
            <li>"what you did, where and when"</li>
            <li>"how many hours that was"</li>
            <li>"a certificate to download, print or share"</li>
            <li>"room for your own thoughts, which only you can read"</li>
        </ul>
        <Button href="/opportunities">"Find work experience"</Button>
    }
    .into_any()
}

fn field(one: &Done) -> String {
    format!("text-{}", one.reference)
}

fn done_view(one: &Done, base: &str, problem: Option<String>) -> AnyView {
    let id = one.reference.clone();
    let mut rows = vec![
        SummaryRow::new("With", one.organisation_name.clone()),
        SummaryRow::new("What it was", one.kind.label()),
        SummaryRow::new("When", date_range(one.starts_on, one.ends_on)),
    ];
    rows.extend(one.attended.map(|attended| SummaryRow::new("Attended", attended.in_words())));
    rows.extend(one.number.clone().map(|number| SummaryRow::new("Certificate", number)));
    let certificate = one.number.as_deref().map(|number| certificate_view(one, base, number));
    let say = {
        let href = format!("/applications/{}/feedback", one.reference);
        let words = if one.said { "Look at what you said about it" } else { "Say how it was" };
        let about = format!(": {}", one.title);
        view! { <p class="wex-no-print"><a href=href>{words} <span class="nhsuk-u-visually-hidden">{about}</span></a></p> }
    };
    let printed = (!one.reflection.trim().is_empty()).then(|| {
        view! {
            <div class="wex-print-only">
                <h3 class="nhsuk-heading-s">"My thoughts"</h3>
                <p class="wex-written">{one.reflection.clone()}</p>
            </div>
        }
    });
    let reflect = reflect_view(one, problem);
    view! {
        <section class="wex-record" id=id>
            <h2 class="nhsuk-heading-m">{one.title.clone()}</h2>
            <SummaryList rows=rows />
            {certificate}
            {say}
            {printed}
            {reflect}
        </section>
    }
    .into_any()
}

fn certificate_view(one: &Done, base: &str, number: &str) -> AnyView {
    let pdf = format!("/do/apply_certificate?reference={}", one.reference);
    let badge = format!("/do/apply_badge?reference={}", one.reference);
    let page = format!("/certificates/{number}");
    let address = format!("{base}{page}");
    let about = format!(", {}", one.title);
    let about_badge = about.clone();
    view! {
        <p class="wex-no-print">
            <Button kind=ButtonKind::Secondary href=pdf>
                "Download the certificate (PDF)" <span class="nhsuk-u-visually-hidden">{about}</span>
            </Button>
        </p>
        <Details summary="Share it">
            <p>
                "Send this address to somebody, and they see that your certificate counts. It shows your name, what you did and when. Nobody finds it without the address."
            </p>
            <p class="wex-address">
                <a href=page>{address}</a>
            </p>
            <p>
                "Do you collect badges? "
                <a href=badge>"Download an Open Badge" <span class="nhsuk-u-visually-hidden">{about_badge}</span></a>
                ". Other services can check it."
            </p>
        </Details>
    }
    .into_any()
}

fn reflect_view(one: &Done, problem: Option<String>) -> AnyView {
    let name = format!("What did you learn? What would you like to do next? ({})", one.title);
    let (reference, id, value) = (one.reference.clone(), field(one), one.reflection.clone());
    let about = format!(" about {}", one.title);
    view! {
        <form class="wex-no-print" method="post" action="/do/apply_save_reflection" novalidate=true>
            <input type="hidden" name="reference" value=reference />
            <CharacterCount
                name="text"
                id=id
                label=name
                hint="Only you can read this. It helps when you apply for something else."
                value=value
                error=problem
                limit=Limit::Characters(u32::try_from(LONGEST_REFLECTION).unwrap_or(2000))
                rows=4
            />
            <Button kind=ButtonKind::Secondary small=true>
                "Save my thoughts" <span class="nhsuk-u-visually-hidden">{about}</span>
            </Button>
        </form>
    }
    .into_any()
}
