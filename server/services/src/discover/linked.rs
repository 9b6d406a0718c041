//! What an opportunity's page says to machines: structured data in the words of schema.org.

use domain::Delivery;
use serde_json::{Value, json};

use super::OpportunityView;

/// The page's JSON-LD, safe to stand inside a `<script>`: `<` is written as an escape.
#[must_use]
pub fn linked_data(page: &OpportunityView, base_url: &str) -> String {
    let listing = &page.advert.listing;
    let link = format!("{base_url}/opportunities/{}", listing.slug);
    let organisation = json!({ "@type": "Organization", "name": &*listing.organisation });
    let place = page.advert.site.as_ref().map(|site| {
        json!({
            "@type": "Place",
            "name": site.name,
            "address": {
                "@type": "PostalAddress",
                "streetAddress": site.address,
                "addressLocality": site.town,
                "postalCode": site.postcode,
                "addressCountry": "GB",
            },
        })
    });
    let online = json!({ "@type": "VirtualLocation", "url": link });
    let location = match (listing.delivery, place) {
        (Delivery::Online, _) => online,
        (Delivery::InPerson, place) => place.unwrap_or(Value::Null),
        (_, place) => json!([place, online]),
    };
    let mode = match listing.delivery {
        Delivery::Online => "https://schema.org/OnlineEventAttendanceMode",
        Delivery::InPerson => "https://schema.org/OfflineEventAttendanceMode",
        _ => "https://schema.org/MixedEventAttendanceMode",
    };
    let about = json!({
        "@type": if listing.open_ended { "Course" } else { "EducationEvent" },
        "name": listing.title,
        "description": page.advert.summary,
        "url": link,
        "typicalAgeRange": age_range(listing.min_age, listing.max_age),
        "isAccessibleForFree": true,
        "inLanguage": "en-GB",
    });
    let graph: Vec<Value> = if listing.open_ended {
        vec![with(&about, json!({ "provider": organisation }))]
    } else {
        page.sessions
            .iter()
            .filter(|session| session.run.ends_on >= page.today)
            .map(|session| {
                let run = &session.run;
                let status = if run.cancelled { "EventCancelled" } else { "EventScheduled" };
                let mut event = with(
                    &about,
                    json!({
                        "organizer": organisation,
                        "location": location,
                        "eventAttendanceMode": mode,
                        "eventStatus": format!("https://schema.org/{status}"),
                        "startDate": run.starts_on,
                        "endDate": run.ends_on,
                    }),
                );
                if listing.shows_places {
                    event["maximumAttendeeCapacity"] = json!(run.capacity);
                    event["remainingAttendeeCapacity"] = json!(run.left());
                }
                event
            })
            .collect()
    };
    json!({ "@context": "https://schema.org", "@graph": graph }).to_string().replace('<', "\\u003c")
}

fn with(about: &Value, more: Value) -> Value {
    let mut all = about.clone();
    if let (Some(all), Value::Object(more)) = (all.as_object_mut(), more) {
        all.extend(more);
    }
    all
}

/// "16-18", "16-", "-25".
fn age_range(from: Option<u32>, to: Option<u32>) -> Option<String> {
    let said = |age: Option<u32>| age.map(|age| age.to_string()).unwrap_or_default();
    (from.is_some() || to.is_some()).then(|| format!("{}-{}", said(from), said(to)))
}
