//! The lexicon inside the program, and its matcher, as the build wrote them.

use crate::lexicon::Lexicon;
use crate::matcher::{self, Matcher};

const LEXICON: &[u8] = include_bytes!(concat!(env!("OUT_DIR"), "/lexicon.bin"));
static MATCHER: &Aligned<[u8]> = &Aligned(*include_bytes!(concat!(env!("OUT_DIR"), "/matcher.bin")));

/// Bytes that begin where the tables of a matcher may begin.
#[repr(C, align(64))]
struct Aligned<B: ?Sized>(B);

const _: () = assert!(align_of::<Aligned<[u8; 1]>>() == matcher::ALIGNMENT);

/// The lexicon of this project.
#[must_use]
pub fn lexicon() -> Lexicon {
    postcard::from_bytes(LEXICON).unwrap_or_default()
}

/// The matcher of [`lexicon`], without the work of making it.
#[must_use]
pub fn matcher() -> Matcher {
    Matcher::from_image(&MATCHER.0).unwrap_or_else(|| Matcher::new(&lexicon()))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_the_build_wrote_can_be_read() {
        let lexicon: Lexicon = postcard::from_bytes(LEXICON).unwrap();
        assert!(lexicon.rules.len() > 35);
        assert!(Matcher::from_image(&MATCHER.0).is_some());
    }
}
