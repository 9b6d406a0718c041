//! Attendance: who came on which day, days that did not take place, what learners say about it, and who
//! supervises which department.

mod days;
mod questions;
mod sessions;
mod supervisors;

pub use days::{Day, insert_day, list_days, list_days_of_session, list_history};
pub use questions::{
    OpenQuestion, Question, answer_question, find_open_question, insert_question, list_open_questions, list_questions,
};
pub use sessions::{
    Attendee, NotRun, RunSession, Scope, delete_not_run, find_session, insert_not_run, list_attendees, list_not_run,
    list_sessions,
};
pub use supervisors::{
    Supervisor, add_department, list_departments, list_of_department, list_of_organisation, remove_department,
};
