using System.Globalization;
using System.Text;
using System.Xml;
using System.Xml.Linq;
using static DossierKit.Retention.MdtoNames;

namespace DossierKit.Retention;

/// <summary>MDTO as XML, in the order of the schemas and within what all their versions allow; the same data gives the same bytes.</summary>
internal static class MdtoXml
{
    /// <summary>The sidecar of an informatieobject.</summary>
    public static byte[] Write(MdtoInformatieobject it) => Write(
        E("informatieobject",
            Identificatie("identificatie", it.Identificatie),
            E("naam", it.Naam),
            Begrip("aggregatieniveau", new MdtoBegrip(it.Aggregatieniveau, AggregationLevels)),
            Begrip("classificatie", it.Classificatie),
            E("omschrijving", it.Omschrijving),
            it.Raadpleeglocatie is { } place ? E("raadpleeglocatie", Verwijzing("raadpleeglocatieFysiek", place)) : null,
            it.DekkingInTijd is { } covers
                ? E("dekkingInTijd", Begrip("dekkingInTijdType", covers.Type), E("dekkingInTijdBegindatum", Day(covers.From)), E("dekkingInTijdEinddatum", Day(covers.To)))
                : null,
            E("taal", it.Taal),
            it.Events.Select(Event),
            Begrip("waardering", it.Waardering),
            Termijn("bewaartermijn", it.Bewaartermijn),
            Begrip("informatiecategorie", it.Informatiecategorie),
            Verwijzing("isOnderdeelVan", it.IsOnderdeelVan),
            it.BevatOnderdeel.Select(part => Verwijzing("bevatOnderdeel", part)),
            it.HeeftRepresentatie.Select(part => Verwijzing("heeftRepresentatie", part)),
            Verwijzing("archiefvormer", it.Archiefvormer),
            Verwijzing("activiteit", it.Activiteit),
            E("beperkingGebruik", Begrip("beperkingGebruikType", it.BeperkingGebruik.Type), E("beperkingGebruikNadereBeschrijving", it.BeperkingGebruik.Description))));

    /// <summary>The sidecar of a bestand.</summary>
    public static byte[] Write(MdtoBestand it) => Write(
        E("bestand",
            Identificatie("identificatie", it.Identificatie),
            E("naam", it.Naam),
            E("omvang", it.Omvang.ToString(CultureInfo.InvariantCulture)),
            Begrip("bestandsformaat", it.Bestandsformaat),
            E("checksum", Begrip("checksumAlgoritme", new MdtoBegrip("SHA-256", Checksums)), E("checksumWaarde", it.Sha256), E("checksumDatum", Instant(it.ChecksumAt))),
            E("URLBestand", it.Url),
            Verwijzing("isRepresentatieVan", it.IsRepresentatieVan)));

    private static byte[] Write(XElement content)
    {
        var root = new XElement(Mdto + "MDTO",
            new XAttribute(XNamespace.Xmlns + "xsi", Instance.NamespaceName), new XAttribute(Instance + "schemaLocation", $"{Mdto.NamespaceName} {SchemaAddress}"), content);
        // A sidecar that an archive refuses is found by the archive, months later: it is checked before it is written.
        if (MdtoGrammar.Check(root) is { Count: > 0 } wrong) throw new InvalidOperationException($"A sidecar would not be MDTO: {wrong[0]}");
        using var bytes = new MemoryStream();
        using (var writer = XmlWriter.Create(bytes, new XmlWriterSettings { Encoding = new UTF8Encoding(encoderShouldEmitUTF8Identifier: false), Indent = true, NewLineChars = "\n" })) root.Save(writer);
        bytes.WriteByte((byte)'\n');
        return bytes.ToArray();
    }

    private static XElement Event(MdtoEvent it) => E("event",
        Begrip("eventType", it.Type),
        E("eventTijd", it.At is { } at ? Instant(at) : Day(it.Day)),
        Verwijzing("eventVerantwoordelijkeActor", it.Actor),
        E("eventResultaat", it.Result))!;

    private static XElement? Begrip(string name, MdtoBegrip? it)
        => it is null ? null : E(name, E("begripLabel", it.Label), E("begripCode", it.Code), E("begripBegrippenlijst", E("verwijzingNaam", it.List)));

    private static XElement? Verwijzing(string name, MdtoVerwijzing? it)
        => it is null ? null : E(name, E("verwijzingNaam", it.Naam), Identificatie("verwijzingIdentificatie", it.Identificatie));

    private static XElement? Identificatie(string name, MdtoIdentificatie? it)
        => it is null ? null : E(name, E("identificatieKenmerk", it.Kenmerk), E("identificatieBron", it.Bron));

    private static XElement? Termijn(string name, MdtoTermijn? it) => it is null ? null : E(name,
        Begrip("termijnTriggerStartLooptijd", it.Trigger), E("termijnStartdatumLooptijd", Day(it.StartsOn)), E("termijnLooptijd", it.Length), E("termijnEinddatum", Day(it.EndsOn)));

    private static XElement? E(string name, string? text) => text is null ? null : new XElement(Mdto + name, Clean(text));

    private static XElement E(string name, params object?[] content) => new(Mdto + name, content);

    /// <summary>One line, without what XML cannot hold: a title may have been pasted from anywhere.</summary>
    internal static string Clean(string text)
    {
        var clean = new StringBuilder(text.Length);
        for (var i = 0; i < text.Length; i++)
        {
            var c = text[i];
            if (char.IsHighSurrogate(c) && i + 1 < text.Length && char.IsLowSurrogate(text[i + 1])) clean.Append(c).Append(text[++i]);
            else if (char.IsWhiteSpace(c)) clean.Append(' ');
            else clean.Append(XmlConvert.IsXmlChar(c) && !char.IsSurrogate(c) ? c : '\uFFFD');
        }

        return clean.ToString().Trim() is { Length: > 0 } left ? left : "zonder naam";
    }

    private static string Day(DateOnly day) => day.ToString("yyyy-MM-dd", CultureInfo.InvariantCulture);

    private static string? Day(DateOnly? day) => day is { } known ? Day(known) : null;

    private static string Instant(DateTimeOffset at) => at.ToString("yyyy-MM-dd'T'HH:mm:sszzz", CultureInfo.InvariantCulture);
}
