//! Whether a text is a certificate or a private key in PEM.
//!
//! Only the form is judged: a certificate may be expired, and need not fit the key. Text around the
//! first block and further certificates after it are tolerated, as they are common in files.

use pkcs8::der::Decode;
use rustls_pki_types::pem::PemObject;
use rustls_pki_types::{CertificateDer, PrivateKeyDer};

/// Whether the first certificate block of `pem` holds an X.509 certificate.
#[must_use]
pub(crate) fn is_certificate(pem: &str) -> bool {
    let certificate = CertificateDer::from_pem_slice(pem.as_bytes());
    certificate.is_ok_and(|der| x509_cert::Certificate::from_der(&der).is_ok())
}

/// Whether the first private key block of `pem` holds a private key: PKCS#8, or the older forms of
/// RSA and elliptic curve keys. An encrypted key does not count, as nobody could use it.
#[must_use]
pub(crate) fn is_private_key(pem: &str) -> bool {
    match PrivateKeyDer::from_pem_slice(pem.as_bytes()) {
        Ok(PrivateKeyDer::Pkcs8(key)) => {
            pkcs8::PrivateKeyInfoRef::from_der(key.secret_pkcs8_der()).is_ok()
        }
        Ok(PrivateKeyDer::Pkcs1(key)) => {
            pkcs1::RsaPrivateKeyRef::from_der(key.secret_pkcs1_der()).is_ok()
        }
        Ok(PrivateKeyDer::Sec1(key)) => sec1::EcPrivateKey::from_der(key.secret_sec1_der()).is_ok(),
        _ => false,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    const CERTIFICATE: &str = include_str!("../tests/pem/certificate.pem");
    const KEYS: [(&str, &str); 4] = [
        ("PKCS#8 Ed25519", include_str!("../tests/pem/ed25519.key.pem")),
        ("PKCS#8 RSA", include_str!("../tests/pem/rsa-pkcs8.key.pem")),
        ("PKCS#1 RSA", include_str!("../tests/pem/rsa-pkcs1.key.pem")),
        ("SEC1 P-256", include_str!("../tests/pem/ec-sec1.key.pem")),
    ];
    const PUBLIC_KEY: &str = include_str!("../tests/pem/public.pem");
    const ENCRYPTED_KEY: &str = include_str!("../tests/pem/encrypted.key.pem");

    #[test]
    fn a_certificate_counts_in_every_usual_spelling() {
        assert!(is_certificate(CERTIFICATE));
        assert!(is_certificate(&CERTIFICATE.replace('\n', "\r\n")));
        assert!(is_certificate(&format!("subject=agent\n{CERTIFICATE}")));
        assert!(is_certificate(&format!("{CERTIFICATE}{CERTIFICATE}")));
        assert!(is_certificate(CERTIFICATE.trim_end()));
    }

    #[test]
    fn nothing_else_is_a_certificate() {
        let garbage = "-----BEGIN CERTIFICATE-----\nAAAA\n-----END CERTIFICATE-----\n";
        let cut = CERTIFICATE.replace("-----END CERTIFICATE-----", "");
        for text in ["", "certificate", garbage, &cut, KEYS[0].1, PUBLIC_KEY] {
            assert!(!is_certificate(text), "{text}");
        }
    }

    #[test]
    fn every_form_of_an_unencrypted_private_key_counts() {
        for (form, key) in KEYS {
            assert!(is_private_key(key), "{form}");
            assert!(is_private_key(&key.replace('\n', "\r\n")), "{form} with CRLF");
        }
    }

    #[test]
    fn nothing_else_is_a_private_key() {
        let garbage = "-----BEGIN PRIVATE KEY-----\nAAAA\n-----END PRIVATE KEY-----\n";
        for text in ["", "key", garbage, CERTIFICATE, PUBLIC_KEY, ENCRYPTED_KEY] {
            assert!(!is_private_key(text), "{text}");
        }
    }
}
