//! What the names of elements tell, and the classes and ids that mail programs give them.

/// Elements that tell HTML from plain text with an angle bracket in it.
pub(super) const INLINE_TAGS: &[&str] = &["a", "b", "em", "font", "i", "img", "small", "span", "strong", "u"];

/// The same, and each of them ends a block.
pub(super) const BLOCK_TAGS: &[&str] = &[
    "blockquote",
    "body",
    "br",
    "center",
    "div",
    "h1",
    "h2",
    "h3",
    "h4",
    "h5",
    "h6",
    "head",
    "hr",
    "html",
    "li",
    "ol",
    "p",
    "pre",
    "script",
    "style",
    "table",
    "td",
    "th",
    "title",
    "tr",
    "ul",
    "!doctype",
];

/// Elements whose text is no prose of the agent's.
pub(super) const LEFT_OUT: &[&str] = &[
    "audio",
    "blockquote",
    "canvas",
    "iframe",
    "math",
    "noembed",
    "noframes",
    "noscript",
    "object",
    "script",
    "select",
    "style",
    "svg",
    "textarea",
    "title",
    "video",
    "xmp",
];

/// Elements that hold one opaque word.
pub(super) const CODE: &[&str] = &["code", "kbd", "samp", "tt", "var"];

/// Elements that no text follows into.
pub(super) const VOID: &[&str] =
    &["area", "base", "br", "col", "embed", "hr", "img", "input", "link", "meta", "source", "wbr"];

/// Classes and ids by which mail programs mark the quoted original and the signature: Gmail,
/// Thunderbird, Outlook, Yahoo, Proton, Zoho, Apple Mail, Zendesk.
pub(super) const QUOTE_MARKS: &[&str] = &[
    "gmail_quote",
    "gmail_quote_container",
    "gmail_attr",
    "gmail_signature",
    "gmail_signature_prefix",
    "moz-cite-prefix",
    "moz-signature",
    "moz-forward-container",
    "outlookmessageheader",
    "olk_src_body_section",
    "yahoo_quoted",
    "yahoo_quoted_begin",
    "protonmail_quote",
    "protonmail_signature_block",
    "zmail_extra",
    "zmail_signature",
    "applemailsignature",
    "signature",
    "zd-quote",
    "quoted-text",
    "mail-quote",
];

/// Outlook puts the original after these, not into them.
pub(super) const REST_MARKS: &[&str] =
    &["appendonsend", "divrplyfwdmsg", "mail-editor-reference-message-container"];

pub(super) fn is_heading(name: &str) -> bool {
    matches!(name, "h1" | "h2" | "h3" | "h4" | "h5" | "h6")
}

pub(super) fn is_block(name: &str) -> bool {
    is_heading(name)
        || name.starts_with("mj-")
        || matches!(
            name,
            "address"
                | "article"
                | "aside"
                | "body"
                | "button"
                | "caption"
                | "center"
                | "dd"
                | "details"
                | "dialog"
                | "div"
                | "dl"
                | "dt"
                | "fieldset"
                | "figcaption"
                | "figure"
                | "footer"
                | "form"
                | "head"
                | "header"
                | "hr"
                | "html"
                | "legend"
                | "li"
                | "main"
                | "menu"
                | "nav"
                | "ol"
                | "option"
                | "p"
                | "pre"
                | "section"
                | "summary"
                | "table"
                | "tbody"
                | "td"
                | "tfoot"
                | "th"
                | "thead"
                | "tr"
                | "ul"
        )
}
