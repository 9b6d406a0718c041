//! A suggestion moves nothing by itself and takes no place; what is begun from it is the learner's own draft.

use super::*;

/// How many may stand beside one no.
const MOST: usize = 3;

pub fn suggesting(before: &Snapshot, after: &Snapshot, moment: Moment<'_>) -> Verdict {
    if let Step::TakeSuggestion { .. } = moment.step {
        let same = (&before.ledger, &before.events, &before.letters) == (&after.ledger, &after.events, &after.letters);
        must(same, || "taking up a suggestion moved something".into())?;
        let begun = after.applications.iter().filter(|a| before.applications.iter().all(|b| b.id != a.id));
        must(begun.into_iter().all(|a| a.state == "draft"), || "taking up a suggestion sent something".into())?;
    }
    if let Step::SayNoSuggesting { .. } = moment.step {
        must(before.runs == after.runs && before.ledger == after.ledger, || "a suggestion took a place".into())?;
    }
    let mut beside: BTreeMap<(Uuid, i64), usize> = BTreeMap::new();
    for one in &after.suggestions {
        let whose = application(after, one.application_id)?;
        if let Some(by) = one.suggested_by {
            let count = beside.entry((whose.id, one.suggested_at)).or_default();
            *count += 1;
            must(*count <= MOST, || format!("more than {MOST} beside one no"))?;
            let said = after.events.iter().any(|e| {
                e.application_id == whose.id
                    && e.action == "say_no"
                    && e.at == one.suggested_at
                    && e.actor_id == Some(by)
            });
            must(said, || format!("something was suggested to {} beside no no", whose.reference))?;
        }
        if let Some(new) = one.new_application_id {
            let new = application(after, new)?;
            must(one.opened_at.is_some(), || "begun before it was opened".into())?;
            must(new.learner_id == whose.learner_id && new.id != whose.id, || {
                format!("{} became somebody else's application", whose.reference)
            })?;
        }
    }
    Ok(())
}
