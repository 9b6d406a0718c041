//! What learners said afterwards: about one opportunity enough for its page, about another one too few.

use domain::feedback::{Answers, Moderation, Question, Say};
use domain::{Role, State};
use store::feedback::Feedback;

use super::Person;
use super::opportunities::Written;
use super::people::Learner;
use super::plan::Date;
use super::stage::Stage;
use crate::{Result, audit};

/// About which of the first provider's dates, by how many, with which texts, and how many of those are
/// published already. The others wait for the national team.
const SAID: &[(Date, usize, &[&str], usize)] = &[
    (
        Date::LastMonth,
        10,
        &[
            "Everybody had time for my questions. I did not expect to laugh so much.",
            "Wear shoes that you can stand in all day. Lunch was the best time to ask people how they got there.",
            "The first morning was long. From then on I was never bored.",
            "I would have liked to see more of the night shift, but I am too young for that.",
            "I came to see nurses and found out what a pharmacist does.",
        ],
        2,
    ),
    (Date::LastSeason, 9, &["Bring a notebook. You will forget half of it otherwise."], 0),
];

/// Writes the answers of those who came, all but the first learner's: that form is still to be filled in.
pub(super) async fn write(
    stage: &mut Stage<'_>,
    written: &Written,
    learners: &[Learner],
    people: &[Person],
) -> Result<()> {
    let first = learners.first().map(|learner| learner.account);
    let national = people.iter().find(|person| person.role == Role::National);
    for (date, most, texts, published) in SAID {
        let run = written
            .runs
            .iter()
            .find(|run| run.provider == 0 && run.planned.is_some_and(|planned| planned.date == *date));
        let Some(run) = run else { continue };
        let came: Vec<_> = store::applications::list_of_session(stage.tx, run.session)
            .await?
            .into_iter()
            .filter(|one| matches!(one.state, State::Attended | State::PartlyAttended) && Some(one.learner) != first)
            .take(*most)
            .collect();
        for (number, application) in came.iter().enumerate() {
            let minutes = 1000 + 7 * i64::try_from(number).unwrap_or(0);
            stage.set_clock(stage.services.working_days.after(run.starts_on, 9), minutes);
            let text = texts.get(number).copied().unwrap_or_default();
            let said = Feedback {
                id: stage.services.uuid(),
                opportunity: application.opportunity,
                answers: answers(number),
                text: text.into(),
                complete: true,
                moderation: if text.is_empty() { Moderation::Nothing } else { Moderation::Waiting },
                given_at: stage.services.now(),
            };
            store::feedback::save(stage.tx, application.id, &said).await?;
            let Some(national) = national.filter(|_| number < *published) else { continue };
            stage.set_moment(said.given_at.plus_days(1));
            let at = stage.services.now();
            store::feedback::moderate(stage.tx, said.id, said.given_at, None, national.account, at).await?;
            let by = Some(national.account);
            let detail = serde_json::json!({ "held_because": null });
            let (tx, services) = (&mut *stage.tx, &stage.services);
            audit::record(tx, services, by, Role::National, "publish_feedback", "feedback", said.id, None, detail)
                .await?;
        }
    }
    Ok(())
}

/// Most liked most of it; nobody answers all in the same way.
fn answers(number: usize) -> Answers {
    const CLOSED: [Say; 5] = [Say::StronglyAgree, Say::Agree, Say::StronglyAgree, Say::Neither, Say::Agree];
    const CHOOSE: [Say; 4] = [Say::More, Say::More, Say::Same, Say::Less];
    let say = |place: usize, question: &Question| match question {
        Question::Choose => CHOOSE[number % CHOOSE.len()],
        _ => CLOSED[(number + place * (number % 3)) % CLOSED.len()],
    };
    Question::ALL.iter().enumerate().map(|(place, question)| (*question, say(place, question))).collect()
}
