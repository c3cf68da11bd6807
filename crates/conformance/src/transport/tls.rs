//! TLS for connections that are read byte by byte.

use std::sync::Arc;

use rustls::ClientConfig;
use rustls::crypto::ring::default_provider;
use rustls::pki_types::pem::PemObject;
use rustls::pki_types::{CertificateDer, ServerName};
use rustls_platform_verifier::Verifier;
use tokio::net::TcpStream;
use tokio_rustls::TlsConnector;
use tokio_rustls::client::TlsStream;

/// Verifies the server by the roots of the system and by those in `ca_cert`, which is PEM.
///
/// # Errors
///
/// What the handshake says, in words.
pub(super) async fn wrap(
    stream: TcpStream,
    name: &str,
    ca_cert: Option<&[u8]>,
) -> Result<TlsStream<TcpStream>, String> {
    let config = config(ca_cert).map_err(|error| error.to_string())?;
    let name = ServerName::try_from(name.to_owned()).map_err(|error| error.to_string())?;
    let connector = TlsConnector::from(Arc::new(config));
    connector.connect(name, stream).await.map_err(|error| error.to_string())
}

fn config(ca_cert: Option<&[u8]>) -> Result<ClientConfig, rustls::Error> {
    let provider = Arc::new(default_provider());
    let roots = CertificateDer::pem_slice_iter(ca_cert.unwrap_or_default()).flatten();
    let verifier = Verifier::new_with_extra_roots(roots, Arc::clone(&provider))?;
    let builder =
        ClientConfig::builder_with_provider(provider).with_safe_default_protocol_versions()?;
    let builder = builder.dangerous().with_custom_certificate_verifier(Arc::new(verifier));
    Ok(builder.with_no_client_auth())
}
