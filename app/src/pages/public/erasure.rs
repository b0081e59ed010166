//! `/kurser/gallring`: what goes and when, what is gone, and how a person is erased who asks for it.

use leptos::prelude::*;

use super::{Around, draw};

/// Where the page is.
pub const ERASURE: &str = "/kurser/gallring";

/// The page.
#[derive(Clone, Debug, Default)]
pub struct ErasurePage {
    /// What stands around it.
    pub around: Around,
    /// Those whose courses the user runs.
    pub owners: Vec<OwnerErasures>,
    /// What was looked for, and found.
    pub found: Option<Found>,
    /// How many registrations were just erased.
    pub erased: Option<usize>,
    /// Why nothing was looked for, as a Swedish sentence.
    pub problem: Option<String>,
}

/// What goes and what is gone, of one organiser.
#[derive(Clone, Debug, Default)]
pub struct OwnerErasures {
    /// Its name.
    pub name: String,
    /// How many days registrations are kept after the last day.
    pub retention_days: i64,
    /// What goes, the next first.
    pub coming: Vec<Going>,
    /// What is gone, the latest first.
    pub gone: Vec<Gone>,
}

/// An occasion that goes.
#[derive(Clone, Debug, Default)]
pub struct Going {
    /// *Rubrik*.
    pub title: String,
    /// *Sista kursdag*.
    pub last_day: String,
    /// How many registrations.
    pub people: usize,
    /// The day it goes.
    pub day: String,
    /// Whether that is soon.
    pub is_soon: bool,
}

/// What is gone.
#[derive(Clone, Debug, Default)]
pub struct Gone {
    /// The day.
    pub day: String,
    /// What it was about.
    pub title: String,
    /// *Sista kursdag*.
    pub last_day: String,
    /// How many people.
    pub people: i64,
    /// Whether people were taken out on request, and the rest stays.
    pub is_part: bool,
}

/// What was looked for, and found.
#[derive(Clone, Debug, Default)]
pub struct Found {
    /// What was typed.
    pub wanted: String,
    /// Registrations.
    pub hits: Vec<Hit>,
    /// The occasions that could not be searched: the person may be in them.
    pub unread: Vec<String>,
}

/// A registration that was found.
#[derive(Clone, Debug, Default)]
pub struct Hit {
    /// What is sent to have it erased.
    pub value: String,
    /// *Namn*.
    pub name: String,
    /// *E-post*.
    pub email: String,
    /// The occasion, with its last day.
    pub occasion: String,
    /// *Besked*.
    pub decision: String,
}

impl ErasurePage {
    /// The page as HTML.
    pub fn draw(self) -> String {
        let Self { around, owners, found, erased, problem } = self;
        draw(around, move || {
            let said = erased.map(|count| {
                let what = if count == 1 { "En anmälan är raderad.".to_owned() } else { format!("{count} anmälningar är raderade.") };
                view! {
                    <div class="notice" role="status">
                        <div class="notice-body">
                            <p>
                                <strong>{what}</strong>
                                " Kopior på andra datorer försvinner nästa gång de är uppkopplade, säkerhetskopior inom 35 dagar."
                            </p>
                        </div>
                    </div>
                }
            });
            let owners: Vec<_> = owners.into_iter().map(of_owner).collect();
            view! {
                <div class="page public">
                    <div class="public-header">
                        <h1>"Gallring och radering"</h1>
                        <p class="lead">
                            "Anmälningar tas bort av sig själva en tid efter sista kursdagen. Då försvinner namn, e-post och allt annat om deltagarna, överallt. Antalet deltagare finns kvar i statistiken."
                        </p>
                    </div>
                    {said}
                    {search(found, problem)}
                    {owners}
                </div>
            }
            .into_any()
        })
    }
}

fn search(found: Option<Found>, problem: Option<String>) -> AnyView {
    let wanted = found.as_ref().map(|found| found.wanted.clone()).unwrap_or_default();
    let (invalid, described) = (problem.is_some().then_some("true"), problem.is_some().then_some("falt-sok-fel"));
    let problem = problem.map(|text| {
        view! {
            <p class="error-text" id="falt-sok-fel">
                {text}
            </p>
        }
    });
    view! {
        <section class="erasure" aria-labelledby="radera-rubrik">
            <h2 id="radera-rubrik">"Radera en person"</h2>
            <p>"När någon ber om det. Sök bland anmälningarna och välj vilka som ska bort."</p>
            <form class="filter" method="post" action=format!("{ERASURE}/sok")>
                <div class="field">
                    <label for="falt-sok">"Namn eller e-post"</label>
                    {problem}
                    <input
                        id="falt-sok"
                        name="sok"
                        type="text"
                        autocomplete="off"
                        value=wanted
                        aria-invalid=invalid
                        aria-describedby=described
                    />
                </div>
                <button type="submit" class="button">
                    "Sök"
                </button>
            </form>
            {found.map(results)}
        </section>
    }
    .into_any()
}

fn results(found: Found) -> AnyView {
    let unread = (!found.unread.is_empty()).then(|| {
        let titles: Vec<_> = found.unread.iter().map(|title| view! { <li>{title.clone()}</li> }).collect();
        view! {
            <div class="notice warning" role="status">
                <div class="notice-body">
                    <p class="notice-title">"Alla tillfällen kunde inte genomsökas"</p>
                    <p>"De här är skadade. Personen kan finnas i dem. Be den som sköter Samplan om hjälp."</p>
                    <ul>{titles}</ul>
                </div>
            </div>
        }
    });
    let hits = hits(found);
    view! { {unread} {hits} }.into_any()
}

fn hits(found: Found) -> AnyView {
    if found.hits.is_empty() {
        let text = format!("Ingen anmälan innehåller ”{}”.", found.wanted);
        return view! { <p role="status">{text}</p> }.into_any();
    }
    let hits: Vec<_> = found.hits.into_iter().enumerate().map(hit).collect();
    view! {
        <form class="form" method="post" action=format!("{ERASURE}/radera")>
            <fieldset class="plain-fieldset">
                <legend>"Anmälningar som raderas"</legend>
                {hits}
            </fieldset>
            <p>
                "Personen försvinner ur tillfällena, breven och alla datorer. "
                <strong>"Det går inte att ångra."</strong>
            </p>
            <div class="button-row">
                <button type="submit" class="button">
                    "Radera valda anmälningar"
                </button>
                <a href=ERASURE>"Avbryt"</a>
            </div>
        </form>
    }
    .into_any()
}

fn hit((at, hit): (usize, Hit)) -> impl IntoView {
    let id = format!("val-{at}");
    let email = (!hit.email.is_empty()).then(|| format!(", {}", hit.email));
    view! {
        <div class="radio">
            <input type="checkbox" id=id.clone() name="val" value=hit.value checked />
            <label for=id>
                {hit.name} {email} <br />
                <span class="muted">{format!("{} · {}", hit.occasion, hit.decision)}</span>
            </label>
        </div>
    }
}

fn of_owner(owner: OwnerErasures) -> AnyView {
    let OwnerErasures { name, retention_days, coming, gone } = owner;
    let has_coming = !coming.is_empty();
    let coming: Vec<_> = coming
        .into_iter()
        .map(|going| {
            let soon = going.is_soon.then(|| view! { <span class="badge">"Snart"</span> });
            view! {
                <tr>
                    <th scope="row">{going.title}</th>
                    <td class="day">{going.last_day}</td>
                    <td class="amount number">{going.people}</td>
                    <td class="day">{going.day} " " {soon}</td>
                </tr>
            }
        })
        .collect();
    let coming = if has_coming {
        let label = format!("Gallras hos {name}");
        view! {
            <div class="scroll" tabindex="0" role="region" aria-label=label>
                <table class="plain">
                    <caption>"Det som gallras. De sista två veckorna står det Snart."</caption>
                    <thead>
                        <tr>
                            <th scope="col">"Tillfälle"</th>
                            <th scope="col">"Sista kursdag"</th>
                            <th scope="col" class="amount">
                                "Anmälda"
                            </th>
                            <th scope="col">"Gallras"</th>
                        </tr>
                    </thead>
                    <tbody>{coming}</tbody>
                </table>
            </div>
        }
        .into_any()
    } else {
        view! { <p class="muted">"Det finns inga kurstillfällen."</p> }.into_any()
    };
    let days = format!("Anmälningar sparas {retention_days} dagar efter sista kursdagen.");
    let gone = was_erased(&name, gone);
    view! {
        <section class="erasure">
            <h2>{name}</h2>
            <p>{days}</p>
            {coming}
            {gone}
        </section>
    }
    .into_any()
}

fn was_erased(name: &str, gone: Vec<Gone>) -> Option<AnyView> {
    if gone.is_empty() {
        return None;
    }
    let rows: Vec<_> = gone
        .into_iter()
        .map(|gone| {
            let people = if gone.people == 1 { "1 person".to_owned() } else { format!("{} personer", gone.people) };
            let what =
                if gone.is_part { format!("{people}, på begäran") } else { format!("Hela tillfället, {people}") };
            view! {
                <tr>
                    <td class="day">{gone.day}</td>
                    <th scope="row">{gone.title}</th>
                    <td class="day">{gone.last_day}</td>
                    <td>{what}</td>
                </tr>
            }
        })
        .collect();
    let label = format!("Raderat hos {name}");
    Some(
        view! {
            <div class="scroll" tabindex="0" role="region" aria-label=label>
                <table class="plain">
                    <caption>"Det som är raderat"</caption>
                    <thead>
                        <tr>
                            <th scope="col">"Dag"</th>
                            <th scope="col">"Tillfälle"</th>
                            <th scope="col">"Sista kursdag"</th>
                            <th scope="col">"Vad"</th>
                        </tr>
                    </thead>
                    <tbody>{rows}</tbody>
                </table>
            </div>
        }
        .into_any(),
    )
}
