//! The objects of OpenAPI 3.0 and their keys, as far as this project reads them.
//!
//! Left out on purpose, because the generators would drop them without a word: callbacks, links,
//! encodings, XML, OAuth flows, and servers of single paths and operations.

use super::shape::Shape::{
    Any, Count, Flag, FlagOrReference, List, Map, Number, Reference, Text, Word,
};
use super::shape::{Key, Object, Shape, may, must};

const fn object(name: &'static str, keys: &'static [Key]) -> Object {
    Object { name, keys, extensible: true }
}

pub(crate) static OPENAPI: Object = object(
    "an OpenAPI document",
    &[
        must("openapi", Text),
        must("info", Shape::Object(&INFO)),
        must("paths", Map(&Shape::Object(&PATH_ITEM))),
        may("servers", List(&Shape::Object(&SERVER))),
        may("components", Shape::Object(&COMPONENTS)),
        may("security", SECURITY),
        may("tags", List(&Shape::Object(&TAG))),
        may("externalDocs", Shape::Object(&EXTERNAL_DOCS)),
    ],
);

pub(crate) static INFO: Object = object(
    "the info",
    &[
        must("title", Text),
        must("version", Text),
        may("description", Text),
        may("termsOfService", Text),
        may("contact", Shape::Object(&CONTACT)),
        may("license", Shape::Object(&LICENSE)),
    ],
);

static CONTACT: Object =
    object("a contact", &[may("name", Text), may("url", Text), may("email", Text)]);

static LICENSE: Object = object("a license", &[must("name", Text), may("url", Text)]);

static SERVER: Object = object(
    "a server",
    &[
        must("url", Text),
        may("description", Text),
        may("variables", Map(&Shape::Object(&SERVER_VARIABLE))),
    ],
);

static SERVER_VARIABLE: Object = object(
    "a server variable",
    &[must("default", Text), may("enum", List(&Text)), may("description", Text)],
);

pub(crate) static COMPONENTS: Object = object(
    "the components",
    &[
        may("schemas", Map(&Reference(&SCHEMA))),
        may("responses", Map(&Reference(&RESPONSE))),
        may("parameters", Map(&Reference(&PARAMETER))),
        may("examples", Map(&Reference(&EXAMPLE))),
        may("requestBodies", Map(&Reference(&REQUEST_BODY))),
        may("headers", Map(&Reference(&HEADER))),
        may("securitySchemes", Map(&Reference(&SECURITY_SCHEME))),
    ],
);

pub(crate) static PATH_ITEM: Object = object(
    "a path",
    &[
        // Known only to be refused with a better message.
        may("$ref", Text),
        may("summary", Text),
        may("description", Text),
        may("get", Shape::Object(&OPERATION)),
        may("put", Shape::Object(&OPERATION)),
        may("post", Shape::Object(&OPERATION)),
        may("delete", Shape::Object(&OPERATION)),
        may("options", Shape::Object(&OPERATION)),
        may("head", Shape::Object(&OPERATION)),
        may("patch", Shape::Object(&OPERATION)),
        may("trace", Shape::Object(&OPERATION)),
        may("parameters", List(&Reference(&PARAMETER))),
    ],
);

pub(crate) static OPERATION: Object = object(
    "an operation",
    &[
        must("responses", Map(&Reference(&RESPONSE))),
        may("tags", List(&Text)),
        may("summary", Text),
        may("description", Text),
        may("externalDocs", Shape::Object(&EXTERNAL_DOCS)),
        may("operationId", Text),
        may("parameters", List(&Reference(&PARAMETER))),
        may("requestBody", Reference(&REQUEST_BODY)),
        may("deprecated", Flag),
        may("security", SECURITY),
    ],
);

pub(crate) static PARAMETER: Object = object(
    "a parameter",
    &[
        must("name", Text),
        must("in", Word(&["path", "query", "header", "cookie"])),
        may("description", Text),
        may("required", Flag),
        may("deprecated", Flag),
        may("allowEmptyValue", Flag),
        may("allowReserved", Flag),
        may("style", Text),
        may("explode", Flag),
        may("schema", Reference(&SCHEMA)),
        may("content", CONTENT),
        may("example", Any),
        may("examples", EXAMPLES),
    ],
);

pub(crate) static REQUEST_BODY: Object = object(
    "a request body",
    &[must("content", CONTENT), may("description", Text), may("required", Flag)],
);

pub(crate) static MEDIA_TYPE: Object = object(
    "a media type",
    &[may("schema", Reference(&SCHEMA)), may("example", Any), may("examples", EXAMPLES)],
);

pub(crate) static RESPONSE: Object = object(
    "a response",
    &[must("description", Text), may("headers", Map(&Reference(&HEADER))), may("content", CONTENT)],
);

pub(crate) static HEADER: Object = object(
    "a header",
    &[
        may("description", Text),
        may("required", Flag),
        may("deprecated", Flag),
        may("style", Text),
        may("schema", Reference(&SCHEMA)),
        may("content", CONTENT),
        may("example", Any),
        may("examples", EXAMPLES),
    ],
);

pub(crate) static EXAMPLE: Object =
    object("an example", &[must("value", Any), may("summary", Text), may("description", Text)]);

pub(crate) static TAG: Object = object(
    "a tag",
    &[
        must("name", Text),
        may("description", Text),
        may("externalDocs", Shape::Object(&EXTERNAL_DOCS)),
    ],
);

static EXTERNAL_DOCS: Object =
    object("a link to documentation", &[must("url", Text), may("description", Text)]);

pub(crate) static SECURITY_SCHEME: Object = object(
    "a security scheme",
    &[
        must("type", Word(&["apiKey", "http"])),
        may("description", Text),
        may("name", Text),
        may("in", Word(&["query", "header", "cookie"])),
        may("scheme", Text),
        may("bearerFormat", Text),
    ],
);

pub(crate) static SCHEMA: Object = object(
    "a schema",
    &[
        may("title", Text),
        may("description", Text),
        may("type", Word(&["array", "boolean", "integer", "number", "object", "string"])),
        may("format", Text),
        may("nullable", Flag),
        may("enum", List(&Any)),
        may("default", Any),
        may("example", Any),
        may("pattern", Text),
        may("minLength", Count),
        may("maxLength", Count),
        may("multipleOf", Number),
        may("minimum", Number),
        may("maximum", Number),
        may("exclusiveMinimum", Flag),
        may("exclusiveMaximum", Flag),
        may("items", Reference(&SCHEMA)),
        may("minItems", Count),
        may("maxItems", Count),
        may("uniqueItems", Flag),
        may("properties", Map(&Reference(&SCHEMA))),
        may("required", List(&Text)),
        may("additionalProperties", FlagOrReference(&SCHEMA)),
        may("minProperties", Count),
        may("maxProperties", Count),
        may("allOf", List(&Reference(&SCHEMA))),
        may("oneOf", List(&Reference(&SCHEMA))),
        may("anyOf", List(&Reference(&SCHEMA))),
        may("not", Reference(&SCHEMA)),
        may("discriminator", Any),
        may("readOnly", Flag),
        may("writeOnly", Flag),
        may("deprecated", Flag),
        may("externalDocs", Shape::Object(&EXTERNAL_DOCS)),
    ],
);

const SECURITY: Shape = List(&Map(&List(&Text)));
const CONTENT: Shape = Map(&Shape::Object(&MEDIA_TYPE));
const EXAMPLES: Shape = Map(&Reference(&EXAMPLE));
