//! Which file is written in what.

use std::path::Path;

use super::html;

/// What a source text is written in.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum FileType {
    /// Plain text.
    Plain,
    /// Markdown.
    Markdown,
    /// HTML.
    Html,
    /// A saved e-mail.
    Email,
    /// Comma-separated records.
    Csv,
    /// Tab-separated records.
    Tsv,
    /// One JSON value.
    Json,
    /// One JSON value a line.
    JsonLines,
    /// YAML.
    Yaml,
    /// A template whose name does not tell what is under it: HTML if it has tags, else plain text.
    Template,
}

/// Name for flags and configuration, then the file extensions.
const TYPES: &[(FileType, &str, &[&str])] = &[
    (FileType::Plain, "plain", &["txt", "text"]),
    (FileType::Markdown, "markdown", &["md", "markdown", "mdown", "mkd", "mkdn", "mdwn", "mdx"]),
    (FileType::Html, "html", &["html", "htm", "xhtml"]),
    (FileType::Email, "email", &["eml"]),
    (FileType::Csv, "csv", &["csv"]),
    (FileType::Tsv, "tsv", &["tsv", "tab"]),
    (FileType::Json, "json", &["json"]),
    (FileType::JsonLines, "jsonl", &["jsonl", "ndjson"]),
    (FileType::Yaml, "yaml", &["yaml", "yml"]),
    (
        FileType::Template,
        "template",
        &[
            "liquid",
            "hbs",
            "handlebars",
            "mustache",
            "erb",
            "j2",
            "jinja",
            "jinja2",
            "tpl",
            "tmpl",
            "ejs",
            "njk",
            "twig",
        ],
    ),
];

/// What templates are made of that are no letters: `nginx.conf.j2`, `app.js.erb`.
const NOT_PROSE: &[&str] = &[
    "bat",
    "c",
    "cc",
    "cfg",
    "cnf",
    "conf",
    "config",
    "cpp",
    "cs",
    "css",
    "env",
    "go",
    "h",
    "hcl",
    "ini",
    "java",
    "js",
    "jsx",
    "kt",
    "less",
    "lua",
    "php",
    "plist",
    "properties",
    "ps1",
    "py",
    "rb",
    "rs",
    "rst",
    "sass",
    "scss",
    "service",
    "sh",
    "sql",
    "svg",
    "swift",
    "tf",
    "toml",
    "ts",
    "tsx",
    "vue",
    "xml",
    "zsh",
];

impl FileType {
    /// Whether a file of this type holds fields, of which only some are messages.
    #[must_use]
    pub fn has_fields(self) -> bool {
        matches!(self, Self::Csv | Self::Tsv | Self::Json | Self::JsonLines | Self::Yaml)
    }

    /// Whether a file of this type can be cut between its records. YAML cannot: an anchor, a block
    /// or an indentation may reach over all of it.
    #[must_use]
    pub fn is_cut_at_records(self) -> bool {
        self.has_fields() && self != Self::Yaml
    }

    /// Every type, in the order in which they are listed to users.
    pub fn all() -> impl Iterator<Item = Self> {
        TYPES.iter().map(|&(file_type, ..)| file_type)
    }

    /// The usual ending of the files of each type, and of two kinds of templates.
    pub fn endings() -> impl Iterator<Item = &'static str> {
        TYPES.iter().flat_map(|(_, _, endings)| endings.iter().copied().take(1)).chain(["hbs", "erb"])
    }

    /// The type's name for flags and configuration files: `markdown`.
    #[must_use]
    pub fn name(self) -> &'static str {
        TYPES.iter().find(|(file_type, ..)| *file_type == self).map_or("plain", |(_, name, _)| name)
    }

    /// The type of that [`name`](Self::name), or of that file extension, in any case.
    #[must_use]
    pub fn from_name(name: &str) -> Option<Self> {
        let name = name.trim_start_matches('.').to_ascii_lowercase();
        TYPES
            .iter()
            .find(|(_, own, extensions)| *own == name || extensions.contains(&name.as_str()))
            .map(|&(file_type, ..)| file_type)
    }

    /// The type that a file's name tells. A template is of the type under it: `reply.md.erb` is
    /// Markdown. Nothing for a file that does not hold messages as far as its name tells.
    #[must_use]
    pub fn of_path(path: &Path) -> Option<Self> {
        let file_type = Self::of_extension(path)?;
        if file_type != Self::Template {
            return Some(file_type);
        }
        let under = Path::new(path.file_stem()?);
        let is_code = under
            .extension()
            .and_then(|extension| extension.to_str())
            .is_some_and(|extension| NOT_PROSE.contains(&extension.to_ascii_lowercase().as_str()));
        match Self::of_path(under) {
            _ if is_code => None,
            None => Some(Self::Template),
            known => known,
        }
    }

    fn of_extension(path: &Path) -> Option<Self> {
        let extension = path.extension()?.to_str()?.to_ascii_lowercase();
        TYPES
            .iter()
            .find(|(_, _, extensions)| extensions.contains(&extension.as_str()))
            .map(|&(file_type, ..)| file_type)
    }

    /// A guess by content, for a text that has no telling name.
    #[must_use]
    pub fn sniff(source: &str) -> Self {
        let start = source.trim_start();
        if is_json_start(start) {
            let is_lines = start.lines().take(2).filter(|line| line.starts_with('{') && line.ends_with('}'));
            return if is_lines.count() == 2 { Self::JsonLines } else { Self::Json };
        }
        if is_mail_start(start) { Self::Email } else { Self::Template.under_template(source) }
    }

    /// The type itself; for a bare template, what is under it.
    pub(super) fn under_template(self, source: &str) -> Self {
        match self {
            Self::Template if html::has_tags(source) => Self::Html,
            Self::Template => Self::Plain,
            known => known,
        }
    }
}

/// Whether a text begins as JSON records do, and not with a placeholder.
fn is_json_start(text: &str) -> bool {
    let Some(rest) = text.strip_prefix(['{', '[']) else {
        return false;
    };
    let next = rest.trim_start();
    let follows = if text.starts_with('{') { "\"" } else { "{\"" };
    next.starts_with(|c| follows.contains(c))
        && (text.starts_with('{') || is_json_start(next) || next.starts_with('"'))
}

/// Whether a text begins with the headers of a saved mail: at least two lines, one of which no
/// letter begins with.
fn is_mail_start(text: &str) -> bool {
    const TELLING: &[&str] = &[
        "received",
        "return-path",
        "mime-version",
        "message-id",
        "delivered-to",
        "dkim-signature",
        "content-type",
    ];
    let names: Vec<String> = text
        .lines()
        .take(40)
        .take_while(|line| !line.is_empty())
        .filter(|line| !line.starts_with([' ', '\t']))
        .map_while(|line| line.split_once(':'))
        .map_while(|(name, _)| {
            let is_name = !name.is_empty() && name.bytes().all(|b| b.is_ascii_alphanumeric() || b == b'-');
            is_name.then(|| name.to_ascii_lowercase())
        })
        .collect();
    names.len() >= 2 && names.iter().any(|name| TELLING.contains(&name.as_str()))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn of(name: &str) -> Option<FileType> {
        FileType::of_path(Path::new(name))
    }

    #[test]
    fn a_name_tells_the_type() {
        assert_eq!(of("late.txt"), Some(FileType::Plain));
        assert_eq!(of("late.en.MD"), Some(FileType::Markdown));
        assert_eq!(of("a/b.c/late.htm"), Some(FileType::Html));
        assert_eq!(of("late.ndjson"), Some(FileType::JsonLines));
        assert_eq!(of("late.yml"), Some(FileType::Yaml));
        assert_eq!(of("late"), None);
        assert_eq!(of("late.rs"), None);
        assert_eq!(of(".txt"), None);
    }

    #[test]
    fn a_template_is_of_the_type_under_it() {
        assert_eq!(of("reply.md.erb"), Some(FileType::Markdown));
        assert_eq!(of("reply.html.j2"), Some(FileType::Html));
        assert_eq!(of("reply.txt.liquid.tpl"), Some(FileType::Plain));
        assert_eq!(of("reply.liquid"), Some(FileType::Template));
        assert_eq!(of("order.delayed.liquid"), Some(FileType::Template));
        assert_eq!(of("nginx.conf.j2"), None);
        assert_eq!(FileType::Template.under_template("<p>Hello</p>"), FileType::Html);
        assert_eq!(FileType::Template.under_template("Hello {{ name }}, 2 < 3"), FileType::Plain);
    }

    #[test]
    fn every_name_leads_back_to_its_type() {
        for file_type in FileType::all() {
            assert_eq!(FileType::from_name(file_type.name()), Some(file_type));
        }
        assert_eq!(FileType::from_name(".HTM"), Some(FileType::Html));
        assert_eq!(FileType::from_name("word"), None);
    }

    #[test]
    fn content_tells_where_no_name_does() {
        assert_eq!(FileType::sniff("{\"body\": \"Hi\"}"), FileType::Json);
        assert_eq!(FileType::sniff("{\"body\": 1}\n{\"body\": 2}\n"), FileType::JsonLines);
        assert_eq!(FileType::sniff(" [ {\"a\": 1} ]"), FileType::Json);
        assert_eq!(FileType::sniff("{{ name }}, hello"), FileType::Plain);
        assert_eq!(FileType::sniff("[NAME], hello"), FileType::Plain);
        assert_eq!(FileType::sniff("<p>Hello</p>"), FileType::Html);
        assert_eq!(FileType::sniff("From: a@example.org\nMIME-Version: 1.0\n\nHello"), FileType::Email);
        assert_eq!(FileType::sniff("Note: we are closed\nAlso: sorry\n"), FileType::Plain);
        assert_eq!(FileType::sniff(""), FileType::Plain);
    }
}
