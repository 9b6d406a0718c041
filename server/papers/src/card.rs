//! The picture that other sites show beside a link to an opportunity.

use rustybuzz::ttf_parser::OutlineBuilder;
use tiny_skia::{Color, FillRule, Paint, PathBuilder, Pixmap, Rect, Transform};

use crate::Error;
use crate::text::{Line, Weight, Writing};

/// In pixels: what the large sites ask for.
const WIDTH: f32 = 1200.0;
const HEIGHT: f32 = 630.0;
/// From the edge to the text.
const MARGIN: f32 = 72.0;
const MEASURE: f32 = WIDTH - 2.0 * MARGIN;
/// Height of the bar at the top.
const BAR: f32 = 104.0;
/// From a fact's name to what it is.
const INDENT: f32 = 164.0;
/// From the facts to the lower edge.
const FOOT: f32 = 56.0;

const BLUE: (u8, u8, u8) = (0, 94, 184);
const BLACK: (u8, u8, u8) = (33, 43, 50);
const GREY: (u8, u8, u8) = (76, 98, 114);
const WHITE: (u8, u8, u8) = (255, 255, 255);

/// What is written on it. Only what everybody may read.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Card {
    /// "Work experience".
    pub kind: String,
    /// The opportunity's title.
    pub title: String,
    /// Who offers it.
    pub provider: String,
    /// "5 to 9 July 2027, and 2 more dates".
    pub when: String,
    /// "Halifax", "Online".
    pub place: String,
}

/// The picture as a PNG file of 1200 by 630 pixels. The same words give the same bytes.
///
/// # Errors
/// [`Error::Picture`] when it cannot be drawn.
pub fn card(words: &Card) -> Result<Vec<u8>, Error> {
    let failed = |what: &str| Error::Picture(what.to_owned());
    let writing = Writing::new()?;
    #[expect(clippy::cast_possible_truncation, clippy::cast_sign_loss, reason = "two small whole numbers")]
    let mut pixels = Pixmap::new(WIDTH as u32, HEIGHT as u32).ok_or_else(|| failed("no room"))?;
    pixels.fill(Color::WHITE);
    let mut canvas = Canvas { pixels, writing: &writing };
    canvas.bar();
    let facts: Vec<_> = [("With", &words.provider), ("When", &words.when), ("Where", &words.place)]
        .into_iter()
        .filter(|(_, said)| !said.trim().is_empty())
        .map(|(what, said)| {
            let measure = MEASURE - INDENT;
            (what, short(writing.lines(&cut(said), 34.0, Weight::Regular, measure), 2, &writing, measure))
        })
        .collect();
    let of_facts: f32 = facts.iter().flat_map(|(_, lines)| lines).map(Line::height).sum();
    let kind = writing.line(&words.kind, 28.0, Weight::Regular);
    let mut y = BAR + 44.0;
    canvas.write(&kind, GREY, MARGIN, y + kind.ascent());
    y += kind.height() + 10.0;
    // A long title is written smaller, and cut where that does not help.
    let room = HEIGHT - FOOT - of_facts - 24.0 - y;
    let long = cut(&words.title);
    let title = [64.0, 54.0, 46.0, 38.0]
        .into_iter()
        .map(|size| writing.lines(&long, size, Weight::Bold, MEASURE))
        .find(|lines| lines.iter().map(Line::height).sum::<f32>() <= room);
    let title = title.unwrap_or_else(|| {
        let lines = writing.lines(&long, 38.0, Weight::Bold, MEASURE);
        let most = lines.iter().scan(0.0, |height, line| {
            *height += line.height();
            Some(*height)
        });
        let most = most.take_while(|height| *height <= room).count();
        short(lines, most, &writing, MEASURE)
    });
    for line in &title {
        canvas.write(line, BLACK, MARGIN, y + line.ascent());
        y += line.height();
    }
    let mut y = HEIGHT - FOOT - of_facts;
    for (what, lines) in &facts {
        let Some(first) = lines.first() else { continue };
        let label = writing.line(what, first.size, Weight::Bold);
        canvas.write(&label, BLUE, MARGIN, y + first.ascent());
        for line in lines {
            canvas.write(line, BLACK, MARGIN + INDENT, y + line.ascent());
            y += line.height();
        }
    }
    canvas.pixels.encode_png().map_err(|error| failed(&error.to_string()))
}

/// No more of a text than there can be room for: measuring takes longer the more there is.
fn cut(text: &str) -> String {
    text.chars().take(400).collect()
}

/// At most so many lines; the last one says that there is more, in the same width.
fn short(mut lines: Vec<Line>, most: usize, writing: &Writing, measure: f32) -> Vec<Line> {
    if lines.len() > most {
        lines.truncate(most);
        if let Some(last) = lines.last_mut() {
            let mut kept: String = last.runs.iter().map(|run| run.text.as_str()).collect();
            loop {
                let line = writing.line(&format!("{} …", kept.trim_end()), last.size, last.weight);
                if line.width() <= measure || kept.pop().is_none() {
                    *last = line;
                    break;
                }
            }
        }
    }
    lines
}

struct Canvas<'w> {
    pixels: Pixmap,
    writing: &'w Writing,
}

impl Canvas<'_> {
    /// The bar with the service's name.
    fn bar(&mut self) {
        if let Some(bar) = Rect::from_xywh(0.0, 0.0, WIDTH, BAR) {
            self.pixels.fill_rect(bar, &paint(BLUE), Transform::identity(), None);
        }
        let mark = self.writing.line("wex", 46.0, Weight::Bold);
        self.write(&mark, WHITE, MARGIN, 68.0);
        let words = self.writing.line("Work experience in health and care", 27.0, Weight::Regular);
        self.write(&words, WHITE, MARGIN + mark.width() + 26.0, 68.0);
    }

    /// Writes a line; `y` is the foot of its letters.
    fn write(&mut self, line: &Line, colour: (u8, u8, u8), x: f32, y: f32) {
        let mut pen = Pen { path: PathBuilder::new(), scale: 1.0, x, y };
        self.writing.outline(line, &mut pen, |pen, scale, right, up| {
            (pen.scale, pen.x, pen.y) = (scale, x + right, y - up);
        });
        if let Some(path) = pen.path.finish() {
            self.pixels.fill_path(&path, &paint(colour), FillRule::Winding, Transform::identity(), None);
        }
    }
}

fn paint((red, green, blue): (u8, u8, u8)) -> Paint<'static> {
    let mut paint = Paint { anti_alias: true, ..Paint::default() };
    paint.set_color_rgba8(red, green, blue, 255);
    paint
}

/// Letters' outlines, of which up is up, as paths on pixels, of which down is up.
struct Pen {
    path: PathBuilder,
    scale: f32,
    x: f32,
    y: f32,
}

impl Pen {
    fn at(&self, x: f32, y: f32) -> (f32, f32) {
        (self.x + x * self.scale, self.y - y * self.scale)
    }
}

impl OutlineBuilder for Pen {
    fn move_to(&mut self, x: f32, y: f32) {
        let (x, y) = self.at(x, y);
        self.path.move_to(x, y);
    }
    fn line_to(&mut self, x: f32, y: f32) {
        let (x, y) = self.at(x, y);
        self.path.line_to(x, y);
    }
    fn quad_to(&mut self, x1: f32, y1: f32, x: f32, y: f32) {
        let ((x1, y1), (x, y)) = (self.at(x1, y1), self.at(x, y));
        self.path.quad_to(x1, y1, x, y);
    }
    fn curve_to(&mut self, x1: f32, y1: f32, x2: f32, y2: f32, x: f32, y: f32) {
        let ((x1, y1), (x2, y2), (x, y)) = (self.at(x1, y1), self.at(x2, y2), self.at(x, y));
        self.path.cubic_to(x1, y1, x2, y2, x, y);
    }
    fn close(&mut self) {
        self.path.close();
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn words(title: &str) -> Card {
        Card {
            kind: "Work experience".into(),
            title: title.into(),
            provider: "Calder Valley NHS Foundation Trust".into(),
            when: "5 to 9 July 2027, and 2 more dates".into(),
            place: "Halifax".into(),
        }
    }

    fn drawn(words: &Card) -> Pixmap {
        Pixmap::decode_png(&card(words).unwrap()).unwrap()
    }

    /// Rows below the bar in which something is written.
    fn written(pixels: &Pixmap) -> Vec<bool> {
        pixels
            .pixels()
            .chunks(pixels.width() as usize)
            .skip(BAR as usize + 1)
            .map(|row| row.iter().any(|pixel| pixel.red() < 200))
            .collect()
    }

    /// How many lines of text: rows of ink with white between.
    fn lines(pixels: &Pixmap) -> usize {
        written(pixels).windows(2).filter(|pair| !pair[0] && pair[1]).count()
    }

    #[test]
    fn it_has_the_size_that_sites_ask_for_and_says_what_it_is_given() {
        let file = card(&words("A week with the pharmacy team")).unwrap();
        assert_eq!(file, card(&words("A week with the pharmacy team")).unwrap());
        assert!(file.len() < 100_000, "{} bytes", file.len());
        let one = drawn(&words("A week with the pharmacy team"));
        assert_eq!((one.width(), one.height()), (1200, 630));
        assert_ne!(one, drawn(&words("A week with the physiotherapy team")));
        assert_ne!(one, drawn(&Card { when: "any time".into(), ..words("A week with the pharmacy team") }));
        // Kind, title, three facts.
        assert_eq!(lines(&drawn(&words("Meet the pharmacists"))), 5);
    }

    #[test]
    fn long_titles_wrap_and_nothing_runs_over_the_edge() {
        let long = "Two weeks with the community nursing, physiotherapy and occupational therapy teams of the valley";
        assert!(lines(&drawn(&words(long))) > 5);
        for title in [long.repeat(8), "W".repeat(300), String::new(), "أسبوع في الصيدلية".into(), "\u{1F600}".into()]
        {
            let pixels = drawn(&Card { provider: title.clone(), ..words(&title) });
            let at_the_edge = pixels
                .pixels()
                .chunks(1200)
                .skip(BAR as usize + 1)
                .any(|row| row[..40].iter().chain(&row[1200 - 40..]).any(|pixel| pixel.red() < 250));
            assert!(!at_the_edge, "{title}");
            let rows = written(&pixels);
            assert!(!rows[rows.len() - 30..].contains(&true), "{title}");
        }
    }
}
