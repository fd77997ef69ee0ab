//! What puts something into the account. Offers, and what goes over the complaint, stand beside it.

use crate::coaching::{Effect, Item, Principle, Role};
use crate::scenario::schema::{ApologyNeed, AtFault, Channel};
use crate::scenario::{MentionKind, Step};
use crate::text::Span;

use super::super::account::scaled;
use super::super::hearing::{Said, Sense};
use super::super::progress::Cause;
use super::super::report::Breach;
use super::Reading;
use super::words::{clauses, holds_one, plain, questions};

/// Words that take a bill as well as a blame.
const GIVES: [&str; 2] = ["on us", "on me"];

/// The family of what is known and used.
const PERSONAL: &str = "personal";

impl<'s> Reading<'_, 's> {
    pub(super) fn take_moves(&mut self, sentence: u32) {
        let heard: Vec<Said<'s>> = self.hearing.in_sentence(sentence).copied().collect();
        for said in &heard {
            let Sense::Move(role) = said.sense else { continue };
            match role {
                Role::Apology => self.take_apology(said),
                Role::Empathy => self.take_empathy(said),
                Role::Responsibility => self.take_responsibility(said),
                Role::Restate => self.take_restate(said),
                Role::Needs => self.take_needs(said),
                Role::FollowUp => self.take_follow_up(said),
                Role::Forgiveness => {
                    self.deposit(said, 100);
                    self.state.progress.forgiveness = true;
                }
                Role::Check => self.take_soft_check(said),
                Role::Kindness => self.take_kindness(said),
                Role::Fix | Role::Extra => {}
            }
        }
    }

    fn take_apology(&mut self, said: &Said<'s>) {
        self.apologies += 1;
        if self.takes_back(said.sentence) {
            return;
        }
        let file = &self.stage.scenario.file;
        let is_first = !self.state.progress.apologised;
        if file.apology == ApologyNeed::Unneeded {
            // One apology is manners and earns nothing; each further one makes it bigger.
            self.state.progress.apologised = true;
            if !is_first {
                self.principle(Principle::ApologyUnneeded, Some(said.span));
            }
            return;
        }
        self.deposit(said, 100);
        self.repair();
        self.state.progress.apologised = true;
        self.take_self_blame(said);
        let listening = &self.stage.coaching.listening;
        let written = file.channel == Channel::Email;
        let most = if written { listening.apologies.written } else { listening.apologies.spoken };
        if self.apologies > most && !self.report.has(Principle::OverApologised) {
            self.principle(Principle::OverApologised, Some(said.span));
        }
        let caps = self.stage.coaching.caps;
        let percent = if self.state.progress.sided { 100 } else { caps.not_landed };
        self.credit(Item::Apology, percent, Some(said.span));
        self.credit_manner(said);
        let names = said.rule.map(|rule| &self.stage.lexicon.rules[rule as usize].id);
        if names.is_some_and(|id| self.stage.coaching.listening.specific.contains(id)) {
            let percent = if self.stage.scenario.is_blank() { 100 } else { caps.named_thing };
            self.credit(Item::Specific, percent, Some(said.span));
        }
    }

    /// An apology that lands is worth its words in full, whichever came first.
    pub(super) fn side(&mut self) {
        let progress = &mut self.state.progress;
        progress.sided = true;
        progress.kind = true;
        if let (true, Some(credit)) = (progress.apologised, progress.credits.get_mut(&Item::Apology)) {
            let full = if credit.late { self.stage.coaching.caps.late } else { 100 };
            credit.percent = credit.percent.max(full);
        }
    }

    /// Whether it takes its time, and whether it is about something.
    fn credit_manner(&mut self, said: &Said<'s>) {
        let clauses = clauses(&self.text[..self.procedure()]);
        let wanted = self.stage.coaching.listening.unhurried_clauses;
        if clauses >= wanted {
            self.credit(Item::Unhurried, 100, Some(said.span));
        }
        let reach = self.stage.coaching.listening.reach as u32;
        let about = [MentionKind::Harm, MentionKind::Fact, MentionKind::Topic];
        let is_specific = about.iter().any(|kind| {
            self.hearing.mentions(*kind).any(|(_, other)| other.sentence.abs_diff(said.sentence) <= reach)
        });
        if is_specific {
            self.credit(Item::Specific, 100, Some(said.span));
        }
    }

    /// Where the first question or procedure begins, in bytes of the reply.
    fn procedure(&self) -> usize {
        let is_procedure = |said: &&Said<'_>| match said.sense {
            Sense::Move(role) => matches!(role, Role::Fix | Role::Extra | Role::Check | Role::Needs),
            Sense::Mention(kind, _) => {
                matches!(
                    kind,
                    MentionKind::Remedy | MentionKind::Extra | MentionKind::Check | MentionKind::File
                )
            }
            Sense::Fault(..) => self.stage.coaching.of_fault(said.name).is_some_and(|fault| fault.freezes),
        };
        let first =
            self.hearing.said.iter().find(is_procedure).map_or(self.text.len(), |said| said.span.start);
        first.min(self.first_question())
    }

    /// Where the first question begins. One that says what it was like asks for nothing.
    fn first_question(&self) -> usize {
        let is_kind = |said: &Said<'_>| {
            matches!(said.sense, Sense::Move(Role::Empathy) | Sense::Mention(MentionKind::Harm, _))
        };
        let mut asking = questions(self.text).filter(|sentence| {
            !self.hearing.said.iter().any(|said| is_kind(said) && sentence.covers(said.span))
        });
        asking.next().map_or(self.text.len(), |sentence| sentence.start)
    }

    fn take_empathy(&mut self, said: &Said<'s>) {
        self.side();
        let harm = self.harm_near(said.sentence);
        let is_new = harm.is_some_and(|(number, _)| !self.state.progress.harms.contains(&number));
        let caps = self.stage.coaching.caps;
        if is_new {
            self.name_harm(said, harm);
        } else {
            self.deposit(said, 100);
            let whole = harm.is_some() || self.stage.scenario.is_blank();
            self.credit(Item::Empathy, if whole { 100 } else { caps.unnamed_harm }, Some(said.span));
        }
        if self.stage.scenario.file.apology != ApologyNeed::Needed {
            self.credit_manner(said);
        }
    }

    /// Empathy that names what she lost: it counts double, and is new however often she was understood.
    fn name_harm(&mut self, said: &Said<'s>, harm: Option<(usize, Span)>) {
        let Some((number, span)) = harm else { return };
        let coaching = self.stage.coaching;
        let Some((family, rule)) = coaching.of_role(Role::Empathy) else { return };
        let double = coaching.of_principle(Principle::NamedHarm).map_or(100, |rule| rule.percent);
        // A second harm in the same reply is a second deposit, but no second surprise.
        let is_first = self.report.named.is_none();
        let words = if said.sense == Sense::Move(Role::Empathy) { said.span } else { span };
        let percent = match (is_first, words == said.span) {
            (true, true) => double,
            (true, false) => 100,
            (false, _) => 50,
        };
        let reason = coaching.of_principle(Principle::NamedHarm).map_or("", |rule| &rule.reason);
        let reason = reason.replace("{named}", plain(&self.stage.scenario.file.harms[number].what));
        let effect = scaled(rule.effect, percent);
        self.book(effect, (Principle::NamedHarm.name(), said.rule), Some(words), &reason);
        self.booked.insert(family);
        self.report.worked.push((effect.goodwill - effect.anger, *said));
        self.report.named.get_or_insert((number, span));
        self.state.progress.harms.insert(number);
        self.credit(Item::Empathy, 100, Some(words));
        self.credit(Item::Specific, 100, Some(words));
    }

    /// Harms that are named beside an apology or responsibility, or further ones beside empathy.
    pub(super) fn take_harms(&mut self, sentence: u32) {
        let heard: Vec<Said<'s>> = self.hearing.in_sentence(sentence).copied().collect();
        for said in &heard {
            let Sense::Mention(MentionKind::Harm, number) = said.sense else { continue };
            if !self.is_serious(sentence) {
                continue;
            }
            self.side();
            if !self.state.progress.harms.contains(&number) {
                self.name_harm(said, Some((number, said.span)));
            } else if let (true, Some((family, _))) =
                (self.feels(sentence), self.stage.coaching.of_role(Role::Empathy))
            {
                // Seen once more, in other words: empathy as before, and no surprise.
                self.deposit(&Said { name: family, ..*said }, 100);
            }
        }
    }

    /// "It's on us", said of a gift, takes no blame.
    fn is_of_a_gift(&self, said: &Said<'s>) -> bool {
        self.takes_all(said)
            && holds_one(&self.text[said.span.range()], &GIVES.map(str::to_owned))
            && self.hearing.in_sentence(said.sentence).any(|other| {
                matches!(other.sense, Sense::Mention(MentionKind::Extra, _) | Sense::Move(Role::Extra))
            })
    }

    /// Whether it takes the whole blame, and not only the task.
    fn takes_all(&self, said: &Said<'s>) -> bool {
        let rule = said.rule.map(|rule| &self.stage.lexicon.rules[rule as usize].id);
        rule.is_some_and(|id| self.stage.coaching.listening.self_blame.contains(id))
    }

    fn take_responsibility(&mut self, said: &Said<'s>) {
        if self.is_of_a_gift(said) {
            return;
        }
        if self.take_self_blame(said) {
            self.side();
            self.credit(Item::Responsibility, 50, Some(said.span));
            return;
        }
        self.deposit(said, 100);
        self.repair();
        self.side();
        self.credit(Item::Responsibility, 100, Some(said.span));
        if self.stage.scenario.file.apology != ApologyNeed::Needed {
            self.credit_manner(said);
        }
    }

    /// Whether it takes a blame that nobody has laid.
    fn take_self_blame(&mut self, said: &Said<'s>) -> bool {
        let takes_all = self.takes_all(said);
        let file = &self.stage.scenario.file;
        if takes_all && file.apology == ApologyNeed::Unneeded {
            self.principle(Principle::ApologyUnneeded, Some(said.span));
            return true;
        }
        let is_known = file.at_fault == AtFault::Yes || self.step >= Step::Fix;
        if !takes_all || is_known {
            return false;
        }
        if !self.report.has(Principle::SelfBlame) {
            self.principle(Principle::SelfBlame, Some(said.span));
        }
        true
    }

    /// What stands on file and is used, unless the customer is asked for it.
    pub(super) fn take_known(&mut self, sentence: u32) {
        let heard: Vec<Said<'s>> = self.hearing.in_sentence(sentence).copied().collect();
        if heard.iter().any(|said| matches!(said.sense, Sense::Mention(MentionKind::File, _))) {
            return;
        }
        let known = heard.iter().find(|said| self.is_known(said));
        let family = self.stage.coaching.moves.get_key_value(PERSONAL);
        if let (Some(said), Some((family, _))) = (known, family) {
            self.take_kindness(&Said { name: family, ..*said });
        }
    }

    fn is_known(&self, said: &Said<'_>) -> bool {
        let file = &self.stage.scenario.file;
        match said.sense {
            Sense::Mention(MentionKind::Harm, number) => file.harms[number].known,
            Sense::Mention(MentionKind::Topic, number) => file.topics[number].known,
            Sense::Mention(MentionKind::Fact, number) => file.facts[number].known,
            _ => false,
        }
    }

    /// Where no apology is needed, attention is kindness enough to go on.
    pub(super) fn attend(&mut self) {
        self.state.progress.kind |= self.stage.scenario.file.apology != ApologyNeed::Needed;
    }

    fn take_follow_up(&mut self, said: &Said<'s>) {
        self.deposit(said, 100);
        let rule = said.rule.map(|rule| &self.stage.lexicon.rules[rule as usize].id);
        let timed = rule.is_some_and(|id| self.stage.coaching.listening.timed.contains(id));
        let caps = self.stage.coaching.caps;
        if self.step == Step::Apologize {
            self.credit(Item::FollowUp, caps.unheard, Some(said.span));
            return;
        }
        self.state.progress.followed_up = true;
        let percent = if timed { 100 } else { caps.untimed };
        self.credit(Item::FollowUp, percent, Some(said.span));
    }

    fn take_soft_check(&mut self, said: &Said<'s>) {
        self.deposit(said, 100);
        if self.stage.scenario.file.checks.is_empty() && self.step > Step::Apologize {
            self.credit(Item::Checks, 100, Some(said.span));
        }
    }

    fn take_kindness(&mut self, said: &Said<'s>) {
        self.deposit(said, 100);
        if self.stage.scenario.file.apology != ApologyNeed::Needed {
            self.state.progress.kind = true;
            self.credit(Item::Empathy, self.stage.coaching.caps.unnamed_harm, Some(said.span));
            self.credit_manner(said);
        }
    }

    /// An apology or responsibility earns back a part of what earlier replies broke, and opens step
    /// 2 again.
    fn repair(&mut self) {
        let turn = self.turn;
        let has_fault = self.report.faults.iter().any(|broken| !broken.tolerated);
        let progress = &mut self.state.progress;
        if let Some(frozen) = &mut progress.frozen {
            frozen.repaired = true;
        }
        if has_fault || self.report.has(Principle::Repaired) {
            return;
        }
        let rule = self.stage.coaching.of_principle(Principle::Repaired);
        let Some(back) = self.state.account.repair(rule) else { return };
        let earlier = progress.faults.iter_mut().filter(|fault| fault.turn < turn);
        let mut repaired = false;
        for fault in earlier {
            repaired |= matches!(fault.cause, Cause::Rule { .. });
            fault.repaired = true;
        }
        self.report.principles.push(Breach { principle: Principle::Repaired, span: None, number: None });
        let reason = rule.map_or("", |rule| &rule.reason);
        if repaired || back != Effect::default() {
            self.book(back, (Principle::Repaired.name(), None), None, reason);
        }
    }
}
