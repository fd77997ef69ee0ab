//! Compares a tree with a JSON Schema and tells every difference where it stands.
//!
//! It knows what the schemas of this project use: types, properties, required keys, items, values
//! to choose from, alternatives and references. The same schema serves editors.

use schemars::{JsonSchema, SchemaGenerator, generate::SchemaSettings};
use serde_json::{Map, Value as Json};

use super::prune::Cut;
use super::scalar::Type;
use super::{Entry, Mistake, Node, Tree, Value};
use crate::nearest::nearest;

/// What a document must look like.
#[derive(Debug)]
pub struct Shape {
    schema: Json,
}

impl Shape {
    /// The shape of what decodes to `T`.
    #[must_use]
    pub fn of<T: JsonSchema>() -> Self {
        let generator = SchemaGenerator::new(SchemaSettings::draft2020_12());
        Self { schema: generator.into_root_schema_for::<T>().to_value() }
    }

    /// The JSON Schema.
    #[must_use]
    pub const fn schema(&self) -> &Json {
        &self.schema
    }

    /// Every difference between the tree and the shape, in the order of the file.
    #[must_use]
    pub fn check(&self, tree: &Tree) -> Vec<Mistake> {
        self.differences(tree).into_iter().map(|(mistake, _)| mistake).collect()
    }

    /// The same, each with what has to be taken out of the tree to be rid of it.
    #[must_use]
    pub fn differences(&self, tree: &Tree) -> Vec<(Mistake, Cut)> {
        let mut checker = Checker { schema: &self.schema, tree, found: Vec::new() };
        checker.node(tree.root(), &self.schema);
        checker.found.sort_by_key(|found| found.at);
        let told = |Found { at, message, cut }| (Mistake { position: Some(tree.position(at)), message }, cut);
        checker.found.into_iter().map(told).collect()
    }
}

/// A difference, and where it stands.
struct Found {
    at: usize,
    message: String,
    cut: Cut,
}

struct Checker<'t> {
    schema: &'t Json,
    tree: &'t Tree,
    found: Vec<Found>,
}

impl<'t> Checker<'t> {
    /// A value that is not as it should be.
    fn value_mistake(&mut self, node: &Node, message: String) {
        let at = node.span.start;
        self.found.push(Found { at, message, cut: Cut::Value(at) });
    }

    fn node(&mut self, node: &Node, schema: &'t Json) {
        let mut alternatives = Vec::new();
        self.alternatives(schema, &mut alternatives);
        if alternatives.iter().any(|alternative| types(alternative).is_empty()) {
            return;
        }
        let fitting: Vec<&Json> =
            alternatives.iter().copied().filter(|alternative| takes(alternative, node)).collect();
        let choices: Vec<&Json> = fitting.iter().flat_map(|alternative| choices(alternative)).collect();
        match fitting[..] {
            [] => self.wrong_type(node, &alternatives),
            _ if !choices.is_empty() => self.choice(node, &choices),
            [one] => self.inside(node, one),
            _ => self.least_wrong(node, &fitting),
        }
    }

    /// What a schema allows, with references and alternatives resolved.
    fn alternatives(&self, schema: &'t Json, found: &mut Vec<&'t Json>) {
        if let Some(reference) = schema.get("$ref").and_then(Json::as_str) {
            let target = reference.strip_prefix('#').and_then(|path| self.schema.pointer(path));
            return target.into_iter().for_each(|target| self.alternatives(target, found));
        }
        let lists = ["anyOf", "oneOf"].iter().filter_map(|key| schema.get(key)?.as_array());
        let before = found.len();
        lists.flatten().for_each(|alternative| self.alternatives(alternative, found));
        if found.len() == before {
            found.push(schema);
        }
    }

    fn wrong_type(&mut self, node: &Node, alternatives: &[&Json]) {
        let mut wanted: Vec<&str> = alternatives.iter().flat_map(|schema| types(schema)).collect();
        wanted.retain(|name| *name != "null");
        wanted.dedup();
        let wants_text = wanted.contains(&"string");
        let names: Vec<&str> = wanted.iter().map(|name| name_of(name)).collect();
        let expected = names.join(" or ");
        let message = match &node.value {
            Value::Scalar(scalar) => match scalar.kind() {
                Type::Nothing if scalar.text.is_empty() => {
                    format!(
                        "{expected} was expected here, and nothing stands here: write it, or remove the key or the dash"
                    )
                }
                Type::Text if wanted.contains(&"boolean") => {
                    format!(
                        "true or false was expected here, and `{}` stands here: write true or false",
                        scalar.text
                    )
                }
                Type::Text => {
                    format!("{expected} was expected here, and a text stands here{}", remedy(&wanted))
                }
                kind if wants_text => format!(
                    "a text was expected here, and YAML reads `{}` as {}: put quotes round it",
                    scalar.text,
                    kind.name()
                ),
                kind => format!(
                    "{expected} was expected here, and {} stands here{}",
                    kind.name(),
                    remedy(&wanted)
                ),
            },
            Value::List(_) => format!(
                "{expected} was expected here, and a list stands here{}",
                self.bracket_remedy(node, &wanted)
            ),
            Value::Map(_) => format!(
                "{expected} was expected here, and keys with values stand here{}",
                self.bracket_remedy(node, &wanted)
            ),
        };
        self.value_mistake(node, message);
    }

    /// Most often a phrase that begins with a bracket, or holds a colon.
    fn bracket_remedy(&self, node: &Node, wanted: &[&str]) -> &'static str {
        let wants_text = wanted.contains(&"string");
        match (&node.value, wants_text, self.tree.has_brackets(node)) {
            (_, true, true) => ": put quotes round a text that begins with a bracket",
            (Value::Map(_), true, false) => ": put quotes round a text with a colon in it",
            (Value::List(_), true, false) => ": write one text, without dashes",
            _ => remedy(wanted),
        }
    }

    fn choice(&mut self, node: &Node, choices: &[&Json]) {
        let found = node.to_json();
        if choices.contains(&&found) {
            return;
        }
        let names: Vec<&str> = choices.iter().filter_map(|choice| choice.as_str()).collect();
        let written = node.text().unwrap_or_default();
        let message = match nearest(written, names.iter().copied()) {
            Some(meant) => format!("`{written}` is none of {}: write `{meant}`", quoted(&names)),
            None => format!("`{written}` is none of {}: write one of these", quoted(&names)),
        };
        self.value_mistake(node, message);
    }

    fn inside(&mut self, node: &Node, schema: &'t Json) {
        match &node.value {
            Value::Map(entries) => self.map(node, entries, schema),
            Value::List(items) => {
                if let Some(schema) = schema.get("items") {
                    items.iter().for_each(|item| self.node(item, schema));
                }
            }
            Value::Scalar(_) => self.limits(node, schema),
        }
    }

    fn map(&mut self, node: &Node, entries: &[Entry], schema: &'t Json) {
        let empty = Map::new();
        let properties = schema.get("properties").and_then(Json::as_object);
        let others = schema.get("additionalProperties");
        for entry in entries {
            match (properties.and_then(|known| known.get(&entry.key)), others) {
                (Some(schema), _) => self.node(&entry.value, schema),
                (None, Some(Json::Bool(false))) => self.unknown_key(entry, properties.unwrap_or(&empty)),
                (None, Some(schema)) => self.node(&entry.value, schema),
                (None, None) => {}
            }
        }
        let required = schema.get("required").and_then(Json::as_array).into_iter().flatten();
        let missing: Vec<&str> =
            required.filter_map(Json::as_str).filter(|key| node.entry(key).is_none()).collect();
        match missing[..] {
            [] => {}
            [key] => {
                self.value_mistake(node, format!("the key `{key}` is missing here: add it"));
            }
            _ => {
                let message = format!("these keys are missing here: {}; add them", quoted(&missing));
                self.value_mistake(node, message);
            }
        }
    }

    fn unknown_key(&mut self, entry: &Entry, known: &Map<String, Json>) {
        let key = &entry.key;
        let names: Vec<&str> = known.keys().map(String::as_str).collect();
        let meant = nearest(key, names.iter().copied());
        let message = match meant {
            Some(meant) => format!("there is no key `{key}` here: write `{meant}`"),
            None => format!("there is no key `{key}` here: remove it, or write one of {}", quoted(&names)),
        };
        let at = entry.key_span.start;
        self.found.push(Found { at, message, cut: Cut::Entry(at, meant.map(str::to_owned)) });
    }

    fn limits(&mut self, node: &Node, schema: &Json) {
        let limit = |key: &str| schema.get(key).and_then(Json::as_f64);
        let Some(number) = node.to_json().as_f64() else { return };
        let (least, most) = (limit("minimum"), limit("maximum"));
        if least.is_some_and(|least| number < least) || most.is_some_and(|most| number > most) {
            let message = match (least, most) {
                (Some(least), Some(most)) => format!("this number must be from {least} to {most}: change it"),
                (Some(least), None) => format!("this number must be {least} or more: change it"),
                (_, most) => format!("this number must be {} or less: change it", most.unwrap_or_default()),
            };
            self.value_mistake(node, message);
        }
    }

    /// Of several alternatives, the one that was probably meant.
    fn least_wrong(&mut self, node: &Node, alternatives: &[&'t Json]) {
        let tries = alternatives.iter().map(|alternative| {
            let mut attempt = Checker { schema: self.schema, tree: self.tree, found: Vec::new() };
            attempt.inside(node, alternative);
            attempt.found
        });
        let best = tries.min_by_key(Vec::len).unwrap_or_default();
        self.found.extend(best);
    }
}

impl Type {
    const fn name(self) -> &'static str {
        match self {
            Self::Nothing => "nothing",
            Self::Flag => "true or false",
            Self::Whole | Self::Number => "a number",
            Self::Text => "a text",
        }
    }
}

fn name_of(schema_type: &str) -> &'static str {
    match schema_type {
        "string" => "a text",
        "array" => "a list",
        "object" => "a group of keys with values",
        "boolean" => "true or false",
        "integer" => "a whole number",
        _ => "a number",
    }
}

fn remedy(wanted: &[&str]) -> &'static str {
    match wanted {
        ["array"] => ": put each item on a line of its own, behind a dash",
        ["object"] => ": write lines of `key: value`, without a dash ahead of them",
        ["integer" | "number"] => ": write it in digits",
        _ => ": write it as the description of the format says",
    }
}

/// The values that a schema lets choose from.
fn choices(schema: &Json) -> Vec<&Json> {
    let listed = schema.get("enum").and_then(Json::as_array).into_iter().flatten();
    listed.chain(schema.get("const")).filter(|choice| !choice.is_null()).collect()
}

/// The types that a schema takes; none when it takes anything.
fn types(schema: &Json) -> Vec<&str> {
    match schema.get("type") {
        Some(Json::String(name)) => vec![name],
        Some(Json::Array(names)) => names.iter().filter_map(Json::as_str).collect(),
        _ if !choices(schema).is_empty() => vec!["string"],
        _ if schema.get("properties").is_some() => vec!["object"],
        _ => Vec::new(),
    }
}

fn takes(schema: &Json, node: &Node) -> bool {
    let found: &[&str] = match &node.value {
        Value::Map(_) => &["object"],
        Value::List(_) => &["array"],
        Value::Scalar(scalar) => match scalar.kind() {
            Type::Nothing => &["null"],
            Type::Flag => &["boolean"],
            Type::Whole => &["integer", "number"],
            Type::Number => &["number"],
            Type::Text => &["string"],
        },
    };
    types(schema).iter().any(|name| found.contains(name))
}

fn quoted(names: &[&str]) -> String {
    names.iter().map(|name| format!("`{name}`")).collect::<Vec<_>>().join(", ")
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::lexicon::schema::{FamilyFile, WordsFile};

    fn mistakes<T: JsonSchema>(source: &str) -> String {
        let (tree, mistakes) = Tree::read(source.to_owned());
        assert_eq!(mistakes, []);
        let found = Shape::of::<T>().check(&tree.expect("a tree"));
        let lines = found.iter().map(|mistake| {
            let position = mistake.position.expect("a place");
            format!("{}:{}: {}", position.line, position.column, mistake.message)
        });
        lines.collect::<Vec<_>>().join("\n")
    }

    #[test]
    fn a_family_of_the_right_shape_passes() {
        let source = "family: a\nkind: fault\nsay: one text\nrules:\n  - id: b\n    phrases: [c, d]\n    severity:\n    unless: {cover: [e]}\n";
        assert_eq!(mistakes::<FamilyFile>(source), "");
        assert_eq!(mistakes::<WordsFile>("lists: {our: [our, the]}\nspellings: [[a, b]]\n"), "");
    }

    #[test]
    fn every_difference_is_told_with_its_remedy() {
        let source = "\
familly: a
kind: falt
off: yes
severity: 3
why: 12
say: [a, true, [just] , {b: c}, ]
words: [a]
colour: red
rules:
  - phrase: a
    id: [a]
    severity: grave
    unless: none
    flags: {b}
    allows:
      -
      - I said: no
  - a rule
";
        let lines = [
            mistakes::<FamilyFile>(source),
            mistakes::<FamilyFile>(
                "- a
",
            ),
            mistakes::<WordsFile>(
                "lists: {our: 3}
spellings: a
contractions: [a]
",
            ),
        ];
        insta::assert_snapshot!(lines.join(
            "

"
        ));
    }
}
