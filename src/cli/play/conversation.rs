//! The conversation: lines in, pages out, and every reply written down before it is answered.

use super::begin::Home;
use super::commands::{ALL, Command};
use super::record::Record;
use super::wording::{self, has_lines};
use crate::cli::commands::Input;
use crate::cli::editor::{self, Editor, LONGEST, Typed};
use crate::cli::failure::Failure;
use crate::cli::journal::Saved;
use crate::cli::screen::{Ink, Screen};
use crate::scenario::{ScenarioFile, SceneKind};
use crate::session::{Place, Reaction};
use crate::transcript::{Event, Header, Mode, Replay};

/// A session with a person in front of it.
pub(super) struct Conversation<'s> {
    pub(super) header: Header,
    pub(super) replay: Replay<'s>,
    pub(super) screen: Screen,
    pub(super) record: Record,
    pub(super) editor: Box<dyn Editor>,
    /// Where it is recorded.
    home: Home,
    /// Where hints were asked for last, and how many.
    pub(super) hints: (Option<Place>, usize),
    /// What is offered to be changed: a reply that was taken back.
    pub(super) offer: String,
    /// Whether the last thing typed was an empty line.
    has_paused: bool,
}

/// What came of waiting for the trainee.
enum Said {
    Words(String),
    Command(Command),
    /// Something that has been dealt with.
    Nothing,
    /// There is nothing more to come.
    End,
}

/// Whether the conversation goes on.
#[derive(PartialEq, Eq)]
pub(super) enum Flow {
    On,
    Leave,
}

impl<'s> Conversation<'s> {
    pub(super) fn new(
        header: Header,
        replay: Replay<'s>,
        record: Record,
        screen: Screen,
        mut editor: Box<dyn Editor>,
        home: Home,
    ) -> Self {
        let stage = replay.session().stage();
        let items = stage.scenario.file.file.iter().map(|entry| entry.item.clone());
        let families = stage.lexicon.families.iter().map(|family| family.name.clone());
        editor.learn(items.chain(families).collect());
        Self {
            header,
            replay,
            screen,
            record,
            editor,
            home,
            hints: (None, 0),
            offer: String::new(),
            has_paused: false,
        }
    }

    /// The scenario as its author wrote it.
    pub(super) fn file(&self) -> &'s ScenarioFile {
        &self.replay.session().stage().scenario.file
    }

    pub(super) fn place(&self) -> Place {
        self.replay.session().place()
    }

    pub(super) const fn is_coached(&self) -> bool {
        matches!(self.header.mode, Mode::Coach)
    }

    /// The first page of a new session.
    pub(super) fn open(&mut self, trouble: Option<&str>) -> Result<(), Failure> {
        self.banner();
        if let Some(trouble) = trouble {
            self.screen.blank();
            let told = format!("This session cannot be saved ({trouble}). You can play it all the same.");
            self.screen.labelled(0, "Note:", Ink::Bad, &told);
        }
        let says = self.replay.session().opening();
        self.screen.blank();
        self.speak(&says);
        self.keep(Event::Customer { says });
        self.screen.show()
    }

    /// The first page of a session that goes on.
    pub(super) fn reopen(&mut self, lexicon_hash: String, has_changed: bool) -> Result<(), Failure> {
        self.keep(Event::Resumed { program: env!("CARGO_PKG_VERSION").to_owned(), lexicon_hash });
        self.banner();
        self.screen.blank();
        let replies = self.replay.replies();
        self.screen.text(&match replies {
            0 => "You go on at the beginning.".to_owned(),
            1 => "You go on after your first reply.".to_owned(),
            _ => format!("You go on after your {replies} replies so far. The last of them:"),
        });
        if has_changed {
            self.screen.text(
                "amends or its lexicon has changed since you paused, so the customer may answer differently.",
            );
        }
        self.screen.blank();
        match self.replay.session().turns().last().cloned() {
            Some(turn) => {
                if let Some(text) = &turn.text {
                    self.screen.labelled(0, "You:", Ink::Strong, text);
                    self.screen.blank();
                }
                self.answer(&turn.reaction);
            }
            None => {
                let says = self.replay.session().opening();
                self.speak(&says);
            }
        }
        if self.replay.is_over() {
            self.finish();
        }
        self.screen.show()
    }

    /// Goes on until the trainee leaves, or nothing more can be read.
    pub(super) fn run(&mut self) -> Result<(), Failure> {
        loop {
            let flow = match self.listen()? {
                Said::Words(text) => {
                    self.reply(&text);
                    Flow::On
                }
                Said::Command(command) => self.obey(command),
                Said::Nothing => Flow::On,
                Said::End => Flow::Leave,
            };
            if flow == Flow::Leave {
                break;
            }
            self.screen.show()?;
        }
        self.leave()
    }

    /// Waits for the trainee.
    fn listen(&mut self) -> Result<Said, Failure> {
        let place = self.place();
        self.screen.before_typing();
        self.screen.show()?;
        let offer = std::mem::take(&mut self.offer);
        let line = match self.line(prompt(place), &offer)? {
            Typed::Line(line) => line,
            Typed::Interrupted => {
                self.screen.text("Nothing was said, and everything is kept. :quit leaves.");
                return Ok(Said::Nothing);
            }
            Typed::End => return Ok(Said::End),
        };
        let is_silent = line.trim().is_empty();
        let has_paused = std::mem::replace(&mut self.has_paused, is_silent);
        match ALL.read(&line) {
            Input::Command(command) => Ok(Said::Command(command)),
            Input::Say(_) if matches!(place, Place::Over(_)) => {
                if !is_silent {
                    self.screen.text(over(self.is_coached()));
                }
                Ok(Said::Nothing)
            }
            Input::Say(_) if is_silent && has_lines(place, self.file().channel) => {
                self.screen.text("There is nothing to send yet. Type :hint if you do not know how to begin.");
                Ok(Said::Nothing)
            }
            Input::Say(_) if is_silent && !has_paused => {
                self.screen.text("(Press Enter again to say nothing at all, or type :hint.)");
                Ok(Said::Nothing)
            }
            Input::Say(_) if has_lines(place, self.file().channel) => self.more(line),
            Input::Say(_) => Ok(Said::Words(line)),
            other => {
                if let Some(remark) = ALL.remark(&other, &self.file().customer.name) {
                    self.screen.text(&remark);
                }
                Ok(Said::Nothing)
            }
        }
    }

    /// The other lines of a reply that may have several.
    fn more(&mut self, first: String) -> Result<Said, Failure> {
        let mut text = first;
        let mut is_full = false;
        loop {
            match self.line(MORE, "")? {
                Typed::Line(line) if line.trim().is_empty() || line.trim_end() == "." => break,
                Typed::Line(line) if is_full || (text.len() + line.len()) as u64 > LONGEST => {
                    if !is_full {
                        self.screen.text("The reply is longer than 64 kB: from here on it is left out.");
                    }
                    is_full = true;
                }
                Typed::Line(line) => {
                    text.push('\n');
                    text.push_str(&line);
                }
                Typed::Interrupted => {
                    self.screen.text("Nothing was sent. Begin again, or :quit.");
                    return Ok(Said::Nothing);
                }
                Typed::End => break,
            }
        }
        Ok(Said::Words(text))
    }

    fn line(&mut self, prompt: &str, offer: &str) -> Result<Typed, Failure> {
        editor::ask(&mut *self.editor, &mut self.screen, prompt, offer)
    }

    /// Writes an event down, and says so if that is no longer possible.
    pub(super) fn keep(&mut self, event: Event) {
        match self.record.add(event) {
            Saved::AsBefore => {}
            Saved::NoMore(error) => {
                self.screen.blank();
                self.screen.labelled(0, "Note:", Ink::Bad, &wording::unsaved(&error));
                self.screen.blank();
            }
            Saved::Apart(path) => {
                self.screen.blank();
                self.screen.labelled(0, "Note:", Ink::Bad, wording::APART);
                self.screen.whole(&format!("  {}", path.display()));
                self.screen.blank();
            }
            Saved::Again => {
                self.screen.blank();
                self.screen.labelled(0, "Note:", Ink::Good, "Everything is saved again.");
                self.screen.blank();
            }
        }
    }

    fn reply(&mut self, text: &str) {
        self.keep(Event::Reply { text: text.to_owned() });
        let reaction = self.replay.say(text);
        self.react(&reaction);
    }

    /// Shows what a reply caused.
    pub(super) fn react(&mut self, reaction: &Reaction) {
        self.screen.blank();
        if self.is_coached() {
            self.note(reaction);
        }
        self.answer(reaction);
        self.keep(Event::Customer { says: reaction.customer.clone() });
        if self.replay.is_over() {
            self.finish();
        }
    }

    /// The last words of the program.
    fn leave(&mut self) -> Result<(), Failure> {
        self.screen.show()?;
        let Some(path) = self.record.path().filter(|_| !self.record.is_at_risk()) else {
            return self.tell_aside("This session is not saved.");
        };
        let mut told = format!("Saved: {}", path.display());
        if !self.replay.is_over() {
            let plain = if self.screen.is_plain() { " --plain" } else { "" };
            told.push_str(&match &self.home {
                Home::Usual => format!("\nGo on with: amends play --resume{plain}"),
                Home::InFolder(path) => {
                    format!("\nGo on with: amends play --resume{plain} --results {}", path.display())
                }
                Home::InClass(command) => format!("\nGo on with: {command}{plain}"),
            });
        }
        self.tell_aside(&told)
    }

    /// On a terminal below the rest; elsewhere beside it, because a path is another each time.
    fn tell_aside(&mut self, text: &str) -> Result<(), Failure> {
        if self.screen.is_terminal() {
            self.screen.blank();
            for line in text.lines() {
                self.screen.whole(line);
            }
            self.screen.show()
        } else {
            // Nobody may be there to read it.
            let _ = std::io::Write::write_all(&mut std::io::stderr(), format!("{text}\n").as_bytes());
            Ok(())
        }
    }
}

/// What is asked for each further line.
const MORE: &str = "...  ";
/// How a reply of several lines ends.
pub(super) const LINES: &str =
    "Write as many lines as you like. An empty line, or a line with a full stop alone, ends it.";

const fn prompt(place: Place) -> &'static str {
    match place {
        Place::Encounter(_) | Place::Scene(SceneKind::CheckBack) => "You: ",
        Place::Scene(SceneKind::Alert | SceneKind::Note | SceneKind::Deposition) => "You write: ",
        Place::Over(_) => "(over) ",
    }
}

/// What can be done when it is over.
pub(super) const fn over(is_coached: bool) -> &'static str {
    if is_coached {
        "It is over. :retry 1 tries again from your first reply (or any other number), :why 1 explains what it did, \
         :quit leaves."
    } else {
        "It is over. :why 1 explains what your first reply did (or any other number), :quit leaves."
    }
}
