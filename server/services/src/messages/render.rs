//! A letter as text and as HTML.

use std::fmt::Write;

use super::{Letter, Part};

const SIGNED: &str = "wex: work experience in health and care";

pub(super) fn text(letter: &Letter) -> String {
    let mut out = String::new();
    for part in &letter.parts {
        let _ = match part {
            Part::Para(words) => write!(out, "{words}\n\n"),
            Part::Link { label, url } => write!(out, "{label}:\n{url}\n\n"),
            Part::Code(code) => write!(out, "    {code}\n\n"),
            Part::List(points) => {
                writeln!(out, "{}", points.iter().fold(String::new(), |list, point| format!("{list}* {point}\n")))
            }
        };
    }
    let _ = writeln!(out, "{SIGNED}");
    out
}

pub(super) fn html(letter: &Letter) -> String {
    let mut out = format!(
        "<!doctype html>\n<html lang=\"en\"><head><meta charset=\"utf-8\"><meta name=\"viewport\" content=\"width=device-width\"><title>{0}</title></head>\n<body style=\"font-family:Arial,sans-serif;font-size:18px;line-height:1.5;max-width:36em;margin:0 auto;padding:16px;color:#212b32;background:#ffffff\">\n<h1 style=\"font-size:24px\">{0}</h1>\n",
        escape(&letter.subject)
    );
    for part in &letter.parts {
        let _ = match part {
            Part::Para(words) => writeln!(out, "<p>{}</p>", escape(words)),
            Part::Link { label, url } => {
                writeln!(out, "<p><a href=\"{}\" style=\"color:#005eb8\">{}</a></p>", escape(url), escape(label))
            }
            Part::Code(code) => {
                writeln!(out, "<p style=\"font-size:32px;font-weight:bold;letter-spacing:4px\">{}</p>", escape(code))
            }
            Part::List(points) => writeln!(
                out,
                "<ul>{}</ul>",
                points.iter().fold(String::new(), |list, point| format!("{list}<li>{}</li>", escape(point)))
            ),
        };
    }
    let _ = writeln!(out, "<p style=\"color:#4c6272\">{SIGNED}</p>\n</body></html>");
    out
}

fn escape(text: &str) -> String {
    text.replace('&', "&amp;").replace('<', "&lt;").replace('>', "&gt;").replace('"', "&quot;").replace('\'', "&#39;")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn both_forms_say_the_same_and_html_is_escaped() {
        let letter = Letter {
            subject: "A <place> for you".into(),
            parts: vec![
                Part::Para("Hello O'Neill & co".into()),
                Part::Link { label: "Answer".into(), url: "https://wex.example/a?b=1&c=2".into() },
                Part::Code("123 456".into()),
                Part::List(vec!["one".into(), "<two>".into()]),
            ],
        };
        let (text, html) = (text(&letter), html(&letter));
        for word in ["Hello", "Answer", "123 456", "one"] {
            assert!(text.contains(word) && html.contains(word), "{word}");
        }
        assert!(html.contains("&lt;two&gt;") && !html.contains("<two>"));
        assert!(html.contains("b=1&amp;c=2") && text.contains("b=1&c=2"));
    }
}
