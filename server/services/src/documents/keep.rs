//! Where documents' bytes lie: a folder, an S3 bucket, or in a test this process's memory.

use std::sync::Arc;

use chrono::{DateTime, Utc};
use object_store::local::LocalFileSystem;
use object_store::memory::InMemory;
use object_store::path::Path;
use object_store::prefix::PrefixStore;
use object_store::{ObjectStore, ObjectStoreExt};

use super::Scanner;
use crate::{Error, Result};

/// Where documents lie, and who looks at them for viruses.
#[derive(Clone)]
pub struct Documents {
    store: Arc<dyn ObjectStore>,
    /// "the folder var/documents", "an S3 bucket".
    place: String,
    /// Looks at each before it can be opened.
    pub(super) scanner: Option<Scanner>,
    /// Pictures are unpacked a few at a time, since each takes much memory.
    pub(super) unpacking: Arc<tokio::sync::Semaphore>,
}

impl std::fmt::Debug for Documents {
    // A bucket's address may hold a key.
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("Documents").field("place", &self.place).field("scanner", &self.scanner).finish_non_exhaustive()
    }
}

/// What is listed of one.
#[derive(Debug, Clone)]
pub(super) struct Kept {
    pub name: String,
    pub since: DateTime<Utc>,
}

impl Documents {
    /// How many pictures are unpacked at once.
    const UNPACKED_AT_ONCE: usize = 2;

    fn new(store: Arc<dyn ObjectStore>, place: String) -> Self {
        let unpacking = Arc::new(tokio::sync::Semaphore::new(Self::UNPACKED_AT_ONCE));
        Self { store, place, scanner: None, unpacking }
    }

    /// In memory: for tests, where nothing is to last.
    #[must_use]
    pub fn in_memory() -> Self {
        Self::new(Arc::new(InMemory::new()), "memory".into())
    }

    /// At `folder:PATH`, which is made when it is missing, or `s3://BUCKET` or `s3://BUCKET/PREFIX`, with the
    /// keys, the region and the endpoint in the environment's variables `AWS_…`.
    ///
    /// # Errors
    /// What was expected, in words without secrets.
    pub fn open(address: &str) -> Result<Self, String> {
        match address.split_once(':') {
            Some(("folder", path)) if !path.is_empty() => Self::folder(path),
            Some(("s3", _)) => Self::bucket(address),
            _ => Err("must be folder:PATH or s3://BUCKET/PREFIX, but it begins differently".into()),
        }
    }

    fn folder(path: &str) -> Result<Self, String> {
        use std::os::unix::fs::DirBuilderExt;
        // For nobody else on this machine.
        std::fs::DirBuilder::new()
            .recursive(true)
            .mode(0o700)
            .create(path)
            .map_err(|error| format!("names the folder {path}, which cannot be made: {error}"))?;
        let store = LocalFileSystem::new_with_prefix(path)
            .map_err(|error| format!("names the folder {path}, which cannot be used: {error}"))?;
        // On the disk before the row says that it is there.
        Ok(Self::new(Arc::new(store.with_fsync(true)), format!("the folder {path}")))
    }

    fn bucket(address: &str) -> Result<Self, String> {
        let rest = address.strip_prefix("s3://").unwrap_or_default();
        let (bucket, prefix) = rest.split_once('/').unwrap_or((rest, ""));
        if bucket.is_empty() {
            return Err("must name a bucket: s3://BUCKET/PREFIX".into());
        }
        // A second call finds one installed, which is as good.
        let _ = rustls::crypto::ring::default_provider().install_default();
        let store = object_store::aws::AmazonS3Builder::from_env()
            .with_bucket_name(bucket)
            .build()
            .map_err(|_| "names a bucket that cannot be used: set AWS_REGION, AWS_ACCESS_KEY_ID and AWS_SECRET_ACCESS_KEY, and AWS_ENDPOINT for another service than Amazon's".to_owned())?;
        let store: Arc<dyn ObjectStore> = if prefix.trim_matches('/').is_empty() {
            Arc::new(store)
        } else {
            Arc::new(PrefixStore::new(store, prefix))
        };
        Ok(Self::new(store, format!("the S3 bucket {bucket}")))
    }

    /// The same, with somebody who looks at each document before it can be opened.
    #[must_use]
    pub fn scanned_by(self, scanner: Option<Scanner>) -> Self {
        Self { scanner, ..self }
    }

    /// Writes, reads and deletes a small document, and asks the scanner: what was found, in words.
    ///
    /// # Errors
    /// What does not work, in words.
    pub async fn check(&self, name: &str) -> Result<String, String> {
        let said = |what: &str, error: Error| format!("{} {what}: {error}", self.place);
        self.put(name, b"wex".to_vec()).await.map_err(|error| said("cannot be written", error))?;
        let back = self.get(name).await.map_err(|error| said("cannot be read", error))?;
        self.delete(name).await.map_err(|error| said("cannot delete", error))?;
        if back.as_deref() != Some(b"wex") {
            return Err(format!("{} gives back something else than was written", self.place));
        }
        match &self.scanner {
            None => Ok(format!("{}; nobody looks for viruses (WEX_CLAMD)", self.place)),
            Some(scanner) => {
                scanner.scan(b"wex").await.map_err(|error| format!("the scanner of WEX_CLAMD: {error}"))?;
                Ok(format!("{}; the scanner answers", self.place))
            }
        }
    }

    pub(super) async fn put(&self, name: &str, bytes: Vec<u8>) -> Result<()> {
        self.store.put(&Path::from(name), bytes.into()).await.map(|_| ()).map_err(|error| unexpected(&error))
    }

    pub(super) async fn get(&self, name: &str) -> Result<Option<Vec<u8>>> {
        match self.store.get(&Path::from(name)).await {
            Ok(found) => Ok(Some(found.bytes().await.map_err(|error| unexpected(&error))?.to_vec())),
            Err(object_store::Error::NotFound { .. }) => Ok(None),
            Err(error) => Err(unexpected(&error)),
        }
    }

    /// Deletes one. One that is gone already is no error.
    pub(super) async fn delete(&self, name: &str) -> Result<()> {
        match self.store.delete(&Path::from(name)).await {
            Ok(()) | Err(object_store::Error::NotFound { .. }) => Ok(()),
            Err(error) => Err(unexpected(&error)),
        }
    }

    pub(super) async fn list(&self) -> Result<Vec<Kept>> {
        let found = self.store.list_with_delimiter(None).await.map_err(|error| unexpected(&error))?;
        Ok(found
            .objects
            .into_iter()
            .map(|object| Kept { name: object.location.to_string(), since: object.last_modified })
            .collect())
    }
}

fn unexpected(error: &object_store::Error) -> Error {
    Error::Unexpected(format!("documents: {error}"))
}
