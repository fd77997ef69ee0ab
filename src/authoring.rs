//! Reads and checks lexicons as their authors write them.
//!
//! [`Lexicon::load`](crate::lexicon::Lexicon::load) lays folders and files over the built-in
//! lexicon and refuses what cannot be used. [`check`](check::check) tells authors everything.

mod authored;
pub mod check;
mod layer;
mod load;
mod problem;
pub mod scenarios;
mod spot;

pub use layer::FileKind;
pub use problem::{Level, Problem};
