using System.Security.Cryptography;
using DossierKit.Protocols;
using DossierKit.Vault;

namespace DossierKit.Dossiers;

/// <summary>
/// Makes a dossier in one commit. The number is taken in the catalogue first, under a record nobody sees; whoever is killed in between leaves only that,
/// and the next attempt at the same number takes over where it stood. An unused stream key, of a process killed even before, is nobody's.
/// </summary>
internal sealed class DossierMaker(DossierRegister register, ActingPerson by)
{
    public async ValueTask<Outcome<DossierNumber>> MakeAsync(
        DossierNumber number, Protocol protocol, DateOnly date, IReadOnlyList<DossierEvent> events, IReadOnlyList<IncomingFile> files, IProgress<ImportProgress>? progress, CancellationToken ct,
        Func<string, RequestMark>? mark = null)
    {
        var key = Convert.ToBase64String(RandomNumberGenerator.GetBytes(32));
        var created = new DossierCreated { Date = date, RecordedBy = by.Id, Number = number, Protocol = protocol.Id, ProtocolVersion = protocol.Version, HashKey = key, Request = mark?.Invoke(key).ToString() };
        Journal? journal;
        try
        {
            journal = await TakeAsync(number, created, key, ct);
        }
        catch (JournalConflictException)
        {
            journal = null;
        }

        if (journal is null) return Outcome<DossierNumber>.Refused(Exists(number));
        var stream = journal.StreamId;
        using var dossier = new DossierStream(journal, number);
        using var batch = dossier.Begin();
        var at = register.Now;
        DossierStream.Add(batch, created, at);
        foreach (var happening in events) DossierStream.Add(batch, happening with { RecordedBy = by.Id }, at);
        var (sealedFiles, bytes) = (0, 0L);
        var total = new ImportProgress(0, files.Count, 0, files.Sum(file => file.Length));
        foreach (var incoming in files)
        {
            await using var content = incoming.Open();
            using var hashing = new HashingStream(content, read => progress?.Report(total with { Files = sealedFiles, Bytes = bytes += read }));
            var sealedObject = await batch.SealAsync(incoming.File.Compartment.Name, hashing, ct);
            if (sealedObject.Length != incoming.Length) return Outcome<DossierNumber>.Refused(Changed(incoming));
            DossierStream.Add(batch, new FileAdded { Date = register.Today, RecordedBy = by.Id, File = incoming.File.Sealed(sealedObject, hashing.Hash()) }, at, sealedObject);
            progress?.Report(total with { Files = ++sealedFiles, Bytes = bytes });
        }

        try
        {
            await dossier.CommitAsync(batch, ct);
        }
        catch (JournalConflictException)
        {
            return Outcome<DossierNumber>.Refused(Exists(number));
        }

        await register.Index.PutAsync(stream, DossierRegister.StandingOf(dossier, protocol), ct);
        await register.Log.WriteAsync(new AccessRecord { Act = AccessAct.Created, Person = by.Id, Via = by.Kind }, stream, null, ct);
        return Outcome<DossierNumber>.Done(number);
    }

    /// <summary>Takes the number: a new stream, or the one an interrupted attempt left without a commit.</summary>
    private async ValueTask<Journal?> TakeAsync(DossierNumber number, DossierCreated created, string key, CancellationToken ct)
    {
        var standing = new CaseStanding { Number = number, Protocol = created.Protocol, Phase = DossierPhase.Melding, StartedOn = created.Date, MarkKey = key, IsBeingMade = true };
        while (true)
        {
            if (await register.Index.FindAsync(number, ct) is not { } found)
            {
                if ((await register.Destroyed.AllAsync(ct)).Contains(number)) return null;

                // The key before the number: a number in the catalogue whose stream has no key is a dossier that was lost.
                var journal = await register.Vault.CreateStreamAsync(StreamKind.Dossier, OpaqueId.Random(), ct);
                var isTaken = false;
                try
                {
                    isTaken = await register.Index.TryAddAsync(journal.StreamId, standing, ct);
                    if (isTaken) return journal;
                }
                finally
                {
                    if (!isTaken) journal.Dispose();
                }

                continue;
            }

            if (!found.Standing.IsBeingMade) return null;
            using var existing = await DossierStream.OpenAsync(register.Vault, found.Stream, number, ct);
            if (existing is null) return await register.Vault.CreateStreamAsync(StreamKind.Dossier, found.Stream, ct);

            // The commit was made, only the catalogue was not told: tell it now, and the number is taken.
            await register.Index.PutAsync(found.Stream, DossierRegister.StandingOf(existing, register.ProtocolOf(existing.Full)), ct);
            return null;
        }
    }

    private static Refusal Exists(DossierNumber number) => new(
        $"Het nummer {number} is niet vrij.",
        "Een nummer wordt één keer gebruikt, ook als het dossier niet voor u is.",
        "Kies een ander nummer, of laat het weg: dan krijgt het dossier het volgende vrije nummer.")
    { Subject = number.Value };

    private static Refusal Changed(IncomingFile file) => new(
        "Een bestand is tijdens het inlezen veranderd.",
        $"Het had {file.Length} bytes toen het werd gecontroleerd.",
        "Wacht tot niemand er meer in schrijft en lees de map opnieuw in.")
    { Subject = file.File.Title };
}
