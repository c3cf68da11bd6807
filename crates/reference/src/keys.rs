//! The key pair with which a receptive agent recognises its caller.

use std::fmt;

use base64::Engine;
use base64::engine::general_purpose::STANDARD;
use ed25519_dalek::SigningKey;
use zeroize::Zeroizing;

use crate::error::RandomError;

/// An Ed25519 key pair. `Debug` shows the public half only.
pub struct KeyPair(SigningKey);

impl KeyPair {
    /// Makes a new pair.
    ///
    /// # Errors
    ///
    /// The operating system gives no random numbers.
    pub fn generate() -> Result<Self, RandomError> {
        let mut seed = Zeroizing::new([0; 32]);
        getrandom::fill(&mut *seed)?;
        Ok(Self(SigningKey::from_bytes(&seed)))
    }

    /// The raw 32 bytes of the public key in standard Base64, as the API shows it: 44 characters.
    #[must_use]
    pub fn public_key(&self) -> String {
        STANDARD.encode(self.0.verifying_key().as_bytes())
    }

    /// The raw 32 bytes of the private key.
    #[must_use]
    pub fn private_key(&self) -> Zeroizing<[u8; 32]> {
        Zeroizing::new(self.0.to_bytes())
    }
}

impl fmt::Debug for KeyPair {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_tuple("KeyPair").field(&self.public_key()).finish()
    }
}

#[cfg(test)]
mod tests {
    use ed25519_dalek::{Signer, Verifier, VerifyingKey};

    use super::*;

    #[test]
    fn what_the_private_key_signs_the_published_key_verifies() {
        let pair = KeyPair::generate().unwrap();
        let private = SigningKey::from_bytes(&pair.private_key());
        let published: [u8; 32] = STANDARD.decode(pair.public_key()).unwrap().try_into().unwrap();
        let public = VerifyingKey::from_bytes(&published).unwrap();
        assert!(public.verify(b"hello", &private.sign(b"hello")).is_ok());
    }

    #[test]
    fn a_public_key_has_44_characters_and_every_pair_another_one() {
        let (one, two) = (KeyPair::generate().unwrap(), KeyPair::generate().unwrap());
        assert_eq!(one.public_key().len(), 44);
        assert_ne!(one.public_key(), two.public_key());
    }

    #[test]
    fn debug_output_shows_the_public_key_alone() {
        let pair = KeyPair::generate().unwrap();
        assert_eq!(format!("{pair:?}"), format!("KeyPair({:?})", pair.public_key()));
    }
}
