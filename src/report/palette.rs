//! The colours, by role. Whether there are any is decided by `colored`: by its override, by
//! `NO_COLOR` and `CLICOLOR_FORCE`, and by whether standard output is a terminal.

use colored::{ColoredString, Colorize};

use crate::lexicon::Severity;

/// What each part of a line is painted with.
#[derive(Debug, Clone, Default)]
pub struct Palette {
    /// The word "error" and the marks under its words.
    pub error: Paint,
    /// The same for a warning.
    pub warning: Paint,
    /// The same for advice.
    pub advice: Paint,
    /// The word "trouble".
    pub trouble: Paint,
    /// Where a finding is.
    pub path: Paint,
    /// The id of a rule.
    pub rule: Paint,
    /// What can be said instead.
    pub say: Paint,
    /// What frames the rest: line numbers, the names of the lines under a snippet.
    pub frame: Paint,
    /// Good news.
    pub good: Paint,
}

impl Palette {
    /// The colours that `colored` allows at this moment: none where it is switched off.
    #[must_use]
    pub fn current() -> Self {
        Self {
            error: Paint::new(|text| text.red().bold()),
            warning: Paint::new(|text| text.yellow().bold()),
            advice: Paint::new(|text| text.cyan().bold()),
            trouble: Paint::new(|text| text.red().bold()),
            path: Paint::new(Colorize::bold),
            rule: Paint::new(Colorize::bold),
            say: Paint::new(Colorize::green),
            frame: Paint::new(Colorize::bright_blue),
            good: Paint::new(Colorize::green),
        }
    }

    /// The paint of a severity.
    #[must_use]
    pub const fn severity(&self, severity: Severity) -> &Paint {
        match severity {
            Severity::Error => &self.error,
            Severity::Warning => &self.warning,
            Severity::Advice => &self.advice,
        }
    }
}

/// The codes that switch one colour on and off, made once, so that a line costs no allocation.
/// Both are empty where colours are off.
#[derive(Debug, Clone, Default)]
pub struct Paint {
    pub(super) on: String,
    pub(super) off: String,
}

impl Paint {
    fn new(style: impl Fn(&'static str) -> ColoredString) -> Self {
        let sample = style("|").to_string();
        let (on, off) = sample.split_once('|').unwrap_or_default();
        Self { on: on.to_owned(), off: off.to_owned() }
    }

    /// Adds to `line` what `write` adds, in this colour.
    pub fn paint(&self, line: &mut String, write: impl FnOnce(&mut String)) {
        line.push_str(&self.on);
        write(line);
        line.push_str(&self.off);
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_paint_surrounds_what_is_written() {
        let paint = Paint { on: "<".to_owned(), off: ">".to_owned() };
        let mut line = "a ".to_owned();
        paint.paint(&mut line, |line| line.push_str("word"));
        assert_eq!(line, "a <word>");
    }
}
