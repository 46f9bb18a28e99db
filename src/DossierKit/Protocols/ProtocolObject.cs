using System.Globalization;
using System.Text.Json;
using System.Text.RegularExpressions;

namespace DossierKit.Protocols;

/// <summary>Everything that is wrong with one file.</summary>
internal sealed class ProtocolFaults(string fileName)
{
    private readonly List<Refusal> _faults = [];

    public IReadOnlyList<Refusal> All => _faults;

    public void Add(JsonPlace place, string? article, string what, string whatNow)
    {
        var by = article is null ? "" : $" ({article})";
        _faults.Add(new Refusal(what, string.Create(CultureInfo.InvariantCulture, $"{fileName}, regel {place.Line}, {place.Path}{by}."), whatNow) { Subject = place.Path });
    }
}

/// <summary>
/// One object of a protocol file being read: each member is asked for by name and shape; what nobody asked for is an error.
/// A mistake is noted and a harmless value returned, so that all mistakes come out at once.
/// </summary>
internal sealed partial class ProtocolObject
{
    private readonly ProtocolFaults _faults;
    private readonly HashSet<string> _asked = new(StringComparer.Ordinal);
    private readonly List<string> _missing = [];
    private readonly Dictionary<string, JsonPlace> _members = new(StringComparer.Ordinal);

    public ProtocolObject(JsonPlace place, ProtocolFaults faults, string? article = null)
    {
        Place = place;
        _faults = faults;
        Article = article;
        if (place.Kind != JsonTokenType.StartObject)
        {
            Fault(place, $"Hier hoort een object {{ }}, er staat {place.KindInDutch}.", "Zet de velden tussen accolades.");
            return;
        }

        foreach (var (name, value) in place.Members)
        {
            if (!_members.TryAdd(name, value)) Fault(value, $"Het veld '{name}' staat er twee keer.", "Laat het veld één keer staan.");
        }

        if (_members.TryGetValue("artikel", out var own) && own.Kind == JsonTokenType.String && own.Text.Length > 0) Article = own.Text;
    }

    public JsonPlace Place { get; }

    /// <summary>The object's own article, or that of the object around it; for messages.</summary>
    public string? Article { get; }

    /// <summary>Whether the member is there; asking counts as knowing the name.</summary>
    public bool Has(string name) => Find(name) is not null;

    public void Fault(JsonPlace place, string what, string whatNow) => _faults.Add(place, Article, what, whatNow);

    /// <summary>The place of a member, or of the object when the member is not there.</summary>
    public JsonPlace PlaceOf(string name) => _members.GetValueOrDefault(name, Place);

    public string Text(string name) => OptionalText(name, required: true) ?? "";

    public string? OptionalText(string name) => OptionalText(name, required: false);

    /// <summary>A handle: lower-case letters and digits, joined by '-' or '.'.</summary>
    public string Id(string name)
    {
        var id = Text(name);
        if (id.Length > 0 && !IdPattern().IsMatch(id))
            Fault(PlaceOf(name), $"'{id}' kan geen {name} zijn.", "Gebruik kleine letters, cijfers, '-' en '.', zoals 'kennisgeving.gedraging'.");
        return id;
    }

    public bool Flag(string name)
    {
        if (Find(name) is not { } place) return false;
        if (place.Kind is JsonTokenType.True or JsonTokenType.False) return place.Kind == JsonTokenType.True;
        Fault(place, $"Bij '{name}' hoort true of false, er staat {place.KindInDutch}.", "Schrijf true of false, zonder aanhalingstekens.");
        return false;
    }

    public DateOnly? OptionalDate(string name)
    {
        if (OptionalText(name) is not { } text) return null;
        if (DateOnly.TryParseExact(text, "yyyy-MM-dd", CultureInfo.InvariantCulture, DateTimeStyles.None, out var date)) return date;
        Fault(PlaceOf(name), $"'{text}' is geen datum.", "Schrijf de datum als jjjj-mm-dd, zoals 2025-01-01.");
        return null;
    }

    public DateOnly Date(string name)
    {
        if (OptionalDate(name) is { } date) return date;
        if (!Has(name)) Missing(name);
        return default;
    }

    /// <summary>One word of a closed list.</summary>
    public T Choice<T>(string name, IReadOnlyDictionary<string, T> words, T otherwise)
    {
        var text = Text(name);
        if (text.Length == 0) return otherwise;
        if (words.TryGetValue(text, out var value)) return value;
        Fault(PlaceOf(name), $"Bij '{name}' staat '{text}', dat bestaat niet.", Nearest.Advice(text, words.Keys));
        return otherwise;
    }

    /// <summary>One name of a closed list.</summary>
    public string Name(string name, string what, IReadOnlyCollection<string> known) => Known(Text(name), PlaceOf(name), what, known);

    public string? OptionalName(string name, string what, IReadOnlyCollection<string> known)
        => OptionalText(name) is { } text ? Known(text, PlaceOf(name), what, known) : null;

    /// <summary>Names of a closed list, each once; absent is an empty list.</summary>
    public IReadOnlyList<string> Names(string name, string what, IReadOnlyCollection<string> known, bool required = false)
    {
        var names = new List<string>();
        foreach (var item in NameItems(name, what, required)) names.Add(Known(item.Text, item, what, known));
        return names;
    }

    /// <summary>Names of a closed list; one name may stand without brackets.</summary>
    public IReadOnlyList<string> NamesOrOne(string name, string what, IReadOnlyCollection<string> known)
        => Find(name) is { Kind: JsonTokenType.String } ? [Name(name, what, known)] : Names(name, what, known);

    /// <summary>How many, from 2 to 99; 1 when the member is not there.</summary>
    public int Count(string name)
    {
        if (Find(name) is not { } place) return 1;
        if (place.Kind == JsonTokenType.Number && int.TryParse(place.Text, NumberStyles.None, CultureInfo.InvariantCulture, out var count) && count is >= 2 and <= 99) return count;
        Fault(place, $"Bij '{name}' hoort een getal van 2 tot en met 99, er staat {(place.Kind == JsonTokenType.Number ? place.Text : place.KindInDutch)}.", $"Schrijf een getal zonder aanhalingstekens, of laat '{name}' weg als één genoeg is.");
        return 1;
    }

    /// <summary>Names of any sort, each once; absent is an empty list.</summary>
    public IReadOnlyList<string> FreeNames(string name) => [.. NameItems(name, "naam", required: false).Select(item => item.Text)];

    /// <summary>Words of a closed list; at least one.</summary>
    public IReadOnlyList<T> Choices<T>(string name, IReadOnlyDictionary<string, T> words)
        => [.. Names(name, "bekende waarde", [.. words.Keys], required: true).Where(words.ContainsKey).Select(word => words[word])];

    public Condition Condition(string name)
    {
        if (OptionalText(name) is not { } text) return Protocols.Condition.Always;
        var condition = Protocols.Condition.Parse(text);
        if (condition.IsDone) return condition.Value;
        foreach (var refusal in condition.Refusals) Fault(PlaceOf(name), $"{refusal.What} {refusal.Why}", refusal.WhatNow);
        return Protocols.Condition.Always;
    }

    /// <summary>The objects of a list; absent is an empty list.</summary>
    public IEnumerable<ProtocolObject> Objects(string name, bool required = false)
        => Items(name, required).Select(item => new ProtocolObject(item, _faults, Article));

    /// <summary>The objects of a list that may not be missing or empty; one object may stand without brackets.</summary>
    public IEnumerable<ProtocolObject> ObjectsOrOne(string name)
        => Find(name) is { Kind: JsonTokenType.StartObject } place ? [new ProtocolObject(place, _faults, Article)] : Objects(name, required: true);

    public ProtocolObject? Object(string name) => Find(name) is { } place ? new ProtocolObject(place, _faults, Article) : null;

    /// <summary>Reports every member that was never asked for, and every one that is missing; a misspelt member is one mistake, not two.</summary>
    public void Done()
    {
        foreach (var (name, place) in _members.Where(member => !_asked.Contains(member.Key)))
        {
            var meant = Nearest.To(name, _missing);
            if (meant is not null) _missing.Remove(meant);
            Fault(place, $"Het veld '{name}' bestaat hier niet.", meant is null ? Nearest.Advice(name, _asked) : $"Bedoelt u '{meant}'?");
        }

        foreach (var name in _missing)
        {
            if (name == "artikel") Fault(Place, "Er staat geen artikel bij.", "Zet er een veld 'artikel' bij, zoals \"artikel\": \"Waterlanden art. 6.2\".");
            else Fault(Place, $"Het veld '{name}' ontbreekt.", $"Zet er een veld '{name}' bij.");
        }
    }

    private JsonPlace? Find(string name)
    {
        _asked.Add(name);
        return _members.GetValueOrDefault(name);
    }

    private void Missing(string name)
    {
        if (Place.Kind == JsonTokenType.StartObject) _missing.Add(name);
    }

    private string? OptionalText(string name, bool required)
    {
        if (Find(name) is not { } place)
        {
            if (required) Missing(name);
            return null;
        }

        if (place.Kind != JsonTokenType.String)
        {
            Fault(place, $"Bij '{name}' hoort een tekst, er staat {place.KindInDutch}.", "Zet een tekst tussen aanhalingstekens.");
            return null;
        }

        if (!string.IsNullOrWhiteSpace(place.Text)) return place.Text;
        Fault(place, $"Het veld '{name}' is leeg.", required ? "Vul het veld in." : "Vul het veld in of laat het weg.");
        return null;
    }

    private List<JsonPlace> Items(string name, bool required)
    {
        if (Find(name) is not { } place)
        {
            if (required) Missing(name);
            return [];
        }

        if (place.Kind != JsonTokenType.StartArray)
        {
            Fault(place, $"Bij '{name}' hoort een lijst [ ], er staat {place.KindInDutch}.", "Zet er rechte haken om, ook als er maar één waarde is.");
            return [];
        }

        if (required && place.Items.Count == 0) Fault(place, $"De lijst '{name}' is leeg.", "Zet er minstens één waarde in.");
        return place.Items;
    }

    private List<JsonPlace> NameItems(string name, string what, bool required)
    {
        var names = new List<JsonPlace>();
        foreach (var item in Items(name, required))
        {
            if (item.Kind != JsonTokenType.String) Fault(item, $"Hier hoort een {what}, er staat {item.KindInDutch}.", "Zet een tekst tussen aanhalingstekens.");
            else if (names.Exists(known => known.Text == item.Text)) Fault(item, $"'{item.Text}' staat er twee keer.", "Laat het één keer staan.");
            else names.Add(item);
        }

        return names;
    }

    private string Known(string text, JsonPlace place, string what, IReadOnlyCollection<string> known)
    {
        if (text.Length > 0 && !known.Contains(text)) Fault(place, $"'{text}' is geen {what}.", Nearest.Advice(text, known));
        return text;
    }

    [GeneratedRegex("^[a-z0-9]+([.-][a-z0-9]+)*$", RegexOptions.CultureInvariant | RegexOptions.ExplicitCapture, 1000)]
    private static partial Regex IdPattern();
}
