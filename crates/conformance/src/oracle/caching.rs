//! Whether a shared cache could give one user's answer to the next.

use crate::generated::RequirementId as R;
use crate::oracle::Observation;
use crate::transport::{Credential, Exchange};

pub(super) fn observe(exchange: &Exchange) -> Option<Observation> {
    if matches!(exchange.request.credential, Credential::None) {
        return None;
    }
    let values = exchange.headers.get_all("cache-control").iter();
    let shared = values.filter_map(|value| value.to_str().ok()).find(|value| is_shared(value));
    let got = || format!("Cache-Control: {}", shared.unwrap_or_default());
    let expected = "no `public` and no `s-maxage` in Cache-Control";
    Some(Observation::of(R::ExchangePrivate, shared.is_none(), expected, got))
}

fn is_shared(value: &str) -> bool {
    value.to_ascii_lowercase().split(',').map(str::trim).any(|directive| {
        // Keeping something for zero seconds is not keeping it.
        let kept =
            directive.strip_prefix("s-maxage=").is_some_and(|age| age.trim_matches('"') != "0");
        directive == "public" || kept
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_directives_for_shared_caches_are_meant() {
        for value in ["max-age=0, private, must-revalidate", "no-cache", "max-age=60", "s-maxage=0"]
        {
            assert!(!is_shared(value), "{value}");
        }
        for value in ["public", "max-age=60, Public", "s-maxage=60"] {
            assert!(is_shared(value), "{value}");
        }
    }
}
