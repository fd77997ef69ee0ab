//! The scenarios that were played, from the transcripts that hold them.

use std::sync::Arc;

use rayon::prelude::*;
use rustc_hash::FxHashMap;

use crate::lexicon::Lexicon;
use crate::scenario::Scenario;
use crate::transcript::Transcript;

/// The scenario of each transcript, or the first mistake in it. Each is read once, however often it was
/// played.
#[must_use]
pub fn scenarios(transcripts: &[&Transcript], lexicon: &Lexicon) -> Vec<Result<Arc<Scenario>, String>> {
    let key = |transcript: &Transcript| (transcript.header.scenario.clone(), transcript.scenario.clone());
    let mut distinct: FxHashMap<(String, String), usize> = FxHashMap::default();
    let numbers: Vec<usize> = transcripts
        .iter()
        .map(|transcript| {
            let next = distinct.len();
            *distinct.entry(key(transcript)).or_insert(next)
        })
        .collect();
    let mut played: Vec<_> = distinct.into_iter().collect();
    played.sort_unstable_by_key(|(_, number)| *number);
    let read = |((name, yaml), _): ((String, String), usize)| {
        let scenario = Scenario::read(&name, yaml, lexicon);
        scenario.map(Arc::new).map_err(|problems| problems.first().map_or(String::new(), ToString::to_string))
    };
    let read: Vec<_> = played.into_par_iter().map(read).collect();
    numbers.into_iter().map(|number| read[number].clone()).collect()
}
