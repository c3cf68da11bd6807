//! Reads the parameters of a path, a query and the headers.

use std::str::FromStr;

use axum::extract::RawPathParams;
use http::request::Parts;

use crate::Rejection;

/// The parameters of one request, decoded.
pub(crate) struct Parameters<'a> {
    path: Result<RawPathParams, ()>,
    query: Vec<(String, String)>,
    parts: &'a Parts,
}

impl<'a> Parameters<'a> {
    /// `path` is an error if an escape in it is not UTF-8.
    pub(crate) fn new(path: Result<RawPathParams, ()>, parts: &'a Parts) -> Self {
        let query = parts.uri.query().unwrap_or_default();
        let query = form_urlencoded::parse(query.as_bytes()).into_owned().collect();
        Self { path, query, parts }
    }

    /// The parameters of the query in the order in which they were sent.
    pub(crate) fn query(&self) -> &[(String, String)] {
        &self.query
    }

    /// A text of the path. What its type does not accept is the name of nothing.
    pub(crate) fn path_text<T: FromStr>(&self, name: &'static str) -> Result<T, Rejection> {
        self.path_value(name)?.parse().map_err(|_| Rejection::NotFound { name })
    }

    /// A number of the path: more digits than fit are a number, if the number of nothing.
    pub(crate) fn path_integer<T: FromStr>(&self, name: &'static str) -> Result<T, Rejection> {
        match integer(self.path_value(name)?) {
            Integer::Is(number) => typed(number).ok_or(Rejection::NotFound { name }),
            Integer::TooLarge => Err(Rejection::NotFound { name }),
            Integer::Not => Err(Rejection::Path { name }),
        }
    }

    fn path_value(&self, name: &'static str) -> Result<&str, Rejection> {
        let params = self.path.as_ref().map_err(|()| Rejection::NotFound { name })?;
        let value = params.iter().find(|(key, _)| *key == name).map(|(_, value)| value);
        value.filter(|value| !value.contains('\0')).ok_or(Rejection::NotFound { name })
    }

    /// A text of the query; the last one if it was sent more than once.
    pub(crate) fn query_text<T: FromStr>(
        &self,
        name: &'static str,
    ) -> Result<Option<T>, Rejection> {
        self.query_value(name)
            .map(|value| value.parse().map_err(|_| Rejection::Query { name }))
            .transpose()
    }

    /// A number of the query. An empty value counts as none.
    pub(crate) fn query_integer<T: FromStr>(
        &self,
        name: &'static str,
    ) -> Result<Option<T>, Rejection> {
        let Some(value) = self.query_value(name).filter(|value| !value.is_empty()) else {
            return Ok(None);
        };
        let Integer::Is(number) = integer(value) else { return Err(Rejection::Query { name }) };
        typed(number).map(Some).ok_or(Rejection::Query { name })
    }

    fn query_value(&self, name: &str) -> Option<&str> {
        self.query.iter().rfind(|(key, _)| key == name).map(|(_, value)| value.as_str())
    }

    /// A header as text. One that is not ASCII counts as absent: no documented value is like that.
    pub(crate) fn header_text<T: FromStr>(
        &self,
        name: &'static str,
    ) -> Result<Option<T>, Rejection> {
        let value = self.parts.headers.get(name).and_then(|value| value.to_str().ok());
        value.map(|value| value.parse().map_err(|_| Rejection::Header { name })).transpose()
    }

    /// A header as a number.
    pub(crate) fn header_integer<T: FromStr>(
        &self,
        name: &'static str,
    ) -> Result<Option<T>, Rejection> {
        let Some(value) = self.header_text::<String>(name)? else { return Ok(None) };
        let Integer::Is(number) = integer(&value) else { return Err(Rejection::Header { name }) };
        typed(number).map(Some).ok_or(Rejection::Header { name })
    }
}

/// The value of a required query parameter.
pub(crate) fn required_query<T>(value: Option<T>, name: &'static str) -> Result<T, Rejection> {
    value.ok_or(Rejection::Query { name })
}

/// The value of a required header.
pub(crate) fn required_header<T>(value: Option<T>, name: &'static str) -> Result<T, Rejection> {
    value.ok_or(Rejection::Header { name })
}

enum Integer {
    Is(i64),
    /// Digits, but more than fit into 64 bits.
    TooLarge,
    Not,
}

/// A number as its type if that is large enough. All types of numbers can be read from a text, and
/// not all from an `i64`.
fn typed<T: FromStr>(number: i64) -> Option<T> {
    number.to_string().parse().ok()
}

fn integer(text: &str) -> Integer {
    let text = text.trim_matches(' ');
    match text.parse() {
        Ok(number) => Integer::Is(number),
        Err(_) => {
            let digits = text.strip_prefix(['+', '-']).unwrap_or(text);
            let all_digits = !digits.is_empty() && digits.bytes().all(|b| b.is_ascii_digit());
            if all_digits { Integer::TooLarge } else { Integer::Not }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn parts(uri: &str) -> Parts {
        http::Request::get(uri).body(()).unwrap().into_parts().0
    }

    #[test]
    fn only_decimal_digits_with_an_optional_sign_are_an_integer() {
        for (text, number) in [("0", 0), ("+7", 7), ("-1", -1), ("007", 7), (" 5 ", 5)] {
            assert!(matches!(integer(text), Integer::Is(n) if n == number), "{text}");
        }
        for text in ["", "abc", "0x10", "1e3", "1.0", "-", "+", "٣", "1 2"] {
            assert!(matches!(integer(text), Integer::Not), "{text}");
        }
        assert!(matches!(integer("99999999999999999999"), Integer::TooLarge));
    }

    #[test]
    fn an_empty_number_in_the_query_counts_as_none_and_the_last_value_wins() {
        let parts = parts("/?page=&per_page=3&per_page=5");
        let parameters = Parameters::new(Err(()), &parts);
        assert_eq!(parameters.query_integer::<i64>("page"), Ok(None));
        assert_eq!(parameters.query_integer::<i64>("per_page"), Ok(Some(5)));
        assert_eq!(parameters.query_integer::<i64>("absent"), Ok(None));
    }

    #[test]
    fn a_number_that_does_not_fit_its_type_is_refused() {
        let parts = parts("/?page=70000");
        let parameters = Parameters::new(Err(()), &parts);
        let refused = Err(Rejection::Query { name: "page" });
        assert_eq!(parameters.query_integer::<i16>("page"), refused);
    }
}
