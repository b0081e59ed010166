//! Handing bytes to the user as a file.

use js_sys::{Array, Uint8Array};
use wasm_bindgen::JsCast;
use web_sys::{Blob, BlobPropertyBag, HtmlAnchorElement, Url};

/// Offers `bytes` as a download called `name`. False if the browser would not.
pub fn offer(name: &str, media_type: &str, bytes: &[u8]) -> bool {
    try_offer(name, media_type, bytes).is_some()
}

fn try_offer(name: &str, media_type: &str, bytes: &[u8]) -> Option<()> {
    let parts = Array::of1(&Uint8Array::from(bytes));
    let properties = BlobPropertyBag::new();
    properties.set_type(media_type);
    let blob = Blob::new_with_u8_array_sequence_and_options(&parts, &properties).ok()?;
    let url = Url::create_object_url_with_blob(&blob).ok()?;
    let document = web_sys::window()?.document()?;
    let anchor: HtmlAnchorElement = document.create_element("a").ok()?.dyn_into().ok()?;
    anchor.set_href(&url);
    anchor.set_download(name);
    anchor.click();
    // Freed when the download surely has begun.
    wasm_bindgen_futures::spawn_local(async move {
        super::clock::sleep(std::time::Duration::from_secs(60)).await;
        let _ = Url::revoke_object_url(&url);
    });
    Some(())
}
