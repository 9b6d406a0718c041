//! Lines of text: how wide they are, where they break, and which way they run.

use krilla::text::{Font, TextDirection};
use rustybuzz::ttf_parser::{GlyphId, OutlineBuilder};
use rustybuzz::{Direction, Face, UnicodeBuffer};

use crate::Error;

/// How heavy letters are.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Weight {
    Regular,
    Bold,
}

/// A part of a line that runs one way.
#[derive(Debug, Clone, PartialEq)]
pub(crate) struct Run {
    pub text: String,
    pub direction: TextDirection,
    pub width: f32,
}

/// A line, ready to be drawn.
#[derive(Debug, Clone, PartialEq)]
pub(crate) struct Line {
    pub runs: Vec<Run>,
    pub size: f32,
    pub weight: Weight,
}

impl Line {
    pub fn width(&self) -> f32 {
        self.runs.iter().map(|run| run.width).sum()
    }
    /// From the top of the line to the foot of its letters.
    pub fn ascent(&self) -> f32 {
        self.size * 0.98
    }
    pub fn height(&self) -> f32 {
        self.size * 1.3
    }
}

/// The fonts.
pub(crate) struct Writing {
    regular: (Font, Face<'static>),
    bold: (Font, Face<'static>),
}

impl Writing {
    pub fn new() -> Result<Self, Error> {
        let load = |bytes: &'static [u8]| {
            let font = Font::new(bytes.into(), 0)?;
            Some((font, Face::from_slice(bytes, 0)?))
        };
        let failed = || Error::Pdf("the font cannot be read".into());
        Ok(Self {
            regular: load(dejavu::sans::regular()).ok_or_else(failed)?,
            bold: load(dejavu::sans::bold()).ok_or_else(failed)?,
        })
    }

    pub fn font(&self, weight: Weight) -> Font {
        self.of(weight).0.clone()
    }

    fn of(&self, weight: Weight) -> &(Font, Face<'static>) {
        match weight {
            Weight::Regular => &self.regular,
            Weight::Bold => &self.bold,
        }
    }

    /// Whether the font has every letter of it.
    pub fn covers(&self, text: &str) -> bool {
        words(text).all(|word| self.shape(word, Weight::Bold).is_some())
    }

    /// How wide a word is, in units of the font; nothing where the font lacks a letter.
    fn shape(&self, word: &str, weight: Weight) -> Option<i32> {
        let mut buffer = UnicodeBuffer::new();
        buffer.push_str(word);
        buffer.guess_segment_properties();
        let shaped = rustybuzz::shape(&self.of(weight).1, &[], buffer);
        if shaped.glyph_infos().iter().any(|glyph| glyph.glyph_id == 0) {
            return None;
        }
        Some(shaped.glyph_positions().iter().map(|glyph| glyph.x_advance).sum())
    }

    #[expect(clippy::cast_precision_loss, reason = "a line is a few thousand units wide")]
    fn width(&self, text: &str, size: f32, weight: Weight) -> f32 {
        self.shape(text, weight).unwrap_or(0) as f32 / self.font(weight).units_per_em() * size
    }

    /// Draws the outlines of a line with a pen, which is told for each letter how much larger than the font's
    /// units it is, and where it stands: right of the line's beginning, and above its foot.
    #[expect(clippy::cast_precision_loss, reason = "a line is a few thousand units wide")]
    pub fn outline<P: OutlineBuilder>(&self, line: &Line, pen: &mut P, place: impl Fn(&mut P, f32, f32, f32)) {
        let face = &self.of(line.weight).1;
        let scale = line.size / self.font(line.weight).units_per_em();
        let mut right = 0.0;
        for run in &line.runs {
            let mut buffer = UnicodeBuffer::new();
            buffer.push_str(&run.text);
            buffer.guess_segment_properties();
            buffer.set_direction(match run.direction {
                TextDirection::RightToLeft => Direction::RightToLeft,
                _ => Direction::LeftToRight,
            });
            let shaped = rustybuzz::shape(face, &[], buffer);
            for (glyph, at) in shaped.glyph_infos().iter().zip(shaped.glyph_positions()) {
                place(pen, scale, right + at.x_offset as f32 * scale, at.y_offset as f32 * scale);
                if let Ok(id) = u16::try_from(glyph.glyph_id) {
                    face.outline_glyph(GlyphId(id), pen);
                }
                right += at.x_advance as f32 * scale;
            }
        }
    }

    /// One line. Letters that the font lacks become the sign for such a letter.
    pub fn line(&self, text: &str, size: f32, weight: Weight) -> Line {
        let text = self.printable(text, weight);
        let mut parts: Vec<(String, bool)> = Vec::new();
        for word in text.split_inclusive(' ') {
            let to_the_left = word.chars().find_map(runs_left).unwrap_or(false);
            match parts.last_mut() {
                Some((part, same)) if *same == to_the_left => part.push_str(word),
                _ => parts.push((word.to_owned(), to_the_left)),
            }
        }
        // The space between two directions stands between them, not at the far end of a run to the left.
        let parts = parts.into_iter().flat_map(|(part, to_the_left)| {
            let bare = part.trim_end_matches(' ').len();
            let space = part[bare..].to_owned();
            if to_the_left {
                [(part[..bare].to_owned(), true), (space, false)]
            } else {
                [(part, false), Default::default()]
            }
        });
        let runs = parts
            .filter(|(part, _)| !part.is_empty())
            .map(|(text, to_the_left)| Run {
                width: self.width(&text, size, weight),
                direction: if to_the_left { TextDirection::RightToLeft } else { TextDirection::LeftToRight },
                text,
            })
            .collect();
        Line { runs, size, weight }
    }

    fn printable(&self, text: &str, weight: Weight) -> String {
        let plain: String = text.chars().map(|c| if c.is_whitespace() || c.is_control() { ' ' } else { c }).collect();
        if words(&plain).all(|word| self.shape(word, weight).is_some()) {
            return plain;
        }
        let mut letter = [0; 4];
        plain
            .chars()
            .map(|c| if self.shape(c.encode_utf8(&mut letter), weight).is_some() { c } else { '\u{FFFD}' })
            .collect()
    }

    /// The text in lines that are no wider than this.
    pub fn lines(&self, text: &str, size: f32, weight: Weight, measure: f32) -> Vec<Line> {
        let mut lines = Vec::new();
        let mut begun = String::new();
        for word in text.split_whitespace() {
            let longer = if begun.is_empty() { word.to_owned() } else { format!("{begun} {word}") };
            if self.line(&longer, size, weight).width() <= measure {
                begun = longer;
                continue;
            }
            if !begun.is_empty() {
                lines.push(self.line(&format!("{begun} "), size, weight));
            }
            let mut pieces = self.pieces(word, size, weight, measure);
            begun = pieces.pop().map(|line| line.runs.into_iter().map(|run| run.text).collect()).unwrap_or_default();
            lines.append(&mut pieces);
        }
        if !begun.is_empty() {
            lines.push(self.line(&begun, size, weight));
        }
        lines
    }

    /// A long word in pieces that are no wider than this.
    pub fn pieces(&self, word: &str, size: f32, weight: Weight, measure: f32) -> Vec<Line> {
        let mut pieces = Vec::new();
        let mut begun = String::new();
        for letter in word.chars() {
            let longer = format!("{begun}{letter}");
            if !begun.is_empty() && self.line(&longer, size, weight).width() > measure {
                pieces.push(self.line(&begun, size, weight));
                begun = letter.to_string();
            } else {
                begun = longer;
            }
        }
        if !begun.is_empty() {
            pieces.push(self.line(&begun, size, weight));
        }
        pieces
    }
}

fn words(text: &str) -> impl Iterator<Item = &str> {
    text.split_whitespace()
}

/// Whether a letter is of a script that runs from right to left; nothing for what has no direction.
fn runs_left(c: char) -> Option<bool> {
    match c {
        '\u{0590}'..='\u{08FF}' | '\u{FB1D}'..='\u{FDFF}' | '\u{FE70}'..='\u{FEFF}' => Some(true),
        c if c.is_alphanumeric() => Some(false),
        _ => None,
    }
}
