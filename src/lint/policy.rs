//! Which rules are reported, and how bad each is: what the command line and the configuration say.

use thiserror::Error;

use crate::lexicon::{Lexicon, Severity};

/// A rule or family was named that the lexicon does not have.
#[derive(Debug, Clone, PartialEq, Eq, Error)]
#[error("there is no rule or family \"{name}\"{}", hint(.nearest.as_deref()))]
pub struct UnknownName {
    /// The name.
    pub name: String,
    /// The name in the lexicon that is most like it, if one is.
    pub nearest: Option<String>,
}

fn hint(nearest: Option<&str>) -> String {
    match nearest {
        Some(nearest) => format!("; did you mean \"{nearest}\"?"),
        None => "; `amends rules` lists them".to_owned(),
    }
}

/// For each rule of a lexicon, how bad its findings are, if it has any.
#[derive(Debug, Clone)]
pub struct Policy(Vec<Option<Severity>>);

impl Policy {
    /// Every rule as the lexicon has it.
    #[must_use]
    pub fn new(lexicon: &Lexicon) -> Self {
        Self(lexicon.rules.iter().map(|rule| Some(rule.severity)).collect())
    }

    /// How bad a finding of the rule is; nothing if it is not to be reported.
    #[must_use]
    pub fn severity(&self, rule: u32) -> Option<Severity> {
        self.0[rule as usize]
    }

    /// Sets the severities of rules and families; none switches off. A rule's own name counts for
    /// more than its family's.
    ///
    /// # Errors
    /// When a name is not in the lexicon.
    pub fn set<'n>(
        &mut self,
        lexicon: &Lexicon,
        severities: impl IntoIterator<Item = (&'n str, Option<Severity>)>,
    ) -> Result<(), UnknownName> {
        let mut severities: Vec<_> = severities.into_iter().collect();
        severities.sort_by_key(|(name, _)| lexicon.family(name).is_none());
        for (name, severity) in severities {
            known(lexicon, name)?;
            lexicon.named(name).for_each(|rule| self.0[rule as usize] = severity);
        }
        Ok(())
    }

    /// Leaves only the named rules and families on.
    ///
    /// # Errors
    /// When a name is not in the lexicon.
    pub fn select(&mut self, lexicon: &Lexicon, names: &[String]) -> Result<(), UnknownName> {
        let mut selected = vec![false; self.0.len()];
        for name in names {
            known(lexicon, name)?;
            lexicon.named(name).for_each(|rule| selected[rule as usize] = true);
        }
        self.0.iter_mut().zip(selected).for_each(|(severity, is_selected)| {
            *severity = severity.filter(|_| is_selected);
        });
        Ok(())
    }

    /// Switches the named rules and families off.
    ///
    /// # Errors
    /// When a name is not in the lexicon.
    pub fn ignore(&mut self, lexicon: &Lexicon, names: &[String]) -> Result<(), UnknownName> {
        self.set(lexicon, names.iter().map(|name| (name.as_str(), None)))
    }
}

/// Whether the lexicon has a rule or family of this name.
///
/// # Errors
/// When it has none.
pub fn known(lexicon: &Lexicon, name: &str) -> Result<(), UnknownName> {
    if lexicon.named(name).next().is_some() || lexicon.family(name).is_some() {
        return Ok(());
    }
    let rules = lexicon.rules.iter().map(|rule| rule.id.as_str());
    let names = rules.chain(lexicon.families.iter().map(|family| family.name.as_str()));
    let nearest = crate::nearest::nearest(name, names).map(str::to_owned);
    Err(UnknownName { name: name.to_owned(), nearest })
}
