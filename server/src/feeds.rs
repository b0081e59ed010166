//! The list of occasions for other web sites and calendars: iCalendar, JSON, and an HTML fragment. Public, for every
//! site to fetch, and no more than the public list shows. `server/INTERFACE.md` promises what they hold.

use app::{
    domain::{
        IsoDate,
        course::{PublicOccasion, SignUp},
    },
    pages::public::{SIGN_UP, embedded},
};
use axum::{
    extract::{Query, State},
    http::{HeaderMap, HeaderValue, StatusCode, header},
    response::{IntoResponse, Response},
};
use serde::{Deserialize, Serialize};
use sha2::{Digest, Sha256};

use crate::{
    api::ApiError,
    calendar::{self, Event, Method},
    clock,
    courses::listing::{self, Filter},
    local_time,
    state::AppState,
};

/// How long others may keep what they got.
const KEPT: HeaderValue = HeaderValue::from_static("public, max-age=300");

/// What is asked for.
#[derive(Debug, Default, Deserialize)]
pub struct Asked {
    /// The short name of an association; empty for all.
    #[serde(default)]
    forbund: String,
}

/// `GET /anmalan.ics`.
pub async fn icalendar(State(state): State<AppState>, Query(asked): Query<Asked>, headers: HeaderMap) -> Response {
    answer(&state, &asked, &headers, "text/calendar; charset=utf-8", |occasions, origin, today| {
        calendar_of(occasions, origin, today)
    })
    .await
}

/// `GET /anmalan.json`.
pub async fn json(State(state): State<AppState>, Query(asked): Query<Asked>, headers: HeaderMap) -> Response {
    answer(&state, &asked, &headers, "application/json", |occasions, origin, _| {
        let told: Vec<_> = occasions.iter().map(|occasion| Told::of(occasion, origin)).collect();
        serde_json::json!({ "occasions": told }).to_string()
    })
    .await
}

/// `GET /anmalan/inbaddad`.
pub async fn fragment(State(state): State<AppState>, Query(asked): Query<Asked>, headers: HeaderMap) -> Response {
    answer(&state, &asked, &headers, "text/html; charset=utf-8", |occasions, origin, _| {
        embedded::fragment(occasions, origin)
    })
    .await
}

async fn answer(
    state: &AppState,
    asked: &Asked,
    headers: &HeaderMap,
    kind: &'static str,
    write: impl FnOnce(&[PublicOccasion], &str, Option<IsoDate>) -> String,
) -> Response {
    let now = clock::now_ms();
    let association = Some(asked.forbund.clone()).filter(|slug| !slug.is_empty());
    let filter = Filter { association, ..Filter::default() };
    let occasions = match listing::listed(&state.database, &filter).await {
        Ok(occasions) => occasions,
        Err(error) => return ApiError::from(error).into_response(),
    };
    let origin = state.origins.first().map_or("", String::as_str);
    let body = write(&occasions, origin, local_time::today(now));
    let hash = Sha256::digest(body.as_bytes());
    let tag: String = hash.iter().take(16).map(|byte| format!("{byte:02x}")).collect();
    let tag = format!("\"{tag}\"");
    let is_known = headers
        .get_all(header::IF_NONE_MATCH)
        .iter()
        .filter_map(|value| value.to_str().ok())
        .flat_map(|value| value.split(','))
        .any(|known| matches!(known.trim().trim_start_matches("W/"), known if known == "*" || known == tag));
    let common = [
        (header::CACHE_CONTROL, KEPT),
        (header::ACCESS_CONTROL_ALLOW_ORIGIN, HeaderValue::from_static("*")),
        (header::ETAG, HeaderValue::try_from(tag).unwrap_or(HeaderValue::from_static("\"\""))),
        (header::CONTENT_TYPE, HeaderValue::from_static(kind)),
    ];
    if is_known {
        return (StatusCode::NOT_MODIFIED, common).into_response();
    }
    (common, body).into_response()
}

/// An occasion as programs of others are told it. Only ever added to.
#[derive(Serialize)]
struct Told<'a> {
    id: String,
    url: String,
    title: &'a str,
    course: &'a str,
    organiser: &'a str,
    association: Option<&'a str>,
    days: Vec<Day>,
    place: &'a str,
    online: bool,
    about: &'a str,
    audience: &'a str,
    requires: &'a str,
    capacity: Option<u32>,
    places_left: Option<u32>,
    opens: Option<IsoDate>,
    closes: Option<IsoDate>,
    sign_up: SignUp,
}

#[derive(Serialize)]
struct Day {
    date: IsoDate,
    from: String,
    to: String,
}

impl<'a> Told<'a> {
    fn of(occasion: &'a PublicOccasion, origin: &str) -> Self {
        let day = |day: &app::domain::course::OccasionDay| Day {
            date: day.date,
            from: day.from.to_string(),
            to: day.to.to_string(),
        };
        Self {
            id: occasion.document.to_string(),
            url: address(occasion, origin),
            title: &occasion.title,
            course: &occasion.course,
            organiser: &occasion.organiser.name,
            association: occasion.organiser.association.as_ref().map(|slug| slug.as_str()),
            days: occasion.days.iter().map(day).collect(),
            place: &occasion.place,
            online: occasion.is_online,
            about: &occasion.about,
            audience: &occasion.audience,
            requires: &occasion.requires,
            capacity: occasion.capacity,
            places_left: occasion.places_left,
            opens: occasion.opens,
            closes: occasion.closes,
            sign_up: occasion.sign_up,
        }
    }
}

fn address(occasion: &PublicOccasion, origin: &str) -> String {
    format!("{origin}{SIGN_UP}/{}", occasion.document)
}

fn calendar_of(occasions: &[PublicOccasion], origin: &str, today: Option<IsoDate>) -> String {
    // The same all day, so that what has not changed is not sent again.
    let stamp_ms = today.map_or(0, |today| local_time::end_of(today).saturating_sub(24 * 3_600_000));
    let mut events = Vec::new();
    for occasion in occasions {
        let count = occasion.days.len();
        for (number, day) in (1_usize..).zip(&occasion.days) {
            let of = if count > 1 { format!(" (dag {number} av {count})") } else { String::new() };
            let place = if occasion.place.is_empty() && occasion.is_online { "På distans" } else { &occasion.place };
            let address = address(occasion, origin);
            events.push(Event {
                uid: format!("{}-{number}@samplan", occasion.document),
                stamp_ms,
                day: Some(*day),
                summary: format!("{}{of}", occasion.title),
                description: format!("{}\n\n{}\nAnmälan: {address}", occasion.about, occasion.organiser.name),
                location: place.to_owned(),
                url: address,
                is_cancelled: occasion.sign_up == SignUp::CalledOff,
                ..Event::default()
            });
        }
    }
    calendar::write(Method::Publish, Some("Kurser och träffar"), &events)
}
