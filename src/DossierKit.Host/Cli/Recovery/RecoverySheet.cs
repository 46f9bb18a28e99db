using System.Globalization;
using System.Net;
using System.Text;

using DossierKit.Vault;

namespace DossierKit.Host.Cli.Recovery;

/// <summary>One share of the recovery key as a page to print: self-contained, no script, nothing fetched. One page for each holder.</summary>
internal static class RecoverySheet
{
    /// <summary>The name of the file for a share.</summary>
    public static string FileName(RecoveryShare share, int shares) => string.Create(CultureInfo.InvariantCulture, $"deel-{share.Number}-van-{shares}.html");

    /// <summary>The page.</summary>
    public static string Html(RecoveryShare share, int shares, OpaqueId vault, OpaqueId recoveryKey, string? municipality, DateOnly day)
    {
        var title = string.Create(CultureInfo.InvariantCulture, $"Deel {share.Number} van {shares} van de herstelsleutel");
        var html = new StringBuilder();
        html.Append(CultureInfo.InvariantCulture, $$"""
            <!doctype html>
            <html lang="nl">
            <head>
            <meta charset="utf-8">
            <meta http-equiv="Content-Security-Policy" content="default-src 'none'; style-src 'unsafe-inline'">
            <meta name="viewport" content="width=device-width, initial-scale=1">
            <title>{{title}}</title>
            <style>
            @page { size: A4; margin: 20mm }
            body { font: 12pt/1.5 Georgia, "Times New Roman", serif; color: #000; background: #fff; max-width: 170mm; margin: 2em auto; padding: 0 1em }
            h1 { font-size: 20pt; line-height: 1.2; margin: 0 0 .3em }
            h2 { font-size: 13pt; margin: 1.4em 0 .3em }
            table { border-collapse: collapse }
            th { text-align: left; font-weight: normal; padding: .15em 1.5em .15em 0; vertical-align: top }
            td { padding: .15em 0 }
            code, td.id { font-family: "DejaVu Sans Mono", "Courier New", monospace }
            .share { border: 2px solid #000; padding: .6em 1em; margin: .6em 0 }
            .share td, .share th { font: 15pt/1.9 "DejaVu Sans Mono", "Courier New", monospace; padding: 0 1em 0 0 }
            .share td { letter-spacing: .06em; white-space: pre }
            li { margin: .25em 0 }
            </style>
            </head>
            <body>
            <h1>{{title}}</h1>

            """);
        html.Append(CultureInfo.InvariantCulture, $"<p>Dit blad is voor één houder. Met {share.Threshold} van de {shares} delen kan de kluis met integriteitsdossiers{(municipality is null ? "" : $" van de gemeente {Text(municipality)}")} worden geopend als al het andere verloren is. Met dit blad alleen kan niemand iets openen.</p>\n");
        html.Append("<table>\n");
        Row("Kluis", $"<td class=\"id\">{vault}</td>");
        Row("Herstelsleutel", $"<td class=\"id\">{recoveryKey}</td>");
        Row("Verdeling", $"<td class=\"id\">{share.Splitting}</td>");
        Row("Deel", $"<td>{share.Number} van {shares}; {share.Threshold} zijn er nodig</td>");
        Row("Gemaakt op", $"<td>{DutchText.Date(day)}</td>");
        html.Append("</table>\n<h2>Het deel</h2>\n<table class=\"share\">\n");
        var lines = share.ToLines();
        for (var i = 0; i < lines.Count; i++) Row((i + 1).ToString(CultureInfo.InvariantCulture), $"<td>{lines[i]}</td>");
        html.Append(CultureInfo.InvariantCulture, $$"""
            </table>
            <p>Het cijfer vooraan is het nummer van de regel; dat typt u niet mee. Hoofdletters, spaties en streepjes maken niet uit. De letters I, L, O en U komen niet voor: wat daarop lijkt, is een 1, een 0 of een V. De laatste vier tekens van een regel zijn een controle: bij een tikfout zegt het programma in welke regel die zit.</p>
            <h2>Bewaren</h2>
            <ul>
            <li>Bewaar dit blad in een gesloten envelop op een plaats die op slot kan, niet bij een ander deel en niet bij de kluis.</li>
            <li>Maak er geen kopie of foto van, en zet het nergens op een computer.</li>
            <li>Raakt u het kwijt of kan een ander het hebben gezien? Zeg dat meteen tegen de functionaris integriteit: dan wordt de sleutel opnieuw verdeeld en worden de oude bladen vernietigd.</li>
            <li>Geeft u uw functie over, geef dan ook dit blad over, en laat vastleggen aan wie.</li>
            </ul>
            <h2>Oefenen en gebruiken</h2>
            <ul>
            <li>Eén keer per jaar oefenen: <code>dossierkit keys drill</code>. U typt uw deel, een andere houder het zijne. Er verandert niets aan de kluis.</li>
            <li>Als niemand de kluis meer kan openen: <code>dossierkit keys recover</code>. Daarna is er een nieuwe manier om haar te openen.</li>
            <li>Typ uw deel zelf, op een computer waarop de kluis staat. Vergelijk eerst de kluis en de herstelsleutel op het scherm met die op dit blad.</li>
            </ul>
            <table>
            <tr><th>Houder (functie)</th><td>............................................................</td></tr>
            <tr><th>Ontvangen op</th><td>............................................................</td></tr>
            </table>
            </body>
            </html>

            """);
        return html.ToString();

        void Row(string name, string cell) => html.Append(CultureInfo.InvariantCulture, $"<tr><th scope=\"row\">{name}</th>{cell}</tr>\n");
    }

    private static string Text(string text) => WebUtility.HtmlEncode(text);
}
