//! The folder of practice of the person at the keyboard.

use std::path::PathBuf;

use etcetera::base_strategy::{BaseStrategy as _, choose_native_strategy};

/// The folder for practice in the platform's place for the data of programs.
pub(super) fn folder() -> Option<PathBuf> {
    choose_native_strategy().ok().map(|places| places.data_dir().join("amends"))
}
