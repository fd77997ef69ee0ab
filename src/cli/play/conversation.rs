//! The conversation: lines in, pages out, and every reply written down before it is answered.

use std::path::{Path, PathBuf};

use super::commands::{Command, Input, usage};
use super::editor::{Editor, Typed};
use super::record::{Record, Saved};
use super::wording::{self, has_lines};
use crate::cli::card;
use crate::cli::failure::{Failure, reason};
use crate::cli::screen::{Ink, Screen};
use crate::scenario::{Channel, ScenarioFile, SceneKind};
use crate::score::Scorecard;
use crate::session::{Place, Reaction};
use crate::transcript::{Event, Header, Mode, Replay};

/// A session with a person in front of it.
pub(super) struct Conversation<'s> {
    pub(super) header: Header,
    pub(super) replay: Replay<'s>,
    pub(super) screen: Screen,
    record: Record,
    editor: Box<dyn Editor>,
    /// The folder that was named for the record.
    results: Option<PathBuf>,
    /// Where hints were asked for last, and how many.
    pub(super) hints: (Option<Place>, usize),
    /// What is offered to be changed: a reply that was taken back.
    offer: String,
    /// Whether the last thing typed was an empty line.
    has_paused: bool,
    /// Whether the debrief of the session as it stands has been shown.
    is_debriefed: bool,
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
enum Flow {
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
        results: Option<PathBuf>,
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
            results,
            hints: (None, 0),
            offer: String::new(),
            has_paused: false,
            is_debriefed: false,
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
        match Input::read(&line) {
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
                self.explain(&other);
                Ok(Said::Nothing)
            }
        }
    }

    /// The other lines of a reply that may have several.
    fn more(&mut self, first: String) -> Result<Said, Failure> {
        let mut text = first;
        loop {
            match self.line(MORE, "")? {
                Typed::Line(line) if line.trim().is_empty() || line.trim_end() == "." => break,
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
        let typed = match self.editor.line(prompt, offer) {
            // The terminal has gone, or cannot be read: what was said is safe.
            Err(error) if error.kind() == std::io::ErrorKind::BrokenPipe => return Err(Failure::ClosedPipe),
            Err(_) => Typed::End,
            Ok(typed) => typed,
        };
        self.screen.typed();
        if let Typed::Line(line) = &typed
            && !line.trim().is_empty()
        {
            self.editor.remember(line);
        }
        Ok(typed)
    }

    /// Says what is wrong with a command.
    fn explain(&mut self, input: &Input<'_>) {
        let text = match input {
            Input::Bare(name) => format!(
                "Did you mean :{name}? Nothing was said. To say it to {}, put a space before it.",
                self.file().customer.name
            ),
            Input::Unknown { name: "", .. } => "Type :help for a list of the commands.".to_owned(),
            Input::Unknown { name, meant: Some(meant) } => {
                format!("There is no command :{}. Did you mean :{meant}? :help lists them all.", short(name))
            }
            Input::Unknown { name, meant: None } => format!(
                "There is no command :{}. :help lists them all. To say words that begin with a colon, put a space \
                 before it.",
                short(name)
            ),
            Input::Unfit(name) => usage(name),
            Input::Say(_) | Input::Command(_) => return,
        };
        self.screen.text(&text);
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
    fn react(&mut self, reaction: &Reaction) {
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

    /// The answer, and what comes next.
    fn answer(&mut self, reaction: &Reaction) {
        match reaction.at {
            Place::Scene(_) => {
                for line in &reaction.customer {
                    self.screen.paragraphs(0, line);
                }
            }
            _ => self.speak(&reaction.customer),
        }
        if reaction.now == reaction.at {
            return;
        }
        if matches!(reaction.at, Place::Encounter(_)) && !matches!(reaction.now, Place::Encounter(_)) {
            self.parting();
        }
        if let Place::Scene(kind) = reaction.now {
            self.scene(kind);
        }
    }

    /// The customer has gone.
    fn parting(&mut self) {
        let name = &self.file().customer.name;
        let told = if self.is_coached() && self.replay.session().feelings().goodwill == 0 {
            format!(
                "You have lost {name}. :why tells what the last reply did, :retry takes it back, :retry 1 begins again; \
                 or go on with what is left to do."
            )
        } else {
            format!("The conversation with {name} is over. Now for what follows.")
        };
        self.screen.blank();
        self.screen.text(&told);
    }

    fn scene(&mut self, kind: SceneKind) {
        self.screen.heading(wording::scene(kind));
        let setting = self.replay.session().setting().to_owned();
        self.screen.paragraphs(0, &setting);
        if has_lines(Place::Scene(kind), self.file().channel) {
            self.screen.text(LINES);
        }
    }

    /// The customer speaks, or writes.
    pub(super) fn speak(&mut self, says: &[String]) {
        let name = &self.file().customer.name;
        let lines: Vec<&str> =
            says.iter().flat_map(|says| says.lines()).filter(|line| !line.trim().is_empty()).collect();
        match (lines.as_slice(), self.file().channel) {
            ([], _) => {}
            (lines, Channel::Email) => {
                self.screen.labelled(0, &format!("{name} writes:"), Ink::Strong, "");
                lines.iter().for_each(|line| self.screen.indented(2, line));
            }
            ([first, others @ ..], _) => {
                self.screen.labelled(0, &format!("{name}:"), Ink::Strong, first);
                others.iter().for_each(|line| self.screen.indented(2, line));
            }
        }
    }

    /// The end of the session, as it stands.
    fn finish(&mut self) {
        self.keep(Event::Finished);
        self.debrief();
        self.is_debriefed = true;
        self.screen.blank();
        self.screen.text(over(self.is_coached()));
    }

    fn debrief(&mut self) {
        let card = Scorecard::of(self.replay.session());
        let customer = &self.file().customer.name;
        card::debrief(&mut self.screen, &card, Some(customer));
    }

    fn obey(&mut self, command: Command) -> Flow {
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

    fn skip(&mut self) {
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
    fn back_to(&mut self, number: Option<usize>, is_offered: bool) {
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
        self.is_debriefed = false;
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
    fn show_again(&mut self) {
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

    fn save(&mut self, file: Option<&str>) {
        let text = match (file, self.record.path()) {
            (Some(file), _) => match self.record.copy_to(Path::new(file)) {
                Ok(()) => format!("A copy is saved in {file}."),
                Err(error) if error.kind() == std::io::ErrorKind::AlreadyExists => {
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

    /// The last words of the program.
    fn leave(&mut self) -> Result<(), Failure> {
        self.screen.show()?;
        let Some(path) = self.record.path().filter(|_| !self.record.is_at_risk()) else {
            return self.tell_aside("This session is not saved.");
        };
        let mut told = format!("Saved: {}", path.display());
        if !self.replay.is_over() {
            let folder = self.results.as_deref().map(|path| format!(" --results {}", path.display()));
            let plain = if self.screen.is_plain() { " --plain" } else { "" };
            told.push_str(&format!("\nGo on with: amends play --resume{plain}{}", folder.unwrap_or_default()));
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
const LINES: &str =
    "Write as many lines as you like. An empty line, or a line with a full stop alone, ends it.";

pub(super) const fn lines() -> &'static str {
    LINES
}

const fn prompt(place: Place) -> &'static str {
    match place {
        Place::Encounter(_) | Place::Scene(SceneKind::CheckBack) => "You: ",
        Place::Scene(SceneKind::Alert | SceneKind::Note | SceneKind::Deposition) => "You write: ",
        Place::Over(_) => "(over) ",
    }
}

/// What can be done when it is over.
const fn over(is_coached: bool) -> &'static str {
    if is_coached {
        "It is over. :retry 1 tries again from your first reply (or any other number), :why 1 explains what it did, \
         :quit leaves."
    } else {
        "It is over. :why 1 explains what your first reply did (or any other number), :quit leaves."
    }
}

/// A name that somebody typed, not longer than a line.
fn short(name: &str) -> String {
    name.chars().take(30).collect()
}
