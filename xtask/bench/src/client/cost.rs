//! What it costs to depend on the client: packages, time to build from nothing, size of the program.

use std::collections::BTreeSet;
use std::fs;
use std::io::Write;
use std::time::{Duration, Instant};

use anyhow::Context;

use super::programs;

/// The programs, what they are called in the table, and the one that the others are measured by.
const PROGRAMS: [(&str, &str); 3] = [
    ("plain", "reqwest and serde"),
    ("ours", "`cluster-agents-client`"),
    ("gitlab-crate", "`gitlab`"),
];

#[derive(Clone)]
struct Cost {
    packages: usize,
    wall: Duration,
    processor: Duration,
    bytes: u64,
}

pub(crate) fn table(out: &mut dyn Write) -> anyhow::Result<()> {
    writeln!(out, "| program | packages | build, wall | build, processor | size |")?;
    writeln!(out, "|---|---|---|---|---|")?;
    let mut first = None;
    for (name, title) in PROGRAMS {
        let cost = measure(name)?;
        let base: &Cost = first.get_or_insert_with(|| cost.clone());
        writeln!(
            out,
            "| {title} | {} | {} | {} | {} |",
            beside(cost.packages as f64, base.packages as f64, "", 0),
            beside(cost.wall.as_secs_f64(), base.wall.as_secs_f64(), " s", 0),
            beside(cost.processor.as_secs_f64(), base.processor.as_secs_f64(), " s", 0),
            beside(cost.bytes as f64 / 1e6, base.bytes as f64 / 1e6, " MB", 2),
        )?;
        out.flush()?;
    }
    Ok(())
}

/// A figure with its unit, and by how much it is above another.
fn beside(value: f64, base: f64, unit: &str, digits: usize) -> String {
    if value == base {
        return format!("{value:.digits$}{unit}");
    }
    format!("{value:.digits$}{unit} ({:+.0} %)", (value / base - 1.0) * 100.0)
}

fn measure(name: &str) -> anyhow::Result<Cost> {
    // What was built before would not be built again; what was downloaded may stay.
    match fs::remove_dir_all(programs::target(name)) {
        Err(error) if error.kind() != std::io::ErrorKind::NotFound => return Err(error.into()),
        _ => {}
    }
    programs::cargo(name, &["fetch"]).status()?;
    let (before, start) = (children()?, Instant::now());
    let program = programs::build(name)?;
    let (wall, processor) = (start.elapsed(), children()?.saturating_sub(before));
    let bytes = fs::metadata(program.path())?.len();
    Ok(Cost { packages: packages(name)?, wall, processor, bytes })
}

/// The packages that a program needs, without itself and without what only builds them.
fn packages(name: &str) -> anyhow::Result<usize> {
    let tree =
        ["tree", "--package", name, "--edges", "normal", "--prefix", "none", "--format", "{p}"];
    let output = programs::cargo(name, &tree).output()?;
    let text = String::from_utf8(output.stdout)?;
    let names =
        text.lines().map(|line| line.trim_end_matches(" (*)")).filter(|line| !line.is_empty());
    Ok(names.collect::<BTreeSet<_>>().len().saturating_sub(1))
}

/// How long the processors have worked for the programs that this one started and that have ended.
fn children() -> anyhow::Result<Duration> {
    let stat = fs::read_to_string("/proc/self/stat").context("there is no Linux to ask")?;
    // The name of the program, which is in parentheses, may have spaces.
    let (_, fields) = stat.rsplit_once(')').context("it has a name")?;
    let mut times = fields.split_whitespace().skip(13).take(2).map(str::parse::<u64>);
    let ticks = times.next().context("user time")?? + times.next().context("system time")??;
    Ok(Duration::from_millis(ticks * 10))
}
