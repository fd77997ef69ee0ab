//! What single values mean, and which character of the source is which of their text.

use serde_json::{Number, Value as Json};

use super::{Node, Scalar, Value};

/// The type of a plain scalar, by the core schema of YAML 1.2.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Type {
    Nothing,
    Flag,
    Whole,
    Number,
    Text,
}

impl Scalar {
    pub(super) fn kind(&self) -> Type {
        if !self.is_plain {
            return Type::Text;
        }
        match self.text.as_str() {
            "" | "~" | "null" | "Null" | "NULL" => Type::Nothing,
            "true" | "True" | "TRUE" | "false" | "False" | "FALSE" => Type::Flag,
            text if self.number().is_some() => {
                if text.contains(['.', 'e', 'E']) {
                    Type::Number
                } else {
                    Type::Whole
                }
            }
            _ => Type::Text,
        }
    }

    pub(super) fn to_json(&self) -> Json {
        match self.kind() {
            Type::Nothing => Json::Null,
            Type::Flag => Json::Bool(self.text.eq_ignore_ascii_case("true")),
            Type::Whole | Type::Number => self.number().map_or(Json::Null, Json::Number),
            Type::Text => Json::String(self.text.clone()),
        }
    }

    fn number(&self) -> Option<Number> {
        let text = self.text.strip_prefix('+').unwrap_or(&self.text);
        let is_number =
            text.strip_prefix('-').unwrap_or(text).starts_with(|c: char| c.is_ascii_digit() || c == '.')
                && text.bytes().all(|byte| byte.is_ascii_digit() || b".eE+-".contains(&byte));
        if !is_number {
            return None;
        }
        let whole = text.parse::<i64>().ok().map(Number::from);
        whole.or_else(|| text.parse::<f64>().ok().and_then(Number::from_f64))
    }
}

/// The byte of the source that stands for the byte `offset` of a scalar's text. None where the
/// text was folded from several lines.
pub(super) fn source_byte(source: &str, node: &Node, offset: usize) -> Option<usize> {
    let Value::Scalar(scalar) = &node.value else { return None };
    let written = source.get(node.span.range())?;
    if written.trim_end().contains('\n') {
        return None;
    }
    let quote = written.chars().next().filter(|first| !scalar.is_plain && ['"', '\''].contains(first));
    let Some(quote) = quote else {
        return Some(node.span.start + offset.min(written.len())).filter(|&at| source.is_char_boundary(at));
    };
    let mut letters = written.char_indices().skip(1).peekable();
    let mut passed = 0;
    while let Some((at, letter)) = letters.next() {
        if passed >= offset {
            return Some(node.span.start + at);
        }
        passed += match (quote, letter) {
            ('\'', '\'') => letters.next().map_or(0, |_| 1),
            ('"', '\\') => escaped_length(&mut letters)?,
            _ => letter.len_utf8(),
        };
    }
    None
}

/// The bytes that a simple escape stands for; none for one written as a number.
fn escaped_length(letters: &mut impl Iterator<Item = (usize, char)>) -> Option<usize> {
    match letters.next()?.1 {
        'x' | 'u' | 'U' | 'N' | '_' | 'L' | 'P' => None,
        _ => Some(1),
    }
}
