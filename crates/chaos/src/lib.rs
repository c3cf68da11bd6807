//! A proxy that makes a server of the API as unreliable as a network can be, for tests of clients.
//!
//! It stands between a client and any server and knows nothing of either but HTTP and JSON. What it
//! does to a request is drawn from a seed and the number of the request: the same requests in the
//! same order meet the same [fates](Fate). The server behind it answers as ever, so a test can ask that
//! one for the truth.
//!
//! A client that is right ends every call in the right result or the right error.
//!
//! ```
//! use cluster_agents_chaos::{Settings, start};
//!
//! # #[tokio::main(flavor = "current_thread")]
//! # async fn main() -> std::io::Result<()> {
//! # let server = tokio::net::TcpListener::bind("127.0.0.1:0").await?;
//! let chaos = start(Settings::new(7, server.local_addr()?)).await?;
//! println!("http://{}/api/v4", chaos.address());
//! # Ok(())
//! # }
//! ```
//!
//! A request comes in by [`start`]'s proxy, meets its [`Fate`], goes `upstream` if that lets it, and
//! its answer is put into another but legal form: further and fewer fields, ids beyond 32 bits
//! ([`ID_OFFSET`]), lists in another order, headers that proxies take away.

mod settings;

mod proxy;

mod fate;

mod refusal;

mod upstream;

mod disguise;

mod ids;

pub use fate::Fate;
pub use ids::ID_OFFSET;
pub use proxy::{Running, start};
pub use settings::Settings;
