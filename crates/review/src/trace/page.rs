//! The documentation as sections: plain text as browsers copy it, or Markdown.

use sha2::{Digest, Sha256};

use super::tables::{self, Row};

/// A page of the documentation.
#[derive(Debug, Default)]
pub struct Page {
    /// Its sections, in its order.
    pub sections: Vec<Section>,
}

/// What stands under one heading.
#[derive(Debug, Default)]
pub struct Section {
    /// The heading.
    pub heading: String,
    /// Method and path: `GET /projects/:id/cluster_agents`.
    pub endpoint: Option<String>,
    /// The table of what is sent.
    pub request: Vec<Row>,
    /// The table of what is answered.
    pub response: Vec<Row>,
    /// The sentences, each with its line.
    pub sentences: Vec<Sentence>,
    /// The command lines of the examples.
    pub commands: Vec<String>,
    /// The JSON of the examples, as text.
    pub answers: Vec<String>,
    /// A table whose lines ran together.
    pub has_broken_table: bool,
}

/// A sentence of the page.
#[derive(Debug, Clone)]
pub struct Sentence {
    /// The words, with single spaces and without marks of emphasis.
    pub text: String,
    /// Its line, from 1.
    pub line: usize,
}

impl Sentence {
    /// Twelve hexadecimal digits that stand for the words.
    pub fn hash(&self) -> String {
        let hash = Sha256::digest(self.text.as_bytes());
        hash.iter().take(6).map(|byte| format!("{byte:02x}")).collect()
    }
}

/// Lines of a copied page that say nothing.
const FURNITURE: &[&str] =
    &["Copy to clipboard", "Shell", "JSON", "History", "Help & feedback", "```", "---"];
const METHODS: &[&str] = &["GET /", "POST /", "PUT /", "PATCH /", "DELETE /"];

impl Page {
    /// Reads a page. `headings` are known headings; others are found by their form.
    pub fn parse(text: &str, headings: &[&str]) -> Self {
        let lines: Vec<_> = text.lines().map(plain).collect();
        let mut page = Self::default();
        let mut index = 0;
        while index < lines.len() {
            let line = lines[index].as_str();
            if let Some(heading) = heading(&lines, index, headings) {
                page.sections.push(Section { heading, ..Section::default() });
                index += 1;
            } else if let Some(section) = page.sections.last_mut() {
                index += section.read(&lines, index);
            } else {
                debug_assert!(!headings.contains(&line));
                index += 1;
            }
        }
        page
    }

    /// The section with a heading.
    pub fn section(&self, heading: &str) -> Option<&Section> {
        self.sections.iter().find(|section| section.heading == heading)
    }
}

impl Section {
    /// Reads what begins at a line and tells how many lines that was.
    fn read(&mut self, lines: &[String], index: usize) -> usize {
        let line = lines[index].trim();
        if METHODS.iter().any(|method| line.starts_with(method)) {
            self.endpoint = Some(line.to_owned());
        } else if line.starts_with("curl ") {
            let count =
                1 + lines[index..].iter().take_while(|l| l.trim_end().ends_with('\\')).count();
            let end = (index + count).min(lines.len());
            self.commands.push(lines[index..end].join("\n"));
            return end - index;
        } else if line.starts_with(['{', '[']) && !line.starts_with("{{") {
            let count = json_lines(&lines[index..]);
            self.answers.push(lines[index..index + count].join("\n"));
            return count;
        } else if tables::is_row(line) {
            let table = tables::read(&lines[index..]);
            self.has_broken_table |= table.broken;
            for row in &table.rows {
                self.sentences.extend(further(&row.description, index + 1));
            }
            let is_request = table.has_required;
            if is_request { &mut self.request } else { &mut self.response }.extend(table.rows);
            return table.lines;
        } else {
            self.sentences.extend(sentences(line, index + 1));
        }
        1
    }
}

/// A line without marks of emphasis, code and links.
fn plain(line: &str) -> String {
    let mut text = line.replace("**", "");
    if !text.trim_start().starts_with("```") {
        text = text.replace('`', "");
    }
    while let Some(start) = text.find("](") {
        let Some(end) = text[start..].find(')') else { break };
        let Some(open) = text[..start].rfind('[') else { break };
        text = format!("{}{}{}", &text[..open], &text[open + 1..start], &text[start + end + 1..]);
    }
    text.trim_end().to_owned()
}

/// A Markdown heading, a known one, or a short line without a full stop before a sentence.
fn heading(lines: &[String], index: usize, known: &[&str]) -> Option<String> {
    let line = lines[index].trim();
    if let Some(text) = line.strip_prefix('#') {
        return Some(text.trim_start_matches('#').trim().to_owned());
    }
    if known.contains(&line) {
        return Some(line.to_owned());
    }
    let is_title = line.starts_with(|c: char| c.is_ascii_uppercase())
        && line.len() <= 80
        && line.split(' ').count() >= 2
        && !line.ends_with(['.', ':', '\\'])
        && !["Tier:", "Offering:", "Copy to"].iter().any(|start| line.starts_with(start))
        && !tables::is_row(line)
        && !METHODS.iter().any(|method| line.starts_with(method));
    let next = lines[index + 1..].iter().map(|line| line.trim()).find(|line| !line.is_empty())?;
    let begins = next == "History" || next.starts_with("Tier:") || is_sentence(next);
    (is_title && begins).then(|| line.to_owned())
}

fn is_sentence(line: &str) -> bool {
    line.ends_with('.') && line.contains(' ') && !tables::is_row(line)
}

/// How many lines a JSON text has: until its brackets are closed, or the text ends.
fn json_lines(lines: &[String]) -> usize {
    let mut depth = 0_i32;
    for (index, line) in lines.iter().enumerate() {
        for c in line.chars() {
            match c {
                '{' | '[' => depth += 1,
                '}' | ']' => depth -= 1,
                _ => {}
            }
        }
        if depth <= 0 {
            return index + 1;
        }
    }
    lines.len()
}

fn sentences(line: &str, number: usize) -> Vec<Sentence> {
    let says_nothing = FURNITURE
        .iter()
        .any(|word| line == *word || word.starts_with("``") && line.starts_with(word))
        || line.is_empty()
        || line.ends_with(':')
        || line.starts_with("{{")
        || line.starts_with("- [");
    if says_nothing { Vec::new() } else { split(line, number) }
}

/// The sentences of a table's cell after its first, which only names the attribute.
fn further(text: &str, line: usize) -> Vec<Sentence> {
    split(text, line).into_iter().skip(1).collect()
}

fn split(text: &str, line: usize) -> Vec<Sentence> {
    let words = text.split_whitespace().collect::<Vec<_>>().join(" ");
    let parts = words.split_inclusive(". ").map(|part| part.trim().trim_end_matches('.'));
    parts
        .filter(|part| part.chars().any(char::is_alphanumeric))
        .map(|part| Sentence { text: part.to_owned(), line })
        .collect()
}
