using DossierKit.Protocols;

namespace DossierKit.Dossiers;

/// <summary>
/// Who has which authority towards one betrokkene, by his position and the protocol of the case. Several betrokkenen in one case can mean several authorities.
/// What the protocol does not say is <see langword="null"/>: then nobody may be assumed.
/// </summary>
public sealed record CaseAuthority
{
    /// <summary>Rule ids that a signed deviation from an authority names: one for each task.</summary>
    public static IReadOnlyList<string> DeviationIds { get; } = [.. Enum.GetValues<AuthorityTask>().Select(DeviationId)];

    /// <summary>About whom (handle of the case).</summary>
    public required PersonId Betrokkene { get; init; }

    /// <summary>The position, one of <see cref="PositionNames"/>; <see langword="null"/> when it is not known, or the person comes from outside.</summary>
    public string? Position { get; init; }

    /// <summary>Who is told of the melding and owns the case.</summary>
    public Authority? Receiving { get; init; }

    /// <summary>Who decides on the onderzoek and commissions it.</summary>
    public Authority? Commissioning { get; init; }

    /// <summary>Who judges.</summary>
    public Authority? Judging { get; init; }

    /// <summary>Who imposes a measure.</summary>
    public Authority? Imposing { get; init; }

    /// <summary>The authority of a task.</summary>
    /// <param name="task">The task.</param>
    /// <returns>The authority; <see langword="null"/> when the protocol is silent.</returns>
    public Authority? For(AuthorityTask task) => task switch
    {
        AuthorityTask.Receives => Receiving,
        AuthorityTask.Commissions => Commissioning,
        AuthorityTask.Judges => Judging,
        AuthorityTask.Imposes => Imposing,
        _ => null,
    };

    /// <summary>The rule id by which a deviation from a task is signed, such as <c>bevoegdheid.legt_op</c>.</summary>
    /// <param name="task">The task.</param>
    /// <returns>The id.</returns>
    public static string DeviationId(AuthorityTask task) => $"bevoegdheid.{WordOf(task)}";

    /// <summary>The word of a task in a protocol file.</summary>
    internal static string WordOf(AuthorityTask task) => task switch
    {
        AuthorityTask.Receives => "ontvangt",
        AuthorityTask.Commissions => "geeft_opdracht",
        AuthorityTask.Judges => "oordeelt",
        _ => "legt_op",
    };

    internal static CaseAuthority Of(DossierState state, Protocol protocol, CasePerson betrokkene)
    {
        var position = betrokkene.Position is null or Dossiers.Position.Extern ? null : CaseFactsOf.PositionName(betrokkene.Position.Value);
        return new CaseAuthority
        {
            Betrokkene = betrokkene.Id,
            Position = position,
            Receiving = Find(AuthorityTask.Receives),
            Commissioning = Find(AuthorityTask.Commissions),
            Judging = Find(AuthorityTask.Judges),
            Imposing = Find(AuthorityTask.Imposes),
        };

        Authority? Find(AuthorityTask task) => position is null ? null : protocol.FindAuthority(position, task, state.Facts.For(betrokkene.Id.Value));
    }
}
