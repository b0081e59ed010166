//! Calendars as programs exchange them (iCalendar, RFC 5545): lines escaped and folded, and what the time zone is.
//!
//! Written here, and read back by the `icalendar` crate in tests. That crate writes too, but puts an identifier and a time
//! stamp into every part of a time zone, which the standard does not allow and some calendars refuse.

use std::fmt::Write;

use app::domain::course::{ClockTime, OccasionDay};

use crate::local_time;

/// The name of Swedish time in every calendar of ours.
const ZONE: &str = "Europe/Stockholm";
/// Octets of a line before it is folded.
const LONGEST_LINE: usize = 75;

/// What a calendar is for, which mail programs act on.
#[derive(Clone, Copy, Debug, PartialEq, Eq, serde::Serialize, serde::Deserialize)]
pub enum Method {
    /// To be looked at, as a feed is.
    Publish,
    /// An invitation, or what has changed in one.
    Request,
    /// An invitation that no longer holds.
    Cancel,
}

impl Method {
    /// The word that calendars use.
    pub fn as_str(self) -> &'static str {
        match self {
            Self::Publish => "PUBLISH",
            Self::Request => "REQUEST",
            Self::Cancel => "CANCEL",
        }
    }
}

/// One event of a calendar.
#[derive(Clone, Debug, Default)]
pub struct Event {
    /// The same as long as the event is the same.
    pub uid: String,
    /// Rises with each change that is sent.
    pub sequence: u32,
    /// When this was written.
    pub stamp_ms: i64,
    /// The day and its hours.
    pub day: Option<OccasionDay>,
    /// How many days in a row the event stands for, at the same hours; none or one where it is one day. Each that is in
    /// truth at another time stands as an event of the same identifier, [`instead_of`](Self::instead_of) it.
    pub in_a_row: u32,
    /// Which day of the row this one is in truth.
    pub instead_of: Option<OccasionDay>,
    /// What it is called.
    pub summary: String,
    /// More about it.
    pub description: String,
    /// Where it is.
    pub location: String,
    /// A page about it.
    pub url: String,
    /// Who invites: name and address.
    pub organiser: Option<(String, String)>,
    /// Who is invited.
    pub attendee: Option<(String, String)>,
    /// Whether it no longer takes place for whoever reads this.
    pub is_cancelled: bool,
}

/// The text of a calendar with these events.
pub fn write(method: Method, name: Option<&str>, events: &[Event]) -> String {
    let mut lines = Lines::default();
    lines.raw("BEGIN", "VCALENDAR");
    lines.raw("VERSION", "2.0");
    lines.raw("PRODID", "-//Samplan//Samplan//SV");
    lines.raw("CALSCALE", "GREGORIAN");
    lines.raw("METHOD", method.as_str());
    if let Some(name) = name {
        lines.text("X-WR-CALNAME", name);
    }
    lines.zone();
    for event in events {
        lines.event(event);
    }
    lines.raw("END", "VCALENDAR");
    lines.0
}

#[derive(Default)]
struct Lines(String);

impl Lines {
    /// A line whose value is written as it stands.
    fn raw(&mut self, name: &str, value: &str) {
        self.fold(&format!("{name}:{value}"));
    }

    /// A line whose value is text of people.
    fn text(&mut self, name: &str, value: &str) {
        self.fold(&format!("{name}:{}", escaped(value)));
    }

    fn some_text(&mut self, name: &str, value: &str) {
        if !value.trim().is_empty() {
            self.text(name, value);
        }
    }

    /// Lines of at most 75 octets, broken between characters.
    fn fold(&mut self, line: &str) {
        let mut room = LONGEST_LINE;
        for character in line.chars() {
            if character.len_utf8() > room {
                self.0.push_str("\r\n ");
                room = LONGEST_LINE - 1;
            }
            room -= character.len_utf8();
            self.0.push(character);
        }
        self.0.push_str("\r\n");
    }

    /// The rule of the European Union since 1996, which is all that is needed for days to come.
    fn zone(&mut self) {
        self.raw("BEGIN", "VTIMEZONE");
        self.raw("TZID", ZONE);
        for (part, from, to, name, start, month) in [
            ("DAYLIGHT", "+0100", "+0200", "CEST", "19960331T020000", 3),
            ("STANDARD", "+0200", "+0100", "CET", "19961027T030000", 10),
        ] {
            self.raw("BEGIN", part);
            self.raw("TZOFFSETFROM", from);
            self.raw("TZOFFSETTO", to);
            self.raw("TZNAME", name);
            self.raw("DTSTART", start);
            self.raw("RRULE", &format!("FREQ=YEARLY;BYMONTH={month};BYDAY=-1SU"));
            self.raw("END", part);
        }
        self.raw("END", "VTIMEZONE");
    }

    fn event(&mut self, event: &Event) {
        let Some(day) = event.day else { return };
        self.raw("BEGIN", "VEVENT");
        self.raw("UID", &event.uid);
        self.raw("SEQUENCE", &event.sequence.to_string());
        self.raw("DTSTAMP", &local_time::compact_utc(event.stamp_ms));
        let at = |time: ClockTime| local_time::compact(day.date, time);
        self.raw(&format!("DTSTART;TZID={ZONE}"), &at(day.from));
        self.raw(&format!("DTEND;TZID={ZONE}"), &at(day.to));
        if event.in_a_row > 1 {
            self.raw("RRULE", &format!("FREQ=DAILY;COUNT={}", event.in_a_row));
        }
        if let Some(of) = event.instead_of {
            self.raw(&format!("RECURRENCE-ID;TZID={ZONE}"), &local_time::compact(of.date, of.from));
        }
        self.text("SUMMARY", &event.summary);
        self.some_text("LOCATION", &event.location);
        self.some_text("DESCRIPTION", &event.description);
        if event.url.starts_with("https://") || event.url.starts_with("http://") {
            self.raw("URL", &one_word(&event.url));
        }
        if let Some((name, address)) = &event.organiser {
            self.raw(&format!("ORGANIZER;CN={}", quoted(name)), &mail_address(address));
        }
        if let Some((name, address)) = &event.attendee {
            // Whoever is told of a place has asked for it: the answer is known.
            let parameters = "CUTYPE=INDIVIDUAL;ROLE=REQ-PARTICIPANT;PARTSTAT=ACCEPTED;RSVP=FALSE";
            self.raw(&format!("ATTENDEE;{parameters};CN={}", quoted(name)), &mail_address(address));
        }
        self.raw("STATUS", if event.is_cancelled { "CANCELLED" } else { "CONFIRMED" });
        self.raw("TRANSP", if event.is_cancelled { "TRANSPARENT" } else { "OPAQUE" });
        self.raw("END", "VEVENT");
    }
}

fn escaped(text: &str) -> String {
    let mut escaped = String::with_capacity(text.len());
    for character in text.trim().chars() {
        match character {
            '\\' | ',' | ';' => {
                escaped.push('\\');
                escaped.push(character);
            }
            '\n' => escaped.push_str("\\n"),
            control if control.is_control() => {}
            character => escaped.push(character),
        }
    }
    escaped
}

/// A parameter's value: there is no way to write a quotation mark in one.
fn quoted(text: &str) -> String {
    let inner: String =
        text.chars().map(|it| if it == '"' { '\'' } else { it }).filter(|character| !character.is_control()).collect();
    format!("\"{inner}\"")
}

fn mail_address(address: &str) -> String {
    let mut written = String::new();
    let _ = write!(written, "mailto:{}", one_word(address));
    written
}

/// Without what could begin a line or a value of its own.
fn one_word(text: &str) -> String {
    text.chars().filter(|character| !character.is_control() && !character.is_whitespace()).collect()
}

#[cfg(test)]
#[expect(clippy::unwrap_used, reason = "a panic is a failed test")]
mod tests {
    use icalendar::{CalendarComponent, Component, EventLike};

    use super::*;

    fn event() -> Event {
        Event {
            uid: "1@samplan".into(),
            day: Some(OccasionDay {
                date: "2021-04-12".parse().unwrap(),
                from: "09:00".parse().unwrap(),
                to: "16:30".parse().unwrap(),
            }),
            summary: "Grund; dag 1, \"start\"".into(),
            description: "Rad ett\r\nRad två \\ slut".into(),
            location: "Aros Congress Center, Västerås – en adress som är så lång att raden måste delas två gånger, åäö"
                .into(),
            organiser: Some(("Ett \"förbund\"; öst\r\nX:1".into(), "kurs@forbund.example\r\nX:1".into())),
            ..Event::default()
        }
    }

    #[test]
    fn what_is_written_reads_back_as_it_was() {
        let text = write(Method::Request, None, &[event()]);
        let calendar: icalendar::Calendar = text.parse().unwrap();
        let CalendarComponent::Event(read) = calendar.components.last().unwrap() else { panic!("no event") };
        assert_eq!(read.get_summary(), Some("Grund; dag 1, \"start\""));
        assert_eq!(read.get_description(), Some("Rad ett\nRad två \\ slut"));
        assert_eq!(read.get_location(), Some(event().location.as_str()));
        assert_eq!(read.property_value("DTSTART"), Some("20210412T090000"));
        assert_eq!(read.property_value("DTEND"), Some("20210412T163000"));
        assert_eq!(read.properties()["DTSTART"].params()["TZID"].value(), ZONE);
        assert_eq!(calendar.property_value("METHOD"), Some("REQUEST"));
    }

    #[test]
    fn no_line_is_longer_than_seventy_five_octets_and_every_one_ends_alike() {
        let text = write(Method::Publish, Some("Kurser och träffar åäö ".repeat(9).as_str()), &[event()]);
        assert!(text.ends_with("END:VCALENDAR\r\n"));
        for line in text.split_terminator("\r\n") {
            assert!(line.len() <= LONGEST_LINE, "{line}");
            assert!(!line.contains(['\r', '\n']), "{line:?}");
        }
    }

    #[test]
    fn nobody_can_write_lines_of_their_own_into_a_calendar() {
        let text = write(Method::Request, Some("a\r\nX:1"), &[event()]);
        assert!(!text.contains("\nX:1"), "{text}");
    }

    #[test]
    fn the_time_zone_has_both_halves_of_the_year_and_nothing_that_only_events_have() {
        let text = write(Method::Publish, None, &[]);
        let zone = text.split("BEGIN:VTIMEZONE").nth(1).unwrap();
        assert!(zone.contains("TZNAME:CEST\r\nDTSTART:19960331T020000\r\nRRULE:FREQ=YEARLY;BYMONTH=3;BYDAY=-1SU"));
        assert!(zone.contains("TZNAME:CET\r\nDTSTART:19961027T030000\r\nRRULE:FREQ=YEARLY;BYMONTH=10;BYDAY=-1SU"));
        assert!(!zone.contains("UID") && !zone.contains("DTSTAMP"));
    }
}
