//! What several pages use.
