//! Scratch.
#![allow(
    clippy::all,
    clippy::pedantic,
    clippy::unwrap_used,
    clippy::print_stderr,
    clippy::print_stdout,
    missing_docs,
    clippy::allow_attributes_without_reason
)]
use copydesk::{analysis::Analysis, formats, rules::Rules};
fn main() {
    for f in std::env::args().skip(1) {
        let b = std::fs::read(&f).unwrap();
        let d = formats::read("x.txt", &b).unwrap();
        let r = Rules::built_in();
        let a = Analysis::new(&d, &r.lexicon);
        let t = std::time::Instant::now();
        let mm = copydesk::analysis::Mentions::read(&a);
        eprintln!("{f} {} bytes {:?} total", b.len(), t.elapsed());
        let t = std::time::Instant::now();
        let _a = Analysis::new(&d, &r.lexicon);
        eprintln!("analysis {:?}", t.elapsed());
        for (i, s) in a.sentences().iter().enumerate() {
            println!("\n{i} [{}] {}", s.block, s.span.of(a.text()));
            for m in mm.within(s.first, s.end) {
                println!(
                    "    {:?} {:?} {:?} ent {}{}{}{}{} :: {}",
                    m.kind,
                    m.gender,
                    m.source,
                    m.entity,
                    if m.kin { " kin" } else { "" },
                    if m.plural { " PL" } else { "" },
                    if m.named { " N" } else { "" },
                    if m.possessive { " 's" } else { "" },
                    m.span.of(a.text())
                );
            }
            for p in mm.pronouns_within(s.first, s.end) {
                println!("    PRON {:?} {:?} {}{}", p.gender, p.case, p.span.of(a.text()), if p.either { " either" } else { "" });
            }
            if let Some(Some(s)) = mm.subjects.get(i) {
                println!("    SUBJECT {:?} {}", s.place, s.span.of(a.text()));
            }
        }
    }
}
