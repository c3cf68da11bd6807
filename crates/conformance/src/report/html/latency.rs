//! How long answers took, by operation, on a logarithmic scale.

use std::fmt::Write;

use crate::coverage::Coverage;
use crate::generated::OPERATIONS;
use crate::report::Report;

pub(super) fn section(report: &Report<'_>) -> String {
    let coverage = report.transcript.coverage();
    let rows: Vec<(&str, Vec<u64>)> = OPERATIONS
        .iter()
        .map(|operation| (operation.id, coverage.latencies(operation.id)))
        .filter(|(_, took)| !took.is_empty())
        .collect();
    let Some(scale) = Scale::of(&coverage) else { return String::new() };
    let mut out = String::from(
        "<section id=\"latency\">\n<h2>Latency</h2>\n<p>Each line is from the fastest to the slowest \
         answer, the box has all but a twentieth at either end, the mark is the median. The suite \
         sends several requests at once.</p>\n",
    );
    for (operation, took) in rows {
        out.push_str(&row(operation, &took, scale));
    }
    out.push_str(&axis(scale));
    out.push_str("</section>\n");
    out
}

/// From the fastest to the slowest answer of the run, to whole powers of ten, in microseconds.
#[derive(Clone, Copy)]
struct Scale {
    low: i32,
    high: i32,
}

impl Scale {
    fn of(coverage: &Coverage) -> Option<Self> {
        let all = OPERATIONS.iter().flat_map(|operation| coverage.latencies(operation.id));
        let all: Vec<u64> = all.collect();
        let (first, last) = (*all.iter().min()?, *all.iter().max()?);
        let power = |took: u64| (took.max(1) as f64).log10();
        let low = power(first).floor() as i32;
        Some(Self { low, high: (power(last).ceil() as i32).max(low + 1) })
    }

    /// Where a time is, from 0 to 100.
    fn at(self, took: u64) -> f64 {
        let power = (took.max(1) as f64).log10();
        (power - f64::from(self.low)) / f64::from(self.high - self.low) * 100.0
    }
}

fn row(operation: &str, took: &[u64], scale: Scale) -> String {
    let part = |percent: usize| took[(took.len() * percent / 100).min(took.len() - 1)];
    let at = |percent: usize| scale.at(part(percent));
    let (first, last) = (at(0), at(100));
    let (low, median, high) = (at(5), at(50), at(95));
    format!(
        "<div class=\"latency\"><code>{operation}</code>\
         <svg viewBox=\"0 0 100 10\" preserveAspectRatio=\"none\" role=\"img\" aria-label=\"{told}\">\
         <rect class=\"line\" x=\"{first:.2}\" y=\"4.5\" width=\"{:.2}\" height=\"1\"/>\
         <rect class=\"box\" x=\"{low:.2}\" y=\"2\" width=\"{:.2}\" height=\"6\"/>\
         <rect class=\"mark\" x=\"{median:.2}\" y=\"0.5\" width=\"0.6\" height=\"9\"/></svg>\
         <span>{told}</span></div>\n",
        last - first,
        (high - low).max(0.4),
        told = format_args!("median {}, 95 % {}", time(part(50)), time(part(95))),
    )
}

fn axis(scale: Scale) -> String {
    let mut out = String::from("<div class=\"latency axis\"><code></code><div>");
    for power in scale.low..=scale.high {
        let took = 10_u64.saturating_pow(u32::try_from(power).unwrap_or_default());
        let _ = write!(out, "<span>{}</span>", time(took));
    }
    out.push_str("</div><span></span></div>\n");
    out
}

fn time(micros: u64) -> String {
    match micros {
        0..1_000 => format!("{micros} µs"),
        1_000..10_000 => format!("{:.1} ms", micros as f64 / 1e3),
        10_000..1_000_000 => format!("{:.0} ms", micros as f64 / 1e3),
        _ => format!("{:.1} s", micros as f64 / 1e6),
    }
}
