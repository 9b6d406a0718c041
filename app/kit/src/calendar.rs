//! Calendar files as answers of server functions.

use leptos::prelude::use_context;
use leptos::server_fn::ContentType;
use leptos::server_fn::codec::{Encoding, FromRes, IntoRes};
use leptos::server_fn::error::FromServerFnError;
use leptos::server_fn::response::{ClientRes, TryRes};
use leptos_axum::ResponseOptions;

/// The encoding of such a file.
pub struct CalendarFile;

impl ContentType for CalendarFile {
    const CONTENT_TYPE: &'static str = "text/calendar; charset=utf-8";
}

impl Encoding for CalendarFile {
    const METHOD: axum::http::Method = axum::http::Method::GET;
}

/// The text of such a file.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Calendar(pub String);

impl<E: FromServerFnError, Response: TryRes<E> + Send> IntoRes<CalendarFile, Response, E> for Calendar {
    async fn into_res(self) -> Result<Response, E> {
        Response::try_from_string(CalendarFile::CONTENT_TYPE, self.0)
    }
}

impl<E: FromServerFnError, Response: ClientRes<E> + Send> FromRes<CalendarFile, Response, E> for Calendar {
    async fn from_res(response: Response) -> Result<Self, E> {
        response.try_into_string().await.map(Self)
    }
}

/// Answers with the file: a link's request gets it, not the way back that forms get.
#[must_use]
pub fn file(name: &'static str, text: String) -> Calendar {
    if let Some(response) = use_context::<ResponseOptions>() {
        response.set_status(axum::http::StatusCode::OK);
        response.insert_header(axum::http::header::CONTENT_DISPOSITION, axum::http::HeaderValue::from_static(name));
        response.insert_header(axum::http::header::CACHE_CONTROL, axum::http::HeaderValue::from_static("no-store"));
    }
    Calendar(text)
}
