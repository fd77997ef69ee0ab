//! In which order families are drilled that nobody has drilled yet.

use std::cmp::Reverse;

use super::played::Cost;
use crate::coaching::Coaching;
use crate::drill::Drills;
use crate::lexicon::{Kind, Lexicon};

/// The families that have drills: first those that have cost the most, then the others, a move and a
/// fault in turn, those first that do most to a customer.
#[must_use]
pub fn order<'d>(drills: &'d Drills, lexicon: &Lexicon, coaching: &Coaching, costs: &[Cost]) -> Vec<&'d str> {
    let names = drills.files().iter().map(|file| file.family.as_str());
    let is_costly = |name: &&str| costs.iter().any(|cost| cost.family == *name);
    let (mut costly, others): (Vec<&str>, Vec<&str>) = names.partition(is_costly);
    costly.sort_by_key(|name| costs.iter().position(|cost| cost.family == *name));
    let of_kind = |kind: Kind| {
        let mut names: Vec<&str> =
            others.iter().copied().filter(|name| kind_of(lexicon, name) == Some(kind)).collect();
        names.sort_by_key(|name| (Reverse(weight(lexicon, coaching, name, kind)), *name));
        names
    };
    costly.extend(in_turn(&of_kind(Kind::Move), &of_kind(Kind::Fault)));
    costly
}

fn kind_of(lexicon: &Lexicon, name: &str) -> Option<Kind> {
    lexicon.family(name).map(|family| family.kind)
}

/// How much hearing the family does to a customer, by the coaching.
fn weight(lexicon: &Lexicon, coaching: &Coaching, name: &str, kind: Kind) -> i16 {
    if kind == Kind::Move {
        return coaching.moves.get(name).map_or(0, |rule| rule.effect.goodwill - rule.effect.anger);
    }
    let rules = lexicon.rules.iter().filter(|rule| rule.family == name);
    let worst = rules.map(|rule| rule.severity).max().map(|severity| coaching.severities.of(severity).effect);
    let percent = coaching.faults.get(name).and_then(|rule| rule.weight).unwrap_or(100);
    worst.map_or(0, |effect| (effect.anger - effect.goodwill) * percent / 100)
}

fn in_turn<'n>(one: &[&'n str], other: &[&'n str]) -> Vec<&'n str> {
    let longest = one.len().max(other.len());
    (0..longest).flat_map(|at| [one.get(at), other.get(at)]).flatten().copied().collect()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::drill::DrillFile;
    use crate::embedded;

    fn drills(names: &[&str]) -> Drills {
        let file = |name: &&str| DrillFile { family: (*name).to_owned(), ..DrillFile::default() };
        Drills::new(names.iter().map(file).collect())
    }

    #[test]
    fn what_cost_most_comes_first() {
        let drills = drills(&["boast", "thanks", "apology", "policy-shield", "dypii", "excuse"]);
        let (lexicon, coaching) = (embedded::lexicon(), embedded::coaching());
        let plain = order(&drills, &lexicon, &coaching, &[]);
        assert_eq!(plain[0], "apology");
        assert_eq!(plain.len(), 6);
        let cost = |family: &str| Cost { family: family.to_owned(), points: 9, times: 1 };
        let costly = order(&drills, &lexicon, &coaching, &[cost("boast"), cost("excuse"), cost("rebuke")]);
        assert_eq!(costly[..3], ["boast", "excuse", "apology"]);
        assert_eq!(costly.len(), 6);
    }
}
