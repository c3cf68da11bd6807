//! Ids beyond 32 bits: added to on their way to the client, taken off on their way back.

use std::iter;

use http::Uri;
use serde_json::Value;

/// What is added to every id. Such ids fit neither into 32 bits nor into a float of 32.
pub const ID_OFFSET: i64 = 1 << 40;

/// The fields that hold ids.
const FIELDS: [&str; 3] = ["id", "agent_id", "created_by_user_id"];

/// Adds to the value of a field if that is an id.
pub(crate) fn shift(field: &str, value: &mut Value) {
    if FIELDS.contains(&field)
        && let Some(id) = value.as_i64()
    {
        *value = id.saturating_add(ID_OFFSET).into();
    }
}

/// The address with the ids that the server knows. Ids that were never added to stay.
pub(crate) fn unshift(uri: &Uri) -> Uri {
    let segments: Vec<_> = uri.path().split('/').map(unshifted).collect();
    let query = uri.query().map(|query| format!("?{query}")).unwrap_or_default();
    let text: String = iter::once(segments.join("/")).chain([query]).collect();
    text.parse().unwrap_or_else(|_| uri.clone())
}

fn unshifted(segment: &str) -> String {
    match segment.parse::<i64>() {
        Ok(id) if id >= ID_OFFSET => (id - ID_OFFSET).to_string(),
        _ => segment.to_owned(),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_id_comes_back_as_it_went() {
        let mut id = Value::from(5);
        shift("agent_id", &mut id);
        assert_eq!(id, 1_099_511_627_781_i64);
        let uri: Uri = format!("/projects/20/cluster_agents/{id}/tokens?page=2").parse().unwrap();
        assert_eq!(unshift(&uri), "/projects/20/cluster_agents/5/tokens?page=2");
    }

    #[test]
    fn what_is_no_id_stays() {
        for (field, value) in
            [("page", Value::from(5)), ("id", Value::from("5")), ("id", Value::Null)]
        {
            let mut shifted = value.clone();
            shift(field, &mut shifted);
            assert_eq!(shifted, value);
        }
        let uri = Uri::from_static("/projects/group%2Fproject/cluster_agents/05/%zz");
        assert_eq!(unshift(&uri), uri);
    }
}
