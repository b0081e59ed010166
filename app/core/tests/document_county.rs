//! Commands do what they say, nothing more, and say in Swedish why they do not.
#![expect(clippy::unwrap_used, reason = "a panic is a failed test")]

mod support;

use automerge::ReadDoc;
use samplan_core::document::county::{self, edit, history, read};
use samplan_core::document::{self, CommandError, CountyCommand, Field, RowKind, RowRef};
use samplan_core::domain::{AssociationId, BalanceState, Horizon, Money, SplitKey, UserId};
use samplan_core::sync::guard::{Accept, vet_changes};
use support::{anna, bo, context, demo_pair, exchange, item, item_id, run, set_kronor};

fn whats(doc: &automerge::AutoCommit) -> Vec<String> {
    read(doc).items.into_iter().map(|view| view.item.what.chars().take(6).collect()).collect()
}

#[test]
fn the_demo_plan_has_the_figures_that_the_source_prints() {
    let plan = read(&demo_pair().0);
    assert_eq!((plan.year, plan.items.len(), plan.commitments.len()), (2021, 4, 2));
    let costs: Vec<_> = plan.items.iter().map(|view| view.item.cost.unwrap().to_string()).collect();
    assert_eq!(costs, ["125\u{a0}000\u{a0}kr", "200\u{a0}000\u{a0}kr", "100\u{a0}000\u{a0}kr", "200\u{a0}000\u{a0}kr"]);
    let names: Vec<_> = plan.contributions.iter().map(|view| view.contribution.name.as_str()).collect();
    assert_eq!(
        names,
        [
            "Norra Västmanlands samordningsförbund",
            "Samordningsförbundet Västra Mälardalen",
            "Samordningsförbundet Västerås"
        ]
    );
    assert_eq!(plan.items[2].item.decided.unwrap().to_string(), "2020-12-09");
    assert_eq!(plan.commitments[0].commitment.horizon, Horizon::OneYear);
    assert_eq!(plan.commitments[1].commitment.horizon, Horizon::ThreeYears);
    // The rows balance. The printed sum of the contributions is 125 000 kr too high, and is found to be.
    let balance = plan.balance();
    assert_eq!(balance.state(), BalanceState::Balanced);
    assert_eq!(balance.stated_items_off_by(&plan.stated), None);
    assert_eq!(balance.stated_contributions_off_by(&plan.stated), Some(Money::from_kronor(125_000)));
}

#[test]
fn one_command_is_one_change_with_its_author_and_time() {
    let (mut doc, _) = demo_pair();
    let before = doc.get_heads();
    let commands = vec![
        CountyCommand::AddItem { id: item_id(9), after: Some(item_id(1)) },
        CountyCommand::SetText { row: item(9), field: Field::What, value: "Temadag".into() },
        CountyCommand::SetAmount { row: item(9), amount: Some(Money::from_kronor(5)) },
    ];
    run(&mut doc, CountyCommand::Batch { commands, label: "klistra in".into() });
    let changes = doc.get_changes(&before);
    assert_eq!(changes.len(), 1);
    assert_eq!(changes[0].timestamp(), 1_000);
    let last = history::last_change(&doc, &item(9), Field::Cost).unwrap();
    assert_eq!(last, history::LastChange { author: Some(anna()), at: 1_000_000 });
    assert_eq!(whats(&doc), ["Lösnin", "Temada", "2 st l", "Åtagan", "Övrigt"]);
}

#[test]
fn a_command_that_changes_nothing_makes_no_change() {
    let (mut doc, _) = demo_pair();
    let heads = doc.get_heads();
    let what = read(&doc).items[0].item.what.clone();
    for command in [
        CountyCommand::SetAmount { row: item(1), amount: Some(Money::from_kronor(125_000)) },
        CountyCommand::SetText { row: item(1), field: Field::What, value: what },
        CountyCommand::SetText { row: item(1), field: Field::Decided, value: " ".into() },
        CountyCommand::Move { row: item(2), after: Some(item_id(1)) },
        CountyCommand::Move { row: item(2), after: Some(item_id(2)) },
        CountyCommand::Restore { row: item(1) },
        CountyCommand::SetSplit { row: item(1), split: None },
        CountyCommand::Batch { commands: vec![], label: String::new() },
    ] {
        let edited = edit(&mut doc, &command, &context(5)).unwrap();
        assert_eq!(edited, document::Edited::default(), "{command:?}");
    }
    assert_eq!(doc.get_heads(), heads);
}

#[test]
fn a_refused_command_leaves_the_plan_as_it_was_and_says_what_to_do() {
    let (mut doc, _) = demo_pair();
    let (heads, plan) = (doc.get_heads(), read(&doc));
    let norra = RowRef::Contribution("norra".parse().unwrap());
    let gone = item(99);
    let text =
        |row: &RowRef, field, value: &str| CountyCommand::SetText { row: row.clone(), field, value: value.into() };
    let amount = |row: &RowRef, ore| CountyCommand::SetAmount { row: row.clone(), amount: Some(Money::from_ore(ore)) };
    for (command, says) in [
        (amount(&gone, 1), "Raden finns inte"),
        (amount(&RowRef::Contribution("annat".parse().unwrap()), 1), "Raden finns inte"),
        (amount(&item(1), Money::MAX_ORE + 1), "Fyll i ett belopp mellan"),
        (amount(&RowRef::Commitment(item_id(5)), 1), "Välj en annan kolumn"),
        (text(&item(1), Field::Text, "x"), "Välj en annan kolumn"),
        (text(&item(1), Field::Cost, "x"), "Välj en annan kolumn"),
        (text(&norra, Field::Comment, "x"), "Välj en annan kolumn"),
        (text(&item(1), Field::What, &"x".repeat(20_001)), "Texten är för lång"),
        (text(&item(1), Field::Decided, "igår"), "Skriv datumet som år-månad-dag"),
        (text(&item(1), Field::Decided, "2021-02-30"), "finns inte"),
        (CountyCommand::Remove { row: norra.clone() }, "går inte att flytta eller ta bort"),
        (CountyCommand::Move { row: norra, after: None }, "går inte att flytta eller ta bort"),
        (CountyCommand::Move { row: item(1), after: Some(item_id(99)) }, "Raden finns inte"),
        (CountyCommand::AddItem { id: item_id(1), after: None }, "Raden finns redan"),
        (CountyCommand::SetHorizon { row: item(1), horizon: Horizon::OneYear }, "Välj en annan kolumn"),
        (CountyCommand::SetSplit { row: item(1), split: Some(SplitKey::Unknown("x".into())) }, "Uppdatera"),
    ] {
        let refused = edit(&mut doc, &command, &context(5)).unwrap_err();
        assert!(refused.to_string().contains(says), "{command:?}: {refused}");
        let half = CountyCommand::Batch { commands: vec![amount(&item(2), 7), command], label: "halv".into() };
        assert_eq!(edit(&mut doc, &half, &context(5)), Err(refused), "all or nothing");
    }
    assert_eq!((doc.get_heads(), read(&doc)), (heads, plan));
    let mut nothing = document::empty([3; 16], None);
    let refused = edit(&mut nothing, &CountyCommand::AddItem { id: item_id(1), after: None }, &context(5));
    assert_eq!(refused, Err(CommandError::NotAPlan));
}

#[test]
fn two_amounts_written_at_once_are_both_shown_with_their_authors_until_someone_picks() {
    let (mut annas, mut bos) = demo_pair();
    set_kronor(&mut annas, item(1), 450_000);
    set_kronor(&mut bos, item(1), 425_000);
    exchange(&mut annas, &mut bos);
    for doc in [&annas, &bos] {
        let conflict = read(doc).item(item_id(1)).unwrap().conflict.clone().unwrap();
        let mut seen: Vec<(Option<Money>, Option<UserId>, i64)> =
            conflict.candidates.iter().map(|one| (one.amount, one.author, one.at)).collect();
        assert_eq!(seen[0].0, read(doc).item(item_id(1)).unwrap().item.cost, "the one that shows comes first");
        seen.sort();
        let expected = [(425_000, bo()), (450_000, anna())];
        assert_eq!(seen, expected.map(|(kronor, who)| (Some(Money::from_kronor(kronor)), Some(who), 1_000_000)));
    }
    run(&mut bos, CountyCommand::SettleConflict { row: item(1), amount: Some(Money::from_kronor(450_000)) });
    exchange(&mut annas, &mut bos);
    for doc in [&annas, &bos] {
        let view = read(doc).item(item_id(1)).unwrap().clone();
        assert_eq!((view.conflict, view.item.cost), (None, Some(Money::from_kronor(450_000))));
    }
}

#[test]
fn picking_the_amount_that_shows_settles_it_on_every_screen() {
    let (mut annas, mut bos) = demo_pair();
    let (mut hers, mut his) = (county::track(&mut annas), county::track(&mut bos));
    set_kronor(&mut annas, item(1), 450_000);
    set_kronor(&mut bos, item(1), 425_000);
    exchange(&mut annas, &mut bos);
    assert!(county::refresh(&mut annas, &mut hers).conflicts.contains(&item(1)));
    assert!(county::refresh(&mut bos, &mut his).conflicts.contains(&item(1)));
    let shown = hers.item(item_id(1)).unwrap().item.cost;
    assert!(run(&mut annas, CountyCommand::SettleConflict { row: item(1), amount: shown }).changed);
    exchange(&mut annas, &mut bos);
    assert!(county::refresh(&mut annas, &mut hers).conflicts.contains(&item(1)));
    assert!(county::refresh(&mut bos, &mut his).conflicts.contains(&item(1)));
    assert_eq!((&hers, &his), (&read(&annas), &read(&bos)));
    assert_eq!(hers.item(item_id(1)).unwrap().conflict, None);
}

#[test]
fn two_who_pick_apart_from_each_other_are_both_shown_again() {
    let (mut annas, mut bos) = demo_pair();
    set_kronor(&mut annas, item(1), 450_000);
    set_kronor(&mut bos, item(1), 425_000);
    exchange(&mut annas, &mut bos);
    let (mut hers, mut his) = (county::track(&mut annas), county::track(&mut bos));
    for (doc, kronor) in [(&mut annas, 450_000), (&mut bos, 425_000)] {
        let amount = Some(Money::from_kronor(kronor));
        assert!(run(doc, CountyCommand::SettleConflict { row: item(1), amount }).changed);
        let view = read(doc).item(item_id(1)).unwrap().clone();
        assert_eq!((view.conflict, view.item.cost), (None, amount));
    }
    exchange(&mut annas, &mut bos);
    for (doc, screen) in [(&mut annas, &mut hers), (&mut bos, &mut his)] {
        county::refresh(doc, screen);
        assert_eq!(*screen, read(doc));
        let candidates = &screen.item(item_id(1)).unwrap().conflict.as_ref().unwrap().candidates;
        let mut seen: Vec<_> = candidates.iter().map(|one| (one.amount, one.author)).collect();
        seen.sort();
        assert_eq!(
            seen,
            [(425_000, bo()), (450_000, anna())].map(|(kronor, who)| (Some(Money::from_kronor(kronor)), Some(who)))
        );
    }
    run(&mut annas, CountyCommand::SettleConflict { row: item(1), amount: Some(Money::from_kronor(425_000)) });
    exchange(&mut annas, &mut bos);
    assert_eq!(read(&bos).item(item_id(1)).unwrap().conflict, None);
}

#[test]
fn equal_amounts_are_no_conflict_but_an_emptied_cell_against_an_amount_is() {
    let (mut annas, mut bos) = demo_pair();
    for doc in [&mut annas, &mut bos] {
        set_kronor(doc, item(1), 1);
    }
    set_kronor(&mut annas, item(2), 1);
    run(&mut bos, CountyCommand::SetAmount { row: item(2), amount: None });
    exchange(&mut annas, &mut bos);
    let plan = read(&annas);
    assert_eq!(plan.item(item_id(1)).unwrap().conflict, None);
    assert_eq!(plan.item(item_id(2)).unwrap().conflict.as_ref().unwrap().candidates.len(), 2);
}

#[test]
fn both_see_what_both_wrote_in_the_same_text() {
    let (mut annas, mut bos) = demo_pair();
    let write = |doc: &mut _, value: &str| {
        run(doc, CountyCommand::SetText { row: item(4), field: Field::Comment, value: value.into() })
    };
    write(&mut annas, "Beslut i mars");
    exchange(&mut annas, &mut bos);
    write(&mut annas, "Beslut av styrelsen i mars");
    write(&mut bos, "Beslut i mars 2021 🎉");
    exchange(&mut annas, &mut bos);
    assert_eq!(read(&annas).item(item_id(4)).unwrap().item.comment, "Beslut av styrelsen i mars 2021 🎉");
    assert_eq!(read(&annas), read(&bos));
}

#[test]
fn a_removed_row_comes_back_with_what_a_colleague_wrote_in_it_meanwhile() {
    let (mut annas, mut bos) = demo_pair();
    run(&mut annas, CountyCommand::Remove { row: item(2) });
    set_kronor(&mut bos, item(2), 999);
    run(&mut bos, CountyCommand::SetText { row: item(2), field: Field::What, value: "Träffar".into() });
    exchange(&mut annas, &mut bos);
    let plan = read(&bos);
    assert!(plan.item(item_id(2)).is_none());
    let removed = &plan.removed[0];
    assert_eq!((removed.by, removed.at, removed.label.as_str()), (Some(anna()), 1_000_000, "Träffar"));
    run(&mut bos, CountyCommand::Restore { row: item(2) });
    exchange(&mut annas, &mut bos);
    let view = read(&annas).item(item_id(2)).unwrap().clone();
    assert_eq!((view.item.cost, view.item.what.as_str()), (Some(Money::from_kronor(999)), "Träffar"));
    assert_eq!(whats(&annas)[1], "Träffa", "in its old place");
}

#[test]
fn rows_that_two_people_move_end_up_in_one_order_for_both() {
    let (mut annas, mut bos) = demo_pair();
    run(&mut annas, CountyCommand::Move { row: item(4), after: None });
    run(&mut bos, CountyCommand::Move { row: item(1), after: Some(item_id(3)) });
    run(&mut bos, CountyCommand::Move { row: item(4), after: Some(item_id(2)) });
    exchange(&mut annas, &mut bos);
    assert_eq!(whats(&annas), whats(&bos));
    assert_eq!(whats(&annas).len(), 4);
}

#[test]
fn a_row_can_be_put_between_two_that_were_added_at_the_same_place_at_once() {
    let (mut annas, mut bos) = demo_pair();
    run(&mut annas, CountyCommand::AddItem { id: item_id(11), after: Some(item_id(1)) });
    run(&mut bos, CountyCommand::AddItem { id: item_id(12), after: Some(item_id(1)) });
    exchange(&mut annas, &mut bos);
    let plan = read(&annas);
    assert_eq!(plan.items[1].order, plan.items[2].order, "tied, and told apart by id");
    let first = plan.items[1].item.id;
    run(&mut annas, CountyCommand::AddItem { id: item_id(13), after: Some(first) });
    exchange(&mut annas, &mut bos);
    let ids: Vec<_> = read(&bos).items.iter().map(|view| view.item.id).collect();
    assert_eq!(ids[..5], [item_id(1), item_id(11), item_id(13), item_id(12), item_id(2)]);
}

#[test]
fn parts_by_hand_that_two_people_fill_in_are_both_kept() {
    let (mut annas, mut bos) = demo_pair();
    let by_hand = |parts: &[(&str, i32)]| {
        let parts = parts.iter().map(|(slug, kronor)| (slug.parse().unwrap(), Money::from_kronor(*kronor)));
        CountyCommand::SetSplit { row: item(1), split: Some(SplitKey::ByHand(parts.collect())) }
    };
    run(&mut annas, by_hand(&[("norra", 1)]));
    exchange(&mut annas, &mut bos);
    run(&mut annas, by_hand(&[("norra", 1), ("vasteras", 2)]));
    run(&mut bos, by_hand(&[("norra", 1), ("malardalen", 3)]));
    exchange(&mut annas, &mut bos);
    let plan = read(&annas);
    let parts = plan.split_of(&plan.items[0].item).unwrap().unwrap();
    let kronor: Vec<i64> = parts.parts.iter().map(|(_, amount)| amount.ore() / 100).collect();
    assert_eq!(kronor, [1, 3, 2]);
    assert_eq!(parts.difference, Money::from_kronor(125_000 - 6));
}

#[test]
fn a_part_that_two_wrote_at_once_is_shown_until_someone_picks() {
    let (mut annas, mut bos) = demo_pair();
    let norra: AssociationId = "norra".parse().unwrap();
    for (doc, kronor) in [(&mut annas, 1), (&mut bos, 2)] {
        let parts = SplitKey::ByHand([(norra.clone(), Money::from_kronor(kronor))].into());
        run(doc, CountyCommand::SetSplit { row: item(1), split: Some(parts) });
    }
    let mut screen = county::track(&mut annas);
    exchange(&mut annas, &mut bos);
    assert!(county::refresh(&mut annas, &mut screen).conflicts.contains(&item(1)));
    assert_eq!(screen.items[0].part_conflicts[&norra].candidates.len(), 2);
    let SplitKey::ByHand(shown) = screen.items[0].item.split.clone().unwrap() else { panic!("by hand") };
    let settle = CountyCommand::SettlePart { row: item(1), association: norra.clone(), amount: Some(shown[&norra]) };
    run(&mut annas, settle);
    exchange(&mut annas, &mut bos);
    county::refresh(&mut annas, &mut screen);
    assert!(!screen.items[0].has_conflict() && screen == read(&bos));
}

#[test]
fn commands_and_plans_survive_being_stored() {
    let (doc, _) = demo_pair();
    let plan = read(&doc);
    assert_eq!(serde_json::from_str::<county::CountyPlan>(&serde_json::to_string(&plan).unwrap()).unwrap(), plan);
    let parts = SplitKey::ByHand([("norra".parse().unwrap(), Money::from_ore(1))].into());
    let command = CountyCommand::Batch {
        commands: vec![
            CountyCommand::SetSplit { row: item(1), split: Some(parts) },
            CountyCommand::SetAmount { row: RowRef::Contribution("norra".parse().unwrap()), amount: None },
        ],
        label: "Klistra in".into(),
    };
    let stored = serde_json::to_string(&command).unwrap();
    assert_eq!(serde_json::from_str::<CountyCommand>(&stored).unwrap(), command);
}

#[test]
fn a_paste_that_no_relay_would_take_is_refused_and_one_that_fits_is_not() {
    let (mut doc, _) = demo_pair();
    let write = |number: u8, field| CountyCommand::SetText {
        row: item(number),
        field,
        value: char::from(b'a' + number).to_string().repeat(20_000),
    };
    let paste = |commands| CountyCommand::Batch { commands, label: "klistra in".into() };
    let three = paste((1..4).map(|number| write(number, Field::Comment)).collect());
    let heads = doc.get_heads();
    assert_eq!(edit(&mut doc, &three, &context(5)), Err(CommandError::TooMuch));
    assert_eq!(doc.get_heads(), heads);
    let two = paste((1..3).map(|number| write(number, Field::Comment)).collect());
    assert!(edit(&mut doc, &two, &context(5)).unwrap().changed);
    let bytes = doc.get_last_local_change().unwrap().raw_bytes().to_vec();
    let limits = samplan_core::limits::Limits::default();
    assert!(vet_changes(&bytes, &limits, Accept::Changes).is_ok(), "what edit lets through, the guard takes");
}

#[test]
fn a_document_reloaded_from_storage_is_compared_row_by_row() {
    let (mut doc, _) = demo_pair();
    let mut plan = county::track(&mut doc);
    let mut reloaded = document::load(&doc.save()).unwrap();
    assert!(county::refresh(&mut reloaded, &mut plan).is_empty());
    set_kronor(&mut reloaded, item(1), 7);
    let mut reloaded = document::load(&reloaded.save()).unwrap();
    let touched = county::refresh(&mut reloaded, &mut plan);
    assert_eq!(touched.items, [item_id(1)].into());
    assert!(!touched.order && !touched.header && !touched.removed && touched.contributions.is_empty());
    assert_eq!(plan, read(&reloaded));
}

#[test]
fn a_document_that_is_filled_later_still_knows_who_writes_in_it() {
    let (mut annas, _) = demo_pair();
    let bytes = annas.save();
    for filled in [document::load_as(&bytes, [9; 16], Some(bo())).unwrap(), {
        let mut empty = document::empty([9; 16], Some(bo()));
        document::take_in(&mut empty, &bytes).unwrap();
        empty
    }] {
        let mut doc = filled;
        assert_eq!(doc.get_actor().to_bytes(), [9; 16]);
        set_kronor(&mut doc, item(1), 7);
        assert_eq!(history::last_change(&doc, &item(1), Field::Cost).unwrap().author, Some(bo()));
    }
}

#[test]
fn every_column_has_a_heading_and_belongs_to_a_table() {
    for kind in [RowKind::Item, RowKind::Commitment, RowKind::Contribution] {
        assert!(Field::of(kind).iter().all(|field| !field.label().is_empty()));
    }
    let doc = demo_pair().0;
    assert!(county::is_county_plan(&doc) && doc.text_encoding() == document::TEXT_ENCODING);
}
