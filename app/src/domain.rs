//! Money, items, contributions and the rules between them. Pure: no IO, no clock, no framework.
