//! TLS for connections that are read byte by byte.

use std::sync::Arc;

use rustls::ClientConfig;
use rustls::pki_types::ServerName;
use rustls_platform_verifier::BuilderVerifierExt;
use tokio::net::TcpStream;
use tokio_rustls::TlsConnector;
use tokio_rustls::client::TlsStream;

/// Verifies the server by the roots of the system. The name is that of the certificate.
///
/// # Errors
///
/// What the handshake says, in words.
pub(super) async fn wrap(stream: TcpStream, name: &str) -> Result<TlsStream<TcpStream>, String> {
    let config = ClientConfig::builder().with_platform_verifier().map_err(|it| it.to_string())?;
    let config = config.with_no_client_auth();
    let name = ServerName::try_from(name.to_owned()).map_err(|error| error.to_string())?;
    let connector = TlsConnector::from(Arc::new(config));
    connector.connect(name, stream).await.map_err(|error| error.to_string())
}
