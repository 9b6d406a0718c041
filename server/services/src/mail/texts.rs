//! Text messages: one interface, with a file behind it until a provider is chosen.

use std::fmt::Debug;
use std::path::PathBuf;

use serde_json::json;
use store::messages::Message;
use tokio::io::AsyncWriteExt;

use super::{Asking, Handed, News, Sending, Undelivered};
use crate::time::london;

/// Takes text messages to telephones.
pub trait TextMessages: Send + Sync + Debug {
    /// Hands one text message over.
    fn send<'a>(&'a self, message: &'a Message) -> Sending<'a>;
    /// As [`super::Transport::news`].
    fn news<'a>(&'a self, _message: &'a Message) -> Asking<'a> {
        Box::pin(async { Ok(News::UnderWay) })
    }
}

/// Appends each text message to a file, as one line of JSON.
#[derive(Debug)]
pub struct TextFile(pub PathBuf);

impl TextMessages for TextFile {
    fn send<'a>(&'a self, message: &'a Message) -> Sending<'a> {
        Box::pin(async move {
            let line = json!({
                "id": message.id.to_string(),
                "to": message.recipient,
                "text": message.text,
                "template": message.template,
                "at": london(message.created_at).format("%Y-%m-%dT%H:%M:%S").to_string(),
            });
            self.append(&format!("{line}\n")).await.map_err(Undelivered::later)?;
            Ok(Handed::default())
        })
    }
}

impl TextFile {
    async fn append(&self, line: &str) -> std::io::Result<()> {
        if let Some(folder) = self.0.parent() {
            tokio::fs::create_dir_all(folder).await?;
        }
        let mut file = tokio::fs::OpenOptions::new().create(true).append(true).open(&self.0).await?;
        // One write: lines of two workers do not mix.
        file.write_all(line.as_bytes()).await?;
        file.sync_data().await
    }
}
