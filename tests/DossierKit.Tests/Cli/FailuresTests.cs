using DossierKit.Host.Cli;
using DossierKit.Vault;

namespace DossierKit.Tests.Cli;

public sealed class FailuresTests
{
    private static readonly OpaqueId Id = OpaqueId.Random();

    public static TheoryData<string, int> Kinds => new()
    {
        { nameof(RefusedException), 1 },
        { nameof(JournalConflictException), 1 },
        { nameof(ObjectDestroyedException), 1 },
        { nameof(UsageException), 2 },
        { nameof(VaultDamagedException), 3 },
        { nameof(VaultEnvironmentException), 4 },
        { nameof(EnvironmentFailureException), 4 },
        { nameof(IOException), 4 },
        { nameof(UnauthorizedAccessException), 4 },
        { nameof(NullReferenceException), 4 },
        { nameof(OperationCanceledException), 130 },
    };

    [Theory]
    [MemberData(nameof(Kinds))]
    public void Report_EveryKindOfFailure_HasItsExitCodeAndOneJsonDocument(string kind, int exit)
    {
        using StringWriter output = new(), error = new();
        Failures.Report(Make(kind), new Terminal(output, error, json: true)).ShouldBe((ExitCode)exit);

        error.ToString().ShouldNotBeEmpty();
        using var answer = System.Text.Json.JsonDocument.Parse(output.ToString());
        answer.RootElement.GetProperty("exit").GetInt32().ShouldBe(exit);
    }

    // An unexpected exception once printed its message, and the message quoted the letter it failed on.
    // Type and methods are enough to find a bug;
    // content of a dossier does not belong on a screen, in a log or in a bug report.
    [Fact]
    public void Report_Bug_ShowsTypeAndMethodsButNotTheMessage()
    {
        using StringWriter output = new(), error = new();
        Exception thrown;
        try
        {
            throw new InvalidOperationException("mevrouw Achternaam");
        }
        catch (InvalidOperationException failure)
        {
            thrown = failure;
        }

        Failures.Report(thrown, new Terminal(output, error, json: false));

        error.ToString().ShouldContain("InvalidOperationException");
        error.ToString().ShouldContain(nameof(Report_Bug_ShowsTypeAndMethodsButNotTheMessage));
        error.ToString().ShouldNotContain("Achternaam");
        output.ToString().ShouldBeEmpty();
    }

    [Fact]
    public void Refusals_Several_AreNumberedWithWhatWhyAndWhatNow()
    {
        using StringWriter output = new(), error = new();
        new Terminal(output, error, json: false).Refusals([new Refusal("A.", "B.", "C."), new Refusal("D.", "E.", "F.")]);
        error.ToString().ReplaceLineEndings("\n").ShouldBe("""
            Geweigerd, om 2 redenen:
              1. A.
                 Waarom: B.
                 Wat nu: C.
              2. D.
                 Waarom: E.
                 Wat nu: F.

            """.ReplaceLineEndings("\n"));
    }

    // A file name in a dossier may hold escape sequences; printed raw, it can rewrite the reader's screen or title bar.
    [Fact]
    public void Line_TextWithControlCharacters_ReachesTheScreenWithoutThem()
    {
        using StringWriter output = new(), error = new();
        new Terminal(output, error, json: false).Line("factuur\u001b]0;eigenaar\u0007.pdf\u009b31m");
        output.ToString().Where(c => char.IsControl(c) && c is not '\n' and not '\r').ShouldBeEmpty();
        output.ToString().ShouldStartWith("factuur");
    }

    private static Exception Make(string kind) => kind switch
    {
        nameof(RefusedException) => RefusedException.NotThere(),
        nameof(JournalConflictException) => new JournalConflictException(Id),
        nameof(ObjectDestroyedException) => new ObjectDestroyedException(Id),
        nameof(UsageException) => new UsageException("x"),
        nameof(VaultDamagedException) => new VaultDamagedException("x"),
        nameof(VaultEnvironmentException) => new VaultEnvironmentException("x"),
        nameof(EnvironmentFailureException) => new EnvironmentFailureException("x"),
        nameof(IOException) => new IOException("x"),
        nameof(UnauthorizedAccessException) => new UnauthorizedAccessException("x"),
        nameof(NullReferenceException) => new NullReferenceException("x"),
        _ => new OperationCanceledException("x"),
    };
}
