//! The day of the answer as a file that a calendar can read (RFC 5545).

use chrono::{DateTime, NaiveDate};
use domain::time::Moment;
use kit::AppError;
use leptos::prelude::use_context;
use leptos_axum::ResponseOptions;
use server_fn::ContentType;
use server_fn::codec::{Encoding, FromRes, IntoRes};
use server_fn::error::FromServerFnError;
use server_fn::response::{ClientRes, TryRes};
use services::Ctx;

/// The encoding of such a file.
pub struct CalendarFile;

impl ContentType for CalendarFile {
    const CONTENT_TYPE: &'static str = "text/calendar; charset=utf-8";
}

impl Encoding for CalendarFile {
    const METHOD: http::Method = http::Method::GET;
}

/// The text of such a file.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Calendar(pub String);

impl<E: FromServerFnError, Response: TryRes<E> + Send> IntoRes<CalendarFile, Response, E> for Calendar {
    async fn into_res(self) -> Result<Response, E> {
        Response::try_from_string(CalendarFile::CONTENT_TYPE, self.0)
    }
}

impl<E: FromServerFnError, Response: ClientRes<E> + Send> FromRes<CalendarFile, Response, E> for Calendar {
    async fn from_res(response: Response) -> Result<Self, E> {
        response.try_into_string().await.map(Self)
    }
}

/// The day by which the learner hears.
pub(crate) async fn hear_by(ctx: &Ctx, reference: &str) -> Result<Calendar, AppError> {
    let (application, about, _) = services::applications::sent(ctx, reference).await?;
    let day = application.decide_by.ok_or(AppError::NotFound)?;
    if let Some(response) = use_context::<ResponseOptions>() {
        // A link's request is answered with a file, not with the way back that forms get.
        response.set_status(http::StatusCode::OK);
        response.insert_header(
            http::header::CONTENT_DISPOSITION,
            http::HeaderValue::from_static("attachment; filename=\"hear-by.ics\""),
        );
        response.insert_header(http::header::CACHE_CONTROL, http::HeaderValue::from_static("no-store"));
    }
    Ok(Calendar(event(&Event {
        uid: &format!("{}-hear-by@wex", application.reference),
        now: ctx.services.now(),
        day,
        title: &format!("You hear about {}", about.title),
        text: &format!("{} answers your application {} by today.", about.organisation_name, application.reference),
        url: &format!("{}/applications/{}", ctx.services.settings.base_url, application.reference),
    })))
}

/// What the calendar shows.
struct Event<'a> {
    uid: &'a str,
    now: Moment,
    day: NaiveDate,
    title: &'a str,
    text: &'a str,
    url: &'a str,
}

fn event(event: &Event<'_>) -> String {
    let now = DateTime::from_timestamp_micros(event.now.0).unwrap_or_default().format("%Y%m%dT%H%M%SZ");
    let next = event.day.succ_opt().unwrap_or(event.day);
    let lines = [
        "BEGIN:VCALENDAR".to_owned(),
        "VERSION:2.0".into(),
        "PRODID:-//wex//wex//EN".into(),
        "BEGIN:VEVENT".into(),
        format!("UID:{}", event.uid),
        format!("DTSTAMP:{now}"),
        format!("DTSTART;VALUE=DATE:{}", event.day.format("%Y%m%d")),
        format!("DTEND;VALUE=DATE:{}", next.format("%Y%m%d")),
        format!("SUMMARY:{}", escaped(event.title)),
        format!("DESCRIPTION:{}", escaped(event.text)),
        format!("URL:{}", event.url),
        "TRANSP:TRANSPARENT".into(),
        "END:VEVENT".into(),
        "END:VCALENDAR".into(),
    ];
    lines.iter().flat_map(|line| [folded(line), "\r\n".to_owned()]).collect()
}

/// Backslash, comma, semicolon and line breaks mean something in a calendar's text (RFC 5545, 3.3.11).
fn escaped(text: &str) -> String {
    text.replace('\\', "\\\\")
        .replace(',', "\\,")
        .replace(';', "\\;")
        .replace("\r\n", "\n")
        .replace(['\n', '\r'], "\\n")
}

/// A line is at most 75 bytes; it goes on in the next one after a space (RFC 5545, 3.1).
fn folded(line: &str) -> String {
    let mut out = String::with_capacity(line.len());
    let mut length = 0;
    for letter in line.chars() {
        if length + letter.len_utf8() > 75 {
            out.push_str("\r\n ");
            length = 1;
        }
        out.push(letter);
        length += letter.len_utf8();
    }
    out
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_file_is_what_a_calendar_reads() {
        let text = event(&Event {
            uid: "WX-7F3K-92QD-hear-by@wex",
            now: Moment(1_806_310_500_000_000),
            day: NaiveDate::from_ymd_opt(2027, 4, 13).unwrap(),
            title: "You hear about Wards, labs; and more",
            text: "Ä line\nand a very long one that goes on until it is over seventy-five bytes in all, and then some",
            url: "https://wex.example/applications/WX-7F3K-92QD",
        });
        assert!(text.contains("DTSTART;VALUE=DATE:20270413\r\nDTEND;VALUE=DATE:20270414\r\n"));
        assert!(text.contains("DTSTAMP:20270329T"), "{text}");
        assert!(text.contains("SUMMARY:You hear about Wards\\, labs\\; and more\r\n"));
        assert!(text.contains("Ä line\\nand"));
        assert!(text.split("\r\n").all(|line| line.len() <= 75), "{text}");
        assert!(text.ends_with("END:VCALENDAR\r\n"));
    }
}
