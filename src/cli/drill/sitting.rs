//! A sitting: prompts, answers, marks. Every answer is written down before its mark is shown.

use std::io::Write as _;

use jiff::Timestamp;

use super::commands::{ALL, Command};
use super::desk::Desk;
use super::log::Log;
use crate::cli::clock;
use crate::cli::commands::Input;
use crate::cli::editor::{self, Editor, Typed};
use crate::cli::failure::{Failure, reason};
use crate::cli::journal::Saved;
use crate::cli::screen::{Ink, Screen};
use crate::drill::log::Try;
use crate::drill::{Grade, Marked, Marker};
use crate::practice::Showing;

/// A sitting with a person in front of it.
pub(super) struct Sitting<'d> {
    pub(super) desk: &'d Desk,
    pub(super) marker: Marker<'d>,
    pub(super) screen: Screen,
    /// What was answered so far.
    pub(super) tries: Vec<Try>,
    editor: Box<dyn Editor>,
    log: Log,
}

/// What came of waiting for an answer.
enum Said {
    Words(String),
    /// An empty line.
    Nothing,
    /// On to the next prompt.
    Skip,
    /// The end of the sitting.
    Leave,
}

impl<'d> Sitting<'d> {
    pub(super) fn new(desk: &'d Desk, screen: Screen) -> Self {
        let editor = editor::open(screen.is_terminal(), ALL.names());
        let log = Log::new(desk.folder.as_deref());
        Self { desk, marker: desk.marker(), screen, tries: Vec::new(), editor, log }
    }

    /// Shows one prompt after the other, until somebody leaves.
    pub(super) fn run(&mut self, showings: &[Showing<'_>]) -> Result<(), Failure> {
        self.screen.text(
            "Answer in your own words, and press Enter. :hint helps, :help lists the rest, :quit leaves.",
        );
        for (number, showing) in (1..).zip(showings) {
            self.prompt(showing, number, showings.len());
            if !self.drill(showing)? {
                break;
            }
        }
        self.summary();
        self.leave()
    }

    /// Drills one prompt; whether the sitting goes on.
    fn drill(&mut self, showing: &Showing<'_>) -> Result<bool, Failure> {
        let mut is_hinted = false;
        let answer = loop {
            match self.listen("You: ", showing, &mut is_hinted)? {
                Said::Words(answer) => break answer,
                Said::Nothing => self.screen.text("Type an answer, or :hint, or :skip."),
                Said::Skip => return Ok(true),
                Said::Leave => return Ok(false),
            }
        };
        let is_passed = self.hear(showing, &answer, is_hinted, true);
        self.model(showing);
        if is_passed {
            return Ok(true);
        }
        self.screen.blank();
        self.screen.text("One more try? It is not graded. Enter alone goes on.");
        match self.listen("Again: ", showing, &mut is_hinted)? {
            Said::Words(answer) => {
                self.hear(showing, &answer, is_hinted, false);
                Ok(true)
            }
            Said::Nothing | Said::Skip => Ok(true),
            Said::Leave => Ok(false),
        }
    }

    /// Marks an answer, writes it down, and shows the mark. Whether it passes.
    fn hear(&mut self, showing: &Showing<'_>, answer: &str, is_hinted: bool, is_first: bool) -> bool {
        let marked = self.marker.mark(showing.drill, showing.prompt, answer);
        let grade = marked.grade(is_hinted);
        self.keep(tried(showing, answer, &marked, grade, is_first));
        self.mark(showing, answer, &marked, grade);
        marked.is_passed()
    }

    /// Writes a try down, and says so if that is not possible.
    fn keep(&mut self, one: Try) {
        let saved = self.log.add(&one);
        self.tries.push(one);
        let (ink, told) = match saved {
            // A sitting has a file of its own: nobody else writes it, and what is saved is saved.
            Saved::AsBefore | Saved::Apart(_) => return,
            Saved::NoMore(error) => (
                Ink::Bad,
                format!("Your answers cannot be saved: {}. You can drill all the same.", reason(&error)),
            ),
            Saved::Again => (Ink::Good, "Everything is saved again.".to_owned()),
        };
        self.screen.blank();
        self.screen.labelled(0, "Note:", ink, &told);
    }

    /// Waits for words, and obeys commands until some come.
    fn listen(&mut self, prompt: &str, showing: &Showing<'_>, is_hinted: &mut bool) -> Result<Said, Failure> {
        loop {
            self.screen.before_typing();
            self.screen.show()?;
            let line = match self.line(prompt)? {
                Typed::Line(line) => line,
                Typed::Interrupted => {
                    self.screen.text("Nothing was said. :quit leaves.");
                    continue;
                }
                Typed::End => return Ok(Said::Leave),
            };
            match ALL.read(&line) {
                Input::Say(words) if words.trim().is_empty() => return Ok(Said::Nothing),
                Input::Say(_) => return Ok(Said::Words(line)),
                Input::Command(Command::Skip) => return Ok(Said::Skip),
                Input::Command(Command::Quit) => return Ok(Said::Leave),
                Input::Command(Command::Help) => self.help(),
                Input::Command(Command::Why) => self.why(showing.drill),
                Input::Command(Command::Hint) => {
                    *is_hinted = true;
                    let hint = self.marker.hint(showing.drill, showing.prompt);
                    self.screen.labelled(2, "Hint:", Ink::Tip, &hint);
                }
                other => {
                    if let Some(remark) = ALL.remark(&other, "the customer") {
                        self.screen.text(&remark);
                    }
                }
            }
        }
    }

    fn line(&mut self, prompt: &str) -> Result<Typed, Failure> {
        editor::ask(&mut *self.editor, &mut self.screen, prompt, "")
    }

    /// The last words of the program.
    fn leave(&mut self) -> Result<(), Failure> {
        self.screen.show()?;
        let told = match self.log.path() {
            Some(path) => format!("Saved: {}", path.display()),
            None if self.log.is_at_risk() => "This sitting is not saved.".to_owned(),
            None => return Ok(()),
        };
        if self.screen.is_terminal() {
            self.screen.blank();
            self.screen.whole(&told);
            return self.screen.show();
        }
        // Beside the rest, because a path is another each time; nobody may be there to read it.
        let _ = writeln!(std::io::stderr(), "{told}");
        Ok(())
    }
}

fn tried(showing: &Showing<'_>, answer: &str, marked: &Marked<'_>, grade: Grade, first: bool) -> Try {
    let second = clock::now().timestamp().as_second();
    Try {
        at: Timestamp::from_second(second).unwrap_or(Timestamp::UNIX_EPOCH),
        family: showing.drill.family.clone(),
        prompt: showing.prompt.id.clone(),
        answer: answer.to_owned(),
        heard: marked.heard(),
        grade,
        first,
    }
}
