//! `cargo xtask TASK`: finds the task, builds it and hands over to it.
//!
//! Each task is a package of its own below this folder, so that one task never waits for the
//! dependencies of another: judging an implementation does not compile the code generator.

use std::env;
use std::ffi::OsString;
use std::io::{self, Write};
use std::process::{Command, ExitCode};

struct Task {
    name: &'static str,
    about: &'static str,
    /// Whether it is only worth running optimised.
    release: bool,
}

const TASKS: &[Task] = &[
    Task {
        name: "conformance",
        about: "Judge an implementation of the Agents API over HTTP",
        release: false,
    },
    Task {
        name: "codegen",
        about: "Make types, client, mock and server stub from the document",
        release: false,
    },
    Task {
        name: "review",
        about: "Lint the document and review what a change of it breaks",
        release: false,
    },
    Task {
        name: "mutants",
        about: "Plant defects in the reference and count those that the suite finds",
        release: true,
    },
    Task {
        name: "bench",
        about: "Measure side by side, in release builds, and print ratios",
        release: true,
    },
    Task {
        name: "serve",
        about: "Run the reference server with a demo fixture on loopback",
        release: false,
    },
];

fn main() -> ExitCode {
    let mut args = env::args_os().skip(1);
    let Some(name) = args.next() else { return usage(&mut io::stderr(), 2) };
    if name == "help" || name == "--help" || name == "-h" {
        return usage(&mut io::stdout(), 0);
    }
    let Some(task) = TASKS.iter().find(|task| name == task.name) else {
        let _ = writeln!(io::stderr(), "error: there is no task `{}`\n", name.to_string_lossy());
        return usage(&mut io::stderr(), 2);
    };
    run(task, args)
}

fn usage(out: &mut dyn Write, code: u8) -> ExitCode {
    let mut text = String::from("Usage: cargo xtask TASK [OPTIONS]\n\nTasks:\n");
    for task in TASKS {
        text.push_str(&format!("  {:<12} {}\n", task.name, task.about));
    }
    text.push_str("\n`cargo xtask TASK --help` tells the options of a task.\n");
    // A reader that closed the pipe has seen enough.
    let _ = out.write_all(text.as_bytes());
    ExitCode::from(code)
}

fn run(task: &Task, args: impl Iterator<Item = OsString>) -> ExitCode {
    let args: Vec<_> = args.collect();
    // Nobody waits for an optimised build to be told the options, or for what takes seconds.
    let quick = ["--help", "-h", "help", "--list", "--sample", "--serve"];
    let quick = args.iter().any(|arg| quick.iter().any(|quick| arg == quick));
    let cargo = env::var_os("CARGO").unwrap_or_else(|| "cargo".into());
    let mut command = Command::new(cargo);
    command
        // Not quiet: a first build takes minutes, and cargo shows what it is doing.
        .args(["run", "--manifest-path"])
        .arg(concat!(env!("CARGO_MANIFEST_DIR"), "/../Cargo.toml"))
        .arg("--package")
        .arg(format!("xtask-{}", task.name))
        // What is measured has to be what people run.
        .args((task.release && !quick).then_some("--release"))
        .arg("--")
        .args(args);
    hand_over(command)
}

/// Replaces this process by the task, so that signals and the exit code are the task's own.
#[cfg(unix)]
fn hand_over(mut command: Command) -> ExitCode {
    use std::os::unix::process::CommandExt;
    let error = command.exec();
    let _ = writeln!(io::stderr(), "error: cannot start cargo: {error}");
    ExitCode::from(3)
}

/// Waits for the task and passes its exit code on.
#[cfg(not(unix))]
fn hand_over(mut command: Command) -> ExitCode {
    match command.status() {
        Ok(status) => ExitCode::from(status.code().and_then(|c| u8::try_from(c).ok()).unwrap_or(3)),
        Err(error) => {
            let _ = writeln!(io::stderr(), "error: cannot start cargo: {error}");
            ExitCode::from(3)
        }
    }
}
