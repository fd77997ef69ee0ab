//! Which of the right names somebody meant who wrote a wrong one.

/// The candidate that takes the fewest changes of letters, if few enough to be meant.
pub fn nearest<'c>(name: &str, candidates: impl IntoIterator<Item = &'c str>) -> Option<&'c str> {
    let letters: Vec<char> = name.to_lowercase().chars().collect();
    let limit = (letters.len() / 3).clamp(1, 4);
    let with_distance = candidates.into_iter().filter_map(|candidate| {
        let other: Vec<char> = candidate.to_lowercase().chars().collect();
        let begins = letters.len() >= 3 && (other.starts_with(&letters) || letters.starts_with(&other));
        if letters.len().abs_diff(other.len()) > limit && !begins || other.is_empty() {
            return None;
        }
        let distance = distance(&letters, &other);
        (distance <= limit || begins).then_some((distance, candidate))
    });
    with_distance.min_by_key(|(distance, _)| *distance).map(|(_, candidate)| candidate)
}

/// How many letters must be put in, left out, replaced or swapped with their neighbour.
fn distance(one: &[char], other: &[char]) -> usize {
    let mut before: Vec<usize> = Vec::new();
    let mut above: Vec<usize> = (0..=other.len()).collect();
    for (row, letter) in one.iter().enumerate() {
        let mut line = vec![row + 1];
        for (column, letter_of_other) in other.iter().enumerate() {
            let replaced = above[column] + usize::from(letter != letter_of_other);
            let mut least = replaced.min(above[column + 1] + 1).min(line[column] + 1);
            let is_swapped =
                row > 0 && column > 0 && one[row - 1] == *letter_of_other && *letter == other[column - 1];
            if is_swapped {
                least = least.min(before[column - 1] + 1);
            }
            line.push(least);
        }
        before = std::mem::replace(&mut above, line);
    }
    above[other.len()]
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn finds_what_was_meant() {
        let keys = ["phrases", "flags", "allows", "severity", "why"];
        assert_eq!(nearest("phrase", keys), Some("phrases"));
        assert_eq!(nearest("Flgas", keys), Some("flags"));
        assert_eq!(nearest("serverity", keys), Some("severity"));
        assert_eq!(nearest("hwy", keys), Some("why"));
        assert_eq!(nearest("colour", keys), None);
        assert_eq!(nearest("our-pol", ["our-policy", "sorry-but"]), Some("our-policy"));
    }
}
