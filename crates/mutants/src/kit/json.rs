//! Reading and changing objects.

use base64::Engine;
use base64::engine::general_purpose::STANDARD;
use serde_json::{Map, Value};

type Object = Map<String, Value>;

/// A key of the right form that belongs to nobody.
pub(crate) const ONE_KEY: &str = "11qYAYKxCrfVS/7TyWQHOg7hcvPapiMlrwIaaPcHURo=";

/// What comes before the 32 bytes of an Ed25519 key in a key file.
const SPKI_HEADER: [u8; 12] =
    [0x30, 0x2a, 0x30, 0x05, 0x06, 0x03, 0x2b, 0x65, 0x70, 0x03, 0x21, 0x00];

/// A value; null if there is none.
pub(crate) fn at(object: &Object, key: &str) -> Value {
    object.get(key).cloned().unwrap_or_default()
}

/// A text; empty if there is none.
pub(crate) fn text<'o>(object: &'o Object, key: &str) -> &'o str {
    object.get(key).and_then(Value::as_str).unwrap_or_default()
}

/// Sets a value.
pub(crate) fn put(object: &mut Object, key: &str, value: impl Into<Value>) {
    object.insert(key.to_owned(), value.into());
}

/// Removes a value.
pub(crate) fn take(object: &mut Object, key: &str) {
    object.shift_remove(key);
}

/// Changes a text, if there is one.
pub(crate) fn edit(object: &mut Object, key: &str, change: impl Fn(&str) -> String) {
    if let Some(Value::String(text)) = object.get_mut(key) {
        *text = change(text);
    }
}

/// Changes an object within the object.
pub(crate) fn inside(object: &mut Object, key: &str, change: impl Fn(&mut Object)) {
    if let Some(inner) = object.get_mut(key).and_then(Value::as_object_mut) {
        change(inner);
    }
}

/// A public key as key files have it.
pub(crate) fn spki(key: &str) -> String {
    let mut bytes = SPKI_HEADER.to_vec();
    bytes.extend(STANDARD.decode(key).unwrap_or_default());
    STANDARD.encode(bytes)
}
