//! Turns the lexicon's YAML into one JSON text that the program holds, so that it need not read
//! YAML at every start.

use std::error::Error;
use std::path::{Path, PathBuf};
use std::{env, fs};

use serde_json::{Value, json};

fn main() -> Result<(), Box<dyn Error>> {
    println!("cargo::rerun-if-changed=lexicon");
    println!("cargo::rerun-if-changed=build.rs");
    let root = Path::new("lexicon");
    let mut families = Vec::new();
    for folder in ["faults", "moves", "checks"] {
        for path in yaml_files(&root.join(folder))? {
            families.push(read(&path)?);
        }
    }
    let lexicon = json!({ "families": families, "words": [read(&root.join("words.yaml"))?] });
    let out = PathBuf::from(env::var("OUT_DIR")?).join("lexicon.json");
    fs::write(out, serde_json::to_string(&lexicon)?)?;
    Ok(())
}

fn yaml_files(folder: &Path) -> Result<Vec<PathBuf>, Box<dyn Error>> {
    let entries = fs::read_dir(folder)?.collect::<Result<Vec<_>, _>>()?;
    let mut paths: Vec<PathBuf> = entries.iter().map(fs::DirEntry::path).collect();
    paths.retain(|path| path.extension().is_some_and(|ending| ending == "yaml"));
    paths.sort();
    Ok(paths)
}

fn read(path: &Path) -> Result<Value, Box<dyn Error>> {
    let text = fs::read_to_string(path)?;
    serde_yaml::from_str(&text).map_err(|error| format!("{}: {error}", path.display()).into())
}
