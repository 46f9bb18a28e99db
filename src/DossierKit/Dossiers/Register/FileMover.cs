using DossierKit.Protocols;
using DossierKit.Vault;

namespace DossierKit.Dossiers;

/// <summary>A file that was put in its right compartment.</summary>
/// <param name="File">The file as it lies now, under a new id.</param>
/// <param name="From">Where it lay.</param>
/// <param name="Previous">The id it had; nothing can be opened by it any more.</param>
/// <param name="Destroyed">How many sealed things of the wrong place were destroyed and proved gone: the content, and the entry with its name and title.</param>
public sealed record MovedFile(DossierFile File, Compartment From, FileId Previous, int Destroyed)
{
    /// <summary>What was moved along by the same commit: the PDF of a document, or the document of a PDF.</summary>
    public IReadOnlyList<DossierFile> Along { get; init; } = [];

    /// <summary>Who opened it in the wrong place, or took it out of the vault, by the log: that cannot be undone, only talked about.</summary>
    public IReadOnlyList<FileSeen> SeenBy { get; init; } = [];
}

/// <summary>Someone who opened a file.</summary>
/// <param name="Person">Who (handle of the staff).</param>
/// <param name="On">The day.</param>
/// <param name="TookOut">Whether it left the vault: then a copy may lie elsewhere.</param>
public sealed record FileSeen(PersonId Person, DateOnly On, bool TookOut);

/// <summary>
/// Moves a file between compartments, with what belongs to it. A key cannot be moved: whoever could read the wrong compartment may have unwrapped it. So the content is sealed anew under a
/// fresh key, and one commit holds all three: the file in its right place, the note that stays in the wrong one, and the destruction of what lay there.
/// Before that commit nothing has changed (what was sealed is nobody's and is swept); after it, whoever opens the dossier next finishes what a crash interrupted.
/// </summary>
internal sealed class FileMover : IDisposable
{
    private const string Why = "Een bestand lag in het verkeerde compartiment en is op zijn plaats gezet.";

    private readonly DossierRegister _register;
    private readonly DossierStream _stream;
    private readonly PersonId _by;
    private readonly IReadOnlyList<DossierFile> _files;
    private readonly Compartment _to;
    private readonly string _reason;
    private readonly JournalBatch _batch;
    private readonly List<DossierFile> _moved = [];
    private IReadOnlyList<OpaqueId> _dead = [];

    /// <param name="register">The register.</param>
    /// <param name="stream">The dossier.</param>
    /// <param name="by">Who moves it.</param>
    /// <param name="files">The file, and behind it what goes along; all in one compartment.</param>
    /// <param name="to">Where they belong.</param>
    /// <param name="reason">Why.</param>
    public FileMover(DossierRegister register, DossierStream stream, PersonId by, IReadOnlyList<DossierFile> files, Compartment to, string reason)
    {
        (_register, _stream, _by, _files, _to, _reason) = (register, stream, by, files, to, reason);
        _batch = stream.Begin();
    }

    /// <summary>Seals the content for its right place and puts the commit together; nothing has happened yet.</summary>
    /// <exception cref="VaultDamagedException">The content is not what was filed.</exception>
    public async ValueTask PrepareAsync(CancellationToken ct)
    {
        var at = _register.Now;
        foreach (var file in _files) await SealAsync(file, at, ct);
        DossierStream.Add(_batch, new FileMovedAway { Date = _register.Today, RecordedBy = _by, From = _files[0].Compartment }, at);
        _dead = _stream.WithNamingEntries([.. _files.Select(file => file.Id.Value)]);
        DossierStream.AddDestruction(_batch, _dead, Why, at);
    }

    /// <summary>Commits, destroys what lay in the wrong place and proves it gone.</summary>
    /// <exception cref="JournalConflictException">Another process wrote first: decide again, <see cref="MoveTo"/>, retry.</exception>
    public async ValueTask<MovedFile> CommitAsync(Protocol protocol, CancellationToken ct)
    {
        // What others derived goes first: should this stop half-way, the content is still there to derive it from again, in whichever compartment it then lies.
        await DropDerivedAsync(ct);
        await _stream.CommitDestroyingAsync(_batch, ct);
        // From here on it has happened: what is left to do is done, also when the caller gave up.
        await _register.Index.PutAsync(_stream.Id, DossierRegister.StandingOf(_stream, protocol), CancellationToken.None);
        await DropDerivedAsync(CancellationToken.None);
        if (!await _stream.AreGoneAsync(_dead, CancellationToken.None))
            throw new VaultEnvironmentException($"What lay in the wrong compartment of file {_files[0].Id} could not be proved gone. Run verify; opening the dossier again finishes the destruction.");
        return new MovedFile(_moved[0], _files[0].Compartment, _files[0].Id, _dead.Count) { Along = [.. _moved.Skip(1)] };
    }

    /// <summary>Lets it be committed on a commit the caller decided on.</summary>
    public void MoveTo(long head) => _batch.MoveTo(head);

    public void Dispose() => _batch.Dispose();

    private async ValueTask SealAsync(DossierFile file, DateTimeOffset at, CancellationToken ct)
    {
        await using var content = await _stream.OpenFileAsync(file.Id, ct) ?? throw new ObjectDestroyedException(file.Id.Value);
        using var hashing = new HashingStream(content);
        var sealedObject = await _batch.SealAsync(_to.Name, hashing, ct);
        if (hashing.Hash() != file.Sha256) throw new VaultDamagedException($"File {file.Id} is not what was filed: its hash differs. It was not moved. Run verify.");
        var moved = file with { Id = new FileId(sealedObject.Id), Compartment = _to };
        var move = new FileMove { Previous = file.Id, From = file.Compartment, On = _register.Today, By = _by, Reason = _reason };
        DossierEvent happening = _stream.Full.Events.Select(recorded => recorded.Event).FirstOrDefault(known => FileOf(known)?.Id == file.Id) switch
        {
            DocumentDrawnUp drawn => drawn with { File = moved, Moved = move },
            FileAdded added => added with { File = moved, Moved = move },
            _ => throw new ObjectDestroyedException(file.Id.Value),
        };
        DossierStream.Add(_batch, happening, at, sealedObject);
        _moved.Add(moved);
    }

    private static DossierFile? FileOf(DossierEvent happening) => happening switch
    {
        FileAdded added => added.File,
        DocumentDrawnUp drawn => drawn.File,
        _ => null,
    };

    private async ValueTask DropDerivedAsync(CancellationToken ct)
    {
        foreach (var derived in _register.Derived)
        {
            foreach (var id in _dead)
            {
                await derived.DropAsync(id, ct);
                if (!await derived.ProveGoneAsync(id, ct))
                    throw new VaultEnvironmentException($"What was derived from object {id} could not be proved gone. Build it anew, then move the file.");
            }
        }
    }
}
