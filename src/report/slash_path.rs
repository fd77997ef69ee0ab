//! Paths as other programs expect them: with slashes, without a leading `./`, or as a URI.

use std::borrow::Cow;
use std::fmt;

/// `path` with slashes on every system and without a leading `./`.
pub(super) fn slash_path(path: &str) -> Cow<'_, str> {
    let path = path.strip_prefix("./").unwrap_or(path);
    if cfg!(windows) { Cow::Owned(path.replace('\\', "/")) } else { Cow::Borrowed(path) }
}

/// A path that displays as a URI reference: relative if the path is, else `file://`.
pub(super) struct Uri<'a>(pub(super) &'a str);

impl fmt::Display for Uri<'_> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let path = slash_path(self.0);
        if path.starts_with('/') {
            f.write_str("file://")?;
        } else if has_drive(&path) {
            f.write_str("file:///")?;
        }
        write_encoded(f, &path)
    }
}

fn has_drive(path: &str) -> bool {
    cfg!(windows) && matches!(path.as_bytes(), [letter, b':', b'/', ..] if letter.is_ascii_alphabetic())
}

fn write_encoded(f: &mut fmt::Formatter<'_>, path: &str) -> fmt::Result {
    let mut rest = path;
    while let Some(at) = rest.bytes().position(|byte| !is_unreserved(byte)) {
        f.write_str(&rest[..at])?;
        let length = rest[at..].chars().next().map_or(1, char::len_utf8);
        for byte in rest[at..at + length].bytes() {
            write!(f, "%{byte:02X}")?;
        }
        rest = &rest[at + length..];
    }
    f.write_str(rest)
}

const fn is_unreserved(byte: u8) -> bool {
    byte.is_ascii_alphanumeric() || matches!(byte, b'/' | b'-' | b'.' | b'_' | b'~')
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_relative_path_stays_relative() {
        assert_eq!(Uri("./replies/late order.md").to_string(), "replies/late%20order.md");
        assert_eq!(Uri("../é:#?%.md").to_string(), "../%C3%A9%3A%23%3F%25.md");
    }

    #[test]
    fn an_absolute_path_gets_a_scheme() {
        assert_eq!(Uri("/srv/replies/a.md").to_string(), "file:///srv/replies/a.md");
    }
}
