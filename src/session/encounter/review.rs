//! What goes over it together: the complaint said back, what would help, and the questions of fact.

use crate::coaching::{Item, Principle, Role};
use crate::lint::sentence_of;
use crate::scenario::schema::Channel;
use crate::scenario::{MentionKind, Step};
use crate::text::Span;

use super::super::account::scaled;
use super::super::hearing::{Said, Sense};
use super::super::report::Breach;
use super::Reading;
use super::words::{confirms, holds_one, questions};

impl<'s> Reading<'_, 's> {
    /// An offer or a check that is put as a question asks what she would like.
    pub(super) fn take_wishes(&mut self, sentence: u32) {
        let is_choice = |said: &&Said<'s>| {
            let choice = [MentionKind::Remedy, MentionKind::Extra, MentionKind::Check];
            matches!(said.sense, Sense::Mention(kind, _) if choice.contains(&kind))
        };
        let Some(said) = self.hearing.in_sentence(sentence).find(is_choice).copied() else { return };
        let Some((family, _)) = self.stage.coaching.of_role(Role::Needs) else { return };
        let is_new = !self.booked.contains(family);
        if is_new && self.asks_for_a_wish(&said) && !self.is_blunt(sentence) {
            self.take_needs(&Said { name: family, rule: None, ..said });
        }
    }

    /// Whether the sentence of the words, or the one behind it, asks for a wish.
    fn asks_for_a_wish(&self, said: &Said<'s>) -> bool {
        let own = sentence_of(self.text, said.span);
        let rest = &self.text[own.start..];
        let reach = own.end - own.start;
        let listening = &self.stage.coaching.listening;
        let first = &rest[..reach];
        let is_invited = holds_one(first, &listening.invites) && holds_one(first, &listening.wishes);
        is_invited
            || questions(rest)
                .take_while(|span| span.start <= reach + 1)
                .any(|span| holds_one(&rest[span.range()], &listening.wishes))
    }

    pub(super) fn take_restate(&mut self, said: &Said<'s>) {
        self.deposit(said, 100);
        self.attend();
        self.state.progress.restated = true;
        self.credit(Item::Restate, 100, Some(said.span));
    }

    pub(super) fn take_needs(&mut self, said: &Said<'s>) {
        self.deposit(said, 100);
        self.attend();
        self.state.progress.needs = true;
        self.credit_checks(said.span);
        if self.step == Step::Fix && self.state.progress.extra.is_none() {
            self.credit(Item::Extra, self.stage.coaching.caps.bare_extra, Some(said.span));
        }
    }

    /// The complaint is said back, too, where several things of the case stand beside a question
    /// whether they are right.
    pub(super) fn take_said_back(&mut self) {
        if self.booked.contains("restate") || !self.is_said_back() {
            return;
        }
        let Some((family, _)) = self.stage.coaching.of_role(Role::Restate) else { return };
        let Some(first) = self.hearing.said.iter().find(|said| is_of_case(said)) else { return };
        let said = Said { name: family, sense: Sense::Move(Role::Restate), rule: None, ..*first };
        self.take_restate(&said);
    }

    /// Whether the reply says the complaint back, by what it mentions.
    fn is_said_back(&self) -> bool {
        let mut names: Vec<&str> =
            self.hearing.said.iter().filter(|said| is_of_case(said)).map(|said| said.name).collect();
        names.sort_unstable();
        names.dedup();
        let enough = self.stage.coaching.listening.said_back;
        (names.len() >= enough && self.confirms()) || self.is_answered_point_by_point(names.len())
    }

    /// Whether a letter takes up what it answers: nobody writes "is that right?" where she wrote it down.
    fn is_answered_point_by_point(&self, names: usize) -> bool {
        let enough = self.stage.coaching.listening.said_back;
        self.stage.scenario.file.channel == Channel::Email
            && names >= enough * 2
            && self.state.progress.harms.len() >= enough
    }

    /// Whether the reply asks whether it has the story right.
    fn confirms(&self) -> bool {
        let listening = &self.stage.coaching.listening;
        questions(self.text).any(|span| confirms(&self.text[span.range()], &listening.confirms))
            || holds_one(self.text, &listening.opens_restate)
    }

    /// Whether the customer's own words are said back hereabouts.
    pub(super) fn is_restated(&self, sentence: u32) -> bool {
        let mut moves = self.hearing.said.iter().filter(|said| said.sense == Sense::Move(Role::Restate));
        moves.any(|said| said.sentence.abs_diff(sentence) <= 1) || self.is_said_back()
    }

    /// Questions of fact that step 2 needs.
    pub(super) fn take_checks(&mut self, sentence: u32) {
        let heard: Vec<Said<'s>> = self.hearing.in_sentence(sentence).copied().collect();
        for said in &heard {
            let Sense::Mention(MentionKind::Check, number) = said.sense else { continue };
            let is_care = self.stage.scenario.file.checks[number].care;
            // A blunt question in step 1 is answered by a cue, and counts for nothing.
            if self.step == Step::Apologize && self.is_blunt(sentence) && !is_care {
                continue;
            }
            let is_new = self.state.progress.checks.insert(number);
            // Said back, an answer is not asked for again.
            if !self.report.asked.contains(&number) && (is_new || self.asks_again(said, sentence)) {
                self.report.asked.push(number);
            }
            if self.stage.scenario.file.checks[number].wish
                && let Some((family, _)) = self.stage.coaching.of_role(Role::Needs)
            {
                self.take_needs(&Said { name: family, rule: None, ..*said });
            }
            self.credit_checks(said.span);
            if is_care && is_new && self.step == Step::Apologize {
                self.take_care(said);
            } else if !self.is_blunt(sentence) {
                self.deposit_check(said);
            }
        }
    }

    /// Whether a check that was answered is asked once more, and not only told of or said back.
    fn asks_again(&self, said: &Said<'s>, sentence: u32) -> bool {
        let words = &self.text[sentence_of(self.text, said.span).range()];
        words.trim_end().ends_with('?') && !self.is_restated(sentence)
    }

    /// A question that shows care is empathy, and never too early.
    fn take_care(&mut self, said: &Said<'s>) {
        let coaching = self.stage.coaching;
        let (Some(rule), Some((family, empathy))) =
            (coaching.of_principle(Principle::Care), coaching.of_role(Role::Empathy))
        else {
            return;
        };
        self.side();
        self.booked.insert(family);
        self.book(
            scaled(empathy.effect, rule.percent),
            (Principle::Care.name(), None),
            Some(said.span),
            &rule.reason,
        );
        self.report.principles.push(Breach {
            principle: Principle::Care,
            span: Some(said.span),
            number: None,
        });
        self.credit(Item::Empathy, 100, Some(said.span));
        self.credit(Item::Specific, 100, Some(said.span));
    }

    /// A needed question that is put kindly is a soft check, in whatever words.
    fn deposit_check(&mut self, said: &Said<'s>) {
        if let Some((family, _)) = self.stage.coaching.of_role(Role::Check) {
            let as_family = Said { name: family, ..*said };
            self.deposit(&as_family, 100);
        }
    }

    fn credit_checks(&mut self, span: Span) {
        let percent = self.state.progress.checks_percent(&self.stage.scenario.file, self.stage.coaching);
        self.credit(Item::Checks, percent, Some(span));
    }
}

const fn is_of_case(said: &Said<'_>) -> bool {
    matches!(
        said.sense,
        Sense::Mention(MentionKind::Harm | MentionKind::Fact | MentionKind::Topic | MentionKind::Check, _)
    )
}
