//! What the elements of HTML mean for an article: which are blocks, which are furniture, where the story stands.

use super::markup::{Markup, Piece, attribute};
use crate::document::{BlockKind, FrameKind, MarkKind};
use crate::text::Span;

/// What an element means for the text.
#[derive(Clone, Copy, PartialEq, Eq)]
pub enum Role {
    /// Part of a line; a mark or not.
    Inline(Option<MarkKind>),
    /// Begins and ends blocks.
    Block(FrameKind, Option<BlockKind>),
    /// Content that nobody reads.
    Skipped,
    /// Skipped outside an article only.
    Header,
    /// Skipped unless the whole page stands in it.
    Form,
    /// `<br>`.
    Break,
    /// No content: a picture, an input.
    Void,
    /// No content and nothing to see.
    Nothing,
    /// `<hr>`: ends a block.
    Rule,
}

/// The role of an element by its name in lower case.
pub fn role(name: &str) -> Role {
    use BlockKind::{Caption, Cell, Headline, ListItem, Quote};
    use FrameKind::{Block as Splits, Container, Preformatted};
    match name {
        "a" => Role::Inline(Some(MarkKind::Link)),
        "strong" | "b" => Role::Inline(Some(MarkKind::Strong)),
        "em" | "i" => Role::Inline(Some(MarkKind::Emphasis)),
        "code" | "kbd" | "samp" | "var" | "tt" => Role::Inline(Some(MarkKind::Code)),
        "p" => Role::Block(Splits, None),
        "h1" | "h2" | "h3" | "h4" | "h5" | "h6" => Role::Block(Splits, Some(Headline)),
        "li" | "dd" | "dt" => Role::Block(Splits, Some(ListItem)),
        "blockquote" => Role::Block(Container, Some(Quote)),
        "figcaption" | "caption" => Role::Block(Container, Some(Caption)),
        "td" | "th" => Role::Block(Container, Some(Cell)),
        "pre" | "listing" => Role::Block(Preformatted, None),
        "div" | "section" | "article" | "main" | "body" | "html" | "ul" | "ol" | "dl" | "menu" | "figure" | "table" | "thead" | "tbody"
        | "tfoot" | "tr" | "colgroup" | "center" | "address" | "details" | "summary" | "fieldset" | "legend" | "hgroup" | "search"
        | "dir" => Role::Block(Container, None),
        "script" | "style" | "title" | "textarea" | "xmp" | "iframe" | "noembed" | "noframes" | "noscript" | "head" | "nav" | "aside"
        | "footer" | "template" | "svg" | "math" | "select" | "button" | "datalist" | "object" | "audio" | "video" | "canvas" | "map"
        | "dialog" | "rt" | "rp" | "meter" | "progress" => Role::Skipped,
        "header" => Role::Header,
        "form" => Role::Form,
        "br" => Role::Break,
        "hr" => Role::Rule,
        "img" | "input" | "embed" | "area" | "frame" => Role::Void,
        "wbr" | "meta" | "link" | "base" | "basefont" | "bgsound" | "col" | "param" | "source" | "track" | "keygen" => Role::Nothing,
        _ => Role::Inline(None),
    }
}

/// What a `class` says of a block.
pub fn kind_of_class(tag: &str) -> Option<BlockKind> {
    let class = attribute(tag, "class")?;
    class.split(|c: char| !c.is_ascii_alphanumeric()).find_map(|word| match word.to_ascii_lowercase().as_str() {
        "caption" => Some(BlockKind::Caption),
        "credit" | "credits" | "byline" | "copyright" => Some(BlockKind::Credit),
        _ => None,
    })
}

/// The mark of an element whose words are not to be corrected: code, and what its `lang` says is no
/// English. The language of the page as a whole is no sign: it is often that of the original.
pub fn mark_of(name: &str, tag: &str) -> Option<MarkKind> {
    let whole = matches!(name, "html" | "body" | "main" | "article");
    let language = if whole { None } else { attribute(tag, "lang").or_else(|| attribute(tag, "xml:lang")) };
    let foreign = language.is_some_and(|l| !l.trim().is_empty() && !l.trim().to_ascii_lowercase().starts_with("en"));
    match role(name) {
        Role::Block(FrameKind::Preformatted, _) | Role::Inline(Some(MarkKind::Code)) => Some(MarkKind::Code),
        _ if foreign => Some(MarkKind::Foreign),
        Role::Inline(mark) => mark,
        _ => None,
    }
}

/// Whether a start tag says that the element is not shown.
pub fn is_hidden(tag: &str) -> bool {
    attribute(tag, "hidden").is_some_and(|v| !v.eq_ignore_ascii_case("until-found"))
        || attribute(tag, "style").is_some_and(|s| s.replace(' ', "").to_ascii_lowercase().contains("display:none"))
}

/// The part of the page that holds the story, and whether a form does.
pub fn region(source: &str) -> (Span, bool) {
    /// How often an element occurs, where the first one stands, and the paragraphs inside.
    #[derive(Default)]
    struct Seen {
        count: usize,
        start: usize,
        end: Option<usize>,
        open: bool,
        paragraphs: usize,
    }
    let (mut article, mut main, mut form) = (Seen::default(), Seen::default(), Seen::default());
    let mut paragraphs = 0_usize;
    for piece in Markup::new(source) {
        let (tag, name, starts) = match piece {
            Piece::Start { tag, name, .. } => (tag, name.of(source), true),
            Piece::End { tag, name } => (tag, name.of(source), false),
            _ => continue,
        };
        if starts && name.eq_ignore_ascii_case("p") {
            paragraphs += 1;
            for seen in [&mut article, &mut main, &mut form] {
                seen.paragraphs += usize::from(seen.open);
            }
            continue;
        }
        let seen = match name.to_ascii_lowercase().as_str() {
            "article" => &mut article,
            "main" => &mut main,
            "form" => &mut form,
            _ => continue,
        };
        seen.open = starts;
        if starts {
            seen.count += 1;
            if seen.count == 1 {
                seen.start = tag.start;
            }
        } else if seen.count == 1 && seen.end.is_none() {
            seen.end = Some(tag.end);
        }
    }
    let whole = Span::new(0, source.len());
    // A page that frames a mere teaser as its one article has its paragraphs elsewhere.
    let story = [article, main].into_iter().find(|s| s.count == 1 && (s.paragraphs >= 2 || s.paragraphs * 2 >= paragraphs));
    let form_is_read = form.paragraphs >= 3 && form.paragraphs * 2 > paragraphs;
    (story.map_or(whole, |s| Span::new(s.start, s.end.unwrap_or(source.len()))), form_is_read)
}
