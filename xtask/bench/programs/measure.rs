// How the programs beside this file are called and what they tell: `PROGRAM get COUNT`, `PROGRAM list
// COUNT` and, the plain one, `PROGRAM raw COUNT`, with the server in `GITLAB_URL`. Each includes this
// file.

use std::time::{Duration, Instant};

/// What the program is asked for.
enum Task {
    /// One agent, so many times.
    Get(usize),
    /// All agents of the project that has so many and this number.
    List(i64),
    /// The same pages without reading what is in them.
    #[allow(dead_code)]
    Raw(i64),
}

fn task() -> Task {
    let mut arguments = std::env::args().skip(1);
    let (task, count) = (arguments.next().unwrap(), arguments.next().unwrap());
    match task.as_str() {
        "get" => Task::Get(count.parse().unwrap()),
        "list" => Task::List(count.parse().unwrap()),
        "raw" => Task::Raw(count.parse().unwrap()),
        _ => panic!("there is no task `{task}`"),
    }
}

fn server() -> String {
    std::env::var("GITLAB_URL").unwrap()
}

fn block_on<T>(future: impl Future<Output = T>) -> T {
    tokio::runtime::Builder::new_current_thread().enable_all().build().unwrap().block_on(future)
}

/// Makes the calls one after the other, and tells how long they took in nanoseconds: all, the median,
/// the 99th of a hundred.
async fn calls(count: usize, mut call: impl AsyncFnMut() -> i64) {
    let mut times = Vec::with_capacity(count);
    let start = Instant::now();
    for _ in 0..count {
        let sent = Instant::now();
        assert_eq!(call().await, 5);
        times.push(sent.elapsed());
    }
    let took = start.elapsed();
    times.sort_unstable();
    let at = |share: usize| times.get(times.len() * share / 100).copied().unwrap_or_default();
    tell(count, took, at(50), at(99));
}

/// Tells how many items there were, how long they took, and how much memory was used at most in KiB.
fn listed(items: usize, took: Duration) {
    let status = std::fs::read_to_string("/proc/self/status").unwrap_or_default();
    let peak = status.lines().find_map(|line| line.strip_prefix("VmHWM:"));
    let peak = peak.and_then(|rest| rest.trim().split(' ').next()?.parse().ok()).unwrap_or(0);
    tell(items, took, Duration::from_nanos(peak), Duration::ZERO);
}

fn tell(count: usize, took: Duration, third: Duration, fourth: Duration) {
    println!("{count} {} {} {}", took.as_nanos(), third.as_nanos(), fourth.as_nanos());
}
