namespace DossierKit.Search;

/// <summary>The stems of the profile <c>nl</c>: those of <see cref="DutchStemmer"/>, in which <c>brieven</c> meets <c>brief</c> and <c>huizen</c> meets <c>huis</c>.</summary>
internal static class DutchStems
{
    /// <summary>The stem of a folded word.</summary>
    public static string Of(ReadOnlySpan<char> word)
    {
        Span<char> buffer = stackalloc char[WordTokenizer.MaxLength];
        return buffer[..Of(word, buffer)].ToString();
    }

    /// <summary>Whether the stem is another than the word itself, and the word one that has a stem: letters, not a stop word.</summary>
    public static bool IsInflected(ReadOnlySpan<char> word)
    {
        Span<char> buffer = stackalloc char[WordTokenizer.MaxLength];
        return !DutchWords.IsStop(word) && !buffer[..Of(word, buffer)].SequenceEqual(word);
    }

    /// <summary>Whether a folded word has this stem.</summary>
    public static bool Has(ReadOnlySpan<char> word, ReadOnlySpan<char> stem)
    {
        Span<char> buffer = stackalloc char[WordTokenizer.MaxLength];
        return buffer[..Of(word, buffer)].SequenceEqual(stem);
    }

    private static int Of(ReadOnlySpan<char> word, Span<char> buffer)
    {
        if (word.Length > WordTokenizer.MaxLength) word = word[..WordTokenizer.MaxLength];
        word.CopyTo(buffer);
        var letters = word.Length;
        // foto's, Frans'
        if (letters > 2 && buffer[letters - 1] == 's' && buffer[letters - 2] == '\'') letters -= 2;
        else if (letters > 1 && buffer[letters - 1] == '\'') letters--;
        // Of what holds anything but letters (numbers, addresses) nothing is an ending.
        foreach (var c in buffer[..letters])
        {
            if (!char.IsLetter(c)) return letters;
        }

        if (DutchWords.Override(buffer[..letters]) is { } known)
        {
            known.CopyTo(buffer);
            return known.Length;
        }

        var length = DutchStemmer.Stem(buffer[..letters]);
        if (length > 2) buffer[length - 1] = buffer[length - 1] switch { 'v' => 'f', 'z' => 's', var other => other };
        return length;
    }
}
