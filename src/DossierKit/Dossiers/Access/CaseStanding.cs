using System.Security.Cryptography;
using System.Text;
using System.Text.Json.Serialization;
using DossierKit.Protocols;
using DossierKit.Vault;

namespace DossierKit.Dossiers;

/// <summary>
/// What decides who may do what in a case, drawn from its full state: handles, offices and stages, no names and no content. It is what the catalogue keeps of a dossier,
/// so that a list of thousands needs no dossier to be opened.
/// </summary>
internal sealed record CaseStanding
{
    // The bytes until they are asked for, then the facts: never both, of a hundred thousand it would be felt.
    private object? _retention;

    private static readonly HashSet<string> Titles = new(StringComparer.Ordinal) { "mevrouw", "mevr", "mw", "de", "heer", "dhr", "mr", "drs", "dr", "ir", "ing", "prof", "ds" };

    [JsonPropertyName("nummer")] public required DossierNumber Number { get; init; }

    [JsonPropertyName("protocol")] public required string Protocol { get; init => field = Shared(value); }

    [JsonPropertyName("fase")] public required DossierPhase Phase { get; init; }

    [JsonPropertyName("begin")] public required DateOnly StartedOn { get; init; }

    [JsonPropertyName("gesloten")] public DateOnly? ClosedOn { get; init; }

    [JsonPropertyName("klasse")] public string? SelectielijstClass { get; init; }

    [JsonPropertyName("bestanden")] public int Files { get; init; }

    [JsonPropertyName("bytes")] public long Bytes { get; init; }

    [JsonPropertyName("opnamen")] public int Recordings { get; init; }

    [JsonPropertyName("voorgelegd")] public bool WasSubmitted { get; init; }

    /// <summary>Handles of the staff named in the case, by the relation that gives: <c>onderzoeker</c>, <c>directeur</c>, <c>vertrouwenspersoon</c>, <c>adviseur</c>, <c>fg</c>.</summary>
    [JsonPropertyName("aangewezen")] public IReadOnlyList<CaseAppointment> Appointed { get; init => field = Kept(value); } = [];

    /// <summary>Offices with authority for the positions of the betrokkenen.</summary>
    [JsonPropertyName("ambten")] public IReadOnlyList<string> Offices { get; init => field = Kept(value?.Select(Shared).ToArray()); } = [];

    /// <summary>Handles of the staff who are part of the facts.</summary>
    [JsonPropertyName("belang")] public IReadOnlyList<PersonId> Involved { get; init => field = Kept(value); } = [];

    /// <summary>Keyed marks of the names of those who are part of the facts and are not known to be anyone of the staff: who resembles one stays out until it is sorted out.</summary>
    [JsonPropertyName("merken")] public IReadOnlyList<string> Marks { get; init => field = Kept(value); } = [];

    /// <summary>Single files opened to someone of the staff.</summary>
    [JsonPropertyName("inzage")] public IReadOnlyList<FileGrant> Grants { get; init => field = Kept(value); } = [];

    /// <summary>The key of the marks: random, of this dossier alone.</summary>
    [JsonPropertyName("zout")] public required string MarkKey { get; init; }

    /// <summary>The mark of the request that made it, so that the same request makes no second one; <see langword="null"/> when it had no key.</summary>
    [JsonPropertyName("verzoek")] public string? Request { get; init; }

    /// <summary>The version of the protocol; <see langword="null"/> in a record from before it was kept: then what waits is not known here either.</summary>
    [JsonPropertyName("protocolVersie")] public string? ProtocolVersion { get; init => field = value is null ? null : Shared(value); }

    /// <summary>Terms that run, for the lists of work. Reckoned when the record is written, not at every look at the rights.</summary>
    [JsonPropertyName("termijnen")] public IReadOnlyList<DueTerm> Terms { get => field ??= Source is { } source ? CaseWork.TermsOf(source.Full, source.Protocol) : []; init => field = Kept(value); }

    /// <summary>Documents begun and not made final.</summary>
    [JsonPropertyName("concepten")] public IReadOnlyList<DraftMark> Drafts { get => field ??= Source is { } source ? CaseWork.DraftsOf(source.Full) : []; init => field = Kept(value); }

    /// <summary>Handles of directors who are asked to decide on an opdracht.</summary>
    [JsonPropertyName("wachtOp")] public IReadOnlyList<PersonId> Awaited { get => field ??= Source is { } source ? CaseWork.AwaitedOf(source.Full) : []; init => field = Kept(value); }

    /// <summary>The bytes of <see cref="Retention"/>, as the catalogue keeps them (<see cref="RetentionCodec"/>).</summary>
    [JsonPropertyName("bewaring")] public byte[]? RetentionBytes { get => _retention as byte[] ?? RetentionCodec.Write(Retention); init => _retention = value; }

    /// <summary>
    /// What decides how long it is kept. Read from its bytes when it is asked for: most looks at a hundred thousand dossiers do not. A record from before it was kept says nothing: then
    /// nothing of it is destroyed.
    /// </summary>
    [JsonIgnore]
    public RetentionFacts Retention
    {
        get
        {
            // Looked at once: another thread may put the facts in the place of the bytes meanwhile, and neither may be taken for none.
            var kept = _retention;
            if (kept is RetentionFacts known) return known;
            var facts = kept is byte[] bytes ? ReadRetention(bytes) : Source is { } source ? RetentionFold.Of(source.Full, source.Protocol) : RetentionFacts.None;
            _retention = facts;
            return facts;
        }
        init => _retention = value;
    }

    /// <summary>What the lists of work are drawn from; absent in a record that was read.</summary>
    [JsonIgnore] private (DossierState Full, Protocol? Protocol)? Source { get; init; }

    /// <summary>Who is in the case and how, without the dossier it was drawn from: to be kept.</summary>
    public CaseStanding WithoutContent() => this with { Source = null };

    /// <summary>The number is taken and nothing is written yet: nobody sees it.</summary>
    [JsonPropertyName("inAanmaak")] public bool IsBeingMade { get; init; }

    public static CaseStanding Of(DossierState full, Protocol? protocol, string markKey)
    {
        var involved = full.Persons.Where(person => IsPartOfFacts(person.Role)).ToList();
        var key = Convert.FromBase64String(markKey);
        return new CaseStanding
        {
            Number = full.Number,
            Protocol = full.ProtocolId,
            ProtocolVersion = full.ProtocolVersion,
            Source = (full, protocol),
            Phase = full.Phase,
            StartedOn = full.StartedOn,
            ClosedOn = full.ClosedOn,
            SelectielijstClass = full.All<DossierClosed>().LastOrDefault(closed => closed.SelectielijstClass is not null)?.SelectielijstClass,
            Files = full.Files.Count,
            Bytes = full.Files.Sum(file => file.Length),
            Recordings = full.Files.Count(file => file.Kind == FileKind.Recording),
            WasSubmitted = full.ProtocolEvents.Any(happened => happened.Name == EventNames.OpdrachtVoorgelegd),
            Appointed = [.. AppointedIn(full).Distinct().OrderBy(appointed => appointed.Person.Value, StringComparer.Ordinal).ThenBy(appointed => appointed.Role)],
            Offices = [.. OfficesFor(full, protocol).Distinct(StringComparer.Ordinal).Order(StringComparer.Ordinal)],
            Involved = [.. involved.Select(person => person.Staff).OfType<PersonId>().Distinct().OrderBy(id => id.Value, StringComparer.Ordinal)],
            Marks = [.. involved.Where(person => person.Staff is null).SelectMany(person => MarksOf(person, key)).Distinct(StringComparer.Ordinal).Order(StringComparer.Ordinal)],
            Grants = [.. GrantsIn(full)],
            MarkKey = markKey,
            Request = full.First<DossierCreated>()?.Request,
        };
    }

    /// <summary>
    /// Whether someone is or may be part of the facts: linked to a person of the case, or with a name that resembles one's (initial and surname) without a link that says otherwise.
    /// </summary>
    public bool Conflicts(StaffPerson person)
    {
        if (Involved.Contains(person.Id)) return true;
        if (Marks.Count == 0) return false;
        var key = Convert.FromBase64String(MarkKey);
        // Some ending of the name is the surname, and what stands before it gives the initial; which, a name does not say, so all are tried.
        var tokens = FoldedText.Tokens(person.DisplayName).SkipWhile(Titles.Contains).ToList();
        return Enumerable.Range(1, Math.Max(0, tokens.Count - 1)).Any(from =>
            tokens.Take(from).Any(first => Marks.Contains(Mark(key, first[..1], string.Concat(tokens.Skip(from))), StringComparer.Ordinal)));
    }

    public bool Holds(CaseStage stage) => stage switch
    {
        CaseStage.Always => true,
        CaseStage.WhileOpen => Phase != DossierPhase.Gesloten,
        CaseStage.OnceSubmitted => WasSubmitted,
        CaseStage.OnceJudged => Phase >= DossierPhase.Besluit,
        _ => false,
    };

    public bool Stands(PersonId person, Appointment appointment, AccessLine line) => line.Relation switch
    {
        Relation.Any => true,
        Relation.Appointed => Appointed.Any(appointed => appointed.Person == person && appointed.Role == RelationOf(appointment.Role) && (line.Compartment != Compartment.Melder || appointed.ForAll)),
        Relation.Authority => appointment.Office is { } office && Offices.Contains(office, StringComparer.Ordinal),
        _ => false,
    };

    /// <summary>What was opened last holds, until it is withdrawn; of a file that was moved or destroyed nothing is left.</summary>
    private static List<FileGrant> GrantsIn(DossierState full)
    {
        var grants = new List<FileGrant>();
        foreach (var happening in full.Events.OrderBy(recorded => recorded.Checkpoint).Select(recorded => recorded.Event))
        {
            var (person, file) = happening switch
            {
                InzageOpened opened => (opened.To, opened.File),
                InzageWithdrawn withdrawn => (withdrawn.To, withdrawn.File),
                _ => default,
            };
            if (happening is InzageOpened or InzageWithdrawn) grants.RemoveAll(grant => grant.Person == person && grant.File == file);
            if (happening is InzageOpened given && full.Files.Any(known => known.Id == file)) grants.Add(new FileGrant(given.To, given.File, given.Until, given.MayTakeOut));
        }

        return grants;
    }

    private RetentionFacts ReadRetention(byte[] bytes)
    {
        try
        {
            return RetentionCodec.Read(bytes);
        }
        catch (FormatException problem)
        {
            throw new VaultEnvironmentException($"The catalogue record of dossier {Number} is of a kind this program does not know. A newer version wrote it: use that version.", problem);
        }
    }

    /// <summary>Someone with such a part in a case is no outsider to it (HRL 6.1): melder, betrokkene, getuige, who was harmed, who is related, and who assists one of them.</summary>
    private static bool IsPartOfFacts(CaseRole role)
        => role is CaseRole.Melder or CaseRole.Betrokkene or CaseRole.Getuige or CaseRole.Benadeelde or CaseRole.Verwant or CaseRole.Raadsman or CaseRole.Gemachtigde;

    private static StaffRole RelationOf(StaffRole role) => role == StaffRole.OnderzoekerExtern ? StaffRole.OnderzoekerIntern : role;

    private static IEnumerable<CaseAppointment> AppointedIn(DossierState full)
    {
        foreach (var onderzoeker in full.Onderzoekers.Where(person => person.Staff is not null)) yield return new(onderzoeker.Staff!.Value, StaffRole.OnderzoekerIntern);
        foreach (var director in full.All<OpdrachtSubmitted>().SelectMany(submitted => submitted.To).Concat(full.All<DirectorsDecided>().SelectMany(decided => decided.Directors)))
            yield return new(director, StaffRole.Directeur);
        foreach (var person in full.Persons.Where(person => person.Staff is not null))
        {
            if (person.Role == CaseRole.Adviseur) yield return new(person.Staff!.Value, StaffRole.Adviseur);
            // With several melders a vertrouwenspersoon may read the compartment only when all of them came through him.
            if (person.Role == CaseRole.Vertrouwenspersoon)
                yield return new(person.Staff!.Value, StaffRole.Vertrouwenspersoon, full.Melders.All(melder => full.Melders.Count == 1 || IsBroughtBy(melder, person, full)));
        }

        foreach (var fg in full.All<DataBreachReported>().Select(report => report.To).OfType<PersonId>()) yield return new(fg, StaffRole.Fg);
    }

    private static bool IsBroughtBy(CasePerson melder, CasePerson person, DossierState full)
        => melder.Of == person.Id || full.Persons.Any(other => other.Role == CaseRole.Vertrouwenspersoon && other.Staff == person.Staff && other.Of == melder.Id);

    /// <summary>Who has a task, by the protocol, for each position among the betrokkenen; before anyone is known, that of an employee.</summary>
    private static IEnumerable<string> OfficesFor(DossierState full, Protocol? protocol)
    {
        if (protocol is null) return [];
        var positions = full.Betrokkenen.Select(person => person.Position ?? Position.Medewerker).Where(position => position != Position.Extern).DefaultIfEmpty(Position.Medewerker).Distinct();
        return positions.SelectMany(position => Enum.GetValues<AuthorityTask>().Select(task => protocol.FindAuthority(CaseFactsOf.PositionName(position), task, full.Facts)))
            .OfType<Authority>().SelectMany(authority => authority.Holders)
            // "De leidinggevende" is a role in one case, not an office: an appointment under that name would open every case.
            .Where(holder => !RoleNames.IsKnown(holder));
    }

    private static IEnumerable<string> MarksOf(CasePerson person, byte[] key)
    {
        if (person.Surname is null) yield break;
        foreach (var first in new[] { person.Initials, person.FirstName }.OfType<string>().Select(name => FoldedText.Tokens(name).FirstOrDefault()).OfType<string>())
        {
            yield return Mark(key, first[..1], string.Concat(FoldedText.Tokens(person.Surname)));
            foreach (var other in person.OtherNames) yield return Mark(key, first[..1], string.Concat(FoldedText.Tokens(other)));
        }
    }

    /// <summary>Of a hundred thousand records most lists are empty: one empty list serves them all.</summary>
    private static IReadOnlyList<T> Kept<T>(IReadOnlyList<T>? read) => read is { Count: > 0 } ? read : [];

    /// <summary>One string for the few protocols and offices that a hundred thousand dossiers name.</summary>
    private static string Shared(string word) => string.Intern(word);

    private static string Mark(byte[] key, string initial, string surname) => Convert.ToHexStringLower(HMACSHA256.HashData(key, Encoding.UTF8.GetBytes($"{initial}|{surname}")).AsSpan(0, 8));
}

/// <summary>A single file opened to someone of the staff.</summary>
/// <param name="Person">To whom.</param>
/// <param name="File">Which.</param>
/// <param name="Until">The last day.</param>
/// <param name="MayTakeOut">Whether it may leave the vault.</param>
internal sealed record FileGrant(
    [property: JsonPropertyName("wie")] PersonId Person,
    [property: JsonPropertyName("bestand")] FileId File,
    [property: JsonPropertyName("totEnMet")] DateOnly Until,
    [property: JsonPropertyName("meenemen")] bool MayTakeOut);

/// <summary>Someone of the staff named in a case.</summary>
/// <param name="Person">Who.</param>
/// <param name="Role">In which role; an onderzoeker from outside counts as one from inside.</param>
/// <param name="ForAll">For a vertrouwenspersoon: whether every melder of the case came through him.</param>
internal sealed record CaseAppointment(
    [property: JsonPropertyName("wie")] PersonId Person,
    [property: JsonPropertyName("rol")] StaffRole Role,
    [property: JsonPropertyName("alle")] bool ForAll = true);
