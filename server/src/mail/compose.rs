//! The words of letters, as plain text and as HTML that says the same. Pure.
//!
//! Letters are in Swedish and short: what has happened, when and where, and what the reader can do.

use super::{
    Letter, OccasionFacts, Occurrence, Stands,
    render::{Part, html, one_line, text},
};
use crate::local_time;

/// A letter in words.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Written {
    /// One line.
    pub subject: String,
    /// For programs that show text.
    pub text: String,
    /// For those that show HTML.
    pub html: String,
}

/// Writes a letter; `has_invite` if one for the calendar goes with it.
pub fn compose(letter: &Letter, has_invite: bool) -> Written {
    let subject = one_line(&subject(letter));
    let greeting = match one_line(&letter.name) {
        name if name.is_empty() => "Hej!".to_owned(),
        name => format!("Hej {name}!"),
    };
    let mut parts = vec![Part::Paragraph(greeting)];
    parts.extend(body(letter, has_invite));
    parts.push(Part::Paragraph(closing(&letter.facts)));
    Written { text: text(&parts), html: html(&subject, &parts), subject }
}

fn subject(letter: &Letter) -> String {
    let title = &letter.facts.title;
    match letter.occurrence {
        Occurrence::Confirmed => format!("Du har en plats: {title}"),
        Occurrence::Preliminary => format!("Vi har tagit emot din anmälan: {title}"),
        Occurrence::Waiting => format!("Du står på väntelistan: {title}"),
        Occurrence::Offered { .. } => format!("En plats är ledig för dig: {title}"),
        Occurrence::Reminder => format!("Påminnelse: {title}"),
        Occurrence::Changed(Stands::Waits) => format!("Nya uppgifter, du står på väntelistan: {title}"),
        Occurrence::Changed(_) => format!("Nya uppgifter: {title}"),
        Occurrence::Cancelled if letter.facts.is_called_off => format!("Inställt: {title}"),
        Occurrence::Cancelled => format!("Avbokat: {title}"),
        Occurrence::Lapsed { .. } => format!("Erbjudandet har gått ut: {title}"),
        Occurrence::Refused => format!("Din anmälan är inte godkänd: {title}"),
        Occurrence::Evaluation { .. } => format!("Vad tyckte du? {title}"),
    }
}

fn body(letter: &Letter, has_invite: bool) -> Vec<Part> {
    let facts = &letter.facts;
    let title = one_line(&facts.title);
    let manage = |words| letter.manage.clone().map(|address| Part::Link { words, address });
    let personal =
        || letter.manage.as_ref().map(|_| Part::Paragraph("Länken är din egen. Skicka den inte vidare.".into()));
    let say = |text: String| Some(Part::Paragraph(text));
    let parts = match &letter.occurrence {
        Occurrence::Confirmed => vec![
            say(format!("Du har en plats på {title}.")),
            Some(listed(facts, true)),
            has_invite.then(|| Part::Paragraph("En kalenderbokning följer med mejlet.".into())),
            manage("Se, ändra eller avboka din anmälan"),
            personal(),
        ],
        Occurrence::Preliminary => vec![
            say(format!(
                "Tack för din anmälan till {title}. Kursen bygger vidare på en annan, och kursadministratören går igenom \
                 vad du har gått. Du behåller din tur under tiden. Vi mejlar dig besked."
            )),
            Some(listed(facts, false)),
            manage("Se, ändra eller avboka din anmälan"),
            personal(),
        ],
        Occurrence::Waiting => vec![
            say(format!(
                "Tack för din anmälan till {title}. Alla platser är tagna just nu, så du står på väntelistan. \
                 Vi mejlar dig om en plats blir ledig. Du behöver inte göra något."
            )),
            Some(listed(facts, false)),
            manage("Se eller ta bort din anmälan"),
            personal(),
        ],
        Occurrence::Offered { until_ms } => vec![
            say(format!(
                "En plats på {title} har blivit ledig och är din om du svarar senast {}. Efter det går den till nästa.",
                local_time::moment_in_words(*until_ms)
            )),
            Some(listed(facts, false)),
            manage("Svara på erbjudandet"),
            personal(),
        ],
        Occurrence::Reminder => vec![
            say(format!("Snart är det dags för {title}.")),
            Some(listed(facts, true)),
            say("Kan du inte komma? Avboka, så får någon annan din plats.".into()).filter(|_| letter.manage.is_some()),
            manage("Se, ändra eller avboka din anmälan"),
        ],
        Occurrence::Changed(stands) => vec![
            say(format!("Uppgifterna om {title} har ändrats. {} Så här gäller nu:", where_it_stands(*stands))),
            Some(listed(facts, *stands == Stands::HasPlace)),
            has_invite.then(|| Part::Paragraph("En ny kalenderbokning följer med och ersätter den förra.".into())),
            manage(match stands {
                Stands::HasPlace => "Se, ändra eller avboka din anmälan",
                Stands::IsOffered => "Svara på erbjudandet",
                Stands::Waits | Stands::IsJudged => "Se eller ta bort din anmälan",
            }),
            personal(),
        ],
        Occurrence::Cancelled if facts.is_called_off => vec![
            say(format!("{title} är tyvärr inställt.")),
            Some(listed(facts, false)),
            has_invite
                .then(|| Part::Paragraph("Bokningen i din kalender tas bort. Du behöver inte göra något.".into())),
        ],
        Occurrence::Cancelled => vec![
            say(format!("Din anmälan till {title} är avbokad. Du har inte längre någon plats.")),
            Some(listed(facts, false)),
            has_invite.then(|| Part::Paragraph("Bokningen i din kalender tas bort.".into())),
            say("Var det inte meningen? Hör av dig till arrangören.".into()),
        ],
        Occurrence::Lapsed { address } => vec![
            say(format!(
                "Du erbjöds en plats på {title}, men vi fick inget svar i tid. Platsen har gått till nästa på väntelistan, \
                 och du står inte längre på den."
            )),
            Some(listed(facts, false)),
            say("Vill du fortfarande gå? Anmäl dig igen, så länge anmälan är öppen. Du hamnar då sist i kön.".into()),
            Some(Part::Link { words: "Anmäl dig igen", address: address.clone() }),
        ],
        Occurrence::Refused => vec![
            say(format!(
                "Din anmälan till {title} är inte godkänd, och du har ingen plats. Kursen bygger vidare på en annan, och \
                 kursadministratören kunde inte se att du har gått den."
            )),
            Some(listed(facts, false)),
            has_invite.then(|| Part::Paragraph("Bokningen i din kalender tas bort.".into())),
            say("Har det blivit fel? Hör av dig till arrangören.".into()),
        ],
        Occurrence::Evaluation { address } => vec![
            say(format!(
                "Tack för att du var med på {title}. Vill du svara på några frågor om hur det var? Det tar ungefär två minuter."
            )),
            Some(Part::Link { words: "Svara på frågorna", address: address.clone() }),
            say("Svaren sparas utan namn. Länken fungerar en gång.".into()),
        ],
    };
    parts.into_iter().flatten().collect()
}

/// What has not changed, for whoever is told that something has.
fn where_it_stands(stands: Stands) -> &'static str {
    match stands {
        Stands::HasPlace => "Du har kvar din plats.",
        Stands::IsOffered => "Erbjudandet om en plats gäller fortfarande.",
        Stands::Waits => "Du står kvar på väntelistan.",
        Stands::IsJudged => "Din anmälan är fortfarande preliminär.",
    }
}

/// When, where and by whom. The video link is for those who have a place.
fn listed(facts: &OccasionFacts, has_place: bool) -> Part {
    let days = facts.days.iter().map(|day| format!("{} kl. {}–{}", day.date.in_words(), day.from, day.to));
    let mut listed = vec![("När", days.collect())];
    let link = if has_place { facts.link.as_str() } else { "" };
    for (word, what) in [("Var", facts.place.as_str()), ("Videolänk", link), ("Utbildare", facts.trainers.as_str())] {
        listed.push((word, vec![one_line(what)]));
    }
    listed.push(("Arrangör", vec![one_line(&facts.organiser)]));
    listed.retain(|(_, lines)| lines.iter().any(|line| !line.is_empty()));
    Part::Facts(listed)
}

fn closing(facts: &OccasionFacts) -> String {
    let contact = one_line(&facts.contact);
    let ask = if contact.is_empty() { String::new() } else { format!("Frågor? {contact}\n\n") };
    format!("{ask}Vänliga hälsningar\n{}", one_line(&facts.organiser))
}

#[cfg(test)]
#[expect(clippy::unwrap_used, reason = "a panic is a failed test")]
mod tests {
    use app::domain::{DocumentId, RegistrationId, course::OccasionDay};

    use super::*;

    fn letter(occurrence: Occurrence) -> Letter {
        Letter {
            document: DocumentId::from_random([1; 16]),
            registration: RegistrationId::from_random([2; 16]),
            to: "deltagare@example.se".into(),
            name: "Deltagare Ett".into(),
            occurrence,
            facts: OccasionFacts {
                title: "LF Grund".into(),
                organiser: "Samordningsförbundet Västerås".into(),
                days: vec![
                    OccasionDay {
                        date: "2021-04-12".parse().unwrap(),
                        from: "09:00".parse().unwrap(),
                        to: "16:00".parse().unwrap(),
                    },
                    OccasionDay {
                        date: "2021-04-13".parse().unwrap(),
                        from: "09:00".parse().unwrap(),
                        to: "12:00".parse().unwrap(),
                    },
                ],
                place: "Stadshuset".into(),
                link: "https://video.example/rum".into(),
                trainers: String::new(),
                contact: "kurs@vasteras.example".into(),
                is_called_off: false,
            },
            manage: Some("https://samplan.example/anmalan/min/abc".into()),
        }
    }

    #[test]
    fn a_confirmation_says_when_and_where_and_what_to_do() {
        let written = compose(&letter(Occurrence::Confirmed), true);
        assert_eq!(written.subject, "Du har en plats: LF Grund");
        assert_eq!(
            written.text,
            "Hej Deltagare Ett!\n\n\
             Du har en plats på LF Grund.\n\n\
             När: måndag 12 april 2021 kl. 09:00–16:00\n    tisdag 13 april 2021 kl. 09:00–12:00\n\
             Var: Stadshuset\n\
             Videolänk: https://video.example/rum\n\
             Arrangör: Samordningsförbundet Västerås\n\n\
             En kalenderbokning följer med mejlet.\n\n\
             Se, ändra eller avboka din anmälan:\nhttps://samplan.example/anmalan/min/abc\n\n\
             Länken är din egen. Skicka den inte vidare.\n\n\
             Frågor? kurs@vasteras.example\n\n\
             Vänliga hälsningar\nSamordningsförbundet Västerås\n"
        );
    }

    #[test]
    fn an_offer_says_until_when_and_keeps_the_video_link_for_those_who_have_a_place() {
        let written = compose(&letter(Occurrence::Offered { until_ms: 1_617_886_800_000 }), false);
        assert!(written.text.contains("senast torsdag 8 april 2021 kl. 15:00."), "{}", written.text);
        assert!(!written.text.contains("video.example"));
    }

    #[test]
    fn a_course_that_is_called_off_is_not_told_as_if_the_reader_had_cancelled() {
        let mut called_off = letter(Occurrence::Cancelled);
        called_off.facts.is_called_off = true;
        let written = compose(&called_off, true);
        assert_eq!(written.subject, "Inställt: LF Grund");
        assert!(!written.text.contains("avbokad"), "{}", written.text);
    }

    #[test]
    fn who_let_an_offer_pass_is_told_so_and_how_to_sign_up_again() {
        let address = "https://samplan.example/anmalan/x".to_owned();
        let written = compose(&letter(Occurrence::Lapsed { address: address.clone() }), false);
        assert_eq!(written.subject, "Erbjudandet har gått ut: LF Grund");
        assert!(written.text.contains("gått till nästa") && written.text.contains(&address), "{}", written.text);
        assert!(!written.text.contains("avbokad") && !written.text.contains("/min/"), "{}", written.text);
    }

    #[test]
    fn what_people_wrote_is_shown_and_never_runs() {
        let mut hostile = letter(Occurrence::Confirmed);
        hostile.name = "<script>alert(1)</script>\r\nBcc: x@example.se".into();
        hostile.facts.title = "A & B \"<img src=x onerror=y>\"".into();
        hostile.facts.link = "javascript:alert(1)".into();
        hostile.manage = Some("https://x.example/\"><b>".into());
        let written = compose(&hostile, true);
        for raw in ["<script", "<img", "<b>", "href=\"javascript"] {
            assert!(!written.html.contains(raw), "{raw} in {}", written.html);
        }
        assert!(written.html.contains("A &amp; B &quot;&lt;img"));
        assert!(!written.subject.contains(['\r', '\n']));
        assert!(written.text.starts_with("Hej <script>alert(1)</script> Bcc: x@example.se!\n\n"));
    }

    #[test]
    fn every_letter_has_words_of_its_own() {
        let all = [
            Occurrence::Confirmed,
            Occurrence::Preliminary,
            Occurrence::Waiting,
            Occurrence::Offered { until_ms: 0 },
            Occurrence::Reminder,
            Occurrence::Changed(Stands::HasPlace),
            Occurrence::Changed(Stands::Waits),
            Occurrence::Cancelled,
            Occurrence::Lapsed { address: "https://samplan.example/anmalan/x".into() },
            Occurrence::Refused,
            Occurrence::Evaluation { address: "https://samplan.example/utvardering/x".into() },
        ];
        let written: Vec<_> = all.into_iter().map(|occurrence| compose(&letter(occurrence), false)).collect();
        for (index, one) in written.iter().enumerate() {
            assert!(one.text.contains("LF Grund") && one.html.contains("LF Grund"));
            assert!(written[..index].iter().all(|other| other.subject != one.subject));
        }
    }
}
