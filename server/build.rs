//! Makes sure that the folder of the site's files exists, so that the server
//! also compiles before the site was built (tests, `cargo check`), and embeds
//! them again when they change.

use std::{env, fs, path::Path};

fn main() {
    let manifest = env::var("CARGO_MANIFEST_DIR").expect("cargo sets CARGO_MANIFEST_DIR");
    let site = Path::new(&manifest).join("../target/site/pkg");
    fs::create_dir_all(&site).expect("the folder target/site/pkg can be created");
    println!("cargo::rerun-if-changed={}", site.display());
    println!("cargo::rerun-if-changed={}", Path::new(&manifest).join("../public").display());
    println!("cargo::rerun-if-changed=build.rs");
}
