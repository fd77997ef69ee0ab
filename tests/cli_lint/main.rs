//! `amends lint` and `amends scan`, as a user calls them.

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
