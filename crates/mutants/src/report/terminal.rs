//! What is told at the end of a run.

use std::fmt::Write;

use crate::score::{DefectScore, Score};

/// The score in a few lines, and whatever needs attention.
#[must_use]
pub fn summary(score: &Score) -> String {
    let mut text = String::new();
    for (label, share) in
        [("MUST", score.share(true)), ("SHOULD", score.share(false)), ("Blind", score.blind())]
    {
        if share.planted > 0 {
            line(
                &mut text,
                label,
                format_args!("{} of {} found ({})", share.killed, share.planted, share.percent()),
            );
        }
    }
    let alarms = score.false_alarms().count();
    line(&mut text, "False alarms", format_args!("{alarms} of {}", score.odd.len()));
    for survivor in score.survivors() {
        line(&mut text, "Survivor", format_args!("{}", told(survivor)));
    }
    for odd in score.false_alarms() {
        line(&mut text, "Alarm", format_args!("{}: {}", odd.name, odd.alarms.join("; ")));
    }
    let seconds = score.millis / 1000;
    let trials: usize = score.defects.iter().map(|defect| defect.tried).sum();
    let trials = trials + score.odd.iter().map(|odd| odd.tried).sum::<usize>();
    line(&mut text, "Ran", format_args!("{trials} trials in {seconds} s"));
    text
}

fn line(text: &mut String, label: &str, what: std::fmt::Arguments<'_>) {
    // Writing to a text cannot fail.
    let _ = writeln!(text, "{label:>12} {what}");
}

fn told(defect: &DefectScore) -> String {
    let DefectScore { name, requirement, does, killed, tried, .. } = defect;
    let level = if defect.must { "MUST" } else { "SHOULD" };
    format!("{name} ({level} {requirement}, found {killed} of {tried} times): {does}")
}
