//! A file that somebody names; `-` is standard input.

use std::fs::File;
use std::io;
use std::path::Path;

use crate::journal;

/// All that it holds; nothing if that is more than `longest` bytes.
pub(super) fn at_most(longest: u64, path: &Path) -> io::Result<Option<Vec<u8>>> {
    if path.as_os_str() == "-" {
        return journal::at_most(longest, io::stdin().lock());
    }
    File::open(path).and_then(|file| journal::at_most(longest, file))
}
