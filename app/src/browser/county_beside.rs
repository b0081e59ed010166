//! What the county plan of a plan's year says of an association, as it lies on this device: read anew whenever another tab
//! has stored a change of it.

use super::account;
use super::tabs::{TabChannel, TabMessage, channel_name};
use crate::boot::CountyLink;
use crate::document::Kind;
use crate::document::county::{self, CountyPlan};
use crate::domain::ids::{DocumentId, UserId};
use leptos::task::spawn_local;

/// A line on which changes of a county plan are heard, closed when dropped.
pub struct Following {
    _channel: TabChannel,
}

/// Tells `heard` what the county plan says of the association, each time another tab has stored a change of it.
pub fn listen(
    user: UserId,
    county: DocumentId,
    association: String,
    heard: impl Fn(Option<CountyLink>) + Clone + 'static,
) -> Option<Following> {
    let channel = TabChannel::open(&channel_name(user, county), move |message| {
        // That the user has signed out, the page's own engine hears too.
        if let TabMessage::Changes(_) = message {
            let (heard, association) = (heard.clone(), association.clone());
            spawn_local(async move {
                // What cannot be read just now is as it was.
                if let Some(plan) = read(county).await {
                    heard(CountyLink::of(&plan, &association));
                }
            });
        }
    })?;
    Some(Following { _channel: channel })
}

async fn read(county: DocumentId) -> Option<CountyPlan> {
    let (store, _) = account::open_last().await?;
    let (doc, _) = account::read_document(&store, county).await.ok()?;
    Kind::County.is_in(&doc).then(|| county::read(&doc))
}
