//! Proof that the source map carries packages: one edit across two runs of a Word file, written back with
//! every other part unchanged.

#![allow(clippy::unwrap_used, clippy::print_stdout, clippy::indexing_slicing, reason = "a test may stop, and says what it skipped")]

mod samples;

use std::io::{Cursor, Read, Write};

use copydesk::document::Document;
use copydesk::formats::{self, docx};
use copydesk::text::{Edit, Edits, Span};
use zip::write::SimpleFileOptions;
use zip::{CompressionMethod, ZipArchive, ZipWriter};

const RELATIONSHIPS: &str = r#"<?xml version="1.0"?><Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships"><Relationship Id="r1" Type="http://schemas.openxmlformats.org/officeDocument/2006/relationships/officeDocument" Target="word/story.xml"/></Relationships>"#;

fn package(body: &str) -> Vec<u8> {
    let main = format!(
        "\u{feff}<?xml version=\"1.0\" encoding=\"UTF-8\"?>\r\n<w:document xmlns:w=\"http://schemas.openxmlformats.org/wordprocessingml/2006/main\"><w:body>{body}</w:body></w:document>"
    );
    let mut zip = ZipWriter::new(Cursor::new(Vec::new()));
    let parts = [
        ("[Content_Types].xml", "<Types/>", CompressionMethod::Stored),
        ("_rels/.rels", RELATIONSHIPS, CompressionMethod::Deflated),
        ("word/story.xml", &main, CompressionMethod::Deflated),
        ("word/media/picture.bin", "not really a picture", CompressionMethod::Stored),
    ];
    for (name, content, method) in parts {
        zip.start_file(name, SimpleFileOptions::default().compression_method(method)).unwrap();
        zip.write_all(content.as_bytes()).unwrap();
    }
    zip.finish().unwrap().into_inner()
}

/// Name and compressed bytes of every part, the main one apart.
fn parts(bytes: &[u8], main: &str) -> Vec<(String, Vec<u8>)> {
    let mut archive = ZipArchive::new(Cursor::new(bytes)).unwrap();
    let mut out = Vec::new();
    for i in 0..archive.len() {
        let mut file = archive.by_index_raw(i).unwrap();
        let name = file.name().unwrap().into_owned();
        let mut content = Vec::new();
        file.read_to_end(&mut content).unwrap();
        if name != main {
            out.push((name, content));
        }
    }
    out
}

fn main_of(bytes: &[u8], name: &str) -> String {
    let mut text = String::new();
    ZipArchive::new(Cursor::new(bytes)).unwrap().by_name(name).unwrap().read_to_string(&mut text).unwrap();
    text
}

fn replaced(document: &Document, from: &str, to: &str) -> Edits {
    let at = document.text.find(from).unwrap();
    Edits::one(Edit { at, from: from.to_owned(), to: to.to_owned() })
}

#[test]
fn an_edit_across_two_runs_is_written_and_all_else_stays() {
    let bytes = package(
        "<w:p><w:r><w:rPr><w:b/></w:rPr><w:t>The port author</w:t></w:r><w:hyperlink><w:r><w:t>ityand &amp; co</w:t></w:r></w:hyperlink>\
         <w:r><w:tab/><w:t xml:space=\"preserve\"> agreed.</w:t></w:r></w:p><w:p><w:r><w:del><w:t>gone</w:t></w:del><w:t> Next </w:t></w:r></w:p>",
    );
    let document = docx::read(&bytes).unwrap();
    assert_eq!(document.text, "The port authorityand & co\t agreed.\nNext");
    assert_eq!(document.blocks.len(), 2);
    assert_eq!(formats::write(&document, &Edits::default()).unwrap(), bytes);

    let edits = replaced(&document, "authorityand &", "oarsman and &");
    let written = formats::write(&document, &edits).unwrap();
    let again = docx::read(&written).unwrap();
    assert_eq!(again.text, edits.apply(&document.text).unwrap());
    assert_eq!(parts(&written, "word/story.xml"), parts(&bytes, "word/story.xml"));
    let main = main_of(&written, "word/story.xml");
    assert!(main.starts_with("\u{feff}<?xml version"), "the byte order mark stays");
    assert!(main.contains("<w:rPr><w:b/></w:rPr><w:t xml:space=\"preserve\">The port oarsman </w:t>"), "{main}");
    assert!(main.contains("<w:hyperlink><w:r><w:t>and &amp; co</w:t>"), "{main}");
}

#[test]
fn a_blank_at_the_end_of_a_run_is_kept_by_saying_so() {
    let bytes = package("<w:p><w:r><w:t>Syrian</w:t></w:r><w:r><w:t>regime</w:t></w:r></w:p>");
    let document = docx::read(&bytes).unwrap();
    let edits = Edits::one(Edit::insert("Syrian".len(), " "));
    let written = formats::write(&document, &edits).unwrap();
    assert!(main_of(&written, "word/story.xml").contains("<w:t xml:space=\"preserve\">Syrian </w:t>"));
    assert_eq!(docx::read(&written).unwrap().text, "Syrian regime");
}

#[test]
fn what_a_word_file_can_not_take_yet_is_refused() {
    let bytes = package("<w:p><w:r><w:t>One</w:t></w:r></w:p><w:p><w:r><w:t>two</w:t></w:r></w:p>");
    let document = docx::read(&bytes).unwrap();
    assert!(formats::write(&document, &replaced(&document, "One\ntwo", "One two")).is_err());
    let split = formats::write(&document, &replaced(&document, "One", "O\nne")).unwrap_err();
    assert!(split.to_string().contains("can't be split yet"), "{split}");
    assert!(formats::read("story.docx", &bytes).unwrap_err().to_string().contains("is not read yet"));
}

#[test]
fn real_word_files_take_an_edit_across_runs() {
    let Some(root) = samples::named() else { return };
    let (mut edited, mut refused) = (0, Vec::new());
    for folder in ["sample/docx", "sample/omegat", "generated"] {
        for entry in std::fs::read_dir(root.join(folder)).unwrap() {
            let path = entry.unwrap().path();
            if path.extension().is_none_or(|e| e != "docx") {
                continue;
            }
            let bytes = std::fs::read(&path).unwrap();
            let document = match docx::read(&bytes) {
                Ok(document) => document,
                Err(error) => {
                    refused.push(format!("{}: {error}", path.file_name().unwrap().to_string_lossy()));
                    continue;
                }
            };
            // The last letter of one run and the first of the next become others.
            let joint = document.source.segments.windows(2).find(|w| {
                let apart = w[0].source.end < w[1].source.start && w[0].text.end == w[1].text.start;
                apart && w.iter().all(|s| s.text.of(&document.text).chars().all(char::is_alphanumeric))
            });
            let Some([left, right]) = joint else { continue };
            let last = left.text.of(&document.text).chars().last().unwrap().len_utf8();
            let first = right.text.of(&document.text).chars().next().unwrap().len_utf8();
            let span = Span::new(left.text.end - last, right.text.start + first);
            let edits = Edits::one(Edit::replace(&document.text, span, "\u{e9} \u{ea}"));
            let written = formats::write(&document, &edits).unwrap();
            assert_eq!(docx::read(&written).unwrap().text, edits.apply(&document.text).unwrap(), "{}", path.display());
            let main = |b: &[u8]| parts(b, "").into_iter().zip(parts(&bytes, "")).filter(|(a, b)| a != b).count();
            assert_eq!(main(&written), 1, "{}: one part changes", path.display());
            edited += 1;
        }
    }
    println!("{edited} Word files edited across runs; refused: {}", refused.join("; "));
    assert!(edited > 0);
}
