//! A file to save, as the answer of a server function.

use axum::http::{HeaderValue, header};
use leptos::prelude::use_context;
use leptos::server_fn::ContentType;
use leptos::server_fn::codec::{Encoding, FromRes, IntoRes};
use leptos::server_fn::error::FromServerFnError;
use leptos::server_fn::response::{ClientRes, TryRes};
use leptos_axum::ResponseOptions;

/// The encoding of a file that no browser is to show.
pub struct FileToSave;

impl ContentType for FileToSave {
    const CONTENT_TYPE: &'static str = "application/octet-stream";
}

impl Encoding for FileToSave {
    const METHOD: axum::http::Method = axum::http::Method::GET;
}

/// The bytes of such a file.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Attachment(Vec<u8>);

impl Attachment {
    /// A file to save under this name (letters, digits, "-" and "." only): never shown in a page of ours,
    /// never kept by a browser or a proxy, and without rights even where somebody opens it.
    #[must_use]
    pub fn new(name: &str, bytes: Vec<u8>) -> Self {
        let name: String = name.chars().filter(|c| c.is_ascii_alphanumeric() || matches!(c, '-' | '.' | '_')).collect();
        if let Some(response) = use_context::<ResponseOptions>() {
            response.set_status(axum::http::StatusCode::OK);
            if let Ok(value) = HeaderValue::from_str(&format!("attachment; filename=\"{name}\"")) {
                response.insert_header(header::CONTENT_DISPOSITION, value);
            }
            response.insert_header(header::CACHE_CONTROL, HeaderValue::from_static("no-store"));
            response.insert_header(header::X_CONTENT_TYPE_OPTIONS, HeaderValue::from_static("nosniff"));
            response.insert_header(
                header::CONTENT_SECURITY_POLICY,
                HeaderValue::from_static("sandbox; default-src 'none'; frame-ancestors 'none'"),
            );
        }
        Self(bytes)
    }
}

impl<E: FromServerFnError, Response: TryRes<E> + Send> IntoRes<FileToSave, Response, E> for Attachment {
    async fn into_res(self) -> Result<Response, E> {
        Response::try_from_bytes(FileToSave::CONTENT_TYPE, self.0.into())
    }
}

impl<E: FromServerFnError, Response: ClientRes<E> + Send> FromRes<FileToSave, Response, E> for Attachment {
    async fn from_res(response: Response) -> Result<Self, E> {
        Ok(Self(response.try_into_bytes().await?.to_vec()))
    }
}
