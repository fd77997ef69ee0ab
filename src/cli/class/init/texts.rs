//! The files of a new class.

use std::fmt::Write as _;

use super::Wish;
use crate::transcript::Mode;

/// A roster to begin with.
pub(super) const ROSTER: &str = "\
name,id,group
# A line for each person. These three are an example: write your own names in their place.
# An id is needed only where two people have one name. A group is what you like: a shift, a shop.
Ann Lee,,Mornings
Ben Okafor,,Mornings
Carla Ruiz,,Evenings
";

/// class.yaml, with a comment at everything that can be changed.
pub(super) fn class_yaml(name: &str, wishes: &[Wish]) -> String {
    let mut yaml = format!(
        "\
# A class of amends. `amends check` on this folder tells every mistake in this file.
# What the class is called:
class: {}

# What everybody is to play. Who begins without naming a scenario gets what is due next.
#   mode  coach: notes after each reply, and every turn may be tried again
#         exam: silent until the end
#   due   the last day on which it counts as played in time, as in 2026-12-01
# `amends scenarios` lists all there are. Your own belong into the folder scenarios.
assignments:
",
        quoted(name)
    );
    for wish in wishes {
        let mode = if wish.mode == Mode::Exam { "exam" } else { "coach" };
        // A title that is nothing but a comment cannot do any harm on one line.
        let title: String = wish.title.chars().map(|c| if c.is_control() { ' ' } else { c }).collect();
        let _ = writeln!(yaml, "  # {title}");
        let _ = writeln!(yaml, "  - scenario: {}", wish.name);
        let _ = writeln!(yaml, "    mode: {mode}");
        match wish.due {
            Some(due) => _ = writeln!(yaml, "    due: {due}"),
            None => yaml.push_str("    # due: 2026-12-01\n"),
        }
    }
    yaml.push_str(
        "
# Your own lexicon lies over the one that amends brings, for everybody in the class. It is the folder
# lexicon beside this file, if there is one. Other folders:
# lexicon: [../our-lexicon]
",
    );
    yaml
}

/// A text as YAML, whatever is in it.
fn quoted(text: &str) -> String {
    serde_json::to_string(text).unwrap_or_default()
}

/// What a trainer should know, and whoever takes over.
pub(super) fn readme(name: &str) -> String {
    let title: String = name.chars().map(|c| if c.is_control() { ' ' } else { c }).collect();
    let line = "=".repeat(title.chars().count());
    format!(
        "\
{title}
{line}

This folder is a class of amends: people practise with upset customers at a terminal, and what they
say is recorded here. Share the folder, so that everybody may read and write it. DIR stands for it.

  amends check DIR
      Is the roster right, and class.yaml?
  amends play --class DIR --name NAME
      What everybody types. It begins what is due next, and goes on where they left.
  amends class report DIR --output report.html
      One page for the whole class, to be looked at together.
  amends class review DIR --name NAME
      Your own marks and remarks, beside the machine's.

What is in it

  class.yaml    what is to be played, in which mode, by when
  roster.csv    who belongs to the class (or roster.yaml)
  sessions      a file for each session. Lines are only ever added, and no two people write one file,
                so any share will do, and any program that syncs folders. To take a session out, move
                its file away.
  reviews       your marks and remarks, a file for each sitting
  scenarios     scenarios of your own, if you have any: `amends new scenario` writes one to begin with
  lexicon       a lexicon of your own, if you have one

Nothing is sent anywhere. These are people's first tries: tell them who may read them, and take the
folder away when the class is over.
"
    )
}
