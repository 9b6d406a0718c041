//! Where the real data is, if it is on this machine.

use std::path::{Path, PathBuf};

/// A file of the shared data: below `WEX_SHARED`, or in a folder `shared` beside the repository.
/// `None`, with a word on the test's output, where it is absent.
pub fn shared(path: &str) -> Option<Vec<u8>> {
    let beside = Path::new(env!("CARGO_MANIFEST_DIR")).join("../../../shared");
    let root = std::env::var_os("WEX_SHARED").map_or(beside, PathBuf::from);
    let file = root.join("data").join(path);
    match std::fs::read(&file) {
        Ok(bytes) => Some(bytes),
        Err(error) => {
            println!("skipped: {}: {error}", file.display());
            None
        }
    }
}
