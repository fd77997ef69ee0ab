//! What lessons are called, and what a trainer may ask the class.

use crate::coaching::{Item, Principle};

/// The heading of a lesson, and a question to the class.
pub(super) struct Words {
    pub(super) title: &'static str,
    pub(super) ask: &'static str,
    /// The family to drill.
    pub(super) drill: Option<&'static str>,
}

const fn words(title: &'static str, ask: &'static str, drill: &'static str) -> Words {
    Words { title, ask, drill: if drill.is_empty() { None } else { Some(drill) } }
}

/// For something that a step asks for.
pub(super) const fn of_item(item: Item) -> Words {
    match item {
        Item::Responsibility => {
            words("Say that it is yours", "Whose problem is it after this reply?", "ownership")
        }
        Item::Empathy => words(
            "Name what the customer lost",
            "What did it cost her, and where does she hear that?",
            "empathy",
        ),
        Item::Apology => words("Say sorry in plain words", "Would you take this for an apology?", "apology"),
        Item::Unhurried => words(
            "Let the apology stand before you go on",
            "How long is she allowed to feel heard here?",
            "apology",
        ),
        Item::Specific => words("Say what you are sorry for", "Sorry for what, exactly?", "apology"),
        Item::Restate => {
            words("Say the complaint back", "How does she know that you have understood?", "restate")
        }
        Item::Checks => words("Ask what you need to know, kindly", "What do we still not know?", "ask-needs"),
        Item::Remedy => {
            words("Offer what puts it right", "What would put it right, and who offers it?", "fix")
        }
        Item::Extra => words("Add something on top", "What would she tell her friends about?", "extra"),
        Item::FollowUp => {
            words("Promise to come back, with a time", "When will she hear from us again?", "follow-up")
        }
        Item::CheckBack => {
            words("Check back whether it worked", "What would you ask her twenty minutes later?", "follow-up")
        }
        Item::Alert => words("Tell the team", "What must a colleague know before she comes again?", ""),
        Item::Note => words("Write the note by hand", "What would you write to her by hand?", "thanks"),
        Item::Deposition => {
            words("Write down what went wrong", "Could we find the pattern from this record?", "record")
        }
    }
}

/// For something that costs without being a family of the lexicon.
pub(super) const fn of_principle(principle: Principle) -> Words {
    let title = match principle {
        Principle::TooSoon => "Hold the fix until it can be heard",
        Principle::EarlyCheck | Principle::HurriedCheck => "Keep the question until the apology has landed",
        Principle::OnFile => "Read the file before you ask",
        Principle::Recited => "Say one thing, and mean it",
        Principle::TooLong => "Say less at a time",
        Principle::Again => "Do not say the same again",
        Principle::OverApologised => "One good apology is enough",
        Principle::ApologyUnneeded => "Leave the apology out where it makes a small thing big",
        Principle::SelfBlame => "Take the task, not a blame that nobody has laid",
        Principle::PoorFit => "Offer what fits what was lost",
        Principle::Silence => "Say something",
        _ => "Answer what was said",
    };
    let drill = match principle {
        Principle::EarlyCheck | Principle::HurriedCheck => "soft-check",
        Principle::OverApologised | Principle::Recited => "apology",
        _ => "",
    };
    words(title, "What would you say here?", drill)
}
