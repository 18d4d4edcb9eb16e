//! Findings that are taken together: every place is looked at first, and one undo an article takes them back.

use eframe::egui::{self, Button, Key, Modal, RichText, Role, ScrollArea, Ui, WidgetInfo, vec2};

use super::app::App;
use super::article::Article;
use super::bars::number;
use super::command::Command;
use super::focus;
use super::parts::{self, Side};
use super::theme::{self, INTERFACE, SMALL, SPACE};
use super::view::{Dialog, Topic};
use crate::finding::{Finding, Tier};
use crate::review::event::BatchId;
use crate::review::{Event, Step};

/// The places of one article.
#[derive(Clone, PartialEq, Debug)]
pub struct Group {
    /// The article's number.
    article: u64,
    /// Its title.
    title: String,
    /// Each place with its check mark.
    places: Vec<(Finding, bool)>,
}

/// Places that may be taken together.
#[derive(Clone, PartialEq, Debug)]
pub struct Batch {
    /// What they have in common.
    title: String,
    /// By article, in the order of the queue.
    groups: Vec<Group>,
}

impl Batch {
    fn places(&mut self) -> impl Iterator<Item = &mut (Finding, bool)> {
        self.groups.iter_mut().flat_map(|g| g.places.iter_mut())
    }

    fn chosen(&self) -> usize {
        self.groups.iter().flat_map(|g| &g.places).filter(|(_, on)| *on).count()
    }
}

fn group(article: &Article, findings: impl Iterator<Item = Finding>) -> Group {
    Group { article: article.id, title: article.title(), places: findings.map(|f| (f, true)).collect() }
}

/// The fixes of an article that may be taken unseen, whatever choice of findings is shown.
fn safe_fixes(article: &Article, hints: bool) -> impl Iterator<Item = Finding> {
    let shown = move |f: &&Finding| (hints || f.tier == Tier::Default) && f.safe_fix().is_some();
    article.session.findings().iter().filter(shown).cloned()
}

impl App {
    /// Shows every place where the same change would be made.
    pub(super) fn ask_alike(&mut self) {
        let Some(article) = self.article() else { return };
        let Some(finding) = article.finding() else { return };
        let alike = article.session.alike(finding);
        if alike.is_empty() {
            self.view.note("This change is decided one at a time");
            return;
        }
        let title = format!("All alike: {}", finding.rule.replace('-', " "));
        let groups = vec![group(article, alike.into_iter())];
        self.view.dialog = Some(Dialog::Batch(Batch { title, groups }));
    }

    /// Shows the fixes of the article that may be taken unseen.
    pub(super) fn ask_safe(&mut self) {
        let Some(article) = self.article() else { return };
        let safe = group(article, safe_fixes(article, self.settings.hints));
        if safe.places.is_empty() {
            self.view.note("No fix here may be taken unseen");
        } else {
            self.view.dialog = Some(Dialog::Batch(Batch { title: "Safe fixes".to_owned(), groups: vec![safe] }));
        }
    }

    /// Shows the fixes of the whole queue that may be taken unseen.
    pub(super) fn ask_safe_everywhere(&mut self) {
        let unchecked = self.articles.iter().filter(|a| !a.session.is_checked()).count();
        let checked = self.articles.iter().filter(|a| a.session.is_checked());
        let safe = |a: &Article| group(a, safe_fixes(a, self.settings.hints));
        let groups: Vec<Group> = checked.map(safe).filter(|g| !g.places.is_empty()).collect();
        if unchecked > 0 {
            self.view.note(format!("{unchecked} not checked yet and left out"));
        }
        if groups.is_empty() {
            self.view.note("No fix in the queue may be taken unseen");
        } else {
            let title = format!("Safe fixes in {} article{}", groups.len(), if groups.len() == 1 { "" } else { "s" });
            self.view.dialog = Some(Dialog::Batch(Batch { title, groups }));
        }
    }

    /// Takes what stayed checked.
    pub(super) fn accept_chosen(&mut self) {
        let Some(Dialog::Batch(batch)) = self.view.dialog.take() else { return };
        let stamp = self.stamp();
        let (mut taken, mut articles) = (0, Vec::new());
        for group in batch.groups {
            let Some(i) = self.articles.iter().position(|a| a.id == group.article) else { continue };
            let chosen: Vec<Finding> = group.places.into_iter().filter(|(_, on)| *on).map(|(f, _)| f).collect();
            let Some(article) = self.articles.get_mut(i).filter(|_| !chosen.is_empty()) else { continue };
            let anchor = article.anchor;
            match article.session.accept_all(&chosen, &stamp) {
                Ok(count) => {
                    taken += count;
                    articles.extend(article.session.review().last_step().and_then(Step::batch).map(|b| (article.id, b)));
                    article.move_on(anchor);
                }
                Err(refused) => self.view.fault(format!("{}: {refused}", group.title)),
            }
            self.recheck(i);
        }
        self.view.suggestion = None;
        self.view.paper.follow = true;
        match articles.len() {
            0 => {}
            1 => self.view.note(format!("{taken} taken together; one undo takes them all back")),
            n => {
                self.view.note(format!("{taken} taken in {n} articles; one undo takes them all back"));
                self.batches.push(articles);
            }
        }
    }

    /// The steps of a batch over several articles that the article looked at has a step of.
    pub(super) fn together(&self, batch: BatchId) -> Option<Vec<(u64, BatchId)>> {
        let here = (self.article()?.id, batch);
        self.batches.iter().find(|steps| steps.contains(&here)).cloned()
    }

    /// Undoes a batch, or does it again, in every article where nothing else was done since.
    pub(super) fn undo_together(&mut self, event: &Event, steps: &[(u64, BatchId)]) {
        let stamp = self.stamp();
        let (mut done, mut left) = (0, 0);
        for (id, batch) in steps {
            let Some(i) = self.articles.iter().position(|a| a.id == *id) else { continue };
            let Some(article) = self.articles.get_mut(i) else { continue };
            let review = article.session.review();
            let step = if *event == Event::Undone { review.last_step() } else { review.next_step() };
            if step.and_then(Step::batch) != Some(*batch) {
                left += 1;
                continue;
            }
            let anchor = article.anchor;
            match article.session.record(event.clone(), &stamp) {
                Ok(()) => done += 1,
                Err(refused) => self.view.fault(format!("{}: {refused}", article.session.name)),
            }
            article.move_on(anchor);
            self.recheck(i);
        }
        self.view.suggestion = None;
        self.view.paper.follow = true;
        let what = if *event == Event::Undone { "Taken back" } else { "Taken again" };
        let articles = number(done, "article", "articles");
        let others = match left {
            0 => String::new(),
            1 => "; another was worked on since: undo it there".to_owned(),
            n => format!("; {n} others were worked on since: undo it there"),
        };
        self.view.note_on(Topic::Undo, format!("{what} in {articles}{others}"));
    }
}

/// Draws the places.
pub fn dialog(ui: &Ui, batch: &mut Batch, articles: &[Article], commands: &mut Vec<Command>) {
    let width = (ui.ctx().content_rect().width() - 80.0).min(640.0);
    let modal = Modal::new(egui::Id::unique("copydesk batch")).frame(parts::floating(ui.ctx())).show(ui.ctx(), |ui| {
        ui.set_width(width);
        let theme = theme::of(ui);
        let mut own_key = false;
        ui.horizontal(|ui| {
            ui.label(RichText::new(&batch.title).font(theme::bold(16.0)));
            ui.with_layout(egui::Layout::right_to_left(egui::Align::Center), |ui| {
                for (label, name, on) in [("None", "Take none", false), ("All", "Take all", true)] {
                    let button = Button::new(RichText::new(label).font(theme::regular(SMALL)));
                    let response = ui.add(button);
                    response.widget_info(|| WidgetInfo::labeled(Role::Button, true, name));
                    own_key |= response.has_focus();
                    if response.clicked() {
                        batch.places().for_each(|(_, taken)| *taken = on);
                    }
                }
            });
        });
        parts::quiet(ui, "One step of undo. Take the check mark off what shall stay; words inside quotations are left out.");
        // Enter takes, whichever check mark has the keyboard; a button that has it hears its own key.
        let buttons = egui::Id::unique("copydesk batch buttons");
        let take = !ui.data(|d| d.get_temp(buttons).unwrap_or(false)) && ui.input_mut(|i| i.consume_key(egui::Modifiers::NONE, Key::Enter));
        ui.add_space(SPACE[0]);
        let height = ui.ctx().content_rect().height() - 260.0;
        let several = batch.groups.len() > 1;
        let mut marks = Vec::new();
        ScrollArea::vertical().max_height(height).min_scrolled_height(height).auto_shrink([false, true]).show(ui, |ui| {
            for group in &mut batch.groups {
                let Some(article) = articles.iter().find(|a| a.id == group.article) else { continue };
                if several {
                    ui.add_space(SPACE[1]);
                    ui.horizontal(|ui| {
                        let on = group.places.iter().filter(|(_, on)| *on).count();
                        let mut all = on > 0;
                        let title = RichText::new(&group.title).font(theme::bold(INTERFACE));
                        let response = parts::outlined(ui, |ui| ui.checkbox(&mut all, title));
                        marks.push(response.clone());
                        response.widget_info(|| WidgetInfo::selected(Role::CheckBox, true, all, format!("Take all of: {}", group.title)));
                        if response.changed() {
                            group.places.iter_mut().for_each(|(_, taken)| *taken = all);
                        }
                        parts::quiet(ui, format!("{on} of {}", group.places.len()));
                    });
                }
                for place in &mut group.places {
                    marks.push(place_ui(ui, article, place));
                }
            }
            focus::follow(ui);
        });
        walk(ui, &marks);
        let chosen = batch.chosen();
        if take && chosen > 0 {
            commands.push(Command::AcceptChosen);
        }
        ui.add_space(SPACE[2]);
        ui.horizontal(|ui| {
            let label = RichText::new(format!("Accept {chosen}")).color(theme.accent_ink).font(theme::bold(INTERFACE));
            let button = Button::new(label).fill(theme.accent).min_size(vec2(90.0, 30.0));
            if ui.add_enabled(chosen > 0, button).clicked() {
                commands.push(Command::AcceptChosen);
            }
            let cancel = ui.add(Button::new("Cancel").min_size(vec2(80.0, 30.0)));
            own_key |= cancel.has_focus();
            if cancel.clicked() {
                commands.push(Command::Dismiss);
            }
        });
        ui.data_mut(|d| d.insert_temp(buttons, own_key));
    });
    if modal.should_close() {
        commands.push(Command::Dismiss);
    }
}

/// Arrows go from check mark to check mark; the first has the keyboard when the list opens.
fn walk(ui: &Ui, marks: &[egui::Response]) {
    let Some(first) = marks.first().filter(|_| ui.memory(egui::Memory::focused).is_none()) else {
        let Some(at) = marks.iter().position(egui::Response::has_focus) else { return };
        let step = ui.input_mut(|i| {
            let mut press = |key| i.consume_key(egui::Modifiers::NONE, key);
            isize::from(press(Key::ArrowDown)) - isize::from(press(Key::ArrowUp))
        });
        if let Some(next) = marks.get(at.saturating_add_signed(step).min(marks.len() - 1)) {
            let arrows = egui::EventFilter { vertical_arrows: true, ..egui::EventFilter::default() };
            if step != 0 {
                next.request_focus();
                next.scroll_to_me(None);
            }
            ui.memory_mut(|m| m.set_focus_lock_filter(next.id, arrows));
        }
        return;
    };
    first.request_focus();
}

/// A place with some words round it; a click on the words changes its check mark too.
fn place_ui(ui: &mut Ui, article: &Article, (finding, on): &mut (Finding, bool)) -> egui::Response {
    let text = article.session.text();
    ui.horizontal_top(|ui| {
        let theme = theme::of(ui);
        let words = finding.span.of(text).to_owned();
        let response = parts::outlined(ui, |ui| ui.checkbox(on, ""));
        response.widget_info(|| WidgetInfo::selected(Role::CheckBox, true, *on, format!("Take: {words}")));
        let Some(fix) = finding.fixes.first() else { return response };
        let edits = super::lines::readable(text, &fix.edits);
        let width = ui.available_width() - 8.0;
        let job = parts::snippet(text, &edits, finding.span, Side::Both, &theme::copy_font(15.0), theme, width);
        let snippet = parts::set_job(ui, job).on_hover_text(&finding.message);
        if snippet.interact(egui::Sense::click()).clicked() {
            *on = !*on;
        }
        response
    })
    .inner
}
