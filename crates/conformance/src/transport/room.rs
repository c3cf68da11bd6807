//! How much memory the answers take that are held at the same time.

use std::sync::Arc;
use std::sync::atomic::{AtomicUsize, Ordering};

/// What parsed JSON takes for each of these in its text, in bytes, on the safe side: an object has a
/// table and room for four fields from the beginning.
const OBJECT: usize = 640;
const VALUE: usize = 96;

/// The memory for all answers of a run.
#[derive(Clone, Debug)]
pub(crate) struct Store {
    held: Arc<AtomicUsize>,
    limit: usize,
}

/// The part of it that one answer takes, until the last copy of the answer is gone.
#[derive(Debug)]
pub(crate) struct Room {
    store: Store,
    bytes: usize,
}

impl Store {
    pub(crate) fn new(limit: usize) -> Self {
        Self { held: Arc::default(), limit }
    }

    /// Room for an answer of which nothing is known yet.
    pub(crate) fn room(&self) -> Room {
        Room { store: self.clone(), bytes: 0 }
    }
}

impl Room {
    /// Takes more, if there is as much.
    pub(crate) fn grow(&mut self, bytes: usize) -> bool {
        self.bytes += bytes;
        self.store.held.fetch_add(bytes, Ordering::Relaxed) + bytes <= self.store.limit
    }
}

impl Drop for Room {
    fn drop(&mut self) {
        self.store.held.fetch_sub(self.bytes, Ordering::Relaxed);
    }
}

/// How much a text takes at most when it is parsed, if it is JSON.
pub(crate) fn parsed(body: &[u8]) -> usize {
    let marks = body.iter().map(|byte| match byte {
        b'{' => OBJECT,
        b'[' | b',' => VALUE,
        _ => 1,
    });
    marks.sum()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_is_dropped_makes_room_for_something_else() {
        let store = Store::new(10);
        let (mut one, mut two) = (store.room(), store.room());
        assert!(one.grow(6) && !two.grow(6));
        drop(one);
        drop(two);
        assert!(store.room().grow(10));
    }

    #[test]
    fn a_page_of_agents_is_far_from_the_limit_of_an_answer() {
        let agent = serde_json::json!({
            "id": 1, "name": "a".repeat(63), "created_at": "2022-04-20T20:42:40.221Z",
            "created_by_user_id": 42, "is_receptive": false,
            "config_project": {
                "id": 20, "name": "n".repeat(100), "path": "p".repeat(100),
                "name_with_namespace": "n".repeat(300), "path_with_namespace": "p".repeat(300),
                "description": "d".repeat(500), "created_at": "2022-03-20T20:42:40.221Z",
            },
        });
        let page = serde_json::Value::from(vec![agent; 100]).to_string();
        assert!(parsed(page.as_bytes()) < 512 * 1024, "{}", parsed(page.as_bytes()));
    }
}
