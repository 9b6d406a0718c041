//! A hundred questions to the search. Their answers were worked out by plain SQL, which this reads and runs
//! beside the search on both databases: the file, the database and the search have to agree.
//!
//! `WEX_QUESTIONS=print` prints the file with the answers of the SQL, for when the demonstration changes. Read
//! what changed before you keep it.

#![expect(clippy::unwrap_used, reason = "a test fails by it")]

use std::fmt::Write;

use domain::Profession;
use domain::search::Query;
use services::testing::{ctx, services};
use services::{demo, discover};
use store::testing::count_and_first;

const FILE: &str = include_str!("questions.txt");
const TODAY: &str = "2027-04-05";

/// A line of the file.
struct Question<'a> {
    ask: &'a str,
    which: &'a str,
    runs: &'a str,
    any_time: &'a str,
    order: &'a str,
    count: &'a str,
    first: &'a str,
}

fn questions() -> impl Iterator<Item = Question<'static>> {
    FILE.lines().filter(|line| !line.starts_with('#')).map(|line| {
        let parts: Vec<&str> = line.split('|').map(str::trim).collect();
        let [ask, which, runs, any_time, order, count, first] = parts[..] else { panic!("{line}") };
        Question { ask, which, runs, any_time, order, count, first }
    })
}

/// A text for `like`: small letters, and every word between spaces.
fn plain(text: &str) -> String {
    let mut sql = format!("' ' || lower({text}) || ' '");
    for sign in [".", ",", ":", ";", "(", ")", "?", "!", "-", "/", "’", "\n"] {
        sql = format!("replace({sql}, '{sign}', ' ')");
    }
    format!("replace({sql}, '''', ' ')")
}

/// `has(lab,patholog%)`: one of these words is in a text.
fn any(words: &str, text: &str) -> String {
    let each: Vec<String> = words.split(',').map(|word| format!("{text} like '% {word} %'")).collect();
    // "%" within a word reaches over the rest of the text, and that is harmless.
    format!("({})", each.join(" or "))
}

fn expanded(sql: &str) -> String {
    let mut out = sql.to_owned();
    while let Some((before, rest)) = out.split_once("has(") {
        let (words, after) = rest.split_once(')').unwrap();
        out = format!("{before}{}{after}", any(words, "o.words"));
    }
    while let Some((before, rest)) = out.split_once("miles2(") {
        let (numbers, after) = rest.split_once(')').unwrap();
        out = format!("{before}{}{after}", miles2(numbers));
    }
    let clinical: Vec<String> =
        Profession::ALL.iter().filter(|one| one.is_clinical()).map(|one| format!("'{}'", one.as_str())).collect();
    out.replace("CLINICAL", &clinical.join(", "))
}

/// The square of the miles to a place: latitude, longitude, cosine of the latitude. On this scale the country is flat.
fn miles2(numbers: &str) -> String {
    let [latitude, longitude, cosine] = numbers.split(", ").collect::<Vec<_>>()[..] else { panic!("{numbers}") };
    format!(
        "((o.latitude - {latitude}) * 69.094 * (o.latitude - {latitude}) * 69.094
          + (o.longitude - ({longitude})) * 69.094 * {cosine} * (o.longitude - ({longitude})) * 69.094 * {cosine})"
    )
}

fn order(order: &str) -> String {
    const SOONEST: &str = "coalesce(o.closes, '9999-12-31'), coalesce(o.starts, '9999-12-31'), o.title";
    match order.split_once(' ') {
        None if order == "starting" => {
            "coalesce(o.starts, '9999-12-31'), coalesce(o.closes, '9999-12-31'), o.title".into()
        }
        None => SOONEST.into(),
        Some(("words", words)) => format!("case when {} then 0 else 1 end, {SOONEST}", any(words, "o.strong")),
        Some(("near", town)) => {
            let numbers = match town {
                "Leeds" => "53.8, -1.55, 0.59061",
                "York" => "53.96, -1.08, 0.58836",
                _ => "50.26, -5.05, 0.63931",
            };
            format!("case when o.delivery = 'online' then 1e9 else {} end, {SOONEST}", miles2(numbers))
        }
        Some(other) => panic!("{other:?}"),
    }
}

/// The statements: how many, and the first one's title.
fn statements(question: &Question<'_>) -> (String, String) {
    let labels: String = Profession::ALL.iter().fold(String::new(), |mut all, one| {
        let _ = write!(all, " when '{}' then '{}'", one.as_str(), one.searched());
        all
    });
    let label = format!("coalesce(case p.profession{labels} end, '')");
    let kind = "case p.kind when 'work_experience' then 'Work experience' when 'work_related_learning' then 'Work-related learning' else 'Careers information' end";
    let strong = format!("p.title || ' ' || coalesce(d.name, '') || ' ' || {label}");
    let words = format!(
        "{strong} || ' ' || g.name || ' ' || {kind} || ' ' || p.summary || ' ' || p.who_for || ' ' ||
         case when p.delivery = 'online' then '' else coalesce(s.town, g.town, '') end"
    );
    let with = format!(
        "with fits as (
            select r.opportunity_id, min(r.closes_on) as closes, min(r.starts_on) as starts
            from sessions r join opportunities p on p.id = r.opportunity_id
            where r.cancelled_at is null and r.closes_on >= '{TODAY}' and r.starts_on > '{TODAY}' and {}
            group by r.opportunity_id
         ), o as (
            select p.*, s.latitude, s.longitude, f.closes, f.starts, {} as words, {} as strong
            from opportunities p join organisations g on g.id = p.organisation_id
            left join departments d on d.id = p.department_id left join sites s on s.id = p.site_id
            left join fits f on f.opportunity_id = p.id
            where p.status = 'published' and (f.opportunity_id is not null or (p.open_ended and {}))
         )",
        expanded(question.runs),
        plain(&words),
        plain(&strong),
        question.any_time,
    );
    let which = expanded(question.which);
    (
        format!("{with} select count(*) from o where {which}"),
        format!("{with} select o.title from o where {which} order by {} limit 1", order(question.order)),
    )
}

#[tokio::test]
async fn a_hundred_questions_have_the_answers_that_plain_sql_gives() {
    store::testing::both(|db| async move {
        let (services, _) = services(db, "2027-04-05T09:00:00");
        demo::fill(&services, None, |_, _, _| {}).await.unwrap();
        let ctx = ctx(&services, None);
        let print = std::env::var_os("WEX_QUESTIONS").is_some();
        let mut wrong = String::new();
        let mut asked = 0;
        for question in questions() {
            asked += 1;
            let (count, first) = statements(&question);
            let mut tx = services.db.read().await.unwrap();
            let (count, first) = count_and_first(&mut tx, &count, &first).await;
            drop(tx);
            let first = first.unwrap_or_else(|| "nothing".into());
            if print {
                let Question { ask, which, runs, any_time, order, .. } = question;
                println!("{ask} | {which} | {runs} | {any_time} | {order} | {count} | {first}");
            }
            let pairs: Vec<(String, String)> = form_urlencoded::parse(question.ask.as_bytes()).into_owned().collect();
            let (query, odd) = Query::read(pairs.iter().map(|(name, value)| (name.as_str(), value.as_str())));
            let results = discover::search(&ctx, query, odd).await.unwrap().results;
            let hit = results.hits.first().map_or("nothing", |hit| hit.title.as_str());
            // A page that does not exist is the last one, and the first of all is not on it.
            let hit = if question.ask == "page=9999" { first.as_str() } else { hit };
            if (results.total, hit) != (usize::try_from(count).unwrap(), first.as_str()) {
                let _ = writeln!(wrong, "{}: search {} {hit}, SQL {count} {first}", question.ask, results.total);
            }
            if !print && (question.count, question.first) != (count.to_string().as_str(), first.as_str()) {
                let _ = writeln!(
                    wrong,
                    "{}: file {} {}, SQL {count} {first}",
                    question.ask, question.count, question.first
                );
            }
        }
        assert!(asked >= 100, "only {asked} questions");
        assert!(wrong.is_empty(), "on {}:\n{wrong}", services.db.name());
    })
    .await;
}
