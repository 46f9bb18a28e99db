using System.Text;
using System.Text.Json;
using DossierKit.Dossiers;
using DossierKit.Search;
using DossierKit.Tests.Dossiers;

namespace DossierKit.Tests.Search.Sessions;

/// <summary>A vault with a sample dossier and an index, and the few words a test of searching needs.</summary>
internal sealed class SearchFixture : IAsyncDisposable
{
    private readonly List<DossierIndex> _indexes = [];

    private SearchFixture(RegisterFixture vault) => Vault = vault;

    public static DateOnly Day { get; } = new(2026, 3, 20);

    public RegisterFixture Vault { get; }

    public DossierIndex Index { get; private set; } = null!;

    public DossierSearch Search { get; private set; } = null!;

    public DossierNumber Number { get; private set; }

    public static async Task<SearchFixture> CreateAsync()
    {
        var fixture = new SearchFixture(await RegisterFixture.CreateAsync());
        await fixture.Vault.HireAsync("onderzoeker", "mevrouw A. Griendhorster", StaffRole.OnderzoekerIntern);
        fixture.Number = await fixture.Vault.ImportAsync();
        fixture.Index = await fixture.OpenIndexAsync(fixture.Vault.Register);
        fixture.Search = new DossierSearch(fixture.Index);
        return fixture;
    }

    /// <summary>Another dossier, of which the rest goes on.</summary>
    public async Task ImportAsync(string sample) => Number = await Vault.ImportAsync(sample);

    /// <summary>The index as another process would open it.</summary>
    public async Task<DossierIndex> OpenIndexAsync(DossierRegister register)
    {
        var index = await DossierIndex.OpenAsync(register, null, default);
        _indexes.Add(index);
        return index;
    }

    public async Task<DossierFile> FileAsync(string text, Compartment compartment, string title = "Notitie", string by = "fi")
    {
        using var dossier = await Vault.OpenAsync(by, Number);
        using var content = new MemoryStream(Encoding.UTF8.GetBytes(text));
        return (await dossier.AddFileAsync(new NewFile("notitie.txt", title, FileKind.Note, compartment, Day), content, default)).Value;
    }

    public async Task UpdateAsync() => await Index.UpdateAsync(rebuild: false, null, default);

    public async Task<SearchAnswer> AskAsync(string person, string query, DossierSearch? search = null, DossierRegister? register = null)
        => (await (search ?? Search).SearchAsync(Vault.As(person, register), new SearchRequest { Query = query, Purpose = "voorbereiden van het gesprek", Take = 20 }, default)).Value;

    /// <summary>The whole answer, as anybody could see it.</summary>
    public async Task<string> SeenAsync(string person, string query) => JsonSerializer.Serialize(await AskAsync(person, query));

    public async ValueTask DisposeAsync()
    {
        Search.Dispose();
        foreach (var index in _indexes) index.Dispose();
        await Vault.DisposeAsync();
    }
}
