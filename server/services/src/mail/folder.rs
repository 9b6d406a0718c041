//! Emails as files of a folder, for development and demonstrations.

use std::future::Future;
use std::path::{Path, PathBuf};
use std::pin::Pin;

use lettre::message::Mailbox;
use store::messages::Message;

use super::{Handed, Sending, Transport, Undelivered, letter};

/// Writes each email into a folder as one `.eml` file.
#[derive(Debug)]
pub struct Folder {
    path: PathBuf,
    from: Mailbox,
}

impl Folder {
    /// Into this folder, which is made when it is missing.
    #[must_use]
    pub fn new(path: impl Into<PathBuf>, from: Mailbox) -> Self {
        Self { path: path.into(), from }
    }
}

impl Transport for Folder {
    fn send<'a>(&'a self, message: &'a Message) -> Sending<'a> {
        Box::pin(async move {
            let email = letter::email(message, &self.from)?;
            // The instant first, so that the folder lists them in order.
            let name = format!("{:016}-{}.eml", message.created_at.0, message.id);
            write_whole(&self.path, &name, &email.formatted()).await.map_err(Undelivered::later)?;
            Ok(Handed::default())
        })
    }
    fn check(&self) -> Pin<Box<dyn Future<Output = Result<String, String>> + Send + '_>> {
        Box::pin(async move {
            const TRIAL: &str = ".trial";
            write_whole(&self.path, TRIAL, b"")
                .await
                .map_err(|error| format!("cannot write into the folder {}: {error}", self.path.display()))?;
            let _ = tokio::fs::remove_file(self.path.join(TRIAL)).await;
            Ok(format!("emails are written into the folder {}", self.path.display()))
        })
    }
}

/// Under another name first: whoever watches the folder never sees half a file.
async fn write_whole(folder: &Path, name: &str, bytes: &[u8]) -> std::io::Result<()> {
    tokio::fs::create_dir_all(folder).await?;
    let part = folder.join(format!("{name}.part"));
    tokio::fs::write(&part, bytes).await?;
    tokio::fs::rename(part, folder.join(name)).await
}
