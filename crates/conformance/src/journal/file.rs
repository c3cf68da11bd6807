//! The journal on disk, so that a run that was killed leaves a trace of what it had made.

use std::fs::{File, OpenOptions, TryLockError};
use std::io::{self, Write};
use std::path::{Path, PathBuf};

use crate::error::Error;
use crate::journal::record::{self, Record};

/// What files of journals end in.
const EXTENSION: &str = "jsonl";

/// A file that grows by a line at a time and is locked while its run lives.
#[derive(Debug)]
pub(crate) struct JournalFile {
    file: File,
    path: PathBuf,
}

impl JournalFile {
    /// Begins a file in a folder, which is made if it is missing.
    pub(crate) fn create(folder: &Path, run: &str) -> Result<Self, Error> {
        let path = path(folder, run);
        let open = || {
            std::fs::create_dir_all(folder)?;
            let file = OpenOptions::new().create_new(true).append(true).open(&path);
            let file = file.map_err(explained)?;
            lock(&file)?;
            sync_folder(folder)?;
            Ok(file)
        };
        match open() {
            Ok(file) => Ok(Self { file, path }),
            Err(source) => Err(Error::Journal { path: path.display().to_string(), source }),
        }
    }

    /// Writes a line, and returns when it is on disk.
    pub(crate) fn append(&mut self, record: &Record) -> io::Result<()> {
        let mut line = serde_json::to_string(record)?;
        line.push('\n');
        self.file.write_all(line.as_bytes())?;
        self.file.sync_data()
    }

    /// Ends a journal that nothing is open in.
    pub(crate) fn remove(self) {
        drop(self.file);
        let _ = std::fs::remove_file(self.path);
    }
}

/// Where the journal of a run is.
pub(crate) fn path(folder: &Path, run: &str) -> PathBuf {
    folder.join(format!("{run}.{EXTENSION}"))
}

/// The files of a folder, in the order of their names. A folder that is not there has none.
pub(crate) fn files(folder: &Path) -> io::Result<Vec<PathBuf>> {
    let entries = match std::fs::read_dir(folder) {
        Ok(entries) => entries,
        Err(error) if error.kind() == io::ErrorKind::NotFound => return Ok(Vec::new()),
        Err(error) => return Err(error),
    };
    let mut paths: Vec<PathBuf> =
        entries.map(|entry| Ok(entry?.path())).collect::<io::Result<_>>()?;
    paths.retain(|path| path.extension().is_some_and(|extension| extension == EXTENSION));
    paths.sort();
    Ok(paths)
}

/// Reads the journal of a run that has ended; nothing of one that is still under way.
pub(crate) fn read(path: &Path) -> io::Result<Option<Vec<Record>>> {
    let file = OpenOptions::new().append(true).open(path)?;
    match file.try_lock() {
        Err(TryLockError::WouldBlock) => Ok(None),
        // A file system without locks cannot tell.
        Ok(()) | Err(TryLockError::Error(_)) => {
            Ok(Some(record::read(&std::fs::read_to_string(path)?)))
        }
    }
}

/// A file that is there already is not written over: it may be all that is known of a run.
fn explained(error: io::Error) -> io::Error {
    match error.kind() {
        io::ErrorKind::AlreadyExists => io::Error::new(
            error.kind(),
            "an earlier run with this seed has left it: cargo xtask conformance sweep",
        ),
        _ => error,
    }
}

/// The lock tells others that the run lives; it goes with the process, however that ends.
fn lock(file: &File) -> io::Result<()> {
    match file.try_lock() {
        Err(TryLockError::WouldBlock) => Err(io::ErrorKind::ResourceBusy.into()),
        Ok(()) | Err(TryLockError::Error(_)) => Ok(()),
    }
}

/// A new file is safe when its folder is.
#[cfg(unix)]
fn sync_folder(folder: &Path) -> io::Result<()> {
    File::open(folder)?.sync_all()
}

#[cfg(not(unix))]
fn sync_folder(_: &Path) -> io::Result<()> {
    Ok(())
}
