//! By what records are compared.

/// By what records are compared.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, clap::ValueEnum)]
pub enum Attribute {
    /// The hour of the day
    Hour,
    /// The day of the week
    Weekday,
    /// The product or service
    Product,
    /// The supplier, the batch or the delivery
    Supplier,
    /// The shop, the branch or the desk
    Place,
    /// Whoever was on duty
    Person,
    /// How busy it was
    Load,
    /// What went wrong
    Failure,
}

impl Attribute {
    /// All, in their order.
    pub const ALL: [Self; 8] = [
        Self::Hour,
        Self::Weekday,
        Self::Product,
        Self::Supplier,
        Self::Place,
        Self::Person,
        Self::Load,
        Self::Failure,
    ];

    /// Its name, for `--by` and `--field`.
    #[must_use]
    pub const fn name(self) -> &'static str {
        match self {
            Self::Hour => "hour",
            Self::Weekday => "weekday",
            Self::Product => "product",
            Self::Supplier => "supplier",
            Self::Place => "place",
            Self::Person => "person",
            Self::Load => "load",
            Self::Failure => "failure",
        }
    }

    /// What a table of it is called.
    #[must_use]
    pub const fn title(self) -> &'static str {
        match self {
            Self::Hour => "By hour of the day",
            Self::Weekday => "By day of the week",
            Self::Product => "By product",
            Self::Supplier => "By supplier or batch",
            Self::Place => "By place",
            Self::Person => "By person on duty",
            Self::Load => "By how busy it was",
            Self::Failure => "By what went wrong",
        }
    }

    /// Whether two attributes go together in every house, failure or not: who works when, when it is
    /// busy, who supplies what. Records of failures alone cannot tell that from a pattern.
    #[must_use]
    pub fn goes_with(self, other: Self) -> bool {
        let (one, other) = if self <= other { (self, other) } else { (other, self) };
        match (one, other) {
            (Self::Product, Self::Supplier | Self::Person)
            | (Self::Supplier, Self::Place | Self::Person)
            | (Self::Hour | Self::Weekday | Self::Place | Self::Person, Self::Load)
            | (Self::Hour | Self::Weekday | Self::Place, Self::Person) => true,
            _ => one == other,
        }
    }

    /// Whether a change of its share from one date on says something about failures. People come and go
    /// with the roster, and hours with the season.
    pub(super) const fn has_runs(self) -> bool {
        matches!(self, Self::Product | Self::Supplier | Self::Place | Self::Failure)
    }
}
