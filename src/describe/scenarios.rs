//! The list of scenarios.

use std::fmt;

use serde_json::{Value, json};

use crate::scenario::{Channel, ScenarioFile};

/// The version of the list for programs.
const VERSION: u32 = 1;

/// Lists scenarios for people.
#[derive(Debug)]
pub struct ScenarioList<'s>(pub &'s [ScenarioFile]);

impl fmt::Display for ScenarioList<'_> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        for file in self.0 {
            writeln!(f, "{}: {} ({})", file.scenario, file.title, place(file.channel))?;
            writeln!(f, "  {}", file.trains)?;
            writeln!(f)?;
        }
        match self.0.len() {
            0 => writeln!(f, "No scenarios. `amends new scenario NAME` writes one."),
            1 => writeln!(f, "1 scenario. `amends play NAME` plays it."),
            count => writeln!(f, "{count} scenarios. `amends play NAME` plays one."),
        }
    }
}

const fn place(channel: Channel) -> &'static str {
    match channel {
        Channel::Counter => "face to face",
        Channel::Phone => "on the telephone",
        Channel::Chat => "in a chat",
        Channel::Email => "by e-mail",
    }
}

/// Lists scenarios for programs.
#[must_use]
pub fn scenarios_json(files: &[ScenarioFile]) -> Value {
    json!({ "version": VERSION, "scenarios": files.iter().map(scenario_json).collect::<Vec<_>>() })
}

fn scenario_json(file: &ScenarioFile) -> Value {
    json!({
        "scenario": file.scenario,
        "title": file.title,
        "channel": file.channel,
        "at_fault": file.at_fault,
        "trains": file.trains,
    })
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::authoring::scenarios::read_file;
    use crate::scenario::{TEMPLATE_NAME, template};

    fn files() -> Vec<ScenarioFile> {
        vec![read_file("a.yaml", template(TEMPLATE_NAME)).unwrap()]
    }

    #[test]
    fn scenarios_are_listed_with_what_they_train() {
        insta::assert_snapshot!(ScenarioList(&files()));
        let none = "No scenarios. `amends new scenario NAME` writes one.\n";
        assert_eq!(ScenarioList(&[]).to_string(), none);
    }

    #[test]
    fn scenarios_are_told_to_programs() {
        insta::assert_snapshot!(format!("{:#}", scenarios_json(&files())));
    }
}
