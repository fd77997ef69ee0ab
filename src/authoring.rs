//! Reads and checks lexicons, drills and scenarios as their authors write them.
//!
//! [`Lexicon::load`](crate::lexicon::Lexicon::load) lays folders and files over the built-in
//! lexicon and refuses what cannot be used. [`check`](check::check) tells authors everything.
//! [`Scenario::read`](crate::scenario::Scenario::read) and [`scenarios::check`] do the same for
//! scenarios, [`Drills::load`](crate::drill::Drills::load) and [`drills::check`] for drills.
//! [`played::scenarios`] reads what transcripts hold.

mod authored;
pub mod check;
pub mod drills;
mod kind;
mod layer;
mod load;
pub mod played;
mod problem;
mod read;
pub mod scenarios;
mod spot;

pub(crate) use check::bad_name;
pub(crate) use kind::Meant;
pub use kind::Sorted;
pub use layer::FileKind;
pub use problem::{Level, Problem};
