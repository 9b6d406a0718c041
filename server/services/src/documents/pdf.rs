//! Whether a PDF only shows something. It is not rendered or rewritten: whatever a reader might run, open or
//! ask a password for is a reason to say no, and so is whatever cannot be looked into.

use std::io::Read;

use domain::document::Unfit;
use flate2::read::ZlibDecoder;

/// Names (ISO 32000) behind which a PDF does something, or carries another file.
const ACTIVE: &[&str] =
    &["JavaScript", "Launch", "EmbeddedFile", "EmbeddedFiles", "RichMedia", "XFA", "SubmitForm", "ImportData", "GoToE"];
/// Ways of packing that hide names from this look; objects are packed with Flate by every common program.
const OTHER_PACKING: &[&str] =
    &["ASCIIHexDecode", "ASCII85Decode", "LZWDecode", "RunLengthDecode", "Crypt", "Predictor", "FFilter"];
/// How far from the end its last line may be.
const TAIL: usize = 1024;
/// The most that is unpacked of all streams together.
const MOST_UNPACKED: u64 = 64 << 20;

/// Why this PDF is not taken, if it is not.
pub(super) fn unfit(bytes: &[u8]) -> Option<Unfit> {
    let version = bytes.strip_prefix(b"%PDF-").unwrap_or_default();
    let known = matches!(version, [b'1' | b'2', b'.', b'0'..=b'9', ..]);
    let tail = &bytes[bytes.len().saturating_sub(TAIL)..];
    if !known || find(tail, b"%%EOF").is_none() || find(bytes, b"startxref").is_none() {
        return Some(Unfit::Damaged);
    }
    let mut names = Names::default();
    names.read(bytes);
    let mut left = MOST_UNPACKED;
    for (start, dictionary) in streams(bytes) {
        let mut own = Names::default();
        own.read(dictionary);
        let mut unpacked = Vec::new();
        let whole = ZlibDecoder::new(&bytes[start..]).take(left).read_to_end(&mut unpacked).is_ok();
        left = left.saturating_sub(unpacked.len() as u64);
        if left == 0 {
            return Some(Unfit::Active);
        }
        // Objects in a stream that cannot be looked into may be anything.
        let packed = own.has("FlateDecode");
        if own.has("ObjStm") && (OTHER_PACKING.iter().any(|name| own.has(name)) || packed && !whole) {
            return Some(Unfit::Active);
        }
        names.read(&unpacked);
    }
    if names.has("Encrypt") {
        return Some(Unfit::Locked);
    }
    ACTIVE.iter().any(|name| names.has(name)).then_some(Unfit::Active)
}

/// The names that are of interest, of those that were read.
#[derive(Default)]
struct Names(std::collections::BTreeSet<String>);

impl Names {
    /// Reads every "/Name", with its "#4a" written out. The longest of interest has 14 letters.
    fn read(&mut self, bytes: &[u8]) {
        for (at, _) in bytes.iter().enumerate().filter(|(_, byte)| **byte == b'/') {
            let mut name = String::new();
            let mut rest = bytes[at + 1..].iter().copied();
            while let Some(byte) = rest.next() {
                let letter = if byte == b'#' {
                    let mut hex = || rest.next().and_then(|digit| char::from(digit).to_digit(16));
                    let (Some(high), Some(low)) = (hex(), hex()) else { break };
                    u8::try_from(high * 16 + low).unwrap_or(b'?')
                } else {
                    byte
                };
                if !letter.is_ascii_alphanumeric() || name.len() > 16 {
                    break;
                }
                name.push(char::from(letter));
            }
            if name.len() > 2 && name.len() <= 16 {
                self.0.insert(name);
            }
        }
    }
    fn has(&self, name: &str) -> bool {
        self.0.contains(name)
    }
}

/// Where each stream's bytes begin, with the dictionary before it.
fn streams(bytes: &[u8]) -> Vec<(usize, &[u8])> {
    let mut found = Vec::new();
    let mut from = 0;
    while let Some(at) = find(&bytes[from..], b"stream").map(|at| at + from) {
        from = at + b"stream".len();
        let start = match &bytes[from..] {
            [b'\r', b'\n', ..] => from + 2,
            [b'\n' | b'\r', ..] => from + 1,
            _ => continue,
        };
        if bytes[..at].ends_with(b"end") {
            continue;
        }
        let before = &bytes[at.saturating_sub(4096)..at];
        let dictionary = rfind(before, b" obj").map_or(before, |object| &before[object..]);
        found.push((start, dictionary));
    }
    found
}

fn find(bytes: &[u8], what: &[u8]) -> Option<usize> {
    bytes.windows(what.len()).position(|window| window == what)
}

fn rfind(bytes: &[u8], what: &[u8]) -> Option<usize> {
    bytes.windows(what.len()).rposition(|window| window == what)
}

#[cfg(test)]
pub(crate) mod tests {
    use std::io::Write;

    use flate2::Compression;
    use flate2::write::ZlibEncoder;

    use super::*;

    /// A PDF of one page with these objects beside it.
    pub(crate) fn pdf(more: &[u8]) -> Vec<u8> {
        let mut pdf = b"%PDF-1.7\n1 0 obj\n<< /Type /Catalog /Pages 2 0 R >>\nendobj\n2 0 obj\n<< /Type /Pages /Kids [] /Count 0 >>\nendobj\n".to_vec();
        pdf.extend_from_slice(more);
        pdf.extend_from_slice(b"\nxref\n0 3\ntrailer\n<< /Size 3 /Root 1 0 R >>\nstartxref\n9\n%%EOF\n");
        pdf
    }

    fn packed(bytes: &[u8]) -> Vec<u8> {
        let mut packer = ZlibEncoder::new(Vec::new(), Compression::default());
        packer.write_all(bytes).unwrap();
        packer.finish().unwrap()
    }

    fn stream(dictionary: &str, bytes: &[u8]) -> Vec<u8> {
        [format!("3 0 obj\n<< {dictionary} >>\nstream\n").as_bytes(), bytes, b"\nendstream\nendobj\n"].concat()
    }

    #[test]
    fn a_page_is_taken_and_a_torn_one_is_not() {
        assert_eq!(unfit(&pdf(b"")), None);
        assert_eq!(unfit(&pdf(b"3 0 obj << /OpenAction [2 0 R /Fit] /Title (JavaScript for nurses) >> endobj")), None);
        assert_eq!(unfit(b"%PDF-1.7\n"), Some(Unfit::Damaged));
        assert_eq!(unfit(b"%PDF-hello %%EOF startxref"), Some(Unfit::Damaged));
        let whole = pdf(b"");
        assert_eq!(unfit(&whole[..whole.len() - 8]), Some(Unfit::Damaged));
        let page = stream("/Filter /FlateDecode /Length 9", &packed(b"BT /F1 12 Tf (Hello) Tj ET"));
        assert_eq!(unfit(&pdf(&page)), None);
        let objects = stream("/Type /ObjStm /Filter /FlateDecode", &packed(b"4 0 << /Type /Page >>"));
        assert_eq!(unfit(&pdf(&objects)), None);
    }

    #[test]
    fn whatever_does_something_is_refused() {
        for name in ACTIVE {
            assert_eq!(
                unfit(&pdf(format!("3 0 obj << /S /{name} >> endobj").as_bytes())),
                Some(Unfit::Active),
                "{name}"
            );
        }
        assert_eq!(unfit(&pdf(b"3 0 obj << /Encrypt 4 0 R >> endobj")), Some(Unfit::Locked));
        // Written in another way.
        assert_eq!(unfit(&pdf(b"3 0 obj << /S/J#61vaScript/JS(x) >> endobj")), Some(Unfit::Active));
        assert_eq!(unfit(&pdf(b"3 0 obj << /S /#4aavaScript(x) >> endobj")), Some(Unfit::Active));
        // Packed away.
        let hidden = packed(b"4 0 << /S /JavaScript /JS (app.alert(1)) >>");
        assert_eq!(unfit(&pdf(&stream("/Type /ObjStm /Filter /FlateDecode", &hidden))), Some(Unfit::Active));
        assert_eq!(
            unfit(&pdf(&stream("/Type /ObjStm /Filter [/ASCIIHexDecode /FlateDecode]", b"78"))),
            Some(Unfit::Active)
        );
        assert_eq!(unfit(&pdf(&stream("/Type /ObjStm /Filter /FlateDecode", b"not packed"))), Some(Unfit::Active));
        assert_eq!(unfit(&pdf(&stream("/Type /#4fbjStm /Filter /LZWDecode", b"x"))), Some(Unfit::Active));
    }

    #[test]
    fn a_bomb_is_not_unpacked_to_the_end() {
        let bomb = packed(&vec![0; 70 << 20]);
        assert!(bomb.len() < 100 << 10);
        assert_eq!(unfit(&pdf(&stream("/Filter /FlateDecode", &bomb))), Some(Unfit::Active));
    }
}
