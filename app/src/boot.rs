//! What the server hands to the first paint.
