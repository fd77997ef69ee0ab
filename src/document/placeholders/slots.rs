//! Whether the words between two signs are the name of a value, or prose.

/// Whether what stands between braces is the name of a value: `first_name`, `customer.name|there`.
pub(super) fn is_variable(name: &str) -> bool {
    let name = name.trim().trim_start_matches(['!', '$', '@', '%', '&', '^', '/', '#', '.']);
    let is_part = |c: char| c.is_alphanumeric() || "_.-:|'’/()=, %".contains(c);
    let is_name = name.starts_with(|c: char| c.is_alphanumeric() || c == '_') && name.chars().all(is_part);
    let words = name.split([' ', ',']).count();
    is_name && (words == 1 || name.contains('|') || is_slot(name))
}

/// What the first word of a placeholder in brackets often is.
const SLOT_STARTS: &[&str] =
    &["your", "my", "our", "insert", "enter", "add", "customer", "customer's", "client", "agent"];

/// What the last word of a placeholder in brackets often is. From what canned responses of help
/// desks leave to the agent to fill in.
const SLOT_NOUNS: &[&str] = &[
    "#",
    "address",
    "agent",
    "amount",
    "brand",
    "business",
    "case",
    "city",
    "client",
    "code",
    "company",
    "contact",
    "country",
    "customer",
    "date",
    "day",
    "days",
    "deadline",
    "department",
    "details",
    "discount",
    "email",
    "eta",
    "feature",
    "firstname",
    "greeting",
    "hour",
    "hours",
    "id",
    "issue",
    "item",
    "items",
    "lastname",
    "link",
    "location",
    "manager",
    "month",
    "name",
    "names",
    "no",
    "number",
    "order",
    "percentage",
    "phone",
    "plan",
    "price",
    "problem",
    "product",
    "reason",
    "recipient",
    "reference",
    "service",
    "signature",
    "store",
    "surname",
    "team",
    "ticket",
    "time",
    "timeframe",
    "title",
    "total",
    "tracking",
    "url",
    "username",
    "value",
    "website",
    "week",
    "weeks",
    "yourname",
];

pub(super) fn is_slot_noun(word: &str) -> bool {
    SLOT_NOUNS.contains(&word.to_lowercase().trim_end_matches("(s)"))
}

/// Whether what stands between brackets waits to be filled in: `NAME`, `order number`,
/// `Your Name`, `first_name`; not `sic`, `1`, or a remark.
pub(super) fn is_slot(name: &str) -> bool {
    let is_part = |c: char| c.is_alphanumeric() || " _-.'’/#:&()$".contains(c);
    if !name.chars().all(is_part) || !name.starts_with(|c: char| c.is_alphanumeric() || c == '#') {
        return false;
    }
    let words: Vec<&str> = name.split([' ', '/']).filter(|word| !word.is_empty()).collect();
    let [first, .., last] = words.as_slice() else {
        return words.first().is_some_and(|word| is_slot_word(word));
    };
    let is_upper = !name.chars().any(char::is_lowercase) && name.chars().any(char::is_alphabetic);
    let is_title = words.len() <= 3 && words.iter().all(|word| word.starts_with(|c: char| c.is_uppercase()));
    let starts = SLOT_STARTS.contains(&first.to_lowercase().replace('’', "'").as_str());
    words.len() <= 5 && (is_upper || is_title || starts || (words.len() <= 3 && is_slot_noun(last)))
}

fn is_slot_word(word: &str) -> bool {
    let letters = word.chars().filter(|c| c.is_alphabetic()).count();
    let is_upper = letters >= 2 && !word.chars().any(char::is_lowercase);
    let is_joined = letters >= 2 && word.trim_matches(['.', '_', '-', ':']).contains(['_', '.']);
    let is_camel = word.chars().zip(word.chars().skip(1)).any(|(a, b)| a.is_lowercase() && b.is_uppercase());
    is_upper || is_joined || is_camel || is_slot_noun(word)
}
