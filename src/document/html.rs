//! HTML: each block-level element is a block; a phrase that inline tags split is still one text.
//!
//! Left out: scripts, styles, titles, code, comments, attributes, quotes and signatures as mail
//! programs mark them.

use html5gum::Tokenizer;
use html5gum::emitters::callback::{CallbackEmitter, CallbackEvent};

use crate::text::{Block, Span};

use super::placeholders::{self, Syntax, Weaver};

mod entities;
mod names;
mod paragraph;

pub(super) use entities::has_entities;
use names::{BLOCK_TAGS, CODE, INLINE_TAGS, LEFT_OUT, QUOTE_MARKS, REST_MARKS, VOID, is_block, is_heading};
use paragraph::Paragraph;

/// The agent's prose in the HTML `text`.
pub(super) fn blocks(text: &str) -> Vec<Block<'_>> {
    let marks = placeholders::find(text, Syntax::Html);
    let blotted = placeholders::blot(text, &marks);
    let mut reader = Reader {
        text,
        weaver: Weaver::new(text, &marks),
        paragraph: Paragraph::new(!has_one_of(text, BLOCK_TAGS)),
        done: 0,
        tag: OpenTag::default(),
        skipping: Skipping::Nothing,
    };
    let mut emitter = CallbackEmitter::new(|event: CallbackEvent<'_>, span: html5gum::Span<usize>| {
        reader.event(&event, Span::new(span.start, span.end));
        None::<std::convert::Infallible>
    });
    emitter.naively_switch_states(true);
    Tokenizer::new_with_emitter(blotted.as_ref(), emitter).for_each(drop);
    reader.finish(&blotted)
}

/// Whether `text` has tags of HTML.
pub(super) fn has_tags(text: &str) -> bool {
    has_one_of(text, INLINE_TAGS) || has_one_of(text, BLOCK_TAGS)
}

fn has_one_of(text: &str, names: &[&str]) -> bool {
    memchr::memchr_iter(b'<', text.as_bytes()).any(|at| {
        let rest = &text.as_bytes()[at + 1..];
        let rest = rest.strip_prefix(b"/").unwrap_or(rest);
        let length =
            rest.iter().take(12).take_while(|byte| byte.is_ascii_alphanumeric() || **byte == b'!').count();
        let ends =
            rest.get(length).is_some_and(|byte| matches!(byte, b'>' | b'/' | b' ' | b'\t' | b'\r' | b'\n'));
        ends && names.iter().any(|name| name.as_bytes().eq_ignore_ascii_case(&rest[..length]))
    })
}

/// How many quotes `text` opens and closes.
pub(super) fn quotes(text: &str) -> (usize, usize) {
    let count = |tag: &str| {
        let starts = memchr::memchr_iter(b'<', text.as_bytes());
        starts
            .filter(|&at| {
                text.as_bytes()
                    .get(at..at + tag.len())
                    .is_some_and(|t| t.eq_ignore_ascii_case(tag.as_bytes()))
            })
            .count()
    };
    (count("<blockquote"), count("</blockquote"))
}

struct Reader<'s, 'm> {
    text: &'s str,
    weaver: Weaver<'s, 'm>,
    paragraph: Paragraph,
    /// The end of the last tag or comment.
    done: usize,
    tag: OpenTag,
    skipping: Skipping,
}

/// The start tag that is being read.
#[derive(Default)]
struct OpenTag {
    start: usize,
    name: String,
    is_marking: bool,
    is_quote: bool,
    is_rest: bool,
}

enum Skipping {
    Nothing,
    /// An element, with how many of its name are open.
    Element(String, usize),
    /// A title of some level.
    Heading,
    /// All that follows.
    Rest,
}

impl Reader<'_, '_> {
    fn event(&mut self, event: &CallbackEvent<'_>, span: Span) {
        match event {
            CallbackEvent::OpenStartTag { name } => {
                self.text_up_to(span.start);
                self.done = span.end;
                let name = String::from_utf8_lossy(name).into_owned();
                self.tag = OpenTag { start: span.start, name, ..OpenTag::default() };
            }
            CallbackEvent::AttributeName { name } => {
                self.tag.is_marking = matches!(*name, b"class" | b"id" | b"data-smartmail");
            }
            CallbackEvent::AttributeValue { value } if self.tag.is_marking => self.mark(value),
            CallbackEvent::CloseStartTag { self_closing } => {
                self.done = span.end;
                let tag = std::mem::take(&mut self.tag);
                self.start_tag(tag, *self_closing);
            }
            CallbackEvent::EndTag { name } => {
                self.text_up_to(span.start);
                self.done = span.end;
                self.end_tag(&String::from_utf8_lossy(name));
            }
            CallbackEvent::Comment { .. } | CallbackEvent::Doctype { .. } => {
                self.text_up_to(span.start);
                self.done = span.end;
            }
            _ => {}
        }
    }

    fn mark(&mut self, value: &[u8]) {
        for word in value.split(u8::is_ascii_whitespace) {
            let word = String::from_utf8_lossy(word).to_ascii_lowercase();
            self.tag.is_quote |= QUOTE_MARKS.contains(&word.as_str());
            self.tag.is_rest |= REST_MARKS.contains(&word.as_str());
        }
    }

    fn text_up_to(&mut self, end: usize) {
        let span = Span::new(self.done, end);
        if span.start < span.end && matches!(self.skipping, Skipping::Nothing) {
            let paragraph = &mut self.paragraph;
            paragraph.begin(span.start);
            self.weaver.push_parts(span, |part| paragraph.part(self.text, part));
        }
    }

    fn start_tag(&mut self, tag: OpenTag, self_closing: bool) {
        if let Skipping::Element(name, open) = &mut self.skipping {
            *open += usize::from(*name == tag.name && !self_closing);
            return;
        }
        let name = tag.name.as_str();
        let (is_block, is_void) = (is_block(name), VOID.contains(&name));
        if is_block && matches!(self.skipping, Skipping::Heading) {
            self.skipping = Skipping::Nothing;
        }
        if !matches!(self.skipping, Skipping::Nothing) {
            return;
        }
        if is_block || tag.is_rest || name == "blockquote" {
            self.flush();
            self.paragraph.origin = Some(tag.start);
        }
        if tag.is_rest {
            self.skipping = Skipping::Rest;
        } else if is_void {
            if name == "br" {
                let span = Span::new(tag.start, self.done);
                self.paragraph.line_break(span, &self.weaver);
            }
        } else if is_heading(name) {
            self.skipping = Skipping::Heading;
        } else if LEFT_OUT.contains(&name) || tag.is_quote || CODE.contains(&name) {
            if CODE.contains(&name) {
                self.paragraph.begin(tag.start);
                self.paragraph.word(Span::new(tag.start, self.done));
            }
            if !self_closing {
                self.skipping = Skipping::Element(tag.name, 1);
            }
        }
    }

    fn end_tag(&mut self, name: &str) {
        match &mut self.skipping {
            Skipping::Element(skipped, open) if skipped == name => {
                *open -= 1;
                if *open == 0 {
                    self.skipping = Skipping::Nothing;
                }
            }
            Skipping::Heading if is_block(name) => self.skipping = Skipping::Nothing,
            Skipping::Nothing => {}
            _ => return,
        }
        if is_block(name) {
            self.flush();
            self.paragraph.origin = None;
        }
    }

    fn flush(&mut self) {
        if self.paragraph.flush(&self.weaver) {
            self.skipping = Skipping::Rest;
        }
    }

    /// The text after the last tag, without a tag that is cut off.
    fn finish(mut self, blotted: &str) -> Vec<Block<'static>> {
        let rest = &blotted.as_bytes()[self.done..];
        let cut_off = memchr::memchr_iter(b'<', rest).find(|&at| {
            rest.get(at + 1).is_some_and(|next| next.is_ascii_alphabetic() || b"/!?".contains(next))
        });
        let is_in_tag = !self.tag.name.is_empty();
        if !is_in_tag {
            self.text_up_to(cut_off.map_or(blotted.len(), |at| self.done + at));
        }
        self.flush();
        self.paragraph.blocks
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::document::testing::{check, show};

    #[test]
    fn elements_are_blocks_and_inline_tags_are_seen_through() {
        let text = "<!doctype html><html><head><title>our policy</title><style>p { our: policy }</style></head>\n<body>\n\
            <h1>Our <b>policy</b></h1>\n<p class=\"x\">We&rsquo;re <b>so</b>\n   sorry,&nbsp;{{ name }}<br>it is&#32;late &amp; slow &bogus; &copy2.</p>\n\
            <!-- our policy -->\n<ul><li>One<li>Two <code>our policy</code> three</ul><table><tr><td>a</td><td title=\"our policy\">b</td></table>\
            <script>var a = \"<p>our policy</p>\";</script>un&shy;for&zwnj;tunate</body></html>\n";
        insta::assert_snapshot!(show(text, &blocks(text)), @r"
        126: We«’←&rsquo;»re so« ←␊   »sorry,«⍽←&nbsp;»«◊←{{ name }}»« ←<br>»it is« ←&#32;»late «&←&amp;» slow &bogus; «©2←&copy2».
        260: One
        267: Two «◊←<code>» three
        320: a
        330: b
        412: unfortunate
        ");
    }

    #[test]
    fn quotes_of_mail_programs_are_left_out() {
        let text = "<div>Sorry.</div><div class=\"gmail_quote\"><div>On 4 May</div><blockquote>where?</blockquote></div><p>Still ours.</p>\
            <blockquote><blockquote>a</blockquote>b</blockquote><p>On 4 May 2026, Ann wrote:</p><div class='a gmail_signature'>Jo</div>\
            <p>And this.</p><div id=\"appendonsend\"></div><p>where is it?</p>";
        insta::assert_snapshot!(show(text, &blocks(text)), @r"
        0: Sorry.
        98: Still ours.
        239: And this.
        ");
        let outlook = "<p>Sorry.</p><div><b>From:</b> Ann<br><b>Sent:</b> Monday<br><b>To:</b> us</div><p>where is it?</p>";
        insta::assert_snapshot!(show(outlook, &blocks(outlook)), @"0: Sorry.");
    }

    #[test]
    fn template_markup_is_no_html() {
        let text = "<p {% if a < b %}class=\"{{ c }}\"{% endif %}>Dear {{ \"<b>\" | raw }},\n{% if late > 1 %}\nwe are late{% else %}thanks{% endif %}.</p>\n\
            <% if x > 1 %><a href=\"<%= url %>\">Our %s</a><% end %>{{!-- <p>our policy</p> --}}";
        insta::assert_snapshot!(show(text, &blocks(text)), @r#"
        0: Dear «◊←{{ "<b>" | raw }}»,« ←␊»we are late« ←{% else %}»thanks.
        129: Our «◊←%s»
        "#);
    }

    #[test]
    fn a_text_with_inline_tags_only_keeps_its_paragraphs() {
        let text = "Hi <b>there</b>,\r\n\r\nwe are\r\nsorry &amp; late.";
        insta::assert_snapshot!(show(text, &blocks(text)), @r"
        0: Hi there,
        20: we are« ←␍␊»sorry «&←&amp;» late.
        ");
    }

    #[test]
    fn two_line_breaks_end_a_paragraph() {
        let text = "<div>Hi,<br>we<br/>\n<br>are <b>late<br><br></b><br>Bye<br></div>";
        insta::assert_snapshot!(show(text, &blocks(text)), @"
        0: Hi,« ←<br>»we« ←<br/>»
        24: are late« ←<br>»
        43: Bye« ←<br>»
        ");
    }

    #[test]
    fn what_is_cut_off_is_left_out() {
        for text in [
            "<p>Sorry</p><a href=\"our policy",
            "<p>Sorry</p><!-- our policy",
            "<p>Sorry</p><script>our policy",
            "<p>Sorry</p></p",
        ] {
            let blocks = blocks(text);
            assert_eq!(blocks.iter().map(|block| &*block.text).collect::<Vec<_>>(), ["Sorry"], "{text}");
        }
        insta::assert_snapshot!(show("a < b &amp", &blocks("a < b &amp")), @"0: a < b «&←&amp»");
    }

    #[test]
    fn html_is_told_from_plain_text() {
        assert!(has_tags("a <BR/> b"));
        assert!(has_tags("x</p>"));
        assert!(!has_tags("a <b"));
        assert!(!has_tags("2 < 3 <Customer Name> <3 <"));
        assert!(has_entities("we&#39;re") && has_entities("a &amp; b"));
        assert!(!has_entities("AT&T; R&D &"));
    }

    #[test]
    fn odd_texts_are_read_in_linear_time() {
        for text in [
            String::new(),
            "<div>".repeat(100_000),
            "<blockquote>".repeat(100_000),
            format!("{}x{}", "<b>".repeat(100_000), "</b>".repeat(100_000)),
            "<a b".repeat(50_000),
            "<".repeat(100_000),
            "&".repeat(100_000),
            "&amp".repeat(50_000),
            "<!--".repeat(50_000),
            "{% if %}<p>".repeat(20_000),
            " \n".repeat(200_000),
            "\u{0}é\u{1b}".repeat(50_000),
            "<p>we are late\r\n".repeat(20_000),
        ] {
            let started = std::time::Instant::now();
            check(&text, &blocks(&text));
            assert!(started.elapsed().as_secs() < 20, "{}", &text[..text.len().min(10)]);
        }
    }
}
