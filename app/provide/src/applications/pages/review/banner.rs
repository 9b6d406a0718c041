//! What was just done, said once more on the page that one comes back to: as the record has it, not as
//! the address claims.

use domain::State;
use domain::clearance::ClearanceStatus;
use domain::words::long_date;
use kit::components::NotificationBanner;
use leptos::prelude::*;

use super::Shown;
use crate::applications::pages::at::{At, Choice};
use crate::applications::pages::words::name;

pub(super) fn banner_view(shown: &Shown) -> Option<AnyView> {
    let heading = sentence(shown)?;
    let next = shown.beside.next.as_ref().map(|line| {
        let href = At { reference: line.reference.clone(), filter: shown.at.filter }.application("");
        view! {
            <p>
                <a class="nhsuk-notification-banner__link" href=href>
                    {format!("Go to the next application: {}", line.name)}
                </a>
            </p>
        }
    });
    let list = shown.at.list();
    Some(
        view! {
            <NotificationBanner success=true heading=heading>
                {next}
                <p>
                    <a class="nhsuk-notification-banner__link" href=list>
                        "Back to the list"
                    </a>
                </p>
            </NotificationBanner>
        }
        .into_any(),
    )
}

fn sentence(shown: &Shown) -> Option<String> {
    let application = &shown.review.application;
    let name = name(application);
    if shown.done == "taken-back" {
        return (application.state == State::OfferWithdrawn)
            .then(|| format!("You took back the offer to {name}, and we have told them."));
    }
    if let Some(choice) = Choice::parse(&shown.done) {
        return match (choice, application.state) {
            (Choice::Offer, State::Offered) => Some(match application.respond_by {
                Some(by) => format!("You offered a place to {name}. They have until {} to answer.", long_date(by)),
                None => format!("You offered a place to {name}."),
            }),
            (Choice::Waitlist, State::Waitlisted) => {
                Some(format!("{name} is on the waiting list, and we have told them."))
            }
            (Choice::Waitlist, State::Offered) => {
                Some(format!("{name} was first on the waiting list and a place was free, so it is offered to them."))
            }
            (Choice::No, State::NotSelected) => {
                Some(format!("We have told {name} that they did not get a place this time."))
            }
            _ => None,
        };
    }
    let check = shown.review.clearances.iter().find(|check| check.code().as_str() == shown.done)?;
    Some(match (check.status, application.state) {
        (ClearanceStatus::Met | ClearanceStatus::Waived, State::Confirmed) => {
            format!("Everything is in place. The place of {name} is confirmed, and we have told them.")
        }
        (ClearanceStatus::NotMet, State::ClearanceNotMet) => {
            format!("We have told {name} that the checks could not be finished in time.")
        }
        (status, _) => format!("{}: {}.", check.label(), status.label()),
    })
}
