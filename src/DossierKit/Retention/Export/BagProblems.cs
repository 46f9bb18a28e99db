namespace DossierKit.Retention;

/// <summary>Enough was found wrong with a bag.</summary>
internal sealed class BagStoppedException() : Exception("Enough was found wrong with the bag.");

/// <summary>What is wrong with a bag, up to a number: a bag that is nothing but wrong must not fill the memory with that.</summary>
internal sealed class BagProblems
{
    private const int LongestPath = 300, LongestText = 900;

    private readonly List<BagProblem> _said = [];

    /// <summary>What was said, in order; that it stopped stands first.</summary>
    public IReadOnlyList<BagProblem> Said => _said;

    /// <summary>Says that something is wrong.</summary>
    /// <exception cref="BagStoppedException">That was enough.</exception>
    public void Say(string path, string text)
    {
        if (_said.Count == BagLimits.MostProblems)
        {
            _said.Insert(0, new BagProblem("", "Er zijn meer dan 1.000 problemen. Na de eerste 1.000 is gestopt; de rest is niet nagekeken."));
            throw new BagStoppedException();
        }

        _said.Add(new BagProblem(Short(path, LongestPath), Short(text, LongestText)));
    }

    private static string Short(string text, int most) => text.Length <= most ? text : text[..most] + "…";
}
