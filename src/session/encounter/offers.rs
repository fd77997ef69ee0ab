//! Remedies and extras: what counts as an offer, and when it is heard at all.

use crate::coaching::{Item, Principle, Role};
use crate::lint::sentence_of;
use crate::scenario::schema::{ApologyNeed, AtFault, Fit, Offer};
use crate::scenario::{MentionKind, Step};
use crate::text::straight;

use super::super::coach::clause_of;
use super::super::hearing::{Said, Sense};
use super::super::progress::Offered;
use super::super::report::{Breach, Turning};
use super::Reading;
use super::words::{holds_one, plain};

impl<'s> Reading<'_, 's> {
    pub(super) fn take_offers(&mut self, sentence: u32) {
        let heard: Vec<Said<'s>> = self.hearing.in_sentence(sentence).copied().collect();
        // What she may choose from has not been given yet.
        let refuses = self.refuses(sentence) || self.is_choice(&heard);
        for said in &heard {
            match said.sense {
                Sense::Mention(MentionKind::Remedy, number) if !refuses && self.is_offer(said) => {
                    self.report.offered.push(said.name);
                    self.take_remedy(said, Some(number));
                }
                Sense::Mention(MentionKind::Extra, number) if !refuses && self.is_offer(said) => {
                    self.report.offered.push(said.name);
                    self.take_extra(said, Some(number));
                }
                Sense::Move(Role::Fix) => self.take_bare_fix(said, &heard),
                Sense::Move(Role::Extra) => self.take_bare_extra(said),
                _ => {}
            }
        }
    }

    /// A letter is read to its end: what stood in it too soon is there once the apology has been read. So
    /// it is where nobody waits for an apology, and a kind word in the same breath is enough.
    pub(super) fn take_what_came_too_soon(&mut self) {
        let is_heard = self.goes_on_within() || self.stage.scenario.file.apology != ApologyNeed::Needed;
        if self.step == Step::Apologize || !is_heard {
            return;
        }
        for said in std::mem::take(&mut self.unheard) {
            match said.sense {
                Sense::Mention(MentionKind::Remedy, number) => self.take_remedy(&said, Some(number)),
                Sense::Mention(MentionKind::Extra, number) => self.take_extra(&said, Some(number)),
                _ => {}
            }
        }
    }

    /// Whether what is mentioned is offered: by a move in its sentence, or by how the sentence is made.
    fn is_offer(&self, said: &Said<'s>) -> bool {
        let by_move = self.hearing.in_sentence(said.sentence).any(|other| {
            matches!(
                other.sense,
                Sense::Move(
                    Role::Fix
                        | Role::Extra
                        | Role::Responsibility
                        | Role::Needs
                        | Role::FollowUp
                        | Role::Check
                        | Role::Kindness
                )
            )
        });
        by_move || {
            let span = sentence_of(self.text, said.span);
            let sentence = &self.text[span.range()];
            // What is spared the customer afterwards denies nothing: "so that you don't have to".
            let end = clause_of(self.text, said.span).end.clamp(span.start, span.end);
            let purpose = self.text.get(said.span.end..end).and_then(|rest| rest.find(" so "));
            let end = purpose.map_or(end, |at| said.span.end + at);
            let denies = self.denies(&self.text[span.start..end]);
            !denies && (holds_one(sentence, &self.stage.coaching.listening.offers) || self.tells(sentence))
        }
    }

    /// Whether the sentence asks which of several things she would like.
    fn is_choice(&self, heard: &[Said<'s>]) -> bool {
        let checks = &self.stage.scenario.file.checks;
        let asks = |said: &&Said<'s>| matches!(said.sense, Sense::Mention(MentionKind::Check, number) if checks[number].wish);
        heard.iter().find(asks).is_some_and(|said| {
            self.text[sentence_of(self.text, said.span).range()].trim_end().ends_with('?')
        })
    }

    fn denies(&self, text: &str) -> bool {
        let words = &self.stage.lexicon.words.negators;
        holds_one(text, words) || straight(text).contains("n't")
    }

    /// Whether the sentence tells plainly what the trainee does or has done.
    fn tells(&self, sentence: &str) -> bool {
        let listening = &self.stage.coaching.listening;
        !sentence.trim_end().ends_with('?')
            && holds_one(sentence, &listening.acts)
            && !holds_one(sentence, &listening.supposes)
    }

    /// Whether she is too angry to hear it. It was said all the same, which is worth a little.
    fn is_too_soon(&mut self, said: &Said<'s>, item: Item, offer: Option<&Offer>) -> bool {
        if self.step != Step::Apologize {
            return false;
        }
        if offer.is_some_and(|offer| offer.at_once) {
            // Who helps at once has taken her side; where nobody waits for that, it is only done.
            if self.stage.scenario.file.apology == ApologyNeed::Needed {
                self.side();
            }
            return false;
        }
        // Where nobody is angry and nothing needs an apology, a kind act opens the gate itself.
        if self.stage.scenario.file.apology == ApologyNeed::Unneeded {
            self.state.progress.kind = true;
            self.advance(false);
            if self.step != Step::Apologize {
                return false;
            }
        }
        let caps = self.stage.coaching.caps;
        let fit = u16::from(match offer.map(|offer| offer.fits) {
            None if !self.stage.scenario.is_blank() => caps.bare_remedy,
            Some(Fit::Poor) => caps.poor_fit,
            _ => 100,
        });
        self.credit(item, (u16::from(caps.unheard) * fit / 100) as u8, Some(said.span));
        self.unheard.push(*said);
        if !self.report.has(Principle::TooSoon) {
            self.principle(Principle::TooSoon, Some(said.span));
        }
        true
    }

    fn take_remedy(&mut self, said: &Said<'s>, number: Option<usize>) {
        let offer = number.map(|number| &self.stage.scenario.file.remedies[number]);
        if self.is_too_soon(said, Item::Remedy, offer) {
            return;
        }
        let offered = Offered { number, fit: offer.map_or(Fit::Good, |offer| offer.fits) };
        self.give(Role::Fix, said, offer, offered.fit);
        let caps = self.stage.coaching.caps;
        let percent = match (offer, offered.fit) {
            (None, _) if !self.stage.scenario.is_blank() => caps.bare_remedy,
            (_, Fit::Poor) => caps.poor_fit,
            _ => 100,
        };
        self.credit(Item::Remedy, percent, Some(said.span));
        // Where the blame is not ours to take, whoever puts it right has taken the task.
        if self.stage.scenario.file.at_fault != AtFault::Yes && offered.fit > Fit::Poor {
            self.credit(Item::Responsibility, caps.task_by_remedy, Some(said.span));
        }
        let progress = &mut self.state.progress;
        // What cannot wait is done at once, and the rest of the way is gone all the same.
        if self.step == Step::Apologize {
            progress.first_aid.get_or_insert(offered);
            return;
        }
        if progress.remedy.is_none() {
            progress.remedy_reply = progress.replies;
            self.report.turning.push(Turning::Fixed);
        }
        if progress.remedy.is_none_or(|known| is_better(offered, known)) {
            progress.remedy = Some(offered);
        }
    }

    fn take_extra(&mut self, said: &Said<'s>, number: Option<usize>) {
        let offer = number.map(|number| &self.stage.scenario.file.extras[number]);
        if self.is_too_soon(said, Item::Extra, offer) {
            return;
        }
        let offered = Offered { number, fit: offer.map_or(Fit::Poor, |offer| offer.fits) };
        let is_blank = self.stage.scenario.is_blank();
        let fit = if is_blank { Fit::Good } else { offered.fit };
        self.give(Role::Extra, said, offer, fit);
        let caps = self.stage.coaching.caps;
        let percent = match (offer, fit) {
            (None, _) if !is_blank => caps.bare_extra,
            (_, Fit::Poor) => caps.poor_fit,
            (Some(_), Fit::Good) => caps.good_extra,
            _ => 100,
        };
        self.credit(Item::Extra, percent, Some(said.span));
        let known = &mut self.state.progress.extra;
        if known.is_none_or(|known| is_better(offered, known)) {
            *known = Some(Offered { fit, ..offered });
        }
    }

    /// Books a remedy or an extra, by how well it fits.
    fn give(&mut self, role: Role, said: &Said<'s>, offer: Option<&'s Offer>, fit: Fit) {
        let coaching = self.stage.coaching;
        let Some((family, _)) = coaching.of_role(role) else { return };
        let what = offer.map(|offer| plain(&offer.what));
        self.report.given = self.report.given.or(what);
        let poor = coaching.of_principle(Principle::PoorFit);
        let percent = if fit == Fit::Poor { poor.map_or(100, |rule| rule.percent) } else { 100 };
        let as_family = Said { name: family, ..*said };
        let left = self.deposit(&as_family, percent);
        if let (Fit::Poor, Some(offer), Some(_)) = (fit, offer, left) {
            let number = self.number_of(offer);
            self.report.principles.push(Breach {
                principle: Principle::PoorFit,
                span: Some(said.span),
                number,
            });
        }
        if let (Fit::Delights, Some(what)) = (fit, what)
            && self.state.delighted.insert(role)
            && let Some(rule) = coaching.of_principle(Principle::Delights)
        {
            let reason = rule.reason.replace("{given}", what);
            self.book(rule.effect, (Principle::Delights.name(), None), Some(said.span), &reason);
            self.report.delights = Some(what);
        }
    }

    fn number_of(&self, offer: &Offer) -> Option<usize> {
        let file = &self.stage.scenario.file;
        let same = |other: &Offer| other.id == offer.id;
        file.remedies.iter().position(same).or_else(|| file.extras.iter().position(same))
    }

    /// A remedy that the scenario does not know. It is a poor one, unless there is no scenario.
    fn take_bare_fix(&mut self, said: &Said<'s>, heard: &[Said<'s>]) {
        let has_remedy = heard
            .iter()
            .any(|other| matches!(other.sense, Sense::Mention(MentionKind::Remedy | MentionKind::Extra, _)));
        if has_remedy || self.refuses(said.sentence) {
            return;
        }
        match self.step {
            // "This is ours, and I'm putting it right" takes the task; it hurries nobody.
            Step::Apologize => {
                let is_task = heard.iter().any(|other| {
                    matches!(other.sense, Sense::Move(Role::Responsibility | Role::Apology | Role::Empathy))
                });
                if !is_task {
                    self.is_too_soon(said, Item::Remedy, None);
                }
            }
            Step::Fix => self.take_remedy(said, None),
            Step::Review | Step::Document if self.stage.scenario.is_blank() => self.take_remedy(said, None),
            Step::Review | Step::Document => {
                self.deposit(said, 50);
            }
        }
    }

    fn take_bare_extra(&mut self, said: &Said<'s>) {
        let reach = self.stage.coaching.listening.reach as u32;
        let near = |other: &Said<'_>| other.sentence.abs_diff(said.sentence) <= reach;
        let has_extra = self.hearing.mentions(MentionKind::Extra).any(|(_, other)| near(other));
        if !has_extra && !self.refuses(said.sentence) {
            self.take_extra(said, None);
        }
    }
}

fn is_better(offered: Offered, known: Offered) -> bool {
    (offered.number.is_some(), offered.fit) > (known.number.is_some(), known.fit)
}
