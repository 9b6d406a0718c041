//! Which table shows up where in somebody's own data, so that a new table is not left out by forgetting it.

/// Where a table that points at people is read out, or why it is not.
const SHOWN: &[(&str, &str)] = &[
    ("accounts", "account"),
    ("learners", "account, and answers that the next form begins with"),
    ("applications", "applications"),
    ("application_events", "application: history"),
    ("consents", "application: consent"),
    ("clearances", "application: checks"),
    ("documents", "application: files"),
    ("suggestions", "application: suggested"),
    ("date_change_answers", "application: new dates"),
    ("attendance_days", "application: attendance"),
    ("attendance_questions", "application: attendance"),
    ("certificates", "application: certificates"),
    ("reflections", "application: own words"),
    ("feedback", "application: what they said"),
    ("messages", "messages"),
    ("adviser_links", "schools"),
    ("evidence_statements", "account: what a school told us"),
    ("evidence_reasons", "account: what a school told us"),
    ("rebook_priorities", "account: waiting lists"),
    ("auth_sessions", "where signed in"),
    ("enrolments", "taken at any time"),
    ("saved_opportunities", "saved"),
    ("saved_searches", "saved"),
    ("keyed_drafts", "begun by somebody else"),
    ("consent_links", "no: a secret of the parent or carer, of which only the hash is kept"),
    ("sign_ins", "no: codes that were sent, each over within minutes; the message is shown"),
    ("place_ledger", "no: counts places; the history says the same in words"),
    ("cancelled_applications", "no: joins an application to its cancellation; the history and the message say it"),
    ("decision_drafts", "no: a coordinator's unfinished words, never sent and deleted with the decision"),
    ("typed_forms", "no: what staff have typed and a form could not take"),
    ("audit", "no: who opened what is kept by number; asked for by writing to us"),
    ("days_not_run", "no: staff alone"),
    ("supervisor_departments", "no: staff alone"),
    ("cancellations", "no: staff alone"),
    ("date_changes", "no: staff alone"),
    ("clearance_types", "no: staff alone"),
    ("memberships", "no: staff alone"),
    ("invitations", "no: staff alone"),
    ("opportunity_versions", "no: staff alone"),
    ("imports", "no: staff alone"),
];

#[test]
fn every_table_that_points_at_people_is_read_out_or_says_why_not() {
    use std::collections::BTreeSet;
    let held: BTreeSet<&str> = store::retention::HELD.iter().map(|held| held.table).chain(["accounts"]).collect();
    let shown: BTreeSet<&str> = SHOWN.iter().map(|(table, _)| *table).collect();
    assert_eq!(shown.len(), SHOWN.len(), "a table is in it twice");
    assert_eq!(held, shown);
}
