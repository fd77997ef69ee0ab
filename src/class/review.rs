//! The trainer's own judgement: what `amends class review` records, beside the machine's marks.
//!
//! A file for each reviewer and sitting, JSON Lines, and lines are only ever added:
//!
//! ```text
//! {"format":"amends-review","version":1,"program":"0.1.0","reviewer":"Kim","started":"2026-11-22T14:02:11Z"}
//! {"at":"2026-11-22T14:05:40Z","session":"2026-11-20-090000-broken-tv-ann.jsonl","heard":"9c0f…","blind":true,
//!  "marks":{"apologize":4,"review":3,"fix":5},"remark":"Warm, and slow enough."}
//! ```

use std::io;
use std::path::Path;

use jiff::Timestamp;
use rustc_hash::FxHashMap;
use serde::{Deserialize, Serialize};

use super::read::{bytes, file_name, files, reason};
use super::troubles::told;
use super::{Attempt, Review, Trouble, TroubleKind};
use crate::journal::{Envelope, line};
use crate::scenario::Step;
use crate::text::fnv_1a;

/// The folder of the reviews.
pub const REVIEWS: &str = "reviews";
/// The format that this program writes, and the newest that it reads.
const VERSION: u32 = 1;
const FORMAT: &str = "amends-review";

/// The first line of a file of reviews.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Sitting {
    format: String,
    version: u32,
    /// The version of amends that wrote it.
    pub program: String,
    /// Who reviews.
    pub reviewer: String,
    /// When the sitting began, in UTC.
    pub started: Timestamp,
}

/// A judgement, as it is written down.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Judgement {
    /// When it was given, in UTC.
    pub at: Timestamp,
    /// The file of the session below `sessions`.
    pub session: String,
    /// What was said in it, so that it shows when the session went on since: [`heard`].
    pub heard: String,
    /// Whether names and the machine's marks were hidden.
    pub blind: bool,
    /// The mark of each step, from 1 to 5.
    pub marks: Marks,
    /// The remark; empty if there is none.
    #[serde(default, skip_serializing_if = "String::is_empty")]
    pub remark: String,
}

/// A mark for each step, from 1 to 5; none for those that were left out.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default)]
pub struct Marks {
    /// For the apology.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub apologize: Option<u8>,
    /// For the review.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub review: Option<u8>,
    /// For fix and follow-up.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub fix: Option<u8>,
    /// For what was written down.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub document: Option<u8>,
}

impl Marks {
    /// The mark of a step, to be set.
    pub const fn of(&mut self, step: Step) -> &mut Option<u8> {
        match step {
            Step::Apologize => &mut self.apologize,
            Step::Review => &mut self.review,
            Step::Fix => &mut self.fix,
            Step::Document => &mut self.document,
        }
    }

    fn listed(mut self) -> Vec<(Step, u8)> {
        let steps = [Step::Apologize, Step::Review, Step::Fix, Step::Document];
        let marks = steps.into_iter().filter_map(|step| Some((step, (*self.of(step))?)));
        marks.filter(|(_, mark)| (1..=5).contains(mark)).collect()
    }
}

impl Sitting {
    /// A sitting that begins.
    #[must_use]
    pub fn new(reviewer: &str, started: Timestamp) -> Self {
        Self {
            format: FORMAT.to_owned(),
            version: VERSION,
            program: env!("CARGO_PKG_VERSION").to_owned(),
            reviewer: reviewer.to_owned(),
            started,
        }
    }

    /// The first line, with its line end.
    #[must_use]
    pub fn line(&self) -> String {
        line(self)
    }
}

impl Judgement {
    /// The judgement as a line, with its line end.
    #[must_use]
    pub fn line(&self) -> String {
        line(self)
    }
}

/// Tells what was said in a session from anything else, in 16 hexadecimal digits.
#[must_use]
pub fn heard(attempt: &Attempt) -> String {
    let texts = attempt.turns.iter().map(|turn| turn.text.as_deref().unwrap_or("\u{1}"));
    format!("{:016x}", fnv_1a(texts.flat_map(|text| text.bytes().chain([0]))))
}

/// All reviews of a class, by time.
pub(super) fn of_class(folder: &Path, attempts: &[Attempt], troubles: &mut Vec<Trouble>) -> Vec<Review> {
    let folder = folder.join(REVIEWS);
    let paths = match files(&folder) {
        Ok(paths) => paths,
        Err(error) => {
            if error.kind() != io::ErrorKind::NotFound {
                troubles.push(told(TroubleKind::Access, REVIEWS, reason(&error)));
            }
            return Vec::new();
        }
    };
    let known: FxHashMap<&str, usize> =
        attempts.iter().enumerate().map(|(number, attempt)| (attempt.file.as_str(), number)).collect();
    let mut reviews = Vec::new();
    for path in paths {
        let place = format!("{REVIEWS}/{}", file_name(&path));
        let mut tell = |kind, message| troubles.push(told(kind, &place, message));
        match bytes(&path) {
            Ok(bytes) => reviews.extend(of_file(&bytes, attempts, &known, &mut tell)),
            Err(message) => tell(TroubleKind::Access, message),
        }
    }
    reviews.sort_by_key(|review: &Review| review.at);
    last_of_each(reviews)
}

/// Whoever reviews a session again has thought again.
fn last_of_each(reviews: Vec<Review>) -> Vec<Review> {
    let mut last: FxHashMap<(String, usize), usize> = FxHashMap::default();
    for (number, review) in reviews.iter().enumerate() {
        last.insert((review.reviewer.clone(), review.attempt), number);
    }
    let is_last = |number: usize, review: &Review| {
        last.get(&(review.reviewer.clone(), review.attempt)) == Some(&number)
    };
    reviews
        .into_iter()
        .enumerate()
        .filter(|(number, review)| is_last(*number, review))
        .map(|(_, r)| r)
        .collect()
}

fn of_file(
    bytes: &[u8],
    attempts: &[Attempt],
    known: &FxHashMap<&str, usize>,
    tell: &mut impl FnMut(TroubleKind, String),
) -> Vec<Review> {
    let mut lines = bytes.split(|&byte| byte == b'\n');
    let sitting = match sitting(lines.next().unwrap_or_default()) {
        Ok(sitting) => sitting,
        Err((kind, message)) => {
            tell(kind, message);
            return Vec::new();
        }
    };
    let mut reviews = Vec::new();
    for (number, line) in lines.enumerate().filter(|(_, line)| !line.trim_ascii().is_empty()) {
        let Ok(judgement) = serde_json::from_slice::<Judgement>(line) else {
            let message = format!("line {} is not whole, and left out; the other lines are used", number + 2);
            tell(TroubleKind::Unreadable, message);
            continue;
        };
        match known.get(judgement.session.as_str()) {
            Some(&attempt) => reviews.push(of_judgement(&sitting, judgement, attempt, &attempts[attempt])),
            None => {
                let message = format!(
                    "line {} is about {}, which is no session of somebody on the roster; it is left out",
                    number + 2,
                    judgement.session
                );
                tell(TroubleKind::Stranger, message);
            }
        }
    }
    reviews
}

fn sitting(line: &[u8]) -> Result<Sitting, (TroubleKind, String)> {
    let foreign = || {
        let message = "this is not a review of amends: take it out of this folder".to_owned();
        (TroubleKind::Unreadable, message)
    };
    let envelope: Envelope = serde_json::from_slice(line).map_err(|_| foreign())?;
    match envelope {
        Envelope { format, .. } if format != FORMAT => Err(foreign()),
        Envelope { version, .. } if version > VERSION => Err((
            TroubleKind::Newer,
            format!(
                "these reviews have format {version}, and this amends reads up to {VERSION}: use a newer amends"
            ),
        )),
        _ => serde_json::from_slice(line).map_err(|_| foreign()),
    }
}

fn of_judgement(sitting: &Sitting, judgement: Judgement, place: usize, attempt: &Attempt) -> Review {
    Review {
        reviewer: sitting.reviewer.clone(),
        attempt: place,
        at: judgement.at,
        is_blind: judgement.blind,
        marks: judgement.marks.listed(),
        remark: judgement.remark,
        is_current: judgement.heard == heard(attempt),
    }
}
