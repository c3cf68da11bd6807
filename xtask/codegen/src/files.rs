//! The generated files on disk: compare, show, write.

use std::fs;
use std::io::{self, Write};
use std::path::{Path, PathBuf};

use anyhow::Context;
use cluster_agents_codegen::Files;
use similar::{ChangeTag, TextDiff};

/// How many lines of a difference are shown per file.
const SHOWN: usize = 100;

/// A generated file beside what is on disk.
pub(crate) struct Change {
    /// From the root of the workspace, with `/`.
    pub(crate) path: &'static str,
    pub(crate) state: State,
    target: PathBuf,
    before: String,
    after: String,
}

/// How a file on disk relates to what was generated.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum State {
    Same,
    Differs,
    Missing,
}

/// Reads a text with any line ends.
pub(crate) fn read(path: &Path) -> anyhow::Result<String> {
    let text =
        fs::read_to_string(path).with_context(|| format!("cannot read {}", path.display()))?;
    Ok(text.replace("\r\n", "\n"))
}

/// Holds everything that was generated against the disk.
pub(crate) fn compare(root: &Path, files: &Files) -> anyhow::Result<Vec<Change>> {
    let change = |(path, after): (&&'static str, &String)| {
        let target = root.join(path);
        let before = if target.exists() { Some(read(&target)?) } else { None };
        let state = match &before {
            None => State::Missing,
            Some(before) if before == after => State::Same,
            Some(_) => State::Differs,
        };
        let (before, after) = (before.unwrap_or_default(), after.clone());
        Ok(Change { path, state, target, before, after })
    };
    files.iter().map(change).collect()
}

/// Writes a file whole or not at all.
pub(crate) fn write(change: &Change) -> anyhow::Result<()> {
    let target = &change.target;
    let folder = target.parent().context("a generated file has no folder")?;
    let attempt = || -> io::Result<()> {
        fs::create_dir_all(folder)?;
        let mut file = tempfile::Builder::new().prefix(".codegen").tempfile_in(folder)?;
        file.write_all(change.after.as_bytes())?;
        keep_readable(file.as_file())?;
        file.persist(target)?;
        Ok(())
    };
    attempt().with_context(|| format!("cannot write {}", target.display()))
}

/// Temporary files are for their owner only, sources are for everybody.
#[cfg(unix)]
fn keep_readable(file: &fs::File) -> io::Result<()> {
    use std::os::unix::fs::PermissionsExt;
    file.set_permissions(fs::Permissions::from_mode(0o644))
}

#[cfg(not(unix))]
fn keep_readable(_: &fs::File) -> io::Result<()> {
    Ok(())
}

/// Shows what would change in a file, cut after [`SHOWN`] lines.
pub(crate) fn show(change: &Change, colour: bool, out: &mut dyn Write) -> io::Result<()> {
    let word = if change.state == State::Missing { "Missing" } else { "Stale" };
    writeln!(out, "{word:>12} {}", change.path)?;
    let diff = TextDiff::from_lines(&change.before, &change.after);
    let hunks = diff.unified_diff().context_radius(2).to_string();
    let mut lines = hunks.lines();
    for line in lines.by_ref().take(SHOWN) {
        writeln!(out, "{}", painted(line, colour))?;
    }
    match lines.count() {
        0 => Ok(()),
        more => writeln!(out, "… and {more} more lines"),
    }
}

fn painted(line: &str, colour: bool) -> String {
    let tag = match line.as_bytes().first() {
        Some(b'+') => ChangeTag::Insert,
        Some(b'-') => ChangeTag::Delete,
        _ => ChangeTag::Equal,
    };
    match tag {
        ChangeTag::Insert if colour => format!("\u{1b}[32m{line}\u{1b}[0m"),
        ChangeTag::Delete if colour => format!("\u{1b}[31m{line}\u{1b}[0m"),
        ChangeTag::Insert | ChangeTag::Delete | ChangeTag::Equal => line.to_owned(),
    }
}
