//! Whom our messages did not reach: to be told another way, and ticked off.

use kit::components::{Button, WarningCallout};
use leptos::prelude::*;
use services::messages::Unreached;

use super::Shown;
use crate::applications::pages::words::name;

pub(super) fn unreached_view(shown: &Shown) -> Option<AnyView> {
    let review = &shown.review;
    let (first, ..) = review.unreached.first().map(|first| (*first,))?;
    let name = name(&review.application);
    let heading = match first {
        Unreached::NoEmail => "Tell them by telephone",
        Unreached::LearnerEmail => "Their email does not work",
        Unreached::LearnerPhone => "Text messages do not reach them",
        Unreached::CarerEmail => "Their parent or carer’s email does not work",
    };
    let phone = review.application.answers.get("phone").to_owned();
    let how = match (first, phone.is_empty()) {
        (Unreached::NoEmail, _) => {
            format!("{name} has no email. Ring {phone}, and tell them what the messages below say.")
        }
        (Unreached::LearnerEmail, false) => {
            format!("Telephone {name} on {phone}, and tell them what the messages below say.")
        }
        (Unreached::LearnerEmail, true) => {
            format!(
                "{name} gave no telephone number. Ask their school or college, or their parent or carer, to pass it on."
            )
        }
        (Unreached::LearnerPhone, _) => {
            format!("{name} still gets our emails. Check that they know what the messages below say.")
        }
        (Unreached::CarerEmail, _) => {
            format!("Ask {name} for the right address. They can change it on their page of this application.")
        }
    };
    let reference = review.application.reference.clone();
    let told = review.decides.then(|| {
        view! {
            <form method="post" action="/do/provide_told_another_way">
                <input type="hidden" name="reference" value=reference />
                <input type="hidden" name="show" value=shown.at.filter.as_str() />
                <Button prevent_double_click=true>"I have told them"</Button>
            </form>
        }
    });
    Some(
        view! {
            <WarningCallout heading=heading level=2>
                <p>{how}</p>
                {told}
            </WarningCallout>
        }
        .into_any(),
    )
}
