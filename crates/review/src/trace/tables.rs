//! Tables of attributes: cells parted by tabs, or by bars as in Markdown.

/// One attribute.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Row {
    /// Its name, with dots between levels.
    pub name: String,
    /// Its type, as the table writes it: `integer or string`.
    pub types: String,
    /// Whether it must be sent, where the table says so.
    pub required: Option<bool>,
    /// The rest.
    pub description: String,
}

impl Row {
    /// The types one by one.
    pub fn type_names(&self) -> Vec<String> {
        self.types.split(" or ").map(|name| name.trim().to_owned()).collect()
    }
}

/// A table that was read.
pub(super) struct Table {
    pub(super) rows: Vec<Row>,
    /// How many lines it took.
    pub(super) lines: usize,
    /// It has a column that says what must be sent.
    pub(super) has_required: bool,
    /// All rows stand on one line.
    pub(super) broken: bool,
}

pub(super) fn is_row(line: &str) -> bool {
    line.contains('\t') || line.trim_start().starts_with('|')
}

pub(super) fn read(lines: &[String]) -> Table {
    let count = lines.iter().take_while(|line| is_row(line)).count();
    let broken = lines[..count].iter().any(|line| line.contains("| |"));
    let cells: Vec<_> = lines[..count].iter().flat_map(|line| rows_of(line)).collect();
    let mut cells = cells.into_iter().filter(|row| !is_rule(row));
    let header = cells.next().unwrap_or_default();
    let has_required = header.iter().any(|cell| cell == "Required");
    let rows = cells.filter_map(|cells| row(&cells, has_required)).collect();
    Table { rows, lines: count, has_required, broken }
}

/// The cells of a line, which may hold several rows that ran together.
fn rows_of(line: &str) -> Vec<Vec<String>> {
    let cells = |text: &str, mark: char| {
        text.split(mark).map(|cell| cell.trim().to_owned()).collect::<Vec<_>>()
    };
    if line.contains('\t') {
        return vec![cells(line, '\t')];
    }
    let rows = line.trim().trim_matches('|').split("| |");
    rows.map(|row| cells(row.trim_matches('|'), '|')).collect()
}

/// The line of dashes below a header.
fn is_rule(cells: &[String]) -> bool {
    cells.iter().all(|cell| cell.chars().all(|c| "-—–: ".contains(c)))
}

fn row(cells: &[String], has_required: bool) -> Option<Row> {
    let (name, types) = (cells.first()?.clone(), cells.get(1)?.clone());
    let required =
        has_required.then(|| cells.get(2).is_some_and(|cell| cell == "yes" || cell == "Yes"));
    let rest = &cells[2..];
    let description = rest.iter().skip(usize::from(has_required)).cloned().collect::<Vec<_>>();
    let description = description.join(" ");
    Some(Row { name, types, required, description: description.trim_end_matches('.').to_owned() })
}
