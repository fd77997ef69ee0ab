//! Temporary.
fn main() {
    let args: Vec<std::path::PathBuf> = std::env::args().skip(1).map(Into::into).collect();
    let t = std::time::Instant::now();
    let o = amends::authoring::check::check(&args, true);
    for p in &o.problems { println!("{p}"); }
    println!("{} {:?}", o.files, t.elapsed());
}
