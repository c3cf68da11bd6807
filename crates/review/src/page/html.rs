//! Text in HTML.

/// A text that is safe between tags and in attributes.
pub(super) fn escaped(text: &str) -> String {
    let mut out = String::with_capacity(text.len());
    for c in text.chars() {
        match c {
            '&' => out.push_str("&amp;"),
            '<' => out.push_str("&lt;"),
            '>' => out.push_str("&gt;"),
            '"' => out.push_str("&quot;"),
            '\'' => out.push_str("&#39;"),
            c => out.push(c),
        }
    }
    out
}

/// Prose of the document: paragraphs, `code` and **strong**, which is what it uses of Markdown.
pub(super) fn prose(text: &str) -> String {
    let paragraphs = text.split("\n\n").map(str::trim).filter(|text| !text.is_empty());
    paragraphs.map(|text| format!("<p>{}</p>", inline(text))).collect()
}

/// The same within a line.
pub(super) fn inline(text: &str) -> String {
    let code = between(&escaped(text), "`", "code");
    between(&code, "**", "strong")
}

/// Puts a tag around what stands between two marks; a mark without partner stays.
fn between(text: &str, mark: &str, tag: &str) -> String {
    let parts: Vec<_> = text.split(mark).collect();
    let mut out = String::new();
    for (index, part) in parts.iter().enumerate() {
        let is_last = index + 1 == parts.len();
        if index % 2 == 0 {
            out.push_str(part);
        } else if is_last {
            out.push_str(&format!("{mark}{part}"));
        } else {
            out.push_str(&format!("<{tag}>{part}</{tag}>"));
        }
    }
    out
}

/// A name as the target of a link.
pub(super) fn anchor(name: &str) -> String {
    escaped(&name.replace(' ', "-"))
}

/// A block of code with a button to copy it.
pub(super) fn code(text: &str) -> String {
    format!(
        "<div class=\"code\"><button type=\"button\" class=\"copy\">Copy</button><pre><code>{}</code></pre></div>",
        escaped(text)
    )
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn nothing_in_a_text_becomes_a_tag() {
        assert_eq!(
            inline("<b> `a<b` **x** 3 ` 4"),
            "&lt;b&gt; <code>a&lt;b</code> <strong>x</strong> 3 ` 4"
        );
        assert_eq!(escaped("\"'&"), "&quot;&#39;&amp;");
    }
}
