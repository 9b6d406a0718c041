//! Files that a link downloads: server functions whose answer is no page.

use kit::AppError;
use leptos::prelude::use_context;
use leptos_axum::ResponseOptions;
use server_fn::codec::{Encoding, FromRes, IntoRes};
use server_fn::error::FromServerFnError;
use server_fn::response::{ClientRes, TryRes};
use server_fn::{Bytes, ContentType};

/// A file and what sort it is of.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct File<Kind> {
    content: Vec<u8>,
    kind: std::marker::PhantomData<Kind>,
}

/// A PDF file.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Pdf;

/// A badge: a JSON Web Token.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Badge;

macro_rules! sort {
    ($name:ident, $kind:literal) => {
        impl ContentType for $name {
            const CONTENT_TYPE: &'static str = $kind;
        }
        impl Encoding for $name {
            const METHOD: http::Method = http::Method::GET;
        }
    };
}
sort!(Pdf, "application/pdf");
sort!(Badge, "application/jwt");

impl<K: Encoding + Send, E: FromServerFnError, Response: TryRes<E> + Send> IntoRes<K, Response, E> for File<K> {
    async fn into_res(self) -> Result<Response, E> {
        Response::try_from_bytes(K::CONTENT_TYPE, Bytes::from(self.content))
    }
}

impl<K: Encoding + Send, E: FromServerFnError, Response: ClientRes<E> + Send> FromRes<K, Response, E> for File<K> {
    async fn from_res(response: Response) -> Result<Self, E> {
        let content = response.try_into_bytes().await?.to_vec();
        Ok(Self { content, kind: std::marker::PhantomData })
    }
}

/// The answer to a link: a file with this name, which nobody keeps on the way.
pub(super) fn download<K>(name: &str, content: Vec<u8>) -> Result<File<K>, AppError> {
    if let Some(response) = use_context::<ResponseOptions>() {
        // A link's request is answered with a file, not with the way back that forms get.
        response.set_status(http::StatusCode::OK);
        if let Ok(value) = http::HeaderValue::from_str(&format!("attachment; filename=\"{name}\"")) {
            response.insert_header(http::header::CONTENT_DISPOSITION, value);
        }
        response.insert_header(http::header::CACHE_CONTROL, http::HeaderValue::from_static("no-store"));
    }
    Ok(File { content, kind: std::marker::PhantomData })
}
