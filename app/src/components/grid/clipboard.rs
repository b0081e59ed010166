//! What the clipboard holds: tab-separated text and an html table, both ways, as Excel and LibreOffice write them.

/// Rows of cells, as copied or pasted.
pub type Block = Vec<Vec<String>>;

/// Writes tab-separated text. A cell with a tab, a line break or a quote is quoted, and its quotes are doubled.
pub fn write_text(block: &[Vec<String>]) -> String {
    let rows: Vec<String> =
        block.iter().map(|row| row.iter().map(|cell| quoted(cell)).collect::<Vec<_>>().join("\t")).collect();
    rows.join("\r\n")
}

fn quoted(cell: &str) -> String {
    if cell.contains(['\t', '\n', '\r', '"']) { format!("\"{}\"", cell.replace('"', "\"\"")) } else { cell.to_owned() }
}

/// Reads tab-separated text, quoted or not, with any kind of line break. The line break after the last row, which
/// spreadsheets add, makes no row of its own.
pub fn read_text(text: &str) -> Block {
    let mut block = Block::new();
    let mut row = Vec::new();
    let mut cell = String::new();
    let mut characters = text.chars().peekable();
    let mut in_quotes = false;
    while let Some(character) = characters.next() {
        match character {
            '"' if in_quotes => {
                if characters.next_if_eq(&'"').is_some() {
                    cell.push('"');
                } else {
                    in_quotes = false;
                }
            }
            // A quote opens only at the start of a cell, and only if it is closed at the end of one: a text that
            // happens to begin with a quotation is no quoting.
            '"' if cell.is_empty() && closes(characters.clone()) => in_quotes = true,
            _ if in_quotes => {
                if character == '\r' {
                    characters.next_if_eq(&'\n');
                    cell.push('\n');
                } else {
                    cell.push(character);
                }
            }
            '\t' => row.push(std::mem::take(&mut cell)),
            '\n' | '\r' => {
                if character == '\r' {
                    characters.next_if_eq(&'\n');
                }
                row.push(std::mem::take(&mut cell));
                block.push(std::mem::take(&mut row));
            }
            _ => cell.push(character),
        }
    }
    if !cell.is_empty() || !row.is_empty() {
        row.push(cell);
        block.push(row);
    }
    block
}

fn closes(mut rest: std::iter::Peekable<std::str::Chars<'_>>) -> bool {
    while let Some(character) = rest.next() {
        if character == '"' && rest.next_if_eq(&'"').is_none() {
            return matches!(rest.peek(), None | Some('\t' | '\n' | '\r'));
        }
    }
    false
}

/// Writes an html table, which keeps rows and cells apart in a word processor too.
pub fn write_html(block: &[Vec<String>]) -> String {
    let mut html = String::from("<meta charset=\"utf-8\"><table>");
    for row in block {
        html.push_str("<tr>");
        for cell in row {
            html.push_str("<td>");
            html.push_str(&escaped(cell));
            html.push_str("</td>");
        }
        html.push_str("</tr>");
    }
    html.push_str("</table>");
    html
}

fn escaped(cell: &str) -> String {
    cell.replace('&', "&amp;").replace('<', "&lt;").replace('>', "&gt;").replace('\n', "<br>")
}

/// Reads the first table in html: for sources that give no text. Nothing of the html is ever put into the page.
pub fn read_html(html: &str) -> Option<Block> {
    let mut block = Block::new();
    let mut row: Option<Vec<String>> = None;
    let mut cell: Option<String> = None;
    let mut in_table = false;
    let mut rest = html;
    while !rest.is_empty() {
        let Some(inner) = rest.strip_prefix('<') else {
            let end = rest.find('<').unwrap_or(rest.len());
            if let Some(cell) = &mut cell {
                cell.push_str(&rest[..end]);
            }
            rest = &rest[end..];
            continue;
        };
        let end = inner.find('>')?;
        let tag = inner[..end].trim_end_matches('/').to_ascii_lowercase();
        rest = &inner[end + 1..];
        match tag.split_ascii_whitespace().next().unwrap_or_default() {
            "table" => in_table = true,
            "td" | "th" if in_table => cell = Some(String::new()),
            "br" => {
                if let Some(cell) = &mut cell {
                    cell.push('\u{1}');
                }
            }
            "/td" | "/th" => {
                if let (Some(text), Some(row)) = (cell.take(), &mut row) {
                    row.push(plain(&text));
                }
            }
            "tr" if in_table => row = Some(Vec::new()),
            "/tr" => block.extend(row.take().filter(|row| !row.is_empty())),
            "/table" => break,
            _ => {}
        }
    }
    (!block.is_empty()).then_some(block)
}

/// The text of a cell: white space is one space, `<br>` (kept as U+0001 until here) a line break.
fn plain(text: &str) -> String {
    let words: Vec<&str> = text.split_ascii_whitespace().collect();
    words
        .join(" ")
        .replace(" \u{1} ", "\n")
        .replace("\u{1} ", "\n")
        .replace('\u{1}', "\n")
        .replace("&nbsp;", "\u{a0}")
        .replace("&lt;", "<")
        .replace("&gt;", ">")
        .replace("&quot;", "\"")
        .replace("&#39;", "'")
        .replace("&amp;", "&")
}

#[cfg(test)]
mod tests {
    use super::*;

    fn block(rows: &[&[&str]]) -> Block {
        rows.iter().map(|row| row.iter().map(|cell| (*cell).to_owned()).collect()).collect()
    }

    fn check(text: &str, expected: &[&[&str]]) {
        assert_eq!(read_text(text), block(expected), "{text:?}");
    }

    #[test]
    fn what_excel_and_libreoffice_put_on_the_clipboard_is_read() {
        check("Vår\t125000\r\nHöst\t200000\r\n", &[&["Vår", "125000"], &["Höst", "200000"]]);
        check("a\tb\nc\td", &[&["a", "b"], &["c", "d"]]);
        check("\"två\nrader\"\t1", &[&["två\nrader", "1"]]);
        check("\"sa \"\"hej\"\"\"\t1\r\n", &[&["sa \"hej\"", "1"]]);
        check("\t\r\n", &[&["", ""]]);
        check("ensam", &[&["ensam"]]);
        check("", &[]);
    }

    #[test]
    fn a_text_that_begins_with_a_quotation_is_left_as_it_is() {
        check("\"Hej\" sa hon\t2", &[&["\"Hej\" sa hon", "2"]]);
        check("\"oavslutat\t3", &[&["\"oavslutat", "3"]]);
        check("5\" rör", &[&["5\" rör"]]);
    }

    #[test]
    fn what_is_written_is_read_back() {
        let cells = block(&[&["a\tb", "rad 1\nrad 2", "\"x\""], &["", "å ä ö", "−5"]]);
        assert_eq!(read_text(&write_text(&cells)), cells);
        assert_eq!(read_html(&write_html(&cells)).expect("a table")[1], cells[1]);
    }

    #[test]
    fn a_table_copied_from_a_document_is_read_from_its_html() {
        let html = "<html><body><p>x</p><TABLE border=1><tbody><tr><td class=a> Vår\n och höst</td>\
                    <td>200&nbsp;000</td></tr><tr><th>A &amp; B<br/>C</th><td></td></tr></tbody></table>";
        assert_eq!(read_html(html).expect("a table"), block(&[&["Vår och höst", "200\u{a0}000"], &["A & B\nC", ""]]));
        assert_eq!(read_html("<p>ingen tabell</p>"), None);
        assert_eq!(read_html("<table><tr"), None);
    }

    #[test]
    fn markup_in_a_cell_is_written_as_text() {
        assert!(write_html(&block(&[&["<b>&"]])).contains("&lt;b&gt;&amp;"));
    }
}
