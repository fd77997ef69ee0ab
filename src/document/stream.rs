//! Records that come in parts: a file of any size is read without being held.

use super::csv::{self, RowCutter, Rows};
use super::json::{LineCutter, ValueCutter, ValueLines, Values};
use super::{Document, FileType, Note, Options};

/// Finds where records end in bytes that come piece by piece.
pub trait Cutter {
    /// The place behind the next record; nothing if `bytes`, which begin where they began in the
    /// call before and may hold more at their end, do not reach so far.
    fn next_end(&mut self, bytes: &[u8]) -> Option<usize>;

    /// How many of the bytes need not be there for the next call.
    fn looked_at(&self) -> usize;

    /// So many bytes are taken away at the front.
    fn drop_front(&mut self, count: usize);
}

/// A reader of records that come in parts.
pub struct Stream(Kind);

enum Kind {
    Lines(ValueLines),
    Values(Box<Values>),
    Rows(Box<Rows>),
}

impl Stream {
    /// A reader for a file of this type that begins with `start`, and what finds the ends of its
    /// records; nothing if such a file is not made of records that can be told apart.
    #[must_use]
    pub fn new(file_type: FileType, start: &[u8], options: &Options) -> Option<(Self, Box<dyn Cutter>)> {
        let rows = |separator| -> (Kind, Box<dyn Cutter>) {
            (Kind::Rows(Box::new(Rows::new(separator, options))), Box::new(RowCutter::new(separator)))
        };
        let (kind, cutter): (Kind, Box<dyn Cutter>) = match file_type {
            FileType::JsonLines => (Kind::Lines(ValueLines::new(options)), Box::new(LineCutter::default())),
            FileType::Json => {
                (Kind::Values(Box::new(Values::new(options))), Box::new(ValueCutter::default()))
            }
            FileType::Csv => rows(csv::separator(start)),
            FileType::Tsv => rows(b'\t'),
            _ => return None,
        };
        Some((Self(kind), cutter))
    }

    /// Reads a part of whole records, the first line of which has this number.
    pub fn read<'s>(&mut self, part: &'s str, first_line: usize) -> Document<'s> {
        match &mut self.0 {
            Kind::Lines(lines) => lines.read(part, first_line),
            Kind::Values(values) => values.read(part, false),
            Kind::Rows(rows) => rows.read(part),
        }
    }

    /// What is to be said at the end of the file.
    pub fn end(&mut self) -> Vec<Note> {
        match &mut self.0 {
            Kind::Values(values) => values.read("", true).notes,
            Kind::Lines(_) | Kind::Rows(_) => Vec::new(),
        }
    }

    /// A record is passed over. Answers whether the ones behind it can be read.
    pub fn pass(&mut self) -> bool {
        match &mut self.0 {
            Kind::Lines(_) => true,
            Kind::Values(values) => values.pass(),
            Kind::Rows(rows) => rows.pass(),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::document::{self, Message};
    use crate::text::Span;

    /// The messages as they are told apart: their label, the source and the text of their blocks.
    fn told(messages: &[Message<'_>], base: usize) -> Vec<String> {
        let block = |block: &crate::text::Block<'_>| {
            let Span { start, end } = block.source_span(Span::new(0, block.text.len()));
            format!("{}-{} {}", base + start, base + end, block.text)
        };
        let message = |message: &Message<'_>| {
            let blocks: Vec<String> = message.blocks.iter().map(block).collect();
            format!("{:?} {blocks:?}", message.label)
        };
        messages.iter().map(message).collect()
    }

    /// The same for a text that is read record by record.
    fn told_in_parts(text: &str, file_type: FileType, options: &Options) -> Vec<String> {
        let (mut stream, mut cutter) = Stream::new(file_type, text.as_bytes(), options).unwrap();
        let (mut told_so_far, mut done) = (Vec::new(), 0);
        while done < text.len() {
            let end = cutter.next_end(&text.as_bytes()[done..]).unwrap_or(text.len() - done);
            cutter.drop_front(end);
            let first_line = 1 + text[..done].matches('\n').count();
            let document = stream.read(&text[done..done + end], first_line);
            assert_eq!(document.notes, []);
            told_so_far.extend(told(&document.messages, done));
            done += end;
        }
        assert_eq!(stream.end(), []);
        told_so_far
    }

    #[test]
    fn records_are_the_same_in_parts_as_in_one_piece() {
        let json = r#"{"about": {"n": [1, 2]}, "note": "It is late.", "macros": [ // one
            {"title": "x", "actions": [{"field": "comment_value", "value": ["all", "We are late."]}]},
            {"role": "customer", "body": "It is late"}, {"author": {"type": "user"}, "body": "So late"},
            "just a text", [{"reply": "so \"late\""}], {"description": "We are late and we know it"},
            {"body": "so <b>late</b>", "html_body": "<p>so late</p>"}
            ], "description": "We are late and we know it", "role": "agent"}
            {"body": "it is late"} {"body": "it is late"}"#;
        let customer =
            r#"{"role": "customer", "turns": [{"body": "so late"}, {"role": "agent", "body": "so sorry"}]}"#;
        let csv =
            "id,reply,note\n1,\"so\n\"\"sorry\"\"\",x\n\n# amends:allow x -- \"y\n2,late as it is,\"\n\"\n";
        let lines =
            "{\"reply\": \"so late\"}\n\n// why\n[{\"text\": \"so sorry\"}]\n{\"reply\": \"so late\"}";
        for (text, file_type) in [
            (json, FileType::Json),
            (customer, FileType::Json),
            ("[]", FileType::Json),
            (csv, FileType::Csv),
            (lines, FileType::JsonLines),
        ] {
            for field in [None, Some("note"), Some("macros.body"), Some("turns.body")] {
                let options = Options { fields: field.map(str::to_owned).into_iter().collect() };
                let whole = document::read(text, file_type, &options);
                if file_type == FileType::Csv && field.is_some_and(|field| field != "note") {
                    continue;
                }
                assert_eq!(told_in_parts(text, file_type, &options), told(&whole.messages, 0), "{text}");
            }
        }
    }

    #[test]
    fn what_ends_too_soon_is_told_at_the_end() {
        let text = "[{\"reply\": \"so late\"},\n{\"reply\": \"so sorry\"},\n";
        let options = Options::default();
        let (mut stream, _) = Stream::new(FileType::Json, text.as_bytes(), &options).unwrap();
        assert_eq!(stream.read(text, 1).messages.len(), 2);
        assert!(stream.end()[0].text.contains("cut short"));
    }
}
