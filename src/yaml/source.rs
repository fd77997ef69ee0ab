//! From a file to its text.

use std::fs;
use std::io::Read;
use std::path::Path;

use super::{LARGEST_FILE, Mistake};
use crate::text::Lines;

/// Reads a file of UTF-8 text that is not huge.
///
/// # Errors
/// When it cannot be read, is too large, or is not UTF-8; the message says what to do.
pub fn read_text(path: &Path) -> Result<String, Mistake> {
    let fail = |message: String| Err(Mistake { position: None, message });
    let mut bytes = Vec::new();
    let file = fs::File::open(path).and_then(|file| file.take(LARGEST_FILE + 1).read_to_end(&mut bytes));
    if let Err(error) = file {
        return fail(format!("cannot be read: {}", plain(&error)));
    }
    if bytes.len() as u64 > LARGEST_FILE {
        return fail(format!("the file holds more than {} MB: split it into several", LARGEST_FILE >> 20));
    }
    decode(bytes)
}

fn decode(mut bytes: Vec<u8>) -> Result<String, Mistake> {
    if bytes.starts_with(b"\xEF\xBB\xBF") {
        bytes.drain(..3);
    }
    String::from_utf8(bytes).map_err(|error| {
        let valid = error.utf8_error().valid_up_to();
        let text = String::from_utf8_lossy(&error.as_bytes()[..valid]);
        Mistake {
            position: Some(Lines::new(&text).position(&text, valid)),
            message: "the file is not UTF-8 from here on: save it with the encoding UTF-8".to_owned(),
        }
    })
}

/// The system's reason without its number.
fn plain(error: &std::io::Error) -> String {
    let text = error.to_string();
    let reason = text.split(" (os error").next().unwrap_or(&text);
    reason.to_lowercase()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn text_that_is_not_utf_8_is_refused_where_it_begins() {
        let mistake = decode(b"a: b\nc: caf\xE9\n".to_vec()).unwrap_err();
        assert_eq!(mistake.position.map(|position| (position.line, position.column)), Some((2, 7)));
    }

    #[test]
    fn a_byte_order_mark_is_passed_over() {
        assert_eq!(decode(b"\xEF\xBB\xBFa: b".to_vec()).unwrap(), "a: b");
    }

    #[test]
    fn what_cannot_be_read_is_said() {
        let mistake = read_text(Path::new("no-such-file.yaml")).unwrap_err();
        assert_eq!(mistake.message, "cannot be read: no such file or directory");
    }
}
