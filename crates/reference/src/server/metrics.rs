//! Figures of the server in the text format of Prometheus.

use std::collections::BTreeMap;
use std::fmt::Write;
use std::sync::Mutex;
use std::sync::atomic::{AtomicI64, AtomicU64, Ordering};
use std::time::Duration;

use http::Method;

/// The upper ends of the buckets of the durations, in microseconds.
const BUCKETS: [u64; 10] =
    [250, 500, 1_000, 2_500, 5_000, 10_000, 50_000, 250_000, 1_000_000, 10_000_000];

/// Counts what is answered.
#[derive(Debug, Default)]
pub(super) struct Metrics {
    running: AtomicI64,
    answered: Mutex<BTreeMap<(&'static str, u16), u64>>,
    buckets: [AtomicU64; BUCKETS.len()],
    micros: AtomicU64,
    count: AtomicU64,
}

/// A request that is being answered; it counts as such until it is dropped.
#[derive(Debug)]
pub(super) struct Running<'m>(&'m Metrics);

impl Metrics {
    /// Begins a request.
    pub(super) fn begin(&self) -> Running<'_> {
        self.running.fetch_add(1, Ordering::Relaxed);
        Running(self)
    }

    /// All figures as text.
    pub(super) fn render(&self) -> String {
        let mut text = String::new();
        // Writing to a string never fails.
        let _ = self.write(&mut text);
        text
    }

    fn write(&self, out: &mut String) -> std::fmt::Result {
        let running = self.running.load(Ordering::Relaxed);
        writeln!(out, "# HELP cluster_agents_requests_running Requests that are being answered.")?;
        writeln!(out, "# TYPE cluster_agents_requests_running gauge")?;
        writeln!(out, "cluster_agents_requests_running {running}")?;
        writeln!(out, "# HELP cluster_agents_requests_total Requests that were answered.")?;
        writeln!(out, "# TYPE cluster_agents_requests_total counter")?;
        if let Ok(answered) = self.answered.lock() {
            for ((method, status), count) in &*answered {
                let labels = format!("method=\"{method}\",status=\"{status}\"");
                writeln!(out, "cluster_agents_requests_total{{{labels}}} {count}")?;
            }
        }
        self.write_durations(out)
    }

    fn write_durations(&self, out: &mut String) -> std::fmt::Result {
        const NAME: &str = "cluster_agents_request_duration_seconds";
        writeln!(out, "# HELP {NAME} How long answers took.")?;
        writeln!(out, "# TYPE {NAME} histogram")?;
        let mut below = 0;
        for (end, bucket) in BUCKETS.iter().zip(&self.buckets) {
            below += bucket.load(Ordering::Relaxed);
            writeln!(out, "{NAME}_bucket{{le=\"{}\"}} {below}", seconds(*end))?;
        }
        let count = self.count.load(Ordering::Relaxed);
        writeln!(out, "{NAME}_bucket{{le=\"+Inf\"}} {count}")?;
        writeln!(out, "{NAME}_sum {}", seconds(self.micros.load(Ordering::Relaxed)))?;
        writeln!(out, "{NAME}_count {count}")
    }
}

impl Running<'_> {
    /// Counts the answer.
    pub(super) fn end(self, method: &Method, status: u16, took: Duration) {
        let Self(metrics) = &self;
        let micros = u64::try_from(took.as_micros()).unwrap_or(u64::MAX);
        if let Some(bucket) = BUCKETS.iter().position(|end| micros <= *end) {
            metrics.buckets[bucket].fetch_add(1, Ordering::Relaxed);
        }
        metrics.micros.fetch_add(micros, Ordering::Relaxed);
        metrics.count.fetch_add(1, Ordering::Relaxed);
        if let Ok(mut answered) = metrics.answered.lock() {
            *answered.entry((label(method), status)).or_default() += 1;
        }
    }
}

impl Drop for Running<'_> {
    fn drop(&mut self) {
        self.0.running.fetch_sub(1, Ordering::Relaxed);
    }
}

/// Clients can invent methods; the figures must not grow with them.
fn label(method: &Method) -> &'static str {
    match *method {
        Method::GET => "GET",
        Method::HEAD => "HEAD",
        Method::POST => "POST",
        Method::DELETE => "DELETE",
        _ => "other",
    }
}

fn seconds(micros: u64) -> f64 {
    Duration::from_micros(micros).as_secs_f64()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_figures_are_written_as_prometheus_reads_them() {
        let metrics = Metrics::default();
        let _running = metrics.begin();
        for (method, status, micros) in [
            (Method::GET, 200, 100),
            (Method::GET, 200, 300),
            (Method::POST, 201, 20_000),
            (Method::from_bytes(b"BREW").unwrap(), 404, 20_000_000),
        ] {
            metrics.begin().end(&method, status, Duration::from_micros(micros));
        }
        insta::assert_snapshot!(metrics.render());
    }
}
