//! What the trainee knows: `:file` and `:look-up`.

use super::conversation::Conversation;
use crate::cli::screen::Ink;
use crate::lexicon::Kind;
use crate::nearest::nearest;
use crate::scenario::MentionKind;

/// So many examples of a family are shown.
const SAYS: usize = 3;

impl Conversation<'_> {
    pub(super) fn tell_file(&mut self) {
        let file = self.file();
        let screen = &mut self.screen;
        if !file.file.is_empty() {
            screen.labelled(0, "On file:", Ink::Strong, "");
            let rows: Vec<_> =
                file.file.iter().map(|entry| (entry.item.clone(), entry.says.clone())).collect();
            screen.rows(2, &rows);
            screen.blank();
        }
        if !file.you.knows.is_empty() {
            screen.labelled(0, "You know:", Ink::Strong, "");
            screen.list(file.you.knows.iter());
            screen.blank();
        }
        let budget = format!("{}{}", file.worth.currency, file.authority.budget);
        let spend = format!("spend up to {budget} on something extra");
        screen.labelled(0, "You may, without asking anybody:", Ink::Strong, "");
        screen.list(file.authority.may.iter().chain([&spend]));
        if !file.authority.may_not.is_empty() {
            screen.labelled(0, "Somebody else must:", Ink::Strong, "");
            screen.list(file.authority.may_not.iter());
        }
        screen.blank();
        screen.labelled(0, "How busy it is:", Ink::Strong, &file.busy);
    }

    pub(super) fn look_up(&mut self, word: &str) {
        let file = self.file();
        let sought = word.to_lowercase();
        let is_on_file = |text: &str| text.to_lowercase().contains(&sought);
        let named: Vec<_> = file.file.iter().filter(|entry| is_on_file(&entry.item)).collect();
        let on_file = match named.as_slice() {
            [] => file.file.iter().filter(|entry| is_on_file(&entry.says)).collect(),
            _ => named,
        };
        let known: Vec<_> = file.you.knows.iter().filter(|known| is_on_file(known)).collect();
        for entry in &on_file {
            self.screen.labelled(0, &format!("{}:", entry.item), Ink::Strong, &entry.says);
        }
        for known in &known {
            self.screen.labelled(0, "You know:", Ink::Strong, known);
        }
        let is_explained = (self.is_coached() || self.replay.is_over()) && self.explain_name(&sought);
        if on_file.is_empty() && known.is_empty() && !is_explained {
            let items = file.file.iter().map(|entry| entry.item.as_str());
            let families =
                self.replay.session().stage().lexicon.families.iter().map(|family| family.name.as_str());
            let meant = nearest(&sought, items.chain(families));
            let meant = meant.map_or(String::new(), |meant| format!(" Did you mean {meant}?"));
            self.screen
                .text(&format!("Nothing is known about \"{word}\".{meant} :file shows what is on file."));
        }
    }

    /// Explains a family or a rule of the lexicon, or something of the scenario that the coach has
    /// named. Says whether there is one.
    fn explain_name(&mut self, name: &str) -> bool {
        let stage = *self.replay.session().stage();
        let lexicon = stage.lexicon;
        if let Some(rule) = lexicon.rule(name) {
            self.screen.labelled(0, &format!("{}:", rule.id), Ink::Strong, &rule.why);
            self.examples("Say instead:", &rule.say);
        } else if let Some(family) = lexicon.family(name) {
            self.screen.labelled(0, &format!("{}:", family.name), Ink::Strong, &family.about);
            let rules = lexicon.rules.iter().filter(|rule| rule.family == family.name);
            let (label, says): (_, Vec<String>) = match family.kind {
                Kind::Move => {
                    ("It sounds like:", rules.filter_map(|rule| rule.flags.first().cloned()).collect())
                }
                _ => ("Say instead:", rules.filter_map(|rule| rule.say.first().cloned()).collect()),
            };
            self.examples(label, &says);
        } else if let Some(mention) =
            stage.scenario.file.mention(name).filter(|mention| mention.kind != MentionKind::File)
        {
            self.screen.labelled(0, &format!("{name}:"), Ink::Strong, mention.what);
        } else {
            return false;
        }
        true
    }

    fn examples(&mut self, label: &str, says: &[String]) {
        for say in says.iter().take(SAYS) {
            self.screen.labelled(2, label, Ink::Tip, &format!("\"{say}\""));
        }
    }
}
