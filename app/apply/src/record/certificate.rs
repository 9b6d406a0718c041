//! A certificate as anybody sees it who has its number, and how to check one without us.

use domain::certificate::Standing;
use domain::words::{date_range, long_date};
use kit::AppError;
use kit::components::{BackLink, InsetText, SummaryList, SummaryRow, Tag, TagColour};
use leptos::prelude::*;
use leptos_axum::ResponseOptions;
use leptos_meta::{Meta, Title};
use services::certificates::{CheckKey, Look, keys, look};

/// Whether a certificate counts. Nobody has to sign in, and no search engine lists it.
#[component]
pub fn CertificatePage() -> impl IntoView {
    let number = kit::param("number");
    if let Some(response) = use_context::<ResponseOptions>() {
        response.insert_header(
            http::HeaderName::from_static("x-robots-tag"),
            http::HeaderValue::from_static("noindex, nofollow"),
        );
        response.insert_header(http::header::CACHE_CONTROL, http::HeaderValue::from_static("no-store"));
    }
    kit::page(async move {
        let look = look(&kit::request(), &number).await?;
        Ok::<_, AppError>(view! {
            <Title text=heading(&look) />
            <Meta name="robots" content="noindex, nofollow" />
            {look_view(&look)}
        })
    })
}

fn heading(look: &Look) -> &'static str {
    match look.standing {
        Standing::Valid => "This certificate counts",
        Standing::Replaced => "This certificate was replaced",
        Standing::Revoked => "This certificate no longer counts",
    }
}

pub(super) fn look_view(look: &Look) -> AnyView {
    let (colour, word) = match look.standing {
        Standing::Valid => (TagColour::Green, "Valid"),
        Standing::Replaced => (TagColour::Yellow, "Replaced"),
        Standing::Revoked => (TagColour::Red, "Revoked"),
    };
    let since = look.ended_on.map(|day| format!(" since {}", long_date(day))).unwrap_or_default();
    let words = match look.standing {
        Standing::Valid => {
            "The host recorded that this person came. Check that the name is the one you were given.".to_owned()
        }
        Standing::Replaced => format!(
            "It does not count{since}, because something on it was corrected. There is a new one. Ask the person who gave you this number for it."
        ),
        Standing::Revoked => format!(
            "It does not count{since}. It was taken back after what the host recorded was corrected. There is no new one."
        ),
    };
    let facts = look.says.as_ref().map(|says| {
        let rows = vec![
            SummaryRow::new("Name", says.name.clone()),
            SummaryRow::new("Took part in", says.title.clone()),
            SummaryRow::new("With", says.host.clone()),
            SummaryRow::new("What it was", says.kind.label()),
            SummaryRow::new("When", date_range(says.starts_on, says.ends_on)),
            SummaryRow::new("Attended", says.attended.in_words()),
            SummaryRow::new("Issued", long_date(says.issued_on)),
        ];
        let file = format!("/certificates/{}/signed.json", look.number);
        view! {
            <SummaryList rows=rows />
            <p class="wex-no-print">
                <a href=file>"Download the signed record"</a>
                " to keep. "
                <a href="/certificates/check">"How to check it without this site"</a>
                "."
            </p>
        }
    });
    view! {
        <h1 class="nhsuk-heading-l">
            <span class="nhsuk-caption-l">{format!("Certificate {}", look.number)}</span>
            {heading(look)}
        </h1>
        <p>
            <Tag colour=colour>{word}</Tag>
        </p>
        <p>{words}</p>
        {facts}
    }
    .into_any()
}

/// How to check a certificate without us, and with which keys.
#[component]
pub fn CheckCertificatePage() -> impl IntoView {
    kit::page(async move {
        let keys = keys(&kit::request().services).await?;
        Ok::<_, AppError>(view! {
            <Title text="Check a certificate" />
            {check_view(&keys)}
        })
    })
}

pub(super) fn check_view(keys: &[CheckKey]) -> AnyView {
    let items = keys
        .iter()
        .map(|key| {
            view! {
                <li>
                    "Key " <code class="wex-address">{key.id.clone()}</code> ": "
                    <code class="wex-address">{key.text.clone()}</code>
                </li>
            }
        })
        .collect_view();
    view! {
        <BackLink href="/" text="Find work experience" />
        <h1 class="nhsuk-heading-l">"Check a certificate"</h1>
        <p class="nhsuk-lede-text">
            "Scan the code on the certificate, or open the address below it. The page says whether the certificate counts."
        </p>
        <h2 class="nhsuk-heading-m">"Check it without this site"</h2>
        <p>
            "Each certificate is signed. Its PDF file has the signed record attached, and its page lets you download it. The signature shows that nothing was changed. It does not show whether the certificate was taken back later."
        </p>
        <p>"You need the record, one of the keys below, and the program wex, which is free. Then run:"</p>
        <p>
            <code class="wex-address">"wex verify FILE --key KEY"</code>
        </p>
        <p>
            "The same command checks an Open Badge. Without the program: take the member “certificate” of the record, order its members by name, write it without spaces (RFC 8785), and check the Ed25519 signature over it."
        </p>
        <h2 class="nhsuk-heading-m">"Our keys"</h2>
        <ul class="nhsuk-list nhsuk-list--bullet">{items}</ul>
        <p>
            "For programs: " <a href="/.well-known/jwks.json">"the keys as a JSON Web Key Set"</a> "."
        </p>
        <InsetText>
            <p>"Get the keys from this page before you need them, not from whoever gives you a certificate."</p>
        </InsetText>
    }
    .into_any()
}
