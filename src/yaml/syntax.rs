//! What the parser says about a text that is not YAML, in words for people who write texts.

pub(super) const ALIAS: &str = "a text that begins with `*` repeats another value in YAML, which is not used here: put the text in quotes";
pub(super) const ANCHOR: &str = "a text that begins with `&` gives a value a name in YAML, which is not used here: put the text in quotes";
pub(super) const TAG: &str =
    "a text that begins with `!` says a type in YAML, which is not used here: put the text in quotes";

/// One sentence: what is wrong at the byte `at`, and what to do.
pub(super) fn sentence(source: &str, at: usize, info: &str) -> String {
    let said = by_character(source, at).filter(|_| !is_about_quotes(info));
    let said = said.or_else(|| by_line(source, at, info)).or_else(|| by_info(info));
    said.unwrap_or("this is not YAML: look at the indentation, and put texts with signs in them in quotes")
        .to_owned()
}

fn is_about_quotes(info: &str) -> bool {
    info.contains("quoted")
}

/// The character that the parser stumbled over often tells more than the parser.
fn by_character(source: &str, at: usize) -> Option<&'static str> {
    match source[at..].chars().next()? {
        '\t' => Some("a tab stands where YAML wants spaces: replace it with spaces"),
        '@' | '`' => Some("a text cannot begin with `@` or a backtick: put the text in quotes"),
        '%' => Some("a line cannot begin with `%`: put the text in quotes"),
        c if c.is_control() && c != '\n' && c != '\r' => Some("a control character stands here: remove it"),
        _ => None,
    }
}

/// Most often a phrase that begins with a sign of YAML's own.
fn by_line(source: &str, at: usize, info: &str) -> Option<&'static str> {
    let start = source[..at].rfind('\n').map_or(0, |end| end + 1);
    let value = source[start..at].trim_start().trim_start_matches("- ");
    if !info.contains("did not find expected") {
        return None;
    }
    match value.chars().next()? {
        '[' | '{' => {
            Some("a text that begins with a bracket must stand in quotes as a whole: put quotes round it")
        }
        '"' | '\'' => {
            Some("a text that begins with a quote must stand in quotes as a whole: put other quotes round it")
        }
        _ => None,
    }
}

/// Parts of the parser's messages, and what they mean to an author.
const BY_INFO: &[(&str, &str)] = &[
    ("tab", "a tab stands where YAML wants spaces: replace it with spaces"),
    (
        "mapping values are not allowed",
        "a colon with a space behind it ends a key, and there is a key already: put the whole text in quotes",
    ),
    ("illegal placement of ':'", "a colon stands where none can: put the whole text in quotes"),
    (
        "found unknown escape character",
        "a backslash in double quotes begins an escape, and this is none: use single quotes, or write \\\\",
    ),
    ("hexadecimal number", "the digits of an escape are missing: use single quotes, or write \\\\"),
    ("invalid Unicode character escape", "this escape is no character: remove it"),
    ("unexpected end of stream", "the quotes that open here are never closed: close them"),
    ("document indicator", "the quotes are not closed before the document ends: close them"),
    (
        "invalid indentation in quoted scalar",
        "the quotes are not closed on their line, or the next line is not indented: close them",
    ),
    ("invalid trailing content", "something follows the closing quote: put all of the text in the quotes"),
    ("simple key expect", "a colon is missing behind this key: write `key: value`"),
    ("simple key expected", "a colon is missing behind this key: write `key: value`"),
    (
        "did not find expected key",
        "this line does not go on with the one above: give keys of one group the same indentation; a text that begins with a quote or a bracket must stand in quotes as a whole",
    ),
    (
        "did not find expected '-'",
        "a list does not go on here: begin its items with `- ` and the same indentation; a text that begins with a quote or a bracket must stand in quotes as a whole",
    ),
    (
        "flow sequence",
        "the `[` of a list is not closed, or something follows it: add `]`; a text that begins with `[` must stand in quotes",
    ),
    (
        "flow mapping",
        "the `{` of a group is not closed, or something follows it: add `}`; a text that begins with `{` must stand in quotes",
    ),
    ("flow construct", "a bracket is not closed before this line: close it, or put the text in quotes"),
    ("misplaced bracket", "a bracket closes nothing: remove it, or put the text in quotes"),
    (
        "block sequence entries are not allowed",
        "an item of a list cannot begin here: put `- ` on a line of its own",
    ),
    ("mapping keys are not allowed", "a key cannot begin here: put it on a line of its own"),
    (
        "did not find expected <document start>",
        "the file does not go on like this behind its first value: look at the indentation; a text that begins with a quote or a bracket must stand in quotes as a whole",
    ),
    ("unknown anchor", ALIAS),
    ("anchor or alias", "a text cannot begin with `*` or `&`: put the text in quotes"),
    ("duplicated anchor", ANCHOR),
    ("tag", TAG),
    ("recursion limit", "brackets stand too deep in each other: remove some levels"),
    ("invalid indentation", "this line is indented wrongly: line it up with the lines of its group"),
    ("wrongly indented", "this line is indented wrongly: line it up with the lines of its group"),
    ("block scalar", "only an indentation or a comment may follow `|` or `>`: put the text on the next line"),
    (
        "multiline text",
        "a comment stands in the middle of a text: put the text in quotes, or the comment above it",
    ),
    ("expected node content", "a value is missing here: write one, or remove the sign before it"),
    ("directive", "a line cannot begin with `%`: put the text in quotes"),
    ("byte order mark", "a byte order mark stands in the middle of the file: remove it"),
    ("unprintable", "a control character stands here: remove it"),
];

fn by_info(info: &str) -> Option<&'static str> {
    BY_INFO.iter().find(|(part, _)| info.contains(part)).map(|(_, sentence)| *sentence)
}
