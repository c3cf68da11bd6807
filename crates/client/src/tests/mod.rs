//! Each rule of the client against a socket that does what a test says.

#[cfg(feature = "blocking")]
mod blocking;
mod construction;
mod errors;
mod listing;
mod moves;
mod retry;
mod secrets;
mod server;
#[cfg(feature = "rustls")]
mod tls;
mod tracing;

use std::sync::{Arc, Mutex};
use std::time::{Duration, Instant, SystemTime};

use self::server::Server;
use crate::clock::{BoxFuture, Clock};
use crate::{Client, ClientBuilder, Credential};

/// A token that must not be seen anywhere but on the wire.
const SENTINEL: &str = "glpat-sentinel-9f2c";

/// Time that passes only when somebody sleeps, and nothing left to chance.
#[derive(Clone, Debug)]
struct FakeClock {
    start: Instant,
    slept: Arc<Mutex<Vec<Duration>>>,
}

impl FakeClock {
    fn new() -> Self {
        Self { start: Instant::now(), slept: Arc::default() }
    }

    /// The waits so far, in milliseconds.
    fn waits(&self) -> Vec<u128> {
        self.slept.lock().unwrap().iter().map(Duration::as_millis).collect()
    }
}

impl Clock for FakeClock {
    fn today(&self) -> SystemTime {
        // Wed, 20 Apr 2022 20:42:41 GMT
        SystemTime::UNIX_EPOCH + Duration::from_secs(1_650_487_361)
    }

    fn now(&self) -> Instant {
        self.start + self.slept.lock().unwrap().iter().sum::<Duration>()
    }

    fn sleep(&self, time: Duration) -> BoxFuture<'static, ()> {
        self.slept.lock().unwrap().push(time);
        Box::pin(async {})
    }

    fn chance(&self) -> f64 {
        0.0
    }
}

fn builder(server: &Server) -> ClientBuilder {
    let credential = Credential::private_token(SENTINEL);
    Client::builder().base_url(server.url()).allow_http().no_proxy().credential(credential)
}

/// A client whose waits take no time, and those waits.
fn client(server: &Server) -> (Client, FakeClock) {
    let clock = FakeClock::new();
    (builder(server).clock(Arc::new(clock.clone())).build().unwrap(), clock)
}

fn agent(id: i64, name: &str) -> serde_json::Value {
    serde_json::json!({
        "id": id, "name": name, "created_at": "2022-04-20T20:42:40.221Z", "created_by_user_id": 42,
        "config_project": {
            "id": 20, "description": "", "name": "test", "path": "test",
            "name_with_namespace": "Administrator / test", "path_with_namespace": "root/test",
            "created_at": "2022-03-20T20:42:40.221Z",
        },
    })
}

fn token(id: i64, last_used_at: Option<&str>) -> serde_json::Value {
    serde_json::json!({
        "id": id, "name": "abcd", "description": null, "agent_id": 5, "status": "active",
        "created_at": format!("2022-03-25T14:12:{id:02}.497Z"), "created_by_user_id": 42,
        "last_used_at": last_used_at,
    })
}
