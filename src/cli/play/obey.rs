//! What commands do that change the session, or lead to others.

use std::io;
use std::path::Path;

use super::commands::Command;
use super::conversation::{Conversation, Flow};
use crate::cli::failure::reason;
use crate::session::Place;
use crate::transcript::Event;

impl Conversation<'_> {
    pub(super) fn obey(&mut self, command: Command) -> Flow {
        self.screen.blank();
        match command {
            Command::Quit => return Flow::Leave,
            Command::Help => self.help(),
            Command::File => self.tell_file(),
            Command::LookUp(word) => self.look_up(&word),
            Command::Steps => self.steps(),
            Command::Save(file) => self.save(file.as_deref()),
            Command::Skip => self.skip(),
            Command::Debrief if self.replay.is_over() => self.debrief(),
            Command::Debrief => {
                self.screen.text("The debrief comes when it is over. :skip ends this scene as it stands.")
            }
            Command::Why(number) if self.is_coached() || self.replay.is_over() => self.why(number),
            _ if !self.is_coached() => {
                self.screen.text("This is an exam: no help and nothing taken back, until the debrief.");
            }
            Command::Hint => self.hint(),
            Command::Goodwill => self.goodwill(),
            Command::Undo => self.back_to(None, false),
            Command::Retry(number) => self.back_to(number, true),
            Command::Why(_) => {}
        }
        Flow::On
    }

    pub(super) fn skip(&mut self) {
        if self.replay.is_over() {
            self.screen.text("It is over; there is nothing to skip.");
            return;
        }
        self.keep(Event::Skip);
        let reaction = self.replay.skip();
        self.react(&reaction);
    }

    /// Takes back the last reply, or everything from the reply of this number on. The reply is
    /// offered again to be changed if `is_offered`.
    pub(super) fn back_to(&mut self, number: Option<usize>, is_offered: bool) {
        let replies = self.replay.replies();
        if replies == 0 {
            self.screen.text("You have not said anything yet.");
            return;
        }
        let number = number.unwrap_or(replies);
        let Some(turn) = number.checked_sub(1).and_then(|at| self.replay.session().turns().get(at)) else {
            let are = if replies == 1 { "is one reply".to_owned() } else { format!("are {replies} replies") };
            self.screen.text(&format!("There {are} so far, and none with the number {number}."));
            return;
        };
        let taken = turn.text.clone();
        self.keep(if is_offered { Event::Retry { reply: number } } else { Event::Undo });
        self.replay.back_to(number);
        self.hints = (None, 0);
        match &taken {
            Some(text) if is_offered => {
                self.screen.text(&format!("Back to reply {number}. You had said:"));
                self.screen.paragraphs(2, text);
                self.offer.clone_from(text);
            }
            _ => self.screen.text("Your last reply is taken back."),
        }
        self.screen.blank();
        self.show_again();
    }

    /// What the trainee had before the eyes when the reply was to be said.
    pub(super) fn show_again(&mut self) {
        match self.replay.session().turns().last().cloned() {
            Some(turn) => self.answer(&turn.reaction),
            None => {
                let says = self.replay.session().opening();
                self.speak(&says);
            }
        }
        if let Place::Scene(kind) = self.place()
            && self.replay.session().turns().last().is_none_or(|turn| turn.reaction.at == turn.reaction.now)
        {
            self.scene(kind);
        }
    }

    pub(super) fn save(&mut self, file: Option<&str>) {
        let text = match (file, self.record.path()) {
            (Some(file), _) => match self.record.copy_to(Path::new(file)) {
                Ok(()) => format!("A copy is saved in {file}."),
                Err(error) if error.kind() == io::ErrorKind::AlreadyExists => {
                    format!("{file} is there already; choose another name.")
                }
                Err(error) => format!("{file} cannot be written: {}.", reason(&error)),
            },
            (None, Some(path)) if !self.record.is_at_risk() => {
                format!("Everything you said is saved in {}.", path.display())
            }
            (None, _) => "This session is not saved. :save FILE writes all of it into a new file.".to_owned(),
        };
        self.screen.text(&text);
    }
}
