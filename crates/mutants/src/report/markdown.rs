//! Tables for a page of documentation.

use std::fmt::Write;

use crate::score::Score;

/// The report.
pub(super) fn render(score: &Score) -> String {
    let mut text = String::from("# What the suite finds\n\n");
    let _ = write!(text, "{}\n## Defects\n\n", shares(score));
    text +=
        "| class | defect | level | found | by | requests | s |\n|---|---|---|---|---|---:|---:|\n";
    for defect in &score.defects {
        let level = if defect.must { "MUST" } else { "SHOULD" };
        let by: Vec<_> = defect.by.iter().copied().collect();
        let _ = writeln!(
            text,
            "| {} | {} | {level} | {} of {} | {} | {} | {}.{:02} |",
            defect.class,
            defect.name,
            defect.killed,
            defect.tried,
            by.join(", "),
            defect.requests,
            defect.millis / 1000,
            defect.millis % 1000 / 10,
        );
    }
    text +=
        "\n## Odd but right\n\n| implementation | what it does | false alarms |\n|---|---|---|\n";
    for odd in &score.odd {
        let alarms = if odd.alarms.is_empty() { "none".to_owned() } else { odd.alarms.join("; ") };
        let _ = writeln!(text, "| {} | {} | {} |", odd.name, odd.does, alarms.replace('|', "\\|"));
    }
    text += "\n## Requirements that found nothing\n\n";
    for (id, reason) in &score.silent {
        let _ = writeln!(
            text,
            "- {id}: {}",
            reason.unwrap_or("no defect breaks it, and nobody wrote why")
        );
    }
    text
}

fn shares(score: &Score) -> String {
    let mut text = String::from("| | found | planted | |\n|---|---:|---:|---:|\n");
    for (label, share) in
        [("MUST", score.share(true)), ("SHOULD", score.share(false)), ("blind", score.blind())]
    {
        let _ = writeln!(
            text,
            "| {label} | {} | {} | {} |",
            share.killed,
            share.planted,
            share.percent()
        );
    }
    let alarms = score.false_alarms().count();
    let _ = writeln!(text, "| false alarms | {alarms} | {} | |", score.odd.len());
    text
}
