//! What a coordinator does with applications: see what is due, read one, decide, keep checks straight.

mod api;
mod island;
#[cfg(feature = "ssr")]
pub mod pages;
mod take_back;

pub use api::{
    QueueUpdate, provide_answer_for, provide_decide, provide_decide_several, provide_draft_no, provide_queue,
    provide_settle_clearance, provide_told_another_way,
};
pub use island::QueueTable;
pub use take_back::{provide_draft_take_back, provide_take_back};
