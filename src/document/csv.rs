//! Comma- and tab-separated records: each text cell is a message, mapped through its quotes.

use rustc_hash::FxHashMap;

use crate::text::{Block, BlockBuilder, Span};

use super::nested;
use super::records::{self, Chosen, MARK, Name, NameKind};
use super::{Document, Fields, Note, Options, Scope};

mod cutter;

pub(super) use cutter::RowCutter;

/// So many rows tell which columns look like prose.
const SAMPLE: usize = 100;
/// So many words on average make a column prose.
const PROSE_WORDS: usize = 5;

/// What separates the cells of `source`: spreadsheets of half of Europe write semicolons.
pub(super) fn separator(start: &[u8]) -> u8 {
    let count = |separator: u8| Scan::new(start, separator).next().map_or(0, |row| row.cells.len());
    let most = [b',', b';', b'\t'].into_iter().max_by_key(|&separator| (count(separator), separator == b','));
    most.unwrap_or(b',')
}

/// Reads the records of `source`.
pub(super) fn read<'s>(source: &'s str, separator: u8, options: &Options) -> Document<'s> {
    Rows::new(separator, options).read(source)
}

/// The cells of a text, row by row, each with the byte at which it begins.
#[derive(Debug, Default)]
pub(crate) struct Table {
    pub(crate) rows: Vec<Vec<(usize, String)>>,
    /// Where a quote was opened that is never closed.
    pub(crate) unclosed: Option<usize>,
}

/// Reads a small table whole: one that says something to us, rather than to customers.
pub(crate) fn table(source: &str) -> Table {
    let mut scan = Scan::new(source.as_bytes(), separator(source.as_bytes()));
    let cell = |cell: Cell| (cell.origin, cell.block(source).text.trim().to_owned());
    let rows = scan.by_ref().map(|row| row.cells.into_iter().map(cell).collect()).collect();
    Table { rows, unclosed: scan.unclosed }
}

/// A reader of records that may come in parts. The first part tells what the columns hold.
pub(super) struct Rows {
    separator: u8,
    options: Options,
    columns: Option<Columns>,
    number: usize,
}

impl Rows {
    pub(super) fn new(separator: u8, options: &Options) -> Self {
        Self { separator, options: options.clone(), columns: None, number: 0 }
    }

    /// Reads a part of whole records.
    pub(super) fn read<'s>(&mut self, part: &'s str) -> Document<'s> {
        let Self { separator, options, columns, number } = self;
        let columns = columns.get_or_insert_with(|| Columns::new(part, *separator, options));
        let has_notes = memchr::memmem::find(part.as_bytes(), MARK.as_bytes()).is_some();
        let mut document = Document { fields: columns.fields.clone(), ..Document::default() };
        let mut rows = Scan::new(part.as_bytes(), *separator);
        for row in rows.by_ref() {
            *number += 1;
            if has_notes {
                document.scopes.extend(row.scope(part));
            }
            if *number == 1 && columns.has_header {
                continue;
            }
            for column in columns.texts_of(part, &row) {
                let block = row.cells[column].block(part);
                let label = format!("row {number}, {}", columns.label(column));
                document.push(nested::read_value(block), Some(label));
            }
        }
        document.notes.extend(rows.unclosed.map(|at| {
            Note::trouble(at, "The quote that opens here is never closed; the rest was read as one cell.")
        }));
        document
    }

    /// A record is passed over. Answers whether the others can be read: not without a header.
    pub(super) fn pass(&mut self) -> bool {
        self.number += 1;
        self.columns.is_some()
    }
}

/// Which columns hold what.
struct Columns {
    has_header: bool,
    names: Vec<Name>,
    spelled: Vec<String>,
    /// The columns that may hold text, the best first.
    texts: Vec<usize>,
    is_chosen: bool,
    is_guessed_by_name: bool,
    fields: Fields,
}

impl Columns {
    fn new(source: &str, separator: u8, options: &Options) -> Self {
        let sample: Vec<Row> = Scan::new(source.as_bytes(), separator).take(SAMPLE).collect();
        let spelled: Vec<String> = sample
            .first()
            .map(|row| row.cells.iter().map(|cell| records::spelled(&cell.block(source).text)).collect())
            .unwrap_or_default();
        let names: Vec<Name> = spelled.iter().map(|name| Name::new(name)).collect();
        let mut columns = Self {
            has_header: false,
            names,
            spelled,
            texts: Vec::new(),
            is_chosen: false,
            is_guessed_by_name: false,
            fields: Fields::for_choice(&options.fields),
        };
        columns.choose(&options.fields);
        if !options.fields.is_empty() && columns.is_chosen {
            return columns;
        }
        if options.fields.is_empty() {
            columns.guess(source, &sample);
        }
        columns
    }

    /// Takes the columns that the user named, or whose number he gave.
    fn choose(&mut self, fields: &[String]) {
        let chosen = Chosen::new(fields);
        let mut has_named = false;
        for column in 0..self.names.len() {
            if let Some(choice) = chosen.meets(std::iter::once(self.names[column].plain.as_str())) {
                has_named = true;
                self.take(choice, column);
            }
        }
        for (choice, field) in fields.iter().enumerate() {
            let column = field.parse::<usize>().ok().and_then(|number| number.checked_sub(1));
            if let Some(column) = column.filter(|&column| column < self.names.len()) {
                self.take(choice, column);
            }
        }
        self.has_header = has_named || self.looks_like_header();
        self.texts.sort_unstable();
        self.texts.dedup();
        self.is_chosen = !self.texts.is_empty();
        if !fields.is_empty() {
            let names = self.spelled.iter().filter(|name| !name.is_empty());
            self.fields.names = names.take(Fields::MOST_NAMES).cloned().collect();
        }
    }

    fn take(&mut self, choice: usize, column: usize) {
        self.fields.found[choice] = true;
        self.texts.push(column);
    }

    /// Whether a name in the first row is known, and none is a sentence.
    fn looks_like_header(&self) -> bool {
        let is_sentence = |name: &String| records::has_words(name, PROSE_WORDS + 1);
        self.names.iter().any(|name| name.kind != NameKind::Other) && !self.spelled.iter().any(is_sentence)
    }

    fn guess(&mut self, source: &str, sample: &[Row]) {
        self.has_header = self.looks_like_header();
        if self.has_header {
            self.texts = self.of_kind(NameKind::Text);
            if self.texts.is_empty() {
                self.texts = self.of_kind(NameKind::WeakText);
            }
        }
        self.is_guessed_by_name = !self.texts.is_empty();
        if self.texts.is_empty() {
            self.guess_by_content(source, sample);
        }
    }

    fn of_kind(&self, kind: NameKind) -> Vec<usize> {
        let mut columns: Vec<usize> =
            (0..self.names.len()).filter(|&column| self.names[column].kind == kind).collect();
        columns.sort_by_key(|&column| self.names[column].rank);
        columns
    }

    fn guess_by_content(&mut self, source: &str, sample: &[Row]) {
        let width = sample.iter().map(|row| row.cells.len()).max().unwrap_or_default();
        let is_prose = |column: usize, rows: &[Row]| {
            let cells =
                rows.iter().filter_map(|row| row.cells.get(column)).map(|cell| &source[cell.inner.range()]);
            let filled: Vec<&str> = cells.filter(|cell| !cell.trim().is_empty()).collect();
            let words: usize = filled.iter().map(|cell| cell.split_whitespace().count()).sum();
            !filled.is_empty() && words >= PROSE_WORDS * filled.len()
        };
        let later = sample.get(1..).unwrap_or_default();
        let first_is_prose = (0..width).any(|column| is_prose(column, &sample[..1]));
        self.has_header |= !first_is_prose && (0..width).any(|column| is_prose(column, later));
        let rows = if self.has_header { later } else { sample };
        let is_others = |column: usize| {
            self.has_header
                && self
                    .names
                    .get(column)
                    .is_some_and(|name| name.is_for_others || name.kind == NameKind::Role)
        };
        self.texts = (0..width).filter(|&column| is_prose(column, rows) && !is_others(column)).collect();
    }

    /// The columns of `row` to read: none if the record is the customer's, of two formats of one
    /// text the better that is filled.
    fn texts_of(&self, source: &str, row: &Row) -> Vec<usize> {
        let text = |column: usize| row.cells.get(column).map_or("", |cell| source[cell.inner.range()].trim());
        let is_others = |(column, name): (usize, &Name)| name.is_others(text(column)) == Some(true);
        if self.has_header && self.names.iter().enumerate().any(is_others) {
            return Vec::new();
        }
        let filled = self.texts.iter().copied().filter(|&column| !text(column).is_empty());
        let mut columns: Vec<usize> = if self.is_guessed_by_name {
            let mut known: FxHashMap<&str, &str> = FxHashMap::default();
            let is_first = |&column: &usize| {
                let name = &self.names[column];
                *known.entry(&name.stem).or_insert(&name.plain) == name.plain
            };
            filled.filter(is_first).collect()
        } else {
            filled.collect()
        };
        columns.sort_unstable();
        columns
    }

    fn label(&self, column: usize) -> String {
        match self.spelled.get(column) {
            Some(name) if self.has_header && !name.is_empty() => name.clone(),
            _ => format!("column {}", column + 1),
        }
    }
}

/// A record.
struct Row {
    span: Span,
    cells: Vec<Cell>,
}

impl Row {
    /// The record, if a note that silences stands in one of its fields.
    fn scope(&self, source: &str) -> Option<Scope> {
        let text = &source.as_bytes()[self.span.range()];
        memchr::memmem::find(text, MARK.as_bytes()).map(|_| Scope { inside: self.span, covers: self.span })
    }
}

/// A field of a record.
#[derive(Clone, Copy)]
struct Cell {
    /// Where it begins, with its quote.
    origin: usize,
    /// What it holds, without the quotes around it.
    inner: Span,
    /// Whether it holds doubled quotes.
    has_doubled: bool,
}

impl Cell {
    fn block(self, source: &str) -> Block<'_> {
        let whole = Block { origin: self.origin, ..Block::verbatim(source, self.inner) };
        if !self.has_doubled {
            return whole;
        }
        let mut builder = BlockBuilder::new();
        let mut done = self.inner.start;
        while let Some(pair) = memchr::memmem::find(&source.as_bytes()[done..self.inner.end], b"\"\"") {
            builder.push_verbatim(source, Span::new(done, done + pair + 1));
            done += pair + 2;
        }
        builder.push_verbatim(source, Span::new(done, self.inner.end));
        builder.finish(self.origin).unwrap_or(whole)
    }
}

/// The records of a text, empty lines and comments with an `amends:allow` left out.
struct Scan<'s> {
    bytes: &'s [u8],
    separator: u8,
    at: usize,
    /// Where a quote was opened that is never closed.
    unclosed: Option<usize>,
}

impl<'s> Scan<'s> {
    fn new(bytes: &'s [u8], separator: u8) -> Self {
        Self { bytes, separator, at: 0, unclosed: None }
    }

    /// Skips what is no record at the start of a line.
    fn skip(&mut self) {
        loop {
            let rest = &self.bytes[self.at..];
            let blank = rest.iter().take_while(|byte| matches!(byte, b'\n' | b'\r')).count();
            self.at += blank;
            let rest = &rest[blank..];
            if !rest.starts_with(b"#") && !rest.starts_with(b"//") {
                return;
            }
            let end = memchr::memchr(b'\n', rest).unwrap_or(rest.len());
            if memchr::memmem::find(&rest[..end], b"amends:allow").is_none() {
                return;
            }
            self.at += end;
        }
    }

    /// Reads a cell. The place is then at the separator, the line end or the end.
    fn cell(&mut self) -> Cell {
        let origin = self.at;
        if self.bytes.get(origin) != Some(&b'"') {
            return Cell { origin, inner: self.unquoted(origin), has_doubled: false };
        }
        let (mut at, mut has_doubled) = (origin + 1, false);
        loop {
            match memchr::memchr(b'"', &self.bytes[at..]) {
                Some(quote) if self.bytes.get(at + quote + 1) == Some(&b'"') => {
                    has_doubled = true;
                    at += quote + 2;
                }
                Some(quote) => {
                    let inner = Span::new(origin + 1, at + quote);
                    // What stands between the closing quote and the separator is lost on every reader.
                    self.unquoted(inner.end + 1);
                    return Cell { origin, inner, has_doubled };
                }
                None => {
                    self.unclosed = Some(origin);
                    self.at = self.bytes.len();
                    return Cell { origin, inner: Span::new(origin + 1, self.at), has_doubled };
                }
            }
        }
    }

    fn unquoted(&mut self, start: usize) -> Span {
        let end = memchr::memchr2(self.separator, b'\n', &self.bytes[start..])
            .map_or(self.bytes.len(), |end| start + end);
        self.at = end;
        let ends_line = self.bytes.get(end) != Some(&self.separator);
        let inner_end = if ends_line && end > start && self.bytes[end - 1] == b'\r' { end - 1 } else { end };
        Span::new(start, inner_end)
    }
}

impl Iterator for Scan<'_> {
    type Item = Row;

    fn next(&mut self) -> Option<Row> {
        self.skip();
        if self.at >= self.bytes.len() {
            return None;
        }
        let (start, mut cells) = (self.at, Vec::new());
        loop {
            cells.push(self.cell());
            if self.bytes.get(self.at) != Some(&self.separator) {
                let span = Span::new(start, self.at);
                self.at = self.bytes.len().min(self.at + 1);
                return Some(Row { span, cells });
            }
            self.at += 1;
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::document::testing::{check, show_document};

    fn shown(source: &str) -> String {
        show_document(source, &read(source, separator(source.as_bytes()), &Options::default()))
    }

    fn chosen(source: &str, field: &str) -> String {
        let options = Options { fields: vec![field.to_owned()] };
        show_document(source, &read(source, separator(source.as_bytes()), &options))
    }

    #[test]
    fn text_columns_are_known_by_their_header() {
        let source = "Title,Canned Response,Tags\r\nLate,\"We are \"\"so\"\" sorry,\r\n{{name}}.\",a\r\nShort,Just wait,b\r\n\r\nEmpty,,c\r\nx\r\n";
        insta::assert_snapshot!(shown(source), @r#"
        = row 2, Canned Response
        33: We are "so" sorry,␍␊«◊←{{name}}».
        = row 3, Canned Response
        76: Just wait
        "#);
    }

    #[test]
    fn columns_of_one_name_are_all_read() {
        let source = "Comment,Comment,Comment HTML\none of them,another one,<p>one</p>\n";
        insta::assert_snapshot!(shown(source), @r"
        = row 2, Comment
        29: one of them
        = row 2, Comment
        41: another one
        ");
    }

    #[test]
    fn a_cell_with_tags_is_html_in_the_cell() {
        let source = "id;html_body;body\n1;\"<p class=\"\"x\"\">We&#39;re <b>so</b>\nsorry</p><p>Bye</p>\";\n2;<p>no</p>;We are sorry\n";
        insta::assert_snapshot!(shown(source), @r"
        = row 2, html_body
        20: We«'←&#39;»re so« ←␊»sorry
        20: Bye
        = row 3, body
        90: We are sorry
        ");
    }

    #[test]
    fn rows_of_the_customer_are_left_out() {
        let source = "role,text\ncustomer,where is it?\nagent,here it is\nEnd-User,where is it?\n";
        insta::assert_snapshot!(shown(source), @r"
        = row 3, text
        38: here it is
        ");
    }

    #[test]
    fn columns_of_prose_are_guessed() {
        let source =
            "key,english\nlate,We are very sorry that it is late.\nlost,We are very sorry that it is lost.\n";
        insta::assert_snapshot!(shown(source), @r"
        = row 2, english
        17: We are very sorry that it is late.
        = row 3, english
        57: We are very sorry that it is lost.
        ");
        insta::assert_snapshot!(shown("1,We are very sorry that it is late.\n2,\"It is, alas, lost for good\"\n"), @r"
        = row 1, column 2
        2: We are very sorry that it is late.
        = row 2, column 2
        39: It is, alas, lost for good
        ");
        insta::assert_snapshot!(shown("a,b\n1,2\n3,4\n"), @"");
    }

    #[test]
    fn columns_can_be_chosen() {
        let source = "key,Note to all,body\nlate,so sorry,not this\n";
        insta::assert_snapshot!(chosen(source, "note_to_all"), @r"
        = row 2, Note to all
        26: so sorry
        ");
        insta::assert_snapshot!(chosen(source, "1"), @r"
        = row 2, key
        21: late
        ");
        insta::assert_snapshot!(chosen(source, "nothing"), @"");
    }

    #[test]
    fn comments_and_bad_quotes_do_no_harm() {
        let source = "# amends:allow our-policy -- \"legal\nbody\n\"it is our policy\" x\n// amends:allow x\nnot \"quoted\" here\n\"never closed, it is\nlate\n";
        insta::assert_snapshot!(shown(source), @r#"
        = row 2, body
        41: it is our policy
        = row 3, body
        80: not "quoted" here
        = row 4, body
        98: never closed, it is␊late␊
        ! Some(98) The quote that opens here is never closed; the rest was read as one cell. (trouble)
        "#);
        insta::assert_snapshot!(shown(""), @"");
        insta::assert_snapshot!(shown("body\n\"\"\"\"\"\"\n\"\"\n"), @r#"
        = row 2, body
        5: ""
        "#);
    }

    #[test]
    fn odd_texts_are_read_in_linear_time() {
        for text in [
            "\"".repeat(300_001),
            ",".repeat(300_000),
            "\n".repeat(300_000),
            "body\n\"a \"\"b\"\" c\"\n".repeat(20_000),
            format!("body\n{}", "a b ".repeat(100_000)),
            format!("body\n\"{}\"", "\"\"".repeat(100_000)),
            "\u{0}é,".repeat(10_000),
        ] {
            let started = std::time::Instant::now();
            for message in read(&text, separator(text.as_bytes()), &Options::default()).messages {
                check(&text, &message.blocks);
            }
            assert!(started.elapsed().as_secs() < 20, "{}", &text[..text.len().min(10)]);
        }
    }
}
