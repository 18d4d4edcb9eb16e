//! Puts edits of the text through the source map: one placing function serves every format.

use super::{Document, Escape, Format, Frame, FrameKind, PlaceError, Segment, Splice};
use crate::text::{Edit, Edits, Span, entities};

const NO_SOURCE: &str = "other parts of the page stand between these blocks, or they are of different kinds";
const NO_BREAK: &str = "paragraphs of a Word file can't be split yet";
const NO_PLACE: &str = "nothing of the file stands there";

impl Document {
    /// Puts edits of the text through the source map. The splices are sorted and disjoint in each part.
    ///
    /// # Errors
    /// [`PlaceError`] when a part of the text that belongs to no segment would change.
    pub fn place(&self, edits: &Edits) -> Result<Vec<Splice>, PlaceError> {
        let mut splices = Vec::new();
        for edit in edits {
            let edit = edit.trimmed();
            if self.source.format == Format::Html && self.crosses_blocks(edit.span()) {
                self.place_across_blocks(&edit, &mut splices)?;
            } else {
                self.place_one(&edit, &mut splices)?;
            }
        }
        splices.sort_by_key(|s: &Splice| (s.part, s.span));
        if self.source.format == Format::Text {
            self.keep_line_breaks_apart(&mut splices);
        }
        // What stands inside an element that goes as a whole goes with it.
        let mut reach = (0, 0);
        splices.retain(|s| {
            let inside = s.part == reach.0 && s.span.end <= reach.1 && s.replacement.is_empty();
            if !inside {
                reach = (s.part, if s.part == reach.0 { s.span.end.max(reach.1) } else { s.span.end });
            }
            !inside
        });
        Ok(splices)
    }

    /// Where a span of the text stands in the source: the part and its bytes. An entity or a run of
    /// white space is covered as a whole.
    pub fn source_span(&self, span: Span) -> Option<(usize, Span)> {
        if span.is_empty() {
            return self.insertion_place(span.start).map(|(part, at)| (part, Span::at(at)));
        }
        let segments = &self.source.segments;
        let first = segments.get(segments.partition_point(|s| s.text.end <= span.start)).filter(|s| s.text.start < span.end)?;
        let last = segments.get(segments.partition_point(|s| s.text.start < span.end).checked_sub(1)?)?;
        let start = match first.escape {
            Escape::Verbatim => first.source.start + span.start.saturating_sub(first.text.start),
            Escape::Coded => first.source.start,
        };
        let end = match last.escape {
            Escape::Verbatim => last.source.end - last.text.end.saturating_sub(span.end),
            Escape::Coded => last.source.end,
        };
        Some((first.part, Span::new(start, end)))
    }

    /// The place in part and source for a position of the text where something is put in.
    /// Between two segments the one outside a mark is taken.
    fn insertion_place(&self, at: usize) -> Option<(usize, usize)> {
        let segments = &self.source.segments;
        let next = segments.partition_point(|s| s.text.end <= at);
        let after = segments.get(next);
        if let Some(s) = after
            && s.text.start < at
        {
            return (s.escape == Escape::Verbatim).then_some((s.part, s.source.start + (at - s.text.start)));
        }
        let before = next.checked_sub(1).and_then(|i| segments.get(i)).filter(|s| s.text.end == at);
        let following = after;
        let after = after.filter(|s| s.text.start == at);
        let end_of = |s: &Segment| (s.part, s.source.end);
        let start_of = |s: &Segment| (s.part, s.source.start);
        match (before, after) {
            (Some(b), Some(a)) => {
                let inside = |s: &Segment| self.frames_at(s.part, s.source.start).filter(|f| f.kind == FrameKind::Inline).count();
                let (depth_before, depth_after) = (inside(b), inside(a));
                let at_line_start = b.text.of(&self.text) == "\n";
                let forward = depth_after < depth_before || (at_line_start && depth_after == depth_before);
                Some(if forward { start_of(a) } else { end_of(b) })
            }
            (Some(b), None) => Some((b.part, self.climb_out_behind(b, following))),
            (None, Some(a)) => Some((a.part, self.climb_out_before(a, next.checked_sub(1).and_then(|i| segments.get(i))))),
            (None, None) => {
                segments.last().map(end_of).or(Some((0, 0))).filter(|_| self.text.is_empty() && self.source.format == Format::Text)
            }
        }
    }

    /// The place behind the links that end with a segment at the end of a block.
    fn climb_out_behind(&self, before: &Segment, following: Option<&Segment>) -> usize {
        let mut at = before.source.end;
        let limit = following.filter(|f| f.part == before.part).map_or(usize::MAX, |f| f.source.start);
        for frame in self.frames_at(before.part, at).rev().take_while(|f| f.kind == FrameKind::Inline) {
            if frame.content_end > limit || frame.end == frame.content_end {
                break;
            }
            at = frame.end;
        }
        at
    }

    /// The place before the links that begin with a segment at the start of a block.
    fn climb_out_before(&self, after: &Segment, preceding: Option<&Segment>) -> usize {
        let mut at = after.source.start;
        let limit = preceding.filter(|p| p.part == after.part).map_or(0, |p| p.source.end);
        for frame in self.frames_at(after.part, at).rev().take_while(|f| f.kind == FrameKind::Inline) {
            if frame.open.start < limit {
                break;
            }
            at = frame.open.start;
        }
        at
    }

    /// The elements that are open at a place of the source, outermost first.
    fn frames_at(&self, part: usize, at: usize) -> impl DoubleEndedIterator<Item = &Frame> {
        self.source.frames.iter().filter(move |f| f.part == part && f.open.end <= at && at <= f.content_end)
    }

    fn place_one(&self, edit: &Edit, splices: &mut Vec<Splice>) -> Result<(), PlaceError> {
        if self.source.format == Format::Docx && edit.to.contains('\n') {
            return Err(error(edit, NO_BREAK));
        }
        self.place_hidden(edit, splices);
        if edit.from.is_empty() {
            let (part, at) = self.insertion_place(edit.at).ok_or_else(|| error(edit, NO_PLACE))?;
            self.keep_ampersands(edit, splices);
            splices.push(Splice { part, span: Span::at(at), replacement: self.written(&edit.to, part, at) });
            return Ok(());
        }
        self.keep_ampersands(edit, splices);
        let span = edit.span();
        let first = self.source.segments.partition_point(|s| s.text.end <= span.start);
        let mut covered = span.start;
        let mut to = Some(edit.to.as_str());
        for segment in self.source.segments.iter().skip(first).take_while(|s| s.text.start < span.end) {
            if segment.text.start > covered {
                return Err(error(edit, NO_SOURCE));
            }
            let cut = Span::new(span.start.max(segment.text.start), span.end.min(segment.text.end));
            covered = cut.end;
            let mut replacement = to.take().map(|t| self.written(t, segment.part, segment.source.start)).unwrap_or_default();
            let source = match segment.escape {
                Escape::Verbatim => {
                    let shift = segment.source.start;
                    Span::new(shift + cut.start - segment.text.start, shift + cut.end - segment.text.start)
                }
                Escape::Coded => {
                    // Only a part of a coded piece goes: the rest is written anew.
                    let keep_before = Span::new(segment.text.start, cut.start).of(&self.text);
                    let keep_after = Span::new(cut.end, segment.text.end).of(&self.text);
                    replacement = self.escaped(keep_before) + &replacement + &self.escaped(keep_after);
                    segment.source
                }
            };
            splices.push(Splice { part: segment.part, span: source, replacement });
        }
        if covered < span.end { Err(error(edit, NO_SOURCE)) } else { Ok(()) }
    }

    /// White space that would come to light goes with what hid it.
    fn place_hidden(&self, edit: &Edit, splices: &mut Vec<Splice>) {
        let hidden = &self.source.hidden;
        let span = edit.span();
        let first = hidden.partition_point(|h| h.at < span.start);
        let line_ends_at = |at: usize| matches!(self.text.as_bytes().get(at), None | Some(b'\n'));
        let place = if span.is_empty() { self.insertion_place(span.start) } else { None };
        for h in hidden.iter().skip(first).take_while(|h| h.at <= span.end) {
            let goes = if let Some((_, at)) = place {
                if line_ends_at(h.at) { h.source.end <= at } else { at <= h.source.start }
            } else if h.at == span.start {
                line_ends_at(h.at) && !span.is_empty()
            } else if h.at == span.end {
                edit.from.ends_with([' ', '\n'])
            } else {
                true
            };
            if goes {
                splices.push(Splice { part: h.part, span: h.source, replacement: String::new() });
            }
        }
    }

    /// A bare `&` or `<` before the change is written as an entity, lest it begin one, or a tag, with
    /// what comes to stand behind it.
    fn keep_ampersands(&self, edit: &Edit, splices: &mut Vec<Splice>) {
        if self.source.format != Format::Html {
            return;
        }
        let before = Span::new(0, edit.at).of(&self.text);
        let run = before.bytes().rev().take(32).take_while(|b| b.is_ascii_alphanumeric() || *b == b'#').count();
        let lead = before.len() - run;
        let Some(sign @ (b'&' | b'<')) = lead.checked_sub(1).and_then(|i| before.as_bytes().get(i)) else { return };
        let behind = self.text.get(edit.span().end..).unwrap_or("").chars().take(32);
        let coming: String = edit.to.chars().take(32).chain(behind).collect();
        let begins = match sign {
            b'&' => entities::decode(&format!("{}{coming}", before.get(lead - 1..).unwrap_or(""))).is_some(),
            _ => run == 0 && coming.starts_with(|c: char| c.is_ascii_alphabetic() || matches!(c, '/' | '!' | '?')),
        };
        if !begins {
            return;
        }
        if let Some((part, span)) = self.source_span(Span::new(lead - 1, lead))
            && let Some(written) = self.source.parts.get(part).map(|p| span.of(p))
            && !written.ends_with(';')
            && !splices.iter().any(|s| s.part == part && s.span == span)
        {
            splices.push(Splice { part, span, replacement: if *sign == b'&' { "&amp;" } else { "&lt;" }.to_owned() });
        }
    }

    /// A lone `\r` that comes to stand before a `\n` would become one line break with it.
    fn keep_line_breaks_apart(&self, splices: &mut Vec<Splice>) {
        let source = self.source.parts.first().map_or("", String::as_str).as_bytes();
        let apart: Vec<Splice> = splices
            .iter()
            .enumerate()
            .filter(|(i, s)| {
                // Splices that touch are one change.
                let mut end = s.span.end;
                let mut follows = None;
                for next in splices.iter().skip(*i) {
                    if next.span.start > end || follows.is_some() {
                        break;
                    }
                    end = next.span.end;
                    follows = next.replacement.bytes().next();
                }
                let follows = follows.or_else(|| source.get(end).copied());
                follows == Some(b'\n') && s.span.start.checked_sub(1).and_then(|i| source.get(i)) == Some(&b'\r')
            })
            .flat_map(|(_, s)| {
                let run = source.get(..s.span.start).map_or(0, |b| b.iter().rev().take_while(|&&b| b == b'\r').count());
                let (part, end) = (s.part, s.span.start);
                (end - run..end).map(move |at| Splice { part, span: Span::new(at, at + 1), replacement: "\n".to_owned() })
            })
            .filter(|new| !splices.iter().any(|s| s.span.overlaps(new.span)))
            .collect();
        splices.extend(apart);
        splices.sort_by_key(|s: &Splice| (s.part, s.span));
        splices.dedup();
    }

    fn escaped(&self, text: &str) -> String {
        match self.source.format {
            Format::Text => text.replace('\n', self.source.line_ending),
            Format::Html | Format::Docx => text.replace('&', "&amp;").replace('<', "&lt;").replace('>', "&gt;"),
        }
    }

    /// New text as it is written at a place of the source.
    fn written(&self, text: &str, part: usize, at: usize) -> String {
        if self.source.format != Format::Html || !text.contains('\n') {
            return self.escaped(text);
        }
        let line_break = self.line_break(part, at);
        text.split('\n').map(|line| self.escaped(line)).collect::<Vec<_>>().join(&line_break)
    }

    /// What is written to break the line at a place of the source: the elements that stand open are
    /// ended and begun again; where a block can't be split, a line break inside it.
    fn line_break(&self, part: usize, at: usize) -> String {
        let source = self.source.parts.get(part).map_or("", String::as_str);
        let open: Vec<&Frame> = self.frames_at(part, at).collect();
        let Some(block) = open.iter().rposition(|f| f.kind != FrameKind::Inline) else { return "<br>".to_owned() };
        let frames = open.get(block..).unwrap_or(&[]);
        match frames.first().map(|f| f.kind) {
            Some(FrameKind::Block) => {
                let mut out = String::new();
                for frame in frames.iter().rev() {
                    out.push_str("</");
                    out.push_str(frame.name.of(source));
                    out.push('>');
                }
                out.push_str(self.source.line_ending);
                for frame in frames {
                    out.push_str(&without_id(frame.open.of(source)));
                }
                out
            }
            Some(FrameKind::Preformatted) => self.source.line_ending.to_owned(),
            _ => "<br>".to_owned(),
        }
    }

    /// Whether a line break between two blocks stands in the span.
    fn crosses_blocks(&self, span: Span) -> bool {
        let first = self.blocks.partition_point(|b| b.span.end < span.start);
        self.blocks.get(first).is_some_and(|b| b.span.end < span.end)
    }

    /// An edit over the edges of blocks: a block that goes as a whole takes its element with it, lines
    /// that only change are changed one by one, and otherwise two blocks become one.
    fn place_across_blocks(&self, edit: &Edit, splices: &mut Vec<Splice>) -> Result<(), PlaceError> {
        let breaks = |s: &str| s.bytes().filter(|&b| b == b'\n').count();
        if breaks(&edit.from) == breaks(&edit.to) {
            let mut at = edit.at;
            for (from, to) in edit.from.split('\n').zip(edit.to.split('\n')) {
                let line = Edit { at, from: from.to_owned(), to: to.to_owned() }.trimmed();
                if line.from != line.to {
                    self.place_one(&line, splices)?;
                }
                at += from.len() + 1;
            }
            return Ok(());
        }
        let span = edit.span();
        let touched: Vec<usize> = {
            let first = self.blocks.partition_point(|b| b.span.end < span.start);
            (first..self.blocks.len()).take_while(|&i| self.blocks.get(i).is_some_and(|b| b.span.start <= span.end)).collect()
        };
        let block = |i: &usize| self.blocks.get(*i).map(|b| b.span);
        let (Some(first), Some(last)) = (touched.first().and_then(block), touched.last().and_then(block)) else {
            return self.place_one(edit, splices);
        };
        let head_stays = span.start > first.start;
        let tail_stays = span.end < last.end;
        // Whether both sides of a block's edge stay: then it is a true join.
        if head_stays && tail_stays || touched.len() < 2 {
            return self.place_one(edit, splices);
        }
        let keeper = match (head_stays, tail_stays, edit.to.is_empty()) {
            (_, true, _) => touched.last(),
            (true, false, _) | (false, false, false) => touched.first(),
            (false, false, true) => None,
        };
        let mut to = edit.to.as_str();
        for i in &touched {
            let Some(whole) = block(i) else { continue };
            let cut = Span::new(whole.start.max(span.start).min(whole.end), whole.end.min(span.end).max(whole.start));
            if Some(i) == keeper {
                let here = Edit::replace(&self.text, cut, std::mem::take(&mut to));
                if here.from != here.to {
                    self.place_one(&here, splices)?;
                }
            } else if !self.remove_element(*i, splices) {
                self.place_one(&Edit::replace(&self.text, cut, ""), splices)?;
            }
        }
        // Line breaks that are elements of their own go too.
        for (at, _) in span.of(&self.text).match_indices('\n').map(|(i, s)| (span.start + i, s)) {
            if let Some((part, source)) = self.source_span(Span::new(at, at + 1))
                && !self.block_at(at).is_some_and(|b| b.span.contains_position(at))
                && self.source.parts.get(part).is_some_and(|p| source.of(p).get(..3).is_some_and(|t| t.eq_ignore_ascii_case("<br")))
            {
                splices.push(Splice { part, span: source, replacement: String::new() });
            }
        }
        Ok(())
    }

    /// Takes a block away with its element, if the element holds nothing else.
    fn remove_element(&self, index: usize, splices: &mut Vec<Splice>) -> bool {
        let source_of = |i: usize| self.blocks.get(i).and_then(|b| self.source_span(b.span));
        let Some((part, own)) = source_of(index) else { return false };
        let element = self.frames_at(part, own.start).rfind(|f| f.kind != FrameKind::Inline);
        let Some(frame) = element.filter(|f| f.leaf && f.kind == FrameKind::Block && own.end <= f.content_end) else { return false };
        let neighbours = [index.checked_sub(1), Some(index + 1)];
        let shared = neighbours
            .into_iter()
            .flatten()
            .filter_map(source_of)
            .any(|(p, s)| p == part && frame.open.end <= s.start && s.end <= frame.content_end);
        if shared {
            return false;
        }
        // The line it stood on goes too.
        let before = self.source.parts.get(part).and_then(|p| p.get(..frame.open.start)).unwrap_or("");
        let indent = before.trim_end_matches([' ', '\t']);
        let start = if indent.ends_with('\n') {
            let line = indent.strip_suffix("\r\n").or_else(|| indent.strip_suffix('\n')).unwrap_or(indent);
            line.len()
        } else {
            frame.open.start
        };
        splices.push(Splice { part, span: Span::new(start, frame.end), replacement: String::new() });
        true
    }
}

/// A start tag without its `id`, which must not stand twice in a page.
fn without_id(tag: &str) -> String {
    let mut out = String::with_capacity(tag.len());
    let lower = tag.to_ascii_lowercase();
    let id = [" id=\"", " id='"].into_iter().find_map(|open| {
        let start = lower.find(open)?;
        let quote = open.chars().last()?;
        let len = tag.get(start + open.len()..)?.find(quote)?;
        Some(Span::new(start, start + open.len() + len + 1))
    });
    let Some(id) = id else { return tag.to_owned() };
    out.push_str(tag.get(..id.start).unwrap_or(""));
    out.push_str(tag.get(id.end..).unwrap_or(""));
    out
}

fn error(edit: &Edit, reason: &'static str) -> PlaceError {
    PlaceError::new(edit, reason)
}

impl PlaceError {
    /// Why not, for somebody who sees the place.
    pub fn in_short(&self) -> &'static str {
        match self.reason {
            NO_SOURCE => "these two paragraphs lie apart in the page; they can’t be joined",
            NO_BREAK => NO_BREAK,
            _ => "the file can’t hold this change",
        }
    }
}
