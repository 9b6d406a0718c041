//! The index of what is published: what is found for a query, in which order, and what every other choice
//! would find. In memory, without input or output; who fills it and keeps it fresh is `services::discover`.
//!
//! A query is answered in three steps. Each filter becomes a set of opportunities, one bit each
//! ([`bits`]); words are looked up first ([`words`], [`vocabulary`]). The sets are cut with each other once
//! for the answer, and once without each filter for the numbers beside its choices ([`counts`]). Of what is
//! left, only as much is put in order as the page shows ([`order`]).
//!
//! Opportunities are numbered along the map ([`spots`]): what lies near a place is a few stretches of numbers.

mod bits;
mod counts;
mod dates;
mod filters;
mod index;
mod order;
mod segment;
mod spots;
mod synonyms;
mod vocabulary;
mod words;

pub use index::{Area, Begins, Index, Person};
pub use vocabulary::{most_slips, slips};
