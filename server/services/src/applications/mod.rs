//! Applying and deciding: from the first word of a draft to the confirmed place.

mod act;
mod checks;
mod consent;
mod decide;
mod draft_no;
mod fill;
mod follow;
mod joining;
mod life;
mod places;
mod queue;
mod several;
#[cfg(test)]
mod several_tests;
#[cfg(test)]
mod story;
mod take_back;

pub(crate) use act::forget_drafts;
pub use act::{
    ActFor, For, How, KeyedForm, KeyedIn, OpenSession, act_form, act_sessions, answer_for, key_in, withdraw_for,
    withdrawing_for,
};
pub(crate) use checks::{may_settle, open_anew};
pub use checks::{settle, settle_clearance};
pub use consent::{
    Asked, ChangeOfMind, Correction, GuardianPage, LONGEST_QUESTION, agree_after_all, answer_consent, ask_question,
    consent_asked, correct_guardian, correction, guardian_page, question_about, send_page_again, withdraw_consent,
};
pub(crate) use consent::{
    Change as ConsentChange, ask_anew as ask_guardian, remind_in as remind_guardian, remind_unanswered,
    settle as settle_consent,
};
pub(crate) use decide::find as staff_find;
pub(crate) use decide::find as find_as_coordinator;
pub use decide::{Decision, Preview, Review, decide, open, preview};
pub use draft_no::{DraftNo, draft_no, save_draft_no};
pub(crate) use fill::answer_in_words;
pub use fill::{
    CheckView, FormView, Saved, SchoolChoice, advert_address, check_answers, find_schools, form, save_step, sent,
    start, submit,
};
pub(crate) use fill::{Sender, send};
pub use follow::{
    Card, Position, Tracker, TrackerStep, accept, ask_guardian_again, decline, mine, stands, track, withdraw,
};
pub(crate) use joining::remind_due;
pub use joining::{Pack, calendar, guardian_calendar, hear_by_calendar, joining_pack};
#[allow(unused_imports, reason = "for letters of which a parent or carer gets a version of their own")]
pub(crate) use life::tell_guardian;
pub(crate) use life::{
    Move, confirm_if_ready, facts, move_on, name_of, offer, promised_by, tell_coordinators, tell_learner,
    tell_learner_keyed, tell_learner_once, tell_learner_once_here,
};
pub(crate) use life::{own, respond_by};
pub use places::InLine;
pub(crate) use places::{Room, one_fewer, promote_next, take_along, waiting_list};
pub use queue::{Neighbours, QueueFilter, Today, due_soon, neighbours, queue, today};
pub use several::{Decided, Left, MOST_AT_ONCE, Several, can_be_chosen, decide_several, preview_several};
pub use store::applications::{About, Application, AskedClearance, Clearance, Event, Line, Taken};
pub use store::messages::Message;
pub use take_back::{TakeBack, save_taking_back, take_back, taking_back};
