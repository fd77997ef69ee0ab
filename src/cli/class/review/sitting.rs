//! A sitting in which sessions are marked: one after the other, question after question.

use jiff::tz::TimeZone;

use super::commands::{COMMANDS, Command};
use super::log::Log;
use super::{Args, Queue};
use crate::class::{Class, Judgement, Marks, heard};
use crate::cli::clock;
use crate::cli::commands::Input;
use crate::cli::editor::{Editor, Typed};
use crate::cli::failure::{Failure, reason};
use crate::cli::journal::Saved;
use crate::cli::screen::{Ink, Screen};
use crate::scenario::Step;
use crate::wording::counted;

/// A longer remark is cut off.
const LONGEST_REMARK: usize = 4000;

/// A sitting in which sessions are marked.
pub(super) struct Sitting<'a> {
    pub(super) args: &'a Args,
    pub(super) class: &'a Class,
    pub(super) reviewer: String,
    pub(super) queue: Queue,
    pub(super) screen: Screen,
    pub(super) editor: Box<dyn Editor>,
    pub(super) log: Log,
    /// How many sessions were marked.
    pub(super) marked: usize,
}

/// What a reviewer is asked.
#[derive(Clone, Copy)]
enum Question<'c> {
    Mark(Step, &'c str),
    Remark,
}

/// What came of a session.
enum Came {
    Marked(Marks, String),
    Skipped,
    /// The reviewer leaves.
    End,
}

/// What came of a question.
enum Answer {
    Text(String),
    Command(Command),
    Nothing,
    End,
}

impl<'a> Sitting<'a> {
    /// Goes through the sessions until there are no more, or the reviewer leaves.
    pub(super) fn run(&mut self, zone: &TimeZone) -> Result<(), Failure> {
        self.begin();
        let sessions = std::mem::take(&mut self.queue.sessions);
        for (place, &number) in sessions.iter().enumerate() {
            if place == self.queue.new && place > 0 {
                self.screen.blank();
                self.screen.text(
                    "Every session has your marks. From here on you see those again that you have marked.",
                );
            }
            let heading = if place < self.queue.new {
                format!("Session {} of {}", place + 1, self.queue.new)
            } else {
                format!(
                    "Marked already: {} of {}",
                    place - self.queue.new + 1,
                    sessions.len() - self.queue.new
                )
            };
            self.screen.heading(&heading);
            self.session(number, zone);
            match self.questions(number, zone)? {
                Came::Marked(marks, remark) => self.keep(number, marks, remark),
                Came::Skipped => self.screen.text("Left for another time."),
                Came::End => break,
            }
            self.screen.show()?;
        }
        self.leave()
    }

    fn begin(&mut self) {
        let Queue { sessions, new, unfinished } = &self.queue;
        let mut told = match (sessions.len(), *new) {
            (0, _) => "There is nothing to mark yet.".to_owned(),
            (_, 0) => "Every session has your marks. You see them again, and may think again.".to_owned(),
            (_, new) => format!("{} to mark.", counted(new, "session", "sessions")),
        };
        if *unfinished > 0 {
            let are = if *unfinished == 1 { "is" } else { "are" };
            told.push_str(&format!(
                " {} {are} not finished, and left out.",
                counted(*unfinished, "session", "sessions")
            ));
        }
        let title = format!("{}:", self.class.name);
        self.screen.labelled(0, &title, Ink::Strong, &told);
        if !sessions.is_empty() {
            self.screen.blank();
            self.meaning();
        }
    }

    fn meaning(&mut self) {
        self.screen.text(
            "Give each step a mark: 1 does harm, 2 poor, 3 so-so, 4 good, 5 as it should be. Enter leaves a step out. \
             :help lists the commands, :quit leaves.",
        );
    }

    fn questions(&mut self, number: usize, zone: &TimeZone) -> Result<Came, Failure> {
        let steps = self.class.attempts[number].card.steps.iter().filter(|step| step.of > 0);
        let mut questions: Vec<Question<'a>> =
            steps.map(|step| Question::Mark(step.step, step.name.as_str())).collect();
        questions.push(Question::Remark);
        let (mut marks, mut remark, mut at) = (Marks::default(), String::new(), 0);
        while let Some(&question) = questions.get(at) {
            match self.ask(question)? {
                Answer::Text(text) => match question {
                    Question::Remark => {
                        remark = text.trim().chars().take(LONGEST_REMARK).collect();
                        at += 1;
                    }
                    Question::Mark(step, _) => match mark(&text) {
                        Ok(mark) => {
                            *marks.of(step) = mark;
                            at += 1;
                        }
                        Err(message) => self.screen.text(message),
                    },
                },
                Answer::Command(Command::Back) => at = at.saturating_sub(1),
                Answer::Command(Command::Again) => self.session(number, zone),
                Answer::Command(Command::Help) => self.help(),
                Answer::Command(Command::Skip) => return Ok(Came::Skipped),
                Answer::Command(Command::Quit) | Answer::End => return Ok(Came::End),
                Answer::Nothing => {}
            }
        }
        let is_empty = marks == Marks::default() && remark.is_empty();
        Ok(if is_empty { Came::Skipped } else { Came::Marked(marks, remark) })
    }

    fn ask(&mut self, question: Question<'_>) -> Result<Answer, Failure> {
        let prompt = match question {
            Question::Mark(_, name) => format!("{name}, 1 to 5: "),
            Question::Remark => "A remark, or Enter: ".to_owned(),
        };
        self.screen.before_typing();
        self.screen.show()?;
        let typed = self.editor.line(&prompt, "");
        self.screen.typed();
        let line = match typed {
            Err(error) if error.kind() == std::io::ErrorKind::BrokenPipe => return Err(Failure::ClosedPipe),
            Err(_) | Ok(Typed::End) => return Ok(Answer::End),
            Ok(Typed::Interrupted) => {
                self.screen.text("Nothing was marked. :quit leaves.");
                return Ok(Answer::Nothing);
            }
            Ok(Typed::Line(line)) => line,
        };
        let input = COMMANDS.read(&line);
        Ok(match &input {
            Input::Command(command) => Answer::Command(*command),
            Input::Say(text) => Answer::Text((*text).to_owned()),
            // A remark of one word may be any word.
            Input::Bare(_) if matches!(question, Question::Remark) => Answer::Text(line.clone()),
            other => {
                let remark = COMMANDS.remark(other, "the record").unwrap_or_default();
                self.screen.text(&remark);
                Answer::Nothing
            }
        })
    }

    fn help(&mut self) {
        let rows: Vec<(String, String)> = COMMANDS
            .entries
            .iter()
            .map(|entry| (format!(":{}", entry.name), entry.about.to_owned()))
            .collect();
        self.screen.rows(2, &rows);
        self.screen.blank();
        self.meaning();
    }

    fn keep(&mut self, number: usize, marks: Marks, remark: String) {
        let attempt = &self.class.attempts[number];
        let judgement = Judgement {
            at: clock::stamp().parse().unwrap_or_default(),
            session: attempt.file.clone(),
            heard: heard(attempt),
            blind: self.args.blind,
            marks,
            remark,
        };
        match self.log.add(&judgement) {
            Saved::NoMore(error) => {
                let told = format!(
                    "Your marks cannot be saved: {}. You can go on; it is tried again.",
                    reason(&error)
                );
                self.screen.labelled(0, "Note:", Ink::Bad, &told);
            }
            Saved::Again => self.screen.labelled(0, "Note:", Ink::Good, "Everything is saved again."),
            Saved::AsBefore | Saved::Apart(_) => {}
        }
        self.marked += 1;
        if !self.args.blind {
            self.machine(number);
        }
    }

    fn leave(&mut self) -> Result<(), Failure> {
        self.screen.blank();
        let marked = counted(self.marked, "session", "sessions");
        match self.log.path() {
            Some(path) => {
                let path = path.display().to_string();
                self.screen.text(&format!("{}, you have marked {marked}. Saved:", self.reviewer));
                self.screen.whole(&format!("  {path}"));
            }
            None if self.marked > 0 => {
                self.screen.show()?;
                return Err(Failure::new("your marks could not be saved; copy them from the screen"));
            }
            None => self.screen.text("Nothing was marked."),
        }
        self.screen.show()
    }
}

/// The mark that was typed; none where the step is left out.
fn mark(text: &str) -> Result<Option<u8>, &'static str> {
    match text.trim() {
        "" => Ok(None),
        text => match text.parse::<u8>() {
            Ok(mark @ 1..=5) => Ok(Some(mark)),
            _ => Err("A mark is a number from 1 to 5; Enter leaves the step out."),
        },
    }
}
