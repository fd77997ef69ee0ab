//! Template markup in prose: placeholders are opaque words, conditionals and comments are nothing.
//!
//! The reader of each format finds the marks in the raw source first, because no format's own
//! parser knows them: `{{ a < b }}` is no tag, `__ORDER_ID__` no bold text.

use std::borrow::Cow;
use std::sync::LazyLock;

use aho_corasick::{AhoCorasick, MatchKind};

use crate::text::{Block, BlockBuilder, PLACEHOLDER, Span};

mod directives;
mod scan;
mod slots;

pub(super) use directives::has_directive;
use scan::Finder;

/// A stretch of template markup.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct Mark {
    pub(super) span: Span,
    pub(super) stands_for: StandsFor,
}

/// What takes the place of a mark in the prose.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum StandsFor {
    /// A word that is not known: `{{ name }}`.
    Word,
    /// Nothing: a comment, the start or end of a condition.
    Nothing,
    /// The border between two ways to go on: `{% else %}`.
    Space,
}

/// The format that the marks are looked for in.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Syntax {
    Plain,
    Markdown,
    Html,
}

static TRIGGERS: LazyLock<Option<AhoCorasick>> = LazyLock::new(|| {
    let builder = AhoCorasick::builder().match_kind(MatchKind::LeftmostFirst).clone();
    builder.build(["{", "%", "[", "<", "__", "*|", "$("]).ok()
});

/// All template markup of `text`, in order, never overlapping; with it the comments of the text
/// that hold an `amends:allow`, unless the format's own parser takes them out.
pub(super) fn find(text: &str, syntax: Syntax) -> Vec<Mark> {
    let Some(triggers) = TRIGGERS.as_ref() else {
        return Vec::new();
    };
    let mut finder = Finder::new(text, syntax);
    let mut marks = Vec::new();
    for trigger in triggers.find_iter(text) {
        if trigger.start() < finder.taken {
            continue;
        }
        if let Some(mark) = finder.mark_at(trigger.start()) {
            finder.taken = mark.span.end;
            marks.push(mark);
        }
    }
    directives::add(text, syntax, &mut marks);
    if syntax == Syntax::Plain {
        marks.iter_mut().filter(|mark| mark.stands_for != StandsFor::Word).for_each(|mark| widen(text, mark));
        drop_overlaps(&mut marks);
    }
    marks
}

/// `text` with every mark blotted out by letters, byte for byte, so that a format's parser sees a
/// word there and every offset holds.
pub(super) fn blot<'t>(text: &'t str, marks: &[Mark]) -> Cow<'t, str> {
    if marks.is_empty() {
        return Cow::Borrowed(text);
    }
    let mut blotted = String::with_capacity(text.len());
    let mut done = 0;
    for mark in marks {
        blotted.push_str(&text[done..mark.span.start]);
        blotted.extend(std::iter::repeat_n('x', mark.span.end - mark.span.start));
        done = mark.span.end;
    }
    blotted.push_str(&text[done..]);
    Cow::Owned(blotted)
}

/// A part of a stretch of prose.
#[derive(Debug, Clone, Copy)]
pub(super) enum Part {
    /// Text without marks.
    Text(Span),
    Mark(Mark),
}

/// Puts prose into a block with each mark replaced by what it stands for. The spans that are
/// pushed must come in order.
#[derive(Debug)]
pub(super) struct Weaver<'s, 'm> {
    source: &'s str,
    marks: &'m [Mark],
    next: usize,
}

impl<'s, 'm> Weaver<'s, 'm> {
    pub(super) fn new(source: &'s str, marks: &'m [Mark]) -> Self {
        Self { source, marks, next: 0 }
    }

    /// Hands on `source[span]` part by part.
    pub(super) fn push_parts(&mut self, span: Span, mut put: impl FnMut(Part)) {
        let mut done = span.start;
        while let Some(mark) = self.marks.get(self.next).filter(|mark| mark.span.start < span.end) {
            if mark.span.start >= done {
                put(Part::Text(Span::new(done, mark.span.start)));
                put(Part::Mark(*mark));
            }
            done = done.max(mark.span.end);
            if mark.span.end > span.end {
                break;
            }
            self.next += 1;
        }
        if done < span.end {
            put(Part::Text(Span::new(done, span.end)));
        }
    }

    /// Adds `source[span]` with its marks replaced.
    pub(super) fn push(&mut self, builder: &mut BlockBuilder, span: Span) {
        let source = self.source;
        self.push_parts(span, |part| match part {
            Part::Text(span) => builder.push_verbatim(source, span),
            Part::Mark(mark) => put_mark(builder, mark),
        });
    }

    /// Where a construct that begins at `start` begins for a suppression above it: after a comment
    /// or condition that the text begins with.
    pub(super) fn origin(&self, builder: &BlockBuilder, start: usize) -> usize {
        let first = self.marks.partition_point(|mark| mark.span.end <= start);
        let begins_with_mark = self
            .marks
            .get(first)
            .is_some_and(|mark| mark.span.start <= start && mark.stands_for != StandsFor::Word);
        if begins_with_mark { builder.first_source_byte().unwrap_or(start) } else { start }
    }
}

pub(super) fn put_mark(builder: &mut BlockBuilder, mark: Mark) {
    match mark.stands_for {
        StandsFor::Word => builder.push_decoded(PLACEHOLDER.encode_utf8(&mut [0; 4]), mark.span),
        StandsFor::Space => builder.push_decoded(" ", mark.span),
        StandsFor::Nothing => {}
    }
}

/// The prose of `source[span]` as one block, with `marks` replaced.
pub(super) fn weave(source: &str, span: Span, marks: &[Mark]) -> Option<Block<'static>> {
    let mut builder = BlockBuilder::new();
    let mut weaver = Weaver::new(source, marks);
    weaver.push(&mut builder, span);
    let origin = weaver.origin(&builder, span.start);
    builder.finish(origin)
}

/// A mark that stands for nothing and has a line of its own takes the whole line with it, so that
/// the lines around it are neighbours.
fn widen(text: &str, mark: &mut Mark) {
    let is_blank = |byte: &&u8| matches!(**byte, b' ' | b'\t' | b'\r');
    let before = text.as_bytes()[..mark.span.start].iter().rev().take_while(is_blank).count();
    let after = text.as_bytes()[mark.span.end..].iter().take_while(is_blank).count();
    let (start, end) = (mark.span.start - before, mark.span.end + after);
    let starts_line = start == 0 || text.as_bytes()[start - 1] == b'\n';
    let ends_line = end == text.len() || text.as_bytes()[end] == b'\n';
    if starts_line && ends_line {
        mark.span = Span::new(start, text.len().min(end + 1));
    }
}

fn drop_overlaps(marks: &mut Vec<Mark>) {
    let mut end = 0;
    marks.retain(|mark| {
        let is_free = mark.span.start >= end;
        end = end.max(mark.span.end);
        is_free
    });
}

#[cfg(test)]
mod tests {
    use super::*;

    fn show(text: &str, syntax: Syntax) -> String {
        let marks = find(text, syntax);
        let mut builder = BlockBuilder::new();
        Weaver::new(text, &marks).push(&mut builder, Span::new(0, text.len()));
        builder.text().replace(PLACEHOLDER, "◊")
    }

    fn plain(text: &str) -> String {
        show(text, Syntax::Plain)
    }

    #[test]
    fn a_placeholder_is_one_opaque_word() {
        for placeholder in [
            "{{name}}",
            "{{{ name }}}",
            "{{ ticket.requester.first_name | default: \"there\" }}",
            "{name}",
            "{0}",
            "{}",
            "{Customer Name}",
            "{!Contact.FirstName}",
            "{%customer.firstName,fallback=there%}",
            "${name}",
            "#{name}",
            "@{name}",
            "%{name}",
            "%s",
            "%d",
            "%1$s",
            "%(name)s",
            "%.2f",
            "%FIRSTNAME%",
            "%%name%%",
            "[NAME]",
            "[ORDER NUMBER]",
            "[your name]",
            "[Customer's Name]",
            "[order #]",
            "[first_name]",
            "[[name]]",
            "<%= name %>",
            "<<First Name>>",
            "<Customer Name>",
            "__FIRST_NAME__",
            "__NAME__",
            "*|FNAME|*",
            "$(name)",
            "<?= $name ?>",
            "{{> greeting}}",
            "{{ a < b }}",
        ] {
            let text = format!("Dear {placeholder}, sorry");
            assert_eq!(plain(&text), "Dear ◊, sorry", "{placeholder}");
        }
    }

    #[test]
    fn ordinary_prose_is_not_eaten() {
        for text in [
            "I am 100% sure",
            "5% down, 3%discount",
            "as written [sic] and [1]",
            "a list [of two things, and more]",
            "2 < 3 and 4 > 3",
            "<b>bold</b> text",
            "__bold__ and __NOT__ so",
            "______________",
            "f(x) = $5 (or $6)",
            "{we will never refund anything}",
            "{ unclosed {{ twice {% and %s% again",
            "100%s",
            "a%20and%20b, %E2%80%99",
            "%sure",
            "[we do not refund]",
            "* | * a star",
            "C#{",
            "email@example.org",
            "{\"json\": 1}",
            "[",
            "{",
            "%",
            "<",
            "__",
            "*|",
            "$(",
            "{{",
            "{%",
            "<%",
            "Order #5 // later",
        ] {
            assert_eq!(plain(text), text, "{text}");
        }
    }

    #[test]
    fn conditions_and_comments_are_nothing() {
        assert_eq!(plain("Your order{% if many %}s{% endif %} came"), "Your orders came");
        assert_eq!(plain("We {{#if late}}apologise{{else}}thank you{{/if}}"), "We apologise thank you");
        assert_eq!(plain("a{{! no }}b{{!-- }} --}}c{# x #}d<%# y %>e"), "abcde");
        assert_eq!(plain("a {% comment %} do not say {{ this }} {% endcomment %}b"), "a b");
        assert_eq!(plain("Hi\n{% if late %}\nwe are late\n  {% endif %}  \nbye"), "Hi\nwe are late\nbye");
        assert_eq!(plain("{{ if .Late }}late{{ end }}"), "late");
        assert_eq!(plain("<% if late? %>late<% else %>early<% end %>"), "late early");
        assert_eq!(plain("*|IF:LATE|*late*|END:IF|*"), "late");
    }

    #[test]
    fn comments_with_a_directive_are_nothing() {
        assert_eq!(plain("one\n# amends:allow our-policy -- legal\ntwo"), "one\ntwo");
        assert_eq!(plain("one\n  // amends:allow our-policy\ntwo"), "one\ntwo");
        assert_eq!(plain("one <!-- amends:allow our-policy --> two"), "one  two");
        assert_eq!(plain("one # amends:allow our-policy\ntwo"), "one \ntwo");
        assert_eq!(plain("write amends:allow there"), "write amends:allow there");
        assert_eq!(plain("# a heading\ntwo"), "# a heading\ntwo");
    }

    #[test]
    fn markdown_links_are_left_to_markdown() {
        assert_eq!(
            show("see [NAME](https://example.org)", Syntax::Markdown),
            "see [NAME](https://example.org)"
        );
        assert_eq!(show("see [NAME].", Syntax::Markdown), "see ◊.");
    }

    #[test]
    fn blotting_keeps_every_offset() {
        let text = "Dear {{ näme }}, ok";
        let marks = find(text, Syntax::Html);
        let blotted = blot(text, &marks);
        assert_eq!(blotted.len(), text.len());
        assert_eq!(blotted, "Dear xxxxxxxxxxx, ok");
    }

    #[test]
    fn openings_without_an_end_take_linear_time() {
        for opening in [
            "{{",
            "{%",
            "{#",
            "<%",
            "[",
            "%(",
            "__A_",
            "*|",
            "{% comment %}",
            "{{!--",
            "<!-- amends:allow ",
            "%%a",
        ] {
            let text = opening.repeat(30_000);
            let started = std::time::Instant::now();
            find(&text, Syntax::Plain);
            assert!(started.elapsed().as_secs() < 10, "{opening}");
        }
    }
}
