using System.Buffers;
using System.Globalization;
using System.Text;
using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Json.Nodes;

using Spectre.Console;

namespace DossierKit.Host.Cli;

/// <summary>
/// What the program says: results on standard output (text, or with <c>--json</c> exactly one JSON document), progress and errors on standard error.
/// Values of a dossier pass through <see cref="Clean"/>, so that a name cannot carry commands to the reader's terminal.
/// </summary>
internal sealed class Terminal(TextWriter output, TextWriter error, bool json)
{
    private static readonly JsonWriterOptions Pretty = new() { Indented = true, Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping };

    private bool _answered;

    /// <summary>The terminal of this process.</summary>
    public static Terminal OfProcess(bool json) => new(Console.Out, Console.Error, json);

    /// <summary>Whether results are asked for as JSON.</summary>
    public bool IsJson => json;

    /// <summary>A line of the result, for people. Nothing under <c>--json</c>.</summary>
    public void Line(string text = "")
    {
        if (!json) output.WriteLine(Clean(text));
    }

    /// <summary>A note on what is going on: never part of the result.</summary>
    public void Note(string text) => error.WriteLine(Clean(text));

    /// <summary>The result as one JSON document; nothing without <c>--json</c>.</summary>
    public void Json(JsonNode node)
    {
        if (!json) return;
        _answered = true;
        WriteJson(node);
    }

    /// <summary>The same for a document that ends with a long array: its items are made and written one by one, so that hundreds of thousands take no memory.</summary>
    public void Json(JsonObject head, string name, IEnumerable<JsonNode> items)
    {
        if (!json) return;
        _answered = true;
        var buffer = new ArrayBufferWriter<byte>(1 << 17);
        using var writer = new Utf8JsonWriter(buffer, Pretty);
        writer.WriteStartObject();
        foreach (var (property, value) in head)
        {
            writer.WritePropertyName(property);
            if (value is null) writer.WriteNullValue();
            else value.WriteTo(writer);
        }

        writer.WriteStartArray(name);
        foreach (var item in items)
        {
            item.WriteTo(writer);
            if (buffer.WrittenCount + writer.BytesPending > 1 << 16) Pass();
        }

        writer.WriteEndArray();
        writer.WriteEndObject();
        Pass();
        output.WriteLine();

        void Pass()
        {
            writer.Flush();
            output.Write(Encoding.UTF8.GetString(buffer.WrittenSpan));
            buffer.ResetWrittenCount();
        }
    }

    /// <summary>A table for people, as wide as its content when the output is not a screen. Nothing under <c>--json</c>.</summary>
    public void Table(IReadOnlyList<string> heads, IEnumerable<IReadOnlyList<string>> rows)
    {
        if (json) return;
        var table = new Table { Border = TableBorder.Simple };
        foreach (var head in heads) table.AddColumn(new TableColumn(new Text(head)) { NoWrap = false });
        foreach (var row in rows) table.AddRow(row.Select(cell => new Text(Clean(cell))));

        var console = Screen(output, Console.IsOutputRedirected);
        if (Console.IsOutputRedirected) console.Profile.Width = 160;
        using var lines = new StringWriter(CultureInfo.InvariantCulture);
        if (Console.IsOutputRedirected)
        {
            var plain = Screen(lines, plain: true);
            plain.Profile.Width = 160;
            plain.Write(table);
            // Spectre pads each line to the width of the table: trailing blanks are noise in a file.
            foreach (var line in lines.ToString().Split('\n')) if (line.Trim().Length > 0) output.WriteLine(line.TrimEnd());
        }
        else
        {
            console.Write(table);
        }
    }

    /// <summary>Refusals, numbered, for people on standard error and as JSON on standard output.</summary>
    public void Refusals(IReadOnlyList<Refusal> refusals)
    {
        error.WriteLine(refusals.Count == 1 ? "Geweigerd:" : string.Create(CultureInfo.InvariantCulture, $"Geweigerd, om {refusals.Count} redenen:"));
        for (var i = 0; i < refusals.Count; i++)
        {
            var refusal = refusals[i];
            var mark = refusals.Count == 1 ? "  " : string.Create(CultureInfo.InvariantCulture, $"{i + 1,3}. ");
            error.WriteLine(mark + Clean(refusal.What));
            error.WriteLine($"     Waarom: {Clean(refusal.Why)}");
            error.WriteLine($"     Wat nu: {Clean(CommandAdvice.WhatNow(refusal))}");
        }

        if (json && !_answered) WriteJson(new JsonObject { ["refusals"] = ToJson(refusals), ["exit"] = (int)ExitCode.Refused });
    }

    /// <summary>Any other failure.</summary>
    public void Failure(string message, JsonObject asJson)
    {
        error.WriteLine($"error: {Clean(message)}");
        if (json && !_answered) WriteJson(asJson);
    }

    /// <summary>Refusals as a JSON array.</summary>
    public static JsonArray ToJson(IEnumerable<Refusal> refusals) => [.. refusals.Select(refusal => new JsonObject
    {
        ["subject"] = refusal.Subject,
        ["what"] = refusal.What,
        ["why"] = refusal.Why,
        ["whatNow"] = CommandAdvice.WhatNow(refusal),
    })];

    /// <summary>Runs work with a progress bar on standard error when that is a screen, and silently otherwise.</summary>
    public static async ValueTask<T> WithProgressAsync<T>(string what, Func<IProgress<double>, ValueTask<T>> work)
    {
        if (Console.IsErrorRedirected) return await work(new Ignored());
        return await Screen(Console.Error, plain: false).Progress().AutoClear(true).StartAsync(async context =>
        {
            var bar = context.AddTask(Markup.Escape(what), maxValue: 1);
            return await work(new Bar(bar));
        });
    }

    /// <summary>The text without control characters (a terminal would obey them); line breaks stay.</summary>
    public static string Clean(string text)
    {
        if (!text.AsSpan().ContainsAny(Controls)) return text;
        var clean = new StringBuilder(text.Length);
        foreach (var c in text) clean.Append(c is not '\n' and not '\t' && char.IsControl(c) ? '\uFFFD' : c);
        return clean.ToString();
    }

    private static readonly SearchValues<char> Controls = SearchValues.Create(
        [.. Enumerable.Range(0, 0xA0).Select(i => (char)i).Where(c => char.IsControl(c) && c is not '\n' and not '\t')]);

    private static IAnsiConsole Screen(TextWriter writer, bool plain) => AnsiConsole.Create(new AnsiConsoleSettings
    {
        Ansi = plain ? AnsiSupport.No : AnsiSupport.Detect,
        ColorSystem = plain ? ColorSystemSupport.NoColors : ColorSystemSupport.Detect,
        Out = new AnsiConsoleOutput(writer),
    });

    private void WriteJson(JsonNode node)
    {
        using var buffer = new MemoryStream();
        using (var writer = new Utf8JsonWriter(buffer, Pretty)) node.WriteTo(writer);
        output.WriteLine(Encoding.UTF8.GetString(buffer.GetBuffer(), 0, (int)buffer.Length));
    }

    private sealed class Ignored : IProgress<double>
    {
        public void Report(double value)
        {
        }
    }

    private sealed class Bar(ProgressTask task) : IProgress<double>
    {
        public void Report(double value) => task.Value = value;
    }
}
