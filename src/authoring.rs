//! Reads and checks lexicons and scenarios as their authors write them.
//!
//! [`Lexicon::load`](crate::lexicon::Lexicon::load) lays folders and files over the built-in
//! lexicon and refuses what cannot be used. [`check`](check::check) tells authors everything.
//! [`Scenario::read`](crate::scenario::Scenario::read) and [`scenarios::check`] do the same for
//! scenarios.

mod authored;
pub mod check;
mod kind;
mod layer;
mod load;
mod problem;
pub mod scenarios;
mod spot;

pub(crate) use check::bad_name;
pub use kind::Sorted;
pub(crate) use kind::is_scenario_file;
pub use layer::FileKind;
pub use problem::{Level, Problem};
