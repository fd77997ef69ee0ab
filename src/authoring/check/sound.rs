//! The part of a lexicon that can listen while another part has mistakes, so that the examples of
//! the sound part are tried all the same.

use std::collections::BTreeMap;

use rustc_hash::{FxHashMap, FxHashSet};

use super::expansion::Sizes;
use super::phrases::is_sound_expression;
use crate::authoring::layer::Layer;
use crate::authoring::load::Loaded;
use crate::lexicon::phrase::Phrase;
use crate::lexicon::schema::{Conditions, Texts};
use crate::lexicon::{Family, Lexicon};
use crate::matcher::{BUILT_IN_LISTS, REGEX_MARK, reference};

/// What can listen.
pub(super) struct Sound {
    /// The lexicon without the texts that cannot be used.
    pub(super) lexicon: Lexicon,
    /// Rules that may fail their examples because of what is missing.
    pub(super) doubtful: FxHashSet<String>,
}

impl Sound {
    pub(super) fn of(loaded: &Loaded) -> Self {
        let Loaded { lexicon, layers, .. } = loaded;
        let lost = LostLists::of(layers);
        let mut sound = Self { lexicon: lexicon.clone(), doubtful: FxHashSet::default() };
        let mut families: FxHashMap<&str, (Judge<'_>, bool)> = FxHashMap::default();
        for (family, copy) in lexicon.families.iter().zip(&mut sound.lexicon.families) {
            let mut judge = Judge::new(lexicon, Some(family), &lost);
            let is_whole = judge.sift_conditions(&mut copy.unless) & judge.sift_conditions(&mut copy.only);
            copy.lists.retain(|name, _| judge.is_sound_list(name));
            families.insert(&family.name, (judge, is_whole));
        }
        for rule in &mut sound.lexicon.rules {
            let Some((judge, is_family_whole)) = families.get_mut(rule.family.as_str()) else { continue };
            let before = rule.phrases.len();
            rule.phrases.retain(|text| judge.is_sound(text));
            let is_whole = rule.phrases.len() == before
                && judge.sift_conditions(&mut rule.unless) & judge.sift_conditions(&mut rule.only);
            if !is_whole || !*is_family_whole {
                sound.doubtful.insert(rule.id.clone());
            }
        }
        let mut common = Judge::new(lexicon, None, &lost);
        sound.lexicon.words.lists.retain(|name, _| common.is_sound_list(name));
        sound.doubt_those_that_refer(layers);
        sound
    }

    /// A rule that is silenced by another one cannot be tried without it.
    fn doubt_those_that_refer(&mut self, layers: &[Layer]) {
        let Self { lexicon, doubtful } = self;
        let mut unsure: FxHashSet<String> = FxHashSet::default();
        for file in layers.iter().flat_map(|layer| &layer.files).filter(|file| !file.is_whole()) {
            unsure.extend(file.names.iter().cloned());
        }
        loop {
            let before = doubtful.len();
            let of_doubtful = lexicon.rules.iter().filter(|rule| doubtful.contains(&rule.id));
            unsure.extend(of_doubtful.flat_map(|rule| [rule.id.clone(), rule.family.clone()]));
            let refers = |conditions: [&Conditions; 2]| {
                let texts = conditions.into_iter().flat_map(Conditions::by_scope);
                let mut texts = texts.flat_map(|(_, texts)| texts.iter());
                texts.any(|text| reference(text).is_some_and(|name| unsure.contains(name)))
            };
            let families: FxHashSet<&str> = lexicon
                .families
                .iter()
                .filter(|family| refers([&family.unless, &family.only]))
                .map(|family| family.name.as_str())
                .collect();
            let doubted = lexicon
                .rules
                .iter()
                .filter(|rule| refers([&rule.unless, &rule.only]) || families.contains(rule.family.as_str()));
            doubtful.extend(doubted.map(|rule| rule.id.clone()));
            if doubtful.len() == before {
                return;
            }
        }
    }
}

/// Lists that have lost entries to a mistake.
#[derive(Default)]
struct LostLists<'f> {
    common: FxHashSet<&'f str>,
    of_families: FxHashSet<(&'f str, &'f str)>,
}

impl<'f> LostLists<'f> {
    fn of(layers: &'f [Layer]) -> Self {
        let mut lost = Self::default();
        for layer in layers {
            for (file, _) in layer.words() {
                let spot = file.spot().key("lists");
                lost.common.extend(file.names.iter().map(String::as_str).filter(|name| spot.has_lost(name)));
            }
            for (file, family) in layer.families() {
                let spot = file.spot().key("words");
                let names = file.names.iter().map(String::as_str).filter(|name| spot.has_lost(name));
                lost.of_families.extend(names.map(|name| (family.family.as_str(), name)));
            }
        }
        lost
    }
}

/// Tells which texts of a family can be used.
struct Judge<'l> {
    lexicon: &'l Lexicon,
    family: Option<&'l Family>,
    lost: &'l LostLists<'l>,
    sizes: Sizes<'l>,
    /// What is known of lists; of those that are being looked at, that they are not sound: a list
    /// that leads to itself is in a circle.
    known: FxHashMap<String, bool>,
}

impl<'l> Judge<'l> {
    fn new(lexicon: &'l Lexicon, family: Option<&'l Family>, lost: &'l LostLists<'l>) -> Self {
        let sizes = Sizes::new(lexicon, family);
        Self { lexicon, family, lost, sizes, known: FxHashMap::default() }
    }

    /// Takes out the texts that cannot be used. Answers whether there were none.
    fn sift_conditions(&mut self, conditions: &mut Conditions) -> bool {
        let mut is_whole = true;
        for texts in conditions.by_scope_mut() {
            let before = texts.0.len();
            texts.0.retain(|text| reference(text).is_some() || self.is_sound(text));
            is_whole &= texts.0.len() == before;
        }
        is_whole
    }

    fn is_sound(&mut self, text: &str) -> bool {
        if text.starts_with(REGEX_MARK) {
            return is_sound_expression(text);
        }
        let Ok(phrase) = Phrase::parse(text) else { return false };
        phrase.lists().into_iter().all(|name| self.is_sound_list(name))
            && self.sizes.of(&phrase.root).mistake().is_none()
    }

    fn is_sound_list(&mut self, name: &str) -> bool {
        if let Some(&known) = self.known.get(name) {
            return known;
        }
        self.known.insert(name.to_owned(), false);
        let is_sound = self.look_at_list(name);
        self.known.insert(name.to_owned(), is_sound);
        is_sound
    }

    fn look_at_list(&mut self, name: &str) -> bool {
        if let Some(family) = self.family
            && let Some(texts) = family.lists.get(name)
        {
            return !self.lost.of_families.contains(&(family.name.as_str(), name)) && self.are_sound(texts);
        }
        let lists: &'l BTreeMap<String, Texts> = &self.lexicon.words.lists;
        match lists.get(name) {
            Some(texts) => !self.lost.common.contains(name) && self.are_sound(texts),
            None => BUILT_IN_LISTS.contains(&name),
        }
    }

    /// Entries that are no phrases are told, and not heard.
    fn are_sound(&mut self, texts: &Texts) -> bool {
        let phrases = texts.iter().filter_map(|text| Phrase::parse(text).ok());
        let names: Vec<String> = phrases
            .flat_map(|phrase| phrase.lists().into_iter().map(str::to_owned).collect::<Vec<_>>())
            .collect();
        names.iter().all(|name| self.is_sound_list(name))
    }
}
