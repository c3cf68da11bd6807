//! Texts compiled from the schemas of the document: what a schema takes, and what it just refuses.

use std::sync::Arc;

use proptest::strategy::Strategy;
use proptest::string::string_regex;
use regex::Regex;

use crate::context::Stop;
use crate::document;

/// Characters that texts of this API have to bear or refuse: letters of several scripts, and what
/// paths, queries, shells, HTML and terminals give a meaning.
const POOL: &str = "abz059-ABZ_./:+@~!*'\"()[]{}<>|\\&%$#?=,; \t\n\r\u{0}\u{7f}²éßñжλ中日🚀";

/// A schema of a text with a pattern and a length.
#[derive(Clone, Debug)]
pub(crate) struct Text {
    pub(crate) longest: usize,
    pattern: Arc<Regex>,
    source: String,
}

impl Text {
    /// The schema of that name.
    ///
    /// # Errors
    ///
    /// A schema without a pattern that can be used.
    pub(crate) fn of(schema: &str) -> Result<Self, Stop> {
        let unusable = || Stop::Fault(format!("the schema {schema} has no usable pattern"));
        let source = document::pattern(schema).ok_or_else(unusable)?;
        let pattern = Regex::new(source).map_err(|_| unusable())?;
        let source = source.trim_start_matches('^').trim_end_matches('$').to_owned();
        Ok(Self { longest: document::max_length(schema), pattern: Arc::new(pattern), source })
    }

    /// Whether the schema takes a text.
    pub(crate) fn takes(&self, text: &str) -> bool {
        self.pattern.is_match(text) && text.chars().count() <= self.longest
    }

    /// Texts of at most `room` characters that the schema takes.
    ///
    /// # Errors
    ///
    /// A pattern of a kind that nothing can be generated for.
    pub(crate) fn valid(&self, room: usize) -> Result<impl Strategy<Value = String> + use<>, Stop> {
        let text = self.clone();
        let generated = string_regex(&self.source);
        let generated = generated.map_err(|error| Stop::Fault(error.to_string()))?;
        let fits = move |it: &String| text.takes(it) && it.chars().count() <= room;
        Ok(generated.prop_filter("the length", fits))
    }

    /// Ends that the schema refuses behind `start`, which it takes: each has one character too many,
    /// at any place.
    ///
    /// # Errors
    ///
    /// The same.
    pub(crate) fn invalid_behind(
        &self,
        start: &'static str,
    ) -> Result<impl Strategy<Value = String> + use<>, Stop> {
        let text = self.clone();
        let pool: Vec<char> = POOL.chars().collect();
        let parts = (self.valid(8)?, proptest::sample::select(pool), 0..=8_usize);
        let insert = move |(end, stranger, place): (String, char, usize)| {
            let mut end: Vec<char> = end.chars().collect();
            end.insert(place.min(end.len()), stranger);
            let end: String = end.into_iter().collect();
            (!text.takes(&format!("{start}{end}"))).then_some(end)
        };
        Ok(parts.prop_filter_map("a text that is refused", insert))
    }
}

#[cfg(test)]
mod tests {
    use proptest::strategy::ValueTree;
    use proptest::test_runner::TestRunner;

    use super::*;

    fn samples(strategy: &impl Strategy<Value = String>) -> Vec<String> {
        let mut runner = TestRunner::deterministic();
        let mut sample = || strategy.new_tree(&mut runner).expect("a text").current();
        (0..300).map(|_| sample()).collect()
    }

    #[test]
    fn valid_texts_are_those_of_the_schema() {
        let name = Text::of("AgentName").expect("a pattern");
        let texts = samples(&name.valid(8).expect("a strategy"));
        assert!(texts.iter().all(|text| name.takes(text) && text.len() <= 8));
        assert!(texts.iter().any(|text| text.contains('-')) && texts.iter().any(|it| it.len() > 4));
    }

    #[test]
    fn invalid_texts_miss_the_pattern_in_every_way() {
        let name = Text::of("AgentName").expect("a pattern");
        let texts = samples(&name.invalid_behind("a-").expect("a strategy"));
        assert!(texts.iter().all(|text| !name.takes(&format!("a-{text}"))));
        let has = |stranger: char| texts.iter().any(|text| text.contains(stranger));
        assert!(['A', '_', '.', ' ', '\n', '中'].into_iter().all(has));
        assert!(texts.iter().any(|text| text.ends_with('-') && text.is_ascii()));
    }
}
