using DossierKit.Vault;

namespace DossierKit.Dossiers;

/// <summary>
/// Who sees what of the log; pure. Everybody sees his own acts. The FG sees all acts, and purposes only of cases he is appointed to: a purpose can name people. The FI and the deputy see
/// the acts in cases they may know of, with purposes. Nobody sees acts in a case he is part of, nor a refusal that says that somebody else may be part of one, unless he may know the melder.
/// </summary>
internal sealed class LogRules(StaffPerson person, DateOnly today, IReadOnlyDictionary<OpaqueId, CaseStanding> cases)
{
    private readonly bool _isFi = person.Is(StaffRole.Fi, today) || person.Is(StaffRole.PlaatsvervangendFi, today);
    private readonly bool _isFg = person.Is(StaffRole.Fg, today);
    private readonly Dictionary<OpaqueId, DossierAccess> _access = [];

    /// <summary>Whether more than one's own acts are to be seen.</summary>
    public bool SeesOthers => _isFi || _isFg;

    /// <summary>The act as this person may see it; <see langword="null"/> when not at all.</summary>
    public LogEntry? See(LoggedAct act)
    {
        var record = act.Record;
        var isOwn = record.Person == person.Id;
        if (!isOwn && !SeesOthers) return null;
        var inDossier = OpaqueId.TryParse(record.Dossier, out var stream);
        var standing = inDossier ? cases.GetValueOrDefault(stream) : null;
        // One's own refusal looks the same whether the dossier is there or not, and never says why.
        if (isOwn && record.Act == AccessAct.Refused) return Entry(act, null, null, false);
        if (!inDossier) return Entry(act, null, null, false);
        // Of a destroyed dossier nobody can tell any more who was part of it: only the independent supervisor sees that it was opened.
        if (standing is null) return isOwn || _isFg ? Entry(act, null, null, false) : null;
        if (standing.Conflicts(person)) return null;
        if (isOwn) return Entry(act, standing.Number, act.Reason?.Purpose, false);
        var access = AccessIn(stream, standing);
        if (_isFi && access.MayKnowOf) return Entry(act, standing.Number, act.Reason?.Purpose, record.NeedsReview);
        if (!_isFg) return null;
        var isAppointed = standing.Appointed.Any(appointed => appointed.Person == person.Id && appointed.Role == StaffRole.Fg);
        return Entry(act, standing.Number, isAppointed && record.Act != AccessAct.Refused ? act.Reason?.Purpose : null, false);
    }

    private static LogEntry Entry(LoggedAct act, DossierNumber? dossier, string? purpose, bool needsReview)
        => new(act.Entry.ToString(), act.At, act.Record.Act, act.Record.Person, act.Record.Via, dossier,
            dossier is not null && OpaqueId.TryParse(act.Record.File, out var file) ? new FileId(file) : null, purpose, needsReview);

    private DossierAccess AccessIn(OpaqueId stream, CaseStanding standing)
    {
        if (!_access.TryGetValue(stream, out var access)) _access[stream] = access = DossierAccess.Of(person, standing, today);
        return access;
    }
}
