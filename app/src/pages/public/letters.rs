//! `/kurser/brev`: the letters of the occasions that somebody runs: what went out, what waits and what did not arrive.

use leptos::prelude::*;

use super::{Around, draw};
use crate::components::icon::{Icon, IconView};

/// Where the letters are.
pub const LETTERS: &str = "/kurser/brev";

/// How a letter stands, as far as the page shows it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Standing {
    /// It is out.
    Out,
    /// It is on its way, or waits until letters are sent.
    Waiting,
    /// Somebody has to do something.
    Stuck,
}

/// One letter.
#[derive(Clone, Debug)]
pub struct LetterRow {
    /// Its number, under which it is answered.
    pub number: i64,
    /// To whom, and to which address.
    pub to: (String, String),
    /// One line.
    pub subject: String,
    /// What it says.
    pub text: String,
    /// When it was written.
    pub written: String,
    /// How it stands.
    pub standing: Standing,
    /// Whether it can be tried again.
    pub can_retry: bool,
    /// Whether it is still worth sending.
    pub can_send: bool,
    /// Whether there is an entry for the calendar to attach, should somebody send it themselves.
    pub has_invite: bool,
    /// How it stands, in words.
    pub state: String,
}

/// The page.
pub struct LettersPage {
    /// What stands around it.
    pub around: Around,
    /// What is to be known before: that no server is set up, or that it does not answer. A title and a sentence.
    pub notice: Option<(String, String)>,
    /// What came of trying all again, as a sentence.
    pub tried: Option<String>,
    /// Whether letters go out by themselves.
    pub is_set_up: bool,
    /// Whether those that are out are shown too.
    pub shows_all: bool,
    /// The letters, by occasion and newest first.
    pub occasions: Vec<(String, Vec<LetterRow>)>,
}

impl LettersPage {
    /// The page as HTML.
    pub fn draw(self) -> String {
        let Self { around, notice, tried, is_set_up, shows_all, occasions } = self;
        draw(around, move || {
            let notice = notice.map(|(title, text)| {
                view! {
                    <div class="notice warning">
                        <IconView icon=Icon::Warning />
                        <div class="notice-body">
                            <p class="notice-title">{title}</p>
                            <p>{text}</p>
                        </div>
                    </div>
                }
            });
            let tried = tried.map(|text| {
                view! {
                    <div class="notice" role="status">
                        <div class="notice-body">
                            <p>{text}</p>
                        </div>
                    </div>
                }
            });
            let (lead, other, label) = if shows_all {
                ("Alla brev till deltagare.", LETTERS.to_owned(), "Visa bara brev som inte har gått iväg")
            } else {
                ("Brev till deltagare som inte har gått iväg.", format!("{LETTERS}?visa=alla"), "Visa alla brev")
            };
            let to_retry = |row: &&LetterRow| row.standing != Standing::Out && row.can_retry;
            let to_retry = occasions.iter().flat_map(|(_, rows)| rows).filter(to_retry).count();
            let again = (is_set_up && to_retry > 1).then(|| {
                view! {
                    <form method="post" action=format!("{LETTERS}/alla")>
                        <button type="submit" class="button">
                            "Försök igen med alla"
                        </button>
                    </form>
                }
            });
            let list = if occasions.is_empty() { empty(shows_all) } else { groups(occasions, shows_all) };
            view! {
                <div class="page public letters">
                    <div class="public-header">
                        <h1>"Brev"</h1>
                        <p class="lead">{lead}</p>
                        <p>
                            <a href=other>{label}</a>
                        </p>
                    </div>
                    {tried} {notice} {again}
                    {list}
                </div>
            }
            .into_any()
        })
    }
}

fn empty(shows_all: bool) -> AnyView {
    let (title, text) = if shows_all {
        ("Inga brev än", "När någon anmäler sig till en kurs syns brevet här.")
    } else {
        ("Alla brev har gått iväg", "Ett brev som inte kommer fram syns här med orsaken.")
    };
    view! {
        <div class="empty public-empty">
            <p class="empty-title">{title}</p>
            <p>{text}</p>
        </div>
    }
    .into_any()
}

fn groups(occasions: Vec<(String, Vec<LetterRow>)>, shows_all: bool) -> AnyView {
    let groups: Vec<_> = occasions
        .into_iter()
        .enumerate()
        .map(|(index, (title, rows))| {
            let id = format!("tillfalle-{index}");
            let rows: Vec<_> = rows.into_iter().map(|row| letter(row, shows_all)).collect();
            view! {
                <section aria-labelledby=id.clone()>
                    <h2 id=id.clone()>{title}</h2>
                    <ul class="letter-list">{rows}</ul>
                </section>
            }
        })
        .collect();
    groups.into_any()
}

fn letter(row: LetterRow, shows_all: bool) -> AnyView {
    let LetterRow {
        number,
        to: (name, address),
        subject,
        text,
        written,
        standing,
        can_retry,
        can_send,
        has_invite,
        state,
    } = row;
    let id = format!("brev-{number}");
    // Which letter a button is about, for those who do not see it beside the button.
    let about = format!("brev-{number}-amne");
    let mood = match standing {
        Standing::Out => "free",
        Standing::Waiting => "none",
        Standing::Stuck => "few",
    };
    let actions = (standing != Standing::Out).then(|| {
        let by_mail = can_send.then(|| {
            let by_mail = mail_link(&address, &subject, &text);
            view! {
                <a class="button quiet" href=by_mail>
                    "Skicka själv"
                </a>
            }
        });
        let invite = has_invite.then(|| {
            view! {
                <a class="button quiet" href=format!("{LETTERS}/{number}/kalender") aria-describedby=about.clone() download>
                    "Kalenderbokning"
                </a>
            }
        });
        let again = can_retry.then(|| action("igen", "Försök igen", &about));
        view! {
            <form class="button-row" method="post" action=format!("{LETTERS}/{number}")>
                <input type="hidden" name="visa" value=if shows_all { "alla" } else { "" } />
                {again}
                {action("skickat", if can_send { "Markera som skickat" } else { "Ta bort ur listan" }, &about)}
                {by_mail}
                {invite}
            </form>
        }
    });
    view! {
        <li class="letter" id=id>
            <p class="letter-head">
                <strong id=about.clone()>{subject}</strong>
                <span class=format!("places {mood}")>{state}</span>
            </p>
            <p class="muted">{format!("Till {name} <{address}>, skrivet {written}")}</p>
            <details>
                <summary>"Läs brevet"</summary>
                <pre class="letter-text">{text}</pre>
            </details>
            {actions}
        </li>
    }
    .into_any()
}

fn action(word: &'static str, label: &'static str, about: &str) -> AnyView {
    let about = about.to_owned();
    view! {
        <button type="submit" class="button" name="gor" value=word aria-describedby=about>
            {label}
        </button>
    }
    .into_any()
}

/// Opens the user's own mail program with the letter in it.
fn mail_link(address: &str, subject: &str, text: &str) -> String {
    let body = text.replace('\n', "\r\n");
    format!("mailto:{}?subject={}&body={}", encoded(address), encoded(subject), encoded(&body))
}

/// Percent-encoded, with nothing left that means something in an address.
fn encoded(text: &str) -> String {
    let mut encoded = String::with_capacity(text.len());
    for byte in text.bytes() {
        match byte {
            b'a'..=b'z' | b'A'..=b'Z' | b'0'..=b'9' | b'-' | b'.' | b'_' | b'~' | b'@' => {
                encoded.push(char::from(byte))
            }
            byte => encoded.push_str(&format!("%{byte:02X}")),
        }
    }
    encoded
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_letter_fits_into_a_link() {
        assert_eq!(
            mail_link("a+b@x.se", "Hej & hå?", "Rad\nå"),
            "mailto:a%2Bb@x.se?subject=Hej%20%26%20h%C3%A5%3F&body=Rad%0D%0A%C3%A5"
        );
    }
}
