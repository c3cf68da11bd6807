//! Whom the client trusts, and how it proves who it is.

use cluster_agents_types::SecretString;
use reqwest::ClientBuilder;

use crate::error::BoxError;

/// What was asked for beside the certificates of the system.
#[derive(Clone, Debug, Default)]
#[cfg_attr(not(any(feature = "rustls", feature = "native-tls")), expect(dead_code))]
pub(crate) struct Tls {
    /// Further certificate authorities, PEM.
    pub(crate) roots: Vec<Vec<u8>>,
    /// A certificate chain in PEM with its private key in PEM.
    pub(crate) identity: Option<(Vec<u8>, SecretString)>,
}

/// Sets TLS up without touching what the program has chosen for the whole process.
#[cfg(feature = "rustls")]
pub(crate) fn set_up(http: ClientBuilder, tls: &Tls) -> Result<ClientBuilder, BoxError> {
    use std::sync::Arc;

    use rustls::ClientConfig;
    use rustls::crypto::ring;
    use rustls::pki_types::pem::PemObject;
    use rustls::pki_types::{CertificateDer, PrivateKeyDer};
    use rustls_platform_verifier::Verifier;

    let certificates = |pem: &[u8]| -> Result<Vec<CertificateDer<'static>>, BoxError> {
        let found = CertificateDer::pem_slice_iter(pem).collect::<Result<Vec<_>, _>>()?;
        if found.is_empty() { Err("there is no certificate in the PEM".into()) } else { Ok(found) }
    };
    let provider = Arc::new(ring::default_provider());
    let mut roots = Vec::new();
    for pem in &tls.roots {
        roots.extend(certificates(pem)?);
    }
    let verifier = Verifier::new_with_extra_roots(roots, Arc::clone(&provider))?;
    let config = ClientConfig::builder_with_provider(provider)
        .with_safe_default_protocol_versions()?
        .dangerous()
        .with_custom_certificate_verifier(Arc::new(verifier));
    let config = match &tls.identity {
        None => config.with_no_client_auth(),
        Some((chain, key)) => {
            let key = PrivateKeyDer::from_pem_slice(key.expose().as_bytes())?;
            config.with_client_auth_cert(certificates(chain)?, key)?
        }
    };
    Ok(http.tls_backend_preconfigured(config))
}

/// Sets TLS up with the library of the system.
#[cfg(all(feature = "native-tls", not(feature = "rustls")))]
pub(crate) fn set_up(mut http: ClientBuilder, tls: &Tls) -> Result<ClientBuilder, BoxError> {
    for pem in &tls.roots {
        let found = reqwest::Certificate::from_pem_bundle(pem)?;
        if found.is_empty() {
            return Err("there is no certificate in the PEM".into());
        }
        http = http.tls_certs_merge(found);
    }
    Ok(match &tls.identity {
        None => http,
        Some((chain, key)) => {
            http.identity(reqwest::Identity::from_pkcs8_pem(chain, key.expose().as_bytes())?)
        }
    })
}

/// Without TLS there is nothing to set up, and https fails when it is tried.
#[cfg(not(any(feature = "rustls", feature = "native-tls")))]
#[expect(clippy::unnecessary_wraps, reason = "it fails with a TLS library")]
pub(crate) fn set_up(http: ClientBuilder, _: &Tls) -> Result<ClientBuilder, BoxError> {
    Ok(http)
}
