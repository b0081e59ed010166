//! IndexedDB, socket, tabs and clock: carries out the effects of sync in the browser.
