//! What the people of a class are called in a report, and how their names are kept out of it.

use std::borrow::Cow;
use std::collections::BTreeMap;
use std::collections::BTreeSet;
use std::ops::Range;

use regex::{Captures, Regex, RegexBuilder};
use uuid::Uuid;

use crate::class::Class;

/// Names that are also everyday words. They are taken for names only where they are written so.
const EVERYDAY: &[&str] = &[
    "amber",
    "angel",
    "april",
    "art",
    "august",
    "autumn",
    "bill",
    "bob",
    "brook",
    "case",
    "cash",
    "chance",
    "charity",
    "chase",
    "christian",
    "clay",
    "crystal",
    "daisy",
    "dale",
    "dawn",
    "day",
    "dean",
    "drew",
    "duke",
    "earl",
    "eve",
    "faith",
    "flora",
    "frank",
    "gay",
    "gene",
    "ginger",
    "glad",
    "glen",
    "good",
    "grace",
    "grant",
    "guy",
    "hall",
    "harmony",
    "hay",
    "heath",
    "heather",
    "hill",
    "holly",
    "hope",
    "house",
    "hunter",
    "iris",
    "ivy",
    "jack",
    "jade",
    "jasmine",
    "jay",
    "jewel",
    "john",
    "joy",
    "june",
    "king",
    "lane",
    "lee",
    "lily",
    "little",
    "long",
    "love",
    "mark",
    "mason",
    "may",
    "melody",
    "mercy",
    "miles",
    "nick",
    "noble",
    "norm",
    "olive",
    "page",
    "park",
    "pat",
    "patience",
    "pearl",
    "penny",
    "price",
    "rain",
    "ray",
    "rich",
    "rick",
    "river",
    "rob",
    "robin",
    "rock",
    "rose",
    "ruby",
    "rusty",
    "sandy",
    "scott",
    "short",
    "skip",
    "sky",
    "small",
    "smart",
    "summer",
    "sunny",
    "swift",
    "sue",
    "terry",
    "tom",
    "tony",
    "trinity",
    "victor",
    "viola",
    "violet",
    "wade",
    "ward",
    "warren",
    "way",
    "west",
    "white",
    "will",
    "wood",
    "young",
];

/// Parts that many names have, and that are no name.
const PARTICLES: &[&str] = &[
    "abu", "al", "ben", "bin", "da", "dal", "de", "del", "della", "den", "der", "di", "do", "dos", "du",
    "el", "ibn", "la", "las", "le", "los", "of", "san", "st", "the", "van", "vom", "von", "zu", "jr", "sr",
    "mr", "mrs", "ms", "dr",
];

/// What is shown in place of a name that several people have.
const SOMEBODY: &str = "a name";

/// What everybody is called.
#[derive(Debug)]
pub(super) struct Names {
    shown: Vec<Shown>,
    reviewers: BTreeMap<String, String>,
    hidden: Option<Hidden>,
}

#[derive(Debug)]
struct Shown {
    name: String,
    id: String,
}

/// Every way in which a name may be written, and what stands for it.
#[derive(Debug)]
struct Hidden {
    pattern: Regex,
    /// By the name in lower case, its spaces made one.
    stand_in: BTreeMap<String, String>,
}

impl Names {
    /// The names of a class, or what stands for them.
    pub(super) fn of(class: &Class, is_anonymous: bool) -> Self {
        let reviewers = reviewers(class, is_anonymous);
        if !is_anonymous {
            let shown = class.people.iter();
            let shown = shown.map(|person| Shown { name: person.name.clone(), id: person.id.clone() });
            return Self { shown: shown.collect(), reviewers, hidden: None };
        }
        let numbers = numbers(class);
        let shown = numbers
            .iter()
            .map(|number| Shown { name: format!("Trainee {number}"), id: format!("trainee-{number}") });
        let shown: Vec<Shown> = shown.collect();
        let hidden = Hidden::of(class, &shown, &reviewers);
        Self { shown, reviewers, hidden }
    }

    /// What a person is called.
    pub(super) fn name(&self, person: usize) -> &str {
        &self.shown[person].name
    }

    /// What tells the person from all others.
    pub(super) fn id(&self, person: usize) -> &str {
        &self.shown[person].id
    }

    /// What a reviewer is called.
    pub(super) fn reviewer(&self, name: &str) -> String {
        self.reviewers.get(name).cloned().unwrap_or_else(|| name.to_owned())
    }

    /// `text` without the names that are to be kept out.
    pub(super) fn hide<'t>(&self, text: &'t str) -> Cow<'t, str> {
        match &self.hidden {
            Some(hidden) => {
                hidden.pattern.replace_all(text, |found: &Captures<'_>| hidden.stand_in(&found[0]))
            }
            None => Cow::Borrowed(text),
        }
    }

    /// Where names stand in `text` that are to be kept out, and what stands for them.
    pub(super) fn found(&self, text: &str) -> Vec<(Range<usize>, String)> {
        let Some(hidden) = &self.hidden else { return Vec::new() };
        let found = hidden.pattern.find_iter(text);
        found.map(|found| (found.range(), hidden.stand_in(found.as_str()))).collect()
    }
}

impl Hidden {
    fn of(class: &Class, shown: &[Shown], reviewers: &BTreeMap<String, String>) -> Option<Self> {
        let mut stand_in: BTreeMap<String, String> = BTreeMap::new();
        let mut patterns: Vec<(usize, String)> = Vec::new();
        let people = class.people.iter().zip(shown);
        let people = people.flat_map(|(person, shown)| {
            [(person.name.as_str(), shown.name.as_str()), (person.id.as_str(), shown.name.as_str())]
        });
        let all = people.chain(reviewers.iter().map(|(name, shown)| (name.as_str(), shown.as_str())));
        for (name, shown) in all {
            for form in forms(name) {
                let key = key(&form);
                let known = stand_in.entry(key.clone()).or_insert_with(|| shown.to_owned());
                if known != shown {
                    SOMEBODY.clone_into(known);
                }
                patterns.push((form.len(), pattern(&form, &key)));
            }
        }
        // The longest first: "Anna Berg" before "Anna".
        patterns.sort_by(|one, other| other.cmp(one));
        patterns.dedup();
        let any: Vec<String> = patterns.into_iter().map(|(_, pattern)| pattern).collect();
        if any.is_empty() {
            return None;
        }
        let pattern = RegexBuilder::new(&any.join("|")).size_limit(64 << 20).build();
        pattern.ok().map(|pattern| Self { pattern, stand_in })
    }

    fn stand_in(&self, found: &str) -> String {
        let name = self.stand_in.get(&key(found)).map_or(SOMEBODY, String::as_str);
        format!("[{name}]")
    }
}

/// The name whole, without its spaces, and each part of it that is a name by itself.
fn forms(name: &str) -> Vec<String> {
    let words: Vec<&str> = name.split_whitespace().collect();
    let mut forms = vec![words.join(" "), words.concat()];
    let parts = name.split(|c: char| !c.is_alphabetic() && c != '\'' && c != '’');
    let parts = parts.filter(|part| part.chars().count() > 1);
    forms.extend(parts.filter(|part| !PARTICLES.contains(&part.to_lowercase().as_str())).map(str::to_owned));
    // An id such as 12 is in many a reply, and is nobody's name.
    let is_telling =
        |form: &String| form.chars().count() > if form.chars().all(char::is_numeric) { 4 } else { 1 };
    forms.retain(is_telling);
    forms.sort_unstable();
    forms.dedup();
    forms
}

fn key(form: &str) -> String {
    form.split_whitespace().collect::<Vec<_>>().join(" ").to_lowercase()
}

/// A form as a pattern: any case, unless it is an everyday word; whole words only.
fn pattern(form: &str, key: &str) -> String {
    let border = |edge: Option<char>| if edge.is_some_and(char::is_alphanumeric) { r"\b" } else { "" };
    let spaced = |form: &str| form.split(' ').map(regex::escape).collect::<Vec<_>>().join(r"[\s\u{a0}_.-]+");
    let body = if EVERYDAY.contains(&key) {
        format!("{}|{}", spaced(form), spaced(&form.to_uppercase()))
    } else {
        format!("(?i:{})", spaced(form))
    };
    format!("{}(?:{body}){}", border(form.chars().next()), border(form.chars().last()))
}

/// A number for everybody, which says nothing about the order of the names and stays the same when
/// others join or leave.
fn numbers(class: &Class) -> Vec<u32> {
    const FIRST: u32 = 100;
    const MANY: u32 = 900;
    let drawn = |id: &str| {
        let name = format!("{}\n{id}", class.name);
        Uuid::new_v5(&super::NAMESPACE, name.as_bytes()).as_u128()
    };
    let mut order: Vec<(u128, usize)> =
        class.people.iter().enumerate().map(|(at, person)| (drawn(&person.id), at)).collect();
    order.sort_unstable();
    let many = MANY.max(class.people.len() as u32 * 2);
    let mut taken = BTreeSet::new();
    let mut numbers = vec![0; class.people.len()];
    for (drawn, at) in order {
        let mut number = (drawn % u128::from(many)) as u32;
        while !taken.insert(number) {
            number = (number + 1) % many;
        }
        numbers[at] = FIRST + number;
    }
    numbers
}

fn reviewers(class: &Class, is_anonymous: bool) -> BTreeMap<String, String> {
    let mut names: Vec<&str> = class.reviews.iter().map(|review| review.reviewer.as_str()).collect();
    names.sort_unstable();
    names.dedup();
    // Not by name either: by the first judgement of each.
    names.sort_by_key(|name| class.reviews.iter().position(|review| review.reviewer == *name));
    let shown = |(number, name): (usize, &str)| match is_anonymous {
        true => format!("Trainer {}", number + 1),
        false => name.to_owned(),
    };
    names.into_iter().enumerate().map(|(number, name)| (name.to_owned(), shown((number, name)))).collect()
}
