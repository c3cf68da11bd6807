//! Whether it was the target that was slow, or the machine of the suite that stood still.

use std::pin::pin;
use std::time::{Duration, Instant};

use crate::transport::failure::{Failure, FailureKind};

/// How often the suite looks at its own pulse while it waits for an answer.
const BEAT: Duration = Duration::from_millis(500);
/// A pause of the suite itself from which on a missed time limit proves nothing.
const STANDSTILL: Duration = Duration::from_secs(2);

/// Waits for an answer. A time limit that is missed while the suite itself did not run – on a machine
/// that was suspended or is overloaded – is not held against the target.
pub(super) async fn while_awake<T>(
    work: impl Future<Output = Result<T, Failure>>,
) -> Result<T, Failure> {
    let mut work = pin!(work);
    let (mut last, mut longest) = (Instant::now(), Duration::ZERO);
    let done = loop {
        tokio::select! {
            biased;
            done = &mut work => break done,
            () = tokio::time::sleep(BEAT) => {
                longest = longest.max(last.elapsed());
                last = Instant::now();
            }
        }
    };
    judged(done, longest.max(last.elapsed()))
}

fn judged<T>(done: Result<T, Failure>, pause: Duration) -> Result<T, Failure> {
    done.map_err(|failure| match failure.kind {
        FailureKind::Slow if pause >= STANDSTILL => {
            let seconds = pause.as_secs();
            let problem = format!("the machine of the suite stood still for {seconds} s");
            Failure::new(FailureKind::Standstill, &problem)
        }
        _ => failure,
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    fn slow<T>() -> Result<T, Failure> {
        Err(Failure::new(FailureKind::Slow, "operation timed out"))
    }

    #[test]
    fn only_a_missed_time_limit_is_excused_and_only_by_a_long_pause() {
        let kind = |done: Result<(), Failure>, pause: u64| {
            judged(done, Duration::from_millis(pause)).expect_err("a failure").kind
        };
        assert_eq!(kind(slow(), 600), FailureKind::Slow);
        assert_eq!(kind(slow(), 9_000), FailureKind::Standstill);
        let broken = Err(Failure::new(FailureKind::Broken, "reset"));
        assert_eq!(kind(broken, 9_000), FailureKind::Broken);
        assert!(judged(Ok(()), Duration::from_secs(9)).is_ok());
    }

    #[tokio::test]
    async fn a_thread_that_does_not_run_is_noticed() {
        let work = async {
            // Stands for a suspended machine: nothing else gets its turn.
            std::thread::sleep(STANDSTILL + BEAT);
            slow::<()>()
        };
        let failure = while_awake(work).await.expect_err("too slow");
        assert_eq!(failure.kind, FailureKind::Standstill);
    }
}
