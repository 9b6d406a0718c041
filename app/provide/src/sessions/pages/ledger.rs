//! The ledger of a session's places, for whoever asks why a number is what it is.

use domain::Action;
use domain::places::Pool;
use domain::words::short_date;
use kit::components::{Column, Details, Table};
use leptos::prelude::*;
use services::sessions::{Entry, EntryKind};
use services::time::london_day;

pub(super) fn ledger_view(entries: &[Entry]) -> Option<AnyView> {
    if entries.is_empty() {
        return None;
    }
    let rows: Vec<_> = entries
        .iter()
        .rev()
        .map(|entry| {
            let whose = match &entry.reference {
                Some(reference) => {
                    let href = format!("/provider/applications/{reference}");
                    view! { <a href=href>{reference.clone()}</a> }.into_any()
                }
                None => view! { <span class="wex-quiet">"Nobody’s"</span> }.into_any(),
            };
            vec![
                short_date(london_day(entry.at)).into(),
                what(entry).into(),
                format!("{:+}", entry.change).into(),
                whose.into(),
                because(&entry.because).into(),
            ]
        })
        .collect();
    Some(
        view! {
            <Details summary="How the places came to be what they are">
                {view! {
                    <Table
                        caption="Every change of places, newest first"
                        caption_hidden=true
                        compact=true
                        columns=vec![
                            Column::new("Day"),
                            Column::new("What changed"),
                            Column::numeric("By"),
                            Column::new("Whose"),
                            Column::new("Why"),
                        ]
                        rows=rows
                    />
                }
                    .into_any()}
            </Details>
        }
        .into_any(),
    )
}

fn what(entry: &Entry) -> String {
    let pool = match entry.pool {
        Pool::Open => "open",
        Pool::Priority => "reserved for a priority",
        Pool::School => "reserved for a school",
    };
    match entry.kind {
        EntryKind::Capacity => "Places".to_owned(),
        EntryKind::Reserved => format!("Places {pool}"),
        EntryKind::Hold => format!("Held, {pool}"),
        EntryKind::Release => format!("Given back, {pool}"),
        EntryKind::Move if entry.change > 0 => format!("Changed over to {pool}"),
        EntryKind::Move => format!("Changed over from {pool}"),
    }
}

fn because(word: &str) -> String {
    match Action::parse(word) {
        Some(Action::Offer) => "A place was offered",
        Some(Action::Decline) => "They said no thank you",
        Some(Action::ExpireOffer) => "The offer ran out",
        Some(Action::WithdrawOffer) => "The offer was taken back",
        Some(Action::FailClearance) => "A check could not be finished",
        Some(Action::Cancel) => "You cancelled",
        Some(Action::Withdraw) => "They withdrew",
        Some(Action::RecordAttended | Action::RecordPartly) => "They came",
        Some(Action::RecordAbsent) => "They did not come",
        Some(_) => "The application moved on",
        None => match word {
            "opened" => "The dates were planned",
            "change_capacity" | "change_places" => "Somebody changed how many places there are",
            "places were changed" => "Places were changed",
            _ => "Makes room for somebody else",
        },
    }
    .to_owned()
}
