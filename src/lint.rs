//! From what was heard in a document to findings: order, absence, severity, suppression, baseline.

pub mod baseline;
mod order;
mod places;
mod policy;
mod suppress;
mod wording;

use clap::ValueEnum;
use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

use crate::document::{Document, FileType, Message};
use crate::lexicon::{Kind, Lexicon, Rule, Severity};
use crate::matcher::{Hit, Listener, Matcher, Wanted};
use crate::text::{Lines, Position, Span};

pub use order::Heard;
use order::Order;
use places::Places;
pub use policy::{Policy, UnknownName, known};
use suppress::{Allows, Upkeep};
pub(crate) use wording::sentence_of;

/// A hit that is reported as a problem.
#[derive(Debug, Clone)]
pub struct Finding<'l> {
    /// The rule behind it.
    pub rule: &'l Rule,
    /// How bad it is here, after the configuration had its say.
    pub severity: Severity,
    /// The bytes of the source file.
    pub span: Span,
    /// Where the span begins in the source file.
    pub start: Position,
    /// Where the span ends: the position after its last character.
    pub end: Position,
    /// The words themselves as the message says them, decoded, on one line.
    /// Empty for an absence, which has no words.
    pub quote: String,
    /// Which record of the file, where it has several.
    pub label: Option<String>,
    /// The same for the same words under the same rule, wherever they stand: 16 hexadecimal digits.
    pub fingerprint: String,
}

/// What a text is for, where the user says so. It decides about order and absence.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize, JsonSchema, ValueEnum)]
#[serde(rename_all = "kebab-case")]
pub enum TextKind {
    /// Answers to a complaint: what should be there and is not is reported, too.
    Recovery,
    /// Anything else: here no rule minds the order, and nothing is missing.
    General,
}

/// A source text as the linter needs it.
#[derive(Debug, Clone, Copy)]
pub struct Source<'s> {
    /// The text that the document was read from.
    pub text: &'s str,
    /// What it is written in.
    pub file_type: FileType,
    /// Its lines.
    pub lines: &'s Lines,
    /// How many characters of its first line stand in the part before, for a file read in parts.
    pub first_column: usize,
}

/// What is carried from one part of a file to the next.
#[derive(Debug, Clone, Default)]
pub struct Carried {
    /// What has been heard so far.
    heard: Heard,
    /// The rules that an `amends:allow-file` of an earlier part silences.
    allowed: Vec<u32>,
    /// Whether this is a part of a longer text.
    is_part: bool,
    /// Whether messages go on from one part to the next.
    is_one_message: bool,
}

impl Carried {
    /// For the first of several parts of one text.
    #[must_use]
    pub fn for_parts() -> Self {
        Self { is_part: true, is_one_message: true, ..Self::default() }
    }

    /// For the first of several parts of a file of records, each of whole records.
    #[must_use]
    pub fn for_records() -> Self {
        Self { is_part: true, ..Self::default() }
    }
}

/// What the linter has to say about a text.
#[derive(Debug, Default)]
pub struct Outcome<'l> {
    /// The findings, by place.
    pub findings: Vec<Finding<'l>>,
    /// How many more an `amends:allow` silenced.
    pub suppressed: usize,
    /// Remarks on notes that silence nothing because of how they are written.
    pub notes: Vec<crate::document::Note>,
}

/// A lexicon and a policy, ready to lint.
#[derive(Debug)]
pub struct Linter<'l> {
    lexicon: &'l Lexicon,
    policy: Policy,
    order: Order,
    /// For each rule, the rules that are reported where it is heard.
    reporters: Vec<Vec<u32>>,
    absences: Vec<Absence>,
    upkeep: Upkeep,
}

/// A rule that is reported when a message lacks something.
#[derive(Debug)]
struct Absence {
    rule: u32,
    severity: Severity,
    /// For each rule, whether hearing it fills the gap.
    awaited: Vec<bool>,
}

/// A finding, before anyone asked for its words and its place.
#[derive(Debug, Clone, Copy)]
struct Draft {
    rule: u32,
    severity: Severity,
    message: u32,
    /// The block and the bytes of its text; none for an absence.
    words: Option<(u32, Span)>,
    /// The bytes of the source.
    span: Span,
}

/// An ear with its scratch memory: one for each thread, kept from text to text.
#[derive(Debug)]
pub struct Ear<'m> {
    listener: Listener<'m>,
    hits: Vec<Hit>,
}

impl<'m> Ear<'m> {
    /// An ear that knows nothing yet.
    #[must_use]
    pub fn new(matcher: &'m Matcher) -> Self {
        Self { listener: Listener::new(matcher), hits: Vec::new() }
    }

    /// What is heard in a message, by place.
    pub fn hear(&mut self, blocks: &[crate::text::Block<'_>]) -> &[Hit] {
        self.hear_for(Wanted::Everything, blocks)
    }

    /// What is heard of that which is wanted, by place.
    fn hear_for(&mut self, wanted: Wanted, blocks: &[crate::text::Block<'_>]) -> &[Hit] {
        self.hits.clear();
        self.listener.hear_for(wanted, blocks, &mut self.hits);
        &self.hits
    }
}

/// A message with fewer words says too little to lack anything: a heading, a placeholder.
const LEAST_WORDS: usize = 3;

impl<'l> Linter<'l> {
    /// A linter that hears what `lexicon` holds and reports what `policy` wants.
    #[must_use]
    pub fn new(lexicon: &'l Lexicon, policy: Policy) -> Self {
        let rules = &lexicon.rules;
        let named = |names: &[String]| names.iter().flat_map(|name| lexicon.named(name)).collect::<Vec<_>>();
        let mut reporters = vec![Vec::new(); rules.len()];
        let mut absences = Vec::new();
        for (number, rule) in (0..).zip(rules) {
            for heard in named(&rule.reports) {
                reporters[heard as usize].push(number);
            }
            if let (false, Some(severity)) = (rule.absent.is_empty(), policy.severity(number)) {
                let mut awaited = vec![false; rules.len()];
                named(&rule.absent).into_iter().for_each(|rule| awaited[rule as usize] = true);
                absences.push(Absence { rule: number, severity, awaited });
            }
        }
        let (order, upkeep) = (Order::new(lexicon), Upkeep::new(lexicon));
        Self { lexicon, policy, order, reporters, absences, upkeep }
    }

    /// Findings of a document. `carried` goes from one part of a file to the next; a whole file
    /// begins with a default one.
    pub fn lint(
        &self,
        ear: &mut Ear<'_>,
        source: Source<'_>,
        document: &Document<'_>,
        kind: Option<TextKind>,
        carried: &mut Carried,
    ) -> Outcome<'l> {
        let mut drafts = Vec::new();
        for (number, message) in (0..).zip(&document.messages) {
            let mut heard =
                if carried.is_one_message { std::mem::take(&mut carried.heard) } else { Heard::default() };
            let judges_absence = kind == Some(TextKind::Recovery) && !carried.is_one_message;
            let wanted = self.wanted(kind, judges_absence, carried.is_one_message, &heard);
            let hits = ear.hear_for(wanted, &message.blocks);
            self.judge(hits, kind, &mut heard, |rule, severity, hit| {
                let block = &message.blocks[hit.block as usize];
                let words = Some((hit.block, hit.span));
                let span = block.source_span(hit.span);
                drafts.push(Draft { rule, severity, message: number, words, span });
            });
            if judges_absence {
                self.judge_absence(message, number, hits, &mut drafts);
            }
            if carried.is_one_message {
                carried.heard = heard;
            }
        }
        let mut allows = Allows::read(source, document, self.lexicon);
        let notes = allows.remarks(source, self.lexicon);
        let suppressed = self.silence(&mut drafts, &mut allows, carried);
        drafts.sort_by_key(|draft| (draft.span.start, draft.span.end, draft.rule));
        Outcome { findings: self.finish(source, document, &drafts), suppressed, notes }
    }

    /// What must be heard to lint a message.
    fn wanted(&self, kind: Option<TextKind>, judges_absence: bool, goes_on: bool, heard: &Heard) -> Wanted {
        let minds_order = kind != Some(TextKind::General) && !self.order.is_settled(heard);
        match (judges_absence && !self.absences.is_empty(), minds_order) {
            (true, _) => Wanted::Everything,
            (false, false) => Wanted::Faults,
            // What is heard here counts for the next part, too.
            (false, true) if goes_on => Wanted::Everything,
            (false, true) => Wanted::Order,
        }
    }

    /// Looks for notes that silence rules in a whole file, in a part that is linted later: such a
    /// note is about what stands before it, too.
    pub fn look_ahead(&self, source: Source<'_>, carried: &mut Carried) {
        Allows::read(source, &Document::default(), self.lexicon).carry(&mut carried.allowed);
    }

    /// Tells `report` which of the hits of a message are findings: the rule, how bad, and the hit.
    /// `heard` is what has been heard before, and afterwards also what this message said.
    pub fn judge(
        &self,
        hits: &[Hit],
        kind: Option<TextKind>,
        heard: &mut Heard,
        mut report: impl FnMut(u32, Severity, &Hit),
    ) {
        let mut noted = 0;
        for hit in hits {
            while place(&hits[noted]) < place(hit) {
                self.order.note(hits[noted].rule, heard);
                noted += 1;
            }
            let own = (self.lexicon.rules[hit.rule as usize].kind != Kind::Move).then_some(hit.rule);
            for rule in own.into_iter().chain(self.reporters[hit.rule as usize].iter().copied()) {
                if let Some(severity) = self.policy.severity(rule)
                    && self.order.is_due(rule, kind, heard)
                {
                    report(rule, severity, hit);
                }
            }
        }
        hits[noted..].iter().for_each(|hit| self.order.note(hit.rule, heard));
    }

    fn judge_absence(&self, message: &Message<'_>, number: u32, hits: &[Hit], drafts: &mut Vec<Draft>) {
        let Some(first) = message.blocks.first() else { return };
        let words = message.blocks.iter().flat_map(|block| block.text.split_whitespace());
        let is_word = |word: &&str| word.contains(char::is_alphabetic);
        if self.absences.is_empty() || words.filter(is_word).take(LEAST_WORDS).count() < LEAST_WORDS {
            return;
        }
        let indent = first.text.len() - first.text.trim_start().len();
        let start = first.source_span(Span::new(indent, indent + 1)).start;
        for absence in &self.absences {
            if !hits.iter().any(|hit| absence.awaited[hit.rule as usize]) {
                let (rule, severity) = (absence.rule, absence.severity);
                let span = Span::new(start, start);
                drafts.push(Draft { rule, severity, message: number, words: None, span });
            }
        }
    }

    /// Takes out what is silenced, and adds what is wrong with the notes that silence. The count
    /// of what was taken out.
    fn silence(&self, drafts: &mut Vec<Draft>, allows: &mut Allows<'_>, carried: &mut Carried) -> usize {
        if allows.is_empty() && carried.allowed.is_empty() {
            return 0;
        }
        let before = drafts.len();
        drafts.retain(|draft| {
            let is_carried = carried.allowed.contains(&draft.rule);
            !allows.silences(draft.rule, draft.span) && !is_carried
        });
        let mut suppressed = before - drafts.len();
        let is_active = |rule: u32| self.policy.severity(rule).is_some();
        allows.upkeep(&self.upkeep, self.lexicon, carried.is_part, is_active, |rule, span, is_silent| {
            let Some(severity) = self.policy.severity(rule) else { return };
            if is_silent || carried.allowed.contains(&rule) {
                suppressed += 1;
            } else {
                drafts.push(Draft { rule, severity, message: u32::MAX, words: None, span });
            }
        });
        if carried.is_part {
            allows.carry(&mut carried.allowed);
        }
        suppressed
    }

    fn finish(&self, source: Source<'_>, document: &Document<'_>, drafts: &[Draft]) -> Vec<Finding<'l>> {
        let mut places = Places::new(source);
        let finding = |draft: &Draft| {
            let rule = &self.lexicon.rules[draft.rule as usize];
            let message = document.messages.get(draft.message as usize);
            let (quote, sentence) = wording::of(source.text, message, draft.words, draft.span);
            let (start, end) = places.of(draft.span);
            Finding {
                rule,
                severity: draft.severity,
                span: draft.span,
                start,
                end,
                quote,
                label: message.and_then(|message| message.label.clone()),
                fingerprint: format!("{:016x}", wording::fingerprint(&rule.id, sentence)),
            }
        };
        drafts.iter().map(finding).collect()
    }
}

const fn place(hit: &Hit) -> (u32, usize) {
    (hit.block, hit.span.start)
}

impl Lexicon {
    /// The rules that `name` means, by their place in [`Lexicon::rules`]: all of a family, or the
    /// one of that id.
    fn named<'s>(&'s self, name: &'s str) -> impl Iterator<Item = u32> + 's {
        let is_meant = move |rule: &Rule| rule.id == name || rule.family == name;
        (0..).zip(&self.rules).filter(move |(_, rule)| is_meant(rule)).map(|(number, _)| number)
    }
}
