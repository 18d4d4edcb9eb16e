//! The only place where a command changes anything.

use super::app::App;
use super::article::Article;
use super::books::Whose;
use super::command::Command;
use super::settings::{Setting, ThemeChoice};
use super::statistics::Scope;
use super::view::{self, Dialog, Mode, Pane, Purpose, Style, Topic};
use crate::finding::Finding;
use crate::review::session::Reach;
use crate::review::{Event, Refused, Step};
use crate::text::{Edit, Edits, Span};

impl App {
    /// Whether a command makes sense now.
    pub fn enabled(&self, command: &Command) -> bool {
        let Some(article) = self.article() else {
            return matches!(
                command,
                Command::Open
                    | Command::OpenTyped
                    | Command::OpenFolder
                    | Command::Reopen
                    | Command::OpenUnsaved
                    | Command::Settings
                    | Command::Statistics
                    | Command::Kept
                    | Command::Recent
                    | Command::Paste
                    | Command::Sample
                    | Command::Quit
                    | Command::Palette
                    | Command::Keys
                    | Command::Rules
                    | Command::AddEntry
                    | Command::LeftPanel
                    | Command::ZoomIn
                    | Command::ZoomOut
                    | Command::ZoomReset
                    | Command::Theme
            ) || (*command == Command::Stop && self.progress().is_some())
                || (*command == Command::Faults && self.has_faults(2))
                || (*command == Command::CloseNotices && self.has_faults(1));
        };
        let finding = article.finding();
        match command {
            Command::Undo => article.session.review().last_step().is_some() || self.silenced_next(&Event::Undone).is_some(),
            Command::Redo => article.session.review().next_step().is_some() || self.silenced_next(&Event::Redone).is_some(),
            Command::Accept => finding.is_some_and(|f| !f.fixes.is_empty()),
            Command::Take(i) => finding.is_some_and(|f| f.fixes.len() > *i),
            Command::Reject
            | Command::RejectInArticle
            | Command::RejectAlways
            | Command::RuleHelp
            | Command::OnlyRuleHere
            | Command::RejectChoice
            | Command::EditSuggestion
            | Command::Next
            | Command::Previous => finding.is_some(),
            Command::AcceptAlike => finding.is_some_and(Finding::may_be_batched),
            Command::AcceptSafe => article.figures.safe > 0,
            Command::Faults => self.has_faults(2),
            Command::CloseNotices => self.has_faults(1),
            Command::Review => self.view.mode == Mode::Editing,
            Command::Edit => self.view.mode == Mode::Reviewing,
            Command::NextCheck => !article.checks.all.is_empty(),
            Command::Tick => article.checks.current.is_some(),
            Command::NextArticle | Command::PreviousArticle => self.articles.len() > 1,
            Command::Stop => self.progress().is_some(),
            Command::Reload => article.session.path.is_some(),
            Command::Forget => article.session.folder().is_some(),
            Command::NextHunk | Command::PreviousHunk => self.view.pane == Pane::Compare && !article.figures.hunks.is_empty(),
            Command::RevertCurrent => {
                self.view.pane == Pane::Compare && self.view.style != Style::Reading && !article.figures.hunks.is_empty()
            }
            Command::CloseSource | Command::CopySource => article.source.is_some(),
            _ => true,
        }
    }

    /// Does what was asked for.
    pub fn apply(&mut self, command: Command) {
        // Keys are heard with no article too.
        if self.article().is_none() && command.spec().is_some() && !self.enabled(&command) {
            return;
        }
        self.leave_spot(&command);
        self.view.search.leave(&command);
        match command {
            Command::Open => self.pick(Purpose::Open),
            Command::OpenFolder => self.pick(Purpose::OpenFolder),
            Command::Recent => {
                self.look_for_recent();
                self.view.dialog = Some(Dialog::Recent { chosen: 0 });
            }
            Command::Kept => self.show_kept(),
            Command::OpenKept(folder) => self.open_kept(&folder),
            Command::ClearRecent => self.clear_recent(),
            Command::Statistics => self.statistics(Scope::This),
            Command::StatisticsOf(scope) => self.statistics(scope),
            Command::SortStatistics(by) => self.sort_statistics(by),
            Command::ExportStatistics(scope, path) => self.export_statistics(scope, &path),
            Command::ForgetStatistics => self.forget_statistics(),
            Command::Settings => self.view.dialog = Some(Dialog::Settings),
            Command::Ask(purpose) => self.pick(purpose),
            Command::Set(setting) => self.set(setting),
            Command::ShowFolder(folder) => self.ctx.open_url(eframe::egui::OpenUrl::new_tab(format!("file://{}", folder.display()))),
            Command::OpenTyped => self.ask_path(Purpose::Open, ""),
            Command::OpenPath(path) => self.open(&path),
            Command::OpenPaths(paths) => self.open_several(&paths),
            Command::Paste => self.paste(),
            Command::PasteText(text) => self.paste_text(&text),
            Command::Sample => self.open_sample(),
            Command::Save | Command::SaveOver | Command::SaveNext => self.save(&command),
            Command::SaveAs => self.pick(Purpose::SaveAs),
            Command::SaveTo(path) => self.save_to(&path),
            Command::Export => self.pick(Purpose::Export),
            Command::ExportTo(path) => self.export_to(&path),
            Command::Reload => self.reload(),
            Command::CopyText => self.copy_text(),
            Command::CopyHtml => self.copy_html(),
            Command::Reopen => self.reopen(),
            Command::OpenUnsaved => self.open_unsaved(),
            Command::Close => self.close(false),
            Command::CloseUnsaved => self.close(true),
            Command::SaveClose => self.save_and_close(),
            Command::SaveQuit => self.save_all_and_quit(),
            Command::TakePath(purpose, path) => self.take_path(purpose, &path),
            Command::ReadFolder(folder) => self.read_folder(folder),
            Command::TypePath(purpose) => self.ask_path(purpose, ""),
            Command::Forget => self.view.dialog = Some(Dialog::Forget),
            Command::ForgetNow => self.forget(),
            Command::Quit => self.quit(false),
            Command::QuitUnsaved => self.quit(true),

            Command::Undo => self.undo(&Event::Undone),
            Command::Redo => self.undo(&Event::Redone),
            Command::Edit => self.edit_at(None),
            Command::EditAt(at) => self.edit_at(Some(at)),
            Command::Review => self.end_editing(),
            Command::Typed(edits) => self.typed(edits),
            Command::Find | Command::Replace => self.open_search(command == Command::Replace),
            Command::FindNext => self.step_place(true),
            Command::FindPrevious => self.step_place(false),
            Command::ReplacePlace => self.replace_place(),
            Command::ReplaceAll => self.replace_all(),
            Command::EndSearch => self.end_search(),

            Command::ShowFinding => self.show_finding(),
            Command::Turn(turn) => self.turn(turn),
            Command::Next => self.step(true),
            Command::Previous => self.step(false),
            Command::Accept => self.accept(None),
            Command::Take(fix) => self.accept(Some(fix)),
            Command::Preview(fix) => {
                if let Some(article) = self.article_mut() {
                    article.fix = fix;
                }
            }
            Command::EditSuggestion => self.edit_suggestion(),
            Command::AcceptEdited(span, words) => self.accept_edited(span, &words),
            Command::Reject => self.reject(Reach::Here),
            Command::RejectInArticle => self.reject(Reach::Article),
            Command::RejectChoice => {
                if self.article().is_some_and(|a| a.finding().is_some()) {
                    self.view.dialog = Some(Dialog::RejectChoice { houses: self.books.houses() });
                }
            }
            Command::AcceptAlike => self.ask_alike(),
            Command::AcceptSafe => self.ask_safe(),
            Command::AcceptSafeEverywhere => self.ask_safe_everywhere(),
            Command::AcceptChosen => self.accept_chosen(),
            Command::Select(place) => {
                // It was clicked, or the caret went there: the page stays.
                self.view.suggestion = None;
                if let Some(article) = self.article_mut() {
                    article.select(place);
                }
                self.view.paper.follow = false;
            }
            Command::Filter(filter) => {
                self.view.narrow.category = filter;
                self.view.paper.follow = true;
            }
            Command::Hints => {
                self.settings.hints = !self.settings.hints;
                self.view.note_on(
                    Topic::Fullness,
                    if self.settings.hints { "Full review: hints are shown" } else { "Light review: hints are hidden" },
                );
                self.keep_settings();
            }
            Command::LookAt(i) => self.look_at_check(i),
            Command::NextCheck => self.next_check(),
            Command::Tick => self.tick(None),
            Command::TickAt(i) => self.tick(Some(i)),
            Command::ChecksFold => self.view.checks_folded = !self.view.checks_folded,
            Command::Language => self.view.dialog = Some(Dialog::Language),
            Command::ChooseLanguage(packs) => self.choose_language(packs),
            Command::ShowAll => {
                self.view.narrow = super::narrow::Narrow::default();
                self.view.paper.follow = true;
            }
            Command::OnlyRule(rule) => {
                self.view.narrow.rule = rule;
                self.view.paper.follow = true;
            }
            Command::OnlyRuleHere => {
                self.view.narrow.rule = self.article().and_then(Article::finding).map(|f| f.rule.clone());
                self.view.paper.follow = true;
            }
            Command::OnlyTrust(trust) => {
                self.view.narrow.trust = trust;
                self.view.paper.follow = true;
            }
            Command::RejectAlways => self.reject_always(Whose::Own),
            Command::RejectAlwaysIn(house) => self.reject_always(Whose::House(house)),
            Command::RuleHelp => self.rule_help(None),
            Command::RuleHelpOf(rule) => self.rule_help(Some(rule)),
            Command::Rules => self.show_panel(),
            Command::ChangeBook(whose, ask) => self.ask(whose, &ask),
            Command::AddEntry => self.add_entry(),
            Command::AddEntryOf(kind) => self.add_entry_of(kind),
            Command::EditEntry(whose, slot) => self.edit_entry(whose, &slot),
            Command::TryEntry => self.try_entry(),
            Command::KeepEntry => self.keep_entry(),
            Command::LeaveEntry => self.leave_entry(),
            Command::History => self.view.dialog = Some(Dialog::History(super::history::History::default())),
            Command::RevertAll(entries) => {
                let stamp = self.stamp();
                let outcome = self.article_mut().map(|a| a.session.revert_all(&entries, &stamp));
                self.settle(outcome, None);
            }
            Command::DoAgain(entries) => self.do_again(&entries),
            Command::GoTo(place) => self.go_to(place),
            Command::TakeSilenceBack => self.take_silence_back(),
            Command::LeaveInArticle(rule, span) => self.leave_in_article(&rule, span),
            Command::NextArticle => self.step_article(true),
            Command::PreviousArticle => self.step_article(false),
            Command::Article(i) => self.go_to_article(i),
            Command::ArticleOf(id) => {
                if let Some(i) = self.articles.iter().position(|a| a.id == id) {
                    self.go_to_article(i);
                }
            }
            Command::Sort(by) => self.sort_by(by),
            Command::CloseSaved => self.close_saved(),
            Command::CloseOf(id) => {
                if let Some(i) = self.articles.iter().position(|a| a.id == id) {
                    self.close_of(i);
                }
            }
            Command::List(which) => self.view.listed = which,
            Command::Stop => self.cancel_work(),

            Command::Compare => {
                self.compare();
                self.view.dialog = None;
                self.view.suggestion = None;
                self.view.mode = Mode::Reviewing;
                self.view.paper.follow = true;
            }
            Command::CompareStyle => self.next_style(),
            Command::ShowStyle(style) => self.show_style(style),
            Command::NextHunk => self.step_hunk(true),
            Command::PreviousHunk => self.step_hunk(false),
            Command::LookAtHunk(number) => self.look_at_hunk(number),
            Command::RevertHunk(number) => self.revert_hunk(number),
            Command::RevertCurrent => self.revert_current(),
            Command::Original => self.view.original = !self.view.original,
            Command::OpenSource => self.pick(Purpose::Source),
            Command::OpenSourceTyped => self.ask_path(Purpose::Source, ""),
            Command::OpenSourceAt(path) => self.open_source(&path),
            Command::CloseSource => self.close_source(),
            Command::SourceBeside => self.source_beside(),
            Command::SelectSource(i) => self.select_source(i),
            Command::CopySource => self.copy_source(),

            Command::Palette => self.view.dialog = Some(Dialog::Palette { query: String::new(), chosen: 0 }),
            Command::Keys => self.view.dialog = Some(Dialog::Keys),
            Command::ZoomIn => self.zoom(self.settings.zoom + 0.1),
            Command::ZoomOut => self.zoom(self.settings.zoom - 0.1),
            Command::ZoomReset => self.zoom(1.0),
            Command::Theme => {
                let dark = self.ctx.global_style().visuals.dark_mode;
                self.settings.theme = if dark { ThemeChoice::Light } else { ThemeChoice::Dark };
                self.show_settings();
                self.keep_settings();
            }
            Command::PanelWidth(width) => self.view.widths.set(width),
            Command::LeftPanel => self.view.left_folded = !self.view.left_folded,
            Command::RightPanel => {
                self.view.right_folded = !self.view.right_folded;
                self.view.suggestion = None;
            }
            Command::KnowsKeys => {
                self.settings.knows_keys = true;
                self.keep_settings();
            }
            Command::Dismiss => {
                self.view.dialog = None;
                self.view.suggestion = None;
            }
            Command::CloseNotice(i) => self.close_notice(i),
            Command::CloseNotices => self.close_notices(),
            Command::Faults => self.turn_faults(),
        }
    }

    fn zoom(&mut self, zoom: f32) {
        self.settings.zoom = (zoom.clamp(0.6, 2.5) * 10.0).round() / 10.0;
        self.show_settings();
        self.keep_settings();
    }

    pub(super) fn keep_settings(&mut self) {
        match self.settings.write(&self.kept_settings, &self.places.settings) {
            Ok(aside) => {
                self.kept_settings = self.settings.clone();
                if let Some(sentence) = aside {
                    self.view.fault(sentence);
                }
            }
            Err(error) => self.view.fault(error),
        }
    }

    /// Sets something: it holds at once and is written into the file.
    fn set(&mut self, setting: Setting) {
        let of_rules = setting.is_of_rules();
        if matches!(setting, Setting::AddHouse(_) | Setting::OwnRules(_)) {
            // The question for the folder stood in the place of the settings.
            self.view.dialog = Some(Dialog::Settings);
        }
        if !self.settings.set(setting) {
            return;
        }
        self.keep_settings();
        self.show_settings();
        if of_rules {
            self.read_books();
        }
    }

    /// After a decision: says what went wrong, or checks and goes on to the next finding after `anchor`.
    pub(super) fn settle(&mut self, outcome: Option<Result<(), Refused>>, anchor: Option<usize>) {
        match outcome {
            None => {}
            Some(Err(refused)) => self.refused(&refused),
            Some(Ok(())) => {
                self.view.suggestion = None;
                self.recheck(self.current);
                if let (Some(anchor), Some(article)) = (anchor, self.article_mut()) {
                    article.move_on(anchor);
                }
                self.view.paper.follow = true;
            }
        }
    }

    fn accept(&mut self, fix: Option<usize>) {
        let stamp = self.stamp();
        let Some(article) = self.article_mut() else { return };
        let Some(finding) = article.finding().cloned() else { return };
        let fix = fix.unwrap_or(article.fix);
        let Some(chosen) = finding.fixes.get(fix) else { return };
        let end = chosen.edits.iter().last().map(|e| {
            let shift: isize = chosen.edits.iter().map(|e| e.to.len() as isize - e.from.len() as isize).sum();
            e.span().end.saturating_add_signed(shift)
        });
        let outcome = article.session.accept(&finding, fix, &stamp);
        let taken = outcome.is_ok();
        self.settle(Some(outcome), Some(finding.span.start));
        if self.view.mode == Mode::Editing && taken {
            self.view.editor.caret = end.map(Span::at);
        }
    }

    fn edit_suggestion(&mut self) {
        let Some(article) = self.article() else { return };
        let suggestion = article.finding().and_then(|f| view::suggestion(article.session.text(), f, article.fix));
        if suggestion.is_none() {
            self.view.note("This suggestion changes several places: take it, then edit the text");
        }
        self.view.suggestion = suggestion;
        self.view.right_folded = false;
    }

    fn accept_edited(&mut self, span: Span, words: &str) {
        let stamp = self.stamp();
        let Some(article) = self.article_mut() else { return };
        let Some(finding) = article.finding().cloned() else { return };
        let outcome =
            if span.of(article.session.text()) == words { Ok(()) } else { article.session.accept_edited(&finding, span, words, &stamp) };
        self.settle(Some(outcome), Some(finding.span.start));
    }

    fn reject(&mut self, reach: Reach) {
        let stamp = self.stamp();
        let Some(article) = self.article_mut() else { return };
        let Some(finding) = article.finding().cloned() else { return };
        let outcome = article.session.reject(&finding, reach, &stamp);
        self.settle(Some(outcome), Some(finding.span.start));
    }

    fn undo(&mut self, event: &Event) {
        let stamp = self.stamp();
        if let Some(i) = self.silenced_next(event) {
            return self.turn_silenced(i);
        }
        let undo = *event == Event::Undone;
        let Some(review) = self.article().map(|a| a.session.review()) else { return };
        let step = if undo { review.last_step() } else { review.next_step() };
        if let Some(together) = step.and_then(Step::batch).and_then(|b| self.together(b)) {
            return self.undo_together(event, &together);
        }
        let Some(place) = step.map(|s| if undo { s.place_before() } else { s.place_after() }) else {
            self.view.note_on(Topic::Undo, if undo { "Nothing to undo" } else { "Nothing to do again" });
            return;
        };
        let said = step.and_then(|step| super::history::told(step, review.text(), event));
        let Some(article) = self.article_mut() else { return };
        let outcome = article.session.record(event.clone(), &stamp);
        if let (Ok(()), Some(said)) = (&outcome, said) {
            self.view.note_on(Topic::Undo, said);
        }
        let done = outcome.is_ok();
        self.settle(Some(outcome), None);
        if let (true, Some(place), Some(article)) = (done, place, self.article_mut()) {
            article.move_to(place.start);
        }
        if self.view.mode == Mode::Editing && done {
            self.view.editor.caret = place.map(|p| Span::at(p.end));
        }
    }

    fn edit_at(&mut self, at: Option<usize>) {
        let Some(article) = self.article() else { return };
        // From the comparison the changed place is written at, for that is what the eye is on; after a search what was found.
        let comparing = self.view.pane == Pane::Compare;
        let changed = article.figures.hunks.get(self.view.compare.hunk).filter(|_| comparing).map(|h| h.now);
        let sought = self.view.search.place().or(self.view.search.left);
        let place = changed.or(sought).or_else(|| article.finding().map(|f| f.span)).unwrap_or(Span::at(article.anchor));
        self.view.mode = Mode::Editing;
        self.view.pane = Pane::Article;
        self.view.original = false;
        self.view.suggestion = None;
        match at {
            // Where was clicked, the page stays.
            Some(at) => {
                let clicked = |i: &eframe::egui::InputState| i.pointer.interact_pos().filter(|_| i.pointer.any_released());
                self.view.editor.under = self.ctx.input(clicked).map(|p| p.y);
                self.view.editor.go = Some(Span::at(at));
            }
            // Nothing is selected: the first letter shall take nothing away.
            None => self.view.editor.caret = Some(Span::at(place.start)),
        }
    }

    fn end_editing(&mut self) {
        self.view.mode = Mode::Reviewing;
        let at = self.view.editor.stands;
        self.recheck(self.current);
        if let Some(article) = self.article_mut() {
            let nearest = article.visible().min_by_key(|(_, f)| f.span.start.abs_diff(at)).map(|(i, _)| i);
            if let Some(i) = nearest {
                article.select(i);
            }
        }
        self.view.paper.follow = true;
    }

    fn typed(&mut self, edits: Vec<Edit>) {
        let stamp = self.stamp();
        let Some(article) = self.article_mut() else { return };
        let mut outcome = Ok(());
        for edit in edits {
            let edits = Edits::one(edit);
            outcome = article.session.record(Event::Typed { edits: edits.clone() }, &stamp);
            if outcome.is_err() {
                break;
            }
            article.follow(&edits);
        }
        self.settle(Some(outcome), None);
        self.view.paper.follow = false;
    }

    /// Goes to the next article that is listed, or to the one before.
    fn step_article(&mut self, forward: bool) {
        let listed = super::queue::listed(&self.articles, self.current, self.view.listed);
        let Some(place) = listed.iter().position(|i| *i == self.current) else { return };
        let next = if forward { place + 1 } else { place + listed.len() - 1 };
        if let Some(i) = listed.get(next % listed.len()) {
            self.go_to_article(*i);
        }
    }

    pub(super) fn go_to_article(&mut self, i: usize) {
        if self.articles.is_empty() {
            return;
        }
        self.collect(self.current);
        self.current = i % self.articles.len();
        self.view.mode = Mode::Reviewing;
        self.view.original = false;
        self.view.narrow = super::narrow::Narrow::default();
        self.view.suggestion = None;
        self.view.paper.follow = true;
        self.scroll_back();
        self.recheck(self.current);
    }
}

/// A message as a sentence.
pub(super) fn sentence(message: &str) -> String {
    let mut letters = message.chars();
    letters.next().map_or_else(String::new, |first| first.to_uppercase().chain(letters).collect())
}
