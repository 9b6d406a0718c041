use lopdf::{Document, Object};

use super::*;
use crate::facts::sample;
use crate::{Certificate, Key};

fn file(name: &str) -> Vec<u8> {
    pdf(&sample(name).sign(&Key::from_secret(&[7; 32]))).unwrap()
}

fn said(bytes: &[u8]) -> String {
    Document::load_mem(bytes).unwrap().extract_text(&[1]).unwrap().split_whitespace().collect::<Vec<_>>().join(" ")
}

#[test]
fn the_file_says_what_the_certificate_says() {
    let bytes = file("Amira Demosley");
    let said = said(&bytes);
    for words in [
        "Certificate of attendance",
        "Amira Demosley",
        "A week with Pharmacy",
        "Aire Valley NHS Trust",
        "Work experience",
        "5 to 9 July 2027",
        "5 days, 30 hours",
        "WXC-7F3K-92QD-0A1B-2C3D",
        "wex.example/",
    ] {
        assert!(said.contains(words), "{words} is not in {said}");
    }
    assert_eq!(Document::load_mem(&bytes).unwrap().get_pages().len(), 1);
    assert!(bytes.len() < 60_000, "{} bytes", bytes.len());
}

#[test]
fn the_same_certificate_gives_the_same_bytes() {
    assert_eq!(file("Amira Demosley"), file("Amira Demosley"));
    assert_ne!(file("Amira Demosley"), file("Amira Demosleu"));
}

/// Tagged, in English, with a title, and with words for its picture and link.
#[test]
fn the_file_is_for_screen_readers_too() {
    let document = Document::load_mem(&file("Amira Demosley")).unwrap();
    let catalog = document.catalog().unwrap();
    assert_eq!(catalog.get(b"Lang").unwrap(), &Object::string_literal("en-GB"));
    assert!(catalog.get(b"MarkInfo").unwrap().as_dict().unwrap().get(b"Marked").unwrap().as_bool().unwrap());
    let mut kinds = Vec::new();
    for object in document.objects.values() {
        if let Ok(element) = object.as_dict()
            && element.get(b"Type").is_ok_and(|kind| kind.as_name().is_ok_and(|name| name == b"StructElem"))
        {
            let kind = String::from_utf8_lossy(element.get(b"S").unwrap().as_name().unwrap()).into_owned();
            if kind == "Figure" {
                assert!(element.get(b"Alt").is_ok(), "the code has no words");
            }
            kinds.push(kind);
        }
    }
    for kind in ["H1", "P", "Figure", "Link"] {
        assert!(kinds.iter().any(|one| one == kind), "{kind} is not among {kinds:?}");
    }
}

#[test]
fn the_signed_record_is_attached() {
    let certificate = sample("Amira Demosley");
    let key = Key::from_secret(&[7; 32]);
    let document = Document::load_mem(&pdf(&certificate.clone().sign(&key)).unwrap()).unwrap();
    let attached = document
        .objects
        .values()
        .filter_map(|object| object.as_stream().ok())
        .find(|stream| stream.dict.get(b"Type").is_ok_and(|kind| kind.as_name().is_ok_and(|n| n == b"EmbeddedFile")))
        .unwrap();
    let text = String::from_utf8(attached.decompressed_content().unwrap_or_else(|_| attached.content.clone())).unwrap();
    assert_eq!(crate::Signed::check(&text, &key.public()).unwrap().certificate, certificate);
}

#[test]
fn names_of_many_languages_are_written() {
    let writing = Writing::new().unwrap();
    for name in [
        "Łucja Wójcik-Źdźbło",
        "Nguyễn Thị Ánh Tuyết",
        "Siân Ó Súilleabháin",
        "Олександра Ґалаґан",
        "Ελένη Παπαδοπούλου",
        "أميرة الخطيب",
        "نرگس حسینی",
        "Amira أميرة Khatib",
        "שרה לוי",
        "Nguye\u{302}\u{303}n Thi\u{323} A\u{301}nh",
    ] {
        assert!(writing.covers(name), "{name}");
        let bytes = file(name);
        assert!(!said(&bytes).contains("on the certificate’s web page"), "{name}");
    }
    // What the font lacks is not drawn as boxes.
    for name in ["সুমাইয়া আক্তার", "李小龍", "Sam 🙂"] {
        assert!(!writing.covers(name), "{name}");
        assert!(said(&file(name)).contains(ELSEWHERE), "{name}");
    }
}

#[test]
fn long_and_odd_words_stay_on_the_page() {
    let long = "Wolfeschlegelsteinhausenbergerdorffwelchevoralternwaren ".repeat(2);
    let odd = Certificate {
        title: format!("A day with {}🙂\n\ttabs", "words and ".repeat(12)),
        host: "সুমাইয়া Trust ".repeat(6),
        attended: domain::certificate::Attended { days: 1, minutes: None },
        ..sample(&long)
    };
    let bytes = pdf(&odd.sign(&Key::from_secret(&[7; 32]))).unwrap();
    assert_eq!(Document::load_mem(&bytes).unwrap().get_pages().len(), 1);
    let writing = Writing::new().unwrap();
    let lines = writing.lines(&long, 30.0, Weight::Bold, MEASURE);
    assert!(lines.len() > 2);
    for line in lines {
        let bare = line.runs.iter().map(|run| run.text.trim_end()).collect::<String>();
        assert!(writing.line(&bare, 30.0, Weight::Bold).width() <= MEASURE, "{line:?}");
    }
}

#[test]
fn two_directions_keep_their_space() {
    let line = Writing::new().unwrap().line("Amira أميرة Khatib", 12.0, Weight::Bold);
    let runs: Vec<&str> = line.runs.iter().map(|run| run.text.as_str()).collect();
    assert_eq!(runs, ["Amira ", "أميرة", " ", "Khatib"]);
}
