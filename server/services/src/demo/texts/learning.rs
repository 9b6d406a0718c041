//! Work-related learning.

use domain::{Delivery as V, Profession as P};

use super::{Event, Setting as S};

const fn e(
    profession: P,
    title: &'static str,
    at: &'static [S],
    youngest: u32,
    delivery: V,
    days: u32,
    does: &'static str,
) -> Event {
    Event { profession, title, at, youngest, delivery, open_ended: days == 0, days, does }
}

const CLINICAL: &[S] = &[S::Hospital, S::Mental];
const ANY: &[S] = &[];

/// `days` 0: at any time.
pub(in crate::demo) const LEARNING: &[Event] = &[
    e(
        P::Nursing,
        "Skills day: what nurses learn first",
        CLINICAL,
        14,
        V::InPerson,
        1,
        "Learn six things that every new nurse learns. You wash your hands under a lamp and take a pulse and a blood pressure. You make a bed with a person in it. You practise on dolls and on each other. You take home a card with what you can do now.",
    ),
    e(
        P::Medicine,
        "The puzzle ward: solve three cases",
        &[S::Hospital],
        16,
        V::Online,
        2,
        "Three made-up people are ill, and you find out why. You choose questions and tests, and see what each costs. Doctors tell you what they would have done. You learn why the first idea is often wrong.",
    ),
    e(
        P::Digital,
        "Design an app for a ward",
        ANY,
        14,
        V::Online,
        3,
        "In a team of four you design an app that nurses would use. You ask a nurse what goes wrong, draw screens and test them. You show your idea on the last day. You do not need to know how to code.",
    ),
    e(
        P::SocialCare,
        "Care in 2040: a project",
        &[S::Care, S::Charity, S::Board],
        14,
        V::Mixed,
        3,
        "Plan how your own street could look after its people in 2040. You talk with somebody over 80. You build a model from whatever you find. We show the best ideas in the entrance hall.",
    ),
    e(
        P::Pharmacy,
        "Medicine detectives",
        &[S::Hospital, S::Practice, S::Pharmacy, S::Board],
        14,
        V::InPerson,
        1,
        "Find the mistake before it does harm. You read labels, weigh powders and make a cream. You learn why a spoon is not a measure. You leave with a good question for your own pharmacist.",
    ),
    e(
        P::Dental,
        "Healthy mouths: teach a class",
        &[S::Dental],
        14,
        V::InPerson,
        2,
        "Learn what sugar does, and then teach it. On the first day you plan a lesson with a dental nurse. On the second you give it to a class of seven-year-olds. You will be surprised at what they ask.",
    ),
    e(
        P::Ambulance,
        "Save a life in a day",
        &[S::Ambulance, S::Hospital],
        13,
        V::InPerson,
        1,
        "Learn to help until an ambulance comes. You practise heart massage, bleeding and choking. You make a call to a practice control room. You get a card that says what you learned.",
    ),
    e(
        P::MentalHealth,
        "Listening well: an online course",
        &[S::Mental, S::Charity, S::Ambulance],
        14,
        V::Online,
        0,
        "Five short lessons, in your own time, about listening to a friend. Each has a film and a task to try. You learn when to tell an adult. It takes about four hours in all.",
    ),
    e(
        P::Science,
        "Germ hunters: a week in a school laboratory",
        &[S::Hospital],
        14,
        V::InPerson,
        3,
        "Find out where germs live, with harmless ones. You swab a phone, grow what is on it and count it. You test which soap is best. Scientists from the hospital look at your results with you.",
    ),
    e(
        P::PublicHealth,
        "Map your town's health",
        &[S::Board, S::Charity],
        14,
        V::Mixed,
        3,
        "Use open numbers and your own two feet to see what keeps people well. You count benches, crossings and shops. You make a map and one proposal. You give it to the people who plan.",
    ),
    e(
        P::AlliedHealth,
        "Twelve jobs that nobody told you about",
        &[S::Hospital, S::Mental, S::Practice],
        13,
        V::Online,
        0,
        "Twelve short films and tasks, one for each allied health job. You lift with a physiotherapist, look with a radiographer and draw with an art therapist. Do them in any order. At the end you get a list of what you liked.",
    ),
    e(
        P::Facilities,
        "Build a ward: a planning game",
        &[S::Hospital, S::Mental, S::Care, S::Hospice],
        13,
        V::InPerson,
        1,
        "Plan a ward on a big floor plan with the people who build them. You have money for half of what you want. You learn where light, pipes and people go. The estates team tells you what would fall down.",
    ),
    e(
        P::Management,
        "Run a practice for a day",
        &[S::Practice, S::Dental, S::Pharmacy],
        14,
        V::Mixed,
        1,
        "A game about a day in which everything happens at once. You plan appointments, answer calls and keep everybody calm. You see what happens when you forget to eat. The real manager tells you how it went last Tuesday.",
    ),
    e(
        P::Midwifery,
        "First weeks: an online course about babies",
        &[S::Hospital],
        14,
        V::Online,
        0,
        "Learn what babies need in their first weeks, with midwives and health visitors. There are six lessons of 20 minutes. You try to plan a night. It is for anybody who has, or will have, a baby in the family.",
    ),
    e(
        P::SocialCare,
        "Walk in my shoes",
        &[S::Care, S::Hospice, S::Charity],
        13,
        V::InPerson,
        1,
        "Try what it is like to see, hear and move less well. You wear special glasses and gloves and try to make tea. People who live here tell you what helps. You write down three things that you will do from now on.",
    ),
    e(
        P::Digital,
        "Keep it safe: a cyber challenge",
        &[S::Hospital, S::Mental, S::Board, S::Ambulance],
        14,
        V::Online,
        2,
        "A made-up hospital is under attack through its computers. You find the weak door, close it and tell people. You work in teams with somebody from the real team. No knowledge is needed, only patience.",
    ),
];
