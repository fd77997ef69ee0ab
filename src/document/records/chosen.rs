//! The fields that the user chose.

use super::names::plain_name;

/// The fields that the user chose.
#[derive(Debug)]
pub(in crate::document) struct Chosen {
    /// The names on the way to each, and its number among those that the user gave.
    paths: Vec<(usize, Vec<String>)>,
}

impl Chosen {
    pub(in crate::document) fn new(fields: &[String]) -> Self {
        let part = |part: &str| {
            let name = part.split('[').next().unwrap_or_default();
            let is_index = name.is_empty() || name.bytes().all(|byte| byte.is_ascii_digit());
            (!is_index).then(|| plain_name(name))
        };
        let paths = fields.iter().map(|field| field.split('.').filter_map(part).collect::<Vec<_>>());
        Self { paths: paths.enumerate().filter(|(_, path)| !path.is_empty()).collect() }
    }

    /// Whether the readers have to guess.
    pub(in crate::document) fn is_empty(&self) -> bool {
        self.paths.is_empty()
    }

    /// The number of the choice that a field meets: `keys` are the names on the way to it, the
    /// innermost first.
    pub(in crate::document) fn meets<'k>(
        &self,
        keys: impl Iterator<Item = &'k str> + Clone,
    ) -> Option<usize> {
        let is_met = |(_, path): &&(usize, Vec<String>)| {
            let mut keys = keys.clone();
            path.iter().rev().all(|part| keys.next() == Some(part))
        };
        self.paths.iter().find(is_met).map(|&(number, _)| number)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn chosen_fields_are_names_or_the_ends_of_paths() {
        let chosen = |field: &str, keys: &[&str]| {
            Chosen::new(&[field.to_owned()]).meets(keys.iter().rev().copied()).is_some()
        };
        assert!(chosen("body", &["macros", "body"]));
        assert!(chosen("Macros[].body", &["export", "macros", "body"]));
        assert!(chosen("macros.0.body", &["macros", "body"]));
        assert!(!chosen("macros.body", &["body"]));
        assert!(Chosen::new(&[String::new(), "3".to_owned()]).is_empty());
    }
}
