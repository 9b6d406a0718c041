//! Files built here: encodings, separators, line ends, headings, workbooks, and what is no
//! spreadsheet at all.

#![allow(clippy::unwrap_used, reason = "helpers of tests may panic")]

use chrono::NaiveDate;
use proptest::prelude::*;
use rstest::rstest;
use rust_xlsxwriter::{ExcelDateTime, Format, Formula, Workbook};
use sheets::{Field, Given, MAX_BYTES, Mapping, ReadError, Understood, Value, opportunities, read};

const CSV: &str = "Ref,Trust code,Opportunity title,Type,Start,End,No. of places,Min age,Where,Postcode\r\n\
A1,R0A,Café work experience – “week”,Work experience,24/05/2027,28/05/2027,4,16+,\"York Hospital, York\",YO31 8HE\r\n\
A2,R0A,Pharmacy,WEX,w/c 05/07/27,,6 (flexible),Yr 12,\"York Hospital, York\",yo318he\r\n";

fn understand(bytes: &[u8], name: &str) -> (Mapping, Understood) {
    let sheet = read(bytes, name).unwrap();
    let mapping = Mapping::find(&sheet).unwrap();
    let given = Given { today: NaiveDate::from_ymd_opt(2026, 11, 2).unwrap(), organisation: Some("R0A".into()) };
    let understood = opportunities(&sheet, &mapping, &given);
    assert!(understood.report().adds_up());
    (mapping, understood)
}

/// Both rows of [`CSV`] are taken, with every letter right.
fn both_taken(bytes: &[u8]) -> (Mapping, Understood) {
    let (mapping, understood) = understand(bytes, "list.csv");
    assert_eq!(understood.problems, []);
    assert_eq!(understood.rows.len(), 2);
    assert_eq!(understood.rows[0].title, "Café work experience – “week”");
    assert_eq!(understood.rows[0].place.as_deref(), Some("York Hospital, York"));
    assert_eq!(understood.rows[1].postcode.as_deref(), Some("YO31 8HE"));
    (mapping, understood)
}

fn utf16(text: &str, big: bool, mark: bool) -> Vec<u8> {
    let units = mark.then_some(0xfeff).into_iter().chain(text.encode_utf16());
    units.flat_map(|unit| if big { unit.to_be_bytes() } else { unit.to_le_bytes() }).collect()
}

/// The same list with another separator; cells with it are quoted, and those without are not.
fn separated(by: &str) -> String {
    CSV.replace("\"York Hospital, York\"", "\u{1}").replace(',', by).replace('\u{1}', "\"York Hospital, York\"")
}

#[test]
fn every_encoding_gives_the_same_rows() {
    both_taken(CSV.as_bytes());
    both_taken(format!("\u{feff}{CSV}").as_bytes());
    for (big, mark) in [(true, true), (true, false), (false, true), (false, false)] {
        both_taken(&utf16(CSV, big, mark));
    }
    let (windows, _, unmapped) = encoding_rs::WINDOWS_1252.encode(CSV);
    assert!(!unmapped);
    both_taken(&windows);
}

#[rstest]
#[case(",")]
#[case(";")]
#[case("\t")]
#[case("|")]
fn every_separator_gives_the_same_rows(#[case] by: &str) {
    both_taken(separated(by).as_bytes());
    // A title row full of another separator does not mislead.
    both_taken(
        format!("Work experience; central, record; 2026; 27; do; not; delete; me\r\n\r\n{}", separated(by)).as_bytes(),
    );
    both_taken(format!("sep={by}\r\n{}", separated(by)).as_bytes());
    both_taken(&utf16(&separated(by), false, true));
}

#[test]
fn every_line_end_counts_as_one() {
    for end in ["\n", "\r\n", "\r"] {
        let (_, understood) = both_taken(CSV.replace("\r\n", end).as_bytes());
        assert_eq!((understood.rows[0].line, understood.rows[1].line), (2, 3), "{end:?}");
    }
    let mixed = CSV.replacen("\r\n", "\n\n\r\n\r", 1).replacen("8HE\r\n", "8HE\r", 1);
    let (_, understood) = both_taken(mixed.as_bytes());
    assert_eq!((understood.rows[0].line, understood.rows[1].line), (5, 6));
}

#[test]
fn a_cell_of_several_lines_is_one_row() {
    let text = format!("Title of this list\n\n{CSV}").replace("Pharmacy", "\"Phar\nma\r\ncy\"")
        + "\r\n,,,\r\nA3,R0A,Third,WEX,24/05/2027,,4,16,York,YO31 8HE\r\n";
    let sheet = read(text.as_bytes(), "C:\\lists\\list.csv").unwrap();
    assert_eq!(sheet.name, "list.csv");
    let lines: Vec<_> = sheet.rows.iter().map(|row| row.line).collect();
    assert_eq!(lines, [1, 3, 4, 5, 8]);
    let (_, understood) = understand(text.as_bytes(), "list.csv");
    assert_eq!(understood.above, ["Title of this list"]);
    assert_eq!(understood.rows[1].title, "Phar ma cy");
}

#[test]
fn columns_are_known_by_other_names_and_in_another_order() {
    let text = "Closing deadline;Name of opportunity;Week commencing;Spaces;Year group;Venue;Site post code;Our notes;\
        Organisation name;Category;Mode of delivery;Hours;Eligibility;Description;What to wear;Ward;Lead email;ID\n\
        01/05/2027;Radiography week;24/05/2027;4;Year 12;St James, Leeds;LS9 7TF;keep;Leeds Teaching;Placement;\
        Face to face;9-4;Anyone;Shadow;Smart;X-ray;a@b.example;7\n";
    let (mapping, understood) = understand(text.as_bytes(), "x.csv");
    let expected = [
        (Field::Closing, 0),
        (Field::Title, 1),
        (Field::Start, 2),
        (Field::Places, 3),
        (Field::MinAge, 4),
        (Field::Where, 5),
        (Field::Postcode, 6),
        (Field::Organisation, 8),
        (Field::Kind, 9),
        (Field::Delivery, 10),
        (Field::Times, 11),
        (Field::WhoFor, 12),
        (Field::WhatYouWillDo, 13),
        (Field::Dress, 14),
        (Field::Department, 15),
        (Field::Contact, 16),
        (Field::Reference, 17),
    ];
    for (field, index) in expected {
        assert_eq!(mapping.column(field).map(|column| column.index), Some(index), "{field:?}");
    }
    let unmatched: Vec<_> =
        mapping.unmatched().map(|column| (column.header.as_str(), column.examples.clone())).collect();
    assert_eq!(unmatched, [("Our notes", vec!["keep".to_owned()])]);
    assert_eq!(understood.problems, []);
    assert_eq!(understood.rows[0].organisation, "Leeds Teaching");
    assert_eq!(understood.rows[0].min_age, Some(16));
}

#[test]
fn text_is_never_a_formula() {
    let text = "Title,Type,Start,Where,Dress\n+I like science,WEX,24/05/2027,=1+1,\"=HYPERLINK(\"\"http://x.example\"\";\"\"Smart\"\")\"\n@home,WEX,24/05/2027,-,x\n";
    let (_, understood) = understand(text.as_bytes(), "x.csv");
    assert_eq!(understood.rows[0].title, "+I like science");
    assert_eq!(understood.rows[0].place.as_deref(), Some("=1+1"));
    assert_eq!(understood.rows[0].dress.as_deref(), Some("Smart"));
    assert_eq!(understood.rows[1].title, "@home");
}

fn workbook() -> Workbook {
    let mut book = Workbook::new();
    book.add_worksheet().set_name("Notes").unwrap().write(0, 0, "Call back Theatres").unwrap();
    let sheet = book.add_worksheet().set_name("Record").unwrap();
    let date = Format::new().set_num_format("dd/mm/yyyy");
    let time = Format::new().set_num_format("hh:mm");
    sheet.write(1, 0, "Our record").unwrap();
    for (column, heading) in
        ["Title", "Type", "Start", "End", "Times", "Places", "Age", "Postcode", "Venue"].into_iter().enumerate()
    {
        sheet.write(3, u16::try_from(column).unwrap(), heading).unwrap();
    }
    sheet.write(5, 0, "Pharmacy").unwrap();
    sheet.write(5, 1, "WEX").unwrap();
    sheet.write_with_format(5, 2, ExcelDateTime::from_ymd(2027, 5, 24).unwrap(), &date).unwrap();
    sheet.write(5, 3, 46_535).unwrap();
    sheet.write_with_format(5, 4, 0.395_833_333, &time).unwrap();
    sheet.write(5, 5, 4).unwrap();
    sheet.write(5, 6, 16).unwrap();
    sheet.write(5, 7, "YO31 8HE").unwrap();
    sheet.write(5, 8, Formula::new("HYPERLINK(\"http://x.example\",\"York, \"\"old\"\" site\")")).unwrap();
    sheet.write(6, 0, Formula::new("A6").set_result("Pharmacy again")).unwrap();
    sheet.write(6, 1, "WEX").unwrap();
    sheet.write(6, 2, "24-28 May 2027").unwrap();
    sheet.write_with_format(6, 5, ExcelDateTime::from_ymd(2026, 8, 6).unwrap(), &date).unwrap();
    sheet.write(6, 6, true).unwrap();
    book
}

#[test]
fn a_workbook_gives_dates_times_links_and_results() {
    let bytes = workbook().save_to_buffer().unwrap();
    let sheet = read(&bytes, "record.xlsx").unwrap();
    assert_eq!(sheet.name, "Record");
    assert!(matches!(sheet.rows[2].cell(2).value, Value::Date(_)));
    assert_eq!(sheet.rows[2].cell(2).text, "24/05/2027");
    let (mapping, understood) = understand(&bytes, "record.xlsx");
    assert_eq!(mapping.header_line, 4);
    let row = &understood.rows[0];
    assert_eq!((row.line, row.title.as_str(), row.capacity), (6, "Pharmacy", Some(4)));
    assert_eq!(row.end.map(|day| day.to_string()).as_deref(), Some("2027-05-28"));
    assert_eq!(row.daily_start.map(|time| time.to_string()).as_deref(), Some("09:30:00"));
    assert_eq!(row.place.as_deref(), Some("York, \"old\" site"));
    // "6-8" that the spreadsheet made a date is not taken for 6 places; TRUE is no age.
    assert_eq!(understood.problems.iter().map(|p| (p.line, p.value.as_str())).collect::<Vec<_>>(), [(7, "TRUE")]);
}

#[rstest]
#[case(b"", "empty")]
#[case(b" \r\n\t ", "empty")]
#[case(b",,,\n,,\n", "empty")]
#[case(b"%PDF-1.7 ...", "PDF")]
#[case(b"\x89PNG\r\n\x1a\n", "picture")]
#[case(b"\xff\xd8\xff\xe0", "picture")]
#[case(b"<html><table>", "web page")]
#[case(b"<?xml version='1.0'?>", "XML")]
#[case(b"{\\rtf1", "RTF")]
#[case(b"PK\x03\x04 cut off", "damaged")]
#[case(b"\x00\x01\x02\x03\x04\x05\x06\x07", "no text")]
#[case(b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1 W\0o\0r\0k\0b\0o\0o\0k\0", ".xls")]
#[case(b"Title,Type\n\"A,WEX\nB,WEX\n", "quotation mark on line 2")]
fn other_files_say_what_they_are(#[case] bytes: &[u8], #[case] word: &str) {
    let error = read(bytes, "list.csv").unwrap_err().to_string();
    assert!(error.contains(word), "{error}");
}

#[test]
fn limits_hold() {
    assert_eq!(read(&vec![b'a'; MAX_BYTES + 1], "x.csv"), Err(ReadError::TooLarge));
    let mut long = String::from("Title,Type\n");
    long.push_str(&"a,b\n".repeat(20_000));
    assert_eq!(read(long.as_bytes(), "x.csv"), Err(ReadError::TooManyRows));
    let wide = "a,".repeat(201);
    assert_eq!(read(wide.as_bytes(), "x.csv"), Err(ReadError::TooManyColumns));
}

/// A packed file built part by part, for what no workbook program would write.
fn packed(parts: &[(&str, &[u8])]) -> Vec<u8> {
    use std::io::Write;
    let mut zip = zip::ZipWriter::new(std::io::Cursor::new(Vec::new()));
    for (name, content) in parts {
        zip.start_file(*name, zip::write::SimpleFileOptions::default()).unwrap();
        zip.write_all(content).unwrap();
    }
    zip.finish().unwrap().into_inner()
}

#[test]
fn a_workbook_cannot_fill_the_memory() {
    let bomb = packed(&[("xl/workbook.xml", b"<workbook/>"), ("xl/bomb.xml", &vec![b' '; 100 * 1024 * 1024])]);
    assert!(bomb.len() < MAX_BYTES);
    assert_eq!(read(&bomb, "x.xlsx"), Err(ReadError::TooLarge));
    let boast = packed(&[
        ("xl/workbook.xml", b"<workbook/>"),
        ("xl/sharedStrings.xml", b"<sst uniqueCount = \"99999999999999\"/>"),
    ]);
    assert!(matches!(read(&boast, "x.xlsx"), Err(ReadError::Damaged { .. })));
    let boast = packed(&[("xl/workbook.xml", b"<workbook/>"), ("xl/s.xml", b"<f t='shared' si='4000000000'>A1</f>")]);
    assert!(matches!(read(&boast, "x.xlsx"), Err(ReadError::Damaged { .. })));
    let word = packed(&[("word/document.xml", b"<w/>")]);
    assert!(read(&word, "x.docx").unwrap_err().to_string().contains("Word document"));
}

/// Everything that may happen to a file's bytes on the way.
fn walk(bytes: &[u8]) {
    if let Ok(sheet) = read(bytes, "x")
        && let Ok(mapping) = Mapping::find(&sheet)
    {
        let given = Given::on(NaiveDate::from_ymd_opt(2026, 11, 2).unwrap());
        let understood = opportunities(&sheet, &mapping, &given);
        assert!(understood.report().adds_up(), "{:?}", understood.report());
    }
    let _ = sheets::reference::schools(bytes);
    let _ = sheets::reference::trusts(bytes);
    let _ = sheets::reference::places(bytes);
    let _ = sheets::reference::areas(bytes, "x_2022-26.csv");
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(200))]

    #[test]
    fn no_bytes_make_the_reader_panic(bytes in prop::collection::vec(any::<u8>(), 0..400)) {
        walk(&bytes);
    }

    #[test]
    fn no_text_loses_a_row(cells in prop::collection::vec(prop::collection::vec("[^\"]{0,12}", 4..6), 0..8)) {
        let mut text = String::from("Title,Type,Start,Places,Ref\n");
        for row in cells {
            text.push_str(&row.iter().map(|cell| format!("\"{cell}\"")).collect::<Vec<_>>().join(","));
            text.push('\n');
        }
        walk(text.as_bytes());
    }

    #[test]
    fn no_slip_in_a_list_makes_the_reader_panic(at in prop::collection::vec((any::<prop::sample::Index>(), any::<u8>()), 1..8)) {
        for mut bytes in [CSV.as_bytes().to_vec(), utf16(CSV, false, true), separated(";").into_bytes()] {
            for (index, byte) in &at {
                let index = index.index(bytes.len());
                bytes[index] = *byte;
            }
            walk(&bytes);
        }
    }
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(60))]

    #[test]
    fn no_slip_in_a_workbook_makes_the_reader_panic(
        at in prop::collection::vec((any::<prop::sample::Index>(), any::<u8>()), 1..6),
        inside in any::<bool>(),
    ) {
        // Slips in the packed bytes mostly spoil a checksum; slips inside the sheet get further.
        let whole = workbook().save_to_buffer().unwrap();
        if inside {
            let mut archive = zip::ZipArchive::new(std::io::Cursor::new(whole)).unwrap();
            let mut parts = Vec::new();
            for index in 0..archive.len() {
                let mut part = archive.by_index(index).unwrap();
                let mut content = Vec::new();
                std::io::Read::read_to_end(&mut part, &mut content).unwrap();
                let name = part.name().unwrap().into_owned();
                if name.contains("sheet2") {
                    for (index, byte) in &at {
                        let index = index.index(content.len());
                        content[index] = *byte;
                    }
                }
                parts.push((name, content));
            }
            let parts: Vec<(&str, &[u8])> = parts.iter().map(|(name, content)| (name.as_str(), content.as_slice())).collect();
            walk(&packed(&parts));
        } else {
            let mut bytes = whole;
            for (index, byte) in &at {
                let index = index.index(bytes.len());
                bytes[index] = *byte;
            }
            walk(&bytes);
        }
    }
}
