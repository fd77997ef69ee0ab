//! Notes for formats that must write them after the findings. What is kept has a bound, so that a
//! hundred thousand files with a remark each do not fill the memory.

use std::io;

use serde::Serialize;

use super::safe_json::Elements;

const MOST: usize = 10_000;

/// Notes, already written as JSON.
#[derive(Debug, Default)]
pub(super) struct KeptNotes {
    json: Vec<u8>,
    elements: Elements,
    kept: usize,
    dropped: usize,
}

impl KeptNotes {
    /// Keeps one more, if there is room.
    pub(super) fn push(&mut self, note: &impl Serialize) -> io::Result<()> {
        if self.kept == MOST {
            self.dropped += 1;
            return Ok(());
        }
        self.append(note)
    }

    /// All of them as the inside of a JSON array. `closing` makes a last one of the sentence that
    /// says how many were left out, if any were.
    pub(super) fn finish<N: Serialize>(&mut self, closing: impl FnOnce(String) -> N) -> io::Result<&[u8]> {
        if self.dropped > 0 {
            let sentence =
                format!("{} more notes are left out here; there is room for {MOST}.", self.dropped);
            self.append(&closing(sentence))?;
        }
        self.elements.end(&mut self.json)?;
        Ok(&self.json)
    }

    fn append(&mut self, note: &impl Serialize) -> io::Result<()> {
        self.kept += 1;
        self.elements.push(&mut self.json, note)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn notes_beyond_the_bound_are_counted() {
        let mut notes = KeptNotes::default();
        for number in 0..MOST + 5 {
            notes.push(&number).unwrap();
        }
        let json = notes.finish(|sentence| sentence).unwrap();
        let list: Vec<serde_json::Value> = serde_json::from_slice(&[b"[", json, b"]"].concat()).unwrap();
        assert_eq!(list.len(), MOST + 1);
        assert_eq!(list[MOST], "5 more notes are left out here; there is room for 10000.");
    }

    #[test]
    fn no_notes_are_an_empty_array() {
        assert_eq!(KeptNotes::default().finish(|sentence| sentence).unwrap(), b"");
    }
}
