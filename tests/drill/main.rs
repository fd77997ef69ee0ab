//! Practice alone: `amends drill` and `amends progress`.

#![cfg(unix)]
#![allow(clippy::unwrap_used)]

mod checks;
mod hostile;
mod progress;
mod prompts;
mod sitting;
mod support;
mod terminal;
