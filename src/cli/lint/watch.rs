//! Fields that the user chose and that are found nowhere: silence must not be taken for praise.

use crate::document::{Fields, Note};
use crate::nearest::nearest;

/// What was asked for in the texts of one configuration, or of all by a flag.
#[derive(Debug)]
pub(super) struct Watch {
    wanted: Vec<String>,
    /// Whether a flag asks, rather than a configuration.
    is_flag: bool,
    seen: Fields,
    files: usize,
    /// Whether all files of records were named one by one.
    are_named: bool,
    /// Where to say it: at the first file of records.
    first: Option<String>,
}

impl Watch {
    pub(super) fn new(wanted: &[String], is_flag: bool) -> Self {
        let (wanted, seen) = (wanted.to_vec(), Fields::default());
        Self { wanted, is_flag, seen, files: 0, are_named: true, first: None }
    }

    pub(super) const fn is_flag(&self) -> bool {
        self.is_flag
    }

    /// A file of records was read.
    pub(super) fn file(&mut self, path: &str, fields: Fields, is_named: bool) {
        self.files += 1;
        self.are_named &= is_named;
        self.first.get_or_insert_with(|| path.to_owned());
        self.seen.join(fields);
    }

    /// What is to be said at the end, and of which file; nothing where every field was found.
    pub(super) fn report(self) -> Option<(Option<String>, Vec<Note>)> {
        let is_found = |at: usize| self.seen.found.get(at).copied().unwrap_or(false);
        let missing: Vec<&String> =
            (0..self.wanted.len()).filter(|&at| !is_found(at)).map(|at| &self.wanted[at]).collect();
        // A configuration may name the fields of many exports, of which one is linted.
        let is_other_export = self.are_named && missing.len() < self.wanted.len();
        if missing.is_empty() || (!self.is_flag && (self.files == 0 || is_other_export)) {
            return None;
        }
        let note =
            |field: &String| Note { offset: None, text: self.sentence(field), is_trouble: self.is_flag };
        Some((self.first.clone(), missing.into_iter().map(note).collect()))
    }

    fn sentence(&self, field: &str) -> String {
        let by = if self.is_flag { "" } else { " of amends.yaml" };
        let whole = match self.files {
            0 => return format!("The field `{field}` was found nowhere: no CSV, JSON or YAML was read."),
            1 => format!("The field `{field}`{by} was not found here"),
            files => {
                format!("The field `{field}`{by} was found in none of {files} files, of which this is one")
            }
        };
        let names = self.seen.names.iter().map(String::as_str);
        match nearest(field, names.clone()) {
            Some(meant) => format!("{whole}: is it `{meant}`?"),
            None if self.seen.names.is_empty() => format!("{whole}."),
            None => format!("{whole}. There are: {}.", names.collect::<Vec<_>>().join(", ")),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn fields(found: &[bool]) -> Fields {
        Fields { found: found.to_vec(), names: vec!["id".to_owned(), "reply".to_owned()] }
    }

    fn told(watch: Watch) -> Vec<String> {
        watch.report().into_iter().flat_map(|(_, notes)| notes).map(|note| note.text).collect()
    }

    #[test]
    fn what_a_flag_names_must_be_somewhere() {
        let wanted = ["reply".to_owned(), "replyy".to_owned(), "note".to_owned()];
        let mut watch = Watch::new(&wanted, true);
        watch.file("a.csv", fields(&[true, false, false]), true);
        let expected = [
            "The field `replyy` was not found here: is it `reply`?",
            "The field `note` was not found here. There are: id, reply.",
        ];
        assert_eq!(told(watch), expected);
        let mut watch = Watch::new(&wanted[..1], true);
        watch.file("a.csv", fields(&[false]), true);
        watch.file("b.csv", fields(&[true]), true);
        assert_eq!(told(watch), Vec::<String>::new());
        assert_eq!(told(Watch::new(&wanted[..1], true)).len(), 1);
    }

    #[test]
    fn a_configuration_may_name_fields_of_other_exports() {
        let wanted = ["reply".to_owned(), "note".to_owned()];
        for (is_named, found, count) in [(true, true, 0), (true, false, 2), (false, true, 1)] {
            let mut watch = Watch::new(&wanted, false);
            watch.file("a.csv", fields(&[found, false]), is_named);
            assert_eq!(told(watch).len(), count);
        }
    }
}
