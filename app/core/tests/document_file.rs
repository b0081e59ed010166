//! A plan is handed over as a file and merged, with no network and with no trust in the file.
#![expect(clippy::unwrap_used, reason = "a panic is a failed test")]

mod support;

use proptest::prelude::*;
use samplan_core::document::CountyCommand;
use samplan_core::document::county::{read, refresh, sample, track};
use samplan_core::document::file::{FileError, merge, read_header, write};
use samplan_core::domain::DocumentId;
use samplan_core::limits::Limits;
use support::{demo_pair, item, run, set_kronor};

fn document() -> DocumentId {
    DocumentId::from_random([4; 16])
}

#[test]
fn two_who_hand_each_other_their_files_have_the_same_plan() {
    let (mut annas, mut bos) = demo_pair();
    let mut screen = track(&mut annas);
    set_kronor(&mut annas, item(1), 1);
    set_kronor(&mut bos, item(1), 2);
    run(&mut bos, CountyCommand::Remove { row: item(2) });
    let (hers, his) = (write(&mut annas, document()), write(&mut bos, document()));
    let merged = merge(&mut annas, document(), &his, &Limits::default()).unwrap();
    assert_eq!((merged.new_changes, merged.header.year), (2, 2021));
    assert_eq!(merge(&mut bos, document(), &hers, &Limits::default()).unwrap().new_changes, 1);
    assert_eq!(annas.get_heads(), bos.get_heads());
    assert_eq!(merge(&mut annas, document(), &his, &Limits::default()).unwrap().new_changes, 0, "twice does no harm");
    let touched = refresh(&mut annas, &mut screen);
    assert!(touched.conflicts.contains(&item(1)) && touched.removed);
    assert_eq!(screen, read(&bos));
    assert_eq!(annas.get_author(), Some(&automerge::Author::from(support::anna().as_bytes().to_vec())));
}

#[test]
fn a_file_says_what_it_is_before_it_is_merged() {
    let (mut doc, _) = demo_pair();
    let header = read_header(&write(&mut doc, document())).unwrap();
    assert_eq!((header.document, header.kind.as_str(), header.changes), (document(), "county-plan", 3));
    assert!(header.title.starts_with("Länsgemensamma"));
}

#[test]
fn a_file_of_another_plan_or_another_program_is_refused_in_plain_words() {
    let (mut doc, _) = demo_pair();
    let file = write(&mut doc, document());
    let mut newer = file.clone();
    newer[7] = 2;
    let other = DocumentId::from_random([5; 16]);
    for (document, file, says) in [
        (other, file.as_slice(), "hör till en annan plan: ”Länsgemensamma"),
        (document(), b"PK\x03\x04 not ours".as_slice(), "inte en plan från Samplan"),
        (document(), b"", "inte en plan från Samplan"),
        (document(), &newer, "nyare version"),
        (document(), &file[..file.len() - 1], "inte hel"),
        (document(), &file[..20], "inte hel"),
    ] {
        let heads = doc.get_heads();
        let refused = merge(&mut doc, document, file, &Limits::default()).unwrap_err();
        assert!(refused.to_string().contains(says), "{refused}");
        assert_eq!(doc.get_heads(), heads);
    }
}

#[test]
fn a_file_that_leaves_changes_out_is_not_taken_for_whole() {
    let (mut annas, mut bos) = demo_pair();
    let whole = write(&mut bos, document());
    set_kronor(&mut bos, item(1), 1);
    set_kronor(&mut bos, item(1), 2);
    let mut longer = write(&mut bos, document());
    // The last section of the longer file behind the shorter file's header: one change too many.
    let header = whole.len() - (whole.len() - 12);
    let length = u32::from_be_bytes(whole[8..12].try_into().unwrap()) as usize;
    longer.splice(..header + length, whole[..header + length].iter().copied());
    assert_eq!(merge(&mut annas, document(), &longer, &Limits::default()), Err(FileError::Incomplete));
}

#[test]
fn a_plan_with_a_long_history_passes_the_guard_in_sections() {
    let mut doc = sample::generate_large(30, 1_500, 3).unwrap();
    let file = write(&mut doc, document());
    let mut limits = Limits { message_operations: 21_000, ..Limits::default() };
    let mut fresh = samplan_core::document::empty([9; 16], None);
    merge(&mut fresh, document(), &file, &limits).unwrap();
    assert_eq!(read(&fresh), read(&doc));
    limits.document_operations = 1_000;
    let mut fresh = samplan_core::document::empty([9; 16], None);
    assert_eq!(merge(&mut fresh, document(), &file, &limits), Err(FileError::TooLarge));
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 100, ..ProptestConfig::default() })]

    #[test]
    fn a_damaged_file_is_refused_or_does_nothing(flips in prop::collection::vec((any::<prop::sample::Index>(), 1_u8..), 1..6)) {
        let (mut annas, mut bos) = demo_pair();
        set_kronor(&mut bos, item(1), 1);
        let mut file = write(&mut bos, document());
        for (at, flip) in flips {
            let at = at.index(file.len());
            file[at] ^= flip;
        }
        let before = (annas.get_heads(), read(&annas));
        match merge(&mut annas, document(), &file, &Limits::default()) {
            Err(_) => prop_assert_eq!((annas.get_heads(), read(&annas)), before),
            // Only what the header says of the title or the year can differ unnoticed.
            Ok(_) => prop_assert_eq!(read(&annas), read(&bos)),
        }
    }
}
