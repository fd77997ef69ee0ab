//! Which of several lines is said: each playing takes others, and none comes twice before all have
//! been said. The same seed draws the same lines.

use std::collections::BTreeMap;

/// Draws lines.
#[derive(Debug, Clone, Default)]
pub(super) struct Lines {
    seed: u64,
    /// How often each list has been drawn from.
    drawn: BTreeMap<String, usize>,
}

impl Lines {
    pub(super) fn new(seed: u64) -> Self {
        Self { seed, ..Self::default() }
    }

    /// The next of the lines that go by this name.
    pub(super) fn draw<'t>(&mut self, name: &str, lines: &'t [String]) -> Option<&'t str> {
        if lines.is_empty() {
            return None;
        }
        let count = self.drawn.entry(name.to_owned()).or_default();
        let place = (start(self.seed, name) as usize % lines.len() + *count) % lines.len();
        *count += 1;
        Some(&lines[place])
    }
}

/// Where a list begins: FNV-1a over the name, mixed with the seed, so that lists of two begin with
/// either line from seed to seed.
fn start(seed: u64, name: &str) -> u64 {
    let mut hash = 0xcbf2_9ce4_8422_2325_u64 ^ seed.wrapping_mul(0x9E37_79B9_7F4A_7C15);
    for byte in name.bytes() {
        hash = (hash ^ u64::from(byte)).wrapping_mul(0x0100_0000_01b3);
    }
    hash ^= hash >> 32;
    hash.wrapping_mul(0xD6E8_FEB8_6659_FD93) >> 33
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn no_line_comes_twice_before_all_have_been_said() {
        let lines: Vec<String> = ["a", "b", "c"].map(str::to_owned).into();
        for seed in 0..20 {
            let mut drawn = Lines::new(seed);
            let mut said: Vec<&str> = (0..3).filter_map(|_| drawn.draw("x", &lines)).collect();
            said.sort_unstable();
            assert_eq!(said, ["a", "b", "c"]);
        }
    }

    #[test]
    fn seeds_begin_with_different_lines() {
        let lines: Vec<String> = ["a", "b"].map(str::to_owned).into();
        let firsts = (0..40).filter(|&seed| Lines::new(seed).draw("x", &lines) == Some("a")).count();
        assert!((8..=32).contains(&firsts), "{firsts}");
        assert_eq!(Lines::new(1).draw("x", &[]), None);
    }
}
