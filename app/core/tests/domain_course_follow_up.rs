//! How many took part in courses, by what devices and server count, and what a participant cost.
#![expect(clippy::unwrap_used, reason = "a panic is a failed test")]

use samplan_core::domain::course::follow_up::{
    CostSource, CourseFollowUp, LineCost, Tally, cost_per_participant, item_costs, line_costs, line_of_item,
};
use samplan_core::domain::course::statistics::{Count, Statistics};
use samplan_core::domain::{
    CountyItem, Decision, DocumentId, IsoDate, ItemId, LineId, Money, Occasion, Outcome, OutcomeLine, Party,
    Prerequisite, Registration, RegistrationId, Sex, Source, demo,
};

fn document(number: u8) -> DocumentId {
    DocumentId::from_random([number; 16])
}

fn occasion(course: &str, line: Option<LineId>) -> Occasion {
    Occasion { course_name: course.to_owned(), year: 2021, cost_line: line, ..Occasion::default() }
}

fn person(number: u8, party: Party, sex: Sex, was_there: bool) -> Registration {
    let day: IsoDate = "2021-03-09".parse().unwrap();
    Registration {
        id: RegistrationId::from_random([number; 16]),
        name: "Deltagare".to_owned(),
        email: String::new(),
        employer: String::new(),
        party,
        role: String::new(),
        sex,
        answers: Default::default(),
        prerequisite: Prerequisite::NotNeeded,
        source: Source::Web,
        registered_at: 0,
        decision: Decision::Confirmed,
        arrival: None,
        offered_until: None,
        attendance: [(day, was_there)].into(),
    }
}

fn count(registered: u32, attended: u32) -> Count {
    Count { registered, attended }
}

fn three() -> [Registration; 3] {
    [
        person(1, Party::Region, Sex::Woman, true),
        person(2, Party::Region, Sex::Man, true),
        person(3, Party::Municipality, Sex::Woman, false),
    ]
}

#[test]
fn people_are_counted_by_course_party_and_sex_and_nobody_twice() {
    let line = LineId::from_random([7; 16]);
    let mut courses = CourseFollowUp::default();
    courses.tallies.push(Tally::of(document(1), &occasion("Grund", Some(line)), &three()));
    courses.tallies.push(Tally::of(document(2), &occasion("Grund", Some(line)), &three()[..1]));
    courses.tallies.push(Tally::of(document(3), &occasion("Ledarskap", None), &[]));
    let grund = &courses.by_course()["Grund"];
    assert_eq!((grund.count, grund.attended(Sex::Woman), grund.attended(Sex::Man)), (count(4, 3), 2, 1));
    assert!(!courses.by_course().contains_key("Ledarskap"), "nobody has registered for it");
    assert_eq!(courses.by_party(), [(Party::Region, count(3, 3)), (Party::Municipality, count(1, 0))].into());
    assert_eq!(courses.participants(), [(line, 3)].into());
    assert_eq!(courses.total().count, count(4, 3));
}

#[test]
fn whoever_is_erased_is_counted_still_and_so_is_what_they_cost() {
    let line = LineId::from_random([7; 16]);
    let held = occasion("Grund", Some(line));
    let (mut whole, mut after) = (CourseFollowUp::default(), CourseFollowUp::default());
    whole.tallies.push(Tally::of(document(1), &held, &three()));
    let mut kept = Statistics::default();
    kept.count(&held, &three()[..1]);
    after.add_erased(&kept);
    after.erased = [(line, 1)].into();
    after.tallies.push(Tally::of(document(2), &held, &three()[1..]));
    assert_eq!(after.by_course(), whole.by_course());
    assert_eq!(after.by_party(), whole.by_party());
    assert_eq!(after.participants(), whole.participants());
}

#[test]
fn what_a_device_counts_anew_takes_the_place_of_what_it_was_told() {
    let mut courses = CourseFollowUp::default();
    courses.tallies.push(Tally::of(document(1), &occasion("Grund", None), &three()[..1]));
    courses.recount(Tally::of(document(1), &occasion("Grund", None), &three()));
    assert_eq!(courses.total().count, count(3, 2));
    // It may be one that was told of under another id.
    courses.recount(Tally::of(document(2), &occasion("Grund", None), &three()));
    assert_eq!(courses.total().count, count(3, 2));
    assert_eq!(courses.without_line().into_iter().collect::<Vec<_>>(), ["Grund"]);
}

#[test]
fn what_a_device_is_told_reads_back_from_json() {
    let mut courses = CourseFollowUp::default();
    let line = LineId::from_random([7; 16]);
    courses.tallies.push(Tally::of(document(1), &occasion("Grund", Some(line)), &three()));
    courses.erased = [(line, 2)].into();
    let json = serde_json::to_string(&courses).unwrap();
    assert_eq!(serde_json::from_str::<CourseFollowUp>(&json).unwrap(), courses);
    assert!(!json.contains("Deltagare"), "a name in {json}");
}

#[test]
fn a_participant_costs_what_is_booked_or_else_what_is_budgeted() {
    let plan = demo::outcome_2019();
    let (mut outcome, year) = (plan.outcomes[0].clone(), plan.budget.year);
    let (_, line) = plan.budget.lines().find(|(_, line)| line.amounts.contains_key(&year)).unwrap();
    let (id, budgeted) = (line.id, line.amounts[&year]);
    let of = |outcome: Option<Outcome>| line_costs(&[(id, 4)].into(), &plan.budget, year, outcome.as_ref()).remove(0);
    assert_eq!(of(None).cost, Some((budgeted, CostSource::Budget)));
    outcome.lines.insert(id, OutcomeLine { amount: Some(Money::from_kronor(1_001)), ..OutcomeLine::default() });
    let booked = of(Some(outcome.clone()));
    assert_eq!(booked.cost, Some((Money::from_kronor(1_001), CostSource::Outcome(outcome.through))));
    assert_eq!(booked.per_participant(), Some(Money::from_ore(25_025)));
    outcome.lines.insert(id, OutcomeLine::default());
    assert_eq!(of(Some(outcome)).cost, Some((budgeted, CostSource::Budget)), "nothing is booked");
}

#[test]
fn what_is_not_known_is_never_nothing() {
    let budget = demo::budget_2021().budget;
    let gone = LineId::from_random([99; 16]);
    let costs = line_costs(&[(gone, 4)].into(), &budget, budget.year, None);
    assert_eq!(costs, [LineCost { name: None, cost: None, participants: 4 }]);
    assert_eq!(costs[0].per_participant(), None);
    let nobody = LineCost { cost: Some((Money::from_kronor(9), CostSource::Budget)), participants: 0, name: None };
    assert_eq!(nobody.per_participant(), None);
}

#[test]
fn a_county_event_costs_what_its_item_does() {
    let item = CountyItem {
        id: ItemId::from_random([5; 16]),
        when: String::new(),
        for_whom: String::new(),
        what: "Nätverksträff".to_owned(),
        theme: String::new(),
        comment: String::new(),
        cost: Some(Money::from_kronor(70_000)),
        split: None,
        decided: None,
    };
    let costs = item_costs(&[(line_of_item(item.id), 60)].into(), [&item]);
    assert_eq!(
        (costs[0].name.as_deref(), costs[0].per_participant()),
        (Some("Nätverksträff"), Some(Money::from_ore(116_667)))
    );
}

#[test]
fn shares_are_rounded_to_whole_ore_half_away_from_zero() {
    for (ore, people, share) in
        [(100, 3, Some(33)), (200, 3, Some(67)), (5, 2, Some(3)), (-5, 2, Some(-3)), (0, 4, Some(0)), (5, 0, None)]
    {
        assert_eq!(cost_per_participant(Money::from_ore(ore), people), share.map(Money::from_ore), "{ore} / {people}");
    }
}

#[test]
fn an_occasion_that_was_called_off_has_had_nobody() {
    let called_off = Occasion { is_called_off: true, ..occasion("Grund", None) };
    let nobody = three().map(|one| Registration { attendance: Default::default(), ..one });
    assert_eq!(Tally::of(document(1), &called_off, &nobody).count, Count::default());
}
