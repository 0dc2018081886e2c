using System.Security.Cryptography;
using System.Text;
using Microsoft.AspNetCore.Http;
using Microsoft.Net.Http.Headers;

namespace AdvFit.Api.Http;

/// <summary>A secret that requests show in their Authorization header (RFC 6750, section 2.1).</summary>
/// <param name="token">The secret.</param>
public sealed class BearerToken(string token)
{
    private const string Scheme = "Bearer ";

    private readonly byte[] _expected = SHA256.HashData(Encoding.UTF8.GetBytes(token));

    /// <summary>A new random token of 128 bits.</summary>
    public static string New() => RandomNumberGenerator.GetHexString(32, lowercase: true);

    /// <summary>Whether a request shows the token. The time of the comparison does not depend on the token shown.</summary>
    public bool IsShownBy(HttpRequest request)
    {
        var authorization = request.Headers[HeaderNames.Authorization].ToString();
        return authorization.StartsWith(Scheme, StringComparison.OrdinalIgnoreCase)
            && CryptographicOperations.FixedTimeEquals(
                SHA256.HashData(Encoding.UTF8.GetBytes(authorization[Scheme.Length..])), _expected);
    }
}
