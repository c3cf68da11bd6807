//! A server that answers from memory, as fast as it can and with the headers of GitLab.

use std::fmt::Write as _;
use std::io::{self, BufRead, BufReader, Write};
use std::net::{SocketAddr, TcpListener, TcpStream};
use std::thread;

/// A server on a free port of loopback. It ends with the process.
pub(crate) struct Server {
    address: SocketAddr,
}

impl Server {
    pub(crate) fn start() -> io::Result<Self> {
        let listener = TcpListener::bind("127.0.0.1:0")?;
        let address = listener.local_addr()?;
        thread::spawn(move || {
            for stream in listener.incoming().flatten() {
                // A client that is gone is no fault.
                thread::spawn(move || drop(serve(stream)));
            }
        });
        Ok(Self { address })
    }

    pub(crate) fn url(&self) -> String {
        format!("http://{}/api/v4", self.address)
    }
}

/// Answers on one connection until it is closed.
fn serve(stream: TcpStream) -> io::Result<()> {
    stream.set_nodelay(true)?;
    let mut out = stream.try_clone()?;
    let (mut lines, mut line, mut answer) = (BufReader::new(stream), String::new(), String::new());
    loop {
        line.clear();
        if lines.read_line(&mut line)? == 0 {
            return Ok(());
        }
        let target = line.split(' ').nth(1).unwrap_or_default().to_owned();
        while line != "\r\n" {
            line.clear();
            lines.read_line(&mut line)?;
        }
        answer.clear();
        write_answer(&target, &mut answer);
        out.write_all(answer.as_bytes())?;
    }
}

const HEADERS: &str = "HTTP/1.1 200 OK\r\n\
    server: nginx\r\n\
    date: Wed, 20 Apr 2022 20:42:41 GMT\r\n\
    content-type: application/json\r\n\
    cache-control: max-age=0, private, must-revalidate\r\n\
    content-security-policy: default-src 'none'\r\n\
    etag: W/\"0e7ab1e2c5d3f4a5b6c7d8e9f0a1b2c3\"\r\n\
    vary: Origin\r\n\
    x-content-type-options: nosniff\r\n\
    x-frame-options: SAMEORIGIN\r\n\
    x-gitlab-meta: {\"correlation_id\":\"01G13Y9B5ZPY5X0SN2TJ2FZ2V1\",\"version\":\"1\"}\r\n\
    x-request-id: 01G13Y9B5ZPY5X0SN2TJ2FZ2V1\r\n\
    x-runtime: 0.051234\r\n";

/// Answers `…/projects/N/cluster_agents` with a page of N agents, `…/cluster_agents/ID` with one, and
/// anything else with the user that the crate `gitlab` asks for.
fn write_answer(target: &str, answer: &mut String) {
    let (path, query) = target.split_once('?').unwrap_or((target, ""));
    let mut segments = path.rsplit('/');
    let (last, before) = (segments.next().unwrap_or_default(), segments.next().unwrap_or_default());
    let (mut body, mut headers) = (String::new(), String::new());
    if last == "cluster_agents" {
        write_page(before.parse().unwrap_or(0), query, &mut body, &mut headers);
    } else if before == "cluster_agents" {
        write_agent(last.parse().unwrap_or(0), &mut body);
    } else {
        body.push_str(r#"{"id":42,"username":"max","name":"Max","state":"active","avatar_url":null,"web_url":"http://127.0.0.1/max","created_at":"2022-03-20T20:42:40.221Z","is_admin":false,"bio":null,"location":null,"skype":"","linkedin":"","twitter":"","website_url":"","organization":null,"last_sign_in_at":null,"last_activity_on":null,"confirmed_at":null,"email":"max@example.com","theme_id":1,"color_scheme_id":1,"projects_limit":0,"current_sign_in_at":null,"can_create_group":true,"can_create_project":true,"two_factor_enabled":false,"external":false,"identities":[],"highest_role":40}"#);
    }
    let length = body.len();
    // Writing to a text cannot fail.
    let _ = write!(answer, "{HEADERS}{headers}content-length: {length}\r\n\r\n{body}");
}

fn write_page(total: usize, query: &str, body: &mut String, headers: &mut String) {
    let number = |name: &str| {
        let pairs = query.split('&').filter_map(|pair| pair.split_once('='));
        pairs.filter(|(key, _)| *key == name).find_map(|(_, value)| value.parse().ok())
    };
    let (page, size) = (number("page").unwrap_or(1), number("per_page").unwrap_or(20));
    let pages = total.div_ceil(size).max(1);
    let first = (page - 1) * size;
    body.push('[');
    for id in first..(first + size).min(total) {
        if id > first {
            body.push(',');
        }
        write_agent(id + 1, body);
    }
    body.push(']');
    let next = if page < pages { (page + 1).to_string() } else { String::new() };
    let previous = if page > 1 { (page - 1).to_string() } else { String::new() };
    let _ = write!(
        headers,
        "x-next-page: {next}\r\nx-page: {page}\r\nx-per-page: {size}\r\nx-prev-page: {previous}\r\n\
         x-total: {total}\r\nx-total-pages: {pages}\r\n\
         link: <http://127.0.0.1/api/v4/projects/20/cluster_agents?id=20&page=1>; rel=\"first\"\r\n"
    );
}

fn write_agent(id: usize, body: &mut String) {
    let _ = write!(
        body,
        "{{\"id\":{id},\"name\":\"agent-{id}\",\"config_project\":{{\"id\":20,\"description\":\"\",\
         \"name\":\"test\",\"name_with_namespace\":\"Administrator / test\",\"path\":\"test\",\
         \"path_with_namespace\":\"root/test\",\"created_at\":\"2022-03-20T20:42:40.221Z\"}},\
         \"created_at\":\"2022-04-20T20:42:40.221Z\",\"created_by_user_id\":42,\
         \"is_receptive\":false}}"
    );
}
