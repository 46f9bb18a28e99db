using System.Security.Cryptography;
using System.Text;

namespace DossierKit.Host.SignIn;

/// <summary>Six characters by which two people tell that they mean the same account, without reading out the whole of it.</summary>
internal static class AccountMark
{
    public static string Of(string account)
    {
        var hex = Convert.ToHexString(SHA256.HashData(Encoding.UTF8.GetBytes(account)).AsSpan(0, 3));
        return $"{hex[..2]}-{hex[2..4]}-{hex[4..]}";
    }
}
