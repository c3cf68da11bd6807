//! TLS: the certificates of the system count, and those that were given.

use std::sync::Arc;

use rcgen::{BasicConstraints, CertificateParams, CertifiedIssuer, IsCa, KeyPair};
use rustls::ServerConfig;
use rustls::crypto::ring::default_provider;
use rustls::pki_types::{CertificateDer, PrivateKeyDer};
use tokio::io::{AsyncReadExt, AsyncWriteExt};
use tokio::net::TcpListener;
use tokio_rustls::TlsAcceptor;

use crate::api;
use crate::target::{Actor, Project, Secret, Target};
use crate::transport::tests::{EMPTY, LIMITS};
use crate::transport::{Exchange, Failure, FailureKind, Transport};

/// A server of an authority that nobody knows; its URL and the authority's certificate as PEM.
async fn server() -> (String, Vec<u8>) {
    let mut params = CertificateParams::new(Vec::new()).expect("parameters");
    params.is_ca = IsCa::Ca(BasicConstraints::Unconstrained);
    let key = KeyPair::generate().expect("a key");
    let authority = CertifiedIssuer::self_signed(params, key).expect("an authority");
    let key = KeyPair::generate().expect("a key");
    let params = CertificateParams::new(vec![String::from("localhost")]).expect("parameters");
    let certificate = params.signed_by(&key, &authority).expect("a certificate");
    let chain: Vec<CertificateDer<'static>> = vec![certificate.der().clone()];
    let key = PrivateKeyDer::try_from(key.serialize_der()).expect("a key");
    let config = ServerConfig::builder_with_provider(Arc::new(default_provider()))
        .with_safe_default_protocol_versions()
        .expect("versions")
        .with_no_client_auth()
        .with_single_cert(chain, key)
        .expect("a configuration");
    (served(TlsAcceptor::from(Arc::new(config))).await, authority.pem().into_bytes())
}

async fn served(acceptor: TlsAcceptor) -> String {
    let listener = TcpListener::bind("127.0.0.1:0").await.expect("a free port");
    let port = listener.local_addr().expect("an address").port();
    tokio::spawn(async move {
        while let Ok((stream, _)) = listener.accept().await {
            let Ok(mut stream) = acceptor.accept(stream).await else { continue };
            let _ = stream.read(&mut [0; 4096]).await;
            let _ = stream.write_all(EMPTY.as_bytes()).await;
            let _ = stream.shutdown().await;
        }
    });
    format!("https://localhost:{port}/api/v4")
}

async fn ask(url: &str, ca_cert: Option<Vec<u8>>, is_raw: bool) -> Result<Exchange, Failure> {
    let mut target = Target::new(url, Project::Number(20))
        .expect("a good URL")
        .with_token(Actor::Maintainer, Secret::new("sentinel-of-the-maintainer"));
    target.manners.ca_cert = ca_cert;
    let request = api::list_agents(&Project::Number(20));
    let request = if is_raw { request.byte_by_byte() } else { request };
    Transport::new(target, LIMITS).expect("a client").send(&request, "cfm-1-test-1").await
}

#[tokio::test]
async fn an_authority_that_was_given_is_trusted_and_no_other_stranger() {
    let (url, pem) = server().await;
    for is_raw in [false, true] {
        assert_eq!(ask(&url, Some(pem.clone()), is_raw).await.expect("an answer").status, 200);
        let failure = ask(&url, None, is_raw).await.expect_err("nobody knows it");
        assert_eq!(failure.kind, FailureKind::Connect);
        assert!(failure.problem.contains("certificate"), "{}", failure.problem);
    }
}

#[tokio::test]
async fn a_file_without_a_certificate_is_refused() {
    let mut target = Target::new("https://localhost/", Project::Number(20)).expect("a good URL");
    target.manners.ca_cert = Some(b"no certificate".to_vec());
    let error = Transport::new(target, LIMITS).expect_err("no certificate");
    insta::assert_snapshot!(error, @"--ca-cert: the file has no certificate; it should be PEM");
}
