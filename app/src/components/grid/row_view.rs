//! One row of any of the tables, as signals: what stands in its cells.

use crate::document::county::{AmountConflict, CommitmentView, ContributionView, ItemView};
use crate::document::{Field, RowRef};
use crate::domain::money::Money;
use crate::workspace::CountyWorkspace;
use leptos::prelude::*;

/// A row that follows the document. Reading it in a view makes the view follow too.
#[derive(Clone)]
pub enum RowView {
    /// *Insats*.
    Item(ArcRwSignal<ItemView>),
    /// *Åtagande*.
    Commitment(ArcRwSignal<CommitmentView>),
    /// *Bidrag*.
    Contribution(ArcRwSignal<ContributionView>),
}

impl RowView {
    /// The row, unless it is gone.
    pub fn find(workspace: CountyWorkspace, row: &RowRef) -> Option<Self> {
        match row {
            RowRef::Item(id) => workspace.item(*id).map(Self::Item),
            RowRef::Commitment(id) => workspace.commitment(*id).map(Self::Commitment),
            RowRef::Contribution(id) => workspace.contribution(id).map(Self::Contribution),
        }
    }

    /// A text of the row; empty for what is no text.
    pub fn text(&self, field: Field) -> String {
        match self {
            Self::Item(view) => {
                let item = &view.read().item;
                match field {
                    Field::When => item.when.clone(),
                    Field::ForWhom => item.for_whom.clone(),
                    Field::What => item.what.clone(),
                    Field::Theme => item.theme.clone(),
                    Field::Comment => item.comment.clone(),
                    Field::Decided => item.decided.map(|date| date.to_string()).unwrap_or_default(),
                    _ => String::new(),
                }
            }
            Self::Commitment(view) => {
                let commitment = &view.read().commitment;
                match field {
                    Field::Text => commitment.text.clone(),
                    Field::Comment => commitment.comment.clone(),
                    _ => String::new(),
                }
            }
            Self::Contribution(_) => String::new(),
        }
    }

    /// The row's amount. Empty is not zero.
    pub fn amount(&self) -> Option<Money> {
        match self {
            Self::Item(view) => view.read().item.cost,
            Self::Commitment(_) => None,
            Self::Contribution(view) => view.read().contribution.amount,
        }
    }

    /// The amounts that were written at the same time, if there are several.
    pub fn conflict(&self) -> Option<AmountConflict> {
        match self {
            Self::Item(view) => view.read().conflict.clone(),
            Self::Commitment(_) => None,
            Self::Contribution(view) => view.read().conflict.clone(),
        }
    }

    /// How the cost is divided, in a word.
    pub fn split_label(&self) -> String {
        match self {
            Self::Item(view) => {
                view.read().item.split.as_ref().map(|split| split.label().to_owned()).unwrap_or_default()
            }
            Self::Commitment(_) | Self::Contribution(_) => String::new(),
        }
    }

    /// What the row is called.
    pub fn label(&self) -> String {
        let label = match self {
            Self::Item(view) => view.read().item.what.clone(),
            Self::Commitment(view) => view.read().commitment.text.clone(),
            Self::Contribution(view) => view.read().contribution.name.clone(),
        };
        let label = label.lines().next().unwrap_or_default().trim().to_owned();
        if label.is_empty() { "Rad utan namn".to_owned() } else { label }
    }

    /// What the row is called, short enough to be spoken: at most some sixty characters.
    pub fn short_label(&self) -> String {
        shorten(&self.label())
    }
}

/// A text cut at a word, with an ellipsis, if it is longer than some sixty characters.
pub fn shorten(text: &str) -> String {
    const LONGEST: usize = 60;
    if text.chars().count() <= LONGEST {
        return text.to_owned();
    }
    let cut: String = text.chars().take(LONGEST).collect();
    let cut = cut.rsplit_once(' ').map_or(cut.as_str(), |(words, _)| words);
    format!("{cut} …")
}

#[cfg(test)]
mod tests {
    use super::shorten;

    #[test]
    fn a_long_name_is_cut_at_a_word() {
        assert_eq!(shorten("Kort"), "Kort");
        let long = shorten("Medarbetare som arbetar med arbetslivsinriktad rehabilitering inom parterna");
        assert_eq!(long, "Medarbetare som arbetar med arbetslivsinriktad …");
    }
}
