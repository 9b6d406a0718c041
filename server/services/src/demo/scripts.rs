//! Which applications there are: on which of a main provider's dates, sent when, and what happened.

use domain::State;
use domain::application::NoReason;
use domain::clearance::ClearanceKind;

use super::plan::Date;
use super::play::Came::{Not, Part, Whole};
use super::play::Step::{self, *};

/// One application's life. Days are working days before today; before the first day, where that is past; after
/// the last day for what the learner and the coordinator say about the days that were recorded.
#[derive(Debug, Clone, Copy)]
pub(super) struct Script {
    pub date: Date,
    /// Whose; otherwise anybody's who can apply.
    pub who: Option<&'static str>,
    /// When it was begun, and sent unless it ends as a draft.
    pub begun: u32,
    /// What happened then, and when.
    pub steps: &'static [(u32, Step)],
    /// Where it stands now.
    pub ends: State,
    /// Only somebody who needs a parent or carer's consent.
    pub minor: bool,
}

const fn s(date: Date, begun: u32, steps: &'static [(u32, Step)], ends: State) -> Script {
    Script { date, who: None, begun, steps, ends, minor: false }
}

const AMIRA: Option<&str> = Some("Amira Demosley");
const BEN: Option<&str> = Some("Ben Mockford");

const CONFIRMED: &[(u32, Step)] =
    &[(28, View), (26, Offer), (24, Accept), (23, Agree), (20, Meet(ClearanceKind::Identity)), (14, MeetAll)];
/// Confirmed before the first day, then this is recorded and happens.
macro_rules! came {
    ($marks:expr $(, $more:expr)*) => {
        &[(28, View), (26, Offer), (24, Accept), (23, Agree), (14, MeetAll), (0, Record($marks)) $(, $more)*]
    };
}

const ATTENDED: &[(u32, Step)] = came!(&[Whole, Whole, Whole, Whole, Whole]);
const PARTLY: &[(u32, Step)] = came!(&[Whole, Whole, Part(150), Not, Whole]);
const ABSENT: &[(u32, Step)] = came!(&[Not, Not, Not, Not, Not]);
/// A day was missing on the supervisor's list; a coordinator puts it right, and the certificate is replaced.
const AMENDED: &[(u32, Step)] = came!(
    &[Whole, Whole, Whole, Not, Whole],
    (2, Ask("I was there on the fourth day. I was with the other team in the morning and in the kitchen after lunch.")),
    (3, Amend(3, Whole, "The other team told us that you were with them. Sorry that we missed it."))
);
/// The learner says that a day is wrong, and nobody has answered.
const ASKED: &[(u32, Step)] = came!(
    &[Whole, Whole, Part(150), Not, Whole],
    (2, Ask("I was there on the fourth day too. My name is on the sheet at the desk."))
);
/// The same, and it stays as it is.
const KEPT: &[(u32, Step)] = came!(
    &[Whole, Whole, Whole, Whole, Part(180)],
    (2, Ask("I stayed the whole last day.")),
    (4, Keep("Everybody left at midday on the last day, so it says 3 hours for all of you."))
);
/// Nobody recorded more than this.
const FIRST_DAY: &[(u32, Step)] = came!(&[Whole]);
const FIRST_DAYS: &[(u32, Step)] = came!(&[Whole, Whole]);
const NO: &str = "Please ask again in the autumn. We have more dates then.";

/// What happens at each main provider.
pub(super) const MAIN_SCRIPTS: &[Script] = &[
    // To decide: new, soon due, late.
    Script { who: AMIRA, ..s(Date::ToDecide, 5, &[(4, View)], State::UnderReview) },
    s(Date::ToDecide, 1, &[], State::Submitted),
    s(Date::ToDecide, 2, &[], State::Submitted),
    s(Date::ToDecide, 4, &[], State::Submitted),
    s(Date::ToDecide, 8, &[], State::Submitted),
    s(Date::ToDecide, 13, &[], State::Submitted),
    s(Date::ToDecide, 16, &[], State::Submitted),
    s(Date::ToDecide, 3, &[(2, View)], State::UnderReview),
    s(Date::ToDecide, 7, &[(5, View)], State::UnderReview),
    s(Date::ToDecide, 14, &[(11, View)], State::UnderReview),
    Script {
        who: BEN,
        ..s(Date::ToDecide, 12, &[(11, View), (9, SayNo(NoReason::MoreAsked, ""))], State::NotSelected)
    },
    s(
        Date::ToDecide,
        12,
        &[(11, View), (9, SayNo(NoReason::NotAMatch, "You would see more of what you hope for in our laboratory."))],
        State::NotSelected,
    ),
    s(Date::ToDecide, 11, &[(8, View), (7, SayNo(NoReason::OutsideArea, ""))], State::NotSelected),
    s(Date::ToDecide, 10, &[(9, View), (6, SayNo(NoReason::DatesChanged, NO))], State::NotSelected),
    s(Date::ToDecide, 9, &[(8, View), (6, Withdraw)], State::Withdrawn),
    // Full, with a waiting list.
    s(Date::Full, 30, CONFIRMED, State::Confirmed),
    s(
        Date::Full,
        22,
        &[(20, View), (18, Offer), (16, Accept), (15, Agree), (12, Meet(ClearanceKind::Identity))],
        State::Accepted,
    ),
    s(Date::Full, 12, &[(10, View), (4, Offer)], State::Offered),
    s(Date::Full, 11, &[(8, View), (3, Waitlist)], State::Waitlisted),
    Script { who: BEN, ..s(Date::Full, 10, &[(7, View), (3, Waitlist)], State::Waitlisted) },
    s(Date::Full, 9, &[(7, View), (2, Waitlist)], State::Waitlisted),
    s(Date::Full, 8, &[(6, View), (2, Waitlist)], State::Waitlisted),
    // Offers and answers.
    Script { who: AMIRA, ..s(Date::Offers, 9, &[(7, View), (1, Offer)], State::Offered) },
    s(Date::Offers, 9, &[(7, View), (2, Offer)], State::Offered),
    s(Date::Offers, 10, &[(8, View), (3, Offer)], State::Offered),
    s(Date::Offers, 10, &[(7, View), (4, Offer)], State::Offered),
    Script {
        who: BEN,
        minor: true,
        ..s(Date::Offers, 11, &[(9, View), (6, Offer), (4, Accept), (1, MeetAll)], State::Accepted)
    },
    Script { minor: true, ..s(Date::Offers, 12, &[(9, View), (7, Offer), (3, Accept)], State::Accepted) },
    s(
        Date::Offers,
        14,
        &[(12, View), (10, Offer), (8, Accept), (7, Agree), (4, Meet(ClearanceKind::Identity))],
        State::Accepted,
    ),
    s(
        Date::Offers,
        13,
        &[(12, View), (9, Offer), (7, Accept), (6, Agree), (2, Meet(ClearanceKind::Confidentiality))],
        State::Accepted,
    ),
    s(Date::Offers, 15, &[(13, View), (11, Offer), (9, Decline)], State::Declined),
    s(Date::Offers, 16, &[(13, View), (11, Offer), (10, Decline)], State::Declined),
    s(Date::Offers, 20, &[(18, View), (12, Offer)], State::OfferExpired),
    s(Date::Offers, 21, &[(18, View), (13, Offer)], State::OfferExpired),
    s(Date::Offers, 15, &[(13, View), (10, Offer), (8, WithdrawOffer)], State::OfferWithdrawn),
    s(Date::Offers, 16, &[(13, View), (11, Offer), (9, WithdrawOffer)], State::OfferWithdrawn),
    s(Date::Offers, 16, &[(14, View), (12, Offer), (10, Accept), (5, Withdraw)], State::Withdrawn),
    // In time.
    Script { who: BEN, ..s(Date::Checks, 30, CONFIRMED, State::Confirmed) },
    s(Date::Checks, 30, CONFIRMED, State::Confirmed),
    s(Date::Checks, 31, CONFIRMED, State::Confirmed),
    s(
        Date::Checks,
        18,
        &[(16, View), (14, Offer), (12, Accept), (11, Agree), (8, Meet(ClearanceKind::Identity))],
        State::Accepted,
    ),
    // Late checks.
    s(Date::Soon, 32, CONFIRMED, State::Confirmed),
    s(Date::Soon, 32, CONFIRMED, State::Confirmed),
    s(
        Date::Soon,
        22,
        &[(20, View), (16, Offer), (12, Accept), (11, Agree), (8, Meet(ClearanceKind::Identity))],
        State::Accepted,
    ),
    s(
        Date::Soon,
        33,
        &[(28, View), (26, Offer), (24, Accept), (22, Agree), (15, Meet(ClearanceKind::Identity)), (6, Fail)],
        State::ClearanceNotMet,
    ),
    s(Date::Soon, 34, &[(28, View), (27, Offer), (25, Accept), (23, Agree), (5, Fail)], State::ClearanceNotMet),
    s(Date::Days, 30, CONFIRMED, State::Confirmed),
    s(
        Date::Days,
        31,
        &[(28, View), (26, Offer), (24, Accept), (22, Agree), (18, Meet(ClearanceKind::Identity))],
        State::Accepted,
    ),
    // Over.
    Script { who: AMIRA, ..s(Date::LastMonth, 30, ATTENDED, State::Attended) },
    s(Date::LastMonth, 30, ATTENDED, State::Attended),
    s(Date::LastMonth, 31, AMENDED, State::Attended),
    s(Date::LastMonth, 32, ASKED, State::PartlyAttended),
    s(Date::LastMonth, 30, ABSENT, State::DidNotAttend),
    s(Date::LastMonth, 31, &[(28, View), (24, SayNo(NoReason::MoreAsked, ""))], State::NotSelected),
    s(Date::LastMonth, 26, &[(22, View)], State::Lapsed),
    s(Date::LastSeason, 33, ATTENDED, State::Attended),
    s(Date::LastSeason, 30, KEPT, State::PartlyAttended),
    s(Date::LastSeason, 31, PARTLY, State::PartlyAttended),
    s(Date::LastSeason, 32, ABSENT, State::DidNotAttend),
    s(Date::LastSeason, 26, &[], State::Lapsed),
    s(
        Date::LastSeason,
        30,
        &[(28, View), (26, Offer), (24, Accept), (23, Agree), (14, MeetAll), (5, Withdraw)],
        State::Withdrawn,
    ),
    // Days to record: of what is over, and of what runs.
    s(Date::LastWeek, 31, FIRST_DAY, State::Confirmed),
    s(Date::LastWeek, 31, FIRST_DAY, State::Confirmed),
    s(Date::LastWeek, 32, FIRST_DAY, State::Confirmed),
    s(Date::Running, 31, FIRST_DAYS, State::Confirmed),
    s(Date::Running, 32, FIRST_DAYS, State::Confirmed),
    s(Date::Running, 33, FIRST_DAYS, State::Confirmed),
    s(Date::Running, 33, FIRST_DAYS, State::Confirmed),
    // Cancelled.
    s(
        Date::Cancelled,
        30,
        &[(28, View), (26, Offer), (24, Accept), (23, Agree), (14, MeetAll), (4, Cancel)],
        State::CancelledByProvider,
    ),
    s(
        Date::Cancelled,
        20,
        &[(18, View), (16, Offer), (14, Accept), (13, Agree), (4, Cancel)],
        State::CancelledByProvider,
    ),
    s(Date::Cancelled, 9, &[(4, Cancel)], State::Lapsed),
    // Drafts.
    Script { who: AMIRA, ..s(Date::Drafts, 2, &[], State::Draft) },
    s(Date::Drafts, 3, &[], State::Draft),
    s(Date::Drafts, 5, &[], State::Draft),
    s(Date::Closing, 6, &[], State::Draft),
    s(Date::Closed, 22, &[], State::Expired),
    s(Date::Closed, 24, &[], State::Expired),
    s(Date::Closed, 32, CONFIRMED, State::Confirmed),
    s(Date::Closed, 33, CONFIRMED, State::Confirmed),
];

/// Who else came to the first provider: enough people for what they said to be shown, and too few.
pub(super) const ALSO_CAME: &[(Script, usize)] =
    &[(s(Date::LastMonth, 32, ATTENDED, State::Attended), 7), (s(Date::LastSeason, 32, ATTENDED, State::Attended), 6)];

/// Working days ago on which the main providers cancelled a session; [`Cancel`] is on the same day.
pub(super) const CANCELLED_BEFORE: u32 = 4;

/// What happens at the other providers, in turn; the date is not looked at.
pub(super) const OTHER_SCRIPTS: &[Script] = &[
    s(Date::ToDecide, 3, &[], State::Submitted),
    s(Date::ToDecide, 4, &[(3, View)], State::UnderReview),
    s(Date::ToDecide, 5, &[(3, View), (2, Offer)], State::Offered),
    s(Date::ToDecide, 8, &[(7, View), (5, SayNo(NoReason::MoreAsked, ""))], State::NotSelected),
    s(Date::ToDecide, 20, &[(18, View), (17, Offer), (15, Accept), (14, Agree), (8, MeetAll)], State::Confirmed),
];

/// Why people would like to come, in their own words.
pub(super) const WHYS: &[&str] = &[
    "My nan was in hospital last year and the staff were kind. I would like to see how they do it.",
    "I do not know what I want to do yet. I like helping people and I like science, so this might be it.",
    "I look after my brother after school. I think I am good at staying calm and I would like to find out.",
    "I have only seen this job on television. I want to know what it is really like.",
    "I want to work with my hands and with people. My teacher said that I should have a look at this.",
    "Nobody in my family works in health. I would like to ask somebody how they got there.",
    "I am good at maths and I never knew that there are jobs here for that.",
    "I have worked in a shop for years. I want to do something that matters to me, and I want to be sure first.",
    "I speak three languages. I have translated for my mum at the doctor's and I liked being useful.",
    "I am thinking about an apprenticeship. A week would help me to choose.",
];
