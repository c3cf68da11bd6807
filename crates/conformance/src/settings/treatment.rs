//! How the target wants to be treated, from what was said.

use crate::error::Error;
use crate::manners::duration;
use crate::settings::{Given, SettingsFile};
use crate::target::Target;

pub(super) fn apply(
    mut target: Target,
    given: &Given,
    file: &SettingsFile,
) -> Result<Target, Error> {
    let manners = &mut target.manners;
    manners.max_rps = positive(given.max_rps, "--max-rps")?.or(manners.max_rps);
    if let Some(count) = positive(given.concurrency, "--concurrency")? {
        manners.concurrency = usize::try_from(count).unwrap_or(usize::MAX);
    }
    manners.max_requests = given.max_requests;
    if let Some(text) = &given.timeout {
        manners.timeout = duration(text, "--timeout")?;
    }
    if let Some(text) = &given.max_time {
        manners.max_time = duration(text, "--max-time")?;
    }
    if let Some(path) = &given.ca_cert {
        manners.ca_cert = Some(std::fs::read(path).map_err(|error| Error::Setting {
            setting: String::from("--ca-cert"),
            problem: format!("{} cannot be read: {error}", path.display()),
        })?);
    }
    target.implementation = file.implementation();
    Ok(target)
}

fn positive(number: Option<u32>, flag: &str) -> Result<Option<u32>, Error> {
    match number {
        Some(0) => Err(Error::Setting {
            setting: flag.to_owned(),
            problem: String::from("0 would never send anything; it must be at least 1"),
        }),
        other => Ok(other),
    }
}
