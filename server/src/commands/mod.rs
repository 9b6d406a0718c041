//! What each command does. A command returns its exit status.

pub mod demo;
pub mod doctor;
pub mod export;
pub mod import;
pub mod invite;
pub mod migrate;
pub mod serve;
pub mod verify;
pub mod work;
