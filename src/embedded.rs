//! The lexicon inside the program, and its matcher, as the build wrote them.

use crate::lexicon::Lexicon;
use crate::matcher::Matcher;

const LEXICON: &[u8] = include_bytes!(concat!(env!("OUT_DIR"), "/lexicon.bin"));
const MATCHER: &[u8] = include_bytes!(concat!(env!("OUT_DIR"), "/matcher.bin"));

/// The lexicon of this project.
#[must_use]
pub fn lexicon() -> Lexicon {
    postcard::from_bytes(LEXICON).unwrap_or_default()
}

/// The matcher of [`lexicon`], without the work of making it.
#[must_use]
pub fn matcher() -> Matcher {
    postcard::from_bytes(MATCHER).unwrap_or_else(|_| Matcher::new(&lexicon()))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_the_build_wrote_can_be_read() {
        let lexicon: Lexicon = postcard::from_bytes(LEXICON).unwrap();
        assert!(lexicon.rules.len() > 35);
        postcard::from_bytes::<Matcher>(MATCHER).unwrap();
    }
}
