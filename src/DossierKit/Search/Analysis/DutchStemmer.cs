namespace DossierKit.Search;

/// <summary>
/// Takes Dutch endings off a word in lower case, by the algorithm Snowball publishes as <c>dutch_porter</c> (snowballstem.org). Works in place, on a buffer of the caller.
/// </summary>
internal ref struct DutchStemmer
{
    private readonly Span<char> _word;
    private int _length;
    private int _r1;
    private int _r2;
    private bool _tookE;

    private DutchStemmer(Span<char> word)
    {
        _word = word;
        _length = word.Length;
    }

    /// <summary>Stems a word in place; a stem is never longer than its word.</summary>
    /// <param name="word">The word, in lower case.</param>
    /// <returns>How many characters the stem has.</returns>
    public static int Stem(Span<char> word)
    {
        var stemmer = new DutchStemmer(word);
        stemmer.Prepare();
        stemmer.MarkRegions();
        stemmer.TakeSuffixes();
        stemmer.Finish();
        return stemmer._length;
    }

    /// <summary>Accents off, and an i or y that acts as a consonant in capitals.</summary>
    private readonly void Prepare()
    {
        for (var i = 0; i < _length; i++)
        {
            _word[i] = _word[i] switch
            {
                'ä' or 'á' => 'a',
                'ë' or 'é' => 'e',
                'ï' or 'í' => 'i',
                'ö' or 'ó' => 'o',
                'ü' or 'ú' => 'u',
                var other => other,
            };
        }

        if (_length > 0 && _word[0] == 'y') _word[0] = 'Y';
        for (var i = 0; i + 1 < _length; i++)
        {
            if (!IsVowel(_word[i])) continue;
            if (_word[i + 1] == 'i' && i + 2 < _length && IsVowel(_word[i + 2])) _word[i + 1] = 'I';
            else if (_word[i + 1] == 'y') _word[i + 1] = 'Y';
        }
    }

    /// <summary>R1 begins after the first consonant that follows a vowel, and not before the third letter; R2 after the next such.</summary>
    private void MarkRegions()
    {
        _r1 = _r2 = _length;
        var at = AfterConsonant(0);
        if (at < 0) return;
        _r1 = Math.Max(at, 3);
        at = AfterConsonant(at);
        if (at >= 0) _r2 = at;
    }

    private readonly int AfterConsonant(int from)
    {
        while (from < _length && !IsVowel(_word[from])) from++;
        from++;
        while (from < _length && IsVowel(_word[from])) from++;
        return from < _length ? from + 1 : -1;
    }

    private void TakeSuffixes()
    {
        if (Ends("heden"))
        {
            if (InR1(5)) Replace(5, "heid");
        }
        else if (Ends("ene"))
        {
            TakeEn(3);
        }
        else if (Ends("en"))
        {
            TakeEn(2);
        }
        else if (Ends("se"))
        {
            TakeS(2);
        }
        else if (Ends("s"))
        {
            TakeS(1);
        }

        TakeE();

        if (Ends("heid") && InR2(4) && !EndsBefore(4, "c"))
        {
            _length -= 4;
            if (Ends("en")) TakeEn(2);
        }

        if (Ends("end") || Ends("ing"))
        {
            if (InR2(3))
            {
                _length -= 3;
                if (Ends("ig") && InR2(2) && !EndsBefore(2, "e")) _length -= 2;
                else Undouble();
            }
        }
        else if (Ends("ig"))
        {
            if (InR2(2) && !EndsBefore(2, "e")) _length -= 2;
        }
        else if (Ends("lijk"))
        {
            if (InR2(4))
            {
                _length -= 4;
                TakeE();
            }
        }
        else if (Ends("baar"))
        {
            if (InR2(4)) _length -= 4;
        }
        else if (Ends("bar") && InR2(3) && _tookE)
        {
            _length -= 3;
        }

        // maan, brood: a long vowel before one consonant is written once.
        if (_length >= 4 && !IsVowel(_word[_length - 1]) && _word[_length - 1] != 'I' && _word[_length - 2] == _word[_length - 3] && _word[_length - 2] is 'a' or 'e' or 'o' or 'u' && !IsVowel(_word[_length - 4]))
        {
            _word[_length - 2] = _word[_length - 1];
            _length--;
        }
    }

    private readonly void Finish()
    {
        for (var i = 0; i < _length; i++)
        {
            if (_word[i] == 'Y') _word[i] = 'y';
            else if (_word[i] == 'I') _word[i] = 'i';
        }
    }

    private void TakeE()
    {
        _tookE = false;
        if (!Ends("e") || !InR1(1) || _length < 2 || IsVowel(_word[_length - 2])) return;
        _length--;
        _tookE = true;
        Undouble();
    }

    private void TakeEn(int suffix)
    {
        if (!InR1(suffix) || _length <= suffix || IsVowel(_word[_length - suffix - 1]) || EndsBefore(suffix, "gem")) return;
        _length -= suffix;
        Undouble();
    }

    private void TakeS(int suffix)
    {
        if (!InR1(suffix) || _length <= suffix || IsVowel(_word[_length - suffix - 1]) || _word[_length - suffix - 1] == 'j') return;
        _length -= suffix;
    }

    private void Undouble()
    {
        if (Ends("kk") || Ends("dd") || Ends("tt")) _length--;
    }

    private void Replace(int suffix, ReadOnlySpan<char> by)
    {
        by.CopyTo(_word[(_length - suffix)..]);
        _length += by.Length - suffix;
    }

    private readonly bool InR1(int suffix) => _length - suffix >= _r1;

    private readonly bool InR2(int suffix) => _length - suffix >= _r2;

    private readonly bool Ends(ReadOnlySpan<char> suffix) => _word[.._length].EndsWith(suffix);

    private readonly bool EndsBefore(int suffix, ReadOnlySpan<char> text) => _word[..(_length - suffix)].EndsWith(text);

    private static bool IsVowel(char letter) => letter is 'a' or 'e' or 'i' or 'o' or 'u' or 'y' or 'è';
}
