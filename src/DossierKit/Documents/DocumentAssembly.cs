using System.Collections.Frozen;
using System.Globalization;
using DossierKit.Dossiers;
using DossierKit.Protocols;

namespace DossierKit.Documents;

/// <summary>
/// Makes the documents of a dossier: finds the template, projects the dossier for the reader, judges completeness by the protocol, renders, checks and seals.
/// Everything that stands in the way is told at once.
/// </summary>
public static partial class DocumentAssembly
{
    /// <summary>The version of this program, which with template and data decides every byte of a document.</summary>
    public static string EngineVersion { get; } = typeof(DocumentAssembly).Assembly.GetName().Version!.ToString(3);

    /// <summary>What must or may be answered before a document of a kind can be made, with what is known already.</summary>
    /// <param name="dossier">The dossier, opened.</param>
    /// <param name="kind">The kind of document, one of <see cref="Protocols.DocumentKinds"/>.</param>
    /// <param name="request">Answers and choices made so far.</param>
    /// <param name="ct">Stops.</param>
    /// <returns>The questions in the order of the document, or why there is no such document.</returns>
    public static async ValueTask<Outcome<IReadOnlyList<DocumentQuestion>>> QuestionsAsync(
        OpenDossier dossier, string kind, AssemblyRequest request, CancellationToken ct)
    {
        ArgumentNullException.ThrowIfNull(dossier);
        ArgumentNullException.ThrowIfNull(request);
        var prepared = await PrepareAsync(dossier, kind, request, ct);
        return prepared.IsDone
            ? Outcome<IReadOnlyList<DocumentQuestion>>.Done(DocumentQuestions.Of(prepared.Value))
            : Outcome<IReadOnlyList<DocumentQuestion>>.Refused(prepared.Refusals);
    }

    /// <summary>
    /// Makes a document. A final one is complete by the protocol, checked for protected names, confirmed by a person, and sealed into the dossier with the event
    /// <c>stuk-opgemaakt</c>. A draft marks its gaps and is not stored; that it was taken out is logged before its first byte.
    /// </summary>
    /// <param name="dossier">The dossier, opened by somebody who may take this kind of document out of the vault.</param>
    /// <param name="kind">The kind of document, one of <see cref="Protocols.DocumentKinds"/>.</param>
    /// <param name="request">Answers, reasons and choices.</param>
    /// <param name="ct">Stops before anything is stored.</param>
    /// <returns>The document, or every reason why not, in Dutch, with article or place.</returns>
    public static ValueTask<Outcome<AssembledDocument>> AssembleAsync(OpenDossier dossier, string kind, AssemblyRequest request, CancellationToken ct)
        => AssembleAsync(dossier, kind, request, WriteTerms.None, ct);

    /// <summary>Makes a document on terms: a final one is sealed once per request, and only on what the person saw.</summary>
    /// <param name="dossier">The dossier, opened by somebody who may take this kind of document out of the vault.</param>
    /// <param name="kind">The kind of document, one of <see cref="Protocols.DocumentKinds"/>.</param>
    /// <param name="request">Answers, reasons and choices.</param>
    /// <param name="terms">The terms.</param>
    /// <param name="ct">Stops before anything is stored.</param>
    /// <returns>The document, or every reason why not, in Dutch, with article or place.</returns>
    public static async ValueTask<Outcome<AssembledDocument>> AssembleAsync(OpenDossier dossier, string kind, AssemblyRequest request, WriteTerms terms, CancellationToken ct)
    {
        ArgumentNullException.ThrowIfNull(dossier);
        ArgumentNullException.ThrowIfNull(request);
        ArgumentNullException.ThrowIfNull(terms);
        var prepared = await PrepareAsync(dossier, kind, request, ct);
        if (!prepared.IsDone) return Outcome<AssembledDocument>.Refused(prepared.Refusals);
        var given = prepared.Value;
        var compartment = given.Compartment;
        if (!dossier.Access.MayExport(compartment))
        {
            return Outcome<AssembledDocument>.Refused(new Refusal(
                $"U mag geen {given.Word} van dit dossier meenemen.", $"Uw rol geeft geen recht op export uit het onderdeel {compartment.Title}.",
                "Vraag de functionaris integriteit om het stuk te maken."));
        }

        var early = dossier.CheckBeforeDocument(kind, given.About?.Id ?? given.Addressee.Person);
        var made = DocumentRendering.Render(given, request);
        if (!made.IsDone) return Outcome<AssembledDocument>.Refused(request.Concept ? made.Refusals : [.. early, .. made.Refusals]);
        if (!request.Concept && early.Count > 0) return Outcome<AssembledDocument>.Refused(early);
        var document = made.Value with { Remarks = [.. early.Select(refusal => refusal.ToString()), .. made.Value.Remarks] };
        var names = await dossier.CheckNamesAsync(DocumentRendering.TextsOf(document), given.Addressee.Person, ct, IsOutsider(given.Addressee), MayBeNamed(given));
        if (names.Refusal is { } found) return Outcome<AssembledDocument>.Refused(found);
        // A concept says what the document will say: who takes it out is logged like whoever takes out a file.
        if (request.Concept) return await dossier.LogConceptAsync(ct) ? Outcome<AssembledDocument>.Done(document) : Outcome<AssembledDocument>.Refused(Gone);
        if (!request.Checked) return Outcome<AssembledDocument>.Refused(NotChecked(given));
        if (request.Read is { } read && read != HashOf(document)) return Outcome<AssembledDocument>.Refused(NotAsRead(given));

        var stored = await dossier.StoreDocumentAsync(
            Describe(given, dossier), document.FileName, TitleOf(given), DocumentRendering.DateOf(given)!.Value, document.Bytes, ct, compartment, terms);
        return stored.IsDone
            ? Outcome<AssembledDocument>.Done(document with { Stored = stored.Value })
            : Outcome<AssembledDocument>.Refused(stored.Refusals);
    }

    private static async ValueTask<Outcome<AssemblyCase>> PrepareAsync(OpenDossier dossier, string kind, AssemblyRequest request, CancellationToken ct)
    {
        var ruling = AssemblyCase.RuleOf(dossier.Protocol, kind);
        if (!ruling.IsDone) return Outcome<AssemblyCase>.Refused(ruling.Refusals);

        // The municipality's own template comes first; the shipped one serves until there is one.
        var installed = await dossier.Templates.FindAsync(kind, ct);
        if ((installed ?? ShippedTemplates.Find(kind)) is not { } bytes)
        {
            return Outcome<AssemblyCase>.Refused(new Refusal(
                $"Er is geen sjabloon voor een {dossier.Protocol.Word(kind)}.", "De gemeente heeft er geen geïnstalleerd en het programma heeft er nog geen.",
                "Maak een sjabloon in Word en neem het in gebruik.")
            { Subject = kind, Remedies = Remedies.Template });
        }

        var compiled = CompiledTemplates.Get(bytes, $"{kind}.docx");
        return compiled.IsDone
            ? AssemblyCase.Prepare(SourceOf(dossier), kind, compiled.Value, request)
            : Outcome<AssemblyCase>.Refused(compiled.Refusals);
    }

    /// <summary>An office that may not even know the getuigen is nobody in the case: their names are protected from it as from anyone outside.</summary>
    private static bool IsOutsider(Addressee addressee) => addressee.Person is null && !addressee.Knows(Knowledge.Getuigen);

    /// <summary>The melders, where the protocol lets an office know who they are.</summary>
    private static IReadOnlyCollection<PersonId>? MayBeNamed(AssemblyCase given)
        => given.Addressee.Person is null && given.Addressee.Knows(Knowledge.Melder) ? [.. given.Source.State.Melders.Select(melder => melder.Id)] : null;

    private static ProjectionSource SourceOf(OpenDossier dossier) => new()
    {
        State = dossier.State,
        Protocol = dossier.Protocol,
        Municipality = dossier.Municipality,
        Staff = dossier.FindStaff,
        Maker = dossier.Person,
    };

    private static DossierDocument Describe(AssemblyCase given, OpenDossier dossier) => new()
    {
        Kind = given.Kind,
        Addressee = given.Addressee.Person,
        TemplateHash = given.Template.Hash,
        Protocol = given.Source.Protocol.Id,
        ProtocolVersion = given.Source.Protocol.Version,
        EngineVersion = EngineVersion,
        DataHash = dossier.HashOf(CanonicalData.Write(given.Data.Data, ProtocolFields.Derived)),
        Checkpoint = given.Source.State.Checkpoint,
        Reasons = ReasonsOf(given),
        Answers = given.Answers.All.ToFrozenDictionary(StringComparer.Ordinal),
        IsChecked = true,
    };

    private static FrozenDictionary<string, string> ReasonsOf(AssemblyCase given)
    {
        var reasons = given.Judgement.Reasons.ToDictionary(StringComparer.Ordinal);
        if (given.Reasons.TryGetValue(AssemblyCase.PostponementReason, out var reason)) reasons[AssemblyCase.PostponementReason] = reason;
        return reasons.ToFrozenDictionary(StringComparer.Ordinal);
    }

    private static string TitleOf(AssemblyCase given)
        => string.Create(CultureInfo.InvariantCulture, $"{DocumentRendering.Capital(given.Word)}, {DocumentRendering.DateOf(given):dd-MM-yyyy}");

    private static Refusal Gone { get; } = new("Dit dossier is er niet meer.", "Het is intussen vernietigd.", "Vraag de functionaris integriteit ernaar.") { Cause = RefusalCause.NotThere };

    private static Refusal NotChecked(AssemblyCase given) => new(
        $"{DutchWords.TheFirst(given.Word)} is compleet, maar de herleidbaarheidscheck is niet bevestigd.",
        "Het programma zoekt naar namen. Of iemand aan de inhoud te herkennen is, kan alleen een mens beoordelen.",
        "Lees het stuk met de ogen van de ontvanger: kan die uit een feit, een datum, een functie of een woordkeus opmaken wie de melder of een getuige is? Zo niet, bevestig dat dan.")
    { Subject = "herleidbaarheidscheck", Remedies = Remedies.Confirmation };
}
