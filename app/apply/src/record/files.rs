//! Files that a link downloads: server functions whose answer is no page.

use leptos::prelude::use_context;
use leptos_axum::ResponseOptions;
use server_fn::codec::{Encoding, FromRes, IntoRes};
use server_fn::error::FromServerFnError;
use server_fn::response::{ClientRes, TryRes};
use server_fn::{Bytes, ContentType};

macro_rules! file {
    ($(#[$doc:meta])* $file:ident, $encoding:ident, $kind:literal) => {
        $(#[$doc])*
        #[derive(Debug, Clone, PartialEq, Eq)]
        pub struct $file(Vec<u8>);

        /// How it is sent.
        pub struct $encoding;

        impl $file {
            /// The answer to a link: a file with this name, which nobody keeps on the way.
            pub(super) fn download(name: &str, content: Vec<u8>) -> Self {
                as_attachment(name);
                Self(content)
            }
        }

        impl ContentType for $encoding {
            const CONTENT_TYPE: &'static str = $kind;
        }

        impl Encoding for $encoding {
            const METHOD: http::Method = http::Method::GET;
        }

        impl<E: FromServerFnError, Response: TryRes<E> + Send> IntoRes<$encoding, Response, E> for $file {
            async fn into_res(self) -> Result<Response, E> {
                Response::try_from_bytes($encoding::CONTENT_TYPE, Bytes::from(self.0))
            }
        }

        impl<E: FromServerFnError, Response: ClientRes<E> + Send> FromRes<$encoding, Response, E> for $file {
            async fn from_res(response: Response) -> Result<Self, E> {
                Ok(Self(response.try_into_bytes().await?.to_vec()))
            }
        }
    };
}

file! {
    /// A certificate as a PDF file.
    PdfFile, Pdf, "application/pdf"
}
file! {
    /// A badge: a JSON Web Token.
    BadgeFile, Badge, "application/jwt"
}

fn as_attachment(name: &str) {
    let Some(response) = use_context::<ResponseOptions>() else { return };
    // A link's request is answered with a file, not with the way back that forms get.
    response.set_status(http::StatusCode::OK);
    if let Ok(value) = http::HeaderValue::from_str(&format!("attachment; filename=\"{name}\"")) {
        response.insert_header(http::header::CONTENT_DISPOSITION, value);
    }
    response.insert_header(http::header::CACHE_CONTROL, http::HeaderValue::from_static("no-store"));
}
