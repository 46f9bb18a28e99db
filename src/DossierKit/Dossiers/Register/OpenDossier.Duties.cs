using DossierKit.Protocols;

namespace DossierKit.Dossiers;

/// <summary>What the protocol asks in this case, and what it refuses until that is done.</summary>
public sealed partial class OpenDossier
{
    /// <summary>
    /// How the rules of the protocol stand, as far as this person may know. What is asked before a step is judged by everything that happened
    /// (<see cref="RecordAsync(IReadOnlyList{DossierEvent}, CancellationToken)"/>), also by what this person may not read.
    /// </summary>
    /// <returns>The duties in the order of the protocol.</returns>
    public IReadOnlyList<Duty> Duties()
        => [.. DutyGate.DutiesOf(State, Protocol, FindStaff).Where(duty => !duty.IsUnsettled || duty.Rule.FulfilledBy.All(MayKnowOf))];

    /// <summary>What is left before the case can be closed, and who hears what.</summary>
    /// <returns>The checklist, as far as this person may know.</returns>
    public ClosingChecklist ClosingChecklist()
    {
        var asked = Duties().Where(duty => duty.IsAskedAtClosing && duty.State != DutyState.NotApplicable).ToList();
        return new([.. asked.Where(duty => duty.IsUnsettled).Select(duty => DutyGate.Refuse(duty, Protocol))], asked, OutcomeHearings.Of(State, Protocol));
    }

    /// <summary>What a duty asks, by which article, and how it is settled.</summary>
    /// <param name="duty">One of <see cref="Duties"/>.</param>
    /// <returns>The text, Dutch.</returns>
    public Refusal Explain(Duty duty) => DutyGate.Refuse(duty, Protocol);

    /// <summary>Everything the protocol wants to be settled before a kind of document is made.</summary>
    /// <param name="kind">One of <see cref="DocumentKinds"/>.</param>
    /// <param name="person">Whom it is about or goes to (handle of the case); <see langword="null"/>: nobody in particular.</param>
    /// <returns>Every reason why not yet, with its article; empty when it can be made.</returns>
    public IReadOnlyList<Refusal> CheckBeforeDocument(string kind, PersonId? person) => DutyGate.Check(_stream.Full, kind, person, Protocol, FindStaff);

    /// <summary>Lets the case follow another protocol from here on; logged, and signed by a verantwoordelijke.</summary>
    /// <param name="to">The protocol; without a version the one in force on the day of the melding, else the newest.</param>
    /// <param name="reasons">Why.</param>
    /// <param name="signedBy">The verantwoordelijke who signs (handle of the staff).</param>
    /// <param name="date">The day of the decision.</param>
    /// <param name="ct">Stops before anything is written.</param>
    /// <returns>The new state, or every reason why not.</returns>
    public async ValueTask<Outcome<DossierState>> SwitchProtocolAsync(ProtocolReference to, string reasons, PersonId signedBy, DateOnly date, CancellationToken ct)
    {
        await _register.Protocols.RefreshAsync(ct);
        var library = _register.Protocols.Library;
        var version = to.Version ?? library.InForce(State.StartedOn, to.Id)?.Version ?? library.Find(to.Id, null)?.Version ?? "";
        return await RecordAsync(new ProtocolSwitched { Date = date, To = to.Id, ToVersion = version, Reasons = reasons, SignedBy = signedBy }, ct);
    }

    /// <summary>What the register itself fills in of events about the protocol.</summary>
    private static DossierEvent WithProtocol(DossierEvent happening, DossierState before)
        => happening is ProtocolSwitched switched ? switched with { From = before.ProtocolId, FromVersion = before.ProtocolVersion } : happening;

    /// <summary>Every reason that lies in the protocol of the case.</summary>
    private IEnumerable<Refusal> CheckProtocol(DossierState before, DossierState after, DossierEvent happening)
    {
        var protocol = _register.Protocols.Library.Find(before.ProtocolId, before.ProtocolVersion) ?? Protocol;
        foreach (var refusal in ProtocolEventRules.CheckNames(happening, before, protocol, _register.Protocols.Library)) yield return refusal;
        if (Signatures.Check(happening, FindStaff, DossierRegister.StandingOf(_stream, protocol), _register.Today) is { } unsigned) yield return unsigned;
        foreach (var refusal in GrantRules.Check(before, happening, FindStaff, DossierRegister.StandingOf(_stream, protocol), _register.Today)) yield return refusal;
        foreach (var refusal in CheckCase(before, protocol, happening)) yield return refusal;
        foreach (var refusal in DutyGate.Check(before, after, happening, protocol, FindStaff)) yield return refusal;
    }

    private bool MayKnowOf(string name) => EventKind.Find(name) is not { } kind || Access.In(kind.Compartment) >= Right.Metadata;
}
