using System.Net.Security;
using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;

using DossierKit.Host.Cli;

namespace DossierKit.Host.Serving;

/// <summary>
/// The certificate the host shows, read again when its file was renewed: a municipality renews it every few months, and nobody should have to stop the dossiers for that.
/// A renewed file that cannot be read leaves the old one in use, and is told in the log.
/// </summary>
internal sealed partial class Certificates : IDisposable
{
    private static readonly TimeSpan LookEvery = TimeSpan.FromSeconds(10);

    private readonly CertificateSettings _settings;
    private readonly TimeProvider _clock;
    private readonly ILogger? _log;
    private readonly Lock _gate = new();
    private SslStreamCertificateContext _current;
    private DateTime _stamp;
    private long _lookedAt;

    private Certificates(CertificateSettings settings, TimeProvider clock, ILogger? log)
    {
        (_settings, _clock, _log) = (settings, clock, log);
        _stamp = Stamp();
        _current = Read(settings);
        _lookedAt = clock.GetTimestamp();
    }

    /// <summary>The certificate to show now, with those above it.</summary>
    public SslStreamCertificateContext Current
    {
        get
        {
            if (_clock.GetElapsedTime(Interlocked.Read(ref _lookedAt)) < LookEvery) return _current;
            lock (_gate)
            {
                Interlocked.Exchange(ref _lookedAt, _clock.GetTimestamp());
                Look();
                return _current;
            }
        }
    }

    /// <summary>Reads the certificate.</summary>
    /// <exception cref="EnvironmentFailureException">It cannot be used: why, and what now.</exception>
    public static Certificates Open(CertificateSettings settings, TimeProvider clock, ILogger? log) => new(settings, clock, log);

    /// <summary>Until when a certificate file is good.</summary>
    /// <exception cref="EnvironmentFailureException">It cannot be used.</exception>
    public static DateTimeOffset ExpiryOf(CertificateSettings settings) => new(Read(settings).TargetCertificate.NotAfter.ToUniversalTime());

    public void Dispose() => _current.TargetCertificate.Dispose();

    private void Look()
    {
        try
        {
            var stamp = Stamp();
            if (stamp == _stamp) return;
            // The one before is not disposed: a handshake may be using it this very moment.
            _current = Read(_settings);
            _stamp = stamp;
            var until = _current.TargetCertificate.NotAfter.ToUniversalTime();
            if (_log is not null) Renewed(_log, until);
        }
        catch (EnvironmentFailureException failure)
        {
            if (_log is not null) NotRenewed(_log, failure.Message);
        }
    }

    private DateTime Stamp()
    {
        var file = File.GetLastWriteTimeUtc(_settings.File);
        var key = _settings.KeyFile is { } keyFile ? File.GetLastWriteTimeUtc(keyFile) : file;
        return key > file ? key : file;
    }

    private static SslStreamCertificateContext Read(CertificateSettings settings)
    {
        try
        {
            var password = settings.PasswordFile is { } file ? File.ReadLines(file).FirstOrDefault() : null;
            var (certificate, above) = Path.GetExtension(settings.File).ToUpperInvariant() is ".PFX" or ".P12" ? Pfx(settings.File, password) : Pem(settings, password);
            if (!certificate.HasPrivateKey) throw new EnvironmentFailureException($"The certificate '{settings.File}' has no private key with it. Give the key with --certificate-key, or a PFX file that holds both.");
            return SslStreamCertificateContext.Create(certificate, above, offline: true);
        }
        catch (CryptographicException failure)
        {
            throw new EnvironmentFailureException($"The certificate '{settings.File}' cannot be used: {failure.Message.TrimEnd('.')}. Check that it is a PFX or PEM file, that the key belongs to it, and the password (certificate.passwordFile in the settings).", failure);
        }
        catch (Exception failure) when (failure is IOException or UnauthorizedAccessException)
        {
            throw new EnvironmentFailureException($"The certificate '{settings.File}' cannot be read: {failure.Message} Check the path and that this account may read certificate and key.", failure);
        }
    }

    private static (X509Certificate2, X509Certificate2Collection) Pfx(string path, string? password)
    {
        var all = X509CertificateLoader.LoadPkcs12CollectionFromFile(path, password);
        var own = all.FirstOrDefault(certificate => certificate.HasPrivateKey) ?? throw new EnvironmentFailureException($"The certificate '{path}' has no private key with it. Export it again, with its key.");
        all.Remove(own);
        return (own, all);
    }

    private static (X509Certificate2, X509Certificate2Collection) Pem(CertificateSettings settings, string? password)
    {
        using var parsed = password is null ? X509Certificate2.CreateFromPemFile(settings.File, settings.KeyFile) : X509Certificate2.CreateFromEncryptedPemFile(settings.File, password, settings.KeyFile);
        var above = new X509Certificate2Collection();
        above.ImportFromPemFile(settings.File);
        foreach (var own in above.Where(certificate => certificate.Thumbprint == parsed.Thumbprint).ToList()) above.Remove(own);
        // Windows does not serve with a key that exists in memory alone; through PKCS#12 it becomes one that it does.
        return (X509CertificateLoader.LoadPkcs12(parsed.Export(X509ContentType.Pkcs12), null), above);
    }

    [LoggerMessage(Level = LogLevel.Information, Message = "The renewed certificate is in use; it is good until {Expires:yyyy-MM-dd}.")]
    private static partial void Renewed(ILogger log, DateTime expires);

    [LoggerMessage(Level = LogLevel.Error, Message = "The renewed certificate is not used; the one before stays. {Reason}")]
    private static partial void NotRenewed(ILogger log, string reason);
}
