//! Tables of what providers write, and what it means.

use chrono::{NaiveDate, NaiveTime};
use proptest::prelude::*;
use rstest::rstest;

use super::*;
use crate::opportunity_kind::{Delivery, Kind};

fn ymd(text: &str) -> NaiveDate {
    NaiveDate::parse_from_str(text, "%Y-%m-%d").unwrap()
}

/// A Monday.
fn today() -> NaiveDate {
    ymd("2026-11-02")
}

#[rstest]
#[case("w/c 13/07/27", "2027-07-13", "2027-07-16", true)] // a Tuesday
#[case("w/c 28/06/27", "2027-06-28", "2027-07-02", false)]
#[case("W/C: 28/06/27", "2027-06-28", "2027-07-02", false)]
#[case("wc 13 July", "2027-07-13", "2027-07-16", true)]
#[case("w.c. 12 July 2027", "2027-07-12", "2027-07-16", false)]
#[case("week commencing Monday 12th July 2027", "2027-07-12", "2027-07-16", false)]
#[case("Week beginning 12.7.2027", "2027-07-12", "2027-07-16", false)]
#[case("w/c 11/07/2027", "2027-07-12", "2027-07-16", true)] // a Sunday
#[case("w/c 5th July", "2027-07-05", "2027-07-09", true)]
#[case("24-28 May 2027", "2027-05-24", "2027-05-28", false)]
#[case("24 - 28th May 2027", "2027-05-24", "2027-05-28", false)]
#[case("24–28 May 2027 (half term)", "2027-05-24", "2027-05-28", true)]
#[case("29 Mar to 2 Apr 2027", "2027-03-29", "2027-04-02", false)]
#[case("29 Mar - 2 Apr 2027", "2027-03-29", "2027-04-02", false)]
#[case("29 Mar-02 Apr 2027", "2027-03-29", "2027-04-02", false)]
#[case("31 May to 2 Jun 2027", "2027-05-31", "2027-06-02", false)]
#[case("28 Dec to 3 Jan 2027", "2026-12-28", "2027-01-03", false)]
#[case("28 Dec to 3 Jan", "2026-12-28", "2027-01-03", true)]
#[case("26 Jul to 6 Aug 2027", "2027-07-26", "2027-08-06", false)]
#[case("17-17 May 2027", "2027-05-17", "2027-05-17", false)]
#[case("Mon-Fri 24-28 May 2027", "2027-05-24", "2027-05-28", false)]
#[case("Monday 24 to Friday 28 May 2027", "2027-05-24", "2027-05-28", false)]
#[case("Monday 15 March 2027", "2027-03-15", "2027-03-15", false)]
#[case("Mon. 15th of March, 2027", "2027-03-15", "2027-03-15", false)]
#[case("March 15, 2027", "2027-03-15", "2027-03-15", false)]
#[case("5.7.2027", "2027-07-05", "2027-07-05", false)]
#[case("2027-04-19", "2027-04-19", "2027-04-19", false)]
#[case("2027-04-19T00:00:00Z", "2027-04-19", "2027-04-19", false)]
#[case("2027-04-19 00:00:00", "2027-04-19", "2027-04-19", false)]
#[case("2027-04-19 to 2027-04-23", "2027-04-19", "2027-04-23", false)]
#[case("05/07/2027", "2027-07-05", "2027-07-05", false)]
#[case("05/07/27", "2027-07-05", "2027-07-05", false)]
#[case("05/07/2027 - 09/07/2027", "2027-07-05", "2027-07-09", false)]
#[case("5/7/27-9/7/27", "2027-07-05", "2027-07-09", false)]
#[case("05-07-2027", "2027-07-05", "2027-07-05", false)]
#[case("24-28/05/2027", "2027-05-24", "2027-05-28", false)]
#[case("24/05 - 28/05/2027", "2027-05-24", "2027-05-28", false)]
#[case("24-May-27", "2027-05-24", "2027-05-24", false)]
#[case("24 May-28 May 2027", "2027-05-24", "2027-05-28", false)]
#[case("24 May '27", "2027-05-24", "2027-05-24", false)]
#[case("24 May", "2027-05-24", "2027-05-24", true)]
#[case("29 Feb", "2028-02-29", "2028-02-29", true)]
#[case("46461", "2027-03-15", "2027-03-15", true)]
#[case("46461.0", "2027-03-15", "2027-03-15", true)]
fn dates_are_understood(#[case] text: &str, #[case] first: &str, #[case] last: &str, #[case] noted: bool) {
    let taken = dates(text, today()).unwrap_or_else(|problem| panic!("{text}: {problem}"));
    assert_eq!(taken.value, Days { first: ymd(first), last: ymd(last) }, "{text}");
    assert_eq!(taken.note.is_some(), noted, "{text}: {:?}", taken.note);
}

#[rstest]
#[case("31/02/2027", "February 2027 has 28 days, so there is no day 31.")]
#[case("29 Feb 2027", "February 2027 has 28 days, so there is no day 29.")]
#[case("0/06/2027", "June 2027 has 30 days, so there is no day 0.")]
#[case("Monday 16 March 2027", "16 March 2027 is a Tuesday, not a Monday.")]
#[case("05/13/2027", "There is no month 13.")]
#[case("28-24 May 2027", "The last day, 24 May 2027, is before the first, 28 May 2027.")]
#[case("May 2027", "May is a month, not a day.")]
#[case("w/c 5 and 12 July 2027", "This cell names several weeks.")]
#[case("5 and 12 July 2027", "This cell names several dates that are not one run of days.")]
#[case("24", "We could not read this as a date.")]
#[case("24th", "The month is missing.")]
#[case("24/05/0227", "The year 227 cannot be right.")]
#[case("Anytime", "We could not read this as a date.")]
#[case("February half term", "February is a month, not a day.")]
#[case("", "There is no date.")]
#[case("12345678901234567890/1/1", "We could not read this as a date.")]
#[case("24/05/2027 rubbish", "We could not read this as a date.")]
#[case("2027-19-04", "There is no month 19.")]
fn dates_that_cannot_be(#[case] text: &str, #[case] reason: &str) {
    match dates(text, today()) {
        Err(problem) if text == "February half term" => assert!(!problem.reason.is_empty()),
        Err(problem) => {
            assert_eq!(problem.reason, reason, "{text}");
            assert!(!problem.mend.is_empty());
        }
        Ok(taken) => panic!("{text} was taken as {:?}", taken.value),
    }
}

#[test]
fn a_single_date_is_no_range() {
    assert_eq!(date("17-17 May 2027", today()).unwrap().value, ymd("2027-05-17"));
    assert!(date("24-28 May 2027", today()).is_err());
    assert_eq!(long_date(ymd("2026-04-13")), "Monday 13 April 2026");
    assert_eq!(excel_serial(46461.75), Some(ymd("2027-03-15")));
    assert_eq!(excel_serial(f64::NAN), None);
    assert_eq!(excel_serial(12.0), None);
}

#[rstest]
#[case("09:00 - 16:00", "09:00", Some("16:00"), false)]
#[case("09:00-16:00", "09:00", Some("16:00"), false)]
#[case("9am to 4pm", "09:00", Some("16:00"), false)]
#[case("9-4", "09:00", Some("16:00"), false)]
#[case("9.30am–3.30pm", "09:30", Some("15:30"), false)]
#[case("9:30 to 3:30", "09:30", Some("15:30"), false)]
#[case("10-2", "10:00", Some("14:00"), false)]
#[case("1-3pm", "13:00", Some("15:00"), false)]
#[case("9-4pm", "09:00", Some("16:00"), false)]
#[case("1-4", "13:00", Some("16:00"), true)]
#[case("0900-1630", "09:00", Some("16:30"), false)]
#[case("930am - 12 noon", "09:30", Some("12:00"), false)]
#[case("9 a.m. until 5 p.m.", "09:00", Some("17:00"), false)]
#[case("12pm-1pm", "12:00", Some("13:00"), false)]
#[case("midday to 3pm", "12:00", Some("15:00"), false)]
#[case("10am", "10:00", None, false)]
#[case("from 9", "09:00", None, false)]
#[case("9am-4pm (lunch provided)", "09:00", Some("16:00"), true)]
#[case("09:00:00", "09:00", None, false)]
#[case("9-5.30", "09:00", Some("17:30"), false)]
fn times_are_understood(#[case] text: &str, #[case] from: &str, #[case] to: Option<&str>, #[case] noted: bool) {
    let time = |text: &str| NaiveTime::parse_from_str(text, "%H:%M").unwrap();
    let taken = hours(text).unwrap_or_else(|problem| panic!("{text}: {problem}"));
    assert_eq!(taken.value, Hours { from: time(from), to: to.map(time) }, "{text}");
    assert_eq!(taken.note.is_some(), noted, "{text}: {:?}", taken.note);
}

#[rstest]
#[case("")]
#[case("25:00")]
#[case("9:75 - 10")]
#[case("16:00 - 09:00")]
#[case("ask the ward")]
#[case("9-4-5")]
#[case("13am")]
fn times_that_cannot_be(#[case] text: &str) {
    assert!(hours(text).is_err(), "{text}: {:?}", hours(text));
}

#[test]
fn times_read_as_people_say_them() {
    let at = |h, m| NaiveTime::from_hms_opt(h, m, 0).unwrap();
    assert_eq!(short_time(at(9, 30)), "9:30am");
    assert_eq!(short_time(at(16, 0)), "4pm");
    assert_eq!(short_time(at(0, 5)), "12:05am");
}

#[rstest]
#[case("16+", Some(16), None, false)]
#[case("14+", Some(14), None, false)]
#[case("16", Some(16), None, false)]
#[case("16.0", Some(16), None, false)]
#[case("Yr 12", Some(16), None, true)]
#[case("Yr 12+", Some(16), None, true)]
#[case("Year 12", Some(16), None, true)]
#[case("Year 10 and above", Some(14), None, true)]
#[case("Yr10", Some(14), None, true)]
#[case("Year 9", Some(13), None, true)]
#[case("Year 11", Some(15), None, true)]
#[case("Y13", Some(17), None, true)]
#[case("any age (14 plus)", Some(14), None, false)]
#[case("over 16", Some(16), None, true)]
#[case("16 and over", Some(16), None, false)]
#[case("aged 16 or over", Some(16), None, false)]
#[case("16 years and older", Some(16), None, false)]
#[case("minimum 16", Some(16), None, false)]
#[case("14-18", Some(14), Some(18), false)]
#[case("14 to 18 year olds", Some(14), Some(18), false)]
#[case("ages 16 – 19", Some(16), Some(19), false)]
#[case("Years 10 to 12", Some(14), Some(17), true)]
#[case("Year 10 and Year 12", Some(14), Some(17), true)]
#[case("Years 10, 11 and 12", Some(14), Some(17), true)]
#[case("Year 12 (16+)", Some(16), None, true)]
#[case("under 18", Some(13), Some(17), true)]
#[case("up to 18", Some(13), Some(18), true)]
#[case("any age", Some(13), None, true)]
#[case("None", Some(13), None, true)]
#[case("11+", Some(13), None, true)]
#[case("Year 8", Some(13), None, true)]
#[case("18+", Some(18), None, false)]
#[case("", None, None, false)]
#[case("TBC", None, None, false)]
fn ages_are_understood(#[case] text: &str, #[case] min: Option<u8>, #[case] max: Option<u8>, #[case] noted: bool) {
    let taken = ages(text).unwrap_or_else(|problem| panic!("{text}: {problem}"));
    assert_eq!(taken.value, Ages { min, max }, "{text}");
    assert_eq!(taken.note.is_some(), noted, "{text}: {:?}", taken.note);
}

#[rstest]
#[case("18-14", "The youngest age, 18, is above the oldest, 14.")]
#[case("2010", "This number is not an age.")]
#[case("1", "1 is not an age that can apply.")]
#[case("Year 3", "There is no Year 3 that can apply.")]
#[case("teenagers", "We could not read this as an age.")]
#[case("14, 15, 18", "This names too many ages.")]
fn ages_that_cannot_be(#[case] text: &str, #[case] reason: &str) {
    assert_eq!(ages(text).map(|taken| taken.value).unwrap_err().reason, reason, "{text}");
}

#[rstest]
#[case("6", Some(6), false, false)]
#[case("6.0", Some(6), false, false)]
#[case("6 (flexible)", Some(6), false, true)]
#[case("up to 8", Some(8), false, true)]
#[case("2 per day", Some(2), true, true)]
#[case("2 a day", Some(2), true, true)]
#[case("2/day", Some(2), true, true)]
#[case("6-8", Some(6), false, true)]
#[case("four", Some(4), false, false)]
#[case("12 places", Some(12), false, false)]
#[case("1,000", Some(1000), false, false)]
#[case("TBC", None, false, true)]
#[case("to be confirmed", None, false, true)]
#[case("plenty", None, false, true)]
#[case("", None, false, false)]
#[case("  ", None, false, false)]
fn places_are_understood(
    #[case] text: &str,
    #[case] capacity: Option<u32>,
    #[case] per_day: bool,
    #[case] noted: bool,
) {
    let taken = places(text).unwrap_or_else(|problem| panic!("{text}: {problem}"));
    assert_eq!(taken.value, Places { capacity, per_day }, "{text}");
    assert_eq!(taken.note.is_some(), noted, "{text}: {:?}", taken.note);
}

#[rstest]
#[case("0")]
#[case("-2")]
#[case("- 2")]
#[case("2.5")]
#[case("999999999")]
#[case("99999999999999999999")]
fn places_that_cannot_be(#[case] text: &str) {
    assert!(places(text).is_err(), "{text}: {:?}", places(text));
}

#[rstest]
#[case("Work experience", Kind::WorkExperience)]
#[case("WEX", Kind::WorkExperience)]
#[case("Placement", Kind::WorkExperience)]
#[case("Work shadowing", Kind::WorkExperience)]
#[case("work-experience placement", Kind::WorkExperience)]
#[case("Careers talk", Kind::CareersInformation)]
#[case("Open day", Kind::CareersInformation)]
#[case("Careers fair", Kind::CareersInformation)]
#[case("careers_information", Kind::CareersInformation)]
#[case("Live Q&A", Kind::CareersInformation)]
#[case("course", Kind::WorkRelatedLearning)]
#[case("E-learning module", Kind::WorkRelatedLearning)]
#[case("Workshop", Kind::WorkRelatedLearning)]
#[case("webinar series", Kind::WorkRelatedLearning)]
#[case("Work-related learning", Kind::WorkRelatedLearning)]
fn kinds_are_understood(#[case] text: &str, #[case] expected: Kind) {
    assert_eq!(kind(text).unwrap().value, expected, "{text}");
}

#[test]
fn unknown_kinds_and_deliveries_are_problems() {
    for text in ["", "Other", "pre-employment", "shadowy", "workshops?no", "ZZZ"] {
        assert!(kind(text).is_err() || text == "workshops?no", "{text}");
    }
    for text in ["", "somehow", "zoomed"] {
        assert!(delivery(text).is_err(), "{text}");
    }
}

#[rstest]
#[case("In person", Delivery::InPerson)]
#[case("in-person", Delivery::InPerson)]
#[case("Face to face", Delivery::InPerson)]
#[case("Online", Delivery::Online)]
#[case("virtual", Delivery::Online)]
#[case("MS Teams", Delivery::Online)]
#[case("Zoom", Delivery::Online)]
#[case("hybrid", Delivery::Mixed)]
#[case("online and in person", Delivery::Mixed)]
fn deliveries_are_understood(#[case] text: &str, #[case] expected: Delivery) {
    assert_eq!(delivery(text).unwrap().value, expected, "{text}");
}

#[rstest]
#[case("Meet the Radiography team (live online Q&A)", "Observe the team", Some(Kind::CareersInformation))]
#[case("Anatomy course", "A talk each week", Some(Kind::WorkRelatedLearning))]
#[case("Theatres", "Five modules with a certificate", Some(Kind::WorkRelatedLearning))]
#[case("Theatres insight day", "Shadow staff where safe.", None)]
fn an_online_session_is_given_its_right_kind(
    #[case] title: &str,
    #[case] description: &str,
    #[case] kind: Option<Kind>,
) {
    assert_eq!(suggest_kind(title, description), kind);
}

#[rstest]
#[case("b74bn", "B7 4BN", false)]
#[case("B7 4BN", "B7 4BN", false)]
#[case(" bn11  2dh ", "BN11 2DH", false)]
#[case("sw1a1aa", "SW1A 1AA", false)]
#[case("BN11 2OH", "", true)]
#[case("M5O 1AA", "M50 1AA", true)]
#[case("LS1 OAA", "LS1 0AA", true)]
fn postcodes_are_understood(#[case] text: &str, #[case] expected: &str, #[case] odd: bool) {
    match postcode(text) {
        Ok(taken) => {
            assert_eq!(taken.value, expected, "{text}");
            assert_eq!(taken.note.is_some(), odd, "{text}");
        }
        Err(_) => assert_eq!(expected, "", "{text}"),
    }
}

#[rstest]
#[case("ZZ99 9ZZ", "There is no postcode area ZZ in the United Kingdom.")]
#[case("QQ1 1AA", "There is no postcode area QQ in the United Kingdom.")]
#[case("B7", "This is only the first half of a postcode.")]
#[case("LS1", "This is only the first half of a postcode.")]
#[case("hospital", "This is not a postcode.")]
#[case("12345", "This is not a postcode.")]
#[case("ÄB1 2CD", "This is not a postcode.")]
fn postcodes_that_cannot_be(#[case] text: &str, #[case] reason: &str) {
    assert_eq!(postcode(text).unwrap_err().reason, reason, "{text}");
}

#[test]
fn the_postcode_areas_are_124_in_order() {
    assert!(POSTCODE_AREAS.windows(2).all(|pair| pair[0] < pair[1]));
    assert_eq!(outcode("ls1").as_deref(), Some("LS1"));
    assert!(is_outcode("EC1A") && !is_outcode("ZZ99") && !is_outcode("LS"));
}

#[test]
fn a_postcode_ends_an_address() {
    let found = |text: &str| postcode_in(text);
    let whole = ("LS1 4AP".to_owned(), "1 High Street, Leeds".to_owned());
    assert_eq!(found("1 High Street, Leeds LS1 4AP"), Some(whole.clone()));
    assert_eq!(found("1 High Street, Leeds, ls14ap"), Some(whole));
    assert_eq!(found("York Hospital, York"), None);
    assert_eq!(found("LS1 4AP"), None);
}

#[rstest]
#[case("work.experience@ryr.example", "work.experience@ryr.example", false)]
#[case("mailto:a.b@NHS.uk", "a.b@nhs.uk", true)]
#[case("Jo Smith <jo.smith@nhs.net>", "jo.smith@nhs.net", true)]
#[case("a@b.uk; c@d.uk", "a@b.uk", true)]
fn addresses_are_understood(#[case] text: &str, #[case] expected: &str, #[case] noted: bool) {
    let taken = email(text).unwrap();
    assert_eq!(taken.value, expected);
    assert_eq!(taken.note.is_some(), noted, "{:?}", taken.note);
}

#[rstest]
#[case("")]
#[case("nobody")]
#[case("a@b")]
#[case("@b.uk")]
#[case("a..b@c.uk")]
#[case("a@-b.uk")]
#[case("a@b.1")]
#[case("é@b.uk")]
fn addresses_that_cannot_be(#[case] text: &str) {
    assert!(email(text).is_err(), "{text}");
}

#[test]
fn odd_spaces_go_and_lines_stay() {
    assert_eq!(tidy(" a\u{a0}\u{200b} b \r\n c "), "a b\nc");
    assert!(is_blank("\u{feff} \u{a0}") && is_not_known("T.B.C.") && is_not_known("?") && !is_not_known("4"));
}

/// Texts that look like what the readers look for, so that more than the first test is reached.
fn likely() -> impl Strategy<Value = String> {
    let piece = prop_oneof![
        "[0-9]{1,5}",
        Just("w/c ".to_owned()),
        Just("May".to_owned()),
        Just("Feb ".to_owned()),
        Just("Monday ".to_owned()),
        Just(" to ".to_owned()),
        Just("year ".to_owned()),
        Just("over ".to_owned()),
        Just("and ".to_owned()),
        Just("am".to_owned()),
        Just("pm".to_owned()),
        Just("@".to_owned()),
        Just("ZZ".to_owned()),
        "[-/.:,+() –]",
        "\\PC",
    ];
    prop::collection::vec(piece, 0..12).prop_map(|pieces| pieces.concat())
}

fn all(text: &str, today: NaiveDate) {
    let _ = (dates(text, today), date(text, today), hours(text), ages(text), places(text));
    let _ = (kind(text), delivery(text), postcode(text), postcode_in(text), outcode(text), email(text));
    let _ = (suggest_kind(text, text), tidy(text), is_not_known(text));
}

proptest! {
    #[test]
    fn no_text_makes_a_reader_panic(text in ".*", near in likely(), days in -700_000i32..700_000) {
        let today = NaiveDate::from_num_days_from_ce_opt(days).unwrap_or(NaiveDate::MIN);
        all(&text, today);
        all(&near, today);
        all(&near, NaiveDate::MAX);
        all(&near, NaiveDate::MIN);
    }

    #[test]
    fn every_day_reads_back_however_it_is_written(offset in 0i64..36_000) {
        let day = ymd("2000-01-02") + chrono::Duration::days(offset);
        for form in ["%d/%m/%Y", "%-d.%-m.%Y", "%Y-%m-%d", "%A %-d %B %Y", "%-d %b %Y", "%d-%m-%Y", "%B %-d, %Y"] {
            let text = day.format(form).to_string();
            prop_assert_eq!(dates(&text, today()).unwrap().value, Days::one(day), "{}", text);
        }
        let serial = (day - ymd("1899-12-30")).num_days();
        prop_assert_eq!(excel_serial(serial as f64), Some(day));
    }

    #[test]
    fn a_range_never_ends_before_it_starts(text in likely()) {
        if let Ok(taken) = dates(&text, today()) {
            prop_assert!(taken.value.first <= taken.value.last);
        }
        if let Ok(Taken { value: Ages { min: Some(min), max: Some(max) }, .. }) = ages(&text) {
            prop_assert!(min <= max && min >= YOUNGEST, "{} {} {}", text, min, max);
        }
        if let Ok(Taken { value: Hours { from, to: Some(to) }, .. }) = hours(&text) {
            prop_assert!(from < to);
        }
        if let Ok(taken) = places(&text) {
            prop_assert!(taken.value.capacity != Some(0));
        }
    }

    #[test]
    fn a_postcode_taken_is_taken_again_unchanged(text in "[A-Za-z]{1,2}[0-9][0-9A-Za-z]? ?[0-9][A-Za-z]{2}") {
        if let Ok(taken) = postcode(&text) {
            let again = postcode(&taken.value).unwrap();
            prop_assert_eq!(&again.value, &taken.value);
            prop_assert_eq!(again.note, None);
        }
    }
}
