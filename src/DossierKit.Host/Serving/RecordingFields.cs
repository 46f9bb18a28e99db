using System.Globalization;

using DossierKit.Dossiers;

namespace DossierKit.Host.Serving;

/// <summary>How a recording was made, as somebody says it; what he leaves out follows from the conversation.</summary>
/// <param name="Conversation">The reference of the conversation.</param>
/// <param name="With">Who was recorded; <see langword="null"/>: whoever the conversation was with.</param>
/// <param name="Date">When; <see langword="null"/>: on the day of the conversation.</param>
/// <param name="WasDiscussed">Whether it was discussed beforehand.</param>
/// <param name="WasTold">Whether it was told that the recording will be destroyed.</param>
/// <param name="Reason">Why this case asked for a recording.</param>
internal sealed record RecordingWish(string Conversation, PersonId? With, DateOnly? Date, bool WasDiscussed, bool WasTold, string? Reason)
{
    /// <summary>The same, complete; or why it is not clear who was recorded.</summary>
    public Outcome<RecordingMade> In(OpenDossier dossier, DateOnly today)
    {
        var held = dossier.State.FindReference(Conversation);
        if ((With ?? held?.Subject) is not { } with)
        {
            return Outcome<RecordingMade>.Refused(new Refusal(
                "Niet duidelijk is wie er op de opname staat.", "Dat gesprek staat niet in het dossier, of is niet voor u.", "Leg eerst het gesprek vast met een kenmerk, of noem wie er is gehoord.")
            { Subject = RecordingFields.Conversation });
        }

        return Outcome<RecordingMade>.Done(new RecordingMade
        {
            Date = Date ?? held?.Date ?? today,
            With = with,
            Conversation = Conversation,
            WasDiscussed = WasDiscussed,
            WasToldOfDestruction = WasTold,
            Reason = Reason,
        });
    }
}

/// <summary>What is said about a recording that is sent: the same names in forms, in headers of the API and on disk.</summary>
internal static class RecordingFields
{
    public const string Conversation = "gesprek", With = "met", Discussed = "overlegd", Told = "vernietigingVerteld", Why = "reden", Title = "titel", Date = "datum";

    /// <summary>All names, those that are needed first.</summary>
    public static IReadOnlyList<string> All { get; } = [Conversation, Discussed, Told, With, Date, Why, Title];

    /// <summary>The names that may not be left out.</summary>
    public static IReadOnlyList<string> Needed { get; } = [Conversation, Discussed, Told];

    /// <summary>The recording that was described, or everything that is wrong with the description.</summary>
    public static Outcome<NewRecording> Read(Upload upload, OpenDossier dossier, DateOnly today)
    {
        var refusals = new List<Refusal>();
        if (Text(Conversation) is not { } conversation)
        {
            conversation = "";
            refusals.Add(new("Zeg van welk gesprek de opname is.", $"'{Conversation}' is leeg.", "Kies het gesprek, of leg het eerst vast.") { Subject = Conversation });
        }

        PersonId? with = null;
        if (Text(With) is { } handle)
        {
            if (PersonId.TryParse(handle, out var person)) with = person;
            else refusals.Add(new("Dit is geen aanduiding van een persoon.", $"'{With}' heeft een andere vorm.", "Kies iemand uit het dossier, of laat dit leeg.") { Subject = With });
        }

        DateOnly? date = null;
        if (Text(Date) is { } day)
        {
            if (DateOnly.TryParseExact(day, "yyyy-MM-dd", CultureInfo.InvariantCulture, DateTimeStyles.None, out var parsed)) date = parsed;
            else refusals.Add(new("Dit is geen datum.", $"'{Date}' heeft een andere vorm.", "Schrijf de datum als 2026-03-02.") { Subject = Date });
        }

        var (discussed, told) = (YesOrNo(Discussed, "Zeg of de opname vooraf is besproken."), YesOrNo(Told, "Zeg of is verteld dat de opname wordt vernietigd."));
        var title = Text(Title);
        if (title?.Length > 200) refusals.Add(new("De titel is te lang.", "Een titel heeft hoogstens 200 tekens.", "Kort de titel in.") { Subject = Title });
        if (refusals.Count > 0) return Outcome<NewRecording>.Refused(refusals);
        var made = new RecordingWish(conversation, with, date, discussed, told, Text(Why)).In(dossier, today);
        return made.IsDone ? Outcome<NewRecording>.Done(new NewRecording(upload.FileName, title, made.Value)) : Outcome<NewRecording>.Refused(made.Refusals);

        string? Text(string field) => upload.Fields.GetValueOrDefault(field)?.Trim() is { Length: > 0 } text ? text : null;

        bool YesOrNo(string field, string ask)
        {
            var text = Text(field);
            if (text is not ("ja" or "nee")) refusals.Add(new(ask, "Het protocol vraagt ernaar, dus het wordt vastgelegd zoals het was.", "Kies ja of nee.") { Subject = field });
            return text == "ja";
        }
    }
}
