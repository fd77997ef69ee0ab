//! A scenario: a scripted customer after a service failure, as authored and then checked.

pub mod schema;

pub use schema::{AtFault, Channel, Outcome, SceneKind, Step};
