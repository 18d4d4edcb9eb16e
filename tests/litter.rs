//! Litter and the other rules: every piece is one finding, a finding that touches a piece repairs it along
//! with its own words, and a repair reads the same however it is reached.

#![allow(clippy::unwrap_used, reason = "a test that can't go on may stop")]

use copydesk::analysis::litter::litter;
use copydesk::check::{check, fix_all};
use copydesk::finding::{Applicability, Finding};
use copydesk::formats;
use copydesk::rules::Rules;
use copydesk::text::Edits;

fn findings(text: &str) -> Vec<Finding> {
    let document = formats::read("x.txt", text.as_bytes()).unwrap();
    check(&document, &Rules::built_in()).findings
}

fn cured(text: &str, finding: &Finding) -> String {
    finding.fixes[0].edits.apply(text).unwrap()
}

#[test]
fn a_piece_of_litter_is_one_finding_in_the_words_of_the_article() {
    let text = "The harbor master&rsquo;s office and JosÃ© Quintana&#8217;s clinic reopened.";
    let found = findings(text);
    let words: Vec<&str> = found.iter().map(|f| f.span.of(text)).collect();
    assert_eq!(words, ["&rsquo;", "JosÃ©", "&#8217;"]);
    assert!(found.iter().all(|f| f.fixes[0].applicability == Applicability::Safe));
}

#[test]
fn a_finding_that_covers_a_piece_repairs_it_and_hides_it() {
    let text = "The crews waited for&nbsp;for an answer.";
    let found = findings(text);
    assert_eq!(found.iter().map(|f| f.rule.as_str()).collect::<Vec<_>>(), ["doubled-words"]);
    assert_eq!(cured(text, &found[0]), "The crews waited for an answer.");
}

#[test]
fn a_finding_beside_a_piece_leaves_the_piece_to_its_own_finding() {
    let text = "The mayorâ€™s car left for for Gdynia.";
    let found = findings(text);
    assert_eq!(found.iter().map(|f| f.rule.as_str()).collect::<Vec<_>>(), ["wrong-encoding", "doubled-words"]);
    let edits = Edits::new(found.iter().flat_map(|f| f.fixes[0].edits.iter().cloned()).collect()).unwrap();
    assert_eq!(edits.apply(text).unwrap(), "The mayor’s car left for Gdynia.");
}

#[test]
fn a_space_that_was_an_entity_goes_with_the_space_before_the_mark() {
    let text = "The ship left for Gdynia&nbsp;, the agent said.";
    let found = findings(text);
    assert_eq!(found.len(), 1, "{found:#?}");
    assert_eq!(cured(text, &found[0]), "The ship left for Gdynia, the agent said.");
    let fix = &found[0].fixes[0];
    assert!(fix.applicability == Applicability::Review || fix.keeps_the_safe_laws());
}

#[test]
fn safe_fixes_settle_in_a_few_rounds_and_leave_nothing_safe() {
    let text = "&ldquo;We wait&amp;nbsp;here,&rdquo; said Jos\u{200b}Ã© Quintana.\nThe coun\u{ad}cil met .It rose , they said..\n";
    let rules = Rules::built_in();
    let document = formats::read("x.txt", text.as_bytes()).unwrap();
    let rounds = fix_all(&document, &rules, Finding::safe_fix, 4);
    assert!(rounds.len() < 4, "{rounds:?}");
    let mut now = document;
    for edits in &rounds {
        now = now.with_edits(edits).unwrap();
    }
    assert!(check(&now, &rules).findings.iter().all(|f| f.safe_fix().is_none()), "{}", now.text);
    assert!(litter(&now.text, &rules.lexicon).is_empty(), "{}", now.text);
}

#[test]
fn a_repaired_text_has_no_litter() {
    let rules = Rules::built_in();
    for text in [
        "Ã¢â‚¬Å“We wait,Ã¢â‚¬Â\u{9d} he said.",
        "&amp;amp;ldquo;Go&amp;amp;rdquo;",
        "a &lt;b&gt;bold&lt;/b&gt; claim<br><br>Next",
        "Ð¿Ñ€Ð¸Ð²ÐµÑ‚ is a greeting",
        "РїСЂРёРІРµС‚ is a greeting",
        "&acirc;&euro;&trade; and &#226;&#128;&#153;",
    ] {
        let pieces = litter(text, &rules.lexicon);
        let edits = Edits::new(pieces.into_iter().map(|l| l.repair).collect()).unwrap();
        let cured = edits.apply(text).unwrap();
        assert!(litter(&cured, &rules.lexicon).is_empty(), "{text:?} → {cured:?}");
    }
}

/// How a program that takes UTF-8 for Windows-1252 shows a text; bytes without a character stay controls.
fn misread(text: &str) -> String {
    const HIGH: [char; 32] = [
        '€', '\u{81}', '‚', 'ƒ', '„', '…', '†', '‡', 'ˆ', '‰', 'Š', '‹', 'Œ', '\u{8d}', 'Ž', '\u{8f}', '\u{90}', '‘', '’', '“', '”', '•',
        '–', '—', '˜', '™', 'š', '›', 'œ', '\u{9d}', 'ž', 'Ÿ',
    ];
    text.bytes().map(|b| HIGH.get(usize::from(b).wrapping_sub(0x80)).copied().unwrap_or(char::from(b))).collect()
}

#[test]
fn an_exact_repair_goes_back_to_what_stood_there() {
    let rules = Rules::built_in();
    let mut proved = 0;
    for clean in ["The mayor’s car", "José Quintana spoke", "“We wait,” he said — twice", "a café in Zürich…"] {
        let damaged = misread(clean);
        for piece in litter(&damaged, &rules.lexicon).into_iter().filter(|l| l.exact) {
            let (from, to) = (piece.repair.from.as_str(), piece.repair.to.as_str());
            assert_eq!(misread(to), from, "{to:?} in {damaged:?}");
            proved += 1;
        }
        // What was misread twice may take two rounds.
        let mut twice = misread(&damaged);
        for _ in 0..2 {
            let repairs = litter(&twice, &rules.lexicon).into_iter().map(|l| l.repair).collect();
            twice = Edits::new(repairs).unwrap().apply(&twice).unwrap();
        }
        assert_eq!(twice, clean);
    }
    for damaged in ["it&#39;s and &ldquo;go&rdquo;", "AT&amp;T &mdash; caf&eacute;", "&amp;rsquo;"] {
        for piece in litter(damaged, &rules.lexicon).into_iter().filter(|l| l.exact) {
            let mut decoded = piece.repair.from.clone();
            while decoded != piece.repair.to && decoded.contains('&') {
                let Some((c, len)) = copydesk::text::entities::decode(&decoded) else { break };
                decoded = format!("{c}{}", decoded.get(len..).unwrap());
            }
            assert_eq!(decoded, piece.repair.to, "{damaged:?}");
            proved += 1;
        }
    }
    assert!(proved >= 12, "{proved}");
}

#[test]
fn a_zero_width_space_between_words_leaves_a_space() {
    for text in ["The port\u{200b}authority closed the gate.", "The port&#8203;authority closed the gate."] {
        let found = findings(text);
        assert_eq!(cured(text, &found[0]), "The port authority closed the gate.");
        assert_eq!(found[0].fixes[0].applicability, Applicability::Review, "{text}");
    }
    let inside = "The inter\u{200b}national panel met.";
    assert_eq!(cured(inside, &findings(inside)[0]), "The international panel met.");
}
