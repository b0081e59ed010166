//! Every bound that protects relay and browser, each with its reason.
