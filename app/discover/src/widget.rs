//! A search's first results as a page of their own, for an iframe on another site. Whoever lets scripts of ours
//! run has `frontend/widget` instead, which says the same.

use leptos::prelude::*;
use services::open_data::{Answer, Item};

/// What the other site chose.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Look {
    /// The heading; ours where it is empty.
    pub heading: String,
    /// Colours by their names: "colour", "background", "text".
    pub colours: Vec<(&'static str, String)>,
}

/// The heading where the other site chose none.
pub const HEADING: &str = "Work experience in health and care";
/// Longest heading, in characters.
const LONGEST: usize = 120;

impl Look {
    /// Takes a choice from an address; whether it was one. What is no colour is as if it was not there.
    pub fn choose(&mut self, name: &str, value: &str) -> bool {
        let name = match name {
            "heading" => {
                self.heading = value.trim().chars().take(LONGEST).collect();
                return true;
            }
            "colour" => "colour",
            "background" => "background",
            "text" => "text",
            _ => return false,
        };
        if let Some(colour) = colour(value) {
            self.colours.push((name, colour));
        }
        true
    }

    fn style(&self) -> String {
        self.colours.iter().map(|(name, colour)| format!("--wex-{name}:{colour};")).collect()
    }
}

/// A colour as CSS writes it: a word, or three or six digits with or without the sign in front. It stands in the
/// page's style, so nothing else may.
fn colour(text: &str) -> Option<String> {
    let text = text.trim();
    let digits = text.strip_prefix('#').unwrap_or(text);
    if matches!(digits.len(), 3 | 6) && digits.chars().all(|c| c.is_ascii_hexdigit()) {
        return Some(format!("#{digits}"));
    }
    let word = (3..=20).contains(&text.len()) && text.chars().all(|c| c.is_ascii_alphabetic());
    word.then(|| text.to_ascii_lowercase())
}

/// The document. `more` is the address of the whole search; the style carries `nonce`.
#[must_use]
pub fn widget_document(answer: &Answer, look: &Look, more: &str, home: &str, nonce: &str) -> String {
    let heading = if look.heading.is_empty() { HEADING.to_owned() } else { look.heading.clone() };
    let style = (!look.colours.is_empty()).then(|| {
        let style = format!(".wex{{{}}}", look.style());
        view! { <style nonce=nonce.to_owned() inner_html=style></style> }
    });
    let (shown, total) = (answer.items.len(), answer.total);
    let rest = if shown == 0 {
        view! {
            <p>"There is nothing for this search now."</p>
            <p>
                <a href=home.to_owned() target="_top">
                    "Look for other opportunities"
                </a>
            </p>
        }
        .into_any()
    } else {
        let (found, all) = if shown < total {
            (format!("The first {shown} of {total}."), format!("See all {total}, and apply"))
        } else {
            (format!("{total} found."), "See these on wex, and apply".to_owned())
        };
        let items = answer.items.iter().map(item_view).collect_view();
        view! {
            <p>{found}</p>
            <ul role="list">{items}</ul>
            <p>
                <a href=more.to_owned() target="_top">
                    {all}
                </a>
            </p>
        }
        .into_any()
    };
    let page = view! {
        <html lang="en-GB">
            <head>
                <meta charset="utf-8" />
                <meta name="viewport" content="width=device-width, initial-scale=1" />
                <meta name="robots" content="noindex" />
                <title>{heading.clone()}</title>
                <link rel="stylesheet" href="/widget.css" />
                {style}
            </head>
            <body>
                <main class="wex">
                    <h1>{heading}</h1>
                    {rest}
                </main>
            </body>
        </html>
    };
    format!("<!DOCTYPE html>{}", page.to_html())
}

/// One result. Its link opens in the window, not in the frame.
fn item_view(item: &Item) -> impl IntoView + use<> {
    let place = [Some(item.organisation.clone()), item.town.clone(), item.away.clone()];
    let place = place.into_iter().flatten().collect::<Vec<_>>().join(", ");
    let closes = item.closes.clone().map(|closes| view! { <p class="closes">{closes}</p> });
    view! {
        <li>
            <a href=item.url.clone() target="_top">
                {item.title.clone()}
            </a>
            <p>{place}</p>
            <p>{item.when.clone()}</p>
            {closes}
        </li>
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_colours_reach_the_style() {
        let mut look = Look::default();
        for (name, value) in [
            ("colour", "#005EB8"),
            ("background", "ffe"),
            ("text", "Navy"),
            ("text", "red;} body{display:none"),
            ("text", "url(//x)"),
            ("background", "#12345"),
        ] {
            assert!(look.choose(name, value));
        }
        assert!(!look.choose("what", "red"));
        assert_eq!(look.style(), "--wex-colour:#005EB8;--wex-background:#ffe;--wex-text:navy;");
    }

    #[test]
    fn the_page_says_what_there_is_and_where_the_rest_is() {
        let mut answer = Answer { total: 0, items: vec![], next: None, not_understood: vec![] };
        let mut look = Look::default();
        let page = |answer: &Answer, look: &Look| {
            widget_document(
                answer,
                look,
                "https://wex.example/opportunities?what=x",
                "https://wex.example/opportunities",
                "n1",
            )
        };
        assert!(page(&answer, &look).contains("There is nothing for this search now."));
        look.choose("heading", "<script>alert(1)</script>");
        look.choose("colour", "#fff");
        let text = page(&answer, &look);
        assert!(!text.contains("<script>") && text.contains("&lt;script&gt;"), "{text}");
        assert!(text.contains(r#"<style nonce="n1">.wex{--wex-colour:#fff;}</style>"#), "{text}");
        answer.total = 9;
        answer.items.push(Item {
            title: "A week with pharmacy".into(),
            url: "https://wex.example/opportunities/a-week".into(),
            organisation: "Calder Valley NHS Trust".into(),
            town: Some("Halifax".into()),
            when: "5 to 9 July 2027".into(),
            ..Item::default()
        });
        let text = page(&answer, &look);
        for part in
            ["The first 1 of 9.", "See all 9, and apply", "Calder Valley NHS Trust, Halifax", "A week with pharmacy"]
        {
            assert!(text.contains(part), "{part}: {text}");
        }
        assert_eq!(text.matches("target=\"_top\"").count(), text.matches("<a ").count());
    }
}
