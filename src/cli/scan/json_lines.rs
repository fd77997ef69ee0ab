//! Records as JSON Lines. Of each line only the wanted fields are read, and its text is not copied
//! unless it has escapes.

use std::fmt;
use std::io::BufRead;

use serde::Deserializer as _;
use serde::de::{DeserializeSeed, IgnoredAny, MapAccess, SeqAccess, Visitor};
use serde_json::value::RawValue;

use super::record::{Names, Record, Stop, Take, Value};
use crate::document;

/// Hands the records of `reader` to `take`.
pub(super) fn read(reader: &mut dyn BufRead, names: Names<'_>, take: &mut impl Take) -> Result<(), Stop> {
    let (mut line, mut scratch) = (Vec::new(), Scratch::default());
    let (mut number, mut records) = (0, 0);
    loop {
        line.clear();
        if reader.read_until(b'\n', &mut line)? == 0 {
            return Ok(());
        }
        number += 1;
        let bytes = match number {
            1 => line.strip_prefix(b"\xEF\xBB\xBF").unwrap_or(&line),
            _ => &line,
        };
        if bytes.trim_ascii().is_empty() {
            continue;
        }
        records += 1;
        match std::str::from_utf8(bytes) {
            Ok(text) => pass_on(text, number, records, names, &mut scratch, take)?,
            Err(_) => match document::decode(bytes) {
                Ok(decoded) => pass_on(&decoded.text, number, records, names, &mut scratch, take)?,
                Err(_) => take.bad(number, "this is not text"),
            },
        }
    }
}

/// Memory for texts with escapes, kept from line to line.
#[derive(Debug, Default)]
struct Scratch {
    text: String,
    role: String,
}

fn pass_on(
    line: &str,
    number: u64,
    records: u64,
    names: Names<'_>,
    scratch: &mut Scratch,
    take: &mut impl Take,
) -> Result<(), Stop> {
    scratch.text.clear();
    scratch.role.clear();
    let line = line.trim();
    if !line.starts_with('{') {
        take.bad(number, "this is no record, which would be an object in JSON and begin with {");
        return Ok(());
    }
    let mut json = serde_json::Deserializer::from_str(line);
    let picked = json.deserialize_map(Pick { names, scratch }).and_then(|picked| json.end().map(|()| picked));
    match picked {
        Ok(picked) => take.record(Record {
            id: picked.id.map_or(Value::Number(records), |id| Value::Json(id.get())),
            text: picked.text.get(&scratch.text),
            conversation: picked.conversation.map(|name| Value::Json(name.get())),
            role: picked.role.get(&scratch.role),
        })?,
        Err(error) => take.bad(number, &plain(&error)),
    }
    Ok(())
}

/// An error of the JSON reader in plain words. Its line is always 1 here, so only the column is told.
fn plain(error: &serde_json::Error) -> String {
    const WORDS: &[(&str, &str)] = &[
        ("expected `:`", "a colon is missing"),
        ("expected `,`", "a comma or a closing bracket is missing"),
        ("key must be a string", "a name in quotes is missing"),
        ("trailing comma", "a comma stands before a closing bracket"),
        ("trailing characters", "something follows the record"),
        ("control character", "a tab or line end stands in a string, where \\t or \\n belongs"),
        ("escape", "a backslash begins an escape that does not exist"),
        ("surrogate", "an escape stands for half a character"),
        ("code point", "an escape stands for no character"),
        ("recursion limit", "it is nested too deeply"),
    ];
    let text = error.to_string();
    let known = WORDS.iter().find(|(part, _)| text.contains(part)).map(|(_, words)| *words);
    match error.is_eof() {
        true => format!("the record is cut short at column {}", error.column()),
        false => {
            let what = known.unwrap_or("a value is missing or misspelled");
            format!("this is not JSON: {what}, at column {}", error.column())
        }
    }
}

struct Pick<'n, 's> {
    names: Names<'n>,
    scratch: &'s mut Scratch,
}

#[derive(Default)]
struct Picked<'de> {
    id: Option<&'de RawValue>,
    text: Text<'de>,
    conversation: Option<&'de RawValue>,
    role: Text<'de>,
}

/// Where a text is.
#[derive(Clone, Copy, Default)]
enum Text<'de> {
    #[default]
    Nowhere,
    InLine(&'de str),
    InScratch,
}

impl<'de> Text<'de> {
    fn get<'s>(self, scratch: &'s str) -> Option<&'s str>
    where
        'de: 's,
    {
        match self {
            Self::Nowhere => None,
            Self::InLine(text) => Some(text),
            Self::InScratch => Some(scratch),
        }
    }
}

impl<'de> Visitor<'de> for Pick<'_, '_> {
    type Value = Picked<'de>;

    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("an object with fields")
    }

    fn visit_map<A: MapAccess<'de>>(self, mut map: A) -> Result<Self::Value, A::Error> {
        let mut picked = Picked::default();
        while let Some(wanted) = map.next_key_seed(Key(self.names))? {
            // One field may serve two ends: a role can be the name of a conversation.
            match wanted {
                Wanted { text: true, .. } => {
                    picked.text = map.next_value_seed(Into(&mut self.scratch.text))?
                }
                Wanted { role: true, .. } => {
                    picked.role = map.next_value_seed(Into(&mut self.scratch.role))?
                }
                Wanted { id: false, conversation: false, .. } => {
                    map.next_value::<IgnoredAny>()?;
                }
                Wanted { id, conversation, .. } => {
                    let value: &RawValue = map.next_value()?;
                    let is_null = value.get() == "null";
                    if id {
                        picked.id = (!is_null).then_some(value);
                    }
                    if conversation {
                        picked.conversation = (!is_null).then_some(value);
                    }
                }
            }
        }
        Ok(picked)
    }
}

/// What a field is wanted for.
#[derive(Clone, Copy)]
struct Wanted {
    text: bool,
    id: bool,
    conversation: bool,
    role: bool,
}

struct Key<'n>(Names<'n>);

impl<'de> DeserializeSeed<'de> for Key<'_> {
    type Value = Wanted;

    fn deserialize<D: serde::Deserializer<'de>>(self, deserializer: D) -> Result<Wanted, D::Error> {
        deserializer.deserialize_str(self)
    }
}

impl Visitor<'_> for Key<'_> {
    type Value = Wanted;

    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("the name of a field")
    }

    fn visit_str<E>(self, name: &str) -> Result<Wanted, E> {
        let Self(names) = self;
        Ok(Wanted {
            text: name == names.text,
            id: name == names.id,
            conversation: names.conversation == Some(name),
            role: names.role == Some(name),
        })
    }
}

/// Reads a text, into the scratch memory if it has escapes. Anything else is no text.
struct Into<'s>(&'s mut String);

impl<'de> DeserializeSeed<'de> for Into<'_> {
    type Value = Text<'de>;

    fn deserialize<D: serde::Deserializer<'de>>(self, deserializer: D) -> Result<Text<'de>, D::Error> {
        deserializer.deserialize_any(self)
    }
}

impl<'de> Visitor<'de> for Into<'_> {
    type Value = Text<'de>;

    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("a text")
    }

    fn visit_borrowed_str<E>(self, text: &'de str) -> Result<Text<'de>, E> {
        Ok(Text::InLine(text))
    }

    fn visit_str<E>(self, text: &str) -> Result<Text<'de>, E> {
        self.0.clear();
        self.0.push_str(text);
        Ok(Text::InScratch)
    }

    fn visit_unit<E>(self) -> Result<Text<'de>, E> {
        Ok(Text::Nowhere)
    }

    fn visit_bool<E>(self, _: bool) -> Result<Text<'de>, E> {
        Ok(Text::Nowhere)
    }

    fn visit_i64<E>(self, _: i64) -> Result<Text<'de>, E> {
        Ok(Text::Nowhere)
    }

    fn visit_u64<E>(self, _: u64) -> Result<Text<'de>, E> {
        Ok(Text::Nowhere)
    }

    fn visit_f64<E>(self, _: f64) -> Result<Text<'de>, E> {
        Ok(Text::Nowhere)
    }

    fn visit_seq<A: SeqAccess<'de>>(self, mut list: A) -> Result<Text<'de>, A::Error> {
        while list.next_element::<IgnoredAny>()?.is_some() {}
        Ok(Text::Nowhere)
    }

    fn visit_map<A: MapAccess<'de>>(self, mut map: A) -> Result<Text<'de>, A::Error> {
        while map.next_entry::<IgnoredAny, IgnoredAny>()?.is_some() {}
        Ok(Text::Nowhere)
    }
}
