use super::*;

const DIRECTORY: &str = "pcd7,pcd8,pcds,dointr,doterm,usrtypind,east1m,north1m,gridind,lat,long\n\
    LS1 4AP,LS1  4AP,LS1 4AP,198001,,0,429192,433377,1,53.7959,-1.5583\n\
    LS1 4DY,LS1  4DY,LS1 4DY,198001,,0,429700,433300,1,53.7951,-1.5506\n\
    LS1 4ZZ,LS1  4ZZ,LS1 4ZZ,198001,,0,429700,433300,1,53.8000,-1.5400\n\
    LS1 4OL,LS1  4OL,LS1 4OL,198001,199606,0,329700,333300,1,52.0000,-2.5506\n\
    LS1 9OL,LS1  9OL,LS1 9OL,198001,199606,0,429000,433000,1,53.7900,-1.5600\n\
    GY1 1AA,GY1  1AA,GY1 1AA,199806,,0,,,9,99.999999,0.000000\n\
    NPT 0AA,NPT 0AA,NPT 0AA,198001,199606,0,331000,187000,1,51.58,-3.0\n";

const CODE_POINT: &str = "\"LS1 4AP\",10,429192,433377,\"E92000001\",\"E19000001\",\"E18000003\",\"\",\"E08000035\",\"E05001420\"\n\
    \"LS14AB\",10,430205,433252,\"E92000001\",\"\",\"\",\"\",\"E08000035\",\"E05001420\"\n\
    \"LS1 4XX\",90,0,0,\"E92000001\",\"\",\"\",\"\",\"\",\"\"\n";

fn read(texts: &[&str]) -> Places {
    let mut files = PlaceFiles::default();
    for (at, text) in texts.iter().enumerate() {
        files.read(&format!("{at}.csv"), text.as_bytes(), &mut |_| {}).unwrap();
    }
    files.finish()
}

fn codes(places: &Places) -> Vec<(&str, usize)> {
    places.centres.iter().map(|centre| (centre.code.as_str(), centre.rows)).collect()
}

#[test]
fn the_directory_is_known_by_its_headings_and_folds_to_sectors_and_districts() {
    let places = read(&[DIRECTORY]);
    assert_eq!(codes(&places), [("LS1 4", 3), ("LS1 9", 1), ("LS1", 0)]);
    // The middle of three; the ended one in another county does not count, but is all that LS1 9 has.
    assert_eq!((places.centres[0].latitude, places.centres[0].longitude), (53.7959, -1.5506));
    assert_eq!(places.centres[1].latitude, 53.79);
    assert_eq!(places.centres[2].latitude, 53.7959);
    assert_eq!((places.read, places.refused.len(), places.unplaced, places.ended), (7, 0, 1, 2));
}

#[test]
fn the_directory_is_also_known_under_its_older_headings_and_with_a_mark_in_front() {
    let older = DIRECTORY.replace("pcd7,pcd8,pcds", "PCD,PCD2,PCDS").replace("lat,long", "LAT,LONG");
    assert_eq!(read(&[&format!("\u{feff}{older}")]), read(&[DIRECTORY]));
    // Without degrees, the grid will do; with Windows line ends too.
    let grid = DIRECTORY.replace("lat,long", "x,y").replace("GY1 1AA,199806,,0,,", "GY1 1AA,199806,,0,0,0");
    let places = read(&[&grid.replace('\n', "\r\n")]);
    assert!((places.centres[0].latitude - 53.7959).abs() < 0.001, "{places:?}");
}

#[test]
fn code_point_open_is_known_without_headings_and_may_be_many_files() {
    let other = CODE_POINT.replace("LS1", "BD9").replace("433252", "43325x");
    let places = read(&[CODE_POINT, &other]);
    assert_eq!(codes(&places), [("BD9 4", 1), ("BD9", 0), ("LS1 4", 2), ("LS1", 0)]);
    assert_eq!((places.read, places.unplaced), (6, 2));
    let refused = &places.refused[0];
    assert_eq!((refused.file.as_deref(), refused.line, refused.column.as_str()), (Some("1.csv"), 2, "column 4"));
    assert_eq!(refused.value, "43325x");
    let leeds = &places.centres[2];
    assert!((leeds.latitude - 53.795).abs() < 0.001 && (leeds.longitude + 1.55).abs() < 0.01, "{leeds:?}");
    // One file says no name; the order of lines says nothing.
    assert_eq!(read(&[&other]).refused[0].file, None);
    let backwards: Vec<&str> = CODE_POINT.lines().rev().collect();
    assert_eq!(read(&[&backwards.join("\n")]).centres, read(&[CODE_POINT]).centres);
}

#[test]
fn a_bad_line_is_named_and_the_rest_is_kept() {
    let bad = format!(
        "{DIRECTORY}LS2 7UE,LS2  7UE,LS2 7UE,198001,,0,,,1,5379.59,-1.5583\n\
         LS2 7UF,LS2  7UF,\"LS2 7UF,198001,,0,,,1,53.8,-1.55\n\
         QQ9 9QQ,QQ9 9QQ,QQ9 9QQ,198001,,0,,,1,53.8,-1.55\n\
         LS2 7UG,LS2\n\n\
         LS2 7UH,LS2  7UH,LS2 7UH,198001,,0,,,1,53.8,-1.55"
    );
    let places = read(&[&bad]);
    let named: Vec<_> = places.refused.iter().map(|r| (r.line, r.column.as_str(), r.value.as_str())).collect();
    assert_eq!(named[0], (9, "lat", "5379.59"));
    assert_eq!((named[1].0, named[1].1), (10, "pcds"));
    assert_eq!(named[2], (11, "pcds", "QQ9 9QQ"));
    assert_eq!(named[3], (12, "pcds", ""));
    assert_eq!(named.len(), 4);
    assert!(codes(&places).contains(&("LS2 7", 1)));
}

#[test]
fn districts_are_still_read_and_other_files_are_refused_in_words() {
    let places = read(&["id,postcode,latitude,longitude,town\n1,LS1,53.79,-1.54,Leeds\n2,LS2,53.80,-1.54,Leeds\n"]);
    assert_eq!(codes(&places), [("LS1", 1), ("LS2", 1)]);
    assert_eq!(places.centres[0].town, "Leeds");
    let all_wrong = format!("{DIRECTORY}{}", "x,x,x,,,,,,,,\n".repeat(1_100));
    for (bytes, words) in [
        (&b"a,b\n1,2\n"[..], "“postcode” is missing"),
        (b"pcds,doterm,lat,long\n", "This is not a list of postcodes"),
        (b"PK\x03\x04 zip", "unpack it first"),
        (b" \n", "empty"),
        (all_wrong.as_bytes(), "beginning with line 9: This is not a postcode"),
    ] {
        let error = PlaceFiles::default().read("x.csv", bytes, &mut |_| {}).unwrap_err().to_string();
        assert!(error.contains(words), "{error}");
    }
}
