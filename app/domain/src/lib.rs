//! The rules of wex: what an opportunity, a session and an application are, and what may happen to
//! them. Pure: no input or output, no clock, no randomness, no time zone; runs in the browser too.

pub mod application;
pub mod attendance;
pub mod calendar;
pub mod cancelling;
pub mod certificate;
pub mod choices;
pub mod clearance;
pub mod consent;
pub mod document;
pub mod eligibility;
pub mod feedback;
pub mod form;
pub mod ids;
pub mod joining;
pub mod message;
pub mod opportunity_kind;
pub mod places;
pub mod priority;
pub mod profession;
pub mod publishing;
pub mod reference;
pub mod retention;
pub mod roles;
pub mod saved;
pub mod search;
pub mod suggest;
pub mod time;
pub mod understand;
pub mod words;

pub use application::{Action, Role, State};
pub use opportunity_kind::{Delivery, Kind};
pub use profession::Profession;
