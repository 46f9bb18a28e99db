using DossierKit.Dossiers;

namespace DossierKit.Search;

/// <summary>Draws a card from what a case says of itself; what it does not say (function group, intent, bands, circumstances, summary) is for a person.</summary>
internal static class CardDrafting
{
    /// <summary>What the case tells.</summary>
    /// <param name="state">The dossier, as the person who asks sees it.</param>
    /// <param name="registration">The registration of the betrokkene.</param>
    /// <param name="decidedOn">The day of the last decision.</param>
    public static CaseCard Of(DossierState state, CaseRegistration registration, DateOnly? decidedOn)
    {
        var profile = ProfileOf(registration);
        return new CaseCard
        {
            Types = profile.Types,
            Group = profile.Group,
            EarlierFounded = profile.EarlierFounded,
            Inquiry = registration.Assessment == AssessmentOutcome.Inquiry,
            Oordeel = registration.Oordeel,
            Measure = MeasureOf(state, registration),
            Year = (decidedOn ?? state.StartedOn).Year,
            Protocol = state.ProtocolId,
            Summary = "",
        };
    }

    /// <summary>What is known of a case that is not judged yet, to compare it by.</summary>
    public static CaseProfile ProfileOf(CaseRegistration registration) => new()
    {
        Types = registration.Types,
        Group = GroupOf(registration.Betrokkene.Position),
        EarlierFounded = registration.CountsAsRepeat ? 1 : registration.RepeatOf is null || registration.EarlierOordeel is not null ? 0 : null,
    };

    /// <summary>Of an employee the position does not tell what he does.</summary>
    private static FunctionGroup? GroupOf(Position? position) => position switch
    {
        Position.Diensthoofd or Position.Gemeentesecretaris or Position.Griffier => FunctionGroup.Leading,
        Position.Wethouder or Position.Raadslid or Position.Burgemeester => FunctionGroup.Politics,
        Position.Extern => FunctionGroup.Outside,
        _ => null,
    };

    private static MeasureKind? MeasureOf(DossierState state, CaseRegistration registration)
    {
        if (registration.Measures.Count > 0) return null;
        var mayStillCome = registration.Oordeel is Oordeel.Gegrond or Oordeel.DeelsGegrond && !state.IsClosed && registration.Disposition != Disposition.None;
        return mayStillCome ? null : MeasureKind.None;
    }
}
