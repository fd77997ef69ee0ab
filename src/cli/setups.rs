//! From flags and configuration files to linters: one for each configuration.

use std::borrow::Cow;
use std::path::{Path, PathBuf};
use std::sync::Arc;

use clap::Args;
use rustc_hash::FxHashMap;

use super::ears::Ears;
use super::failure::{Failure, reason, remark};
use crate::authoring::Problem;
use crate::config::{Config, Configs, FILE_NAME, FailOn};
use crate::lexicon::{Lexicon, Rule};
use crate::lint::{Linter, Policy, UnknownName, known};
use crate::matcher::Matcher;
use crate::report::escape::escaped;
use crate::session::Ground;
use crate::{document, embedded};

/// Which lexicon, and which configuration.
#[derive(Debug, Clone, Default, Args)]
pub(super) struct SetupArgs {
    /// Lay the lexicon in this folder over the others; may be given several times
    #[arg(long, value_name = "DIR", help_heading = "Lexicon and configuration")]
    pub(super) lexicon: Vec<PathBuf>,
    /// Leave out the lexicon that amends brings
    #[arg(long, help_heading = "Lexicon and configuration")]
    pub(super) no_default_lexicon: bool,
    /// Use this configuration instead of each amends.yaml found upward from a text
    #[arg(long, value_name = "FILE", help_heading = "Lexicon and configuration")]
    pub(super) config: Option<PathBuf>,
    /// Use no configuration
    #[arg(long, conflicts_with = "config", help_heading = "Lexicon and configuration")]
    pub(super) no_config: bool,
}

impl SetupArgs {
    /// The configurations that these flags allow.
    pub(super) fn configs(&self) -> Result<Configs, Failure> {
        Ok(match &self.config {
            Some(path) => Configs::fixed(Config::read(path).map_err(Failure::new)?),
            None if self.no_config => Configs::fixed(Config::default()),
            None => Configs::default(),
        })
    }

    /// What is laid over each other for the texts of a configuration.
    fn layers(&self, config: &Config) -> Layers {
        Layers {
            paths: config.lexicon.iter().chain(&self.lexicon).cloned().collect(),
            with_embedded: !self.no_default_lexicon && config.file.default_lexicon != Some(false),
        }
    }

    /// What is laid over each other for texts in the working folder.
    pub(super) fn layers_here(&self) -> Result<Layers, Failure> {
        let here = std::env::current_dir().map_err(|error| Failure::new(reason(&error)))?;
        let mut configs = self.configs()?;
        let config = configs.of_folder(&here).map_err(Failure::new)?;
        remark_on_names(&configs);
        Ok(self.layers(&config))
    }

    /// Whether a lexicon is named here, and not only in a configuration.
    pub(super) const fn names_a_lexicon(&self) -> bool {
        !self.lexicon.is_empty() || self.no_default_lexicon
    }

    /// The same without the lexicons that are named here.
    pub(super) fn without_lexicons(&self) -> Self {
        Self { lexicon: Vec::new(), no_default_lexicon: false, ..self.clone() }
    }

    /// What sessions in this folder are played and graded with.
    pub(super) fn ground_here(&self) -> Result<Ground, Failure> {
        self.layers_here()?.ground()
    }
}

/// Says which files are passed over because of their name.
pub(super) fn remark_on_names(configs: &Configs) {
    for path in configs.misnamed() {
        let path = path.to_string_lossy();
        remark(format_args!("{} is not read: call it {FILE_NAME}", escaped(&path)));
    }
}

/// Lexicons to lay over each other.
#[derive(Debug, Clone, PartialEq, Eq, Hash)]
pub(super) struct Layers {
    /// Folders and files.
    pub(super) paths: Vec<PathBuf>,
    /// Whether they lie over the lexicon that amends brings.
    pub(super) with_embedded: bool,
}

impl Layers {
    /// Whether nothing but the lexicon that amends brings is used.
    pub(super) fn is_built_in(&self) -> bool {
        self.paths.is_empty() && self.with_embedded
    }

    /// Refuses paths where there is nothing.
    pub(super) fn exist(&self) -> Result<(), Failure> {
        match self.paths.iter().find(|path| !path.exists()) {
            Some(path) => Err(Failure::at(path, "there is no such file or folder")),
            None => Ok(()),
        }
    }

    /// The lexicon that they make.
    pub(super) fn load(&self) -> Result<Lexicon, Failure> {
        self.exist()?;
        Lexicon::load(&self.paths, self.with_embedded).map_err(|problems| unusable(&problems))
    }

    /// The matcher of that lexicon: the one inside the program where it is the same.
    pub(super) fn matcher(&self, lexicon: &Lexicon) -> Matcher {
        if self.is_built_in() { embedded::matcher() } else { Matcher::new(lexicon) }
    }

    /// The lexicon with its matcher and its coaching.
    pub(super) fn ground(&self) -> Result<Ground, Failure> {
        self.exist()?;
        Ground::load(&self.paths, self.with_embedded).map_err(|problems| unusable(&problems))
    }
}

fn unusable(problems: &[Problem]) -> Failure {
    Failure::problems("the lexicon cannot be used", problems)
}

/// The configurations of a run, each with a number.
#[derive(Debug, Default)]
pub(super) struct Numbered {
    list: Vec<Arc<Config>>,
    numbers: FxHashMap<*const Config, usize>,
}

impl Numbered {
    /// The number of a configuration.
    pub(super) fn number(&mut self, config: Arc<Config>) -> usize {
        *self.numbers.entry(Arc::as_ptr(&config)).or_insert_with(|| {
            self.list.push(config);
            self.list.len() - 1
        })
    }
}

/// A lexicon with its matcher.
struct Tuned {
    lexicon: Lexicon,
    matcher: Matcher,
}

impl Tuned {
    fn load(layers: &Layers) -> Result<Self, Failure> {
        let lexicon = layers.load()?;
        Ok(Self { matcher: layers.matcher(&lexicon), lexicon })
    }
}

/// The lexicons of a run: configurations with the same layers share one.
pub(super) struct Lexicons {
    list: Vec<Tuned>,
    /// For each configuration, its lexicon.
    of_config: Vec<usize>,
    configs: Vec<Arc<Config>>,
}

impl Lexicons {
    /// Loads what the configurations name.
    pub(super) fn load(args: &SetupArgs, configs: Numbered) -> Result<Self, Failure> {
        let mut numbers = FxHashMap::default();
        let mut lexicons = Self { list: Vec::new(), of_config: Vec::new(), configs: configs.list };
        for config in &lexicons.configs {
            let layers = args.layers(config);
            let number = match numbers.get(&layers) {
                Some(&number) => number,
                None => {
                    lexicons.list.push(Tuned::load(&layers)?);
                    numbers.insert(layers, lexicons.list.len() - 1);
                    lexicons.list.len() - 1
                }
            };
            lexicons.of_config.push(number);
        }
        Ok(lexicons)
    }

    /// All rules that the run may report, each once.
    pub(super) fn rules(&self) -> Cow<'_, [Rule]> {
        let Some((first, others)) = self.list.split_first() else { return Cow::default() };
        let mut rules = Cow::Borrowed(first.lexicon.rules.as_slice());
        for rule in others.iter().flat_map(|tuned| &tuned.lexicon.rules) {
            if !rules.iter().any(|known| known.id == rule.id) {
                rules.to_mut().push(rule.clone());
            }
        }
        rules
    }

    /// A linter for each configuration.
    pub(super) fn setups(&self, wishes: &Wishes) -> Result<Vec<Setup<'_>>, Failure> {
        self.know(&wishes.select)?;
        self.know(&wishes.ignore)?;
        let of_config = self.of_config.iter().zip(&self.configs);
        of_config.map(|(&number, config)| self.setup(&self.list[number], config, wishes)).collect()
    }

    fn setup<'l>(
        &self,
        tuned: &'l Tuned,
        config: &Arc<Config>,
        wishes: &Wishes,
    ) -> Result<Setup<'l>, Failure> {
        let lexicon = &tuned.lexicon;
        let mut policy = Policy::new(lexicon);
        let in_config = |error: UnknownName| Failure::new(config.unknown(&error));
        let levels = config.file.severity.iter().map(|(name, level)| (name.as_str(), level.severity()));
        policy.set(lexicon, levels).map_err(in_config)?;
        if !wishes.select.is_empty() {
            policy.select(lexicon, &known_in(lexicon, &wishes.select)).map_err(Failure::new)?;
        } else if !config.file.select.is_empty() {
            policy.select(lexicon, &config.file.select).map_err(in_config)?;
        }
        policy.ignore(lexicon, &known_in(lexicon, &wishes.ignore)).map_err(Failure::new)?;
        let fields = if wishes.fields.is_empty() { &config.file.fields } else { &wishes.fields };
        Ok(Setup {
            lexicon,
            linter: Linter::new(lexicon, policy),
            ears: Ears::new(&tuned.matcher),
            reading: document::Options { fields: fields.clone() },
            has_field_flags: !wishes.fields.is_empty(),
            fail_on: wishes.fail_on.or(config.file.fail_on).unwrap_or_default(),
        })
    }

    /// Refuses names that no lexicon of the run has.
    fn know(&self, names: &[String]) -> Result<(), Failure> {
        for name in names {
            let answers: Vec<_> = self.list.iter().map(|tuned| known(&tuned.lexicon, name)).collect();
            if answers.iter().all(Result::is_err)
                && let Some(Err(error)) = answers.into_iter().next()
            {
                return Err(Failure::new(error));
            }
        }
        Ok(())
    }
}

fn known_in(lexicon: &Lexicon, names: &[String]) -> Vec<String> {
    names.iter().filter(|name| known(lexicon, name).is_ok()).cloned().collect()
}

/// What the command line wants, whatever the configurations say.
#[derive(Debug, Clone, Default)]
pub(super) struct Wishes {
    pub(super) select: Vec<String>,
    pub(super) ignore: Vec<String>,
    pub(super) fields: Vec<String>,
    pub(super) fail_on: Option<FailOn>,
}

/// Everything that is needed to lint the texts of one configuration.
pub(super) struct Setup<'l> {
    pub(super) lexicon: &'l Lexicon,
    pub(super) linter: Linter<'l>,
    pub(super) ears: Ears<'l>,
    pub(super) reading: document::Options,
    /// Whether flags choose the fields, rather than a configuration.
    pub(super) has_field_flags: bool,
    pub(super) fail_on: FailOn,
}

/// The folder of a path, as an absolute path.
pub(super) fn folder_of(path: &Path) -> PathBuf {
    let absolute = std::path::absolute(path).unwrap_or_else(|_| path.to_owned());
    absolute.parent().map_or(absolute.clone(), Path::to_owned)
}
