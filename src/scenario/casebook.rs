//! What a case is in a casebook: the setting as data, for `amends trends`.

use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

/// The case as a line of a casebook. Everything is optional; what is missing is not counted.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields, rename_all = "kebab-case", default)]
pub struct Casebook {
    /// What went wrong, in two or three words that other cases share: no power.
    pub failure: Option<String>,
    /// The product or service: Orbis 65.
    pub product: Option<String>,
    /// The shop, branch or desk: Lumen House.
    pub place: Option<String>,
    /// The role or name of whoever was on duty: service desk.
    pub on_duty: Option<String>,
    /// The day of the week on which it went wrong.
    pub weekday: Option<Weekday>,
    /// The time of day, in 24 hours and in quotes: "15:30".
    pub time: Option<String>,
    /// How busy it was.
    pub load: Option<Load>,
    /// Which fact of the deposition tells each of these. Only what the trainee wrote down comes into the
    /// casebook; what has no fact here always does.
    pub told_by: ToldBy,
}

/// A day of the week.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "kebab-case")]
pub enum Weekday {
    /// Monday.
    Monday,
    /// Tuesday.
    Tuesday,
    /// Wednesday.
    Wednesday,
    /// Thursday.
    Thursday,
    /// Friday.
    Friday,
    /// Saturday.
    Saturday,
    /// Sunday.
    Sunday,
}

impl Weekday {
    /// All, in the order of the week.
    pub const ALL: [Self; 7] = [
        Self::Monday,
        Self::Tuesday,
        Self::Wednesday,
        Self::Thursday,
        Self::Friday,
        Self::Saturday,
        Self::Sunday,
    ];

    /// Its name.
    #[must_use]
    pub const fn name(self) -> &'static str {
        match self {
            Self::Monday => "Monday",
            Self::Tuesday => "Tuesday",
            Self::Wednesday => "Wednesday",
            Self::Thursday => "Thursday",
            Self::Friday => "Friday",
            Self::Saturday => "Saturday",
            Self::Sunday => "Sunday",
        }
    }
}

/// How busy it was.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "kebab-case")]
pub enum Load {
    /// Nobody waited.
    Quiet,
    /// As always.
    Usual,
    /// More than usual, or fewer hands.
    Busy,
}

impl Load {
    /// All, the quietest first.
    pub const ALL: [Self; 3] = [Self::Quiet, Self::Usual, Self::Busy];

    /// Its name.
    #[must_use]
    pub const fn name(self) -> &'static str {
        match self {
            Self::Quiet => "quiet",
            Self::Usual => "usual",
            Self::Busy => "busy",
        }
    }
}

/// The facts of the deposition that tell the setting, by their ids under `facts:`.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields, rename_all = "kebab-case", default)]
pub struct ToldBy {
    /// The fact that tells what went wrong.
    pub failure: Option<String>,
    /// The fact that tells the product.
    pub product: Option<String>,
    /// The fact that tells the place.
    pub place: Option<String>,
    /// The fact that tells who was on duty.
    pub on_duty: Option<String>,
    /// The fact that tells the day of the week.
    pub weekday: Option<String>,
    /// The fact that tells the time of day.
    pub time: Option<String>,
    /// The fact that tells how busy it was.
    pub load: Option<String>,
}

impl ToldBy {
    /// Each key with the fact behind it.
    #[must_use]
    pub const fn by_key(&self) -> [(&'static str, &Option<String>); 7] {
        [
            ("failure", &self.failure),
            ("product", &self.product),
            ("place", &self.place),
            ("on-duty", &self.on_duty),
            ("weekday", &self.weekday),
            ("time", &self.time),
            ("load", &self.load),
        ]
    }
}
