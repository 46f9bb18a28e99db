using System.Buffers;
using System.Text;
using System.Xml.Linq;

namespace DossierKit.Documents;

/// <summary>Growing UTF-8 bytes, and the writing of XML elements into them with the prefixes of the source.</summary>
internal sealed class LiteralBuffer
{
    private readonly ArrayBufferWriter<byte> _bytes = new(1 << 14);
    private Dictionary<string, string> _prefixes = new(StringComparer.Ordinal)
    {
        [XNamespace.Xml.NamespaceName] = "xml",
    };

    private int _flushed;

    public int Length => _bytes.WrittenCount;

    /// <summary>Bytes written since the last <see cref="MarkFlushed"/>.</summary>
    public int Pending => Length - _flushed;

    public void MarkFlushed() => _flushed = Length;

    public byte[] ToArray() => _bytes.WrittenSpan.ToArray();

    public void Write(string text)
    {
        var span = _bytes.GetSpan(Encoding.UTF8.GetMaxByteCount(text.Length));
        _bytes.Advance(Encoding.UTF8.GetBytes(text, span));
    }

    /// <summary>Bytes written apart, with the prefixes that hold here.</summary>
    public byte[] Detached(Action<LiteralBuffer> write)
    {
        var apart = new LiteralBuffer { _prefixes = _prefixes };
        write(apart);
        return apart.ToArray();
    }

    /// <summary>Writes <c>&lt;name</c> and the namespace declarations, after which attributes may follow.</summary>
    public Scope Start(XElement element)
    {
        var before = _prefixes;
        foreach (var declaration in element.Attributes().Where(a => a.IsNamespaceDeclaration))
        {
            if (ReferenceEquals(_prefixes, before)) _prefixes = new(before, StringComparer.Ordinal);

            // A default namespace can serve elements only; one rule for elements and attributes is simpler and as valid.
            if (declaration.Name.LocalName != "xmlns") _prefixes[declaration.Value] = declaration.Name.LocalName;
        }

        var missing = element.Attributes().Where(a => !a.IsNamespaceDeclaration).Select(a => a.Name.Namespace).Append(element.Name.Namespace)
            .Where(n => n != XNamespace.None && !_prefixes.ContainsKey(n.NamespaceName)).Distinct().ToArray();
        foreach (var space in missing)
        {
            if (ReferenceEquals(_prefixes, before)) _prefixes = new(before, StringComparer.Ordinal);
            _prefixes[space.NamespaceName] = space.NamespaceName == WordXml.MainNamespace ? "w" : $"ns{_prefixes.Count}";
        }

        Write("<");
        Name(element.Name);
        foreach (var declaration in element.Attributes().Where(a => a.IsNamespaceDeclaration && a.Name.LocalName != "xmlns"))
        {
            Write($" xmlns:{declaration.Name.LocalName}=\"");
            Escape(declaration.Value, inAttribute: true);
            Write("\"");
        }

        foreach (var space in missing)
        {
            Write($" xmlns:{_prefixes[space.NamespaceName]}=\"");
            Escape(space.NamespaceName, inAttribute: true);
            Write("\"");
        }

        return new Scope(before);
    }

    /// <summary>Ends the start tag; an element without children is closed at once unless something may be printed in it.</summary>
    public void EndStart(XElement element, Scope scope, bool open)
    {
        scope.IsClosed = !open && !element.Nodes().Any();
        Write(scope.IsClosed ? "/>" : ">");
    }

    public void Close(XElement element, Scope scope)
    {
        if (!scope.IsClosed)
        {
            Write("</");
            Name(element.Name);
            Write(">");
        }

        _prefixes = scope.Prefixes;
    }

    /// <summary>Writes an element whole, as it is.</summary>
    public void Raw(XElement element)
    {
        var scope = Start(element);
        foreach (var attribute in element.Attributes())
        {
            if (!attribute.IsNamespaceDeclaration) Attribute(attribute);
        }

        EndStart(element, scope, open: false);
        foreach (var node in element.Nodes())
        {
            if (node is XElement child) Raw(child);
            else if (node is XText text) Escape(text.Value, inAttribute: false);
        }

        Close(element, scope);
    }

    public void Attribute(XAttribute attribute)
    {
        AttributeStart(attribute);
        Escape(attribute.Value, inAttribute: true);
        Write("\"");
    }

    public void AttributeStart(XAttribute attribute)
    {
        Write(" ");
        Name(attribute.Name);
        Write("=\"");
    }

    public void Escape(string text, bool inAttribute)
    {
        var from = 0;
        for (var i = 0; i < text.Length; i++)
        {
            var entity = text[i] switch
            {
                '&' => "&amp;",
                '<' => "&lt;",
                '>' => "&gt;",
                '\r' => "&#13;",
                '"' when inAttribute => "&quot;",
                '\n' when inAttribute => "&#10;",
                '\t' when inAttribute => "&#9;",
                _ => null,
            };
            if (entity is null) continue;
            Write(text[from..i]);
            Write(entity);
            from = i + 1;
        }

        Write(from == 0 ? text : text[from..]);
    }

    private void Name(XName name)
    {
        if (name.Namespace != XNamespace.None) Write(_prefixes[name.NamespaceName] + ":");
        Write(name.LocalName);
    }

    /// <summary>An element that has begun: the prefixes that held before it, and whether its start tag closed it.</summary>
    internal sealed class Scope(Dictionary<string, string> prefixes)
    {
        public Dictionary<string, string> Prefixes { get; } = prefixes;

        public bool IsClosed { get; set; }
    }
}
