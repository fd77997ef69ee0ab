//! A case without a script, for conversations that were held elsewhere: nobody answers, nothing in
//! particular was lost, and any remedy will do.

use super::Scenario;
use super::schema::{
    ApologyNeed, AtFault, Authority, ByStep, Channel, Customer, Moments, Mood, ScenarioFile, Waits, Worth,
    You,
};
use crate::lexicon::schema::WordsFile;

impl Scenario {
    /// The case without a script.
    #[must_use]
    pub fn blank() -> Self {
        Self::new(file(), String::new(), &WordsFile::default())
    }

    /// Whether it is the case without a script.
    #[must_use]
    pub fn is_blank(&self) -> bool {
        self.file.scenario.is_empty()
    }
}

fn file() -> ScenarioFile {
    ScenarioFile {
        scenario: String::new(),
        title: String::new(),
        trains: String::new(),
        channel: Channel::Chat,
        at_fault: AtFault::Yes,
        apology: ApologyNeed::Needed,
        you: You { role: String::new(), place: String::new(), knows: Default::default() },
        scene: String::new(),
        busy: String::new(),
        customer: customer(),
        mood: Mood { patience: u8::MAX, ..Mood::default() },
        worth: Worth { currency: String::new(), a_year: 0, years: 0 },
        authority: Authority { budget: 0, may: Default::default(), may_not: Default::default() },
        file: Vec::new(),
        harms: Vec::new(),
        checks: Vec::new(),
        remedies: Vec::new(),
        extras: Vec::new(),
        topics: Vec::new(),
        facts: Vec::new(),
        casebook: None,
        moments: moments(),
        cues: Vec::new(),
        scenes: Vec::new(),
        hints: ByStep::default(),
        answers: ByStep::default(),
        models: Vec::new(),
    }
}

fn customer() -> Customer {
    Customer {
        name: "the customer".to_owned(),
        story: String::new(),
        temperament: String::new(),
        lost_first: String::new(),
        lost_second: Default::default(),
        delight: String::new(),
        never: Default::default(),
    }
}

fn moments() -> Moments {
    Moments {
        opens: Default::default(),
        ready: Default::default(),
        agreed: Default::default(),
        fixed: Default::default(),
        too_soon: Default::default(),
        again: Default::default(),
        recited: Default::default(),
        puzzled: Default::default(),
        silence: Default::default(),
        waits: Waits { apologize: Default::default(), review: Default::default(), fix: Default::default() },
        won: Default::default(),
        kept: Default::default(),
        lost: Default::default(),
        leaves: Default::default(),
    }
}
