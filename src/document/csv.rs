//! Comma- and tab-separated records: each text cell is a message, mapped through its quotes.

use super::nested;
use super::records::MARK;
use super::{Document, Note, Options};

mod columns;
mod cutter;
mod scan;

use columns::Columns;
pub(super) use cutter::RowCutter;
use scan::{Cell, Scan};

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
