//! Takes one line of an accounting file apart: `#OBJEKT 1 "10" "Administration"`.
//!
//! Fields stand between spaces or tabs. One with spaces in it is quoted, a quotation mark in it is written `\"`. Braces
//! hold a list of objects, or open and close the rows of a voucher.

/// A part of a line.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Field {
    /// A text without its quotation marks; may be empty.
    Text(String),
    /// *Objektlista*: what stands between braces.
    Objects(Vec<String>),
    /// A brace that opens the rows of a voucher.
    Open,
    /// A brace that closes them.
    Close,
}

/// The fields of a line.
///
/// # Errors
/// A quotation mark or a brace without its fellow: the Swedish sentence that says so.
pub fn fields(line: &str) -> Result<Vec<Field>, &'static str> {
    let mut rest = line.chars().peekable();
    let mut found = Vec::new();
    // The texts of the list of objects that is open, if one is.
    let mut list: Option<Vec<String>> = None;
    while let Some(&next) = rest.peek() {
        match next {
            ' ' | '\t' => {
                rest.next();
            }
            '{' => {
                rest.next();
                if list.replace(Vec::new()).is_some() {
                    return Err("Raden har en klammer { inuti en annan. Objekten skrivs som { 1 \"10\" 6 \"P1\" }.");
                }
            }
            '}' => {
                rest.next();
                found.push(list.take().map_or(Field::Close, Field::Objects));
            }
            _ => {
                let text = text(&mut rest)?;
                match &mut list {
                    Some(objects) => objects.push(text),
                    None => found.push(Field::Text(text)),
                }
            }
        }
    }
    match list {
        None => Ok(found),
        // Some programs open the rows of a voucher on the voucher's own line.
        Some(objects) if objects.is_empty() => {
            found.push(Field::Open);
            Ok(found)
        }
        Some(_) => Err("Klammern { avslutas inte på raden. Den ska följas av }."),
    }
}

fn text(rest: &mut std::iter::Peekable<std::str::Chars<'_>>) -> Result<String, &'static str> {
    let mut text = String::new();
    if rest.next_if_eq(&'"').is_none() {
        while let Some(character) = rest.next_if(|next| !matches!(next, ' ' | '\t' | '{' | '}')) {
            text.push(character);
        }
        return Ok(text);
    }
    loop {
        match rest.next() {
            Some('"') => return Ok(text),
            // A backslash stands for itself, unless a quotation mark comes after it.
            Some('\\') => text.push(rest.next_if_eq(&'"').unwrap_or('\\')),
            // Control characters have no business in a text, and none on a screen.
            Some(control) if control.is_control() => text.push(' '),
            Some(character) => text.push(character),
            None => return Err("Citattecknet \" avslutas inte på raden."),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::{Field, fields};

    fn text(text: &str) -> Field {
        Field::Text(text.into())
    }

    fn objects(texts: &[&str]) -> Field {
        Field::Objects(texts.iter().map(|text| (*text).to_owned()).collect())
    }

    #[test]
    fn a_line_is_taken_apart_at_spaces_tabs_quotes_and_braces() {
        let rows: [(&str, Vec<Field>); 9] = [
            ("#KONTO 4010 Insatser", vec![text("#KONTO"), text("4010"), text("Insatser")]),
            ("#KONTO\t4010\t \"Köpta  tjänster\"", vec![text("#KONTO"), text("4010"), text("Köpta  tjänster")]),
            (r#"#FNAMN "Förbundet \"Exempel\"""#, vec![text("#FNAMN"), text("Förbundet \"Exempel\"")]),
            (r#"#GEN "C:\filer""#, vec![text("#GEN"), text(r"C:\filer")]),
            ("#TRANS 4010 {} 1.00", vec![text("#TRANS"), text("4010"), objects(&[]), text("1.00")]),
            (
                "#TRANS 4010 {1 \"10\" 6 P1} 1",
                vec![text("#TRANS"), text("4010"), objects(&["1", "10", "6", "P1"]), text("1")],
            ),
            ("   {", vec![Field::Open]),
            ("}", vec![Field::Close]),
            ("#VER A \"\" 20210101 {", vec![text("#VER"), text("A"), text(""), text("20210101"), Field::Open]),
        ];
        for (line, expected) in rows {
            assert_eq!(fields(line), Ok(expected), "{line}");
        }
    }

    #[test]
    fn a_quote_or_brace_without_its_fellow_is_told() {
        for line in ["#FNAMN \"Exempel", "#TRANS 4010 {1 10 5.00", "#TRANS 4010 {1 {", "#FNAMN \"slut\\\""] {
            assert!(fields(line).is_err(), "{line}");
        }
    }
}
