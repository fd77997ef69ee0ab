//! The records as they were read, for a spreadsheet.

use std::borrow::Cow;
use std::io::{self, Write};

use crate::report::escape::is_harmful;
use crate::trends::{Attribute, Casebook};

/// Writes a line for each record.
pub(super) fn write(out: &mut dyn Write, casebook: &Casebook) -> io::Result<()> {
    let names: Vec<&str> =
        Attribute::ALL.iter().filter(|own| **own != Attribute::Hour).map(|own| own.name()).collect();
    write!(out, "date,time,{},circumstances,file,line\r\n", names.join(","))?;
    for record in &casebook.records {
        let date = record.date.map(|date| date.to_string()).unwrap_or_default();
        let time = record.time.map(|time| time.strftime("%H:%M").to_string()).unwrap_or_default();
        write!(out, "{date},{time}")?;
        for attribute in Attribute::ALL.into_iter().filter(|own| *own != Attribute::Hour) {
            let value = match attribute {
                Attribute::Load => &*record.load,
                _ => casebook.value(record, attribute).unwrap_or_default(),
            };
            write!(out, ",{}", cell(value))?;
        }
        let source = casebook.sources.get(record.source as usize).map_or("", |source| source.name.as_str());
        write!(out, ",{},{},{}\r\n", cell(&record.words), cell(source), record.line)?;
    }
    Ok(())
}

/// A cell that no spreadsheet takes for a formula, and no terminal for a command.
fn cell(text: &str) -> Cow<'_, str> {
    let is_formula = text.starts_with(['=', '+', '-', '@', '\t', '\r']);
    let has_controls = text.contains(|c: char| is_harmful(c) && c != '\n');
    let has_marks = text.contains([',', '"', '\n', ';']);
    if !is_formula && !has_controls && !has_marks {
        return Cow::Borrowed(text);
    }
    let clean: String = text.chars().filter(|c| !is_harmful(*c) || *c == '\n').collect();
    let guard = if is_formula { "'" } else { "" };
    Cow::Owned(format!("\"{guard}{}\"", clean.replace('"', "\"\"")))
}

#[cfg(test)]
mod tests {
    use super::cell;

    #[test]
    fn nothing_in_a_cell_is_a_formula_or_a_command() {
        assert_eq!(cell("=1+1"), "\"'=1+1\"");
        assert_eq!(cell("say \"no\", now"), "\"say \"\"no\"\", now\"");
        assert_eq!(cell("a\u{1b}[2J\u{202e}"), "\"a[2J\"");
        assert_eq!(cell("Harbor Row"), "Harbor Row");
    }
}
