//! What courses came to, beside the plan: the same numbers for all who may read it, also of those who were erased.

use app::{
    boot::{Boot, PageData, PlanPage},
    document::{
        Command, EditContext,
        occasion::OccasionCommand,
        plan::{AmountCell, PlanCommand},
    },
    domain::{LineId, Money, Party, Sex, course::statistics::Count, ids::DocumentId},
};
use reqwest::StatusCode;

use crate::{
    erasure::{id, open_occasion},
    support::{NORRA, READER, Server, User, VASTERAS},
};

const PLAN: &str = "/budget/vasteras/2021";

async fn plan_page(user: &User) -> (PlanPage, String) {
    let html = user.get(PLAN).await.text().await.unwrap();
    let script = html.split("id=\"samplan-boot\"").nth(1).unwrap();
    let script = script.split_once('>').unwrap().1.split("</script>").next().unwrap();
    let PageData::Plan(page) = Boot::from_script(script).unwrap().page else { panic!("no plan: {html}") };
    (*page, html)
}

/// Writes into an open document as a person would.
async fn write(server: &Server, document: DocumentId, command: impl Into<Command>) {
    let open = server.relay.state().hub.open(document).await.unwrap();
    open.edit(command.into(), EditContext { now_ms: 1_600_000_000_000 }).await.unwrap();
}

fn line_of(page: &PlanPage) -> LineId {
    page.plan
        .lines
        .iter()
        .find(|view| view.line.name.contains("utbild") || !view.line.amounts.is_empty())
        .unwrap()
        .line
        .id
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_reader_of_the_plan_sees_the_counts_and_what_a_participant_cost_and_erasure_changes_neither() {
    let server = Server::start().await;
    let user = server.sign_in(VASTERAS).await;
    let document = open_occasion(&server, user.id, "2021-05-10").await;
    let reader = server.sign_in(READER).await;
    let (page, _) = plan_page(&reader).await;
    let (plan, line) = (page.document.id, line_of(&page));
    write(&server, document, OccasionCommand::SetCostLine { line: Some(line) }).await;
    let cell = AmountCell::Line(line, "2021".parse().unwrap());
    write(&server, plan, PlanCommand::SetAmount { cell, amount: Some(Money::from_kronor(12_345)) }).await;

    let told = async || {
        let (page, html) = plan_page(&reader).await;
        let courses = page.courses.unwrap();
        let grund = courses.by_course().remove("Grund").unwrap();
        assert_eq!(grund.count, Count { registered: 3, attended: 1 });
        assert_eq!(grund.attended(Sex::Woman), 1);
        assert_eq!(courses.by_party().remove(&Party::Region), Some(grund.count));
        assert_eq!(courses.participants(), [(line, 1)].into());
        assert!(html.contains("3 anmälda, varav 1 har deltagit"), "{html}");
        assert!(html.contains("Kostnad per deltagare") && html.contains("12\u{a0}345\u{a0}kr"), "{html}");
        assert!(!html.contains("kanarie") && !html.contains("Deltagare Ett"), "names in {html}");
        let statistics = user.get("/kurser/statistik?ar=2021").await.text().await.unwrap();
        assert!(statistics.contains("12\u{a0}345\u{a0}kr"), "{statistics}");
    };
    told().await;
    let erasures = &server.relay.state().erasures;
    let rest = erasures.erase_people(document, &[id(2)], 1_700_000_000_000).await.unwrap();
    told().await;
    erasures.erase_occasion(rest, 1_700_000_000_000).await.unwrap();
    told().await;
    assert_eq!(reader.get("/kurser/statistik").await.status(), StatusCode::NOT_FOUND);
    let other = server.sign_in(NORRA).await.get(PLAN).await;
    assert_eq!(other.status(), StatusCode::NOT_FOUND);
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn another_year_s_plan_is_told_of_its_own_courses_alone() {
    let server = Server::start().await;
    let user = server.sign_in(VASTERAS).await;
    open_occasion(&server, user.id, "2030-05-10").await;
    let (page, html) = plan_page(&user).await;
    assert_eq!(page.courses.unwrap().total().count, Count::default());
    assert!(html.contains("Ingen har anmält sig till förbundets kurser 2021."), "{html}");
}
