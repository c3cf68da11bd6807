//! Private keys at rest: encrypted with a key that is not in the database.

use std::fs::{self, File, OpenOptions};
use std::io::{self, Write};
use std::path::{Path, PathBuf};
use std::{fmt, process};

use base64::Engine;
use base64::engine::general_purpose::STANDARD;
use chacha20poly1305::aead::{Aead, KeyInit};
use chacha20poly1305::{XChaCha20Poly1305, XNonce};
use zeroize::Zeroizing;

use crate::error::RandomError;

const KEY_BYTES: usize = 32;
const NONCE_BYTES: usize = 24;

/// Encrypts private keys before they are stored, with XChaCha20-Poly1305.
#[derive(Clone)]
pub struct Vault(XChaCha20Poly1305);

/// Why the key of a vault cannot be had.
#[derive(Debug, thiserror::Error)]
pub enum VaultError {
    /// The key file cannot be read or written.
    #[error("cannot use the key file {}", path.display())]
    File {
        /// The key file.
        path: PathBuf,
        /// What the operating system says.
        source: io::Error,
    },
    /// The key file does not hold a key.
    #[error("the key file {} does not hold 32 bytes in Base64", path.display())]
    NoKey {
        /// The key file.
        path: PathBuf,
    },
    /// Others may read the key file.
    #[error("the key file {} can be read by others, make it 0600", path.display())]
    Open {
        /// The key file.
        path: PathBuf,
    },
    /// There are no random numbers to make a key of.
    #[error(transparent)]
    Random(#[from] RandomError),
}

impl Vault {
    /// A vault whose key is forgotten with it, for a database in memory.
    ///
    /// # Errors
    ///
    /// The operating system gives no random numbers.
    pub fn ephemeral() -> Result<Self, RandomError> {
        Ok(Self::new(&*new_key()?))
    }

    /// The vault of a key file, which is made if there is none.
    ///
    /// # Errors
    ///
    /// The file cannot be used, holds no key, or can be read by others than its owner.
    pub fn with_key_file(path: &Path) -> Result<Self, VaultError> {
        let file = |source| VaultError::File { path: path.into(), source };
        if !fs::exists(path).map_err(file)? {
            create(path, &*new_key()?).map_err(file)?;
        }
        if readable_by_others(path).map_err(file)? {
            return Err(VaultError::Open { path: path.into() });
        }
        let text = Zeroizing::new(fs::read_to_string(path).map_err(file)?);
        let key = STANDARD.decode(text.trim()).ok().map(Zeroizing::new);
        let key = key.and_then(|key| <[u8; KEY_BYTES]>::try_from(key.as_slice()).ok());
        let key = key.map(Zeroizing::new).ok_or_else(|| VaultError::NoKey { path: path.into() })?;
        Ok(Self::new(&key))
    }

    fn new(key: &[u8; KEY_BYTES]) -> Self {
        Self(XChaCha20Poly1305::new(key.into()))
    }

    /// Encrypts `secret`: a random nonce, then the encrypted and authenticated bytes.
    ///
    /// # Errors
    ///
    /// The operating system gives no random numbers.
    pub fn seal(&self, secret: &[u8]) -> Result<Vec<u8>, RandomError> {
        let mut sealed = vec![0; NONCE_BYTES];
        getrandom::fill(&mut sealed)?;
        let nonce = XNonce::try_from(sealed.as_slice()).unwrap_or_default();
        // Encrypting fails only beyond 256 GiB; a secret that long is lost rather than stored bare.
        sealed.extend(self.0.encrypt(&nonce, secret).unwrap_or_default());
        Ok(sealed)
    }

    /// Decrypts what [`seal`](Self::seal) made; nothing if another key made it or it was changed.
    #[must_use]
    pub fn open(&self, sealed: &[u8]) -> Option<Zeroizing<Vec<u8>>> {
        let (nonce, encrypted) = sealed.split_at_checked(NONCE_BYTES)?;
        let nonce = XNonce::try_from(nonce).ok()?;
        self.0.decrypt(&nonce, encrypted).ok().map(Zeroizing::new)
    }
}

impl fmt::Debug for Vault {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("Vault(…)")
    }
}

fn new_key() -> Result<Zeroizing<[u8; KEY_BYTES]>, RandomError> {
    let mut key = Zeroizing::new([0; KEY_BYTES]);
    getrandom::fill(&mut *key)?;
    Ok(key)
}

/// Writes the key beside its place and links it there whole, so that another server that starts at
/// the same moment never reads half a key; whoever links first wins.
fn create(path: &Path, key: &[u8; KEY_BYTES]) -> io::Result<()> {
    let mut draft = path.as_os_str().to_owned();
    draft.push(format!(".{}", process::id()));
    let draft = PathBuf::from(draft);
    let mut file = private_file(&draft)?;
    file.write_all(Zeroizing::new(STANDARD.encode(key)).as_bytes())?;
    file.sync_all()?;
    let linked = fs::hard_link(&draft, path);
    fs::remove_file(&draft)?;
    match linked {
        Err(error) if error.kind() == io::ErrorKind::AlreadyExists => Ok(()),
        other => other,
    }
}

#[cfg(unix)]
fn private_file(path: &Path) -> io::Result<File> {
    use std::os::unix::fs::OpenOptionsExt;
    OpenOptions::new().write(true).create_new(true).mode(0o600).open(path)
}

#[cfg(not(unix))]
fn private_file(path: &Path) -> io::Result<File> {
    OpenOptions::new().write(true).create_new(true).open(path)
}

#[cfg(unix)]
fn readable_by_others(path: &Path) -> io::Result<bool> {
    use std::os::unix::fs::PermissionsExt;
    Ok(fs::metadata(path)?.permissions().mode() & 0o077 != 0)
}

#[cfg(not(unix))]
fn readable_by_others(_: &Path) -> io::Result<bool> {
    Ok(false)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_is_sealed_is_not_readable_and_opens_again() {
        let vault = Vault::ephemeral().unwrap();
        let sealed = vault.seal(b"private key").unwrap();
        assert!(!sealed.windows(7).any(|bytes| bytes == b"private"));
        assert_eq!(vault.open(&sealed).unwrap().as_slice(), b"private key");
        assert_ne!(sealed, vault.seal(b"private key").unwrap());
    }

    #[test]
    fn changed_bytes_and_another_key_open_nothing() {
        let vault = Vault::ephemeral().unwrap();
        let sealed = vault.seal(b"private key").unwrap();
        for at in 0..sealed.len() {
            let mut changed = sealed.clone();
            changed[at] ^= 1;
            assert!(vault.open(&changed).is_none(), "byte {at}");
        }
        assert!(vault.open(&sealed[..10]).is_none());
        assert!(Vault::ephemeral().unwrap().open(&sealed).is_none());
    }

    #[test]
    fn the_key_file_is_made_once_and_then_kept() {
        let folder = tempfile::tempdir().unwrap();
        let path = folder.path().join("key");
        let sealed = Vault::with_key_file(&path).unwrap().seal(b"a").unwrap();
        assert_eq!(Vault::with_key_file(&path).unwrap().open(&sealed).unwrap().as_slice(), b"a");
        assert_eq!(fs::read_dir(&folder).unwrap().count(), 1);
    }

    #[cfg(unix)]
    #[test]
    fn a_key_file_is_for_its_owner_alone() {
        use std::os::unix::fs::PermissionsExt;
        let folder = tempfile::tempdir().unwrap();
        let path = folder.path().join("key");
        Vault::with_key_file(&path).unwrap();
        assert_eq!(fs::metadata(&path).unwrap().permissions().mode() & 0o777, 0o600);
        fs::set_permissions(&path, fs::Permissions::from_mode(0o640)).unwrap();
        let refused = Vault::with_key_file(&path);
        assert!(matches!(refused, Err(VaultError::Open { .. })), "{refused:?}");
    }

    #[test]
    fn a_file_without_a_key_is_refused() {
        let folder = tempfile::tempdir().unwrap();
        let path = folder.path().join("key");
        private_file(&path).unwrap().write_all(b"c2hvcnQ=").unwrap();
        let refused = Vault::with_key_file(&path);
        assert!(matches!(refused, Err(VaultError::NoKey { .. })), "{refused:?}");
    }
}
