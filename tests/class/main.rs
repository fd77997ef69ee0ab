//! A class: its folder read, its sessions graded, its mistakes told; and the commands of a trainer.

#![allow(clippy::unwrap_used, reason = "a test that cannot go on may end")]
#![cfg(unix)]

mod init;
mod made;
mod playing;
mod reading;
mod reviewing;
mod roster;
mod support;
mod troubles;
