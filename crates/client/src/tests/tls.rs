use std::sync::Arc;

use rcgen::{BasicConstraints, CertificateParams, CertifiedIssuer, IsCa, KeyPair};
use rustls::crypto::ring;
use rustls::pki_types::{CertificateDer, PrivateKeyDer};
use rustls::server::WebPkiClientVerifier;
use rustls::{RootCertStore, ServerConfig};
use tokio::io::{AsyncReadExt, AsyncWriteExt};
use tokio::net::TcpListener;
use tokio_rustls::TlsAcceptor;

use super::agent;
use crate::types::AgentId;
use crate::{Client, ClientBuilder, Credential, Retry};

struct Authority(CertifiedIssuer<'static, KeyPair>);

impl Authority {
    fn new() -> Self {
        let mut params = CertificateParams::new(Vec::new()).unwrap();
        params.is_ca = IsCa::Ca(BasicConstraints::Unconstrained);
        Self(CertifiedIssuer::self_signed(params, KeyPair::generate().unwrap()).unwrap())
    }

    fn pem(&self) -> String {
        self.0.pem()
    }

    /// A certificate for `localhost` with its key.
    fn issue(&self) -> (rcgen::Certificate, KeyPair) {
        let key = KeyPair::generate().unwrap();
        let params = CertificateParams::new(vec!["localhost".to_owned()]).unwrap();
        (params.signed_by(&key, &self.0).unwrap(), key)
    }
}

/// A server that answers every request with an agent, over TLS and only to those with a certificate
/// of `clients`, if given; its port.
async fn server(authority: &Authority, clients: Option<&Authority>) -> u16 {
    let (certificate, key) = authority.issue();
    let provider = Arc::new(ring::default_provider());
    let builder = ServerConfig::builder_with_provider(Arc::clone(&provider))
        .with_safe_default_protocol_versions()
        .unwrap();
    let builder = match clients {
        None => builder.with_no_client_auth(),
        Some(clients) => {
            let mut roots = RootCertStore::empty();
            roots.add(clients.0.der().clone()).unwrap();
            let verifier = WebPkiClientVerifier::builder_with_provider(Arc::new(roots), provider);
            builder.with_client_cert_verifier(verifier.build().unwrap())
        }
    };
    let chain: Vec<CertificateDer<'static>> = vec![certificate.der().clone()];
    let key = PrivateKeyDer::try_from(key.serialize_der()).unwrap();
    let acceptor = TlsAcceptor::from(Arc::new(builder.with_single_cert(chain, key).unwrap()));
    let listener = TcpListener::bind("127.0.0.1:0").await.unwrap();
    let port = listener.local_addr().unwrap().port();
    tokio::spawn(async move {
        while let Ok((stream, _)) = listener.accept().await {
            let Ok(mut stream) = acceptor.accept(stream).await else { continue };
            let _ = stream.read(&mut [0; 4096]).await;
            let body = agent(5, "a").to_string();
            let length = body.len();
            let head = format!("HTTP/1.1 200 OK\r\nconnection: close\r\ncontent-length: {length}");
            let _ = stream.write_all(format!("{head}\r\n\r\n{body}").as_bytes()).await;
            let _ = stream.shutdown().await;
        }
    });
    port
}

async fn get(port: u16, set: impl FnOnce(ClientBuilder) -> ClientBuilder) -> Result<(), String> {
    let builder = Client::builder()
        .base_url(format!("https://localhost:{port}"))
        .no_proxy()
        .retry(Retry::never())
        .credential(Credential::private_token("secret"));
    let agent = set(builder).build().unwrap().get_agent(&20.into(), AgentId(5)).await;
    agent.map(drop).map_err(|error| {
        let mut told = error.to_string();
        let mut cause = std::error::Error::source(&error);
        while let Some(source) = cause {
            told.push_str(&format!(": {source}"));
            cause = source.source();
        }
        told
    })
}

#[tokio::test]
async fn an_authority_is_trusted_only_if_it_was_named() {
    let authority = Authority::new();
    let port = server(&authority, None).await;
    let refused = get(port, |builder| builder).await.unwrap_err();
    assert!(refused.contains("UnknownIssuer"), "{refused}");
    let other = Authority::new();
    assert!(get(port, |builder| builder.root_certificates(other.pem())).await.is_err());
    get(port, |builder| builder.root_certificates(authority.pem())).await.unwrap();
    let both = format!("{}{}", other.pem(), authority.pem());
    get(port, |builder| builder.root_certificates(both)).await.unwrap();
}

#[tokio::test]
async fn a_client_proves_who_it_is() {
    let (authority, clients) = (Authority::new(), Authority::new());
    let port = server(&authority, Some(&clients)).await;
    let trusting = |builder: ClientBuilder| builder.root_certificates(authority.pem());
    assert!(get(port, trusting).await.is_err());
    let (certificate, key) = clients.issue();
    let proven = |builder: ClientBuilder| {
        trusting(builder).client_certificate(certificate.pem(), key.serialize_pem())
    };
    get(port, proven).await.unwrap();
}
