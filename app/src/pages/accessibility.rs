//! The accessibility statement (tillgänglighetsredogörelse) that the law asks of public bodies: lag (2018:1937) om
//! tillgänglighet till digital offentlig service.

use leptos::prelude::*;
use leptos_meta::Title;

/// The accessibility statement, with a way to report what does not work.
#[component]
pub fn AccessibilityPage() -> impl IntoView {
    view! {
        <Title text="Tillgänglighet – Samplan" />
        <div class="page prose">
            <h1>"Tillgänglighet för Samplan"</h1>
            <p class="lead">
                "Vi vill att alla ska kunna använda Samplan: med tangentbord, med skärmläsare, med förstoring, på telefonen och utan nät. Här står hur Samplan följer lagen om tillgänglighet till digital offentlig service, vad vi vet inte fungerar, och hur du säger till."
            </p>
            <h2>"Hur tillgängligt är det?"</h2>
            <p>
                "Samplan är byggt för att följa WCAG 2.1 på nivå AA (EN 301 549). Varje sida provas automatiskt med axe-core. Ingen utomstående har granskat tjänsten än."
            </p>
            <h2>"Kända brister"</h2>
            <ul>
                <li>"Tabellerna går att läsa utan JavaScript, men för att ändra i dem behöver JavaScript vara på."</li>
                <li>
                    "I tabeller med många kolumner behöver du rulla i sidled när fönstret är smalt men inte så smalt som på en telefon."
                </li>
            </ul>
            <h2>"Arbeta med tangentbordet"</h2>
            <p>
                "I tabellerna flyttar du med pilarna, öppnar en cell med Enter eller F2 och skriver över den genom att börja skriva. Skift+F10 öppnar en meny med allt som går att göra. Tabb lämnar tabellen, som minns var du var."
            </p>
            <h2>"Säg till om något inte fungerar"</h2>
            <p>
                "Hör av dig till det förbund som du använder Samplan genom, eller skriv till "
                <a href="mailto:tillganglighet@samplan.example">"tillganglighet@samplan.example"</a>
                ". Berätta vilken sida det gäller, vad du försökte göra och vilka hjälpmedel du använder. Behöver du innehållet i en annan form så ordnar vi det."
            </p>
            <h2>"Tillsyn"</h2>
            <p>
                "Myndigheten för digital förvaltning (Digg) har tillsyn över lagen. Är du inte nöjd med hur vi tar hand om det du har påpekat kan du "
                <a href="https://www.digg.se/tdosanmalan" rel="external">
                    "anmäla det till Digg"
                </a>
                "."
            </p>
        </div>
    }
}
