//! What the environment says, as CI jobs and people set it.

use cluster_agents_types::SecretString;

use crate::builder::{BuildError, ClientBuilder};
use crate::credential::Credential;

/// Reads the environment through `var`, which is the real one but in tests.
pub(crate) fn builder(var: impl Fn(&str) -> Option<String>) -> Result<ClientBuilder, BuildError> {
    let set = |name: &str| {
        let value = SecretString::from(var(name)?);
        let value = value.expose().trim();
        (!value.is_empty()).then(|| value.to_owned())
    };
    let host = set("GITLAB_HOST").map(with_scheme);
    let base_url = host.or_else(|| set("CI_API_V4_URL")).ok_or(BuildError::Environment(
        "neither `GITLAB_HOST` nor `CI_API_V4_URL` is set; one of them has to tell where GitLab is",
    ))?;
    let token = set("GITLAB_TOKEN").ok_or(BuildError::Environment(
        "`GITLAB_TOKEN` is not set; GitLab does not accept a `CI_JOB_TOKEN` for these operations",
    ))?;
    Ok(ClientBuilder::default().base_url(base_url).credential(Credential::private_token(token)))
}

/// A host alone is reached by https.
fn with_scheme(host: String) -> String {
    if host.contains("://") { host } else { format!("https://{host}") }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn base_url(vars: &[(&str, &str)]) -> Result<String, BuildError> {
        let var = |name: &str| {
            let found = vars.iter().find(|(known, _)| *known == name);
            found.map(|(_, value)| (*value).to_owned())
        };
        Ok(builder(var)?.build()?.base_url().to_owned())
    }

    #[test]
    fn a_job_knows_its_gitlab_and_a_person_may_name_another() {
        let token = ("GITLAB_TOKEN", "secret\n");
        let ci = ("CI_API_V4_URL", "https://ci.example.com/api/v4");
        assert_eq!(base_url(&[ci, token]).unwrap(), "https://ci.example.com/api/v4");
        for host in ["gitlab.example.com", "https://gitlab.example.com/", "gitlab.example.com:443"]
        {
            let url = base_url(&[("GITLAB_HOST", host), ci, token]).unwrap();
            assert_eq!(url, "https://gitlab.example.com/api/v4", "{host}");
        }
        assert_eq!(
            base_url(&[("GITLAB_HOST", ""), ci, token]).unwrap(),
            "https://ci.example.com/api/v4"
        );
    }

    #[test]
    fn what_is_missing_is_told_by_its_name() {
        let told = |vars| base_url(vars).unwrap_err().to_string();
        assert!(told(&[("GITLAB_TOKEN", "secret")]).contains("GITLAB_HOST"));
        let job = [("CI_API_V4_URL", "https://a.example"), ("CI_JOB_TOKEN", "secret")];
        assert!(told(&job).contains("CI_JOB_TOKEN"));
    }

    #[test]
    fn http_is_not_allowed_by_the_environment_alone() {
        let vars = [("GITLAB_HOST", "http://gitlab.example.com"), ("GITLAB_TOKEN", "secret")];
        assert!(matches!(base_url(&vars), Err(BuildError::BaseUrl(_))));
    }
}
