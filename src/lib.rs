//! Practise making amends. Lint the words that don't.

pub mod authoring;
pub mod cli;
pub mod config;
pub mod describe;
pub mod document;
pub mod embedded;
pub mod lexicon;
pub mod lint;
pub mod matcher;
pub mod nearest;
pub mod report;
pub mod text;
pub mod yaml;
