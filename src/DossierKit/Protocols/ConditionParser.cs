using System.Globalization;
using System.Text.RegularExpressions;

namespace DossierKit.Protocols;

/// <summary>Reads <c>a en niet (b of c=d)</c>: <c>niet</c> binds strongest, then <c>en</c>, then <c>of</c>.</summary>
internal sealed partial class ConditionParser
{
    private const int MaxDepth = 32;

    private static readonly string[] Words = ["en", "of", "niet"];

    private readonly string _text;
    private readonly List<Match> _tokens;
    private int _next;
    private int _depth;

    private ConditionParser(string text)
    {
        _text = text;
        _tokens = [.. Token().Matches(text).Where(match => !string.IsNullOrWhiteSpace(match.Value))];
    }

    public static Outcome<Condition> Parse(string text)
    {
        ArgumentNullException.ThrowIfNull(text);
        var parser = new ConditionParser(text);
        try
        {
            if (parser._tokens.Count == 0) throw parser.Fault("De voorwaarde is leeg.", "Schrijf een voorwaarde, of laat het veld weg als de regel altijd geldt.");
            var condition = parser.Or();
            if (parser._next < parser._tokens.Count)
                throw parser.Fault($"Na een hele voorwaarde staat nog '{parser.Peek}'.", "Zet 'en' of 'of' tussen twee voorwaarden.");
            return Outcome<Condition>.Done(condition);
        }
        catch (ConditionFaultException fault)
        {
            return Outcome<Condition>.Refused(fault.Refusal);
        }
    }

    private string? Peek => _next < _tokens.Count ? _tokens[_next].Value : null;

    private Condition Or()
    {
        var left = And();
        while (Peek == "of")
        {
            _next++;
            left = new OrCondition(left, And());
        }

        return left;
    }

    private Condition And()
    {
        var left = Not();
        while (Peek == "en")
        {
            _next++;
            left = new AndCondition(left, Not());
        }

        return left;
    }

    private Condition Not()
    {
        if (++_depth > MaxDepth) throw Fault("De voorwaarde is te diep genest.", string.Create(CultureInfo.InvariantCulture, $"Gebruik hooguit {MaxDepth} keer 'niet' of '(' in elkaar."));
        try
        {
            if (Peek == "niet")
            {
                _next++;
                return new NotCondition(Not());
            }

            if (Peek != "(") return Fact();
            var open = _next++;
            var inner = Or();
            if (Peek != ")")
            {
                _next = open;
                throw Fault("Een haakje '(' wordt niet gesloten.", "Zet er een ')' bij.");
            }

            _next++;
            return inner;
        }
        finally
        {
            _depth--;
        }
    }

    private FactCondition Fact()
    {
        var name = Peek;
        if (name is null) throw Fault("De voorwaarde houdt te vroeg op.", "Maak de voorwaarde af met een feit.");
        if (Words.Contains(name, StringComparer.Ordinal) || !Name().IsMatch(name)) throw Fault($"Hier hoort een feit, er staat '{name}'.", "Schrijf een feit, 'niet' of '('.");
        if (!FactNames.IsKnown(name)) throw Fault($"Het feit '{name}' bestaat niet.", Nearest.Advice(name, FactNames.All));
        _next++;
        if (Peek != "=")
        {
            if (FactNames.IsYesNo(name)) return new FactCondition(name, CaseFacts.Yes);
            throw Fault($"Bij het feit '{name}' hoort een waarde.", $"Schrijf bijvoorbeeld '{name}={FactNames.ValuesOf(name)[0]}'.");
        }

        _next++;
        var value = Peek;
        if (value is null || !FactNames.ValuesOf(name).Contains(value, StringComparer.Ordinal))
            throw Fault(value is null ? $"Achter '{name}=' staat geen waarde." : $"Het feit '{name}' kent de waarde '{value}' niet.", Nearest.Advice(value ?? "", FactNames.ValuesOf(name)));
        _next++;
        return new FactCondition(name, value);
    }

    private ConditionFaultException Fault(string what, string whatNow)
    {
        var at = _next < _tokens.Count ? _tokens[_next].Index : _text.Length;
        return new ConditionFaultException(new Refusal(what, string.Create(CultureInfo.InvariantCulture, $"Voorwaarde, teken {at + 1}."), whatNow));
    }

    [GeneratedRegex(@"\s+|[()=]|[^\s()=]+", RegexOptions.CultureInvariant, 1000)]
    private static partial Regex Token();

    [GeneratedRegex(@"^[A-Za-z][A-Za-z0-9-]*$", RegexOptions.CultureInvariant, 1000)]
    private static partial Regex Name();

    /// <summary>Carries a refusal out of the recursion; never leaves this class.</summary>
    private sealed class ConditionFaultException(Refusal refusal) : Exception
    {
        public Refusal Refusal { get; } = refusal;
    }
}
