//! Markdown: each paragraph, list item and table cell is a block.
//!
//! Left out: front matter, headings, code blocks, HTML comments, quotes, link targets. Inline code
//! and bare links are opaque words.

use pulldown_cmark::{Event, LinkType, Options, Parser, Tag, TagEnd};

use crate::text::{Block, BlockBuilder, PLACEHOLDER, Span};

use super::html;
use super::nested;
use super::placeholders::{self, Syntax, Weaver};

/// The agent's prose in the Markdown `text`.
pub(super) fn blocks(text: &str) -> Vec<Block<'_>> {
    let marks = placeholders::find(text, Syntax::Markdown);
    let blotted = placeholders::blot(text, &marks);
    let body = front_matter_end(text);
    let options = Options::ENABLE_TABLES
        | Options::ENABLE_STRIKETHROUGH
        | Options::ENABLE_TASKLISTS
        | Options::ENABLE_FOOTNOTES;
    let mut reader = Reader {
        text,
        blotted: &blotted,
        weaver: Weaver::new(text, &marks),
        builder: BlockBuilder::new(),
        origin: None,
        row: None,
        skipped: 0,
        html_quotes: 0,
        is_autolink: false,
        blocks: Vec::new(),
    };
    for (event, range) in Parser::new_ext(&blotted[body..], options).into_offset_iter() {
        reader.event(event, Span::new(body + range.start, body + range.end));
    }
    reader.flush();
    reader.blocks
}

/// The byte after YAML or TOML front matter, 0 where there is none.
fn front_matter_end(text: &str) -> usize {
    let mut lines = text.split_inclusive('\n');
    let fence = lines.next().unwrap_or_default().trim_end();
    let first = lines.next().unwrap_or_default();
    let is_matter = match fence {
        "---" => first.split_once(':').is_some_and(|(key, _)| !key.trim_matches('"').contains([' ', ','])),
        "+++" => first.contains('=') || first.starts_with('['),
        _ => false,
    };
    if !is_matter {
        return 0;
    }
    let mut end = 0;
    for (number, line) in text.split_inclusive('\n').enumerate() {
        end += line.len();
        let line = line.trim_end();
        if number > 1 && (line == fence || (fence == "---" && line == "...")) {
            return end;
        }
    }
    0
}

struct Reader<'s, 'm> {
    text: &'s str,
    blotted: &'m str,
    weaver: Weaver<'s, 'm>,
    builder: BlockBuilder,
    /// Where the construct begins that the next text belongs to.
    origin: Option<usize>,
    /// Where the row of a table begins.
    row: Option<usize>,
    /// How many constructs that are left out are open.
    skipped: usize,
    /// How many quotes that were opened as HTML are open.
    html_quotes: usize,
    is_autolink: bool,
    blocks: Vec<Block<'s>>,
}

impl Reader<'_, '_> {
    fn event(&mut self, event: Event<'_>, span: Span) {
        match event {
            Event::Start(tag) => self.start(&tag, span),
            Event::End(tag) => self.end(tag),
            _ if self.skipped > 0 || self.html_quotes > 0 => {}
            Event::Text(text) => self.prose(&text, span),
            Event::Code(_) => self.word(span),
            Event::SoftBreak | Event::HardBreak => self.space(span),
            Event::InlineHtml(tag) if tag.get(..3).is_some_and(|tag| tag.eq_ignore_ascii_case("<br")) => {
                self.space(span);
            }
            _ => {}
        }
    }

    fn start(&mut self, tag: &Tag<'_>, span: Span) {
        match tag {
            Tag::Emphasis | Tag::Strong | Tag::Strikethrough => {}
            Tag::Link { link_type: LinkType::Autolink | LinkType::Email, .. } => {
                if self.skipped == 0 && self.html_quotes == 0 {
                    self.word(span);
                }
                self.is_autolink = true;
                self.skipped += 1;
            }
            Tag::Link { .. } => {}
            Tag::Image { .. } => self.skipped += 1,
            Tag::HtmlBlock => self.html(span),
            Tag::Item => {
                self.flush();
                self.origin = Some(span.start);
            }
            Tag::TableHead | Tag::TableRow => {
                self.flush();
                self.row = Some(span.start);
            }
            Tag::TableCell => {
                self.flush();
                self.origin = self.row;
            }
            _ => {
                self.flush();
                self.origin.get_or_insert(span.start);
                self.skipped += usize::from(is_left_out(tag.to_end()));
            }
        }
    }

    fn end(&mut self, tag: TagEnd) {
        match tag {
            TagEnd::Emphasis | TagEnd::Strong | TagEnd::Strikethrough => {}
            TagEnd::Link if self.is_autolink => {
                self.is_autolink = false;
                self.skipped -= 1;
            }
            TagEnd::Link => {}
            TagEnd::Image => self.skipped -= 1,
            _ => {
                self.flush();
                self.origin = None;
                self.skipped -= usize::from(is_left_out(tag));
            }
        }
    }

    /// Text, which is the source unless an entity or an escape was decoded.
    fn prose(&mut self, text: &str, span: Span) {
        self.origin.get_or_insert(span.start);
        if self.blotted[span.range()] == *text {
            self.weaver.push(&mut self.builder, span);
        } else {
            self.builder.push_decoded(text, span);
        }
    }

    fn word(&mut self, span: Span) {
        self.origin.get_or_insert(span.start);
        self.builder.push_decoded(PLACEHOLDER.encode_utf8(&mut [0; 4]), span);
    }

    fn space(&mut self, span: Span) {
        if !self.builder.ends_with_space() {
            self.builder.push_decoded(" ", span);
        }
    }

    /// A block of HTML is read as HTML.
    fn html(&mut self, span: Span) {
        self.flush();
        let html = &self.text[span.range()];
        if self.skipped == 0 && self.html_quotes == 0 {
            let value = Block::verbatim(self.text, span);
            self.blocks.extend(nested::read(value, nested::Prose::Html));
        }
        let (opened, closed) = html::quotes(html);
        self.html_quotes = (self.html_quotes + opened).saturating_sub(closed);
    }

    fn flush(&mut self) {
        let builder = std::mem::take(&mut self.builder);
        if builder.is_blank() {
            return;
        }
        let start = self.origin.take().or(builder.first_source_byte()).unwrap_or_default();
        let origin = self.weaver.origin(&builder, start);
        self.blocks.extend(builder.finish(origin));
    }
}

/// Titles are no prose, code is no language, quotes are the customer's.
fn is_left_out(tag: TagEnd) -> bool {
    matches!(tag, TagEnd::Heading(_) | TagEnd::CodeBlock | TagEnd::BlockQuote(_) | TagEnd::MetadataBlock(_))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::document::testing::{check, show};

    #[test]
    fn paragraphs_items_and_cells_are_blocks() {
        let text = "---\ntitle: Late\n---\n# Title\n\nWe are **very\nsorry**, {{ name }}.\n\n- One [link](https://example.org/our-policy)\n  \
            wraps\n- Two\n\n  more\n\n1. `code` and ~~old~~ &amp; \\*star\\*\n\n| Head | er |\n|---|---|\n| a {x} | b\\|c |\n\n\
            ```\nour policy\n```\n\n    our policy\n\n> where is it?\n\nSetext\n------\n\nLast <https://example.org>.  \nLine\r\nend\n";
        insta::assert_snapshot!(show(text, &blocks(text)), @r"
        29: We are very« ←␊»sorry, «◊←{{ name }}».
        65: One link« ←␊»wraps
        118: Two
        127: more
        133: «◊←`code`» and old «&←&amp;» *star*
        171: Head
        171: er
        195: a «◊←{x}»
        195: b|c
        280: Last «◊←<https://example.org>».« ←  ␊»Line« ←␍␊»end
        ");
    }

    #[test]
    fn html_in_markdown_is_seen_through() {
        let text = "We <b>do</b> it<br>now <!-- amends:allow x --> ok.\n\n<div>We're <i>so</i> sorry</div>\n\n<!-- our\npolicy -->\n\n\
            <blockquote>\n\nwhere is it?\n\n</blockquote>\n\nHere ![our policy](policy.png).\n";
        insta::assert_snapshot!(show(text, &blocks(text)), @r"
        0: We do it« ←<br>»now  ok.
        52: We're so sorry
        150: Here .
        ");
    }

    #[test]
    fn template_markup_is_no_markdown() {
        let text = "{% if late %}\n- It is __ORDER_ID__ [NAME] *|FNAME|* now\n{% endif %}\n\n{# amends:allow our-policy #}\nOur policy\n";
        insta::assert_snapshot!(show(text, &blocks(text)), @r"
        14: It is «◊←__ORDER_ID__» «◊←[NAME]» «◊←*|FNAME|*» now« ←␊»
        99: Our policy
        ");
    }

    #[test]
    fn a_rule_is_no_front_matter() {
        let text = "---\nSorry about that.\n---\n\nBye\n";
        assert_eq!(front_matter_end(text), 0);
        assert_eq!(front_matter_end("+++\na = 1\n+++\nx"), 14);
        assert_eq!(front_matter_end("---\r\na: 1\r\n---\r\nx"), 16);
        assert_eq!(front_matter_end("---\na: 1\n"), 0);
    }

    #[test]
    fn odd_texts_are_read_in_linear_time() {
        for text in [
            String::new(),
            "> ".repeat(20_000),
            "[".repeat(20_000),
            "*a ".repeat(20_000),
            "- ".repeat(2_000),
            "<div>".repeat(20_000),
            "<div>\n\n".repeat(20_000),
            "a\n\n".repeat(20_000),
            "|a".repeat(20_000),
            "`".repeat(20_000),
            "\u{0}\u{1}".repeat(20_000),
            "a ".repeat(1_000_000),
        ] {
            let started = std::time::Instant::now();
            check(&text, &blocks(&text));
            assert!(started.elapsed().as_secs() < 20, "{}", &text[..text.len().min(10)]);
        }
    }
}
