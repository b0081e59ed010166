//! The rows of a table as signals: one for each row, one for their order.
//!
//! A refresh writes only the signals of rows that were touched, and of those only the ones whose value differs, so
//! that a keystroke moves one cell and the sums.

use leptos::prelude::*;
use std::collections::HashMap;
use std::hash::Hash;

/// The rows of one table: their order, and a signal for each.
pub struct Rows<K: Send + Sync + 'static, V: Send + Sync + 'static> {
    order: RwSignal<Vec<K>>,
    rows: StoredValue<HashMap<K, ArcRwSignal<V>>>,
}

impl<K: Send + Sync + 'static, V: Send + Sync + 'static> Clone for Rows<K, V> {
    fn clone(&self) -> Self {
        *self
    }
}

impl<K: Send + Sync + 'static, V: Send + Sync + 'static> Copy for Rows<K, V> {}

impl<K, V> Rows<K, V>
where
    K: Clone + Eq + Hash + Send + Sync + 'static,
    V: Clone + PartialEq + Send + Sync + 'static,
{
    /// Signals that show these rows.
    pub fn new(rows: impl Iterator<Item = (K, V)> + Clone) -> Self {
        Self {
            order: RwSignal::new(rows.clone().map(|(key, _)| key).collect()),
            rows: StoredValue::new(rows.map(|(key, view)| (key, ArcRwSignal::new(view))).collect()),
        }
    }

    /// The rows in the order they are shown.
    pub fn order(self) -> Signal<Vec<K>> {
        self.order.into()
    }

    /// One row. None if it is not in the plan (any more); a row keeps its signal for as long as it is.
    pub fn row(self, key: &K) -> Option<ArcRwSignal<V>> {
        self.rows.try_with_value(|rows| rows.get(key).cloned()).flatten()
    }

    /// Reads all rows in order, and follows them.
    pub fn fold<T>(self, start: T, mut add: impl FnMut(T, &V) -> T) -> T {
        self.order.with(|order| {
            self.rows.with_value(|rows| {
                let shown = order.iter().filter_map(|key| rows.get(key));
                shown.fold(start, |sum, row| row.with(|view| add(sum, view)))
            })
        })
    }

    /// Reads something of all rows, in order, without following any: a memo that follows hundreds of rows takes longer
    /// to note that than to add them up.
    pub fn collect_untracked<T>(self, read: impl Fn(&V) -> T) -> Vec<T> {
        self.order.with_untracked(|order| {
            self.rows.with_value(|rows| {
                let shown = order.iter().filter_map(|key| rows.get(key));
                shown.map(|row| row.with_untracked(&read)).collect()
            })
        })
    }

    /// Reads one row that is shown, and follows it.
    pub fn shown<T>(self, key: &K, read: impl FnOnce(&V) -> T) -> Option<T> {
        let row = self.row(key).filter(|_| self.order.with(|order| order.contains(key)))?;
        Some(row.with(read))
    }

    /// Shows what a row is now, if it differs.
    pub fn show_row(self, key: K, view: Option<&V>) {
        let Some(view) = view else {
            return;
        };
        match self.row(&key) {
            Some(row) if row.with_untracked(|shown| shown == view) => {}
            Some(row) => row.set(view.clone()),
            None => self.rows.update_value(|rows| {
                rows.insert(key, ArcRwSignal::new(view.clone()));
            }),
        }
    }

    /// Shows which rows there are. Rows that are gone keep their signals: a view that is about to be removed may still read them.
    pub fn show_order(self, order: Vec<K>) {
        set_if_new(self.order, order);
    }
}

/// Writes a signal only where its value differs.
pub fn set_if_new<T: PartialEq + Send + Sync + 'static>(signal: RwSignal<T>, value: T) {
    if signal.with_untracked(|shown| *shown != value) {
        signal.set(value);
    }
}
