using System.Globalization;

using DossierKit.Documents;
using DossierKit.Dossiers;
using DossierKit.Host.Cli;
using DossierKit.Host.Web.Texts;
using DossierKit.Retention;

namespace DossierKit.Host;

/// <summary>
/// The verklaring van vernietiging as a Word document: what Retention describes, rendered with the template of Documents. The signed JSON is the original; this is for readers.
/// </summary>
internal static class StatementDocument
{
    private const string Kind = "verklaring-van-vernietiging";

    /// <summary>Renders it.</summary>
    /// <exception cref="RefusedException">The template cannot be filled.</exception>
    public static ReadOnlyMemory<byte> Render(DossierRegister register, SignedStatement signed)
    {
        var template = DocumentTemplate.Compile(ShippedTemplates.Find(Kind)!, $"{Kind}.docx").OrRefuse();
        var said = signed.Statement;
        return template.Render(Data(register.Staff.Municipality, signed), new RenderOptions
        {
            Properties = new DocumentProperties { Title = $"Verklaring van vernietiging {said.List}", Creator = $"Gemeente {said.Organisation}", Created = DayOf(said.Process.Destroyed) },
        }).OrRefuse().Bytes;
    }

    private static TemplateData Data(Municipality municipality, SignedStatement signed)
    {
        var said = signed.Statement;
        return TemplateData.Record(
            ("gemeente", TemplateData.Record(
                ("naam", said.Organisation), ("straat", municipality.Address.Street), ("postcode", municipality.Address.PostalCode), ("plaats", municipality.Address.Town))),
            ("brief", TemplateData.Record(("soort", "verklaring van vernietiging"), ("kenmerk", said.List), ("datum", DayOf(said.Process.Destroyed)))),
            ("bronapplicatie", said.Source),
            ("lijst", said.List),
            ("pad", said.Path == DestructionPath.Light ? "opnamen, met kopieën en transcripten" : "dossiers"),
            ("lijstSha256", said.ListHash),
            ("proces", TemplateData.Record(
                ("voorgesteld", Moment(said.Process.Proposed)), ("voorgesteldDoor", Labels.Of(said.Process.ProposedAs)),
                ("begonnen", Moment(said.Process.Started)), ("klaar", Moment(said.Process.Destroyed)), ("uitgevoerdDoor", Labels.Of(said.Process.RunAs)))),
            ("aantallen", TemplateData.Record(
                ("vernietigd", said.Counts.Destroyed), ("bewaard", said.Counts.Kept), ("overTeDragen", said.Counts.ToTransfer), ("mislukt", said.Counts.Failed))),
            ("goedkeuringen", TemplateData.List(said.Approvals.Select(approval => TemplateData.Record(
                ("groep", Words.Of(approval.Group).Replace('-', ' ')), ("functie", Labels.Of(approval.Function)), ("tijd", Moment(approval.Time)))))),
            ("onderdelen", TemplateData.List(said.Items.Select(Item))),
            ("wijze", TemplateData.Record(("tekst", said.Way.Text), ("versleuteling", said.Way.Cipher))),
            ("resten", TemplateData.List(said.Rests.Select(rest => TemplateData.Record(("tekst", rest.Text), ("aantal", rest.Count is { } count ? count.ToString(CultureInfo.InvariantCulture) : "niet te tellen"))).Concat((said.Declared ?? []).Select(gone => TemplateData.Record(
                ("tekst", $"Sleutels van de reservekopie van {Day(gone.MadeAt[..10])}. Ze zijn weg volgens {(gone.Function is { } function ? Labels.Of(function) : "iemand zonder functie op die dag")}, {Moment(gone.Time)}: {gone.Reason} Het programma zag dit niet."), ("aantal", "1")))))),
            ("reservekopieen", TemplateData.List(said.Backups.Select(backup => TemplateData.Record(
                ("gemaakt", DutchText.Date(DateOnly.ParseExact(backup.MadeAt[..10], "yyyy-MM-dd", CultureInfo.InvariantCulture))), ("sleutelsTot", backup.IsUnknown == true ? "onbekend: iemand moet zeggen dat deze kopieën weg zijn" : Day(backup.KeysUntil)))))),
            ("vingerafdruk", signed.Key.Fingerprint),
            ("journaalVoor", said.JournalBefore),
            ("journaalNa", said.JournalAfter));
    }

    private static TemplateData Item(StatementItem item) => TemplateData.Record(
        ("nr", item.Number),
        ("wat", Words.Of(item.Kind)),
        ("dossier", item.Dossier),
        ("object", item.Object),
        ("start", Day(item.StartedOn)),
        ("einde", item.ClosedOn is { } closed ? Day(closed) : null),
        ("klasse", item.Class?.Replace('_', ' ')),
        ("versie", item.ListVersion),
        ("grond", string.Join(' ', item.Reasons.Select(reason => $"{reason.Text} ({reason.Article})"))),
        ("uitkomst", Words.Of(item.Outcome).Replace('-', ' ')),
        ("tijd", item is { Outcome: ItemOutcome.Destroyed, Ended: { } ended } ? Moment(ended) : null),
        ("mislukt", item.Failure),
        ("sha256", item.Sha256));

    private static DateOnly DayOf(StatementTime time) => DateOnly.ParseExact(time.Local[..10], "yyyy-MM-dd", CultureInfo.InvariantCulture);

    private static string Day(string iso) => DutchText.Date(DateOnly.ParseExact(iso, "yyyy-MM-dd", CultureInfo.InvariantCulture));

    private static string Moment(StatementTime time) => $"{DutchText.Date(DayOf(time))} om {time.Local[11..16]} uur";
}
