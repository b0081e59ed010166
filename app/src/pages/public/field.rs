//! Fields of a plain form: label above, help under it, the error between help and field, what was typed kept.

use std::collections::BTreeMap;

use leptos::prelude::*;

use crate::components::icon::{Icon, IconView};

/// From so many errors on a summary leads to them.
const MANY: usize = 3;

/// What a form holds when it is drawn, and what is wrong with it.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Filled {
    /// What was typed, by the name of the field.
    pub values: BTreeMap<String, String>,
    /// What is wrong, by the name of the field, in the order of the form.
    pub problems: Vec<(String, String)>,
    /// What is wrong with the whole, as when too many have been sent.
    pub refused: Option<String>,
}

impl Filled {
    /// What was typed in a field.
    pub fn value(&self, name: &str) -> String {
        self.values.get(name).cloned().unwrap_or_default()
    }

    /// What is wrong with a field.
    pub fn problem(&self, name: &str) -> Option<String> {
        self.problems.iter().find(|(field, _)| field == name).map(|(_, text)| text.clone())
    }

    /// Whether the page begins at this field: the first that is wrong, where no summary leads to them all.
    fn begins_at(&self, name: &str) -> bool {
        self.refused.is_none()
            && self.problems.len() < MANY
            && self.problems.first().is_some_and(|(first, _)| first == name)
    }

    /// Whether anything is wrong.
    pub fn is_refused(&self) -> bool {
        self.refused.is_some() || !self.problems.is_empty()
    }
}

/// How a field is named and what it expects.
#[derive(Clone, Debug, Default)]
pub struct Field {
    /// Its name in the form; its element's id follows from it.
    pub name: String,
    /// What it is.
    pub label: String,
    /// What to know before filling it in.
    pub help: &'static str,
    /// Whether it may be left empty.
    pub is_optional: bool,
    /// `email` for an address, `text` otherwise.
    pub kind: &'static str,
    /// What a browser may fill in by itself.
    pub autocomplete: &'static str,
}

impl Field {
    /// A field of one line that must be filled in.
    pub fn required(name: &str, label: &str) -> Self {
        Self { name: name.to_owned(), label: label.to_owned(), kind: "text", autocomplete: "off", ..Self::default() }
    }

    /// A field of one line that may be left empty.
    pub fn optional(name: &str, label: &str) -> Self {
        Self { is_optional: true, ..Self::required(name, label) }
    }

    /// With help under the label.
    pub fn help(self, help: &'static str) -> Self {
        Self { help, ..self }
    }

    /// As one that a browser can fill in.
    pub fn filled_by_browser(self, kind: &'static str, autocomplete: &'static str) -> Self {
        Self { kind, autocomplete, ..self }
    }

    fn told(&self) -> String {
        if self.is_optional { format!("{} (Valfritt)", self.label) } else { self.label.clone() }
    }

    /// The ids of what describes it: help and error, where there are any.
    fn described(&self, problem: &Option<String>) -> Option<String> {
        let help = (!self.help.is_empty()).then(|| help_id(&self.name));
        let error = problem.is_some().then(|| error_id(&self.name));
        let ids: Vec<String> = help.into_iter().chain(error).collect();
        (!ids.is_empty()).then(|| ids.join(" "))
    }
}

/// The id of a field's element.
pub fn id_of(name: &str) -> String {
    format!("falt-{name}")
}

fn help_id(name: &str) -> String {
    format!("falt-{name}-hjalp")
}

fn error_id(name: &str) -> String {
    format!("falt-{name}-fel")
}

fn help(field: &Field) -> Option<AnyView> {
    (!field.help.is_empty()).then(|| {
        view! {
            <p class="help" id=help_id(&field.name)>
                {field.help}
            </p>
        }
        .into_any()
    })
}

fn error(name: &str, problem: Option<String>) -> Option<AnyView> {
    problem.map(|text| {
        view! {
            <p class="error-text" id=error_id(name)>
                <IconView icon=Icon::Error />
                <span>{text}</span>
            </p>
        }
        .into_any()
    })
}

/// A field of one line.
pub fn text_field(field: &Field, filled: &Filled) -> AnyView {
    let problem = filled.problem(&field.name);
    view! {
        <div class="field">
            <label for=id_of(&field.name)>{field.told()}</label>
            {help(field)}
            {error(&field.name, problem.clone())}
            <input
                id=id_of(&field.name)
                name=field.name.clone()
                type=field.kind
                autocomplete=field.autocomplete
                value=filled.value(&field.name)
                aria-required=(!field.is_optional).then_some("true")
                aria-describedby=field.described(&problem)
                aria-invalid=problem.is_some().then_some("true")
                autofocus=filled.begins_at(&field.name)
            />
        </div>
    }
    .into_any()
}

/// A field of several lines.
pub fn long_field(field: &Field, filled: &Filled) -> AnyView {
    let problem = filled.problem(&field.name);
    view! {
        <div class="field">
            <label for=id_of(&field.name)>{field.told()}</label>
            {help(field)}
            {error(&field.name, problem.clone())}
            <textarea
                id=id_of(&field.name)
                name=field.name.clone()
                rows="3"
                aria-required=(!field.is_optional).then_some("true")
                aria-describedby=field.described(&problem)
                aria-invalid=problem.is_some().then_some("true")
                autofocus=filled.begins_at(&field.name)
            >
                {escaped(&filled.value(&field.name))}
            </textarea>
        </div>
    }
    .into_any()
}

/// Leptos writes what stands in a `textarea` as it is, unlike everything else: what somebody typed could end the element
/// and begin one of its own.
fn escaped(text: &str) -> String {
    text.replace('&', "&amp;").replace('<', "&lt;").replace('>', "&gt;")
}

/// A choice of one among few, each with its word and what it is called.
pub fn choice(field: &Field, options: &[(String, String)], filled: &Filled) -> AnyView {
    let problem = filled.problem(&field.name);
    let chosen = filled.value(&field.name);
    let options: Vec<_> = options
        .iter()
        .enumerate()
        .map(|(at, (word, label))| {
            // The first bears the field's own id, to which the summary of errors leads.
            let id = if at == 0 { id_of(&field.name) } else { format!("{}-{at}", id_of(&field.name)) };
            view! {
                <label class="radio" for=id.clone()>
                    <input
                        id=id.clone()
                        type="radio"
                        name=field.name.clone()
                        value=word.clone()
                        checked=*word == chosen
                        autofocus=at == 0 && filled.begins_at(&field.name)
                    />
                    <span>{label.clone()}</span>
                </label>
            }
        })
        .collect();
    let described = field.described(&problem);
    view! {
        <fieldset class="field plain-fieldset" aria-describedby=described>
            <legend class="label">{field.told()}</legend>
            {help(field)}
            {error(&field.name, problem)}
            {options}
        </fieldset>
    }
    .into_any()
}

/// What is wrong, at the top: a sentence about the whole, and from three fields on links to them.
pub fn summary(filled: &Filled) -> Option<AnyView> {
    if let Some(refused) = &filled.refused {
        let refused = refused.clone();
        return Some(
            view! {
                <div class="notice bad" role="alert">
                    <IconView icon=Icon::Error />
                    <p class="notice-body">{refused}</p>
                </div>
            }
            .into_any(),
        );
    }
    let count = filled.problems.len();
    if count == 0 {
        return None;
    }
    if count < MANY {
        let text = if count == 1 { "Du behöver rätta 1 uppgift" } else { "Du behöver rätta 2 uppgifter" };
        return Some(
            view! {
                <p class="error-text" role="alert">
                    <IconView icon=Icon::Error />
                    <span>{text}</span>
                </p>
            }
            .into_any(),
        );
    }
    let links: Vec<_> = filled
        .problems
        .iter()
        .map(|(name, text)| {
            view! {
                <li>
                    <a href=format!("#{}", id_of(name))>{text.clone()}</a>
                </li>
            }
        })
        .collect();
    Some(
        view! {
            <div class="error-summary" role="alert" tabindex="-1" autofocus aria-labelledby="fel-rubrik">
                <h2 id="fel-rubrik">{format!("Du behöver rätta {count} uppgifter")}</h2>
                <ul>{links}</ul>
            </div>
        }
        .into_any(),
    )
}
