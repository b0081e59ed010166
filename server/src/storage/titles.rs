//! What documents are called in lists: as each says itself.

use app::domain::ids::DocumentId;

use super::Database;

/// The longest title of a document, in characters.
const LONGEST: usize = 200;

/// Whether a list may show it: one line of reasonable length.
pub fn is_title(text: &str) -> bool {
    !text.trim().is_empty() && text.chars().count() <= LONGEST && !text.chars().any(char::is_control)
}

impl Database {
    /// Notes what a document is called from now on.
    pub async fn set_title(&self, document: DocumentId, title: &str) -> Result<(), sqlx::Error> {
        sqlx::query("UPDATE documents SET title = ? WHERE id = ? AND title <> ?")
            .bind(title)
            .bind(document.as_bytes().as_slice())
            .bind(title)
            .execute(self.pool())
            .await?;
        Ok(())
    }
}
