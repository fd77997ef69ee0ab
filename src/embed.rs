//! The build script: reads the lexicon's YAML and puts the lexicon and its matcher into the program
//! as they will lie in memory, so that a start costs no parsing. Scenarios go in as they are written.

#![allow(dead_code, unused_imports, missing_docs, unreachable_pub, clippy::print_stdout)]

mod coaching;
#[path = "drill/schema.rs"]
mod drill_schema;
mod lexicon;
mod matcher;
mod text;

use std::error::Error;
use std::fmt::Write;
use std::path::{Path, PathBuf};
use std::{env, fs};

use coaching::Coaching;
use drill_schema::DrillFile;
use lexicon::Lexicon;
use lexicon::overlay::Overlay;
use matcher::Matcher;

fn main() -> Result<(), Box<dyn Error>> {
    println!("cargo::rerun-if-changed=lexicon");
    println!("cargo::rerun-if-changed=scenarios");
    for source in [
        "coaching.rs",
        "coaching",
        "drill/schema.rs",
        "embed.rs",
        "lexicon.rs",
        "lexicon",
        "matcher.rs",
        "matcher",
        "text.rs",
    ] {
        println!("cargo::rerun-if-changed=src/{source}");
    }
    let lexicon = read_lexicon(Path::new("lexicon"))?;
    let out = PathBuf::from(env::var("OUT_DIR")?);
    fs::write(out.join("lexicon.bin"), postcard::to_allocvec(&lexicon)?)?;
    fs::write(out.join("matcher.bin"), Matcher::tuned(&lexicon).into_image())?;
    let coaching: Coaching = read(Path::new("lexicon/coaching.yaml"))?;
    fs::write(out.join("coaching.bin"), postcard::to_allocvec(&coaching)?)?;
    fs::write(out.join("drills.bin"), postcard::to_allocvec(&read_drills(Path::new("lexicon/drills"))?)?)?;
    fs::write(out.join("scenarios.rs"), scenarios(Path::new("scenarios"))?)?;
    Ok(())
}

fn read_lexicon(root: &Path) -> Result<Lexicon, Box<dyn Error>> {
    let mut overlay = Overlay::default();
    overlay.words(&read(&root.join("words.yaml"))?);
    for folder in ["faults", "moves", "checks"] {
        for path in yaml_files(&root.join(folder))? {
            overlay.family(&read(&path)?);
        }
    }
    Ok(overlay.finish())
}

fn read_drills(folder: &Path) -> Result<Vec<DrillFile>, Box<dyn Error>> {
    yaml_files(folder)?.iter().map(|path| read(path)).collect()
}

/// The names and texts of the scenarios, as an expression of Rust.
fn scenarios(folder: &Path) -> Result<String, Box<dyn Error>> {
    let mut list = String::from("&[\n");
    for path in yaml_files(folder)? {
        let name = path.file_stem().unwrap_or_default().to_string_lossy();
        writeln!(list, "    ({name:?}, include_str!({:?})),", path.canonicalize()?)?;
    }
    list.push(']');
    Ok(list)
}

fn yaml_files(folder: &Path) -> Result<Vec<PathBuf>, Box<dyn Error>> {
    let entries = fs::read_dir(folder)?.collect::<Result<Vec<_>, _>>()?;
    let mut paths: Vec<PathBuf> = entries.iter().map(fs::DirEntry::path).collect();
    paths.retain(|path| path.extension().is_some_and(|ending| ending == "yaml"));
    paths.sort();
    Ok(paths)
}

fn read<T: serde::de::DeserializeOwned>(path: &Path) -> Result<T, Box<dyn Error>> {
    let text = fs::read_to_string(path)?;
    serde_yaml::from_str(&text).map_err(|error| format!("{}: {error}", path.display()).into())
}
