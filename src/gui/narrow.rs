//! Which findings are shown: of a category, of a rule, by how far their fixes may be trusted.

use std::hash::{Hash, Hasher};

use eframe::egui::{Align, Button, Layout, RichText, Role, Ui, WidgetInfo, vec2};
use rustc_hash::FxHasher;
use serde::{Deserialize, Serialize};

use super::article::Article;
use super::command::Command;
use super::fonts::icon;
use super::parts;
use super::theme::{self, SMALL, SPACE};
use crate::finding::{Category, Finding, RuleId};

/// How far the first fix of a finding may be trusted.
#[derive(Clone, Copy, PartialEq, Eq, Hash, Debug, Default, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Trust {
    /// It may be taken unseen.
    Safe,
    /// A person looks before it is taken.
    Look,
    /// There is no fix: a person writes.
    #[default]
    ByHand,
}

impl Trust {
    /// All, as they are listed.
    pub const ALL: [Self; 3] = [Self::Safe, Self::Look, Self::ByHand];

    /// As an editor says it.
    pub const fn label(self) -> &'static str {
        match self {
            Self::Safe => "Safe",
            Self::Look => "To review",
            Self::ByHand => "By hand",
        }
    }

    /// That of a finding.
    pub fn of(finding: &Finding) -> Self {
        if finding.fixes.is_empty() {
            Self::ByHand
        } else if finding.safe_fix().is_some() {
            Self::Safe
        } else {
            Self::Look
        }
    }
}

/// What is shown: everything unless something is named.
#[derive(Clone, PartialEq, Eq, Hash, Debug, Default)]
pub struct Narrow {
    /// One category alone.
    pub category: Option<Category>,
    /// One rule alone.
    pub rule: Option<RuleId>,
    /// One trust alone.
    pub trust: Option<Trust>,
}

impl Narrow {
    /// Whether something is left out.
    pub fn is_narrow(&self) -> bool {
        *self != Self::default()
    }

    /// Whether a finding is shown.
    pub fn shows(&self, finding: &Finding) -> bool {
        self.category.is_none_or(|c| c == finding.category)
            && self.rule.as_ref().is_none_or(|r| *r == finding.rule)
            && self.trust.is_none_or(|t| t == Trust::of(finding))
    }

    /// A number that differs where the choice does.
    pub fn stamp(&self, hints: bool) -> u64 {
        let mut hasher = FxHasher::default();
        (self, hints).hash(&mut hasher);
        hasher.finish()
    }
}

fn small(ui: &Ui, text: &str, on: bool) -> RichText {
    let theme = theme::of(ui);
    let (font, colour) = if on { (theme::bold(SMALL), theme.ink) } else { (theme::regular(SMALL), theme.quiet) };
    RichText::new(text.to_owned()).font(font).color(colour)
}

/// Draws the heading of the findings with the choice how full the review is.
pub fn heading(ui: &mut Ui, hints: bool, commands: &mut Vec<Command>) {
    ui.horizontal(|ui| {
        parts::heading(ui, "Findings");
        ui.with_layout(Layout::right_to_left(Align::Center), |ui| {
            ui.spacing_mut().item_spacing.x = 2.0;
            ui.spacing_mut().button_padding = vec2(7.0, 2.0);
            ui.spacing_mut().interact_size.y = 22.0;
            for (label, on, tip) in [("Full", hints, "Hints of style too"), ("Light", !hints, "Errors only")] {
                let text = small(ui, label, on);
                let response = ui.add(Button::selectable(on, text)).on_hover_text(tip);
                response.widget_info(|| WidgetInfo::selected(Role::RadioButton, true, on, format!("{label} review")));
                if response.clicked() && !on {
                    commands.push(Command::Hints);
                }
            }
        });
    });
}

/// Draws what the fixes can be trusted with, and the rule that is shown alone.
pub fn ui(ui: &mut Ui, article: &Article, narrow: &Narrow, commands: &mut Vec<Command>) {
    let theme = theme::of(ui);
    if let Some(rule) = &narrow.rule {
        let label = format!("{}  {}", super::rules::name(rule), icon::CROSS);
        let button = Button::new(RichText::new(label).font(theme::regular(SMALL))).fill(theme.selection).truncate();
        let response = ui.add(button).on_hover_text("This rule alone; click to show all");
        response.widget_info(|| WidgetInfo::labeled(Role::Button, true, format!("Rule alone: {rule}")));
        if response.clicked() {
            commands.push(Command::OnlyRule(None));
        }
    }
    ui.horizontal_wrapped(|ui| {
        ui.spacing_mut().item_spacing = vec2(2.0, 2.0);
        ui.spacing_mut().button_padding = vec2(7.0, 2.0);
        ui.spacing_mut().interact_size.y = 22.0;
        for (trust, count) in article.figures.trusts {
            let on = narrow.trust == Some(trust);
            if count == 0 && !on {
                continue;
            }
            let text = small(ui, &format!("{} {count}", trust.label()), on);
            let response = ui.add(Button::selectable(on, text));
            let response = response.on_hover_text(if on { "Show all" } else { "Show these alone" });
            response.widget_info(|| WidgetInfo::selected(Role::Button, true, on, format!("{}, {count}", trust.label())));
            if response.clicked() {
                commands.push(Command::OnlyTrust((!on).then_some(trust)));
            }
        }
        if narrow.is_narrow() {
            let text = RichText::new("Show all").font(theme::regular(SMALL)).color(theme.accent);
            if ui.add(Button::new(text).frame_when_inactive(false)).clicked() {
                commands.push(Command::ShowAll);
            }
        }
    });
    if article.figures.visible.is_empty() && narrow.is_narrow() && article.session.is_checked() {
        ui.add_space(SPACE[0]);
        parts::quiet(ui, "Nothing is left in this choice");
    }
}
