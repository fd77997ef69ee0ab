//! What a coach says about an answer: what worked, what broke and why, what is missing, a better
//! wording.

use super::mark::{Blamed, Marked, Marker};
use super::schema::{DrillFile, Prompt};
use crate::lexicon::Kind;
use crate::session::quoted;
use crate::text::Span;
use crate::wording::listed;

/// So many faults are told of; more at once teach nothing.
const MOST_FAULTS: usize = 2;
/// So many of the moves are named of which one is needed.
const MOST_NEEDS: usize = 3;

/// One thing that a coach says.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Note {
    /// What sort of thing it is.
    pub kind: NoteKind,
    /// One or two short sentences.
    pub text: String,
    /// The words of the answer that it is about.
    pub span: Option<Span>,
}

/// What sort of note it is.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum NoteKind {
    /// What worked, and why.
    Worked,
    /// What broke, and why.
    Broke,
    /// What is not there.
    Missing,
    /// How it could be worded.
    Better,
}

impl Marker<'_> {
    /// What to say about an answer that was marked.
    #[must_use]
    pub fn notes(&self, drill: &DrillFile, prompt: &Prompt, answer: &str, marked: &Marked<'_>) -> Vec<Note> {
        let mut notes: Vec<Note> = self.worked(answer, marked).into_iter().collect();
        let faults = told(drill, marked);
        notes.extend(faults.iter().map(|fault| broke(answer, fault)));
        if marked.is_unheard && faults.is_empty() {
            notes.push(note(NoteKind::Worked, "The bad words are gone.".to_owned()));
        }
        if marked.met.is_none() {
            notes.push(note(NoteKind::Missing, self.missing(drill.needs(prompt))));
        }
        let lost = marked.lost.iter().filter_map(|&number| prompt.keeps.get(number));
        notes.extend(lost.map(|keep| note(NoteKind::Missing, format!("You left out {}.", keep.what))));
        if marked.is_long {
            notes.push(note(
                NoteKind::Missing,
                "It is long. Two or three sentences are heard best.".to_owned(),
            ));
        }
        let say = faults.iter().find_map(|fault| fault.rule.say.first());
        notes.extend(say.map(|say| note(NoteKind::Better, format!("\"{say}\""))));
        notes
    }

    fn worked(&self, answer: &str, marked: &Marked<'_>) -> Option<Note> {
        let best = marked.met.or(marked.moves.first().copied())?;
        let text =
            format!("\"{}\": {}. {}", quoted(answer, best.span), self.what(&best.rule.family), best.rule.why);
        Some(Note { kind: NoteKind::Worked, text, span: Some(best.span) })
    }

    /// What to do about a needed move that was not heard.
    fn missing(&self, needs: &[String]) -> String {
        let names: Vec<String> = needs.iter().take(MOST_NEEDS).map(|need| self.what(need)).collect();
        match names.as_slice() {
            [one] => format!("I did not hear {one}. Compare yours with the good answer."),
            several => {
                format!("I did not hear {}. Compare yours with the good answer.", listed(several, "or"))
            }
        }
    }

    /// What a family or a rule is called: "a remedy".
    #[must_use]
    pub fn what(&self, name: &str) -> String {
        let family = self.ground.lexicon.rule(name).map_or(name, |rule| rule.family.as_str());
        match self.ground.coaching.moves.get(family) {
            Some(of_move) => of_move.what.clone(),
            None => family.replace('-', " "),
        }
    }

    /// An example of a move that was not made, from the lexicon.
    #[must_use]
    pub fn hint(&self, drill: &DrillFile, prompt: &Prompt) -> String {
        let need = drill.needs(prompt).first().map_or(drill.family.as_str(), String::as_str);
        let rules = &self.ground.lexicon.rules;
        let of_need =
            rules.iter().filter(|rule| rule.kind == Kind::Move && (rule.family == need || rule.id == need));
        let examples: Vec<&str> = of_need.filter_map(|rule| rule.flags.first()).map(String::as_str).collect();
        // Another one for each prompt, and always the same for the same.
        let number = prompt.id.bytes().map(usize::from).sum::<usize>().checked_rem(examples.len());
        match number.and_then(|number| examples.get(number)) {
            Some(example) => {
                format!("Try {}. In another story it sounds like this: \"{example}\"", self.what(need))
            }
            None => format!("Try {}.", self.what(need)),
        }
    }
}

/// The faults to speak of: the one that is trained first, then the worst.
fn told<'m, 'l>(drill: &DrillFile, marked: &'m Marked<'l>) -> Vec<&'m Blamed<'l>> {
    let mut faults: Vec<&Blamed<'_>> = marked.faults.iter().collect();
    faults.sort_by_key(|fault| (fault.rule.family != drill.family, std::cmp::Reverse(fault.severity)));
    faults.truncate(MOST_FAULTS);
    faults
}

fn broke(answer: &str, fault: &Blamed<'_>) -> Note {
    let text = format!("\"{}\" ({}). {}", quoted(answer, fault.span), fault.rule.family, fault.rule.why);
    Note { kind: NoteKind::Broke, text, span: Some(fault.span) }
}

const fn note(kind: NoteKind, text: String) -> Note {
    Note { kind, text, span: None }
}
