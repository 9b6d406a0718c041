//! Attendance, day by day: which days count, when one may be recorded, and what the days add up to.

use chrono::{Datelike, NaiveDate, NaiveDateTime, NaiveTime, Weekday};

use crate::application::words;
use crate::calendar::WorkingDays;
use crate::{Action, Role, State};

words! {
    /// What is recorded of one learner on one day.
    Mark {
        /// Came, the whole day.
        Came = "came",
        /// Came for a part of the day.
        Part = "part",
        /// Did not come.
        Absent = "did_not_come",
    }
}

impl Mark {
    /// What people read.
    #[must_use]
    pub fn in_words(self) -> &'static str {
        match self {
            Self::Came => "Came",
            Self::Part => "Part of the day",
            Self::Absent => "Did not come",
        }
    }

    /// "Part of the day, 3 hours 30 minutes": with how long, where it is a part and that is known.
    #[must_use]
    pub fn with_time(self, minutes: Option<i64>) -> String {
        match (self, minutes) {
            (Self::Part, Some(minutes)) => format!("{}, {}", self.in_words(), length(minutes)),
            _ => self.in_words().to_owned(),
        }
    }
}

/// The days of a session, first to last. The first and the last day always count: somebody wrote them
/// down. Between them weekends count only where the session begins or ends on one, and England's bank
/// holidays do not.
#[must_use]
pub fn days(first: NaiveDate, last: NaiveDate, working: &WorkingDays) -> Vec<NaiveDate> {
    let weekend = |day: NaiveDate| matches!(day.weekday(), Weekday::Sat | Weekday::Sun);
    let weekends = weekend(first) || weekend(last);
    first
        .iter_days()
        .take_while(|day| *day <= last)
        .filter(|day| *day == first || *day == last || working.is_working_day(*day) || (weekends && weekend(*day)))
        .collect()
}

/// Whether a day can be recorded: from its own start on, or from midnight where no time is known.
/// `now` is what London's clocks show.
#[must_use]
pub fn may_record(day: NaiveDate, starts_at: Option<NaiveTime>, now: NaiveDateTime) -> bool {
    now >= day.and_time(starts_at.unwrap_or(NaiveTime::MIN))
}

/// Whether somebody may change what stands after the last day was recorded: a coordinator at any time;
/// a supervisor what they recorded themselves, on the day on which they did.
#[must_use]
pub fn may_amend(role: Role, own: bool, recorded_on: NaiveDate, today: NaiveDate) -> bool {
    match role {
        Role::Coordinator => true,
        Role::Supervisor => own && recorded_on == today,
        _ => false,
    }
}

/// Minutes of a whole day, by the daily times; `None` where they are not known or make no sense.
#[must_use]
pub fn daily_minutes(starts_at: Option<i64>, ends_at: Option<i64>) -> Option<i64> {
    let minutes = ends_at? - starts_at?;
    (minutes > 0).then_some(minutes)
}

/// What the days add up to. `None` while a day is missing.
#[must_use]
pub fn outcome(marks: impl IntoIterator<Item = Option<Mark>>) -> Option<State> {
    let marks: Vec<Mark> = marks.into_iter().collect::<Option<_>>()?;
    if marks.is_empty() {
        None
    } else if marks.iter().all(|mark| *mark == Mark::Came) {
        Some(State::Attended)
    } else if marks.iter().all(|mark| *mark == Mark::Absent) {
        Some(State::DidNotAttend)
    } else {
        Some(State::PartlyAttended)
    }
}

/// The action that leads there: recording it, or amending what was recorded. `None` for a state that is
/// no outcome.
#[must_use]
pub fn action_for(outcome: State, amends: bool) -> Option<Action> {
    Some(match (outcome, amends) {
        (State::Attended, false) => Action::RecordAttended,
        (State::PartlyAttended, false) => Action::RecordPartly,
        (State::DidNotAttend, false) => Action::RecordAbsent,
        (State::Attended, true) => Action::AmendAttended,
        (State::PartlyAttended, true) => Action::AmendPartly,
        (State::DidNotAttend, true) => Action::AmendAbsent,
        _ => return None,
    })
}

/// What somebody attended, added up.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct Attended {
    /// Whole days.
    pub days: i64,
    /// Days of which they came for a part.
    pub part_days: i64,
    /// Days on which they did not come.
    pub absent_days: i64,
    /// Minutes; `None` when the time of a day is not known: then days are said, and nothing is invented.
    pub minutes: Option<i64>,
}

impl Attended {
    /// Adds up days: what is recorded, and the minutes where they are known.
    #[must_use]
    pub fn of(days: impl IntoIterator<Item = (Mark, Option<i64>)>) -> Self {
        let mut sum = Self { minutes: Some(0), ..Self::default() };
        for (mark, minutes) in days {
            match mark {
                Mark::Came => sum.days += 1,
                Mark::Part => sum.part_days += 1,
                Mark::Absent => {
                    sum.absent_days += 1;
                    continue;
                }
            }
            sum.minutes = sum.minutes.zip(minutes).map(|(all, more)| all + more);
        }
        sum
    }

    /// "4 days and a part of 1 day, 27 hours 30 minutes"; without hours where they are not known.
    #[must_use]
    pub fn in_words(self) -> String {
        let mut parts = Vec::new();
        if self.days > 0 || self.part_days == 0 {
            parts.push(crate::words::count(self.days, "day", "days"));
        }
        if self.part_days > 0 {
            parts.push(format!("a part of {}", crate::words::count(self.part_days, "day", "days")));
        }
        let days = parts.join(" and ");
        match self.minutes {
            Some(minutes) if minutes > 0 => format!("{days}, {}", length(minutes)),
            _ => days,
        }
    }
}

/// "6 hours", "6 hours 30 minutes", "45 minutes".
#[must_use]
pub fn length(minutes: i64) -> String {
    let hours = crate::words::count(minutes / 60, "hour", "hours");
    let rest = crate::words::count(minutes % 60, "minute", "minutes");
    match (minutes / 60, minutes % 60) {
        (0, _) => rest,
        (_, 0) => hours,
        _ => format!("{hours} {rest}"),
    }
}

/// Reads how long somebody was there, in hours as people type them: "3", "3.5", "3:30", "3h 30", or
/// "45 minutes". Minutes; `None` when it is no such length or is longer than a day.
#[must_use]
pub fn read_hours(typed: &str) -> Option<i64> {
    let mut typed = typed.trim().to_lowercase().replace(',', ".");
    for (word, short) in [("hours", "h"), ("hour", "h"), ("hrs", "h"), ("hr", "h"), ("minutes", "m"), ("minute", "m")] {
        typed = typed.replace(word, short);
    }
    let number = |text: &str| {
        let text = text.trim();
        text.bytes().all(|b| b.is_ascii_digit()).then(|| text.parse::<i64>().ok()).flatten()
    };
    let without_unit = |text: &str| {
        let text = text.trim();
        text.strip_suffix("mins").or(text.strip_suffix("min")).or(text.strip_suffix('m')).map(|t| t.trim().to_owned())
    };
    let minutes = if let Some((hours, rest)) = typed.split_once([':', 'h']) {
        let rest = without_unit(rest).unwrap_or_else(|| rest.trim().to_owned());
        let rest = if rest.is_empty() { 0 } else { number(&rest).filter(|m| *m < 60)? };
        match hours.trim().split_once('.') {
            Some(_) if rest == 0 => decimal_hours(hours.trim())?,
            Some(_) => return None,
            None => number(hours).filter(|h| *h <= 24)? * 60 + rest,
        }
    } else if let Some(minutes) = without_unit(&typed) {
        number(&minutes)?
    } else {
        decimal_hours(&typed)?
    };
    (minutes > 0 && minutes <= 24 * 60).then_some(minutes)
}

/// "3.5" as minutes, to the nearest one.
fn decimal_hours(typed: &str) -> Option<i64> {
    let (whole, part) = typed.split_once('.').unwrap_or((typed, "0"));
    let whole: i64 =
        whole.bytes().all(|b| b.is_ascii_digit()).then(|| whole.parse().ok()).flatten().filter(|h| *h <= 24)?;
    if part.is_empty() || part.len() > 2 || !part.bytes().all(|b| b.is_ascii_digit()) {
        return None;
    }
    let hundredths: i64 = part.parse::<i64>().ok()? * if part.len() == 1 { 10 } else { 1 };
    Some(whole * 60 + (hundredths * 60 + 50) / 100)
}

/// After how many working days past an unrecorded day the recorder is reminded.
pub const CHASES: [u32; 3] = [1, 3, 10];

/// The reminder that is due about a day that nobody recorded: the latest whose time has come.
#[must_use]
pub fn chase_due(day: NaiveDate, today: NaiveDate, working: &WorkingDays) -> Option<u32> {
    CHASES.into_iter().rfind(|count| today >= working.after(day, *count))
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    fn d(month: u32, day: u32) -> NaiveDate {
        NaiveDate::from_ymd_opt(2027, month, day).unwrap()
    }

    #[test]
    fn weekdays_count_and_the_ends_always() {
        let w = WorkingDays::default();
        // Monday to Friday of the week after: no weekend.
        assert_eq!(days(d(7, 5), d(7, 16), &w).len(), 10);
        // A Saturday alone, and a weekend.
        assert_eq!(days(d(7, 10), d(7, 10), &w), [d(7, 10)]);
        assert_eq!(days(d(7, 10), d(7, 11), &w).len(), 2);
        assert_eq!(days(d(7, 9), d(7, 12), &w), [d(7, 9), d(7, 12)]);
        assert_eq!(days(d(7, 9), d(7, 11), &w), [d(7, 9), d(7, 10), d(7, 11)]);
        // Good Friday and Easter Monday of 2027 are 26 and 29 March.
        assert_eq!(days(d(3, 25), d(3, 30), &w), [d(3, 25), d(3, 30)]);
        assert_eq!(days(d(3, 29), d(3, 30), &w), [d(3, 29), d(3, 30)]);
        assert_eq!(days(d(7, 9), d(7, 5), &w), []);
    }

    #[test]
    fn a_day_is_recorded_from_its_start_on() {
        let at = |text: &str| text.parse::<NaiveDateTime>().unwrap();
        let nine = NaiveTime::from_hms_opt(9, 30, 0);
        assert!(!may_record(d(7, 5), nine, at("2027-07-05T09:29:59")));
        assert!(may_record(d(7, 5), nine, at("2027-07-05T09:30:00")));
        assert!(!may_record(d(7, 5), None, at("2027-07-04T23:59:59")));
        assert!(may_record(d(7, 5), None, at("2027-07-05T00:00:00")));
    }

    #[test]
    fn who_may_amend() {
        assert!(may_amend(Role::Coordinator, false, d(7, 5), d(9, 1)));
        assert!(may_amend(Role::Supervisor, true, d(7, 5), d(7, 5)));
        assert!(!may_amend(Role::Supervisor, true, d(7, 5), d(7, 6)));
        assert!(!may_amend(Role::Supervisor, false, d(7, 5), d(7, 5)));
        assert!(!may_amend(Role::Learner, true, d(7, 5), d(7, 5)));
    }

    #[test]
    fn days_add_up() {
        use Mark::{Absent, Came, Part};
        assert_eq!(outcome([Some(Came), Some(Came)]), Some(State::Attended));
        assert_eq!(outcome([Some(Absent), Some(Absent)]), Some(State::DidNotAttend));
        assert_eq!(outcome([Some(Came), Some(Absent)]), Some(State::PartlyAttended));
        assert_eq!(outcome([Some(Part)]), Some(State::PartlyAttended));
        assert_eq!(outcome([Some(Came), None]), None);
        assert_eq!(outcome([]), None);
        assert_eq!(daily_minutes(Some(570), Some(930)), Some(360));
        assert_eq!(daily_minutes(Some(570), None), None);
        assert_eq!(daily_minutes(Some(930), Some(570)), None);
        let sum = Attended::of([(Came, Some(360)), (Part, Some(90)), (Absent, None)]);
        assert_eq!(sum, Attended { days: 1, part_days: 1, absent_days: 1, minutes: Some(450) });
        assert_eq!(sum.in_words(), "1 day and a part of 1 day, 7 hours 30 minutes");
        assert_eq!(Attended::of([(Came, None), (Came, Some(360))]).in_words(), "2 days");
        assert_eq!(Attended::of([(Part, None)]).in_words(), "a part of 1 day");
        assert_eq!(Attended::of([(Absent, None)]).in_words(), "0 days");
        assert_eq!(Part.with_time(Some(90)), "Part of the day, 1 hour 30 minutes");
        assert_eq!((Part.with_time(None).as_str(), Came.with_time(Some(360)).as_str()), ("Part of the day", "Came"));
        assert_eq!((length(45).as_str(), length(61).as_str()), ("45 minutes", "1 hour 1 minute"));
    }

    #[test]
    fn hours_as_people_type_them() {
        for (typed, minutes) in [
            ("3", 180),
            ("3.5", 210),
            ("3,25", 195),
            ("3:30", 210),
            ("3h", 180),
            ("3 hours 30 minutes", 210),
            ("0:45", 45),
            ("2h05m", 125),
            ("4 hrs", 240),
            ("1 hr 15 mins", 75),
            ("45 minutes", 45),
            ("90 min", 90),
        ] {
            assert_eq!(read_hours(typed), Some(minutes), "{typed}");
        }
        for typed in
            ["", "0", "x", "25", "-1", "+3", "3:75", "1.333", "24:30", "1.", "3.5:30", "0 minutes", "m", "about 3"]
        {
            assert_eq!(read_hours(typed), None, "{typed}");
        }
    }

    #[test]
    fn the_recorder_is_reminded_three_times_and_working_days_count() {
        let w = WorkingDays::default();
        // Thursday 25 March 2027 is before the Easter weekend.
        assert_eq!(chase_due(d(3, 25), d(3, 29), &w), None);
        assert_eq!(chase_due(d(3, 25), d(3, 30), &w), Some(1));
        assert_eq!(chase_due(d(3, 25), d(3, 31), &w), Some(1));
        assert_eq!(chase_due(d(3, 25), d(4, 1), &w), Some(3));
        assert_eq!(chase_due(d(3, 25), d(4, 12), &w), Some(10));
    }

    proptest! {
        #[test]
        fn the_days_begin_and_end_where_the_session_does(from in 0u64..2000, length in 0u64..60) {
            let first = d(1, 1) + chrono::Days::new(from);
            let last = first + chrono::Days::new(length);
            let counted = days(first, last, &WorkingDays::default());
            prop_assert_eq!(counted.first(), Some(&first));
            prop_assert_eq!(counted.last(), Some(&last));
            prop_assert!(counted.is_sorted());
            prop_assert!(counted.windows(2).all(|two| two[0] < two[1]));
        }

        #[test]
        fn an_outcome_is_always_one_of_three_and_both_actions_lead_there(marks in prop::collection::vec(0usize..3, 1..20)) {
            let state = outcome(marks.iter().map(|n| Some(Mark::ALL[*n]))).unwrap();
            let record = action_for(state, false).unwrap();
            prop_assert_eq!(State::Confirmed.after(record, Role::Supervisor), Ok(state));
            for from in [State::Attended, State::PartlyAttended, State::DidNotAttend] {
                prop_assert_eq!(from.after(action_for(state, true).unwrap(), Role::Coordinator), Ok(state));
            }
        }
    }
}
