//! Applying and deciding: from the first word of a draft to the confirmed place.

mod checks;
mod consent;
mod decide;
mod draft_no;
mod fill;
mod follow;
mod life;
mod places;
mod queue;
#[cfg(test)]
mod story;

pub(crate) use checks::open_anew;
pub use checks::{settle, settle_clearance};
pub(crate) use consent::ask as ask_guardian;
pub use consent::{Asked, answer_consent, consent_asked};
pub use decide::{Decision, Preview, Review, decide, open, preview};
pub use draft_no::{DraftNo, draft_no, save_draft_no};
pub use fill::{
    CheckView, FormView, Saved, SchoolChoice, advert_address, check_answers, find_schools, form, save_step, sent,
    start, submit,
};
pub use follow::{
    Card, Position, Tracker, TrackerStep, accept, ask_guardian_again, decline, mine, stands, track, withdraw,
};
pub(crate) use life::{
    Move, confirm_if_ready, facts, move_on, offer, promised_by, tell_coordinators, tell_guardian, tell_learner,
    tell_learner_once,
};
pub use places::InLine;
pub(crate) use places::{Room, promote_next, waiting_list};
pub use queue::{Neighbours, QueueFilter, Today, due_soon, neighbours, queue, today};
pub use store::applications::{About, Application, AskedClearance, Clearance, Event, Line};
pub use store::messages::Message;
