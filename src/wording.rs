//! Counts, lists and beginnings, as sentences have them.

/// `1 file`, `2 files`.
///
/// ```
/// use amends::wording::counted;
/// assert_eq!(counted(1, "reply", "replies"), "1 reply");
/// assert_eq!(counted(0, "reply", "replies"), "0 replies");
/// ```
#[must_use]
pub fn counted(count: usize, one: &str, many: &str) -> String {
    format!("{count} {}", if count == 1 { one } else { many })
}

/// With a capital at the beginning.
///
/// ```
/// use amends::wording::capital;
/// assert_eq!(capital("the kettle"), "The kettle");
/// ```
#[must_use]
pub fn capital(text: &str) -> String {
    let (first, rest) = text.split_at(text.chars().next().map_or(0, char::len_utf8));
    first.to_uppercase() + rest
}

/// Names in a row, with a word before the last.
///
/// ```
/// use amends::wording::listed;
/// assert_eq!(listed(&["apology", "empathy", "fix"], "or"), "apology, empathy or fix");
/// assert_eq!(listed(&["apology"], "or"), "apology");
/// ```
#[must_use]
pub fn listed<S: AsRef<str>>(names: &[S], word: &str) -> String {
    let names = names.iter().map(AsRef::as_ref).collect::<Vec<_>>();
    match names.as_slice() {
        [] => String::new(),
        [only] => (*only).to_owned(),
        [others @ .., last] => format!("{} {word} {last}", others.join(", ")),
    }
}
