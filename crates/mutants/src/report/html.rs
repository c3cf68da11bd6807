//! A page that needs nothing else.

use std::fmt::Write;

use crate::score::{DefectScore, Score, Share};

const STYLE: &str = "body{font:15px/1.5 system-ui,sans-serif;margin:2rem auto;max-width:75rem;\
padding:0 1rem;color:#1c1c1c;background:#fff}table{border-collapse:collapse;width:100%}\
th,td{text-align:left;padding:.3rem .6rem;border-bottom:1px solid #ddd;vertical-align:top}\
.n{text-align:right;font-variant-numeric:tabular-nums}.lived td{background:#fdecea}\
code,pre{font:13px/1.4 ui-monospace,monospace;overflow-wrap:anywhere;white-space:pre-wrap}\
.tiles{display:flex;gap:1rem;flex-wrap:wrap}.tile{border:1px solid #ddd;border-radius:.5rem;\
padding:.6rem 1rem;min-width:9rem}.tile b{display:block;font-size:1.5rem}small{color:#555}\
@media(prefers-color-scheme:dark){body{color:#e6e6e6;background:#161616}\
th,td,.tile{border-color:#3a3a3a}.lived td{background:#3a1d1b}small{color:#aaa}}";

/// The report.
pub(super) fn render(score: &Score) -> String {
    let mut page = format!(
        "<!doctype html>\n<html lang=\"en\">\n<meta charset=\"utf-8\">\n\
         <meta name=\"viewport\" content=\"width=device-width\">\n\
         <title>What the suite finds</title>\n<style>{STYLE}</style>\n\
         <h1>What the suite finds</h1>\n"
    );
    page += &tiles(score);
    page += "<h2>Defects</h2>\n<table>\n<tr><th>Defect<th>Level<th>Found by<th class=n>Requests\
             <th class=n>Seconds\n";
    score.defects.iter().for_each(|defect| page += &row(defect));
    page += "</table>\n<h2>Odd but right</h2>\n<table>\n<tr><th>Implementation<th>False alarms\n";
    for odd in &score.odd {
        let class = if odd.alarms.is_empty() { "" } else { " class=lived" };
        let alarms = if odd.alarms.is_empty() { "none".into() } else { odd.alarms.join("; ") };
        let (does, alarms) = (escape(odd.does), escape(&alarms));
        let _ = writeln!(page, "<tr{class}><td>{}<br><small>{does}</small><td>{alarms}", odd.name);
    }
    page += "</table>\n<h2>Requirements that found nothing</h2>\n<ul>\n";
    for (id, reason) in &score.silent {
        let reason = escape(reason.unwrap_or("no defect breaks it, and nobody wrote why"));
        let _ = writeln!(page, "<li><code>{id}</code> {reason}");
    }
    page + "</ul>\n</html>\n"
}

fn tiles(score: &Score) -> String {
    let tile = |label: &str, share: Share| {
        let Share { killed, planted } = share;
        format!("<div class=tile>{label}<b>{}</b>{killed} of {planted}</div>\n", share.percent())
    };
    let mut tiles = String::from("<div class=tiles>\n");
    tiles += &tile("MUST", score.share(true));
    tiles += &tile("SHOULD", score.share(false));
    tiles += &tile("Written blind", score.blind());
    let alarms = score.false_alarms().count();
    let _ = writeln!(
        tiles,
        "<div class=tile>False alarms<b>{alarms}</b>of {}</div>\n</div>",
        score.odd.len()
    );
    tiles
}

fn row(defect: &DefectScore) -> String {
    let class = if defect.is_killed() { "" } else { " class=lived" };
    let level = if defect.must { "MUST" } else { "SHOULD" };
    let by: Vec<_> = defect.by.iter().copied().collect();
    let by = if by.is_empty() { "nothing".to_owned() } else { by.join(", ") };
    let first = defect.first.as_ref().map(|first| {
        let request = first.request.as_deref().unwrap_or_default();
        format!(
            "<details><summary>how</summary><pre>{}\nexpected {}\ngot {}</pre></details>",
            escape(request),
            escape(&first.expected),
            escape(&first.got)
        )
    });
    format!(
        "<tr{class}><td>{}<br><small>{}: {}</small><td>{level}<td>{by}{}<td class=n>{}\
         <td class=n>{}.{:02}\n",
        defect.name,
        defect.class,
        escape(defect.does),
        first.unwrap_or_default(),
        defect.requests,
        defect.millis / 1000,
        defect.millis % 1000 / 10,
    )
}

fn escape(text: &str) -> String {
    text.replace('&', "&amp;").replace('<', "&lt;").replace('>', "&gt;").replace('"', "&quot;")
}
