#![allow(clippy::print_stdout, clippy::unwrap_used, missing_docs)]
use cluster_agents_conformance::Ledger;
use cluster_agents_mutants::{defects, lab};
use std::sync::atomic::{AtomicUsize, Ordering};
fn main() {
    let only: Vec<String> = std::env::args().skip(1).collect();
    let all: Vec<_> = defects()
        .into_iter()
        .filter(|d| only.is_empty() || only.iter().any(|o| o == d.class || o == d.name))
        .collect();
    let next = AtomicUsize::new(0);
    std::thread::scope(|s| {
        for _ in 0..2 {
            s.spawn(|| {
                let rt =
                    tokio::runtime::Builder::new_current_thread().enable_all().build().unwrap();
                let ledger = Ledger::embedded().unwrap();
                loop {
                    let i = next.fetch_add(1, Ordering::Relaxed);
                    let Some(d) = all.get(i) else { break };
                    let level = ledger.get(d.requirement).unwrap().level;
                    let o = rt.block_on(async {
                        let s = d.start().await.unwrap();
                        lab::try_server(&s, &ledger, lab::Method { seed: 1, cut_short: true })
                            .await
                            .unwrap()
                    });
                    let names: Vec<_> = o.complaints.iter().map(|c| c.requirement).collect();
                    println!(
                        "{} {} {} {} named={} req={} ms={} {:?} {:?} left={}",
                        if o.kills(level) { "KILL" } else { "SURV" },
                        d.class,
                        d.name,
                        level,
                        o.names(d.requirement),
                        o.requests,
                        o.millis,
                        names,
                        if o.kills(level) { vec![] } else { o.reasons.clone() },
                        o.leftovers
                    );
                }
            });
        }
    });
}
