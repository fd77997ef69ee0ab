//! How much a customer listens to, and the words that are listened for beside the rules.

use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

use crate::lexicon::schema::Texts;

/// How much a customer listens to, and when it is too much.
#[derive(Debug, Clone, Default, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields, rename_all = "kebab-case")]
pub struct Listening {
    /// After how many words she cuts in, by channel.
    pub words: Words,
    /// How many clauses an apology needs before a question or a procedure, not to be hurried.
    pub unhurried_clauses: usize,
    /// So many different moves in one reply are recited, not said: by voice, in writing.
    pub different_moves: BySpeech,
    /// So many times the same move in one reply.
    pub same_move: BySpeech,
    /// So many moves together with so many faults: every phrase at once.
    pub mixed: Mixed,
    /// How many apologies a reply bears.
    pub apologies: BySpeech,
    /// Rules that say when: a follow-up with a time.
    pub timed: Texts,
    /// Rules that take the whole blame, not only the task.
    pub self_blame: Texts,
    /// Rules of apologies that say what for.
    pub specific: Texts,
    /// How far apart, in sentences, a harm and the words that take it seriously may stand.
    pub reach: usize,
    /// Words that make a sentence an offer, in lower case.
    pub offers: Texts,
    /// Words with which somebody tells what is done, where an offer is mentioned: I bring, I've put.
    pub acts: Texts,
    /// Words that only suppose it, or say it back.
    pub supposes: Texts,
    /// Words that say what something must have been like, where a harm is mentioned.
    pub feels: Texts,
    /// Words that ask for a wish, where an offer or a check is put as a question.
    pub wishes: Texts,
    /// Words that ask for it without a question mark.
    pub invites: Texts,
    /// Words with which nobody asks for what is on file: no need.
    pub asks_nothing: Texts,
    /// Words that ask whether the complaint was said back right.
    pub confirms: Texts,
    /// Words with which the complaint begins to be said back.
    pub opens_restate: Texts,
    /// So many things of the case together with either are the complaint said back.
    pub said_back: usize,
    /// After how many replies in step 2 she goes on by herself.
    pub review_replies: usize,
    /// How many replies she waits for more, once she has been offered a remedy.
    pub fix_replies: usize,
}

impl Listening {
    /// The words that replies are compared with.
    pub(super) fn words_mut(&mut self) -> impl Iterator<Item = &mut String> {
        let lists = [
            &mut self.offers,
            &mut self.acts,
            &mut self.supposes,
            &mut self.feels,
            &mut self.wishes,
            &mut self.invites,
            &mut self.asks_nothing,
            &mut self.confirms,
            &mut self.opens_restate,
        ];
        lists.into_iter().flat_map(|list| &mut list.0)
    }
}

/// Numbers of words by channel.
#[derive(Debug, Clone, Default, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields, rename_all = "kebab-case")]
pub struct Words {
    /// Face to face.
    pub counter: usize,
    /// On the telephone.
    pub phone: usize,
    /// In a chat.
    pub chat: usize,
    /// In a letter.
    pub email: usize,
    /// In what is written after the encounter.
    pub scene: usize,
}

/// One number for what is spoken, one for what is written.
#[derive(Debug, Clone, Copy, Default, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields, rename_all = "kebab-case")]
pub struct BySpeech {
    /// At the counter, on the telephone, in a chat.
    pub spoken: usize,
    /// By e-mail.
    pub written: usize,
}

/// Moves and faults in one breath.
#[derive(Debug, Clone, Copy, Default, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields, rename_all = "kebab-case")]
pub struct Mixed {
    /// At least so many different moves.
    pub moves: usize,
    /// At least so many faults.
    pub faults: usize,
}
