using DossierKit.Vault;

namespace DossierKit.Dossiers;

/// <summary>What comparing with earlier cases needs of this one.</summary>
public sealed partial class OpenDossier
{
    /// <summary>What this person compares for a betrokkene, by his task in this case.</summary>
    /// <param name="betrokkene">About whom (handle of the case).</param>
    /// <returns>The columns; none when it is no betrokkene, or he has no task here.</returns>
    public ComparisonRight ComparisonFor(PersonId betrokkene)
        => _stream.Full.FindPerson(betrokkene) is { Role: CaseRole.Betrokkene } person && _register.Staff.Find(_person) is { } known
            ? ComparisonRight.Of(known, Standing, Access, CaseAuthority.Of(_stream.Full, Protocol, person), _register.Today)
            : default;

    internal ActingPerson Acting => _person;

    internal string Purpose => _purpose;

    internal OpaqueId StreamId => _stream.Id;

    internal CaseGround GroundOf(PersonId betrokkene) => CaseGround.Of(_stream.Full, betrokkene);

    internal CaseStanding Standing => _register.StandingNow(_stream);

    internal bool IsOf(DossierRegister register) => ReferenceEquals(register, _register);

    /// <summary>Whether this person investigates this case.</summary>
    internal bool IsInvestigator => _stream.Full.Persons.Any(person => person.Role == CaseRole.Onderzoeker && person.Staff == Person);

    /// <summary>
    /// The words that could tell which person of the case a text is about: functions, departments and places, no names. Of those whom this person may know: a word of the melder that is pointed
    /// out to somebody who may not know him would tell who it is.
    /// </summary>
    internal IReadOnlyList<string> TellingWords()
        => [.. State.Persons.SelectMany(person => new[] { person.Function, person.Department, person.Address?.Town, person.Address?.Street }).OfType<string>().Distinct(StringComparer.OrdinalIgnoreCase)];

    /// <summary>Looks for the name of anybody at all: of the case and of the staff. A finding that could betray a melder to whoever may not know is answered neutrally, and waits for the FI.</summary>
    internal async ValueTask<NameCheck> CheckNamelessAsync(IReadOnlyList<CheckedText> texts, CancellationToken ct)
    {
        var check = ProtectedNames.CheckAll(_stream.Full, _register.Staff.Persons.Select(person => person.DisplayName), texts, Access.MayRead(Compartment.Melder));
        if (check.BetraysMelder)
        {
            await _register.Log.WriteAsync(
                new AccessRecord { Act = AccessAct.Refused, Person = Person, Via = _person.Kind, NeedsReview = true },
                _stream.Id,
                new AccessReason { Purpose = _purpose, Reason = "Een kaart die deze persoon wilde maken, bevat mogelijk iets dat de melder bekend maakt." },
                ct);
        }

        return check;
    }
}

public sealed partial class DossierRegister
{
    /// <summary>What stands decided about a betrokkene now, for the program itself; <see langword="null"/> when the dossier is gone.</summary>
    internal async ValueTask<CaseGround?> GroundOfAsync(OpaqueId stream, DossierNumber number, PersonId betrokkene, CancellationToken ct)
    {
        try
        {
            using var dossier = await DossierStream.OpenAsync(_vault, stream, number, ct);
            return dossier is null ? null : CaseGround.Of(dossier.Full, betrokkene);
        }
        catch (ObjectDestroyedException)
        {
            return null;
        }
    }
}
