//! The secrets of agents, and how any secret is kept: as a digest.

use std::fmt;
use std::hash::{Hash, Hasher};

use cluster_agents_types::SecretString;
use sha2::{Digest as _, Sha256};
use subtle::ConstantTimeEq;

use crate::error::RandomError;

/// What every secret of an agent begins with, so that people and scanners recognise it.
pub const AGENT_SECRET_PREFIX: &str = "glagent-";

/// The random characters after the prefix: 50 of 64 possible ones each, which is 300 bits.
const RANDOM_CHARACTERS: usize = 50;

const ALPHABET: &[u8; 64] = b"ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_";

/// A new secret for an agent: `glagent-` and 50 url-safe characters.
///
/// # Errors
///
/// The operating system gives no random numbers.
pub fn new_agent_secret() -> Result<SecretString, RandomError> {
    let mut random = [0; RANDOM_CHARACTERS];
    getrandom::fill(&mut random)?;
    let mut secret = String::with_capacity(AGENT_SECRET_PREFIX.len() + RANDOM_CHARACTERS);
    secret.push_str(AGENT_SECRET_PREFIX);
    // 256 is a multiple of 64: every character is as likely as any other.
    secret.extend(random.iter().map(|byte| char::from(ALPHABET[usize::from(byte % 64)])));
    Ok(secret.into())
}

/// The SHA-256 digest of a secret.
///
/// Secrets are random and long, so that a plain digest is enough: nobody can guess their way back.
/// Comparing takes the same time wherever the difference is.
#[derive(Clone, Copy)]
pub struct Digest([u8; 32]);

impl Digest {
    /// The digest of `secret`.
    #[must_use]
    pub fn of(secret: &SecretString) -> Self {
        Self(Sha256::digest(secret.expose().as_bytes()).into())
    }

    /// A digest that was stored; nothing if it does not have 32 bytes.
    #[must_use]
    pub fn from_bytes(bytes: &[u8]) -> Option<Self> {
        bytes.try_into().ok().map(Self)
    }

    /// The 32 bytes.
    #[must_use]
    pub fn as_bytes(&self) -> &[u8] {
        &self.0
    }
}

impl PartialEq for Digest {
    fn eq(&self, other: &Self) -> bool {
        self.0.ct_eq(&other.0).into()
    }
}

impl Eq for Digest {}

impl Hash for Digest {
    fn hash<H: Hasher>(&self, state: &mut H) {
        self.0.hash(state);
    }
}

impl fmt::Debug for Digest {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("Digest(…)")
    }
}

#[cfg(test)]
mod tests {
    use std::collections::HashSet;

    use super::*;

    #[test]
    fn a_secret_has_its_prefix_and_fifty_url_safe_characters() {
        let secret = new_agent_secret().unwrap();
        let random = secret.expose().strip_prefix("glagent-").unwrap();
        assert_eq!(random.len(), 50);
        let safe = |c: char| c.is_ascii_alphanumeric() || c == '-' || c == '_';
        assert!(random.chars().all(safe));
    }

    #[test]
    fn no_two_secrets_are_the_same() {
        let secrets: HashSet<_> =
            (0..1000).map(|_| new_agent_secret().unwrap().expose().to_owned()).collect();
        assert_eq!(secrets.len(), 1000);
    }

    #[test]
    fn a_digest_is_the_sha_256_of_the_secret_and_is_not_shown() {
        let digest = Digest::of(&"abc".into());
        let hex: String = digest.as_bytes().iter().map(|byte| format!("{byte:02x}")).collect();
        assert_eq!(hex, "ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad");
        assert_eq!(digest, Digest::of(&"abc".into()));
        assert_ne!(digest, Digest::of(&"abd".into()));
        assert_eq!(format!("{digest:?}"), "Digest(…)");
    }
}
