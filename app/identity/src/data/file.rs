//! One's own data as a file that a machine can read.

use kit::AppError;
use leptos::prelude::*;
use leptos_axum::ResponseOptions;
use server_fn::ContentType;
use server_fn::codec::{Encoding, FromRes, GetUrl, IntoRes};
use server_fn::error::FromServerFnError;
use server_fn::response::{ClientRes, TryRes};

/// The encoding of such a file.
pub struct JsonFile;

impl ContentType for JsonFile {
    const CONTENT_TYPE: &'static str = "application/json; charset=utf-8";
}

impl Encoding for JsonFile {
    const METHOD: http::Method = http::Method::GET;
}

/// The text of such a file.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Text(pub String);

impl<E: FromServerFnError, Response: TryRes<E> + Send> IntoRes<JsonFile, Response, E> for Text {
    async fn into_res(self) -> Result<Response, E> {
        Response::try_from_string(JsonFile::CONTENT_TYPE, self.0)
    }
}

impl<E: FromServerFnError, Response: ClientRes<E> + Send> FromRes<JsonFile, Response, E> for Text {
    async fn from_res(response: Response) -> Result<Self, E> {
        response.try_into_string().await.map(Self)
    }
}

/// Everything that we hold about the signed-in learner, as JSON.
///
/// # Errors
/// [`AppError::SignIn`] when signed out, [`AppError::NotFound`] for staff.
#[server(prefix = "/do", endpoint = "identity_export", input = GetUrl, output = JsonFile)]
pub async fn export() -> Result<Text, AppError> {
    let data = services::own_data::read(&kit::request()).await?;
    if let Some(response) = use_context::<ResponseOptions>() {
        // A link's request is answered with a file, not with the way back that forms get.
        response.set_status(http::StatusCode::OK);
        response.insert_header(
            http::header::CONTENT_DISPOSITION,
            http::HeaderValue::from_static("attachment; filename=\"my-data.json\""),
        );
        response.insert_header(http::header::CACHE_CONTROL, http::HeaderValue::from_static("no-store"));
    }
    Ok(Text(data.json()?))
}
