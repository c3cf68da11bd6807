//! `init`: a file of settings to begin with.

use std::fs::OpenOptions;
use std::io::{self, Write};
use std::path::Path;

use cluster_agents_conformance::settings::TEMPLATE;
use cluster_agents_conformance::{Error, Exit};

/// Writes the file, unless there is one.
pub(crate) fn write(path: &Path, out: &mut dyn Write) -> anyhow::Result<Exit> {
    let refuse = |error: io::Error| Error::File {
        path: path.display().to_string(),
        line: None,
        problem: match error.kind() {
            io::ErrorKind::AlreadyExists => String::from("it is there already and was left alone"),
            _ => format!("it cannot be written: {error}"),
        },
    };
    let mut file = OpenOptions::new().write(true).create_new(true).open(path).map_err(refuse)?;
    file.write_all(TEMPLATE.as_bytes()).map_err(refuse)?;
    writeln!(out, "{:>12} {}", "Wrote", path.display())?;
    writeln!(out, "{:>12} fill it in, then: cargo xtask conformance doctor", "Next")?;
    Ok(Exit::Conformant)
}
