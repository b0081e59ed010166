//! The relay: keeps the documents, lets in whom it should, and serves the pages.
