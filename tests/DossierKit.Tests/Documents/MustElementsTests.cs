using DossierKit.Documents;
using DossierKit.Protocols;

namespace DossierKit.Tests.Documents;

/// <summary>
/// Every document of every protocol that ships, with the template that ships: a case that has everything gives a letter, and without an element that must be in it there is none, with the
/// article of that element. What may be in it never refuses. A protocol or a template that is added is tested by being there.
/// </summary>
public sealed class MustElementsTests(ITestOutputHelper output)
{
    private static readonly HashSet<string> NoDeviation = [];

    /// <summary>What is also made in a case that never comes to an onderzoek.</summary>
    private static readonly HashSet<string> WithoutInquiry = ["ontvangstbevestiging", "intakeverslag", "niet-onderzoekswaardig", "registratieformulier"];

    public static TheoryData<string, string, string> Documents
        => [.. ProtocolLibrary.Shipped.All.SelectMany(protocol => protocol.Documents.Select(document => (protocol.Id, protocol.Version, document.Kind)))];

    [Theory]
    [MemberData(nameof(Documents))]
    public void Assemble_WithoutAnElement_RefusesWithItsArticleExactlyWhenItMustBeThere(string id, string version, string kind)
    {
        var protocol = ProtocolLibrary.Shipped.Find(id, version)!;
        var rule = protocol.FindDocument(kind)!;
        var template = TemplateOf(kind);
        var seen = new HashSet<string>(StringComparer.Ordinal);
        var (letters, musts) = (0, 0);
        foreach (var (name, vary) in InventedCase.Variants)
        {
            var source = vary(new InventedCase(protocol)).Source;
            if ((!source.State.Facts.For(null).Find(FactNames.Onderzoek)!.Equals("ja", StringComparison.Ordinal) && !WithoutInquiry.Contains(kind)) || Complete(source, kind, template) is not { } whole) continue;
            DocumentRendering.Render(Prepare(source, kind, template, whole).ShouldNotBeNull(), whole).Refusals.ShouldBeEmpty($"{name}: a case that has everything");
            letters++;
            var facts = Prepare(source, kind, template, whole)!.Facts;
            foreach (var element in rule.Elements.Where(element => element.When.MayHold(facts) && element.Strength is Strength.Must or Strength.AsARule or Strength.May))
            {
                var without = whole with { OwnAnswers = whole.OwnAnswers.With(element.Id, "nee") };
                var refusals = Make(source, kind, template, without);
                if (element.Strength == Strength.May)
                {
                    refusals.ShouldBeEmpty($"{name}: {element.Id} may be left out");
                }
                else
                {
                    refusals.ShouldContain(refusal => refusal.Subject == element.Id && refusal.Why.Contains(element.Article, StringComparison.Ordinal), $"{name}: without {element.Id} ({element.Strength})");
                    if (element.Strength == Strength.AsARule)
                        Make(source, kind, template, without with { Reasons = new Dictionary<string, string> { [element.Id] = "Niet nodig in deze zaak." } }).ShouldNotContain(refusal => refusal.Subject == element.Id, $"{name}: a reason is enough for {element.Id}");
                    else musts++;
                }

                seen.Add(element.Id);
            }
        }

        letters.ShouldBeGreaterThan(0, "no variant of the case gives this letter");
        rule.Elements.Where(element => element.Strength == Strength.Must).Select(element => element.Id).Except(seen).ShouldBeEmpty("no variant of the case has these");
        output.WriteLine(FormattableString.Invariant($"{id} {version} {kind}: {letters} letters, {musts} times refused for a moet."));
    }

    [Theory]
    [MemberData(nameof(Documents))]
    public void Judge_WithoutThePassageOfAMust_RefusesWithItsArticle(string id, string version, string kind)
    {
        var protocol = ProtocolLibrary.Shipped.Find(id, version)!;
        var rule = protocol.FindDocument(kind)!;
        var passages = TemplateOf(kind).Elements;
        foreach (var element in rule.Elements) passages.ShouldContain(passage => passage.Id == element.Id, $"the template has no passage for {element.Id}");
        foreach (var element in rule.Elements.Where(element => element.Strength == Strength.Must))
        {
            Judge(passages, NoDeviation).Refusals.ShouldNotContain(refusal => refusal.Subject == element.Id);
            Judge([.. passages.Where(passage => passage.Id != element.Id)], NoDeviation).Refusals.ShouldContain(refusal => refusal.Subject == element.Id && refusal.Why.Contains(element.Article, StringComparison.Ordinal), element.Id);
            // A deviation that a verantwoordelijke signed takes it out; nothing else does.
            var deviated = Judge(passages, new HashSet<string> { element.Id }, unfilled: element.Id);
            deviated.Refusals.ShouldNotContain(refusal => refusal.Subject == element.Id);
            deviated.Omit.ShouldContain(element.Id);
        }

        CompletenessResult Judge(IReadOnlyList<TemplateElement> present, IReadOnlySet<string> deviations, string? unfilled = null) => Completeness.Judge(new CompletenessCase
        {
            Rule = rule,
            DocumentWord = protocol.Word(kind),
            Facts = CaseFacts.None,
            Answers = unfilled is null ? DocumentAnswers.None : DocumentAnswers.None.With(unfilled, "nee"),
            Reasons = new Dictionary<string, string>(),
            Deviations = deviations,
            Passages = present,
            IsFilled = element => element != unfilled,
            Applies = _ => true,
        });
    }

    private static DocumentTemplate TemplateOf(string kind)
    {
        var bytes = ShippedTemplates.Find(kind);
        Assert.SkipWhen(bytes is null, $"No template for '{kind}' ships yet.");
        var compiled = DocumentTemplate.Compile(bytes!, $"{kind}.docx");
        compiled.Refusals.ShouldBeEmpty();
        return compiled.Value;
    }

    /// <summary>Answers everything that is asked until nothing is open; <see langword="null"/> when this document cannot be made in this case (another takes its place).</summary>
    private static AssemblyRequest? Complete(ProjectionSource source, string kind, DocumentTemplate template)
    {
        var request = new AssemblyRequest { Date = source.State.StartedOn.AddDays(85) };
        for (var round = 0; round < 6; round++)
        {
            if (Prepare(source, kind, template, request) is not { } prepared) return null;
            var open = DocumentQuestions.Of(prepared).Where(question => question.IsOpen && ElementSource.Find(question.Path) is not { TakesAnswer: false }).ToList();
            if (open.Count == 0) return request;
            request = open.Aggregate(request, (known, question) => known with { OwnAnswers = known.OwnAnswers.With(question.Path, Answer(question)) });
        }

        return request;
    }

    private static string Answer(DocumentQuestion question) => question.Kind switch
    {
        AnswerKind.Date => "2026-06-01",
        AnswerKind.YesOrNo => "ja",
        AnswerKind.List => "eerste\ntweede",
        _ => "Een zin die niemand noemt.",
    };

    private static AssemblyCase? Prepare(ProjectionSource source, string kind, DocumentTemplate template, AssemblyRequest request)
        => AssemblyCase.Prepare(source, kind, template, request) is { IsDone: true } prepared ? prepared.Value : null;

    private static IReadOnlyList<Refusal> Make(ProjectionSource source, string kind, DocumentTemplate template, AssemblyRequest request)
    {
        var prepared = AssemblyCase.Prepare(source, kind, template, request);
        return prepared.IsDone ? DocumentRendering.Render(prepared.Value, request).Refusals : prepared.Refusals;
    }
}
