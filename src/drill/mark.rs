//! From an answer to its mark. Pure: the same prompt, answer and lexicon give the same mark.

use serde::{Deserialize, Serialize};

use super::keeps;
use super::schema::{DrillFile, Prompt};
use crate::document::{self, FileType, Options};
use crate::lexicon::{Kind, Rule, Severity};
use crate::lint::{Heard, Linter, Policy};
use crate::matcher::{Hit, Listener};
use crate::session::Ground;
use crate::text::{Block, Span};

/// Nobody who is upset reads more words than this.
const MOST_WORDS: usize = 90;
/// An answer of fewer words is none.
const FEWEST_WORDS: usize = 4;
/// With so many different moves and no remark, an answer is more than good.
const RICH: usize = 3;

/// How well a skill was there, in the words of spaced repetition.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Grade {
    /// It was not there.
    Again,
    /// It was there, and something else was not; or only with a hint.
    Hard,
    /// It was there.
    Good,
    /// It was there, and more than that.
    Easy,
}

/// What marks answers.
#[derive(Debug)]
pub struct Marker<'l> {
    pub(super) ground: &'l Ground,
    linter: Linter<'l>,
}

/// A fault in an answer.
#[derive(Debug, Clone, Copy)]
pub struct Blamed<'l> {
    /// The rule that heard it.
    pub rule: &'l Rule,
    /// How bad it is.
    pub severity: Severity,
    /// The bytes of the answer.
    pub span: Span,
}

/// A move in an answer.
#[derive(Debug, Clone, Copy)]
pub struct Move<'l> {
    /// The rule that heard it.
    pub rule: &'l Rule,
    /// The bytes of the answer.
    pub span: Span,
}

/// What an answer does.
#[derive(Debug, Clone)]
pub struct Marked<'l> {
    /// The faults, by place. The same words are blamed once, for the worst that is in them.
    pub faults: Vec<Blamed<'l>>,
    /// The moves, by place.
    pub moves: Vec<Move<'l>>,
    /// The move that was needed, if it was made.
    pub met: Option<Move<'l>>,
    /// Which things the answer lost: their places in the prompt's list.
    pub lost: Vec<usize>,
    /// Whether the fault that is trained was heard again.
    pub is_again: bool,
    /// Whether bad words were put right by words in which the needed move is not heard. They may be
    /// good all the same: no ear hears everything.
    pub is_unheard: bool,
    /// Whether the answer is longer than anybody reads.
    pub is_long: bool,
}

impl<'l> Marker<'l> {
    /// A marker that hears what the lexicon holds.
    #[must_use]
    pub fn new(ground: &'l Ground) -> Self {
        Self { ground, linter: Linter::new(&ground.lexicon, Policy::new(&ground.lexicon)) }
    }

    /// Marks an answer. Nothing that helps has been said before it: a check is too early in it, unless
    /// it begins with an apology or with empathy itself.
    #[must_use]
    pub fn mark(&self, drill: &DrillFile, prompt: &Prompt, answer: &str) -> Marked<'l> {
        let document = document::read(answer, FileType::Plain, &Options::default());
        let mut heard =
            Ears { marker: self, before: Heard::default(), faults: Vec::new(), moves: Vec::new() };
        let mut kept = vec![false; prompt.keeps.len()];
        for message in &document.messages {
            heard.hear(&message.blocks);
            let also = keeps::heard(&prompt.keeps, &self.ground.lexicon.words, &message.blocks);
            kept.iter_mut().zip(also).for_each(|(kept, also)| *kept |= also);
        }
        let Ears { faults, moves, .. } = heard;
        let needs = drill.needs(prompt);
        let met = moves.iter().find(|one| needs.iter().any(|need| one.rule.is_called(need))).copied();
        let is_again = faults.iter().any(|fault| fault.rule.family == drill.family);
        let words = answer.split_whitespace().count();
        Marked {
            is_again,
            met,
            is_unheard: met.is_none() && !is_again && !prompt.canned.is_empty() && words >= FEWEST_WORDS,
            lost: (0..).zip(kept).filter(|(_, kept)| !kept).map(|(number, _)| number).collect(),
            is_long: words > MOST_WORDS,
            faults: worst(faults),
            moves,
        }
    }
}

/// What has been heard so far.
struct Ears<'m, 'l> {
    marker: &'m Marker<'l>,
    before: Heard,
    faults: Vec<Blamed<'l>>,
    moves: Vec<Move<'l>>,
}

impl Ears<'_, '_> {
    fn hear(&mut self, blocks: &[Block<'_>]) {
        let mut hits = Vec::new();
        Listener::new(&self.marker.ground.matcher).hear(blocks, &mut hits);
        let rules = &self.marker.ground.lexicon.rules;
        let source = |hit: &Hit| blocks[hit.block as usize].source_span(hit.span);
        let faults = &mut self.faults;
        self.marker.linter.judge(&hits, None, &mut self.before, |rule, severity, hit| {
            faults.push(Blamed { rule: &rules[rule as usize], severity, span: source(hit) });
        });
        let moves = hits.iter().map(|hit| Move { rule: &rules[hit.rule as usize], span: source(hit) });
        self.moves.extend(moves.filter(|one| one.rule.kind == Kind::Move));
    }
}

/// Of faults that share words only the worst.
fn worst(faults: Vec<Blamed<'_>>) -> Vec<Blamed<'_>> {
    let weight = |fault: &Blamed<'_>| (fault.severity, fault.span.end - fault.span.start);
    let is_lesser = |fault: &Blamed<'_>| {
        faults.iter().any(|other| other.span.overlaps(fault.span) && weight(other) > weight(fault))
    };
    faults.iter().filter(|fault| !is_lesser(fault)).copied().collect()
}

impl Marked<'_> {
    /// Whether the answer will do.
    #[must_use]
    pub fn is_passed(&self) -> bool {
        self.has_skill() && self.is_clean()
    }

    /// Whether nothing is lost and nothing else is broken.
    fn is_clean(&self) -> bool {
        self.lost.is_empty() && !self.faults.iter().any(Blamed::counts)
    }

    /// Whether the skill that is trained was there, whatever else was not.
    const fn has_skill(&self) -> bool {
        self.met.is_some() && !self.is_again
    }

    /// The grade, for the schedule.
    #[must_use]
    pub fn grade(&self, is_hinted: bool) -> Grade {
        match (self.has_skill(), self.is_passed()) {
            (false, _) if self.is_unheard && self.is_clean() => Grade::Hard,
            (false, _) => Grade::Again,
            (true, false) => Grade::Hard,
            (true, true) if is_hinted || self.is_long => Grade::Hard,
            (true, true) if self.faults.is_empty() && self.families().len() >= RICH => Grade::Easy,
            (true, true) => Grade::Good,
        }
    }

    /// The families of the moves, each once, in the order in which they were made.
    #[must_use]
    pub fn families(&self) -> Vec<&str> {
        let mut families: Vec<&str> = Vec::new();
        for one in &self.moves {
            if !families.contains(&one.rule.family.as_str()) {
                families.push(&one.rule.family);
            }
        }
        families
    }
}

impl Blamed<'_> {
    /// Whether it keeps an answer from passing. What is only advice does not.
    fn counts(&self) -> bool {
        self.severity > Severity::Advice
    }
}

impl Rule {
    fn is_called(&self, name: &str) -> bool {
        self.family == name || self.id == name
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::drill::Keep;
    use crate::embedded;
    use crate::lexicon::schema::Texts;

    fn texts(texts: &[&str]) -> Texts {
        Texts(texts.iter().map(|text| (*text).to_owned()).collect())
    }

    fn drill() -> DrillFile {
        let keep = Keep { what: "the six weeks".to_owned(), phrases: texts(&["(six|6) weeks"]) };
        let canned = "It's our policy.".to_owned();
        let prompt = Prompt { id: "toaster".to_owned(), canned, keeps: vec![keep], ..Prompt::default() };
        DrillFile {
            family: "policy-shield".to_owned(),
            needs: texts(&["fix", "extra"]),
            prompts: vec![prompt],
            ..DrillFile::default()
        }
    }

    fn with_mark<R>(answer: &str, look: impl FnOnce(&Marked<'_>) -> R) -> R {
        let (ground, drill) = (embedded::ground(), drill());
        look(&Marker::new(&ground).mark(&drill, &drill.prompts[0], answer))
    }

    fn grade(answer: &str) -> Grade {
        with_mark(answer, |marked| marked.grade(false))
    }

    #[test]
    fn an_answer_passes_by_what_is_heard_in_it() {
        assert_eq!(
            grade("After six weeks it should still toast. I'm sending you a new one today."),
            Grade::Good
        );
        assert_eq!(grade("I'm sending you a new one today."), Grade::Hard, "the weeks are lost");
        assert_eq!(grade("Six weeks, well, what can one say."), Grade::Hard, "the bad words are gone");
        assert_eq!(grade("What can one say about that."), Grade::Again, "and so are the weeks");
        assert_eq!(grade("Six weeks, well."), Grade::Again, "that is no answer");
        assert_eq!(grade("It's our policy. I'm sending you a new one after six weeks."), Grade::Again);
        assert_eq!(grade(""), Grade::Again);
    }

    #[test]
    fn another_fault_keeps_it_from_passing() {
        let answer = "I'm sending you a new one. Six weeks, did you plug it in?";
        with_mark(answer, |marked| {
            assert!(!marked.is_passed(), "{marked:?}");
            assert_eq!(marked.grade(false), Grade::Hard);
            assert_eq!(&answer[marked.faults[0].span.range()], "did you plug it in");
        });
    }

    #[test]
    fn a_hint_and_a_sermon_make_it_hard() {
        let answer = "I'm sending you a new one after six weeks.";
        with_mark(answer, |marked| {
            assert_eq!((marked.grade(false), marked.grade(true)), (Grade::Good, Grade::Hard));
        });
        assert_eq!(grade(&format!("{answer} {}", "And so on. ".repeat(40))), Grade::Hard);
    }
}
