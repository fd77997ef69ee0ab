//! How busy it was: in words, or as a number in bands.

use rustc_hash::FxHashMap;

use super::values::Values;
use crate::scenario::casebook::Load;

/// The bands or words of a column of loads.
#[derive(Debug, Default)]
pub(super) struct Loads {
    /// Their names, the quietest first where they are bands.
    pub(super) names: Vec<String>,
    /// The last number of each band but the highest.
    ends: Vec<f64>,
    words: FxHashMap<String, u16>,
}

/// What people write for each load.
const SYNONYMS: [(Load, &[&str]); 3] = [
    (
        Load::Quiet,
        &["quiet", "calm", "slow", "low", "empty", "light", "dead", "nobody", "not busy", "very quiet", "q"],
    ),
    (
        Load::Usual,
        &[
            "usual", "normal", "medium", "average", "ok", "okay", "moderate", "steady", "regular",
            "as usual", "fair", "so so",
        ],
    ),
    (
        Load::Busy,
        &[
            "busy",
            "high",
            "rush",
            "full",
            "packed",
            "heavy",
            "crowded",
            "very busy",
            "v busy",
            "hectic",
            "overrun",
            "swamped",
            "crazy",
            "queue",
            "mad",
            "busy!",
            "peak",
        ],
    ),
];

impl Loads {
    /// What the cells of a column are.
    pub(super) fn of<'c>(cells: impl Iterator<Item = &'c str> + Clone) -> Self {
        let numbers: Vec<f64> = cells.clone().filter_map(number).collect();
        if numbers.len() * 5 >= cells.clone().count() * 4 && !numbers.is_empty() {
            Self::banded(numbers)
        } else {
            Self::worded(cells)
        }
    }

    fn banded(mut numbers: Vec<f64>) -> Self {
        numbers.sort_unstable_by(f64::total_cmp);
        let at = |part: f64| numbers[((numbers.len() - 1) as f64 * part) as usize];
        let (least, most) = (numbers[0], numbers[numbers.len() - 1]);
        // A third each, and what is above nine in ten: capacity tells only near its limit.
        let mut ends: Vec<f64> =
            [1.0 / 3.0, 2.0 / 3.0, 0.9].map(at).into_iter().filter(|end| *end < most).collect();
        ends.dedup();
        let is_whole = numbers.iter().all(|number| number.fract() == 0.0);
        let mut names = Vec::new();
        let mut from = least;
        for &end in &ends {
            names.push(if from < end { format!("{from} to {end}") } else { end.to_string() });
            from = if is_whole { end + 1.0 } else { end };
        }
        let last =
            if ends.is_empty() || is_whole { format!("{from} or more") } else { format!("more than {from}") };
        names.push(if from >= most && is_whole { most.to_string() } else { last });
        Self { names, ends, words: FxHashMap::default() }
    }

    fn worded<'c>(cells: impl Iterator<Item = &'c str>) -> Self {
        let mut loads =
            Self { names: Load::ALL.map(|load| load.name().to_owned()).to_vec(), ..Self::default() };
        let mut others = Values::default();
        let mut odd: Vec<(String, usize)> = Vec::new();
        for cell in cells {
            let key = cell.trim().to_lowercase();
            if loads.words.contains_key(&key) {
                continue;
            }
            let known = SYNONYMS.iter().find(|(_, names)| names.contains(&key.trim_end_matches(['!', '.'])));
            match known {
                Some((load, _)) => {
                    loads.words.insert(key, *load as u16);
                }
                None => odd.extend(others.add(cell).map(|number| (key, number))),
            }
        }
        for (key, number) in odd {
            let name = others.name(number).to_owned();
            let code = loads.names.iter().position(|own| *own == name).unwrap_or_else(|| {
                loads.names.push(name);
                loads.names.len() - 1
            });
            loads.words.insert(key, code as u16);
        }
        loads
    }

    /// The number of a cell's band or word.
    pub(super) fn code(&self, cell: &str) -> Option<u16> {
        if self.words.is_empty() {
            return number(cell).map(|number| self.ends.iter().filter(|end| number > **end).count() as u16);
        }
        self.words.get(&cell.trim().to_lowercase()).copied()
    }
}

/// Whether the values of a casebook's loads are bands of numbers.
pub(super) fn is_banded(names: &[String]) -> bool {
    names.len() > 2 && names.iter().all(|name| number(name.trim_start_matches("more than ")).is_some())
}

/// The number at the beginning of a cell: `6`, `~6`, `85 %`, `4 people`.
fn number(cell: &str) -> Option<f64> {
    let cell = cell.trim().trim_start_matches(['~', '≈', '<', '>', '+']).trim_start();
    let end = cell.find(|c: char| !c.is_ascii_digit() && c != '.').unwrap_or(cell.len());
    cell[..end].trim_end_matches('.').parse().ok().filter(|number: &f64| number.is_finite())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn numbers_are_put_into_bands() {
        let cells: Vec<String> = (0..100).map(|at| (at / 10).to_string()).collect();
        let loads = Loads::of(cells.iter().map(String::as_str));
        assert_eq!(loads.names, ["0 to 3", "4 to 6", "7 to 8", "9"]);
        assert_eq!(
            (loads.code("0"), loads.code("4 people"), loads.code("~9"), loads.code("late")),
            (Some(0), Some(1), Some(3), None)
        );
        assert_eq!(Loads::of(["5", "5"].into_iter()).names, ["5"]);
    }

    #[test]
    fn words_are_understood() {
        let loads = Loads::of(["Busy!", "rush", "normal", "Quiet", "like a zoo", "Like a zoo"].into_iter());
        assert_eq!(loads.names.len(), 4);
        assert_eq!(
            (loads.code("RUSH"), loads.code("busy!"), loads.code("quiet")),
            (Some(2), Some(2), Some(0))
        );
        assert_eq!(loads.code("like a zoo"), loads.code("Like a zoo"));
        assert_eq!(Loads::of(std::iter::empty()).code("x"), None);
    }
}
