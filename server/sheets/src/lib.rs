//! Reading spreadsheets as people and publishers really keep them. Pure: bytes in, understood rows
//! and a report out; no database, no clock.
//!
//! The walk: [`read`] turns bytes into a [`Sheet`]; [`Mapping::find`] finds the heading row and
//! matches its columns by meaning; [`opportunities`] understands each row or says, with line, column,
//! value and a way to mend it, why not; [`Understood::report`] counts. [`reference`] reads official
//! lists in their publishers' layouts.

mod cell;
mod fields;
mod hyperlink;
mod mapping;
mod opportunities;
mod read;
pub mod reference;
mod report;
mod template;

pub use cell::{Cell, Sheet, SheetRow, Value};
pub use fields::Field;
pub use mapping::{Column, Mapping, NoHeader};
pub use opportunities::{Given, Missing, Note, Repeat, Understood, UnderstoodRow, opportunities};
pub use read::{MAX_BYTES, MAX_COLUMNS, MAX_ROWS, ReadError, read};
pub use report::{Refusal, Report};
pub use template::template;
