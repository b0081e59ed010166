//! Paragraphs, facts and links as plain text, and as HTML that says the same. Pure.

/// A paragraph, a list of facts or a link, before it is text or HTML.
pub enum Part {
    /// A paragraph; an empty line within it makes two.
    Paragraph(String),
    /// A word and its lines, each.
    Facts(Vec<(&'static str, Vec<String>)>),
    /// Where to go, and in what words.
    Link {
        /// The words.
        words: &'static str,
        /// Where.
        address: String,
    },
}

/// As text.
pub fn text(parts: &[Part]) -> String {
    let mut paragraphs = Vec::new();
    for part in parts {
        paragraphs.push(match part {
            Part::Paragraph(words) => words.clone(),
            Part::Link { words, address } => format!("{words}:\n{address}"),
            Part::Facts(facts) => {
                let fact = |(word, lines): &(&str, Vec<String>)| format!("{word}: {}", lines.join("\n    "));
                facts.iter().map(fact).collect::<Vec<_>>().join("\n")
            }
        });
    }
    let mut text = paragraphs.join("\n\n");
    text.push('\n');
    text
}

const BODY: &str = "margin:0;padding:24px 12px;background:#F5F6F8;color:#1A1D23;\
    font:16px/1.5 system-ui,-apple-system,'Segoe UI',Roboto,Arial,sans-serif";
const CARD: &str =
    "max-width:560px;margin:0 auto;padding:24px;background:#FFFFFF;border:1px solid #D5D9DF;border-radius:8px";
const LINK: &str = "display:inline-block;padding:10px 16px;background:#1F5A93;color:#FFFFFF;border-radius:6px;\
    text-decoration:none;font-weight:600";
const ADDRESS: &str = "font-size:14px;color:#565C66;word-break:break-all";
const TERM: &str = "padding:4px 16px 4px 0;text-align:left;vertical-align:top;font-weight:600;white-space:nowrap";

/// As HTML that says the same.
pub fn html(subject: &str, parts: &[Part]) -> String {
    let mut body = String::new();
    for part in parts {
        match part {
            Part::Paragraph(words) => {
                for paragraph in words.split("\n\n") {
                    body.push_str(&format!(
                        "<p style=\"margin:0 0 16px\">{}</p>\n",
                        escaped(paragraph).replace('\n', "<br>")
                    ));
                }
            }
            Part::Link { words, address } => {
                let address = escaped(address);
                body.push_str(&format!(
                    "<p style=\"margin:0 0 4px\"><a style=\"{LINK}\" href=\"{address}\">{}</a></p>\n\
                     <p style=\"margin:0 0 16px;{ADDRESS}\">{address}</p>\n",
                    escaped(words)
                ));
            }
            Part::Facts(facts) => {
                body.push_str("<table style=\"border-collapse:collapse;margin:0 0 16px\"><tbody>\n");
                for (word, lines) in facts {
                    let lines: Vec<_> = lines.iter().map(|line| linked(line)).collect();
                    body.push_str(&format!(
                        "<tr><th scope=\"row\" style=\"{TERM}\">{}</th><td style=\"padding:4px 0\">{}</td></tr>\n",
                        escaped(word),
                        lines.join("<br>")
                    ));
                }
                body.push_str("</tbody></table>\n");
            }
        }
    }
    format!(
        "<!DOCTYPE html>\n<html lang=\"sv\">\n<head>\n<meta charset=\"utf-8\">\n\
         <meta name=\"viewport\" content=\"width=device-width, initial-scale=1\">\n<title>{}</title>\n</head>\n\
         <body style=\"{BODY}\">\n<div style=\"{CARD}\">\n{body}</div>\n</body>\n</html>\n",
        escaped(subject)
    )
}

/// A line that is an address, as a link; any other as it stands.
fn linked(line: &str) -> String {
    let shown = escaped(line);
    if (line.starts_with("https://") || line.starts_with("http://")) && !line.contains(char::is_whitespace) {
        return format!("<a style=\"color:#1F5A93\" href=\"{shown}\">{shown}</a>");
    }
    shown
}

/// Text as HTML shows it, also within an attribute.
pub fn escaped(text: &str) -> String {
    let mut escaped = String::with_capacity(text.len());
    for character in text.chars() {
        match character {
            '&' => escaped.push_str("&amp;"),
            '<' => escaped.push_str("&lt;"),
            '>' => escaped.push_str("&gt;"),
            '"' => escaped.push_str("&quot;"),
            '\'' => escaped.push_str("&#39;"),
            character => escaped.push(character),
        }
    }
    escaped
}

/// What people wrote, on one line: a line break in a name could pass for a line of ours.
pub fn one_line(text: &str) -> String {
    text.split(|character: char| character.is_control() || character.is_whitespace())
        .filter(|word| !word.is_empty())
        .collect::<Vec<_>>()
        .join(" ")
}
