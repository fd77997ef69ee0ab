//! Temporary: scan only.
use amends::lexicon::Lexicon;
use amends::matcher::{Listener, Matcher};
use amends::text::{Block, Span};
use std::io::Write;
fn main() {
    let args: Vec<String> = std::env::args().collect();
    let mut lexicon = Lexicon::default();
    for error in lexicon.overlay_dir(std::path::Path::new(
        args.iter().find(|a| a.starts_with("/work/lex")).map_or("/work/lex", |a| a),
    )) {
        eprintln!("{error}");
    }
    let t = std::time::Instant::now();
    let matcher = Matcher::new(&lexicon);
    if args.iter().any(|a| a == "--time") {
        eprintln!("matcher {:?}", t.elapsed());
    }
    let mut listener = Listener::new(&matcher);
    let out = std::io::stdout();
    let mut out = std::io::BufWriter::new(out.lock());
    if args[1] == "start" {
        let t = std::time::Instant::now();
        let l = amends::embedded::lexicon();
        let a = t.elapsed();
        let m = amends::embedded::matcher();
        let b = t.elapsed();
        let mut li = Listener::new(&m);
        let c = t.elapsed();
        let mut hits = Vec::new();
        let text = "I'm sorry you feel that way, but did you plug it in?";
        li.hear(&[Block::verbatim(text, Span::new(0, text.len()))], &mut hits);
        eprintln!("{} rules {:?} {:?} {:?} {:?} {}", l.rules.len(), a, b, c, t.elapsed(), hits.len());
        return;
    }
    if args[1] == "check" {
        for rule in &lexicon.rules {
            for (texts, want) in [(&rule.flags, true), (&rule.allows, false)] {
                for text in texts {
                    let mut hits = Vec::new();
                    listener.hear(&[Block::verbatim(text, Span::new(0, text.len()))], &mut hits);
                    let found = hits.iter().any(|h| lexicon.rules[h.rule as usize].id == rule.id);
                    if found != want {
                        let heard: Vec<String> = hits
                            .iter()
                            .map(|h| {
                                format!("{}: {:?}", lexicon.rules[h.rule as usize].id, &text[h.span.range()])
                            })
                            .collect();
                        writeln!(
                            out,
                            "{}/{}: {} {:?}; heard: {:?}",
                            rule.family,
                            rule.id,
                            if want { "flags, but is not heard:" } else { "allows, but is heard:" },
                            text,
                            heard
                        )
                        .unwrap();
                    }
                }
            }
        }
        return;
    }
    let file = std::fs::read_to_string(args.last().unwrap()).unwrap();
    let texts: Vec<serde_json::Value> = file.lines().map(|l| serde_json::from_str(l).unwrap()).collect();
    if args.iter().any(|a| a == "--time") {
        for _ in 0..3 {
            let c0 = cpu();
            let t = std::time::Instant::now();
            let mut n = 0;
            for v in &texts {
                let text = v["text"].as_str().unwrap();
                let mut hits = Vec::new();
                listener.hear(&[Block::verbatim(text, Span::new(0, text.len()))], &mut hits);
                n += hits.len();
            }
            eprintln!("hear only {:?} cpu {} ms {n}", t.elapsed(), (cpu() - c0) / 1000000);
        }
        return;
    }
    let t = std::time::Instant::now();
    let mut bytes = 0;
    for line in file.lines() {
        let v: serde_json::Value = serde_json::from_str(line).unwrap();
        let text = v["text"].as_str().unwrap();
        bytes += text.len();
        let mut hits = Vec::new();
        listener.hear(&[Block::verbatim(text, Span::new(0, text.len()))], &mut hits);
        let j: Vec<_> = hits.iter().map(|h| { let r = &lexicon.rules[h.rule as usize]; serde_json::json!({"rule": r.id, "family": r.family, "kind": r.kind, "start": h.span.start, "end": h.span.end}) }).collect();
        let mut findings = Vec::new();
        for h in &hits {
            let r = &lexicon.rules[h.rule as usize];
            if r.kind != amends::lexicon::Kind::Fault {
                continue;
            }
            if !r.before.is_empty()
                && hits.iter().any(|o| {
                    o.span.start < h.span.start && r.before.contains(&lexicon.rules[o.rule as usize].family)
                })
            {
                continue;
            }
            findings.push(serde_json::json!({"rule": r.id, "family": r.family}));
        }
        for r in lexicon.rules.iter().filter(|r| !r.reports.is_empty()) {
            for h in &hits {
                let fam = &lexicon.rules[h.rule as usize].family;
                if r.reports.contains(fam)
                    && !hits.iter().any(|o| {
                        o.span.start < h.span.start
                            && r.before.contains(&lexicon.rules[o.rule as usize].family)
                    })
                {
                    findings.push(serde_json::json!({"rule": r.id, "family": r.family}));
                }
            }
        }
        writeln!(out, "{}", serde_json::json!({"id": v["id"], "hits": j, "findings": findings})).unwrap();
    }
    if args.iter().any(|a| a == "--time") {
        eprintln!("{bytes} bytes {:?}", t.elapsed());
    }
}
fn cpu() -> u64 {
    std::fs::read_to_string("/proc/self/schedstat").unwrap().split(' ').next().unwrap().parse().unwrap()
}
