//! Entities: `&rsquo;` and the like.

use html5gum::Tokenizer;

/// Whether `text` has entities that nobody writes in plain text: `&nbsp;`, `&#39;`.
pub(in crate::document) fn has_entities(text: &str) -> bool {
    memchr::memchr_iter(b'&', text.as_bytes()).any(|at| {
        let end = text.len().min(at + 12);
        let name = text.as_bytes()[at + 1..end].split(|&byte| byte == b';').next().unwrap_or_default();
        text.as_bytes().get(at + 1 + name.len()) == Some(&b';')
            && std::str::from_utf8(name)
                .is_ok_and(|name| common_entity(name).is_some() || name.starts_with('#'))
    })
}

/// The entities that nearly all mails with entities have.
fn common_entity(name: &str) -> Option<&'static str> {
    Some(match name {
        "amp" => "&",
        "apos" | "#39" | "#039" | "#x27" => "'",
        "gt" => ">",
        "hellip" => "…",
        "ldquo" => "“",
        "lsquo" => "‘",
        "lt" => "<",
        "mdash" => "—",
        "nbsp" | "#160" => "\u{A0}",
        "ndash" => "–",
        "quot" | "#34" => "\"",
        "rdquo" => "”",
        "rsquo" | "#8217" => "’",
        _ => return None,
    })
}

/// What the entity at the start of `text` stands for, and its length.
pub(super) fn entity(text: &str) -> Option<(String, usize)> {
    let is_name = |byte: &&u8| byte.is_ascii_alphanumeric() || **byte == b'#';
    let name = text.as_bytes()[1..].iter().take(40).take_while(is_name).count();
    let is_ended = text.as_bytes().get(1 + name) == Some(&b';');
    let length = 1 + name + usize::from(is_ended);
    if let Some(known) = common_entity(&text[1..=name]).filter(|_| is_ended) {
        return Some((known.to_owned(), length));
    }
    let mut decoded = String::new();
    for token in Tokenizer::new(&text[..length]).flatten() {
        if let html5gum::Token::String(part) = token {
            decoded.push_str(&String::from_utf8_lossy(&part));
        }
    }
    (decoded != text[..length]).then_some((decoded, length))
}
