//! The lexicon inside the program, its matcher, the coaching, the drills and the scenarios, as the
//! build wrote them.

use crate::coaching::Coaching;
use crate::drill::Drills;
use crate::lexicon::Lexicon;
use crate::matcher::{self, Matcher};
use crate::session::Ground;

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

/// What sessions are played and graded with where nobody names a lexicon.
#[must_use]
pub fn ground() -> Ground {
    Ground { lexicon: lexicon(), matcher: matcher(), coaching: coaching() }
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
    use crate::lexicon::Kind;
    use crate::matcher::{Hit, Listener, Wanted};
    use crate::text::{Block, Span};

    #[test]
    fn what_the_build_wrote_can_be_read() {
        let lexicon: Lexicon = postcard::from_bytes(LEXICON).unwrap();
        assert!(lexicon.rules.len() > 35);
        // All that is kept for later is decoded to be written as JSON, then encoded again.
        assert!(serde_json::to_value(&lexicon).is_ok());
        assert!(postcard::to_allocvec(&lexicon).unwrap() == LEXICON);
        let coaching: Coaching = postcard::from_bytes(COACHING).unwrap();
        assert!(coaching.moves.len() > 10);
        let drills: Vec<DrillFile> = postcard::from_bytes(DRILLS).unwrap();
        assert!(!drills.is_empty());
        assert!(Matcher::from_image(&MATCHER.0).is_some());
    }

    fn hear(matcher: &Matcher, wanted: Wanted, text: &str) -> Vec<Hit> {
        let mut hits = Vec::new();
        Listener::new(matcher).hear_for(
            wanted,
            &[Block::verbatim(text, Span::new(0, text.len()))],
            &mut hits,
        );
        hits
    }

    /// The examples of the lexicon, many to a message.
    fn messages(lexicon: &Lexicon) -> Vec<String> {
        let examples = lexicon.rules.iter().flat_map(|rule| rule.flags.iter().chain(&*rule.allows));
        let examples: Vec<&str> = examples.map(String::as_str).collect();
        // Counted from the end, the last message is not a few examples in which nothing is heard.
        examples.rchunks(60).map(|examples| examples.join("\n\n")).collect()
    }

    #[test]
    fn tuned_or_not_the_same_is_heard() {
        let lexicon = lexicon();
        let (tuned, plain) = (matcher(), Matcher::new(&lexicon));
        let denied = "Not happy just like I said.".to_owned();
        for text in messages(&lexicon).into_iter().chain([denied]) {
            let heard = hear(&tuned, Wanted::Everything, &text);
            assert!(!heard.is_empty());
            assert_eq!(heard, hear(&plain, Wanted::Everything, &text), "{text}");
        }
    }

    #[test]
    fn who_wants_less_hears_the_same_of_it() {
        let (lexicon, matcher) = (lexicon(), matcher());
        let is_fault = |hit: &Hit| lexicon.rules[hit.rule as usize].kind == Kind::Fault;
        let faults = |hits: Vec<Hit>| hits.into_iter().filter(is_fault).collect::<Vec<Hit>>();
        for text in messages(&lexicon) {
            let all = faults(hear(&matcher, Wanted::Everything, &text));
            assert_eq!(faults(hear(&matcher, Wanted::Order, &text)), all, "{text}");
        }
    }
}
