//! From the folder of a class to [`Class`].

use std::path::Path;

use jiff::Timestamp;

use super::{Class, Ground, Plan, Trouble, TroubleKind};
use crate::authoring::Problem;

/// Reads a class. Every session is played again and graded.
///
/// # Errors
/// When the folder is no class, or its settings, roster or lexicon cannot be used: every mistake.
pub fn read(folder: &Path, _now: Timestamp) -> Result<Class, Vec<Problem>> {
    let (plan, problems) = Plan::read(folder)?;
    let ground = Ground::load(&plan.layers)?;
    let troubles = problems.into_iter().map(|(kind, problem)| of_problem(folder, kind, &problem)).collect();
    Ok(Class {
        name: plan.name,
        folder: plan.folder,
        people: plan.people,
        assignments: plan.assignments,
        attempts: Vec::new(),
        reviews: Vec::new(),
        troubles,
        lexicon: ground.lexicon,
    })
}

/// A mistake of the trainer's as a trouble, seen from the folder of the class.
fn of_problem(folder: &Path, kind: TroubleKind, problem: &Problem) -> Trouble {
    let path = Path::new(&problem.path);
    let path = path.strip_prefix(folder).unwrap_or(path).to_string_lossy();
    let place = match problem.position {
        Some(position) => format!("{path}:{}:{}", position.line, position.column),
        None => path.into_owned(),
    };
    Trouble { kind, place, message: problem.message.clone(), files: Vec::new() }
}
