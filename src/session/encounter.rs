//! A reply to the customer: sentence by sentence, what it deposits, what it withdraws, and how far it
//! brings the two of them.

mod faults;
mod moves;
mod offers;
mod review;
mod words;

pub(super) use words::plain;

use std::collections::BTreeSet;

use crate::coaching::{Effect, Item, Principle, Role};
use crate::lexicon::Severity;
use crate::lint::sentence_of;
use crate::scenario::schema::{ApologyNeed, Channel};
use crate::scenario::{MentionKind, Step};
use crate::text::Span;

use super::account::scaled;
use super::hearing::{Hearing, Said, Sense};
use super::progress::{Cause, Credit, Fault};
use super::report::{Breach, Report, Turning};
use super::state::State;
use super::{Entry, Stage};

/// Reads one reply into the state.
pub(super) struct Reading<'a, 's> {
    pub(super) stage: &'a Stage<'s>,
    pub(super) state: &'a mut State,
    pub(super) hearing: &'a Hearing<'s>,
    pub(super) text: &'a str,
    /// The number of the turn.
    pub(super) turn: usize,
    /// Where the two of them are. It may change within a letter.
    step: Step,
    report: Report<'s>,
    /// The families that were booked in this reply: each counts once.
    booked: BTreeSet<&'s str>,
    rules: BTreeSet<u32>,
    apologies: usize,
    /// What was offered too soon.
    unheard: Vec<Said<'s>>,
}

impl<'a, 's> Reading<'a, 's> {
    pub(super) fn new(
        stage: &'a Stage<'s>,
        state: &'a mut State,
        hearing: &'a Hearing<'s>,
        text: &'a str,
        (turn, step): (usize, Step),
    ) -> Self {
        Self {
            stage,
            state,
            hearing,
            text,
            turn,
            step,
            report: Report::new(step),
            booked: BTreeSet::new(),
            rules: BTreeSet::new(),
            apologies: 0,
            unheard: Vec::new(),
        }
    }

    /// Reads the reply. The report, and the step that has been reached.
    pub(super) fn read(mut self) -> (Report<'s>, Step) {
        let started = self.step;
        let was_landed = self.state.progress.landed;
        self.state.progress.replies += 1;
        if self.text.trim().is_empty() {
            self.report.silent = true;
            self.principle(Principle::Silence, None);
        } else if self.hearing.is_empty() {
            self.report.puzzled = true;
            self.principle(Principle::Puzzled, None);
        } else {
            self.sentences();
        }
        if let Some(at) = self.hearing.cut {
            self.principle(Principle::TooLong, Some(last_words(self.text, at)));
        }
        let is_calm = self.report.faults.is_empty() && !self.report.recited;
        if was_landed && is_calm && started == Step::Apologize && !self.hearing.is_empty() {
            self.principle(Principle::Cooling, None);
        }
        if started == Step::Review {
            self.state.progress.review_replies += 1;
        }
        self.advance(true);
        self.report.asks_in_writing = self.stage.scenario.file.channel == Channel::Email
            && self.state.progress.replies == 1
            && (self.report.asked.iter().any(|number| self.stage.scenario.file.checks[*number].needed)
                || self.booked.contains("ask-needs"));
        self.remember();
        (self.report, self.step)
    }

    fn sentences(&mut self) {
        self.report.recited = self.is_recited();
        if self.report.recited {
            self.state.recited = true;
            self.principle(Principle::Recited, None);
        }
        let mut numbers: Vec<u32> = self.hearing.said.iter().map(|said| said.sentence).collect();
        numbers.dedup();
        for sentence in numbers {
            self.take_faults(sentence);
            if !self.report.recited {
                self.take_moves(sentence);
                self.take_known(sentence);
                self.take_harms(sentence);
                self.take_checks(sentence);
                self.take_wishes(sentence);
                self.take_offers(sentence);
            }
            if self.goes_on_within() {
                self.advance(false);
            }
        }
        if !self.report.recited {
            self.take_said_back();
            self.take_what_came_too_soon();
        }
        let heard_before = self.report.principles.iter().any(|breach| breach.principle == Principle::Again);
        self.report.again = heard_before && self.report.entries.iter().all(|entry| entry.goodwill <= 0);
    }

    /// Whether one reply may go through several steps: whoever writes is not interrupted.
    fn goes_on_within(&self) -> bool {
        matches!(self.stage.scenario.file.channel, Channel::Chat | Channel::Email)
    }

    fn is_recited(&self) -> bool {
        let listening = &self.stage.coaching.listening;
        // Who says nothing of the case, or has recited before, is not believed so much at once.
        let of_case = |said: &Said<'_>| matches!(said.sense, Sense::Mention(..));
        let is_believed =
            !self.state.recited && (self.stage.scenario.is_blank() || self.hearing.said.iter().any(of_case));
        let written = self.stage.scenario.file.channel == Channel::Email && is_believed;
        let most = |limit: crate::coaching::BySpeech| if written { limit.written } else { limit.spoken };
        let of = |is: fn(&Sense) -> bool| {
            let said = self.hearing.said.iter().filter(move |said| is(&said.sense));
            let mut names: Vec<&str> = said.map(|said| said.name).collect();
            names.sort_unstable();
            names
        };
        let all = of(|sense| matches!(sense, Sense::Move(_)));
        let most_often = all.chunk_by(|one, other| one == other).map(<[_]>::len).max().unwrap_or_default();
        let mut moves = all.clone();
        moves.dedup();
        let faults = of(|sense| matches!(sense, Sense::Fault(..))).len();
        moves.len() > most(listening.different_moves)
            || most_often >= most(listening.same_move)
            || (moves.len() >= listening.mixed.moves && faults >= listening.mixed.faults)
    }

    /// Goes on to the next step where its gate is open.
    fn advance(&mut self, is_end: bool) {
        let file = &self.stage.scenario.file;
        loop {
            let progress = &mut self.state.progress;
            let next = match self.step {
                Step::Apologize => {
                    let anger = self.state.account.feelings().anger;
                    let is_calm = anger < file.mood.ready_below;
                    // Who has been seen and is no longer angry does not wait for the word sorry.
                    let is_over = progress.sided && anger < file.mood.ready_below / 2;
                    let is_ready = is_over || (progress.has_landed(file.apology) && is_calm);
                    // Whoever is being apologised to for nothing is busy with being embarrassed.
                    let is_ready = is_ready && !self.report.has(Principle::ApologyUnneeded);
                    is_ready.then_some((Step::Review, Turning::Ready))
                }
                Step::Review if progress.remedy.is_some() => Some((Step::Fix, Turning::Fixed)),
                Step::Review => {
                    let patience = self.stage.coaching.listening.review_replies;
                    let moves_on = is_end && progress.review_replies >= patience;
                    let is_done = progress.is_reviewed(file) || moves_on;
                    is_done.then_some((Step::Fix, Turning::Agreed))
                }
                Step::Fix | Step::Document => None,
            };
            let Some((step, turning)) = next else { return };
            self.step = step;
            if turning == Turning::Agreed && progress.remedy.is_none() && progress.first_aid.is_some() {
                progress.remedy = progress.first_aid;
                progress.remedy_reply = progress.replies;
            }
            if !self.report.reached(turning) {
                self.report.turning.push(turning);
            }
            if !self.goes_on_within() {
                return;
            }
        }
    }

    /// What later replies are measured by.
    fn remember(&mut self) {
        let state = &mut *self.state;
        state.account.remember(self.booked.iter().copied());
        for name in &self.hearing.names {
            *state.said.entry((*name).to_owned()).or_default() += 1;
        }
        for entry in self.report.entries.iter().filter(|entry| entry.goodwill < 0 || entry.anger > 0) {
            state.account.owe(Effect { goodwill: entry.goodwill, anger: entry.anger });
        }
    }

    /// Books an entry.
    fn book(&mut self, effect: Effect, at: (&str, Option<u32>), span: Option<Span>, reason: &str) {
        let entry = Entry {
            goodwill: effect.goodwill,
            anger: effect.anger,
            span,
            rule: at.1,
            name: at.0.to_owned(),
            reason: reason.to_owned(),
        };
        self.state.account.book(&entry);
        self.report.entries.push(entry);
    }

    /// Books what a principle does, and remembers what it costs.
    fn principle(&mut self, principle: Principle, span: Option<Span>) {
        self.principle_of(principle, span, None);
    }

    fn principle_of(&mut self, principle: Principle, span: Option<Span>, number: Option<usize>) {
        if self.report.has(principle) && span.is_none() {
            return;
        }
        self.report.principles.push(Breach { principle, span, number });
        let Some(rule) = self.stage.coaching.of_principle(principle) else { return };
        self.book(rule.effect, (principle.name(), None), span, &rule.reason);
        if rule.marks > 0 {
            self.blame(Cause::Principle(principle), span);
        }
    }

    fn blame(&mut self, cause: Cause, span: Option<Span>) {
        let fault = Fault { cause, turn: self.turn, span, step: self.step, repaired: false };
        self.state.progress.faults.push(fault);
    }

    /// Notes that an item was done, in percent; in a later step than its own it is worth less.
    fn credit(&mut self, item: Item, percent: u8, span: Option<Span>) {
        let own = match item {
            Item::Restate | Item::Checks => Step::Review,
            Item::Remedy | Item::Extra | Item::FollowUp => Step::Fix,
            _ => Step::Apologize,
        };
        // A letter is read at one sitting: within it, nothing comes late.
        let step = if self.goes_on_within() { self.report.at } else { self.step };
        // An apology that has reached her may still grow while it is gone over.
        let late = if own == Step::Apologize { step > Step::Review } else { step > own };
        let worth = if late { u32::from(self.stage.coaching.caps.late) } else { 100 };
        let percent = (u32::from(percent) * worth / 100) as u8;
        self.state.progress.credit(item, Credit { percent, turn: self.turn, span, late });
    }

    /// Books a move, unless its family has been booked in this reply. What it was worth.
    fn deposit(&mut self, said: &Said<'s>, percent: i16) -> Option<i16> {
        let rule = self.stage.coaching.of_move(said.name)?;
        if !self.booked.insert(said.name) {
            return None;
        }
        let left = self.state.account.repeated(said.name, &rule.repeats);
        let effect = scaled(scaled(rule.effect, percent), left);
        let why = said.rule.map_or("", |rule| self.stage.lexicon.rules[rule as usize].why.as_str());
        // What only the scenario's ear heard has no rule with a reason.
        let why = if why.is_empty() { rule.reason.as_str() } else { why };
        if left <= 0 {
            self.repeat(said, effect);
        } else {
            self.book(effect, (said.name, said.rule), Some(said.span), why);
            self.report.worked.push((effect.goodwill - effect.anger, *said));
        }
        Some(left)
    }

    fn repeat(&mut self, said: &Said<'s>, effect: Effect) {
        self.report.principles.push(Breach {
            principle: Principle::Again,
            span: Some(said.span),
            number: None,
        });
        let reason = self.stage.coaching.of_principle(Principle::Again).map_or("", |rule| &rule.reason);
        self.book(effect, (Principle::Again.name(), said.rule), Some(said.span), reason);
    }

    /// Whether a harm of the scenario stands near the sentence.
    fn harm_near(&self, sentence: u32) -> Option<(usize, Span)> {
        let reach = self.stage.coaching.listening.reach as u32;
        let mut near = self.hearing.mentions(MentionKind::Harm);
        near.find(|(_, said)| said.sentence.abs_diff(sentence) <= reach)
            .map(|(number, said)| (number, said.span))
    }

    /// Whether the sentence takes a harm seriously.
    fn is_serious(&self, sentence: u32) -> bool {
        let is_small = self.stage.scenario.file.apology == ApologyNeed::Unneeded;
        let serious = |role| {
            let by_kindness = if is_small { Role::Kindness } else { Role::Apology };
            matches!(role, Role::Empathy | Role::Responsibility) || role == by_kindness
        };
        let reach = self.stage.coaching.listening.reach as u32;
        let mut said = self.hearing.said.iter();
        said.any(|said| match said.sense {
            Sense::Move(role) => serious(role) && said.sentence.abs_diff(sentence) <= reach,
            _ => false,
        }) || self.feels(sentence)
            || self.names_two_harms(sentence)
    }

    /// Whether the sentence tells of two things that were lost: whoever can has seen them.
    fn names_two_harms(&self, sentence: u32) -> bool {
        let said = || self.hearing.in_sentence(sentence);
        let Some(first) = said().next() else { return false };
        let harms: BTreeSet<usize> = said()
            .filter_map(|said| match said.sense {
                Sense::Mention(MentionKind::Harm, number) => Some(number),
                _ => None,
            })
            .collect();
        let asks = self.text[sentence_of(self.text, first.span).range()].trim_end().ends_with('?');
        harms.len() > 1 && !asks && !said().any(|said| matches!(said.sense, Sense::Fault(..)))
    }

    /// Whether the sentence says what it must have been like, in words that no rule knows.
    fn feels(&self, sentence: u32) -> bool {
        let is_broken =
            |said: &Said<'_>| matches!(said.sense, Sense::Fault(severity, _) if severity > Severity::Advice);
        let mut said = self.hearing.in_sentence(sentence).peekable();
        let Some(first) = said.peek().map(|first| first.span) else { return false };
        let own = sentence_of(self.text, first);
        let next = own.end.saturating_add(1).min(self.text.len());
        // "Two hours of typing, for nothing. What a pain." The feeling may stand behind the thing.
        let end = if self.text.is_char_boundary(next) {
            sentence_of(self.text, Span::new(next, next)).end.max(own.end)
        } else {
            own.end
        };
        let words = &self.text[own.start..end];
        !said.any(is_broken) && words::holds_one(words, &self.stage.coaching.listening.feels)
    }
}

/// So many words are quoted where the customer cuts in.
const LAST_WORDS: usize = 4;

/// The last few words before the customer cut in.
fn last_words(text: &str, at: usize) -> Span {
    let said = text[..at].trim_end();
    let first = said.split_whitespace().rev().take(LAST_WORDS).last().unwrap_or(said);
    let start = first.as_ptr() as usize - text.as_ptr() as usize;
    Span::new(start, said.len())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_last_words_are_four_at_most() {
        let text = "one two three four five six";
        assert_eq!(&text[last_words(text, text.len()).range()], "three four five six");
        assert_eq!(&text[last_words(text, 7).range()], "one two");
    }
}
