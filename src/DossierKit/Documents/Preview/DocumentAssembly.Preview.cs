using System.Security.Cryptography;
using DossierKit.Dossiers;
using DossierKit.Protocols;

namespace DossierKit.Documents;

/// <summary>A document on its way, for a screen: for whom it can be made, how far it is, and how it reads before somebody confirms it. Nothing is stored here.</summary>
public static partial class DocumentAssembly
{
    /// <summary>Every way in which a kind of document can be made in this case, in the order of the protocol.</summary>
    /// <param name="dossier">The dossier, opened.</param>
    /// <param name="kind">The kind of document, one of <see cref="DocumentKinds"/>.</param>
    /// <returns>At least one, or why there is none.</returns>
    public static Outcome<IReadOnlyList<DocumentDestination>> Destinations(OpenDossier dossier, string kind)
    {
        ArgumentNullException.ThrowIfNull(dossier);
        var ruling = AssemblyCase.RuleOf(dossier.Protocol, kind);
        return ruling.IsDone ? DocumentDestinations.Of(SourceOf(dossier), ruling.Value) : Outcome<IReadOnlyList<DocumentDestination>>.Refused(ruling.Refusals);
    }

    /// <summary>How far a document is. The concept is there only for whoever may take this kind of document out of the vault.</summary>
    /// <param name="dossier">The dossier, opened.</param>
    /// <param name="kind">The kind of document.</param>
    /// <param name="request">Reader, and answers beside those recorded.</param>
    /// <param name="ct">Stops.</param>
    /// <returns>The draft, or why there can be none.</returns>
    public static async ValueTask<Outcome<DocumentDraft>> DraftAsync(OpenDossier dossier, string kind, AssemblyRequest request, CancellationToken ct)
    {
        ArgumentNullException.ThrowIfNull(dossier);
        ArgumentNullException.ThrowIfNull(request);
        var final = request with { Concept = false };
        var prepared = await PrepareAsync(dossier, kind, final, ct);
        if (!prepared.IsDone) return Outcome<DocumentDraft>.Refused(prepared.Refusals);
        var given = prepared.Value;
        var made = DocumentRendering.Render(given, final);
        var draft = new DocumentDraft
        {
            Word = given.Word,
            Article = given.Rule.Article,
            Compartment = given.Compartment,
            Questions = DocumentQuestions.Of(given),
            Open = [.. dossier.CheckBeforeDocument(kind, given.About?.Id ?? given.Addressee.Person), .. made.Refusals],
            Remarks = [.. given.Remarks, .. given.Judgement.Remarks],
            Origins = given.Data.Origins,
            Headings = new Dictionary<string, string>(StringComparer.Ordinal),
        };
        if (!dossier.Access.MayExport(given.Compartment)) return Outcome<DocumentDraft>.Done(draft with { NoConcept = [MayNotTake(given)] });
        var concept = DocumentRendering.Render(given, final with { Concept = true });
        if (!concept.IsDone) return Outcome<DocumentDraft>.Done(draft with { NoConcept = concept.Refusals });
        var names = await dossier.CheckNamesAsync(DocumentRendering.TextsOf(concept.Value), given.Addressee.Person, ct, IsOutsider(given.Addressee), MayBeNamed(given));
        if (names.Refusal is { } found) return Outcome<DocumentDraft>.Done(draft with { NoConcept = [found], Open = [found, .. draft.Open] });
        var marked = given.Template.Render(given.Data.Data, new RenderOptions { Concept = true, OmitElements = given.Judgement.Omit, MarkFields = true });
        var view = LetterView.Read(marked.IsDone ? marked.Value.Bytes : concept.Value.Bytes);
        return Outcome<DocumentDraft>.Done(draft with { Concept = concept.Value, View = view, Headings = HeadingsOf(view), Beginning = BeginningOf(view) });
    }

    /// <summary>The complete document as it would be stored, for the person who confirms it.</summary>
    /// <param name="dossier">The dossier, opened by somebody who may take this kind of document out of the vault.</param>
    /// <param name="kind">The kind of document.</param>
    /// <param name="request">Reader, and answers beside those recorded.</param>
    /// <param name="ct">Stops.</param>
    /// <returns>The document, or every reason why not yet.</returns>
    public static async ValueTask<Outcome<DocumentReview>> ReviewAsync(OpenDossier dossier, string kind, AssemblyRequest request, CancellationToken ct)
    {
        ArgumentNullException.ThrowIfNull(dossier);
        ArgumentNullException.ThrowIfNull(request);
        var final = request with { Concept = false };
        var prepared = await PrepareAsync(dossier, kind, final, ct);
        if (!prepared.IsDone) return Outcome<DocumentReview>.Refused(prepared.Refusals);
        var given = prepared.Value;
        if (!dossier.Access.MayExport(given.Compartment)) return Outcome<DocumentReview>.Refused(MayNotTake(given));
        var early = dossier.CheckBeforeDocument(kind, given.About?.Id ?? given.Addressee.Person);
        var made = DocumentRendering.Render(given, final);
        if (!made.IsDone || early.Count > 0) return Outcome<DocumentReview>.Refused([.. early, .. made.Refusals]);
        var texts = DocumentRendering.TextsOf(made.Value);
        var names = await dossier.CheckNamesAsync(texts, given.Addressee.Person, ct, IsOutsider(given.Addressee), MayBeNamed(given));
        return names.Refusal is { } found
            ? Outcome<DocumentReview>.Refused(found)
            : Outcome<DocumentReview>.Done(new DocumentReview(made.Value, LetterView.Read(made.Value.Bytes), HashOf(made.Value), texts.Count));
    }

    private static string HashOf(AssembledDocument document) => Convert.ToHexStringLower(SHA256.HashData(document.Bytes.Span));

    /// <summary>The heading above each element, so that questions can be asked in the parts a reader of the letter knows.</summary>
    private static Dictionary<string, string> HeadingsOf(LetterView view)
    {
        var headings = new Dictionary<string, string>(StringComparer.OrdinalIgnoreCase);
        string? above = null;
        foreach (var block in view.Body)
        {
            if (block is LetterParagraph { Heading: > 0 } heading) above = heading.Text;
            if (above is not null && block.Element is { } element) headings.TryAdd(element, above);
        }

        return headings;
    }

    private static HashSet<string> BeginningOf(LetterView view)
        => view.Body.TakeWhile(block => block is not LetterParagraph { Heading: > 0 }).Select(block => block.Element).OfType<string>().ToHashSet(StringComparer.OrdinalIgnoreCase);

    private static Refusal MayNotTake(AssemblyCase given) => new(
        $"U mag geen {given.Word} van dit dossier meenemen.", $"Uw rol geeft geen recht op export uit het onderdeel {given.Compartment.Title}.",
        "Vraag de functionaris integriteit om het stuk te maken.");

    private static Refusal NotAsRead(AssemblyCase given) => new(
        $"{DutchWords.TheFirst(given.Word)} is niet meer zoals u die las.", "Iemand veranderde intussen iets in het dossier of in de antwoorden.", "Lees het stuk opnieuw en bevestig het dan.")
    { Subject = "herleidbaarheidscheck" };
}
