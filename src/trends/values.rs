//! Values in different hands: `Espresso maker`, `espresso-maker` and `Espreso maker` are one.

use rustc_hash::FxHashMap;

/// The values of a column, each with a number, and how they are spelled.
#[derive(Debug, Default)]
pub(super) struct Values {
    known: FxHashMap<String, usize>,
    entries: Vec<Entry>,
}

#[derive(Debug, Default)]
struct Entry {
    key: String,
    count: usize,
    /// Each spelling and how often it stands.
    spellings: Vec<(String, usize)>,
}

/// So many values are numbered; a column with more holds no kinds of things.
pub(super) const MOST: usize = 20_000;
/// So many spellings of a value are counted, to find the usual one.
const SPELLINGS: usize = 8;
/// A spelling is odd if it stands at most this often, and the usual one far more often.
const ODD: usize = 3;
const TIMES: usize = 6;
/// A spelling of fewer letters could be another word.
const SHORTEST: usize = 5;

impl Values {
    /// The number of a value. None for a value too many.
    pub(super) fn add(&mut self, text: &str) -> Option<usize> {
        let key = key(text);
        let number = match self.known.get(&key) {
            Some(&number) => number,
            None if self.entries.len() >= MOST => return None,
            None => {
                self.known.insert(key.clone(), self.entries.len());
                self.entries.push(Entry { key, ..Entry::default() });
                self.entries.len() - 1
            }
        };
        let entry = &mut self.entries[number];
        entry.count += 1;
        if let Some((_, count)) = entry.spellings.iter_mut().find(|(own, _)| own == text) {
            *count += 1;
        } else if entry.spellings.len() < SPELLINGS {
            entry.spellings.push((text.to_owned(), 1));
        }
        Some(number)
    }

    /// How a value is spelled most often.
    pub(super) fn name(&self, number: usize) -> &str {
        let best = self.entries[number]
            .spellings
            .iter()
            .max_by_key(|(text, count)| (*count, std::cmp::Reverse(text.as_str())));
        best.map_or("", |(text, _)| text)
    }

    /// For each value the one that it is an odd spelling of, or itself.
    pub(super) fn usual(&self) -> Vec<usize> {
        let mut common: Vec<usize> =
            (0..self.entries.len()).filter(|&at| self.entries[at].count > ODD).collect();
        common.sort_by_key(|&at| std::cmp::Reverse(self.entries[at].count));
        common.truncate(500);
        let usual = |at: usize| {
            let odd = &self.entries[at];
            let fits = |&&meant: &&usize| {
                let other = &self.entries[meant];
                other.count >= TIMES * odd.count && is_misspelling(&odd.key, &other.key)
            };
            if odd.count > ODD { at } else { common.iter().find(fits).copied().unwrap_or(at) }
        };
        (0..self.entries.len()).map(usual).collect()
    }

    #[cfg(test)]
    fn count(&self, number: usize) -> usize {
        self.entries[number].count
    }

    pub(super) const fn len(&self) -> usize {
        self.entries.len()
    }
}

/// A value without case, marks and double spaces.
fn key(text: &str) -> String {
    let mut key = String::with_capacity(text.len());
    for c in text.chars() {
        if c.is_alphanumeric() {
            key.extend(c.to_lowercase());
        } else if matches!(c, '\'' | '\u{2019}' | '.') {
        } else if !key.is_empty() && !key.ends_with(' ') {
            key.push(' ');
        }
    }
    if key.trim().is_empty() {
        return text.trim().to_owned();
    }
    key.truncate(key.trim_end().len());
    key
}

/// Whether `odd` is `meant` with a slip of the pen. Numbers are never slips.
fn is_misspelling(odd: &str, meant: &str) -> bool {
    let digits = |text: &str| text.chars().filter(char::is_ascii_digit).collect::<String>();
    let (one, other): (Vec<char>, Vec<char>) = (odd.chars().collect(), meant.chars().collect());
    let shorter = one.len().min(other.len());
    let allowed = if shorter >= 9 { 2 } else { 1 };
    if shorter < SHORTEST || one.len().abs_diff(other.len()) > allowed || digits(odd) != digits(meant) {
        return false;
    }
    distance(&one, &other) <= allowed
}

/// How many letters are wrong, missing, too many, or in the wrong order with their neighbour.
fn distance(one: &[char], other: &[char]) -> usize {
    let mut before = vec![0; other.len() + 1];
    let mut last: Vec<usize> = (0..=other.len()).collect();
    for (i, a) in one.iter().enumerate() {
        let mut row = vec![i + 1; other.len() + 1];
        for (j, b) in other.iter().enumerate() {
            let swap = i > 0 && j > 0 && *a == other[j - 1] && one[i - 1] == *b;
            row[j + 1] = (last[j] + usize::from(a != b)).min(last[j + 1] + 1).min(row[j] + 1);
            if swap {
                row[j + 1] = row[j + 1].min(before[j - 1] + 1);
            }
        }
        before = std::mem::replace(&mut last, row);
    }
    last[other.len()]
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn slips_of_the_pen_are_understood() {
        let mut values = Values::default();
        let common = [("Espresso maker", 20), ("Orbis 65", 30), ("Orbis 55", 2), ("Nadia", 18), ("Mr", 9)];
        for (name, count) in common {
            for _ in 0..count {
                values.add(name);
            }
        }
        for odd in
            ["espresso-maker", "Espreso maker", "ESPRESSO  MAKER", "Esprseso maker", "Nadai", "Ms", "Nora"]
        {
            values.add(odd);
        }
        let usual = values.usual();
        let meant: Vec<String> =
            (0..values.len()).map(|at| format!("{}>{}", values.name(at), values.name(usual[at]))).collect();
        assert_eq!(
            meant.join(" "),
            "Espresso maker>Espresso maker Orbis 65>Orbis 65 Orbis 55>Orbis 55 Nadia>Nadia Mr>Mr Espreso maker>Espresso maker \
             Esprseso maker>Espresso maker Nadai>Nadia Ms>Ms Nora>Nora"
        );
        assert_eq!(values.count(0), 22);
    }

    #[test]
    fn marks_alone_are_values_of_their_own() {
        assert_eq!(
            (key("=1+1").as_str(), key("!!").as_str(), key("O'Neil Bros.").as_str()),
            ("1 1", "!!", "oneil bros")
        );
    }
}
