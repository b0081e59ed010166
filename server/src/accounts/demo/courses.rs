//! The courses of the demonstration: a catalogue for the association and one for its county, and their occasions, soon
//! after today.

use app::{
    document::{CommandError, EditContext, catalogue, occasion},
    domain::{
        IsoDate, Organiser,
        ids::{AssociationId, UserId},
    },
};

use super::{Opened, Owner};
use crate::storage::documents::Kind;

/// The catalogues and occasions; of both owners the id and the name.
pub(super) fn documents(
    association: (&'static str, &'static str),
    county: (&'static str, &'static str),
    author: Option<UserId>,
    context: &EditContext,
) -> Result<Vec<Opened>, CommandError> {
    let own = Organiser { name: association.1.to_owned(), association: association.0.parse::<AssociationId>().ok() };
    let of_county = Organiser { name: county.1.to_owned(), association: None };
    let catalogues = [
        (Owner::Association(association.0), catalogue::demo_association(own, rand::random(), author, context)?),
        (Owner::County(county.0), catalogue::demo_county(of_county, rand::random(), author, context)?),
    ];
    let today = IsoDate::of_moment(context.now_ms);
    let mut all = Vec::new();
    for (owner, doc) in catalogues {
        let catalogue::Catalogue { owner: organiser, title, courses, .. } = catalogue::read(&doc);
        let courses: Vec<_> = courses.into_iter().map(|view| view.course).collect();
        all.push(Opened { owner, kind: Kind::Catalogue, year: None, title, doc });
        for draft in today.map(|today| occasion::demo_occasions(&organiser, &courses, today)).unwrap_or_default() {
            let doc = draft.open(rand::random(), author, context)?;
            let (year, title) = (Some(draft.new.year), draft.new.title);
            all.push(Opened { owner, kind: Kind::Occasion, year, title, doc });
        }
    }
    Ok(all)
}
