namespace DossierKit.Search;

/// <summary>What <see cref="MarkupReader"/> stands on.</summary>
internal enum MarkupKind
{
    /// <summary>The end.</summary>
    End,

    /// <summary>A piece of text; one text may come in many.</summary>
    Text,

    /// <summary>An opening tag.</summary>
    Open,

    /// <summary>A closing tag.</summary>
    Close,
}

/// <summary>
/// Reads XML and HTML of strangers from begin to end, in the memory of one tag. It knows no entities but characters, follows nothing, builds no tree and makes no object of an
/// attribute, so there is nothing in it that can explode or nest; what is malformed it reads as far as it can, because what is in a damaged file must be found as well.
/// </summary>
/// <param name="source">The characters; not disposed.</param>
/// <param name="isHtml">Names in any case, no prefixes, scripts and styles skipped.</param>
/// <param name="x">Counts steps.</param>
internal sealed class MarkupReader(TextReader source, bool isHtml, Extraction x)
{
    /// <summary>What is kept of one tag, in characters; what is more is passed over.</summary>
    private const int MostTag = 32 << 10;

    private readonly char[] _buffer = new char[16 << 10];
    private char[] _tag = new char[256];
    private int _at;
    private int _end;
    private int _textStart;
    private int _textLength;
    private int _tagLength;
    private int _nameLength;
    private int _nameStart;
    private bool _inData;

    public MarkupKind Kind { get; private set; }

    /// <summary>Tags that are open; <see cref="Kind"/> Open counts already.</summary>
    public int Depth { get; private set; }

    /// <summary>The end came inside a tag, comment or element, or something was closed that was not open. Says nothing for HTML, where that is usual.</summary>
    public bool IsDamaged { get; private set; }

    /// <summary>Whether the opening tag closes itself.</summary>
    public bool IsEmpty { get; private set; }

    /// <summary>The name of the tag: without prefix in XML, in small letters in HTML.</summary>
    public ReadOnlySpan<char> Name => _tag.AsSpan(_nameStart, _nameLength - _nameStart);

    /// <summary>The text, with character references replaced.</summary>
    public ReadOnlySpan<char> Text => _buffer.AsSpan(_textStart, _textLength);

    /// <summary>Goes to the next piece.</summary>
    /// <returns><see langword="false"/> at the end.</returns>
    public bool Read()
    {
        x.Step();
        if (Kind == MarkupKind.Open && IsEmpty) Depth--;
        while (true)
        {
            if (!Need(1))
            {
                IsDamaged |= Depth != 0 || _inData;
                Kind = MarkupKind.End;
                return false;
            }

            if (_inData)
            {
                if (ReadData()) return true;
                continue;
            }

            switch (_buffer[_at])
            {
                case '<' when ReadTag():
                    return true;
                case '<':
                    continue;
                case '&':
                    ReadReference();
                    return true;
                default:
                    var rest = _buffer.AsSpan(_at, _end - _at);
                    var length = rest.IndexOfAny('<', '&');
                    TakeText(length < 0 ? rest.Length : length);
                    return true;
            }
        }
    }

    /// <summary>Passes over what is inside the tag it stands on, and stands on its end.</summary>
    public void Skip()
    {
        if (Kind != MarkupKind.Open || IsEmpty) return;
        var depth = Depth;
        while (Depth >= depth && Read())
        {
        }
    }

    /// <summary>The value of an attribute of the opening tag, with character references replaced.</summary>
    /// <param name="name">As written; without a prefix it is found under any prefix.</param>
    /// <returns><see langword="null"/> when it is not there.</returns>
    public string? Attribute(string name)
    {
        var tag = _tag.AsSpan(0, _tagLength)[_nameLength..];
        while (true)
        {
            tag = tag.TrimStart(" \t\r\n/");
            if (tag.IsEmpty) return null;
            var end = tag[1..].IndexOfAny(" \t\r\n=/") + 1;
            var key = end == 0 ? tag : tag[..end];
            tag = end == 0 ? [] : tag[end..].TrimStart(" \t\r\n");
            ReadOnlySpan<char> value = [];
            if (tag.StartsWith("="))
            {
                tag = tag[1..].TrimStart(" \t\r\n");
                if (tag.IsEmpty) return null;
                if (tag[0] is '"' or '\'')
                {
                    var close = tag[1..].IndexOf(tag[0]);
                    value = close < 0 ? tag[1..] : tag.Slice(1, close);
                    tag = close < 0 ? [] : tag[(close + 2)..];
                }
                else
                {
                    var stop = tag.IndexOfAny(" \t\r\n");
                    value = stop < 0 ? tag : tag[..stop];
                    tag = stop < 0 ? [] : tag[stop..];
                }
            }

            if (key.Equals(name, isHtml ? StringComparison.OrdinalIgnoreCase : StringComparison.Ordinal)
                || (!isHtml && key.Length > name.Length && key[^(name.Length + 1)] == ':' && key.EndsWith(name, StringComparison.Ordinal)))
                return CharacterReference.Replace(value);
        }
    }

    /// <summary>Something that begins with &lt;. A tag is kept; whatever else it is, is passed over.</summary>
    private bool ReadTag()
    {
        Need(9);
        var ahead = _buffer.AsSpan(_at, Math.Min(9, _end - _at));
        if (ahead.StartsWith("<!--"))
        {
            _at += 4;
            PassOver("-->");
            return false;
        }

        if (ahead.StartsWith("<![CDATA[") && !isHtml)
        {
            _at += 9;
            _inData = true;
            return false;
        }

        switch (ahead.Length > 1 ? ahead[1] : ' ')
        {
            case '!':
                PassDeclaration();
                return false;
            case '?':
                PassOver(isHtml ? ">" : "?>");
                return false;
            case '/' when ahead.Length > 2 && IsNameStart(ahead[2]):
                _at += 2;
                KeepTag();
                Kind = MarkupKind.Close;
                IsEmpty = false;
                if (--Depth < 0) (Depth, IsDamaged) = (0, true);
                return true;
            case var c when IsNameStart(c):
                _at++;
                KeepTag();
                Kind = MarkupKind.Open;
                IsEmpty = _tagLength > 0 && _tag[_tagLength - 1] == '/';
                Depth++;
                if (isHtml && !IsEmpty && Name is "script" or "style") PassRaw(Name.ToString());
                return true;
            default:
                TakeText(1);
                return true;
        }
    }

    private static bool IsNameStart(char c) => char.IsAsciiLetter(c) || c is '_' or ':' || c >= '\u00c0';

    /// <summary>Copies a tag up to its &gt;, which may stand in a value between quotes.</summary>
    private void KeepTag()
    {
        (_tagLength, _nameLength) = (0, 0);
        var quote = '\0';
        var (afterIs, inName) = (false, true);
        while (true)
        {
            if (!Need(1))
            {
                IsDamaged = true;
                break;
            }

            var c = _buffer[_at++];
            if (quote != 0)
            {
                if (c == quote) quote = '\0';
            }
            else if (c == '>')
            {
                break;
            }
            else if (c is '"' or '\'' && (afterIs || !isHtml))
            {
                // Elsewhere a quote in HTML is a slip of the pen, and opens nothing.
                quote = c;
            }
            else if (c == '<' && !isHtml)
            {
                // A tag that was never closed: what follows is the next one.
                (IsDamaged, _at) = (true, _at - 1);
                break;
            }

            if (c is not (' ' or '\t' or '\r' or '\n')) afterIs = c == '=';
            if (inName && c is ' ' or '\t' or '\r' or '\n' or '/') inName = false;
            if (_tagLength == MostTag) continue;
            if (_tagLength == _tag.Length) Array.Resize(ref _tag, _tag.Length * 2);
            _tag[_tagLength++] = isHtml && inName ? char.ToLowerInvariant(c) : c;
            if (inName) _nameLength = _tagLength;
        }

        _nameStart = isHtml ? 0 : _tag.AsSpan(0, _nameLength).LastIndexOf(':') + 1;
    }

    private void ReadReference()
    {
        Need(CharacterReference.MostLength);
        var (length, value) = CharacterReference.Read(_buffer.AsSpan(_at, Math.Min(CharacterReference.MostLength, _end - _at)));
        if (length == 0)
        {
            TakeText(1);
            return;
        }

        // The characters it stands for are never longer than the way they are written.
        value.CopyTo(0, _buffer, _at, value.Length);
        (_textStart, _textLength, Kind) = (_at, value.Length, MarkupKind.Text);
        _at += length;
    }

    /// <summary>Text in which nothing is markup, up to its end.</summary>
    private bool ReadData()
    {
        Need(3);
        var rest = _buffer.AsSpan(_at, _end - _at);
        if (rest.StartsWith("]]>"))
        {
            _at += 3;
            _inData = false;
            return false;
        }

        var stop = rest[1..].IndexOf(']') + 1;
        TakeText(stop == 0 ? rest.Length : stop);
        return true;
    }

    private void TakeText(int length)
    {
        (_textStart, _textLength, Kind) = (_at, length, MarkupKind.Text);
        _at += length;
    }

    private void PassOver(string end)
    {
        while (Need(end.Length))
        {
            x.Step();
            var rest = _buffer.AsSpan(_at, _end - _at);
            if (rest.IndexOf(end) is >= 0 and var found)
            {
                _at += found + end.Length;
                return;
            }

            _at = _end - (end.Length - 1);
        }

        (_at, IsDamaged) = (_end, true);
    }

    /// <summary>A document type, with what it may declare between brackets: nothing of it is used.</summary>
    private void PassDeclaration()
    {
        var inside = 0;
        while (Need(1))
        {
            x.Step();
            var stop = _buffer.AsSpan(_at, _end - _at).IndexOfAny('[', ']', '>');
            if (stop < 0)
            {
                _at = _end;
                continue;
            }

            var c = _buffer[_at + stop];
            _at += stop + 1;
            if (c == '>' && inside <= 0) return;
            inside += (c == '[' ? 1 : c == ']' ? -1 : 0) * (isHtml ? 0 : 1);
        }

        IsDamaged = true;
    }

    private void PassRaw(string name)
    {
        var end = $"</{name}";
        while (Need(end.Length))
        {
            x.Step();
            var rest = _buffer.AsSpan(_at, _end - _at);
            var found = rest.IndexOf('<');
            if (found < 0)
            {
                _at = _end;
                continue;
            }

            _at += found;
            if (!Need(end.Length)) break;
            if (_buffer.AsSpan(_at, end.Length).Equals(end, StringComparison.OrdinalIgnoreCase)) return;
            _at++;
        }

        _at = _end;
    }

    /// <summary>Sees to it that so many characters lie ready, if there are.</summary>
    private bool Need(int count)
    {
        while (_end - _at < count)
        {
            if (_at > 0)
            {
                _buffer.AsSpan(_at, _end - _at).CopyTo(_buffer);
                (_at, _end) = (0, _end - _at);
            }

            var read = source.Read(_buffer.AsSpan(_end));
            if (read == 0) return false;
            _end += read;
        }

        return true;
    }
}
