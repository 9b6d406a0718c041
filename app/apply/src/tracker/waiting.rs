//! The waiting list as a learner reads it: where they stand, how it works, and the way out.

use domain::words::{long_date, ordinal};
use kit::components::{Button, ButtonKind};
use leptos::prelude::*;
use services::applications::{InLine, Taken};

/// Where somebody stands, without a promise that cannot be kept.
pub(super) fn in_words(line: &InLine) -> Vec<String> {
    let mut said = format!("You are {} on the waiting list.", ordinal(u64::try_from(line.place).unwrap_or(1)));
    if let Some(history) = &line.history {
        said.push(' ');
        said.push_str(history);
    }
    let order = if line.consent_refused {
        "Your parent or carer said no, so we cannot offer you a place now. You keep where you stand. If they change their mind, you are asked again."
    } else if line.goes_first {
        "You have priority, so you come before people who have none. We write to you when it is your turn."
    } else {
        "People who meet a priority come first, and then whoever applied first. We write to you when it is your turn."
    };
    vec![
        said,
        order.into(),
        format!(
            "We cannot promise that a place becomes free. The list ends on {}. You can ask for other places meanwhile.",
            long_date(line.until)
        ),
    ]
}

/// Which places are in the way of an offer on the same days.
pub(super) fn clashes_in_words(clashes: &[Taken]) -> Vec<String> {
    let mut words: Vec<String> =
        clashes.iter().map(|taken| format!("You have a place on these days already: {}.", taken.in_words())).collect();
    words.push(
        "Nobody can be in two places at once. Withdraw from that place first, or say no thank you to this one.".into(),
    );
    words
}

/// One step out of the list.
pub(super) fn leave_view(reference: &str) -> AnyView {
    view! {
        <form method="post" action="/do/apply_withdraw_application" id="leave-the-list">
            <input type="hidden" name="reference" value=reference.to_owned() />
            <Button kind=ButtonKind::Secondary>"Leave the waiting list"</Button>
        </form>
    }
    .into_any()
}
