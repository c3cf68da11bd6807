//! Why a server does not start.

use std::io;
use std::net::SocketAddr;

use crate::store::StoreError;
use crate::vault::VaultError;

/// Why a server does not start.
#[derive(Debug, thiserror::Error)]
pub enum StartError {
    /// The address cannot be listened on.
    #[error("cannot listen on {address}")]
    Listen {
        /// The address from the settings.
        address: SocketAddr,
        /// What the operating system says.
        source: io::Error,
    },
    /// The database cannot be opened, or was made by a newer version.
    #[error("cannot open the database {database}")]
    Database {
        /// The database from the settings, without a password.
        database: String,
        /// What the database says.
        source: StoreError,
    },
    /// The key that private keys are encrypted with cannot be read or made.
    #[error(transparent)]
    Vault(#[from] VaultError),
}

/// The operating system gives no random numbers.
#[derive(Debug, thiserror::Error)]
#[error("the operating system gives no random numbers")]
pub struct RandomError(#[from] getrandom::Error);
