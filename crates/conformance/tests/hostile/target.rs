//! A target that behaves well until it does not.

use std::collections::BTreeMap;
use std::sync::{Arc, Mutex};

use serde_json::{Value, json};
use tokio::io::{AsyncReadExt, AsyncWriteExt, BufReader};
use tokio::net::{TcpListener, TcpStream};

use crate::acts::Act;

/// Since when it misbehaves.
#[derive(Clone, Copy, Debug, Eq, PartialEq)]
pub(crate) enum Since {
    TheBeginning,
    /// Registering and deleting agents works all the time, so that there is something to clean up.
    TheFirstAgent,
}

/// A server on a free loopback port; it ends with its test.
pub(crate) struct Hostile {
    address: std::net::SocketAddr,
    state: Arc<Mutex<State>>,
}

#[derive(Default)]
pub(crate) struct State {
    open: BTreeMap<u64, String>,
    made: u64,
    heads: Vec<String>,
    pub(crate) location: String,
}

impl Hostile {
    pub(crate) async fn start(act: Act, since: Since) -> Self {
        let listener = TcpListener::bind("127.0.0.1:0").await.unwrap();
        let address = listener.local_addr().unwrap();
        let state = Arc::new(Mutex::new(State::default()));
        state.lock().unwrap().location = format!("http://{address}/api/v4/again");
        let shared = state.clone();
        tokio::spawn(async move {
            while let Ok((stream, _)) = listener.accept().await {
                tokio::spawn(served(act, since, shared.clone(), stream));
            }
        });
        Self { address, state }
    }

    pub(crate) fn url(&self) -> String {
        format!("http://{}/api/v4", self.address)
    }

    pub(crate) fn redirect_to(&self, url: &str) {
        self.state.lock().unwrap().location = url.to_owned();
    }

    pub(crate) fn was_reached(&self) -> bool {
        !self.state.lock().unwrap().heads.is_empty()
    }

    pub(crate) fn heads(&self) -> Vec<String> {
        self.state.lock().unwrap().heads.clone()
    }

    /// The names of the agents that were registered and not deleted.
    pub(crate) fn open_agents(&self) -> Vec<String> {
        self.state.lock().unwrap().open.values().cloned().collect()
    }
}

/// One request for each connection.
async fn served(act: Act, since: Since, state: Arc<Mutex<State>>, stream: TcpStream) {
    let mut stream = BufReader::new(stream);
    let (head, body) = request(&mut stream).await;
    let answer = {
        let mut state = state.lock().unwrap();
        state.heads.push(head.clone());
        match since {
            Since::TheBeginning => None,
            Since::TheFirstAgent => state.polite(&head, &body),
        }
    };
    let location = state.lock().unwrap().location.clone();
    let mut stream = stream.into_inner();
    match answer {
        Some(answer) => drop(stream.write_all(answer.as_bytes()).await),
        None => act.perform(stream, &head, &location).await,
    }
}

async fn request(stream: &mut BufReader<TcpStream>) -> (String, Vec<u8>) {
    let mut head = Vec::new();
    while !head.ends_with(b"\r\n\r\n") {
        match stream.read_u8().await {
            Ok(byte) => head.push(byte),
            Err(_) => break,
        }
    }
    let head = String::from_utf8_lossy(&head).into_owned();
    let length = head.lines().find_map(|line| line.strip_prefix("content-length: "));
    let mut body = vec![0; length.and_then(|length| length.parse().ok()).unwrap_or(0)];
    let _ = stream.read_exact(&mut body).await;
    (head, body)
}

impl State {
    fn polite(&mut self, head: &str, body: &[u8]) -> Option<String> {
        let mut words = head.split(' ');
        let (method, path) = (words.next()?, words.next()?.split('?').next()?);
        let last = path.rsplit('/').next()?;
        match (method, last) {
            ("GET", "cluster_agents") if self.made == 0 => Some(answer("200 OK", "[]")),
            // The look around before the checks.
            ("GET", "url_configurations") if path.contains("/cluster_agents/1/") => {
                Some(answer("200 OK", "[]"))
            }
            ("POST", "cluster_agents") => Some(self.register(body)),
            ("DELETE", id) if !path.contains("tokens") && !path.contains("url_") => {
                self.open.remove(&id.parse().ok()?);
                Some(answer("204 No Content", ""))
            }
            _ => None,
        }
    }

    fn register(&mut self, body: &[u8]) -> String {
        let body: Value = serde_json::from_slice(body).unwrap_or_default();
        let Some(name) = body["name"].as_str() else {
            return answer("400 Bad Request", "{\"message\":\"no name\"}");
        };
        self.made += 1;
        self.open.insert(self.made, name.to_owned());
        let agent = json!({
            "id": self.made, "name": name, "created_at": "2022-04-20T20:42:40.221Z",
            "created_by_user_id": 42,
            "config_project": { "id": 20, "path_with_namespace": "group/project" },
        });
        answer("201 Created", &agent.to_string())
    }
}

fn answer(status: &str, body: &str) -> String {
    format!(
        "HTTP/1.1 {status}\r\ncontent-type: application/json\r\nconnection: close\r\n\
         content-length: {}\r\n\r\n{body}",
        body.len()
    )
}
