//! Writes things for people and for programs.

use std::io::{self, Write};

use clap::ValueEnum;
use cluster_agents_client::types::{Agent, AgentTokenDetail, CreatedAgentToken};
use serde::Serialize;

#[derive(Clone, Copy, Debug, ValueEnum)]
pub(crate) enum Format {
    /// Columns for people
    Table,
    /// An array for programs
    Json,
}

/// Something that is a row of a table.
pub(crate) trait Table {
    const HEADING: &'static [&'static str];

    fn row(&self) -> Vec<String>;
}

impl Format {
    pub(crate) fn write<T: Serialize + Table>(
        self,
        items: &[T],
        out: &mut impl Write,
    ) -> io::Result<()> {
        match self {
            Self::Json => {
                serde_json::to_writer_pretty(&mut *out, items)?;
                writeln!(out)
            }
            Self::Table => table(T::HEADING, items.iter().map(Table::row).collect(), out),
        }
    }
}

fn table(heading: &[&str], rows: Vec<Vec<String>>, out: &mut impl Write) -> io::Result<()> {
    let heading = heading.iter().map(ToString::to_string).collect();
    let rows: Vec<Vec<String>> = std::iter::once(heading).chain(rows).collect();
    let columns = rows.first().map_or(0, Vec::len);
    let width = |column: usize| rows.iter().map(|row| row[column].chars().count()).max();
    let widths: Vec<_> = (0..columns).map(|column| width(column).unwrap_or(0)).collect();
    for row in &rows {
        let cells = row.iter().zip(&widths).map(|(cell, width)| format!("{cell:<width$}"));
        writeln!(out, "{}", cells.collect::<Vec<_>>().join("  ").trim_end())?;
    }
    Ok(())
}

fn or_dash(value: Option<impl ToString>) -> String {
    value.map_or_else(|| "-".to_owned(), |value| value.to_string())
}

impl Table for Agent {
    const HEADING: &'static [&'static str] = &["ID", "NAME", "REGISTERED", "BY", "RECEPTIVE"];

    fn row(&self) -> Vec<String> {
        vec![
            self.id.to_string(),
            self.name.clone(),
            self.created_at.to_string(),
            or_dash(self.created_by_user_id),
            or_dash(self.is_receptive.map(|receptive| if receptive { "yes" } else { "no" })),
        ]
    }
}

impl Table for AgentTokenDetail {
    const HEADING: &'static [&'static str] = &["ID", "NAME", "STATUS", "CREATED", "LAST USED"];

    fn row(&self) -> Vec<String> {
        vec![
            self.id.to_string(),
            self.name.clone(),
            self.status.to_string(),
            self.created_at.to_string(),
            or_dash(self.last_used_at),
        ]
    }
}

impl Table for CreatedAgentToken {
    const HEADING: &'static [&'static str] = &["ID", "NAME", "SECRET"];

    fn row(&self) -> Vec<String> {
        vec![self.id.to_string(), self.name.clone(), self.token.expose().to_owned()]
    }
}
