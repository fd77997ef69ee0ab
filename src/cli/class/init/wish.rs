//! `--scenario NAME[:exam][@DUE]`: what a trainer wants to be played.

use std::path::Path;

use jiff::civil::Date;

use crate::authoring::scenarios::read_file;
use crate::class::day;
use crate::cli::failure::Failure;
use crate::cli::play;
use crate::embedded;
use crate::transcript::Mode;

/// A scenario that is to be played.
#[derive(Debug)]
pub(super) struct Wish {
    pub(super) name: String,
    pub(super) title: String,
    pub(super) mode: Mode,
    pub(super) due: Option<Date>,
    /// The path and the YAML of one that amends does not bring.
    pub(super) own: Option<(String, String)>,
}

impl Wish {
    pub(super) fn read(wish: &str) -> Result<Self, Failure> {
        let (rest, due) = match wish.rsplit_once('@') {
            // A path may have such a sign, too.
            _ if Path::new(wish).exists() => (wish, None),
            Some((rest, due)) => (rest, Some(day(due).map_err(Failure::new)?)),
            None => (wish, None),
        };
        let (name, mode) = match rest.rsplit_once(':') {
            Some((name, "exam")) => (name, Mode::Exam),
            Some((name, "coach")) => (name, Mode::Coach),
            // A drive of Windows has a colon, too.
            Some((name, other)) if !Path::new(rest).exists() => {
                return Err(Failure::new(format_args!(
                    "there is no mode `{other}`: write `{name}`, or `{name}:exam`"
                )));
            }
            _ => (rest, Mode::Coach),
        };
        let choice = play::named(name)?;
        let is_brought = embedded::scenarios().iter().any(|(brought, _)| *brought == name);
        let file = read_file(&choice.path, choice.yaml.clone())
            .map_err(|problems| Failure::problems("this scenario cannot be played", &problems))?;
        Ok(Self {
            name: file.scenario,
            title: file.title,
            mode,
            due,
            own: (!is_brought).then_some((choice.path, choice.yaml)),
        })
    }
}
