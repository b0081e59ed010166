//! How many errors there are, in a sentence: of a plan, and of all of them.

use crate::boot::Checked;
use crate::domain::Finding;

/// What was found in a plan, counted.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Tally {
    /// Whether the plan could be read.
    pub is_read: bool,
    /// Figures that cannot be right.
    pub errors: usize,
    /// Rules that are not kept to.
    pub rules: usize,
}

impl Tally {
    /// What was found in one plan.
    pub fn of(checked: &Checked) -> Self {
        let Checked::Read(plan) = checked else { return Self::default() };
        let rules = plan.findings.iter().filter(|finding: &&Finding| finding.kind.is_rule()).count();
        Self { is_read: true, errors: plan.findings.len() - rules, rules }
    }

    /// Whether there is nothing to say.
    pub fn is_good(self) -> bool {
        self.errors == 0 && self.rules == 0
    }

    /// The plan's state in a sentence.
    pub fn sentence(self) -> String {
        format!("{}{}", self.errors(), self.rules())
    }

    fn errors(self) -> String {
        match self.errors {
            0 => "Inga fel hittades.".to_owned(),
            count => format!("{count} fel hittades."),
        }
    }

    fn rules(self) -> String {
        match self.rules {
            0 => String::new(),
            1 => " 1 regel följs inte.".to_owned(),
            count => format!(" {count} regler följs inte."),
        }
    }
}

/// What was found in all plans.
pub fn in_all(tallies: impl Iterator<Item = Tally>) -> String {
    let (read, unread): (Vec<Tally>, Vec<Tally>) = tallies.partition(|tally| tally.is_read);
    let sum = |of: fn(&Tally) -> usize| read.iter().map(of).sum();
    let sum = Tally { is_read: true, errors: sum(|tally| tally.errors), rules: sum(|tally| tally.rules) };
    let what = match read.len() {
        1 => "1 plan är kontrollräknad.".to_owned(),
        count => format!("{count} planer är kontrollräknade."),
    };
    let place = match read.iter().filter(|tally| tally.errors > 0).count() {
        0 => String::new(),
        _ if read.len() == 1 => String::new(),
        1 => " De finns i 1 plan.".to_owned(),
        count => format!(" De finns i {count} planer."),
    };
    let place = if sum.errors == 1 { String::new() } else { place };
    let rest = match unread.len() {
        0 => String::new(),
        1 => " 1 plan är inte kontrollräknad.".to_owned(),
        count => format!(" {count} planer är inte kontrollräknade."),
    };
    format!("{what} {}{place}{}{rest}", sum.errors(), sum.rules())
}

/// What to know of changes that the server lacks; none where it has all.
pub fn unsent(count: usize) -> Option<String> {
    match count {
        0 => None,
        1 => Some(
            "1 ändring på den här datorn är inte skickad än och är inte med här. Öppna planen så skickas den."
                .to_owned(),
        ),
        count => Some(format!(
            "{count} ändringar på den här datorn är inte skickade än och är inte med här. Öppna planen så skickas de."
        )),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn read(errors: usize, rules: usize) -> Tally {
        Tally { is_read: true, errors, rules }
    }

    #[test]
    fn a_plan_s_state_is_clear_also_where_only_a_rule_is_broken() {
        assert_eq!(read(0, 0).sentence(), "Inga fel hittades.");
        assert_eq!(read(0, 1).sentence(), "Inga fel hittades. 1 regel följs inte.");
        assert_eq!(read(3, 2).sentence(), "3 fel hittades. 2 regler följs inte.");
        assert!(read(0, 0).is_good() && !read(0, 1).is_good());
    }

    #[test]
    fn all_plans_are_added_up_and_what_could_not_be_read_is_told() {
        assert_eq!(in_all([read(0, 0)].into_iter()), "1 plan är kontrollräknad. Inga fel hittades.");
        assert_eq!(
            in_all([read(1, 1), read(4, 0), read(0, 0)].into_iter()),
            "3 planer är kontrollräknade. 5 fel hittades. De finns i 2 planer. 1 regel följs inte."
        );
        assert_eq!(
            in_all([read(0, 0), Tally::default()].into_iter()),
            "1 plan är kontrollräknad. Inga fel hittades. 1 plan är inte kontrollräknad."
        );
    }

    #[test]
    fn what_lies_on_the_device_alone_is_told() {
        assert_eq!(unsent(0), None);
        assert!(unsent(1).is_some_and(|text| text.starts_with("1 ändring på")));
        assert!(unsent(4).is_some_and(|text| text.starts_with("4 ändringar på")));
    }
}
