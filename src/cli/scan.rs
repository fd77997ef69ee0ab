//! `amends scan`.

mod conversations;
mod csv;
mod entry;
mod file_notes;
mod json_lines;
mod record;

use std::fs::File;
use std::io::{self, BufRead, BufReader};
use std::path::{Path, PathBuf};

use clap::ValueEnum;

use super::failure::{Failure, reason};
use super::output::Output;
use super::setups::{Lexicons, Numbered, Setup, SetupArgs, Wishes, folder_of, remark_on_names};
use super::{CLEAN, TROUBLE};
use crate::document::{self, FileType};
use crate::lint::{Ear, Heard};

use conversations::Conversations;
use entry::Entries;
use file_notes::FileNotes;
use record::{Names, Record, Take};

/// Hear everything in stored messages, faults and moves, one JSON object a line
///
/// Reads records as JSON Lines, CSV or TSV, one message each, and writes for every record, in
/// their order:
///
///   {"id": …, "hits": [{"rule", "family", "kind", "start", "end"}],
///    "findings": [{"rule", "family", "severity", "start", "end"}]}
///
/// Hits are all that was heard; the kind is fault or move. Findings are what `amends lint` would
/// report. "start" and "end" count bytes of the text in UTF-8, from 0; "end" is the byte behind the
/// last. Texts are read as plain text: quoted lines and placeholders are left out.
///
/// With --conversation and --role, an agent's turn counts as heard for the agent's later turns of
/// the same conversation, and the customer's turns come back with nothing heard. The records of a
/// conversation may stand apart: the last 50,000 conversations at least are kept in mind.
///
/// Memory does not grow with the file, only with its longest record.
#[derive(Debug, clap::Args)]
#[command(after_help = EXAMPLES)]
pub(super) struct Args {
    /// Files of records; none or - is standard input
    #[arg(value_name = "FILE")]
    files: Vec<PathBuf>,

    /// The field with the text
    #[arg(long, value_name = "FIELD", default_value = "text", help_heading = "Records")]
    text: String,
    /// The field that tells records apart; without it, records are numbered from 1
    #[arg(long, value_name = "FIELD", default_value = "id", help_heading = "Records")]
    id: String,
    /// The field that tells which conversation a message belongs to
    #[arg(long, value_name = "FIELD", help_heading = "Records")]
    conversation: Option<String>,
    /// The field that tells who wrote a message
    #[arg(long, value_name = "FIELD", help_heading = "Records")]
    role: Option<String>,
    /// How the field of --role names an agent; may be given several times
    #[arg(long, value_name = "VALUE", requires = "role", help_heading = "Records")]
    agent: Vec<String>,
    /// What the records are written in, whatever the file's name says
    #[arg(long = "type", value_enum, value_name = "TYPE", help_heading = "Records")]
    record_type: Option<RecordType>,

    #[command(flatten)]
    setup: SetupArgs,
}

const EXAMPLES: &str = "\
Examples:
  amends scan messages.jsonl > heard.jsonl
  amends scan export.csv --text body --id ticket_id
  amends scan chats.jsonl --conversation chat_id --role author --agent staff --agent bot

Exit code: 0 done, 2 trouble: a record that could not be read is told, and the rest is done.";

/// What records are written in.
#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
enum RecordType {
    /// One JSON object a line.
    Jsonl,
    /// Comma-separated, with a header.
    Csv,
    /// Tab-separated, with a header.
    Tsv,
}

/// How agents are named when the user does not say.
const AGENTS: &[&str] = &[
    "admin",
    "advisor",
    "agent",
    "assistant",
    "brand",
    "business",
    "company",
    "employee",
    "host",
    "merchant",
    "operator",
    "outbound",
    "owner",
    "rep",
    "representative",
    "seller",
    "staff",
    "support",
];

/// Scans, and hands back the exit code.
pub(super) fn run(args: &Args) -> Result<u8, Failure> {
    let stdin = [PathBuf::from("-")];
    let files = if args.files.is_empty() { &stdin[..] } else { &args.files };
    let mut configs = args.setup.configs()?;
    let mut numbered = Numbered::default();
    let mut numbers = Vec::new();
    for file in files {
        let config = configs.of_folder(&folder_of(file)).map_err(Failure::new)?;
        numbers.push(numbered.number(config));
    }
    remark_on_names(&configs);
    let lexicons = Lexicons::load(&args.setup, numbered)?;
    let setups = lexicons.setups(&Wishes::default())?;
    let mut output = Output::open(None)?;
    let mut conversations = Conversations::default();
    let mut has_trouble = false;
    for (file, number) in files.iter().zip(numbers) {
        let setup = &setups[number];
        let mut scan = setup.ears.lend(|ear| {
            let mut scan = Scan::new(args, setup, ear, &mut conversations, &mut output);
            scan.file(file, args).map(|()| scan.report)
        })?;
        scan.close(file, args);
        has_trouble |= scan.has_trouble;
    }
    output.flush()?;
    Ok(if has_trouble { TROUBLE } else { CLEAN })
}

/// One file on its way through.
struct Scan<'a, 'm> {
    setup: &'a Setup<'m>,
    ear: &'a mut Ear<'m>,
    conversations: &'a mut Conversations,
    output: &'a mut Output,
    entries: Entries,
    agents: Vec<String>,
    knows_roles: bool,
    report: FileNotes,
}

impl<'a, 'm> Scan<'a, 'm> {
    fn new(
        args: &Args,
        setup: &'a Setup<'m>,
        ear: &'a mut Ear<'m>,
        conversations: &'a mut Conversations,
        output: &'a mut Output,
    ) -> Self {
        let agents: Vec<String> = match args.agent.is_empty() {
            true => AGENTS.iter().map(|&agent| agent.to_owned()).collect(),
            false => args.agent.clone(),
        };
        let (entries, knows_roles) = (Entries::new(setup.lexicon), args.role.is_some());
        let report = FileNotes::default();
        Self { setup, ear, conversations, output, entries, agents, knows_roles, report }
    }

    fn file(&mut self, path: &Path, args: &Args) -> Result<(), Failure> {
        let mut reader = match open(path) {
            Ok(reader) => reader,
            Err(error) => {
                self.report.trouble(path, &reason(&error));
                return Ok(());
            }
        };
        let names = Names {
            text: &args.text,
            id: &args.id,
            conversation: args.conversation.as_deref(),
            role: args.role.as_deref(),
        };
        let result = match args.record_type.map_or_else(|| record_type(path, &args.text, &mut *reader), Ok) {
            Ok(RecordType::Jsonl) => json_lines::read(&mut *reader, names, self),
            Ok(RecordType::Csv) => csv::read(&mut *reader, None, names, self),
            Ok(RecordType::Tsv) => csv::read(&mut *reader, Some(b'\t'), names, self),
            Err(error) => Err(error.into()),
        };
        match result {
            Err(record::Stop::Reading(error)) => {
                self.report.trouble(path, &reason(&error));
                Ok(())
            }
            Err(record::Stop::Writing(failure)) => Err(failure),
            Ok(()) => Ok(()),
        }
    }

    fn is_agent(&mut self, role: Option<&str>) -> bool {
        let Some(role) = role.filter(|_| self.knows_roles) else { return !self.knows_roles };
        let is_agent = self.agents.iter().any(|agent| agent.eq_ignore_ascii_case(role.trim()));
        self.report.role(role, is_agent);
        is_agent
    }
}

impl Take for Scan<'_, '_> {
    fn record(&mut self, record: Record<'_>) -> Result<(), Failure> {
        self.report.records += 1;
        self.report.without_conversation += u64::from(record.conversation.is_none());
        self.report.without_role += u64::from(record.role.is_none());
        self.entries.begin(&record);
        match record.text {
            None => self.report.without_text += 1,
            Some(text) if self.is_agent(record.role) => {
                let document = document::read(text, FileType::Plain, &self.setup.reading);
                let mut fresh = Heard::default();
                let heard = record.conversation.map(|key| self.conversations.of(key.key()));
                let heard = heard.unwrap_or(&mut fresh);
                for message in &document.messages {
                    let hits = self.ear.hear(&message.blocks);
                    self.entries.hits(&message.blocks, hits);
                    let linter = &self.setup.linter;
                    linter.judge(hits, None, heard, |rule, severity, hit| {
                        self.entries.finding(&message.blocks, rule, severity, hit);
                    });
                }
            }
            Some(_) => {}
        }
        let entry = self.entries.end();
        self.output.write(|out| out.write_all(entry))
    }

    fn bad(&mut self, line: u64, what: &str) {
        self.report.bad(line, what);
    }
}

fn open(path: &Path) -> io::Result<Box<dyn BufRead>> {
    const BUFFER: usize = 256 * 1024;
    if path.as_os_str() == "-" {
        return Ok(Box::new(BufReader::with_capacity(BUFFER, io::stdin().lock())));
    }
    let file = File::open(path)?;
    if file.metadata()?.is_dir() {
        return Err(io::ErrorKind::IsADirectory.into());
    }
    Ok(Box::new(BufReader::with_capacity(BUFFER, file)))
}

/// What a file is written in, by its name or by how it begins. `text` is the field with the text.
fn record_type(path: &Path, text: &str, reader: &mut dyn BufRead) -> io::Result<RecordType> {
    let file_type = FileType::of_path(path);
    let known = match file_type {
        Some(FileType::JsonLines) => Some(RecordType::Jsonl),
        Some(FileType::Csv) => Some(RecordType::Csv),
        Some(FileType::Tsv) => Some(RecordType::Tsv),
        _ => None,
    };
    if let Some(known) = known {
        return Ok(known);
    }
    let start = reader.fill_buf()?;
    let start = start.strip_prefix(b"\xEF\xBB\xBF").unwrap_or(start).trim_ascii_start();
    match start.first() {
        Some(b'{') | None => Ok(RecordType::Jsonl),
        Some(b'[') => {
            Err(no_records("it is one JSON array; scan reads one object a line (jq -c '.[]' makes them)"))
        }
        Some(_) if csv::has_column(start, text) => Ok(RecordType::Csv),
        Some(_) => Err(no_records(&format!(
            "these are no records: scan reads a JSON object a line, or a table whose first line names its fields, \
             and there is no field \"{text}\"; name it with --text and the format with --type, or lint the file"
        ))),
    }
}

fn no_records(what: &str) -> io::Error {
    io::Error::new(io::ErrorKind::InvalidData, what)
}
