//! The certificate as a PDF file: one page, tagged for screen readers (PDF/UA-1), with the signed record
//! attached to it.

use std::num::NonZeroU16;

use chrono::Datelike;
use domain::words::{date_range, long_date};
use krilla::action::{Action, LinkAction};
use krilla::annotation::{Annotation, LinkAnnotation, Target};
use krilla::color::rgb;
use krilla::configure::{Accessibility, ConfigurationBuilder};
use krilla::destination::XyzDestination;
use krilla::embed::{AssociationKind, EmbeddedFile, MimeType};
use krilla::geom::{Path, PathBuilder, Point, Rect};
use krilla::metadata::{DateTime, Metadata};
use krilla::outline::{Outline, OutlineNode};
use krilla::page::PageSettings;
use krilla::paint::Fill;
use krilla::surface::Surface;
use krilla::tagging::{Artifact, ArtifactType, ContentTag, Identifier, Node, SpanTag, Tag, TagGroup, TagTree};
use krilla::{Document, SerializeSettings};
use qrcode::{Color, EcLevel, QrCode};

use crate::text::{Line, Weight, Writing};
use crate::{Error, Signed};

/// A4, in points.
const WIDTH: f32 = 595.0;
const HEIGHT: f32 = 842.0;
/// From the left edge to the text.
const MARGIN: f32 = 64.0;
/// Width of a line of text.
const MEASURE: f32 = WIDTH - 2.0 * MARGIN;
/// Side of the code.
const QR: f32 = 116.0;
/// Height of the bar at the top.
const BAR: f32 = 76.0;

/// From the top to the code.
const CHECK: f32 = HEIGHT - 262.0;
/// From a fact's name to what it is.
const INDENT: f32 = 100.0;
/// Between groups of lines.
const GAP: f32 = 18.0;

/// Where a name is whose letters the font does not have.
const ELSEWHERE: &str = "The name on the certificate’s web page";

/// The file. The same certificate gives the same bytes.
///
/// # Errors
/// [`Error::Pdf`] when it cannot be written.
pub fn pdf(signed: &Signed) -> Result<Vec<u8>, Error> {
    let writing = Writing::new()?;
    let name = &signed.certificate.name;
    if writing.covers(name)
        && let Ok(file) = write(signed, name, &writing)
    {
        return Ok(file);
    }
    // No boxes in place of letters, and no name in other letters than the person's own.
    write(signed, ELSEWHERE, &writing)
}

/// What is on the page so far, and where it goes on.
struct Sheet<'a, 'w> {
    surface: Surface<'a>,
    writing: &'w Writing,
    y: f32,
    nodes: Vec<Node>,
}

fn write(signed: &Signed, name: &str, writing: &Writing) -> Result<Vec<u8>, Error> {
    let certificate = &signed.certificate;
    let failed = |what: &str| Error::Pdf(what.to_owned());
    let mut document = Document::new_with(SerializeSettings {
        configuration: ConfigurationBuilder::new()
            .with_accessibility_validator(Accessibility::UA1)
            .finish()
            .map_err(|error| Error::Pdf(format!("{error:?}")))?,
        enable_tagging: true,
        ..SerializeSettings::default()
    });
    document.set_metadata(metadata(signed));
    let size = PageSettings::from_wh(WIDTH, HEIGHT).ok_or_else(|| failed("no page"))?;
    let mut page = document.start_page_with(size);
    let (mut nodes, rect) = fill(page.surface(), name, signed, writing)?;
    let target = Target::Action(Action::from(LinkAction::new(certificate.address())));
    let link = page.add_tagged_annotation(Annotation::new_link(
        LinkAnnotation::new(rect, target),
        Some("Check this certificate on the web".into()),
    ));
    page.finish();
    // The last paragraph before the foot is the address: the link stands inside it.
    if let Some(Node::Group(group)) = nodes.iter_mut().rev().nth(1) {
        let words = std::mem::take(&mut group.children);
        let mut inside = TagGroup::with_children(Tag::Link, words);
        inside.push(link);
        group.push(inside);
    }
    document.set_tag_tree(TagTree::from(nodes).with_lang(Some("en-GB".into())));
    let mut outline = Outline::new();
    outline.push_child(OutlineNode::new(
        "Certificate of attendance".into(),
        XyzDestination::new(0, Point::from_xy(0.0, 0.0)),
    ));
    document.set_outline(outline);
    document.embed_file(EmbeddedFile {
        path: format!("{}.json", certificate.number),
        mime_type: MimeType::new("application/json"),
        description: Some("This certificate as a signed record".into()),
        association_kind: AssociationKind::Source,
        data: signed.file().into_bytes().into(),
        modification_date: Some(date(signed)),
        compress: None,
        location: None,
    });
    document.finish().map_err(|error| Error::Pdf(format!("{error:?}")))
}

/// Writes everything on the page; what is there, in order, and where the address stands.
fn fill(surface: Surface<'_>, name: &str, signed: &Signed, writing: &Writing) -> Result<(Vec<Node>, Rect), Error> {
    let certificate = &signed.certificate;
    let mut sheet = Sheet { surface, writing, y: BAR + 52.0, nodes: Vec::new() };
    sheet.bar();
    sheet.heading("Certificate of attendance");
    let words = |scale: f32| {
        [
            ("This certificate is given to", 13.0, Weight::Regular),
            (name, 30.0 * scale, Weight::Bold),
            ("who took part in", 13.0, Weight::Regular),
            (&certificate.title, 19.0 * scale, Weight::Bold),
        ]
        .map(|(words, size, weight)| writing.lines(words, size, weight, MEASURE))
    };
    let facts = |scale: f32| {
        [
            ("With", certificate.host.clone()),
            ("What it was", certificate.kind.label().to_owned()),
            ("When", date_range(certificate.starts_on, certificate.ends_on)),
            ("Attended", certificate.attended.in_words()),
            ("Issued", long_date(certificate.issued_on)),
            ("Number", certificate.number.clone()),
        ]
        .map(|(what, said)| (what, writing.lines(&said, 12.5 * scale, Weight::Regular, MEASURE - INDENT)))
    };
    // Long names and titles are written smaller, so that everything stays on one page.
    let room = CHECK - sheet.y - 3.0 * GAP;
    let height = |scale: f32| {
        let lines = words(scale).into_iter().flatten().chain(facts(scale).into_iter().flat_map(|(_, lines)| lines));
        lines.map(|line| line.height()).sum::<f32>() + 6.0 * GAP / 2.0
    };
    let scale = [1.0, 0.8, 0.65, 0.5].into_iter().find(|scale| height(*scale) <= room).unwrap_or(0.4);
    for (at, lines) in words(scale).into_iter().enumerate() {
        sheet.y += if at == 2 { GAP } else { 0.0 };
        sheet.paragraph(&lines);
    }
    sheet.y += GAP;
    for (what, lines) in facts(scale) {
        sheet.fact(what, &lines);
    }
    let rect = sheet.check(&certificate.address())?;
    sheet.foot(signed);
    sheet.surface.finish();
    Ok((sheet.nodes, rect))
}

/// The day of issue: another one would make other bytes each time.
fn date(signed: &Signed) -> DateTime {
    let day = signed.certificate.issued_on;
    DateTime::new(u16::try_from(day.year()).unwrap_or(0))
        .month(u8::try_from(day.month()).unwrap_or(1))
        .day(u8::try_from(day.day()).unwrap_or(1))
}

fn metadata(signed: &Signed) -> Metadata {
    let certificate = &signed.certificate;
    Metadata::new()
        .title(format!("Certificate of attendance for {}", certificate.name))
        .description(format!("{} with {}, number {}", certificate.title, certificate.host, certificate.number))
        .language("en-GB".into())
        .authors(vec![certificate.host.clone()])
        .creator("wex".into())
        .creation_date(date(signed))
        .document_id(certificate.number.clone())
}

const BLUE: (u8, u8, u8) = (0, 94, 184);
const BLACK: (u8, u8, u8) = (33, 43, 50);
const WHITE: (u8, u8, u8) = (255, 255, 255);

impl Sheet<'_, '_> {
    fn colour(&mut self, (red, green, blue): (u8, u8, u8)) {
        self.surface.set_fill(Some(Fill { paint: rgb::Color::new(red, green, blue).into(), ..Fill::default() }));
    }

    /// Draws a line of text at this height, and says which it is.
    fn line(&mut self, line: &Line, x: f32, y: f32) -> Identifier {
        let id = self.surface.start_tagged(ContentTag::Span(SpanTag::empty()));
        self.draw(line, x, y);
        self.surface.end_tagged();
        id
    }

    fn draw(&mut self, line: &Line, x: f32, y: f32) {
        let mut x = x;
        for run in &line.runs {
            let font = self.writing.font(line.weight);
            self.surface.draw_text(Point::from_xy(x, y), font, line.size, &run.text, false, run.direction);
            x += run.width;
        }
    }

    /// The bar with the service's name: decoration, since the title says it too.
    fn bar(&mut self) {
        self.surface.start_tagged(ContentTag::Artifact(Artifact::with_kind(ArtifactType::Layout)));
        self.colour(BLUE);
        if let Some(bar) = rectangle(0.0, 0.0, WIDTH, BAR) {
            self.surface.draw_path(&bar);
        }
        self.colour(WHITE);
        let mark = self.writing.line("wex", 26.0, Weight::Bold);
        self.draw(&mark, MARGIN, 47.0);
        let words = self.writing.line("Work experience in health and care", 12.0, Weight::Regular);
        self.draw(&words, MARGIN + mark.width() + 14.0, 47.0);
        self.surface.end_tagged();
        self.colour(BLACK);
    }

    fn heading(&mut self, words: &str) {
        let line = self.writing.line(words, 27.0, Weight::Bold);
        let id = self.line(&line, MARGIN, self.y + line.ascent());
        let level = NonZeroU16::MIN;
        self.nodes.push(TagGroup::with_children(Tag::Hn(level, Some(words.into())), vec![id.into()]).into());
        self.y += line.height() + GAP;
    }

    fn paragraph(&mut self, lines: &[Line]) {
        let mut group = TagGroup::new(Tag::P);
        for line in lines {
            let id = self.line(line, MARGIN, self.y + line.ascent());
            group.push(id);
            self.y += line.height();
        }
        self.nodes.push(group.into());
    }

    /// "When: 5 to 9 July 2027".
    fn fact(&mut self, what: &str, lines: &[Line]) {
        let Some(first) = lines.first() else { return };
        let label = self.writing.line(&format!("{what}: "), first.size, Weight::Bold);
        let mut group = TagGroup::new(Tag::P);
        let id = self.line(&label, MARGIN, self.y + first.ascent());
        group.push(id);
        for line in lines {
            let id = self.line(line, MARGIN + INDENT, self.y + line.ascent());
            group.push(id);
            self.y += line.height();
        }
        self.y += GAP / 4.0;
        self.nodes.push(group.into());
    }

    /// The code and the address behind it; where on the page that address stands.
    fn check(&mut self, address: &str) -> Result<Rect, Error> {
        let top = CHECK;
        let code = QrCode::with_error_correction_level(address, EcLevel::M)
            .map_err(|error| Error::Pdf(format!("QR code: {error}")))?;
        let dark = modules(&code, MARGIN, top).ok_or_else(|| Error::Pdf("an empty QR code".into()))?;
        let id = self.surface.start_tagged(ContentTag::Other);
        self.surface.draw_path(&dark);
        self.surface.end_tagged();
        let alt = format!("QR code that leads to {address}");
        self.nodes.push(TagGroup::with_children(Tag::Figure(Some(alt)), vec![id.into()]).into());

        let x = MARGIN + QR + 24.0;
        let mut y = top + 20.0;
        let mut group = TagGroup::new(Tag::P);
        for words in ["See whether this certificate still counts.", "Scan the code, or go to:"] {
            let line = self.writing.line(words, 11.5, Weight::Regular);
            let id = self.line(&line, x, y);
            group.push(id);
            y += 17.0;
        }
        self.nodes.push(group.into());
        let mut group = TagGroup::new(Tag::P);
        self.colour(BLUE);
        let begins = y - 11.0;
        let bare = address.split("://").nth(1).unwrap_or(address);
        // An address is cut where a reader would: after a slash.
        let (host, path) = bare.split_once('/').unwrap_or((bare, ""));
        for part in [format!("{host}/"), path.to_owned()] {
            for line in self.writing.pieces(&part, 11.5, Weight::Bold, MEASURE - QR - 24.0) {
                let id = self.line(&line, x, y);
                group.push(id);
                y += 16.0;
            }
        }
        self.colour(BLACK);
        self.nodes.push(group.into());
        Rect::from_ltrb(x, begins, MARGIN + MEASURE, y - 11.0).ok_or_else(|| Error::Pdf("no room for a link".into()))
    }

    /// How to check it without the web.
    fn foot(&mut self, signed: &Signed) {
        self.y = HEIGHT - 106.0;
        let words = format!(
            "The signed record is attached to this file. Anybody can check it without the web: see {}/certificates/check. Key {}. Signature {}.",
            signed.certificate.service, signed.key, signed.signature
        );
        let mut group = TagGroup::new(Tag::P);
        for line in self.writing.lines(&words, 7.5, Weight::Regular, MEASURE) {
            let id = self.line(&line, MARGIN, self.y);
            group.push(id);
            self.y += 10.5;
        }
        self.nodes.push(group.into());
    }
}

fn rectangle(x: f32, y: f32, width: f32, height: f32) -> Option<Path> {
    let mut path = PathBuilder::new();
    path.push_rect(Rect::from_xywh(x, y, width, height)?);
    path.finish()
}

/// The dark modules as one path.
fn modules(code: &QrCode, left: f32, top: f32) -> Option<Path> {
    let width = code.width();
    #[expect(clippy::cast_precision_loss, reason = "a code has at most 177 modules a side")]
    let (side, place) = (QR / width as f32, |at: usize| at as f32 * (QR / width as f32));
    let mut path = PathBuilder::new();
    for (at, _) in code.to_colors().iter().enumerate().filter(|(_, color)| **color == Color::Dark) {
        path.push_rect(Rect::from_xywh(left + place(at % width), top + place(at / width), side, side)?);
    }
    path.finish()
}

#[cfg(test)]
mod tests;
