//! `amends trends`, as a trainer uses it.

#![allow(clippy::unwrap_used, reason = "a test that cannot go on may end")]
#![cfg(unix)]

mod casebook;
mod input;
mod sessions;
mod support;
