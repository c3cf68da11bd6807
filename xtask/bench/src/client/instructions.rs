//! Instructions a call takes, counted by callgrind: they do not depend on what else the machine does.

use std::fs;
use std::io::Write;
use std::process::{Command, Stdio};

use anyhow::Context;

use super::canned::Server;
use super::programs::Program;

/// How many calls the shorter and the longer run have. Their difference leaves out what a program does
/// before its first call.
const CALLS: [usize; 2] = [100, 500];

/// The most that a call may take, ours by theirs.
const GOAL: f64 = 1.05;

pub(crate) fn compare(
    ours: &Program,
    theirs: &Program,
    server: &Server,
    out: &mut dyn Write,
) -> anyhow::Result<()> {
    let is_there = Command::new("valgrind").arg("--version").stdout(Stdio::null()).status();
    if !is_there.is_ok_and(|status| status.success()) {
        writeln!(out, "instructions: not counted, because there is no valgrind")?;
        return Ok(());
    }
    let (ours, theirs) = (a_call(ours, server)?, a_call(theirs, server)?);
    let ratio = ours as f64 / theirs as f64;
    writeln!(
        out,
        "instructions of a get: {ours} beside {theirs} of reqwest and serde; ratio {ratio:.3}  \
         ≤ {GOAL:.2} {}",
        if ratio <= GOAL { "reached" } else { "MISSED" }
    )?;
    Ok(())
}

fn a_call(program: &Program, server: &Server) -> anyhow::Result<u64> {
    let [short, long] = CALLS.map(|calls| total(program, calls, server));
    let calls = u64::try_from(CALLS[1] - CALLS[0])?;
    Ok(long?.saturating_sub(short?) / calls)
}

fn total(program: &Program, calls: usize, server: &Server) -> anyhow::Result<u64> {
    let folder = tempfile::tempdir()?;
    let file = folder.path().join("callgrind");
    let mut valgrind = Command::new("valgrind");
    valgrind.args(["--quiet", "--tool=callgrind"]);
    valgrind.arg(format!("--callgrind-out-file={}", file.display()));
    valgrind.arg(program.path()).args(["get", &calls.to_string()]);
    program.told(&mut valgrind, server)?;
    let counted = fs::read_to_string(file)?;
    let totals = counted.lines().find_map(|line| line.strip_prefix("totals: "));
    Ok(totals.context("callgrind counted nothing")?.trim().parse()?)
}
