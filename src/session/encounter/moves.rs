//! What puts something into the account, offers apart.

use crate::coaching::{Effect, Item, Principle, Role};
use crate::lint::sentence_of;
use crate::scenario::schema::{ApologyNeed, AtFault, Channel};
use crate::scenario::{MentionKind, Step};
use crate::text::{Span, is_apostrophe};

use super::super::account::scaled;
use super::super::hearing::{Said, Sense};
use super::super::progress::Cause;
use super::super::report::Breach;
use super::Reading;

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
        let sentences = self.text.match_indices('?').map(|(at, _)| sentence_of(self.text, Span::new(at, at)));
        let is_kind = |said: &Said<'_>| {
            matches!(said.sense, Sense::Move(Role::Empathy) | Sense::Mention(MentionKind::Harm, _))
        };
        let mut asking = sentences.filter(|sentence| {
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
        let mut asked = rest.match_indices('?').map(|(at, _)| sentence_of(rest, Span::new(at, at)));
        let reach = own.end - own.start;
        let listening = &self.stage.coaching.listening;
        let first = &rest[..reach];
        let is_invited = holds_one(first, &listening.invites) && holds_one(first, &listening.wishes);
        is_invited
            || asked
                .by_ref()
                .take_while(|span| span.start <= reach + 1)
                .any(|span| holds_one(&rest[span.range()], &listening.wishes))
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

    fn take_restate(&mut self, said: &Said<'s>) {
        self.deposit(said, 100);
        self.attend();
        self.state.progress.restated = true;
        self.credit(Item::Restate, 100, Some(said.span));
    }

    fn take_needs(&mut self, said: &Said<'s>) {
        self.deposit(said, 100);
        self.attend();
        self.state.progress.needs = true;
        self.credit_checks(said.span);
        if self.step == Step::Fix && self.state.progress.extra.is_none() {
            self.credit(Item::Extra, self.stage.coaching.caps.bare_extra, Some(said.span));
        }
    }

    /// Where no apology is needed, attention is kindness enough to go on.
    fn attend(&mut self) {
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
        let mut asked = self.text.match_indices('?').map(|(at, _)| sentence_of(self.text, Span::new(at, at)));
        let listening = &self.stage.coaching.listening;
        asked.any(|span| confirms(&self.text[span.range()], &listening.confirms))
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

const fn is_of_case(said: &Said<'_>) -> bool {
    matches!(
        said.sense,
        Sense::Mention(MentionKind::Harm | MentionKind::Fact | MentionKind::Topic | MentionKind::Check, _)
    )
}

/// Whether a question asks to confirm: by a phrase anywhere in it, or by its last word.
fn confirms(question: &str, words: &[String]) -> bool {
    let folded = format!(" {}", folded(question));
    let is_last = |word: &str| folded.ends_with(&format!(" {word}")) && !folded.ends_with(" all right");
    words
        .iter()
        .any(|words| if words.contains(' ') { folded.contains(words.as_str()) } else { is_last(words) })
}

/// Whether the text holds one of these words.
pub(super) fn holds_one(text: &str, words: &[String]) -> bool {
    let folded = format!(" {} ", folded(text));
    words.iter().any(|words| folded.contains(&format!(" {words} ")))
}

/// In lower case, on one line, without punctuation but straight apostrophes.
fn folded(text: &str) -> String {
    let plain = text.chars().map(|letter| match letter {
        mark if is_apostrophe(mark) => '\'',
        letter if letter.is_alphanumeric() => letter,
        _ => ' ',
    });
    let spaced: String = plain.flat_map(char::to_lowercase).collect();
    spaced.split_whitespace().collect::<Vec<_>>().join(" ")
}

/// What the scenario says, to stand within a sentence.
pub(in crate::session) fn plain(what: &str) -> &str {
    what.trim().trim_end_matches('.')
}

/// How many clauses a text has: stretches between stops, commas, dashes and conjunctions that hold
/// two words or more.
fn clauses(text: &str) -> usize {
    let stretches = text.split(['.', '!', '?', ';', ':', ',', '\n', '–', '—']);
    let parts = stretches.flat_map(|stretch| stretch.split(" and ").flat_map(|part| part.split(" that ")));
    parts.filter(|part| part.split_whitespace().take(2).count() == 2).count()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn clauses_are_counted_by_their_stops() {
        assert_eq!(clauses("I'm so sorry, that is awful."), 2);
        assert_eq!(clauses("I'm so sorry."), 1);
        assert_eq!(clauses("Sorry. Oh. "), 0);
        assert_eq!(clauses("I'm sorry that you had to come back and wait again"), 3);
    }
}
