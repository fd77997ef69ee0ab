//! How often chance alone would do it.

use statrs::distribution::{Binomial, DiscreteCDF as _};
use statrs::function::factorial::ln_binomial;

/// Terms smaller than this part of their sum do not change it.
const NEGLIGIBLE: f64 = 1e-17;

/// Two properties of the same records, counted.
#[derive(Debug, Clone, Copy, PartialEq)]
pub(super) struct Fourfold {
    /// Records with both.
    pub(super) both: f64,
    /// Records with the first.
    pub(super) one: f64,
    /// Records with the second.
    pub(super) other: f64,
    /// Records of which both are known.
    pub(super) all: f64,
}

impl Fourfold {
    /// How many records would have both if chance alone put them together. `odds` is the odds ratio of
    /// the two in the traffic, 1 where there is none.
    pub(super) fn expected(&self, odds: f64) -> f64 {
        let Self { one, other, all, .. } = *self;
        if all <= 0.0 {
            return 0.0;
        }
        if (odds - 1.0).abs() < 1e-9 {
            return one * other / all;
        }
        // m (all - one - other + m) = odds (one - m) (other - m)
        let a = 1.0 - odds;
        let b = all - one - other + odds * (one + other);
        let c = -odds * one * other;
        let root = (b * b - 4.0 * a * c).max(0.0).sqrt();
        (-2.0 * c) / (b + root)
    }

    /// How likely so many with both, or more, are by chance: Fisher's exact test, one-sided; with other
    /// odds than 1 the noncentral hypergeometric distribution of Fisher. 1 where there is no excess.
    pub(super) fn chance(&self, odds: f64) -> f64 {
        let [both, one, other, all] = [self.both, self.one, self.other, self.all].map(whole);
        let expected = self.expected(odds);
        let most = one.min(other);
        if both > most || one > all || other > all || (both as f64) <= expected {
            return 1.0;
        }
        let least = (one + other).saturating_sub(all);
        let middle = (expected.round() as u64).clamp(least, most);
        let ln_weight =
            |k: u64| ln_binomial(one, k) + ln_binomial(all - one, other - k) + k as f64 * odds.ln();
        let rise = |k: u64| {
            let up = (one - k) as f64 * (other - k) as f64;
            up / ((k + 1) as f64 * (all + k + 1 - one - other) as f64) * odds
        };
        let total = sum_up(middle, most, rise) + sum_down(middle, least, rise);
        let tail = sum_up(both, most, rise);
        let ln_chance = ln_weight(both) - ln_weight(middle) + tail.ln() - total.ln();
        ln_chance.exp().clamp(f64::MIN_POSITIVE, 1.0)
    }

    /// How many of those with both would have to go for nothing to be left of the pattern.
    pub(super) fn left_by_chance(&self, odds: f64) -> f64 {
        let Self { both, one, other, all } = *self;
        let neither = all - one - other + both;
        if neither <= 0.0 {
            return self.expected(odds);
        }
        (odds * (one - both) * (other - both) / neither).min(both)
    }
}

/// The nearest whole number of records: what is explained already counts in part.
fn whole(count: f64) -> u64 {
    count.round().max(0.0) as u64
}

/// The terms from `first` up, in units of the first.
fn sum_up(first: u64, most: u64, rise: impl Fn(u64) -> f64) -> f64 {
    let (mut sum, mut term) = (1.0, 1.0);
    for k in first..most {
        let factor = rise(k);
        term *= factor;
        sum += term;
        if factor < 1.0 && term < sum * NEGLIGIBLE {
            break;
        }
    }
    sum
}

/// The terms below `first`, in units of the first.
fn sum_down(first: u64, least: u64, rise: impl Fn(u64) -> f64) -> f64 {
    let (mut sum, mut term) = (0.0, 1.0);
    for k in (least..first).rev() {
        let factor = rise(k);
        term /= factor;
        sum += term;
        if factor > 1.0 && term < sum * NEGLIGIBLE {
            break;
        }
    }
    sum
}

/// How likely `count` of `all` or more are by chance, where each has this share.
pub(super) fn of_share(count: f64, all: f64, share: f64) -> f64 {
    let (count, all) = (whole(count), whole(all));
    if count == 0 || count > all || count as f64 <= share * all as f64 {
        return 1.0;
    }
    Binomial::new(share.clamp(0.0, 1.0), all).map_or(1.0, |binomial| binomial.sf(count - 1))
}

/// How likely it is that a share rises so much at the best of all dates: the limit of Miller and Siegmund
/// (1982) for a maximally selected chi-squared, of which `z` is the root. `first` and `last` are the parts
/// of the records between which the date may lie. One-sided.
pub(super) fn of_best_date(z: f64, first: f64, last: f64) -> f64 {
    if z < 1.5 {
        return 1.0;
    }
    let density = (-z * z / 2.0).exp() / (2.0 * std::f64::consts::PI).sqrt();
    let width = (last * (1.0 - first) / ((1.0 - last) * first)).ln();
    let two_sided = density * ((z - 1.0 / z) * width + 4.0 / z);
    (two_sided / 2.0).clamp(f64::MIN_POSITIVE, 1.0)
}

/// The q-values of Benjamini and Hochberg (1995): among all findings with at most this q, so large a part
/// is expected to be chance.
#[derive(Debug)]
pub(super) struct Discovery {
    /// All chances, the smallest first, each with its q-value.
    ladder: Vec<(f64, f64)>,
}

impl Discovery {
    pub(super) fn of(mut chances: Vec<f64>) -> Self {
        chances.sort_unstable_by(f64::total_cmp);
        let all = chances.len() as f64;
        let mut ladder: Vec<(f64, f64)> = chances.into_iter().map(|chance| (chance, 1.0)).collect();
        let mut least: f64 = 1.0;
        for (rank, step) in ladder.iter_mut().enumerate().rev() {
            least = least.min(step.0 * all / (rank + 1) as f64);
            step.1 = least;
        }
        Self { ladder }
    }

    /// How many things were looked at.
    pub(super) const fn looked_at(&self) -> usize {
        self.ladder.len()
    }

    /// The q-value that belongs to a chance.
    pub(super) fn q(&self, chance: f64) -> f64 {
        let rank = self.ladder.partition_point(|(own, _)| *own < chance);
        self.ladder.get(rank).map_or(1.0, |(own, q)| {
            // Between two steps, the number of things looked at over the rank still holds.
            if *own <= chance {
                *q
            } else {
                (chance * self.ladder.len() as f64 / (rank + 1) as f64).max(*q).min(1.0)
            }
        })
    }

    /// The largest chance that has at most this q-value.
    pub(super) fn limit(&self, q: f64) -> f64 {
        let rank = self.ladder.partition_point(|(_, own)| *own <= q);
        let passed = rank.checked_sub(1).map_or(0.0, |last| self.ladder[last].0);
        passed.max(q / self.ladder.len().max(1) as f64)
    }
}

#[cfg(test)]
mod tests {
    use statrs::distribution::{DiscreteCDF as _, Hypergeometric};

    use super::*;

    fn near(one: f64, other: f64) -> bool {
        (one - other).abs() <= 1e-9 * one.abs().max(other.abs())
    }

    #[test]
    fn without_odds_it_is_fishers_exact_test() {
        for (both, one, other, all) in [(8, 10, 15, 40), (5, 5, 5, 400), (30, 60, 100, 400), (3, 20, 30, 50)]
        {
            let cell = Fourfold { both: both as f64, one: one as f64, other: other as f64, all: all as f64 };
            let expected = one as f64 * other as f64 / all as f64;
            let reference = Hypergeometric::new(all, one, other).unwrap().sf(both - 1);
            let reference = if both as f64 <= expected { 1.0 } else { reference };
            assert!(near(cell.chance(1.0), reference), "{cell:?}: {} {reference}", cell.chance(1.0));
        }
    }

    #[test]
    fn odds_of_the_traffic_move_what_is_expected() {
        let cell = Fourfold { both: 35.0, one: 50.0, other: 80.0, all: 200.0 };
        let even = cell.expected(1.0);
        assert!(near(even, 20.0));
        let odds = 3.0;
        let expected = cell.expected(odds);
        let neither = cell.all - cell.one - cell.other + expected;
        assert!(near(expected * neither, odds * (cell.one - expected) * (cell.other - expected)));
        assert!(cell.chance(odds) > cell.chance(1.0));
        // The sum over the whole distribution, by hand.
        let ln = |k: u64| ln_binomial(50, k) + ln_binomial(150, 80 - k) + k as f64 * odds.ln();
        let all: f64 = (0..=50).map(|k| (ln(k) - ln(25)).exp()).sum();
        let tail: f64 = (35..=50).map(|k| (ln(k) - ln(25)).exp()).sum();
        assert!((cell.chance(odds) - tail / all).abs() < 1e-9);
    }

    #[test]
    fn what_is_left_is_what_chance_would_leave() {
        let cell = Fourfold { both: 37.0, one: 52.0, other: 100.0, all: 400.0 };
        let left = cell.left_by_chance(1.0);
        let gone = cell.both - left;
        let rest =
            Fourfold { both: left, one: cell.one - gone, other: cell.other - gone, all: cell.all - gone };
        assert!(near(rest.expected(1.0), left), "{left} {}", rest.expected(1.0));
    }

    #[test]
    fn looking_at_many_costs() {
        let discovery = Discovery::of(vec![0.01, 0.04, 0.03, 0.005]);
        assert!(near(discovery.q(0.005), 0.02) && near(discovery.q(0.01), 0.02));
        assert!(near(discovery.q(0.03), 0.04) && near(discovery.q(0.04), 0.04));
        assert!(near(discovery.limit(0.02), 0.01));
        assert_eq!(Discovery::of(Vec::new()).q(0.5), 1.0);
    }

    #[test]
    fn small_and_odd_tables_do_no_harm() {
        for (both, one, other, all) in [(0, 0, 0, 0), (1, 1, 1, 1), (5, 5, 5, 5), (9, 5, 5, 20), (4, 5, 5, 3)]
        {
            let cell = Fourfold { both: both as f64, one: one as f64, other: other as f64, all: all as f64 };
            for odds in [1.0, 0.2, 5.0] {
                let chance = cell.chance(odds);
                assert!((0.0..=1.0).contains(&chance), "{cell:?} {odds} {chance}");
                assert!(cell.left_by_chance(odds).is_finite() && cell.expected(odds).is_finite());
            }
        }
        assert_eq!(of_share(0.0, 0.0, 0.5), 1.0);
        assert!(of_share(10.0, 10.0, 0.1) < 1e-9);
    }
}
