//! What takes something from the account.

use crate::coaching::{Principle, Role};
use crate::lexicon::Severity;
use crate::scenario::schema::ApologyNeed;
use crate::scenario::{MentionKind, Step};

use super::super::account::scaled;
use super::super::hearing::{Due, Said, Sense};
use super::super::progress::{Cause, Frozen};
use super::super::report::Broken;
use super::Reading;
use super::words::holds_one;
use crate::lint::sentence_of;

/// A blunt question that is asked after a word of sympathy does half the harm, and so does a second
/// fault of the same family.
const SOFTENED: i16 = 50;

impl<'s> Reading<'_, 's> {
    pub(super) fn take_faults(&mut self, sentence: u32) {
        let heard: Vec<Said<'s>> = self.hearing.in_sentence(sentence).copied().collect();
        for said in heard {
            match said.sense {
                Sense::Fault(severity, due) => self.take_fault(&said, severity, due),
                Sense::Mention(MentionKind::File, number) => self.ask_for_what_is_on_file(&said, number),
                Sense::Mention(MentionKind::Topic, number) => self.take_what_costs_here(&said, number),
                _ => {}
            }
        }
    }

    /// What no rule minds, and this customer does.
    fn take_what_costs_here(&mut self, said: &Said<'s>, number: usize) {
        let rules = &self.stage.lexicon.rules;
        let costs = self.stage.scenario.file.topics[number].costs.as_ref();
        let Some(at) = costs.and_then(|id| rules.iter().position(|rule| rule.id == *id)) else { return };
        let name = rules[at].family.as_str();
        let is_heard = |other: &Said<'s>| other.name == name && matches!(other.sense, Sense::Fault(..));
        if !self.hearing.in_sentence(said.sentence).any(is_heard) {
            let fault = Said { name, rule: Some(at as u32), ..*said };
            self.take_fault(&fault, rules[at].severity, Due::Yes);
        }
    }

    fn take_fault(&mut self, said: &Said<'s>, severity: Severity, due: Due) {
        let Some(rule) = said.rule else { return };
        if !self.rules.insert(rule) {
            return;
        }
        let particular = self.stage.coaching.of_fault(said.name);
        // Where nobody waits for an apology, no question comes before it.
        let asks = particular.is_some_and(|fault| fault.freezes)
            && self.stage.scenario.file.apology != ApologyNeed::Unneeded
            && severity > Severity::Advice
            && !self.shows_care(said.sentence);
        let is_first_step = self.step == Step::Apologize;
        let is_said_back = particular.is_some_and(|fault| fault.said_back) && severity < Severity::Error;
        if is_said_back && self.is_restated(said.sentence) {
            return;
        }
        let tolerated = !is_first_step && particular.is_some_and(|fault| fault.tolerated)
            || (due == Due::NoLonger && !asks);
        let landed = self.state.progress.landed;
        let question = if landed { Principle::HurriedCheck } else { Principle::EarlyCheck };
        let early = (asks && is_first_step).then_some(question);
        let broken = Broken { said: *said, severity, step: self.step, early, tolerated };
        if tolerated || (due == Due::NoLonger && early.is_none()) {
            if asks && !self.is_softened(said.sentence) {
                self.report.faults.push(broken);
            }
            return;
        }
        self.report.faults.push(broken);
        match early {
            Some(Principle::HurriedCheck) => self.principle(Principle::HurriedCheck, Some(said.span)),
            _ => self.withdraw(said, rule, severity, due),
        }
        if early == Some(Principle::EarlyCheck) {
            self.freeze(said);
        }
        self.blame(Cause::Rule { rule, severity, freezes: early.is_some() }, Some(said.span));
    }

    /// What a fault costs: less where it comes late enough, and for more of the same.
    fn withdraw(&mut self, said: &Said<'s>, rule: u32, severity: Severity, due: Due) {
        let coaching = self.stage.coaching;
        let families = self.report.faults.iter().filter(|broken| broken.said.name == said.name);
        let is_more_of_it = families.count() > 1;
        let softened = if due == Due::NoLonger || is_more_of_it { SOFTENED } else { 100 };
        let weight = coaching.of_fault(said.name).and_then(|fault| fault.weight).unwrap_or(100);
        let effect = scaled(coaching.severities.of(severity).effect, weight * softened / 100);
        let why = &self.stage.lexicon.rules[rule as usize].why;
        self.book(effect, (said.name, Some(rule)), Some(said.span), why);
    }

    /// A question that puts the customer on trial shuts step 2 until it is repaired.
    pub(super) fn freeze(&mut self, said: &Said<'s>) {
        let is_first = !self.report.has(Principle::EarlyCheck);
        if is_first {
            self.principle(Principle::EarlyCheck, Some(said.span));
        }
        let frozen = &mut self.state.progress.frozen;
        if frozen.is_none_or(|frozen| frozen.repaired) {
            *frozen = Some(Frozen { turn: self.turn, span: said.span, repaired: false });
        }
    }

    fn ask_for_what_is_on_file(&mut self, said: &Said<'s>, number: usize) {
        let sentence = &self.text[sentence_of(self.text, said.span).range()];
        if holds_one(sentence, &self.stage.coaching.listening.asks_nothing) {
            return;
        }
        self.principle_of(Principle::OnFile, Some(said.span), Some(number));
        if self.step == Step::Apologize && !self.state.progress.landed {
            self.freeze(said);
        }
    }

    /// Whether something in the sentence takes back what it offers.
    pub(super) fn refuses(&self, sentence: u32) -> bool {
        self.has_fault(sentence, |fault| fault.refuses)
    }

    /// Whether something in the sentence takes back its apology.
    pub(super) fn takes_back(&self, sentence: u32) -> bool {
        self.has_fault(sentence, |fault| fault.takes_back)
    }

    /// Whether the sentence asks something that shows care, which is never too early.
    fn shows_care(&self, sentence: u32) -> bool {
        self.hearing.in_sentence(sentence).any(|said| match said.sense {
            Sense::Mention(MentionKind::Check, number) => self.stage.scenario.file.checks[number].care,
            _ => false,
        })
    }

    /// Whether a favour was asked in the sentence or right beside it.
    fn is_softened(&self, sentence: u32) -> bool {
        let mut said = self.hearing.said.iter();
        said.any(|said| said.sense == Sense::Move(Role::Check) && said.sentence.abs_diff(sentence) <= 2)
    }

    /// Whether the sentence asks bluntly.
    pub(super) fn is_blunt(&self, sentence: u32) -> bool {
        self.has_fault(sentence, |fault| fault.freezes)
    }

    fn has_fault(&self, sentence: u32, is: fn(&crate::coaching::FaultRule) -> bool) -> bool {
        self.hearing.in_sentence(sentence).any(|said| {
            matches!(said.sense, Sense::Fault(severity, _) if severity > Severity::Advice)
                && self.stage.coaching.of_fault(said.name).is_some_and(is)
        })
    }
}
