//! The county plan as an automerge document: schema, typed commands, read model, undo. No IO.
