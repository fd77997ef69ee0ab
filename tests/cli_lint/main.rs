//! `amends lint` and `amends scan`, as a user calls them.

#![allow(clippy::unwrap_used, reason = "a test that cannot go on may end")]

mod baseline;
mod config;
mod formats;
mod input;
mod kinds;
mod large;
mod output;
mod scan;
mod support;
mod suppression;
