using System.Text;

namespace DossierKit.Search;

/// <summary>
/// Where readers put text. Keeps it clean (one kind of line end, no control characters, no half characters, nothing invisible that would split a word)
/// and within bounds: beyond those it takes nothing more and says so.
/// </summary>
/// <param name="most">Characters it takes.</param>
internal sealed class TextSink(int most)
{
    private readonly List<int> _pages = [];
    private char[] _text = new char[Math.Min(most, 4096)];
    private int _length;
    private char _high;
    private bool _afterReturn;

    /// <summary>Whether there was more than it takes.</summary>
    public bool IsFull { get; private set; }

    /// <summary>Characters it would still take.</summary>
    public int Left => most - _length;

    /// <summary>Characters it holds.</summary>
    public int Length => _length;

    /// <summary>Where pages begin; empty when none was begun.</summary>
    public IReadOnlyList<int> Pages => _pages;

    /// <summary>Whether there is a letter or a digit in it.</summary>
    public bool HasWords { get; private set; }

    /// <summary>Whether there is a letter or a digit in it since the last page began.</summary>
    public bool HasWordsOnPage { get; private set; }

    /// <summary>What it holds.</summary>
    public ReadOnlySpan<char> Text => _text.AsSpan(0, _length);

    /// <summary>Takes text.</summary>
    public void Append(ReadOnlySpan<char> text)
    {
        foreach (var c in text)
        {
            if (IsFull) return;
            Append(c);
        }
    }

    /// <summary>Takes one UTF-16 unit; the two of a pair may come in two calls.</summary>
    public void Append(char c)
    {
        if (c is >= ' ' and < '\x7f')
        {
            Take(c);
            return;
        }

        if (_high != 0)
        {
            var high = _high;
            _high = '\0';
            if (char.IsLowSurrogate(c))
            {
                // Both or neither.
                if (Left < 2)
                {
                    IsFull = true;
                    return;
                }

                Put(high);
                Put(c);
                HasWords |= HasWordsOnPage |= Rune.IsLetterOrDigit(new Rune(high, c));
                return;
            }

            Take('\ufffd');
        }

        switch (c)
        {
            case '\n' when _afterReturn:
                _afterReturn = false;
                break;
            case '\r':
                Newline();
                _afterReturn = true;
                break;
            case '\n' or '\v' or '\f' or '\u0085' or '\u2028' or '\u2029':
                Newline();
                break;
            case '\t':
                Take(c);
                break;
            // Invisible: a soft hyphen, marks of direction and order, a joiner of words.
            case '\u00ad' or '\ufeff' or '\u200e' or '\u200f' or '\u2060' or (>= '\u202a' and <= '\u202e') or (>= '\u2066' and <= '\u2069'):
                break;
            case < ' ' or (>= '\x7f' and <= '\x9f') or '\ufffe' or '\uffff':
                break;
            case var high when char.IsHighSurrogate(high):
                _high = high;
                break;
            case var low when char.IsLowSurrogate(low):
                Take('\ufffd');
                break;
            default:
                Take(c);
                break;
        }
    }

    /// <summary>Ends the line, unless nothing stands on it.</summary>
    public void Line()
    {
        Flush();
        if (_length > 0 && _text[_length - 1] is not ('\n' or '\f')) Take('\n');
    }

    /// <summary>Ends a cell.</summary>
    public void Tab()
    {
        Flush();
        if (_length > 0 && _text[_length - 1] is not ('\n' or '\f')) Take('\t');
    }

    /// <summary>Begins a page. The first one begins at the beginning, whatever was taken before.</summary>
    public void Page()
    {
        Flush();
        if (_pages.Count == 0) _pages.Add(0);
        if (IsFull) return;
        Take('\f');
        if (!IsFull) _pages.Add(_length);
        HasWordsOnPage = false;
    }

    /// <summary>Says that what stands in it so far is the first page, also when no other follows.</summary>
    public void IsPaged()
    {
        if (_pages.Count == 0) _pages.Add(0);
    }

    /// <summary>Makes one text of the pages: they were not those of the maker.</summary>
    public void ForgetPages()
    {
        _text.AsSpan(0, _length).Replace('\f', '\n');
        _pages.Clear();
    }

    /// <summary>Ends what was begun: half a character at the end of the file is none.</summary>
    public void Flush()
    {
        _afterReturn = false;
        if (_high == 0) return;
        _high = '\0';
        Take('\ufffd');
    }

    private void Newline()
    {
        // Two line ends make a paragraph; more say nothing more.
        if (_length >= 2 && _text[_length - 1] == '\n' && _text[_length - 2] == '\n') return;
        Take('\n');
    }

    private void Take(char c)
    {
        if (_high != 0)
        {
            _high = '\0';
            Take('\ufffd');
        }

        if (c != '\n') _afterReturn = false;
        if (_length >= most)
        {
            IsFull = true;
            return;
        }

        Put(c);
        if (!HasWordsOnPage && char.IsLetterOrDigit(c)) HasWords = HasWordsOnPage = true;
    }

    private void Put(char c)
    {
        if (_length == _text.Length) Array.Resize(ref _text, (int)Math.Min(most, Math.Max(64L, _text.Length * 2L)));
        _text[_length++] = c;
    }
}
