//! What the name of a field tells.

/// Words that the name of a text field ends with: `reply`, `canned_response`, `Agent Comment`.
///
/// From the exports and interfaces of help desks: Zendesk macros (`comment_value`, `html_body`),
/// Freshdesk canned responses (`content`, `content_html`), Intercom macros (`body`, `body_text`),
/// Help Scout saved replies (`text`, `chatText`), Gorgias macros (`body_html`, `body_text`), Front
/// message templates (`body`).
const TEXT_WORDS: &[&str] = &[
    "answer",
    "answers",
    "bodies",
    "body",
    "comment",
    "comments",
    "content",
    "macro",
    "macros",
    "message",
    "messages",
    "replies",
    "reply",
    "response",
    "responses",
    "snippet",
    "snippets",
    "template",
    "templates",
    "text",
    "texts",
    "wording",
];

/// Read only where a record has no better field: often a remark for colleagues.
const WEAK_WORDS: &[&str] = &["description"];

/// Endings that tell how a text is written, not what it is.
const FORMAT_WORDS: &[&str] = &["html", "plain", "markdown", "md", "raw", "rich", "stripped", "value"];

/// Endings that tell which English a text is.
const LANGUAGE_WORDS: &[&str] = &["en", "us", "gb", "uk"];

/// Words in a name by which a text is not the agent's, or not for the customer.
const OTHERS_WORDS: &[&str] = &[
    "client",
    "commit",
    "complaint",
    "customer",
    "debug",
    "enquiry",
    "error",
    "exception",
    "feedback",
    "inbound",
    "incoming",
    "inquiry",
    "internal",
    "lead",
    "log",
    "original",
    "previous",
    "private",
    "question",
    "requester",
    "review",
    "status",
    "user",
    "visitor",
];

/// Names of collections whose members are texts under names of their own.
const COLLECTIONS: &[&str] =
    &["answers", "emails", "macros", "messages", "replies", "responses", "snippets", "templates", "texts"];

/// Fields that tell who wrote a record.
const ROLE_NAMES: &[&str] = &[
    "actor",
    "actortype",
    "author",
    "authorrole",
    "authortype",
    "createdby",
    "direction",
    "from",
    "fromtype",
    "participant",
    "participantrole",
    "role",
    "sender",
    "senderrole",
    "sendertype",
    "speaker",
    "userrole",
    "usertype",
    "writtenby",
];

/// Who is not the agent.
const OTHERS: &[&str] = &[
    "buyer",
    "caller",
    "client",
    "clients",
    "consumer",
    "contact",
    "customer",
    "customers",
    "enduser",
    "endusers",
    "guest",
    "in",
    "inbound",
    "incoming",
    "lead",
    "passenger",
    "requester",
    "shopper",
    "subscriber",
    "system",
    "tool",
    "user",
    "users",
    "visitor",
];

/// Flags that mean the customer when true, and when false.
const CUSTOMER_IF_TRUE: &[&str] =
    &["fromcustomer", "inbound", "incoming", "iscustomer", "isinbound", "isincoming"];
const CUSTOMER_IF_FALSE: &[&str] = &["fromagent", "isagent", "isoutbound", "isstaff", "outbound"];

/// No role is longer.
const LONGEST_ROLE: usize = 40;

/// What a field's name tells.
#[derive(Debug, Clone, Default)]
pub(in crate::document) struct Name {
    /// Letters and digits only, in lower case.
    pub(in crate::document) plain: String,
    /// What is left without the words that tell the format: two fields with the same stem hold
    /// the same text twice.
    pub(in crate::document) stem: String,
    /// How much the format is wanted, the least first.
    pub(in crate::document) rank: u8,
    pub(in crate::document) kind: NameKind,
    /// Whether it is the customer's text, or one for colleagues.
    pub(in crate::document) is_for_others: bool,
    /// Whether its members are texts under names of their own.
    pub(super) is_collection: bool,
}

/// What a field is by its name.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Default)]
pub(in crate::document) enum NameKind {
    Text,
    WeakText,
    /// Tells who wrote the record.
    Role,
    #[default]
    Other,
}

impl Name {
    pub(in crate::document) fn new(name: &str) -> Self {
        let plain = plain_name(name);
        let words = words(name);
        let is_format = |word: &&String| FORMAT_WORDS.contains(&word.as_str());
        let is_language = |word: &String| LANGUAGE_WORDS.contains(&word.as_str());
        let last = words.iter().rev().find(|word| !is_format(word) && !is_language(word)).map(String::as_str);
        let is_html = words.iter().any(|word| word == "html");
        let is_others =
            words.iter().any(|word| OTHERS_WORDS.contains(&word.as_str())) && !is_to_customer(&words);
        let last = if is_to_customer(&words) { Some(words[0].as_str()) } else { last };
        let is_role = [ROLE_NAMES, CUSTOMER_IF_TRUE, CUSTOMER_IF_FALSE]
            .iter()
            .any(|names| names.contains(&plain.as_str()));
        let kind = match last {
            _ if is_role => NameKind::Role,
            _ if is_others => NameKind::Other,
            Some(word) if TEXT_WORDS.contains(&word) => NameKind::Text,
            Some(word) if WEAK_WORDS.contains(&word) => NameKind::WeakText,
            None if is_html => NameKind::Text,
            _ => NameKind::Other,
        };
        let rank = match () {
            () if is_html => 3,
            () if words.iter().any(|word| word == "markdown" || word == "md") => 2,
            () if words.len() > 1 && words.iter().any(|word| word == "text" || word == "plain") => 1,
            () => 0,
        };
        let stem = words.iter().filter(|word| !is_format(word) && *word != "text").cloned().collect();
        let is_collection = last.is_some_and(|word| COLLECTIONS.contains(&word));
        Self { plain, stem, rank, kind, is_for_others: is_others, is_collection }
    }

    /// Whether a field of this name with this value tells that the record is not the agent's;
    /// nothing if it tells neither way.
    pub(in crate::document) fn is_others(&self, value: &str) -> Option<bool> {
        let name = self.plain.as_str();
        if self.kind != NameKind::Role && name != "type" {
            return None;
        }
        // Only short values are roles; a longer one costs nothing to look at.
        let value = plain_name(value.get(..LONGEST_ROLE).unwrap_or(value));
        if CUSTOMER_IF_TRUE.contains(&name) {
            return Some(matches!(value.as_str(), "true" | "1" | "yes"));
        }
        if CUSTOMER_IF_FALSE.contains(&name) {
            return Some(matches!(value.as_str(), "false" | "0" | "no"));
        }
        match name {
            "type" => (value == "customer" || value == "enduser").then_some(true),
            _ if ROLE_NAMES.contains(&name) => Some(is_other(&value)),
            _ => None,
        }
    }
}

pub(super) fn is_other(who: &str) -> bool {
    OTHERS.contains(&plain_name(who).as_str())
}

/// `message to customer`.
fn is_to_customer(words: &[String]) -> bool {
    matches!(words, [_, to, customer] if to == "to" && OTHERS_WORDS.contains(&customer.as_str()))
}

pub(super) fn plain_name(name: &str) -> String {
    name.chars().filter(|c| c.is_alphanumeric()).flat_map(char::to_lowercase).collect()
}

/// `HTML Body`, `html_body` and `htmlBody` are the same words.
fn words(name: &str) -> Vec<String> {
    let mut words: Vec<String> = Vec::new();
    let mut previous = ' ';
    for c in name.chars() {
        if c.is_alphanumeric() {
            let starts = !previous.is_alphanumeric() || (previous.is_lowercase() && c.is_uppercase());
            if starts {
                words.push(String::new());
            }
            if let Some(word) = words.last_mut() {
                word.extend(c.to_lowercase());
            }
        }
        previous = c;
    }
    words
}

/// Whether `text` has at least `count` words, as a cheap count by spaces tells.
pub(in crate::document) fn has_words(text: &str, count: usize) -> bool {
    text.split(|c: char| c.is_whitespace() || c == '\\')
        .filter(|word| word.contains(char::is_alphabetic))
        .nth(count - 1)
        .is_some()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn kind(name: &str) -> NameKind {
        Name::new(name).kind
    }

    #[test]
    fn names_of_text_fields_are_known() {
        for name in [
            "body",
            "HTML Body",
            "html_body",
            "bodyHtml",
            "canned_response",
            "Agent Reply",
            "comment_value_html",
            "html",
            "chatText",
            "response_text",
            "Saved reply",
            "message_en",
            "Message to customer",
            "Macro",
        ] {
            assert_eq!(kind(name), NameKind::Text, "{name}");
        }
    }

    #[test]
    fn other_fields_are_left_alone() {
        for name in [
            "id",
            "title",
            "subject",
            "message_id",
            "response_time",
            "reply_to",
            "content_type",
            "customer_message",
            "User Comment",
            "internal_comment",
            "error_message",
            "question",
            "text_color",
            "template_name",
            "",
        ] {
            assert_eq!(kind(name), NameKind::Other, "{name}");
        }
        assert_eq!(kind("author_role"), NameKind::Role);
        assert_eq!(kind("Description"), NameKind::WeakText);
    }

    #[test]
    fn two_formats_of_one_text_have_one_stem() {
        let stem = |name| Name::new(name).stem;
        assert_eq!(stem("content"), stem("content_html"));
        assert_eq!(stem("body"), stem("plainBody"));
        assert_eq!(stem("text"), stem("html"));
        assert_ne!(stem("body_en"), stem("body_us"));
        assert!(Name::new("content").rank < Name::new("content_html").rank);
    }

    #[test]
    fn roles_tell_whose_words_they_are() {
        assert_eq!(Name::new("Author Role").is_others("End-user"), Some(true));
        assert_eq!(Name::new("role").is_others("agent"), Some(false));
        assert_eq!(Name::new("incoming").is_others("TRUE"), Some(true));
        assert_eq!(Name::new("from_agent").is_others("false"), Some(true));
        assert_eq!(Name::new("type").is_others("message"), None);
        assert_eq!(Name::new("body").is_others("customer"), None);
    }
}
