//! A plain chat as help desks export it: lines that begin with `agent:` or `customer:`.

use thiserror::Error;

/// The agent's side of a chat.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Chat {
    /// What the agent said, one text for each turn.
    pub replies: Vec<String>,
}

/// Why a text is no chat.
#[derive(Debug, Clone, PartialEq, Eq, Error)]
pub enum ChatError {
    /// Something stands before anybody speaks.
    #[error(
        "line {line} does not say who speaks: begin each turn with \"agent:\" or \"customer:\", and give \
         amends play's own transcripts as they are"
    )]
    Nobody {
        /// The number of the line.
        line: usize,
    },
    /// The agent says nothing.
    #[error("the agent says nothing in it: begin each of the agent's turns with \"agent:\"")]
    NoAgent,
}

#[derive(Clone, Copy, PartialEq, Eq)]
enum Speaker {
    Agent,
    Customer,
}

impl Chat {
    /// Reads a chat. A line without a speaker goes on with the turn before it, and what one side says
    /// in several messages is one turn.
    pub fn read(text: &str) -> Result<Self, ChatError> {
        let mut replies: Vec<String> = Vec::new();
        let mut speaker = None;
        for (at, line) in text.trim_start_matches('\u{feff}').lines().enumerate() {
            let (now, words) = match spoken(line) {
                Some((now, words)) => (Some(now), words),
                None => (speaker, line),
            };
            match now {
                None if words.trim().is_empty() => {}
                None => return Err(ChatError::Nobody { line: at + 1 }),
                Some(Speaker::Agent) if speaker == now => add(&mut replies, words),
                Some(Speaker::Agent) => replies.push(words.to_owned()),
                Some(Speaker::Customer) => {}
            }
            speaker = now;
        }
        let replies: Vec<String> = replies.iter().map(|reply| reply.trim().to_owned()).collect();
        if replies.is_empty() { Err(ChatError::NoAgent) } else { Ok(Self { replies }) }
    }
}

fn add(replies: &mut [String], words: &str) {
    if let Some(reply) = replies.last_mut() {
        reply.push('\n');
        reply.push_str(words);
    }
}

/// Who speaks in a line that says so, and what.
fn spoken(line: &str) -> Option<(Speaker, &str)> {
    let (name, words) = line.split_once(':')?;
    let name = name.trim_matches(|c: char| c.is_whitespace() || c == '*');
    let is = |known: &str| name.eq_ignore_ascii_case(known);
    let speaker = match () {
        () if is("agent") => Speaker::Agent,
        () if is("customer") => Speaker::Customer,
        () => return None,
    };
    Some((speaker, words.trim_start_matches('*').trim_start()))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_agents_turns_are_read() {
        let chat = "\u{feff}\nCustomer: It broke.\r\nAgent: I am so sorry.\r\nThat is on us: really.\r\n\
                    agent: I'll fix it.\ncustomer: Well.\n**Agent:** By four.\n";
        let replies = Chat::read(chat).unwrap().replies;
        assert_eq!(replies, ["I am so sorry.\nThat is on us: really.\nI'll fix it.", "By four."]);
    }

    #[test]
    fn other_texts_are_refused() {
        let problem = |text: &str| Chat::read(text).unwrap_err();
        assert_eq!(problem("\nDear Ms Lee,\nagent: x"), ChatError::Nobody { line: 2 });
        assert_eq!(problem("customer: hello?"), ChatError::NoAgent);
        assert_eq!(problem(""), ChatError::NoAgent);
    }
}
