using System.Text.Json;
using DossierKit.Vault;

namespace DossierKit.Dossiers;

/// <summary>
/// Numbers that were once on a list of destruction. Of a dossier that is destroyed nothing else remembers the number, and a number that was used again would make two dossiers of one in the
/// verklaring and on paper. Whatever stood on a list and was kept still has its number, so no number is withheld that was free. Only this of the lists is read here; the rest is theirs.
/// </summary>
internal sealed class DestroyedNumbers(DossierVault vault) : IDisposable
{
    /// <summary>As the lists write it (<c>DossierKit.Retention</c>): a list with its items, each with the number of its dossier.</summary>
    public const string Proposed = "lijst-voorgesteld";

    private readonly SemaphoreSlim _gate = new(1, 1);
    private readonly HashSet<DossierNumber> _numbers = [];
    private Journal? _journal;
    private int _read;

    public async ValueTask<IReadOnlySet<DossierNumber>> AllAsync(CancellationToken ct)
    {
        await _gate.WaitAsync(ct);
        try
        {
            if (_journal is null) _journal = await vault.OpenOwnStreamAsync(StreamKind.Destruction, ct);
            else await _journal.RefreshAsync(ct);
            for (; _read < _journal.Envelopes.Count; _read++)
            {
                var envelope = _journal.Envelopes[_read];
                if (envelope.Type != Proposed || await _journal.OpenPayloadAsync(envelope, ct) is not { } payload) continue;
                using var list = JsonDocument.Parse(payload);
                foreach (var item in list.RootElement.GetProperty("onderdelen").EnumerateArray())
                {
                    if (DossierNumber.TryParse(item.GetProperty("dossier").GetString(), out var number)) _numbers.Add(number);
                }
            }

            return new HashSet<DossierNumber>(_numbers);
        }
        finally
        {
            _gate.Release();
        }
    }

    public void Dispose()
    {
        _journal?.Dispose();
        _gate.Dispose();
    }
}
