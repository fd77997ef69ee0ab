//! The lexicon inside the program, its matcher, the coaching, the drills and the scenarios, as the
//! build wrote them.

use crate::coaching::Coaching;
use crate::drill::Drills;
use crate::lexicon::Lexicon;
use crate::matcher::{self, Matcher};

const SCENARIOS: &[(&str, &str)] = include!(concat!(env!("OUT_DIR"), "/scenarios.rs"));
const LEXICON: &[u8] = include_bytes!(concat!(env!("OUT_DIR"), "/lexicon.bin"));
const COACHING: &[u8] = include_bytes!(concat!(env!("OUT_DIR"), "/coaching.bin"));
const DRILLS: &[u8] = include_bytes!(concat!(env!("OUT_DIR"), "/drills.bin"));
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

/// The coaching of this project.
#[must_use]
pub fn coaching() -> Coaching {
    postcard::from_bytes(COACHING).unwrap_or_default()
}

/// The drills of this project.
#[must_use]
pub fn drills() -> Drills {
    Drills::new(postcard::from_bytes(DRILLS).unwrap_or_default())
}

/// The names and the YAML of the scenarios of this project, by name.
#[must_use]
pub const fn scenarios() -> &'static [(&'static str, &'static str)] {
    SCENARIOS
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::drill::DrillFile;

    #[test]
    fn what_the_build_wrote_can_be_read() {
        let lexicon: Lexicon = postcard::from_bytes(LEXICON).unwrap();
        assert!(lexicon.rules.len() > 35);
        let coaching: Coaching = postcard::from_bytes(COACHING).unwrap();
        assert!(coaching.moves.len() > 10);
        let drills: Vec<DrillFile> = postcard::from_bytes(DRILLS).unwrap();
        assert!(!drills.is_empty());
        assert!(Matcher::from_image(&MATCHER.0).is_some());
    }
}
