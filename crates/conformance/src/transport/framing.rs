//! Where an answer ends by the rules of HTTP/1.1, and what is wrong with its bounds.

use reqwest::header::{CONTENT_LENGTH, HeaderMap, HeaderName, HeaderValue, TRANSFER_ENCODING};

/// How many headers an answer may have.
const HEADERS: usize = 256;

/// A complete answer.
#[derive(Debug)]
pub(super) struct Answer {
    pub(super) status: u16,
    pub(super) headers: HeaderMap,
    pub(super) body: Vec<u8>,
    /// What is wrong with the bounds of the answer, if anything is.
    pub(super) problem: Option<String>,
}

/// What the bytes so far are.
#[derive(Debug)]
pub(super) enum Reading {
    Complete(Answer),
    Partial,
    /// No HTTP, and why not.
    Broken(String),
}

/// Reads an answer. `is_end` says that no byte follows, which ends a body without a length.
pub(super) fn read(bytes: &[u8], is_head: bool, is_end: bool) -> Reading {
    match head(bytes) {
        Ok(Some((status, headers, length))) => {
            let rest = &bytes[length..];
            if (100..200).contains(&status) && status != 101 {
                return read(rest, is_head, is_end);
            }
            let bounds = bounds(status, &headers, is_head);
            body(rest, bounds, is_end).map_or(Reading::Partial, |(body, problem)| {
                let problem = contradiction(&headers).or(problem);
                Reading::Complete(Answer { status, headers, body, problem })
            })
        }
        Ok(None) => Reading::Partial,
        Err(problem) => Reading::Broken(problem),
    }
}

type Head = (u16, HeaderMap, usize);

fn head(bytes: &[u8]) -> Result<Option<Head>, String> {
    let mut headers = [httparse::EMPTY_HEADER; HEADERS];
    let mut response = httparse::Response::new(&mut headers);
    match response.parse(bytes) {
        Ok(httparse::Status::Complete(length)) => {
            let status = response.code.unwrap_or_default();
            Ok(Some((status, map(response.headers)?, length)))
        }
        Ok(httparse::Status::Partial) => Ok(None),
        Err(error) => Err(format!("no HTTP: {error}")),
    }
}

fn map(headers: &[httparse::Header<'_>]) -> Result<HeaderMap, String> {
    let mut map = HeaderMap::new();
    for header in headers {
        let name = HeaderName::from_bytes(header.name.as_bytes()).map_err(|it| it.to_string())?;
        let value = HeaderValue::from_bytes(header.value).map_err(|it| it.to_string())?;
        map.append(name, value);
    }
    Ok(map)
}

/// What tells the end of a body.
#[derive(Clone, Copy)]
enum Bounds {
    Length(usize),
    Chunks,
    End,
}

fn bounds(status: u16, headers: &HeaderMap, is_head: bool) -> Bounds {
    if is_head || matches!(status, 204 | 304) {
        return Bounds::Length(0);
    }
    if headers.contains_key(TRANSFER_ENCODING) {
        return Bounds::Chunks;
    }
    let length = headers.get(CONTENT_LENGTH).and_then(|value| value.to_str().ok());
    length.and_then(|value| value.trim().parse().ok()).map_or(Bounds::End, Bounds::Length)
}

/// The body and what is wrong behind it; nothing while it is not complete.
fn body(rest: &[u8], bounds: Bounds, is_end: bool) -> Option<(Vec<u8>, Option<String>)> {
    match bounds {
        Bounds::Length(length) => {
            let body = rest.get(..length)?;
            Some((body.to_vec(), surplus(rest.len() - length)))
        }
        Bounds::End => is_end.then(|| (rest.to_vec(), None)),
        Bounds::Chunks => {
            let (body, length) = chunks(rest)?;
            Some((body, surplus(rest.len() - length)))
        }
    }
}

fn surplus(count: usize) -> Option<String> {
    let bytes = if count == 1 { "byte" } else { "bytes" };
    (count > 0).then(|| format!("{count} {bytes} behind the end of the answer"))
}

/// The content of all chunks, and how long they are with their sizes.
fn chunks(bytes: &[u8]) -> Option<(Vec<u8>, usize)> {
    let (mut content, mut at) = (Vec::new(), 0);
    loop {
        let Ok(httparse::Status::Complete((head, size))) = httparse::parse_chunk_size(&bytes[at..])
        else {
            return None;
        };
        at += head;
        let size = usize::try_from(size).ok()?;
        if size == 0 {
            return trailers(&bytes[at..]).map(|length| (content, at + length));
        }
        content.extend_from_slice(bytes.get(at..)?.get(..size)?);
        at += size + 2;
        bytes.get(at..)?;
    }
}

/// How long the lines behind the last chunk are, the empty one at their end included.
fn trailers(bytes: &[u8]) -> Option<usize> {
    if bytes.starts_with(b"\r\n") {
        return Some(2);
    }
    bytes.windows(4).position(|window| window == b"\r\n\r\n").map(|at| at + 4)
}

/// Two headers that tell different ends let two readers see different answers.
fn contradiction(headers: &HeaderMap) -> Option<String> {
    let mut lengths = headers.get_all(CONTENT_LENGTH).iter();
    let first = lengths.next()?;
    if headers.contains_key(TRANSFER_ENCODING) {
        return Some(String::from("both Content-Length and Transfer-Encoding"));
    }
    lengths.any(|other| other != first).then(|| String::from("several values of Content-Length"))
}

#[cfg(test)]
mod tests {
    use super::*;

    const OK: &str = "HTTP/1.1 200 OK\r\n";

    /// The body and the problem of a complete answer behind which the connection ended.
    fn whole(text: &str, is_head: bool) -> (String, Option<String>) {
        match read(text.as_bytes(), is_head, true) {
            Reading::Complete(answer) => {
                (String::from_utf8(answer.body).expect("text"), answer.problem)
            }
            other => panic!("{text:?} is {other:?}"),
        }
    }

    #[test]
    fn a_body_ends_where_its_head_says() {
        let chunks = "Transfer-Encoding: chunked\r\n\r\n2\r\n[1\r\n1;x=y\r\n]\r\n0\r\n\r\n";
        for (rest, body) in [
            ("Content-Length: 2\r\n\r\n[]", "[]"),
            ("\r\n[1]", "[1]"),
            (chunks, "[1]"),
            ("Content-Length: 0\r\n\r\n", ""),
        ] {
            assert_eq!(whole(&format!("{OK}{rest}"), false), (body.to_owned(), None), "{rest:?}");
        }
        assert_eq!(whole(&format!("{OK}Content-Length: 9\r\n\r\n"), true).0, "");
        let after_continue = format!("HTTP/1.1 100 Continue\r\n\r\n{OK}Content-Length: 1\r\n\r\n1");
        assert_eq!(whole(&after_continue, false).0, "1");
    }

    #[test]
    fn what_follows_the_end_is_told() {
        for (text, is_head) in [
            (format!("{OK}Content-Length: 2\r\n\r\n[][]"), false),
            (String::from("HTTP/1.1 204 No Content\r\n\r\n{}"), false),
            (format!("{OK}Content-Length: 2\r\n\r\n[]"), true),
            (format!("{OK}Transfer-Encoding: chunked\r\n\r\n0\r\n\r\n[]"), false),
        ] {
            let (_, problem) = whole(&text, is_head);
            assert_eq!(
                problem.as_deref(),
                Some("2 bytes behind the end of the answer"),
                "{text:?}"
            );
        }
    }

    #[test]
    fn headers_that_tell_different_ends_are_told() {
        let both = format!("{OK}Content-Length: 5\r\nTransfer-Encoding: chunked\r\n\r\n0\r\n\r\n");
        let two = format!("{OK}Content-Length: 1\r\nContent-Length: 2\r\n\r\n1");
        assert!(whole(&both, false).1.expect("a problem").starts_with("both"));
        assert!(whole(&two, false).1.expect("a problem").starts_with("several"));
    }

    #[test]
    fn an_answer_is_partial_up_to_its_last_byte() {
        for text in [
            format!("{OK}Content-Length: 2\r\n\r\n[]"),
            format!("{OK}Transfer-Encoding: chunked\r\n\r\n2\r\n[]\r\n0\r\nA: b\r\n\r\n"),
        ] {
            for end in 0..text.len() {
                let reading = read(&text.as_bytes()[..end], false, false);
                assert!(matches!(reading, Reading::Partial), "{:?}", &text[..end]);
            }
            assert!(matches!(read(text.as_bytes(), false, false), Reading::Complete(_)));
        }
    }

    #[test]
    fn what_is_no_http_is_broken() {
        for text in ["<html>", "ICY 200 OK\r\n\r\n", "HTTP/1.1 abc\r\n\r\n"] {
            assert!(matches!(read(text.as_bytes(), false, false), Reading::Broken(_)), "{text}");
        }
    }
}
