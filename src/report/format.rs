//! Which formats there are.

use clap::ValueEnum;

use super::palette::Palette;
use super::statistics::Statistics;
use super::statistics_json::StatisticsJson;
use super::text::Text;
use super::{Report, github, gitlab, json, jsonl, junit, rdjson, sarif};

/// How findings are written down.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Default, ValueEnum)]
pub enum Format {
    /// For people: the words in their line, why, and what to say instead.
    #[default]
    Text,
    /// One JSON object for the whole run.
    Json,
    /// One JSON object a line, written as it is found.
    Jsonl,
    /// Annotations in a GitHub workflow.
    Github,
    /// SARIF 2.1.0, for code scanning and editors.
    Sarif,
    /// A GitLab code quality report.
    Gitlab,
    /// JUnit XML, for continuous integration that shows tests.
    Junit,
    /// The diagnostic format of reviewdog.
    Rdjson,
}

/// What a report should be like.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Options {
    /// One line a finding and nothing else. For [`Format::Text`] and [`Format::Github`].
    pub quiet: bool,
    /// Counts by rule and by family instead of findings. See [`Format::can_count`].
    pub statistics: bool,
    /// How many columns the text may take.
    pub width: usize,
}

impl Default for Options {
    fn default() -> Self {
        Self { quiet: false, statistics: false, width: 100 }
    }
}

impl Format {
    /// Whether the format has a form for [`Options::statistics`]. The others write their findings
    /// as ever.
    #[must_use]
    pub const fn can_count(self) -> bool {
        matches!(self, Self::Text | Self::Json)
    }

    /// A new report of this format. Its colours are those that `colored` allows at this moment.
    #[must_use]
    pub fn report(self, options: &Options) -> Box<dyn Report> {
        match self {
            Self::Text if options.statistics => Box::new(Statistics::new(options.quiet, Palette::current())),
            Self::Json if options.statistics => Box::new(StatisticsJson::default()),
            Self::Text => Box::new(Text::new(options, Palette::current())),
            Self::Json => Box::new(json::Json::default()),
            Self::Jsonl => Box::new(jsonl::JsonLines),
            Self::Github => Box::new(github::Github::new(options)),
            Self::Sarif => Box::new(sarif::Sarif::default()),
            Self::Gitlab => Box::new(gitlab::Gitlab::default()),
            Self::Junit => Box::new(junit::Junit::default()),
            Self::Rdjson => Box::new(rdjson::Rdjson::default()),
        }
    }
}
