//! Sentences that several adverts share.

use super::Dress;

/// How the text begins.
pub(in crate::demo) const OPENINGS: &[&str] = &[
    "",
    "Come and see what the team does, and try some of it. ",
    "You spend your time with people who like their work and like questions. ",
    "You do not need to know anything about it before you come. ",
    "This is a look behind doors that most people never open. ",
    "Each day is planned with you, so that you see what interests you. ",
];

/// Who looks after you: the second paragraph.
pub(in crate::demo) const LOOKED_AFTER: &[&str] = &[
    "One named person looks after you all day. They meet you at the door, eat with you, and say goodbye at the end.",
    "You have a buddy who started here not long ago. They show you round and are never far away.",
    "You are always with somebody from the team. You may step out at any time, and nobody will ask why.",
    "You have your breaks with the team, and there is time for questions every day.",
    "At the end you talk with the manager for half an hour. You get a short letter that says what you did.",
    "We begin each day with 10 minutes about what is planned. We end it with 10 minutes about what you saw.",
];

/// Who it is for; the last line is for adults too.
pub(in crate::demo) const WHO_FOR: &[&str] = &[
    "Anybody who is curious. You do not need good grades, and you do not need to be sure.",
    "People at school or college, and people who are at neither.",
    "People who think about this work, and people who have never thought about it.",
    "People who have not had work experience before. Tell us what you hope to see.",
    "People who live or study within about 20 miles. You may come from further away if you can travel.",
    "Young people and adults who want to change to this work.",
];

/// How places are given, where there are dates; the last two need several places.
pub(in crate::demo) const GIVEN_DATES: &[&str] = &[
    "We read every application. If more people ask than we have places for, the department draws lots.",
    "We look for people who say why they would like to come. Grades do not count.",
    "Places go to those who applied first, as long as the age is right.",
    "Two people read each application. Half of the places are for people who have no one in the family working in health or care.",
    "We choose so that each group has people from different schools and colleges.",
];

/// How places are given, where anybody can take part.
pub(in crate::demo) const GIVEN_OPEN: &[&str] =
    &["Everybody who is old enough can take part whenever they like.", "There is room for everybody, at any time."];

/// What to bring.
pub(in crate::demo) const BRING: &[&str] = &[
    "Something to eat and drink. There is a fridge. Bring your letter and a photo card if you have one.",
    "A pen, a small notebook and your lunch. Leave your phone in your bag while you are with patients.",
    "Only yourself. Lunch in the staff canteen is on us.",
    "A drink, lunch or money for the canteen, where a hot meal costs about £4.",
];

/// What it costs.
pub(in crate::demo) const COST: &[&str] = &[
    "Nothing. We pay back bus and train fares up to £10 a day. Keep your tickets.",
    "Nothing. Lunch is free. If the fare is a problem, tell us and we send you a ticket.",
    "Nothing. You pay for your own way here and your own lunch.",
    "Nothing. If you get free school meals, we pay for your travel before you come.",
];

/// Access.
pub(in crate::demo) const ACCESS: &[&str] = &[
    "Every room that you need is on one level or has a lift. There is an accessible toilet on each floor.",
    "The entrance has a ramp. One office is up a flight of stairs; we can do that part downstairs.",
    "There is a quiet room that you may use at any time. We can send you photos of the place before you come.",
    "There is a hearing loop at the desk. Tell us if a British Sign Language interpreter would help.",
    "The building has lifts and wide doors. Parking for blue badge holders is beside the entrance.",
];

/// What to wear.
pub(in crate::demo) fn dress(dress: Dress) -> &'static str {
    match dress {
        Dress::Clinical => {
            "A plain top with short sleeves, dark trousers, and flat shoes with closed toes. No watch, rings or false nails. Hair tied back. A head covering is fine."
        }
        Dress::Smart => "Neat and plain, as for a school without a uniform. Trainers are fine if they are clean.",
        Dress::Practical => {
            "Old clothes that cover your arms and legs, and strong shoes. We lend you gloves and a bright vest."
        }
        Dress::Laboratory => "Long trousers and closed shoes. We lend you a white coat and glasses. Hair tied back.",
        Dress::Everyday => "Whatever you feel well in.",
    }
}
