using System.Buffers.Binary;
using System.Buffers.Text;
using System.Security.Cryptography;
using System.Text;
using System.Text.Json.Nodes;

namespace DossierKit.Tests.SignIn;

/// <summary>A passkey in software: ECDSA P-256, no attestation; it can be made to lie about everything a browser or device would say.</summary>
internal sealed class SoftAuthenticator : IDisposable
{
    private readonly ECDsa _key = ECDsa.Create(ECCurve.NamedCurves.nistP256);

    public byte[] Id { get; } = RandomNumberGenerator.GetBytes(32);

    /// <summary>The origin of the page, as the browser says.</summary>
    public string Origin { get; set; } = ServedSignIn.Origin;

    /// <summary>The domain it signs for; <see langword="null"/>: the one that was asked.</summary>
    public string? RpId { get; set; }

    /// <summary>The challenge it answers; <see langword="null"/>: the one that was asked.</summary>
    public string? Challenge { get; set; }

    public uint Counter { get; set; }

    public bool VerifiesUser { get; set; } = true;

    public bool IsCrossOrigin { get; set; }

    /// <summary>What the device keeps of whose it is.</summary>
    public string? UserHandle { get; set; }

    /// <summary>Answers the options of making a passkey.</summary>
    public string Create(JsonNode options)
    {
        UserHandle = options["user"]!["id"]!.GetValue<string>();
        var data = AuthenticatorData(options["rp"]!["id"]!.GetValue<string>(), withKey: true);
        byte[] attestation = [0xa3, .. Text("fmt"), .. Text("none"), .. Text("attStmt"), 0xa0, .. Text("authData"), .. Bytes(data)];
        return Credential(new JsonObject
        {
            ["clientDataJSON"] = Base64Url.EncodeToString(ClientData("webauthn.create", options)),
            ["attestationObject"] = Base64Url.EncodeToString(attestation),
            ["transports"] = new JsonArray("internal"),
        });
    }

    /// <summary>Answers the options of using one.</summary>
    public string Get(JsonNode options)
    {
        var data = AuthenticatorData(options["rpId"]!.GetValue<string>(), withKey: false);
        var client = ClientData("webauthn.get", options);
        var signature = _key.SignData([.. data, .. SHA256.HashData(client)], HashAlgorithmName.SHA256, DSASignatureFormat.Rfc3279DerSequence);
        return Credential(new JsonObject
        {
            ["clientDataJSON"] = Base64Url.EncodeToString(client),
            ["authenticatorData"] = Base64Url.EncodeToString(data),
            ["signature"] = Base64Url.EncodeToString(signature),
            ["userHandle"] = UserHandle,
        });
    }

    public void Dispose() => _key.Dispose();

    private string Credential(JsonObject response) => new JsonObject
    {
        ["id"] = Base64Url.EncodeToString(Id),
        ["rawId"] = Base64Url.EncodeToString(Id),
        ["type"] = "public-key",
        ["clientExtensionResults"] = new JsonObject(),
        ["authenticatorAttachment"] = "platform",
        ["response"] = response,
    }.ToJsonString();

    private byte[] ClientData(string type, JsonNode options) => Encoding.UTF8.GetBytes(new JsonObject
    {
        ["type"] = type,
        ["challenge"] = Challenge ?? options["challenge"]!.GetValue<string>(),
        ["origin"] = Origin,
        ["crossOrigin"] = IsCrossOrigin,
    }.ToJsonString());

    private byte[] AuthenticatorData(string asked, bool withKey)
    {
        var data = new List<byte>(SHA256.HashData(Encoding.UTF8.GetBytes(RpId ?? asked))) { (byte)(0x01 | (VerifiesUser ? 0x04 : 0) | (withKey ? 0x40 : 0)) };
        var counter = new byte[4];
        BinaryPrimitives.WriteUInt32BigEndian(counter, Counter);
        data.AddRange(counter);
        if (!withKey) return [.. data];
        data.AddRange(new byte[16]);
        data.AddRange([(byte)(Id.Length >> 8), (byte)Id.Length]);
        data.AddRange(Id);
        var point = _key.ExportParameters(false).Q;
        // COSE: kty EC2, alg ES256, curve P-256, x, y.
        data.AddRange([0xa5, 0x01, 0x02, 0x03, 0x26, 0x20, 0x01, 0x21, .. Bytes(point.X!), 0x22, .. Bytes(point.Y!)]);
        return [.. data];
    }

    // CBOR by hand: the two kinds needed here.
    private static byte[] Text(string text) => [(byte)(0x60 + text.Length), .. Encoding.ASCII.GetBytes(text)];

    private static byte[] Bytes(byte[] bytes) => bytes.Length < 256 ? [0x58, (byte)bytes.Length, .. bytes] : [0x59, (byte)(bytes.Length >> 8), (byte)bytes.Length, .. bytes];
}
