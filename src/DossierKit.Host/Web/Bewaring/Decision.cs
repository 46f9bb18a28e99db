using System.Globalization;

using DossierKit.Dossiers;
using DossierKit.Host.Web.Parts;
using DossierKit.Host.Web.Texts;
using DossierKit.Retention;
using DossierKit.Vault;

namespace DossierKit.Host.Web.Bewaring;

/// <summary>A field of the form of a decision.</summary>
/// <param name="Name">Its name in the form.</param>
/// <param name="Label">What the reader sees.</param>
public sealed record DecisionField(string Name, string Label)
{
    /// <summary>What to fill in, in a sentence.</summary>
    public string? Help { get; init; }

    /// <summary>What it looks like.</summary>
    public FieldKind Kind { get; init; }

    /// <summary>The type of input.</summary>
    public string Type { get; init; } = "text";

    /// <summary>More than one: a text area.</summary>
    public int Lines { get; init; } = 1;

    /// <summary>To choose from.</summary>
    public IReadOnlyList<(string Value, string Text)>? Options { get; init; }

    /// <summary>What stands in a select when nothing is chosen.</summary>
    public string? Empty { get; init; }

    public bool IsOptional { get; init; }

    /// <summary>Whether it is seldom needed: it then stands folded away.</summary>
    public bool IsMore { get; init; }

    /// <summary>What is filled in beforehand.</summary>
    public string? Value { get; init; }
}

/// <summary>What a decision is about.</summary>
/// <param name="At">Who decides.</param>
/// <param name="Entry">The dossier.</param>
/// <param name="Item">The dossier in the plan of today.</param>
/// <param name="Hold">The hold, for what is decided about one.</param>
internal sealed record Deciding(AtArchive At, ArchiveEntry Entry, RetentionItem Item, Hold? Hold)
{
    /// <summary>The selectielijst in use.</summary>
    public Selectielijst List => At.List;

    /// <summary>What a request is about; <see langword="null"/> when it is not there or not for this person.</summary>
    /// <param name="at">Who asks.</param>
    /// <param name="number">The number of the dossier.</param>
    /// <param name="hold">The id of a hold in it; <see langword="null"/>: about none.</param>
    public static Deciding? Find(AtArchive at, string number, string? hold)
    {
        if (at.Find(number) is not { } entry) return null;
        var found = hold is null ? null : OpaqueId.TryParse(hold, out var id) ? entry.Retention.Holds.FirstOrDefault(known => known.Id == id) : null;
        return hold is not null && found is null ? null : new Deciding(at, entry, at.PlanOf(entry)[0], found);
    }

    /// <summary>Records what was decided: a class by the list, a transfer by plan and exports, anything else by the archive.</summary>
    public ValueTask<Outcome<ArchiveEntry>> RecordAsync(Taken taken, WriteTerms terms, CancellationToken ct)
        => taken switch
        {
            { Class: { } request } => At.Desk.ClassifyAsync(Entry.Number, request, terms, ct),
            { Event: DossierTransferred transferred } => At.Desk.TransferAsync(Entry.Number, transferred, terms, ct),
            _ => At.Archive.RecordAsync(Entry.Number, taken.Event!, terms, ct),
        };

    /// <summary>Where the dossier's keeping is shown.</summary>
    public string Root => $"/bewaring/dossiers/{Entry.Number}";
}

/// <summary>A decision that was taken: an event, or a class that the list makes one of.</summary>
internal sealed record Taken(RetentionEvent? Event, ClassRequest? Class = null)
{
    public static implicit operator Taken(RetentionEvent happening) => new(happening);

    public static implicit operator Taken(ClassRequest request) => new(null, request);
}

/// <summary>
/// One decision on keeping: its form, who gets to see it, and the event it becomes. Whether it holds is decided by the register when it is recorded.
/// </summary>
internal sealed record Decision
{
    /// <summary>The end of its address, below the dossier or the hold.</summary>
    public required string Path { get; init; }

    /// <summary>Whether it is about one hold.</summary>
    public bool IsOfHold { get; init; }

    public required string Title { get; init; }

    /// <summary>What it does, in a sentence or two.</summary>
    public required string Lead { get; init; }

    /// <summary>What the button says.</summary>
    public required string Button { get; init; }

    /// <summary>For what cannot be taken back: what is about to happen, after "U wilt"; <see langword="null"/> for what can.</summary>
    public string? Final { get; init; }

    /// <summary>What the next page says.</summary>
    public required string Told { get; init; }

    /// <summary>Whether it is offered.</summary>
    public required Func<Deciding, bool> IsOffered { get; init; }

    public required Func<Deciding, IReadOnlyList<DecisionField>> Fields { get; init; }

    /// <summary>The event; the reader notes what is wrong with the fields.</summary>
    public required Func<Deciding, DecisionInput, Taken> Read { get; init; }

    /// <summary>Its address.</summary>
    public string AddressOf(Deciding about) => IsOfHold ? $"{about.Root}/bewaargronden/{about.Hold!.Id}/{Path}" : $"{about.Root}/{Path}";

    /// <summary>Its form for the screen.</summary>
    public DecisionView ViewOf(Deciding about) => new()
    {
        Title = Title,
        Number = about.Entry.Number.Value,
        Lead = Lead,
        Button = Button,
        IsFinal = Final is not null,
        Address = AddressOf(about),
        Above = about.Hold is { } hold
            ? [(about.Root, $"Bewaring van {about.Entry.Number}"), ($"{about.Root}/bewaargronden/{hold.Id}", Nl.First(RetentionTexts.Of(hold.Kind)))]
            : [(about.Root, $"Bewaring van {about.Entry.Number}")],
        Now =
        [
            ("Stand", Nl.First(RetentionTexts.Of(about.Item.Status))),
            ("Klasse", about.Item.Class is { } set ? RetentionTexts.Of(set) : "nog geen"),
            ("Mag weg vanaf", about.Item.Due is { } due ? Nl.Date(due) : "nog niet bekend"),
            ("Vastgehouden voor", about.Hold is { } held ? RetentionTexts.Of(held.Kind) : null),
        ],
        Version = about.Entry.Version,
        Fields = Fields(about),
    };
}

/// <summary>What was filled in, and what is wrong with it.</summary>
internal sealed class DecisionInput(IFormCollection form)
{
    /// <summary>What is wrong so far.</summary>
    public List<Refusal> Refusals { get; } = [];

    /// <summary>A text; empty when it was left out.</summary>
    public string Text(string name) => form[name].ToString().Trim();

    /// <summary>A text that must be there.</summary>
    public string Needed(string name, string what, string why)
    {
        var text = Text(name);
        if (text.Length == 0) Refusals.Add(new Refusal($"{what} ontbreekt.", why, "Vul het in.") { Subject = name });
        return text;
    }

    /// <summary>A day that must be there.</summary>
    public DateOnly Day(string name, string what)
    {
        var text = Text(name);
        if (DateOnly.TryParseExact(text, "yyyy-MM-dd", CultureInfo.InvariantCulture, DateTimeStyles.None, out var day)) return day;
        Refusals.Add(text.Length == 0
            ? new Refusal($"{what} ontbreekt.", "Zonder dag kan dit niet worden vastgelegd.", "Vul een dag in.") { Subject = name }
            : new Refusal("Dit is geen datum.", "Een datum heeft een jaar, een maand en een dag.", "Vul hem in als 2026-03-02.") { Subject = name });
        return default;
    }

    /// <summary>One of the words of an enumeration.</summary>
    public T? Word<T>(string name, string what)
        where T : struct, Enum
    {
        if (Cli.Words.TryParse<T>(Text(name), out var value)) return value;
        Refusals.Add(new Refusal($"{what} ontbreekt.", "Er is nog niets gekozen.", "Kies een van de mogelijkheden.") { Subject = name });
        return null;
    }
}

/// <summary>The form of a decision for the screen.</summary>
public sealed record DecisionView
{
    public required string Title { get; init; }

    /// <summary>The number of the dossier.</summary>
    public required string Number { get; init; }

    public required string Lead { get; init; }

    public required string Button { get; init; }

    /// <summary>Whether it cannot be taken back.</summary>
    public bool IsFinal { get; init; }

    /// <summary>Where the form goes.</summary>
    public required string Address { get; init; }

    /// <summary>The pages above this one; the last is where it goes back to.</summary>
    public required IReadOnlyList<(string Path, string Text)> Above { get; init; }

    /// <summary>How the dossier stands now: what the decision is taken on.</summary>
    public required IReadOnlyList<(string Name, string? Value)> Now { get; init; }

    /// <summary>The version of that.</summary>
    public required string Version { get; init; }

    public required IReadOnlyList<DecisionField> Fields { get; init; }
}
