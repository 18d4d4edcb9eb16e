//! The learnt weighting of the witnesses: regression trees in a readable file, evaluated by plain code.
//!
//! The file is made by `examples/train_pronouns.rs`. A line is a tree in prefix order: a question
//! `witness<=value` is followed by its yes-branch and its no-branch, a number is a leaf; the leaves that
//! a pronoun reaches add up to the logarithm of the odds that it is wrong.

use std::sync::LazyLock;

use super::context::Context;

const FILE: &str = include_str!("../../../dictionaries/pronoun_trees.txt");

/// One node; a branch is the index of its first node.
#[derive(Clone, Copy, PartialEq, Debug)]
enum Node {
    Ask { witness: usize, most: u8, otherwise: usize },
    Leaf(f32),
}

/// All trees, one after the other.
#[derive(Clone, PartialEq, Debug, Default)]
pub struct Forest {
    roots: Vec<usize>,
    nodes: Vec<Node>,
    start: f32,
    /// From this probability on a pronoun is reported.
    pub threshold: f32,
}

static BUILT_IN: LazyLock<Forest> = LazyLock::new(|| Forest::parse(FILE));

/// The built-in trees.
pub fn built_in() -> &'static Forest {
    &BUILT_IN
}

impl Forest {
    /// Reads the file; a line that is no tree is left out.
    pub fn parse(text: &str) -> Self {
        let mut forest = Self { threshold: 2.0, ..Self::default() };
        for line in text.lines().filter(|l| !l.is_empty() && !l.starts_with('#')) {
            if let Some((name, value)) = line.split_once('=').filter(|(name, _)| !name.ends_with('<')) {
                let value = value.trim().parse().unwrap_or(2.0);
                match name.trim() {
                    "start" => forest.start = value,
                    "threshold" => forest.threshold = value,
                    _ => {}
                }
                continue;
            }
            let root = forest.nodes.len();
            let mut words = line.split_ascii_whitespace();
            if forest.read(&mut words).is_some() {
                forest.roots.push(root);
            } else {
                forest.nodes.truncate(root);
            }
        }
        forest
    }

    fn read<'w>(&mut self, words: &mut impl Iterator<Item = &'w str>) -> Option<()> {
        let word = words.next()?;
        let Some((name, value)) = word.split_once("<=") else {
            self.nodes.push(Node::Leaf(word.parse().ok()?));
            return Some(());
        };
        let witness = Context::NAMES.iter().position(|n| *n == name)?;
        let own = self.nodes.len();
        self.nodes.push(Node::Ask { witness, most: value.parse().ok()?, otherwise: 0 });
        self.read(words)?;
        let here = self.nodes.len();
        if let Some(Node::Ask { otherwise, .. }) = self.nodes.get_mut(own) {
            *otherwise = here;
        }
        self.read(words)
    }

    /// How probable it is that the pronoun is wrong, by its witnesses.
    pub fn probability(&self, context: &Context) -> f32 {
        let row = context.row();
        let mut sum = self.start + context.rest_of_article();
        for &root in &self.roots {
            let mut at = root;
            while let Some(node) = self.nodes.get(at) {
                match *node {
                    Node::Leaf(value) => {
                        sum += value;
                        break;
                    }
                    Node::Ask { witness, most, otherwise } => {
                        at = if row.get(witness).is_some_and(|&v| v <= most) { at + 1 } else { otherwise };
                    }
                }
            }
        }
        1.0 / (1.0 + (-sum).exp())
    }
}
