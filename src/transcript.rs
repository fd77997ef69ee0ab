//! The record of a session: the one thing that is stored. Everything else is computed from it.
//!
//! It is JSON Lines, and lines are only ever added. The first is the [`Header`]; the second the YAML of
//! the scenario, so that a session can be graded against what was played; then one line for each
//! [`Event`]. What was taken back is still there, and so is that it was taken back.
//!
//! ```text
//! {"format":"amends-transcript","version":1,"program":"0.1.0","scenario":"broken-tv", …}
//! {"yaml":"scenario: broken-tv\n…"}
//! {"at":"2026-11-22T10:02:11Z","event":"customer","says":["Well. Here I am again."]}
//! {"at":"2026-11-22T10:02:40Z","event":"reply","text":"I am so sorry."}
//! ```

mod chat;
mod replay;

pub use chat::{Chat, ChatError};
pub use replay::Replay;

use serde::{Deserialize, Serialize};
use thiserror::Error;

use crate::journal::{Damaged, Envelope, Lines, line};
use crate::session::Ground;
use crate::text::fnv_1a;

/// The format that this program writes, and the newest that it reads.
pub const VERSION: u32 = 1;

/// What the first line says the file is.
const FORMAT: &str = "amends-transcript";

/// The first line: what was played, with what, and by whom.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Header {
    /// The version of amends that wrote it.
    pub program: String,
    /// The name of the scenario.
    pub scenario: String,
    /// The hash of the scenario's YAML.
    pub scenario_hash: String,
    /// The hash of the lexicon that listened, with its coaching.
    pub lexicon_hash: String,
    /// What the customer's choice of words began with.
    pub seed: u32,
    /// Whether the coach spoke up during the session.
    pub mode: Mode,
    /// The trainee's name, where one was given.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub trainee: Option<String>,
    /// When the session began, in UTC.
    pub started: String,
}

impl Header {
    /// Whether this program wrote it, with the lexicon of this hash: then it answers and marks as it
    /// did.
    #[must_use]
    pub fn is_by(&self, lexicon_hash: &str) -> bool {
        self.lexicon_hash == lexicon_hash && self.program == env!("CARGO_PKG_VERSION")
    }
}

#[cfg(test)]
impl Header {
    /// That of a session in a test.
    pub(crate) fn sample() -> Self {
        Self {
            program: "0.1.0".to_owned(),
            scenario: "broken-tv".to_owned(),
            scenario_hash: String::new(),
            lexicon_hash: String::new(),
            seed: 1,
            mode: Mode::Coach,
            trainee: None,
            started: "2026-11-22T10:02:11Z".to_owned(),
        }
    }
}

/// Whether the coach speaks up during a session.
#[derive(
    Debug, Clone, Copy, PartialEq, Eq, Default, Serialize, Deserialize, schemars::JsonSchema, clap::ValueEnum,
)]
#[serde(rename_all = "kebab-case")]
pub enum Mode {
    /// After each reply up to three short notes, and every turn may be tried again
    #[default]
    Coach,
    /// Silent until the debrief; nothing can be taken back
    Exam,
}

/// Something that happened.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(tag = "event", rename_all = "kebab-case")]
pub enum Event {
    /// The trainee said something.
    Reply {
        /// What was typed, as it was typed.
        text: String,
    },
    /// What was answered. It can be computed, and is kept for readers.
    Customer {
        /// A paragraph each.
        says: Vec<String>,
    },
    /// The last reply was taken back.
    Undo,
    /// Everything from this reply on was taken back, to be tried again.
    Retry {
        /// The number of the reply; the first is 1.
        reply: usize,
    },
    /// The trainee left the encounter or the scene as it stood.
    Skip,
    /// The trainee asked for a hint.
    Hint,
    /// The session went on after a pause.
    Resumed {
        /// The version of amends with which it went on.
        program: String,
        /// The hash of the lexicon with which it went on.
        lexicon_hash: String,
    },
    /// The session came to its end. More follows if the trainee tried a turn again.
    Finished,
}

/// An event, and when it happened.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Timed {
    /// When, in UTC, by the clock of the trainee's machine.
    pub at: String,
    /// What.
    #[serde(flatten)]
    pub event: Event,
}

/// A session as it was recorded.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Transcript {
    /// The first line.
    pub header: Header,
    /// The YAML of the scenario that was played.
    pub scenario: String,
    /// What happened.
    pub events: Vec<Timed>,
    /// How many bytes of the file are whole lines. What follows was cut off while it was written.
    pub whole: usize,
}

/// Why a text is not a transcript that can be used.
#[derive(Debug, Clone, PartialEq, Eq, Error)]
pub enum Unreadable {
    /// It is something else.
    #[error("this is not a transcript of amends")]
    Foreign,
    /// It was written by a program that knows more than this one.
    #[error(
        "this transcript has format {version}, and this amends reads up to format {VERSION}; \
         a newer amends ({program}) wrote it: use that one"
    )]
    Newer {
        /// The format.
        version: u32,
        /// The version of that program.
        program: String,
    },
    /// It ends before anything could be said.
    #[error("this transcript ends before the session began; nothing is lost, start a new one")]
    Empty,
    /// A line before the last one makes no sense.
    #[error("line {line} is damaged ({what}); restore the file from a copy, or delete the line")]
    Damaged {
        /// The number of the line.
        line: usize,
        /// What the parser says.
        what: String,
    },
}

#[derive(Serialize, Deserialize)]
struct Opening {
    format: String,
    version: u32,
    #[serde(flatten)]
    header: Header,
}

#[derive(Serialize, Deserialize)]
struct Played {
    yaml: String,
}

impl Transcript {
    /// Reads a transcript. A last line that was cut off is left out.
    pub fn read(bytes: &[u8]) -> Result<Self, Unreadable> {
        let mut lines = Lines::new(bytes);
        let header = header(&mut lines)?;
        let scenario = match lines.read::<Played>()? {
            Some(played) => played.yaml,
            None => return Err(Unreadable::Empty),
        };
        let mut events = Vec::new();
        while let Some(event) = lines.read()? {
            events.push(event);
        }
        Ok(Self { header, scenario, events, whole: lines.whole() })
    }

    /// Only the first line of a transcript.
    pub fn read_header(bytes: &[u8]) -> Result<Header, Unreadable> {
        header(&mut Lines::new(bytes))
    }

    /// Whether `bytes` begin as transcripts do. What does may still be unreadable.
    #[must_use]
    pub fn is_one(bytes: &[u8]) -> bool {
        bytes.trim_ascii_start().starts_with(b"{")
    }

    /// Whether the session came to its end, and nothing was tried again since.
    #[must_use]
    pub fn is_finished(&self) -> bool {
        let mut events = self.events.iter().rev().map(|timed| &timed.event);
        let last = events.find(|event| !matches!(event, Event::Resumed { .. } | Event::Customer { .. }));
        last == Some(&Event::Finished)
    }
}

/// Tells a lexicon from any other, in 16 hexadecimal digits: what headers hold of it. Its coaching
/// counts, too: by it customers answer and marks are given.
#[must_use]
pub fn lexicon_hash(ground: &Ground) -> String {
    let bytes = postcard::to_allocvec(&(&ground.lexicon, &ground.coaching)).unwrap_or_default();
    format!("{:016x}", fnv_1a(bytes.into_iter()))
}

/// Tells the YAML of a scenario from any other, in 16 hexadecimal digits: what headers hold of it.
#[must_use]
pub fn scenario_hash(yaml: &str) -> String {
    format!("{:016x}", fnv_1a(yaml.bytes()))
}

/// The first two lines of a transcript, each with its line end.
#[must_use]
pub fn opening_lines(header: &Header, yaml: &str) -> String {
    let opening = Opening { format: FORMAT.to_owned(), version: VERSION, header: header.clone() };
    line(&opening) + &line(&Played { yaml: yaml.to_owned() })
}

impl Timed {
    /// The event as a line, with its line end.
    #[must_use]
    pub fn line(&self) -> String {
        line(self)
    }
}

fn header(lines: &mut Lines<'_>) -> Result<Header, Unreadable> {
    let Some(envelope) = lines.envelope() else {
        return Err(if lines.is_cut_at_once() { Unreadable::Empty } else { Unreadable::Foreign });
    };
    match envelope {
        Envelope { format, .. } if format != FORMAT => Err(Unreadable::Foreign),
        Envelope { version, program, .. } if version > VERSION => Err(Unreadable::Newer { version, program }),
        _ => match lines.read::<Opening>()? {
            Some(opening) => Ok(opening.header),
            None => Err(Unreadable::Empty),
        },
    }
}

impl From<Damaged> for Unreadable {
    fn from(Damaged { line, what }: Damaged) -> Self {
        Self::Damaged { line, what }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn header() -> Header {
        Header {
            scenario_hash: "00c0ffee00c0ffee".to_owned(),
            lexicon_hash: "0123456789abcdef".to_owned(),
            seed: 7,
            trainee: Some("Ann \u{1b}[31m\"Lee\"".to_owned()),
            ..Header::sample()
        }
    }

    fn timed(event: Event) -> Timed {
        Timed { at: "2026-11-22T10:02:40Z".to_owned(), event }
    }

    fn reply(text: &str) -> Timed {
        timed(Event::Reply { text: text.to_owned() })
    }

    fn written(events: &[Timed]) -> String {
        let lines: String = events.iter().map(Timed::line).collect();
        opening_lines(&header(), "scenario: broken-tv\n") + &lines
    }

    #[test]
    fn what_is_written_is_read() {
        let events = [
            timed(Event::Customer { says: vec!["Well.".to_owned()] }),
            reply("Sorry.\nTwo lines, \u{1b}[2J a bell \u{7} and 👩‍👧"),
            timed(Event::Undo),
            timed(Event::Retry { reply: 1 }),
            timed(Event::Skip),
            timed(Event::Hint),
            timed(Event::Resumed { program: "0.2.0".to_owned(), lexicon_hash: "x".to_owned() }),
            timed(Event::Finished),
        ];
        let text = written(&events);
        assert!(!text.chars().any(|c| c.is_control() && c != '\n'), "{text}");
        let read = Transcript::read(text.as_bytes()).unwrap();
        assert_eq!((read.header, read.events.as_slice()), (header(), events.as_slice()));
        assert_eq!((read.scenario.as_str(), read.whole), ("scenario: broken-tv\n", text.len()));
    }

    #[test]
    fn the_lines_stay_as_they_are() {
        insta::assert_snapshot!(written(&[reply("I am so sorry."), timed(Event::Retry { reply: 1 })]), @r#"
        {"format":"amends-transcript","version":1,"program":"0.1.0","scenario":"broken-tv","scenario_hash":"00c0ffee00c0ffee","lexicon_hash":"0123456789abcdef","seed":7,"mode":"coach","trainee":"Ann \u001b[31m\"Lee\"","started":"2026-11-22T10:02:11Z"}
        {"yaml":"scenario: broken-tv\n"}
        {"at":"2026-11-22T10:02:40Z","event":"reply","text":"I am so sorry."}
        {"at":"2026-11-22T10:02:40Z","event":"retry","reply":1}
        "#);
    }

    #[test]
    fn wherever_it_is_cut_off_the_whole_lines_are_read() {
        let text = written(&[reply("one"), reply("two ö")]);
        let begin = text.match_indices('\n').nth(1).unwrap().0;
        for end in 0..text.len() {
            let read = Transcript::read(&text.as_bytes()[..end]);
            if end < begin {
                let expected = if end < 17 { Unreadable::Foreign } else { Unreadable::Empty };
                assert_eq!(read, Err(expected), "{end}");
            } else {
                let read = read.unwrap();
                let cut = &text[..read.whole];
                assert_eq!(read.events.len(), cut.lines().count() - 2);
                assert!(cut.ends_with('\n') || read.whole == end);
            }
        }
    }

    #[test]
    fn what_is_left_after_a_loss_of_power_is_tolerated() {
        let mut bytes = written(&[reply("one")]).into_bytes();
        let whole = bytes.len();
        bytes.extend([0; 512]);
        let read = Transcript::read(&bytes).unwrap();
        assert_eq!((read.events.len(), read.whole), (1, whole));
    }

    #[test]
    fn foreign_newer_and_damaged_files_are_refused() {
        let problem = |text: &str| Transcript::read(text.as_bytes()).unwrap_err().to_string();
        for foreign in ["", "agent: hello", "{}", "[1]\n", "{\"format\":\"har\",\"version\":1}\n"] {
            assert_eq!(problem(foreign), "this is not a transcript of amends", "{foreign}");
        }
        let newer = written(&[]).replacen(
            "\"version\":1,\"program\":\"0.1.0\"",
            "\"version\":9,\"program\":\"3.0.0\"",
            1,
        );
        assert_eq!(
            problem(&newer),
            "this transcript has format 9, and this amends reads up to format 1; \
             a newer amends (3.0.0) wrote it: use that one"
        );
        let damaged = written(&[reply("one"), reply("two")]).replacen("\"reply\"", "\"rep", 1);
        assert!(problem(&damaged).starts_with("line 3 is damaged ("), "{}", problem(&damaged));
        let unknown = written(&[reply("one"), reply("two")]).replacen("\"reply\"", "\"sing\"", 1);
        assert!(problem(&unknown).contains("unknown variant `sing`"), "{}", problem(&unknown));
    }

    #[test]
    fn a_finished_session_may_be_taken_up_again() {
        let is_finished =
            |events: &[Timed]| Transcript::read(written(events).as_bytes()).unwrap().is_finished();
        let finished = timed(Event::Finished);
        assert!(!is_finished(&[reply("one")]));
        assert!(is_finished(&[reply("one"), finished.clone()]));
        assert!(!is_finished(&[reply("one"), finished, timed(Event::Retry { reply: 1 })]));
    }
}
