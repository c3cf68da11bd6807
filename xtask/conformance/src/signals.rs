//! The wish of somebody that a run may end.

use std::io::{self, Write};

use cluster_agents_conformance::{Exit, Plan, Target, sweep};

/// Ready when somebody wants the run to end. Whoever wants it twice does not wait for the cleanup.
pub(crate) async fn interrupted(left: Left) {
    let Some(mut signals) = Signals::new() else { return std::future::pending().await };
    signals.next().await;
    let _ = writeln!(
        io::stderr(),
        "\n{:>12} removing what was created; a second signal gives that up",
        "Interrupted"
    );
    tokio::spawn(async move {
        signals.next().await;
        give_up(&left);
    });
}

/// What is left if a run ends at once, and how it can be removed.
#[derive(Debug)]
pub(crate) struct Left {
    journal: Option<std::path::PathBuf>,
    prefix: String,
    sweep: String,
}

impl Left {
    /// Nothing, since the target ends with the run.
    pub(crate) fn nothing() -> Self {
        Self { journal: None, prefix: String::new(), sweep: String::new() }
    }

    /// What a run against a target that stays would leave.
    pub(crate) fn of(plan: &Plan, target: &Target) -> Self {
        let target = format!("--base-url {} --project {}", target.base_url, target.project);
        let journal = plan.journal_file();
        let how = match &plan.journal {
            Some(folder) => format!("--journal {}", folder.display()),
            None => String::from("--older-than 1s"),
        };
        let sweep = format!("cargo xtask conformance sweep {target} {how}");
        Self { journal, prefix: plan.run.prefix(), sweep }
    }
}

#[expect(clippy::exit, reason = "the cleanup is under way and shall not be waited for")]
fn give_up(left: &Left) {
    let mut out = io::stderr();
    if left.prefix.is_empty() {
        std::process::exit(i32::from(Exit::Inconclusive as u8));
    }
    for agent in left.journal.iter().flat_map(|journal| sweep::open_in(journal)) {
        let _ = writeln!(out, "left behind {agent}");
    }
    if left.journal.is_none() {
        let _ = writeln!(out, "left behind: whatever is called {}…", left.prefix);
    }
    let _ = writeln!(out, "{:>12} {}", "Remove it", left.sweep);
    std::process::exit(i32::from(Exit::Leftovers as u8));
}

#[cfg(unix)]
struct Signals {
    interrupt: tokio::signal::unix::Signal,
    terminate: tokio::signal::unix::Signal,
}

#[cfg(unix)]
impl Signals {
    /// Without a handler for both a run cannot be ended in an orderly way.
    fn new() -> Option<Self> {
        use tokio::signal::unix::{SignalKind, signal};
        let (interrupt, terminate) =
            (signal(SignalKind::interrupt()), signal(SignalKind::terminate()));
        Some(Self { interrupt: interrupt.ok()?, terminate: terminate.ok()? })
    }

    async fn next(&mut self) {
        tokio::select! {
            _ = self.interrupt.recv() => {}
            _ = self.terminate.recv() => {}
        }
    }
}

#[cfg(not(unix))]
struct Signals;

#[cfg(not(unix))]
impl Signals {
    fn new() -> Option<Self> {
        Some(Self)
    }

    async fn next(&mut self) {
        if tokio::signal::ctrl_c().await.is_err() {
            std::future::pending::<()>().await;
        }
    }
}
