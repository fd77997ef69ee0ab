//! By which of its words a phrase is best looked for.

use super::padded::{AHEAD, SEEN};
use super::pieces::PieceId;
use super::sample::Sample;
use super::shape::{Choice, REACH, Shape, Way};
use super::vocabulary::{END, START, Symbol};

/// How a phrase is looked for.
pub(super) struct Plan {
    /// The part whose first word is the anchor: the word at which the phrase is looked for.
    pub(super) anchor: usize,
    /// The words that may stand about the anchor, by the ways in which the anchor may be said.
    pub(super) windows: Vec<Window>,
    /// What else must stand further off.
    pub(super) needs: Vec<Need>,
    /// What it costs to look for the phrase so.
    pub(super) cost: f64,
}

/// The words that may stand around a word by which a phrase is found.
#[derive(Debug, Clone, PartialEq)]
pub(super) struct Window {
    /// From the furthest ahead to the furthest behind; the word itself stands in the middle.
    pub(super) words: [Choice; SEEN],
    /// How many words behind the anchor it stands: the anchor may begin with a word that says little.
    pub(super) shift: i8,
}

/// Words of which one must stand within a distance of the anchor, both ends included.
#[derive(Debug, Clone)]
pub(super) struct Need {
    pub(super) words: Choice,
    pub(super) from: i8,
    pub(super) to: i8,
}

/// More needs than these hardly ever refuse anything more.
const NEEDS: usize = 6;
/// What it costs to look for a phrase, against looking whether the words that it needs are there.
const COST_OF_LOOKING: f64 = 20.0;
/// A need that leaves more of the places than this is not worth a look.
const WORTH_A_LOOK: f64 = 0.95;
/// Among so many of the rarest parts the best anchor is sought.
const ANCHORS: usize = 8;
/// A plan that costs less than this is good enough: most phrases are rare, and to tune them further
/// would only make a lexicon slow to load.
const CHEAP: f64 = 2.0;
/// Of so many words of the sample, a phrase is worth a try to split it.
const WORTH_SPLITTING: f64 = 5.0;
/// The parts must cost less than this share of the whole.
const WORTH_A_SPLIT: f64 = 0.6;
/// A window more must save so many places.
const WORTH_A_WINDOW: f64 = 0.1;

/// Where one would look in the sample.
struct Left {
    places: Vec<u32>,
    /// How many more it would be by chance: the sample is small.
    chance: f64,
}

impl Left {
    fn count(&self, sample: &Sample) -> f64 {
        sample.weight(&self.places) + self.chance
    }
}

/// The words of the text that costs are told for.
const TEXT: f64 = 100_000.0;
/// A window stands at most so many words ahead of the anchor.
const MOST_AHEAD: usize = 2;

/// Whether the words are named, and are words.
fn is_of_words(choice: &Choice) -> bool {
    choice.as_ref().is_some_and(|words| !words.is_empty() && !words.contains(&START) && !words.contains(&END))
}

/// Finds plans.
pub(super) struct Tuner<'t> {
    pub(super) shape: &'t Shape<'t>,
    pub(super) sample: &'t Sample,
    /// Whether to look no further than the rarest part of each phrase.
    pub(super) is_quick: bool,
}

impl Tuner<'_> {
    /// How best to look for the phrase that these parts make: as a whole, or as several phrases that
    /// differ in one of its parts.
    pub(super) fn plans(&self, parts: &[PieceId], family: u32) -> Vec<(Vec<PieceId>, Plan)> {
        let plan = self.plan(parts, family);
        if self.is_quick || plan.cost < WORTH_SPLITTING {
            return vec![(parts.to_vec(), plan)];
        }
        let splits =
            (0..parts.len()).map(|part| self.shape.split(parts, part)).filter(|split| !split.is_empty());
        let tried = splits.map(|split| -> (f64, Vec<(Vec<PieceId>, Plan)>) {
            let plans = split.into_iter().map(|parts| {
                let plan = self.plan(&parts, family);
                (parts, plan)
            });
            let plans: Vec<_> = plans.collect();
            (plans.iter().map(|(_, plan)| plan.cost).sum(), plans)
        });
        match tried.min_by(|one, other| one.0.total_cmp(&other.0)) {
            Some((cheaper, plans)) if cheaper < plan.cost * WORTH_A_SPLIT => plans,
            _ => vec![(parts.to_vec(), plan)],
        }
    }

    /// The best plan for the phrase that these parts make.
    pub(super) fn plan(&self, parts: &[PieceId], family: u32) -> Plan {
        let firm = (0..parts.len()).filter(|&part| self.is_firm(parts[part]));
        let share = |part: usize| self.share(&self.shape.first(parts[part], Way::Forward));
        let mut anchors: Vec<(f64, usize)> = firm.map(|part| (share(part), part)).collect();
        anchors.sort_by(|one, other| one.0.total_cmp(&other.0));
        let mut best: Option<Plan> = None;
        for &(_, anchor) in anchors.iter().take(if self.is_quick { 1 } else { ANCHORS }) {
            let tried = self.plan_at(parts, anchor, family);
            let is_cheap = tried.cost < CHEAP;
            if best.as_ref().is_none_or(|best| tried.cost < best.cost) {
                best = Some(tried);
            }
            if is_cheap {
                break;
            }
        }
        best.unwrap_or_else(|| self.plan_at(parts, 0, family))
    }

    /// Whether the piece holds at least a word, and begins with one that the author named.
    fn is_firm(&self, piece: PieceId) -> bool {
        let first = self.shape.first(piece, Way::Forward);
        self.shape.length(&[piece]).0 > 0 && first.is_some_and(|words| !words.is_empty())
    }

    /// The plan that anchors the phrase at this part.
    fn plan_at(&self, parts: &[PieceId], anchor: usize, family: u32) -> Plan {
        let (windows, mut left) = self.windows(parts, anchor, family);
        let mut cost = left.count(self.sample);
        let mut needs: Vec<Need> = Vec::new();
        let mut possible = self.needs(parts, anchor);
        while needs.len() < NEEDS {
            let tried = possible.iter().map(|need| self.left_by(need, &left));
            let best = tried
                .enumerate()
                .min_by(|(_, one), (_, other)| one.count(self.sample).total_cmp(&other.count(self.sample)));
            let Some((best, fewer)) = best else { break };
            if fewer.count(self.sample) > left.count(self.sample) * WORTH_A_LOOK {
                break;
            }
            left = fewer;
            needs.push(possible.swap_remove(best));
        }
        cost += left.count(self.sample) * COST_OF_LOOKING;
        Plan { anchor, windows, needs, cost }
    }

    /// What is left of the places with the need.
    fn left_by(&self, need: &Need, left: &Left) -> Left {
        let words = need.words.as_deref().unwrap_or_default();
        let is_near = |at: &u32| self.sample.has_near(*at, words, need.from, need.to);
        let places = left.places.iter().copied().filter(is_near).collect();
        let width = f64::from(need.to) - f64::from(need.from) + 1.0;
        Left { places, chance: left.chance * (self.share(&need.words) * width).min(1.0) }
    }

    /// The windows at an anchor: one for each way in which it may be said, if that is narrower than
    /// one for all of them. With it, the places that they leave.
    fn windows(&self, parts: &[PieceId], anchor: usize, family: u32) -> (Vec<Window>, Left) {
        let whole = vec![self.window(parts, anchor, &parts[anchor..=anchor])];
        let left_by_whole = self.left(&whole, family);
        if left_by_whole.count(self.sample) < WORTH_A_WINDOW {
            return (whole, left_by_whole);
        }
        let mut split: Vec<Window> = Vec::new();
        for alternative in self.shape.alternatives(parts[anchor]) {
            let window = self.window(parts, anchor, &alternative);
            if !split.contains(&window) {
                split.push(window);
            }
        }
        let left_by_split = self.left(&split, family);
        let saved = left_by_whole.count(self.sample) - left_by_split.count(self.sample);
        if saved > WORTH_A_WINDOW * split.len() as f64 {
            (split, left_by_split)
        } else {
            (whole, left_by_whole)
        }
    }

    fn left(&self, windows: &[Window], family: u32) -> Left {
        let places = |window: &Window| {
            let words = self.sample.fitting(&window.words, family);
            let shift = i32::from(window.shift);
            words.into_iter().filter_map(move |at| at.checked_add_signed(-shift))
        };
        Left {
            places: windows.iter().flat_map(places).collect(),
            chance: windows.iter().map(|window| self.chance(&window.words)).sum(),
        }
    }

    /// The words that may stand around the beginning of a part, however it is said.
    pub(super) fn around(&self, parts: &[PieceId], part: usize) -> [Choice; SEEN] {
        let [first, second, third, ..] = self.shape.edge(&parts[part..], Way::Forward);
        let [near, far, ..] = self.shape.edge(&parts[..part], Way::Backward);
        [far, near, first, second, third]
    }

    /// The window around the word that is the cheapest to look for phrases by, when the anchor is
    /// said in this way.
    fn window(&self, parts: &[PieceId], anchor: usize, opening: &[PieceId]) -> Window {
        let rest = [opening, &parts[anchor + 1..]].concat();
        let behind = self.shape.edge(&rest, Way::Forward);
        let mut ahead = self.shape.edge(&parts[..anchor], Way::Backward);
        ahead.reverse();
        let strip: Vec<Choice> = ahead.into_iter().chain(behind).collect();
        let windows = (REACH - MOST_AHEAD..strip.len()).filter(|&at| is_of_words(&strip[at])).map(|at| {
            let place = |place: usize| strip.get(at + place - AHEAD).cloned().flatten();
            Window { words: std::array::from_fn(place), shift: (at as isize - REACH as isize) as i8 }
        });
        let cost = |window: &Window| {
            let [first, second, anchor, fourth, last] = &window.words;
            let others = [first, second, fourth, last].map(|words| self.share(words));
            self.share(anchor) * (1.0 + COST_OF_LOOKING * others.iter().product::<f64>())
        };
        let best = windows.min_by(|one, other| cost(one).total_cmp(&cost(other)));
        best.unwrap_or_else(|| Window {
            words: std::array::from_fn(|place| strip[REACH + place - AHEAD].clone()),
            shift: 0,
        })
    }

    /// The other parts that the phrase cannot do without, and where they may stand.
    fn needs(&self, parts: &[PieceId], anchor: usize) -> Vec<Need> {
        let distance = |parts: &[PieceId]| {
            let (least, most) = self.shape.length(parts);
            (least.min(100) as i8, most.min(100) as i8)
        };
        let others = (0..parts.len()).filter(|&part| part != anchor && self.is_firm(parts[part]));
        let need = |part: usize| {
            let words = self.shape.first(parts[part], Way::Forward);
            if part > anchor {
                let (from, to) = distance(&parts[anchor..part]);
                Need { words, from, to }
            } else {
                let (to, from) = distance(&parts[part..anchor]);
                Need { words, from: -from, to: -to }
            }
        };
        others.map(need).collect()
    }

    /// How often a window fits in the sample by chance.
    fn chance(&self, window: &[Choice; SEEN]) -> f64 {
        window.iter().map(|words| self.share(words)).product::<f64>() * TEXT
    }

    fn share(&self, words: &Choice) -> f64 {
        let share = |symbol: &Symbol| self.sample.shares[*symbol as usize];
        words.as_ref().map_or(1.0, |words| words.iter().map(share).sum::<f64>().min(1.0))
    }
}
