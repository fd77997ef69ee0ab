//! `amends play` and `amends score`, as a trainee and a trainer use them.

#![allow(clippy::unwrap_used, reason = "a test that cannot go on may end")]
#![cfg(unix)]

mod choosing;
mod hostile;
mod pipe;
mod record;
mod score;
mod support;
mod terminal;
