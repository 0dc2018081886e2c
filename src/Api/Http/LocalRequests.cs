using System.Net;
using Microsoft.AspNetCore.Http;

namespace AdvFit.Api.Http;

/// <summary>
/// Recognises requests of this machine's own programs and pages. A page of another site in a browser on this machine must
/// neither read (DNS rebinding) nor act (cross-site requests).
/// </summary>
public static class LocalRequests
{
    private static readonly string[] ProxyHeaders = ["Forwarded", "Via", "X-Real-IP"];

    /// <summary>Whether a request names a loopback host, and has no origin or that of this server.</summary>
    public static bool IsSameOrigin(HttpRequest request) =>
        request.Host.Host is "127.0.0.1" or "localhost" or "[::1]"
        && (request.Headers.Origin.Count == 0 || request.Headers.Origin == $"http://{request.Host}");

    /// <summary>Whether the client is on this machine, and not a proxy that passes on what somebody else asks.</summary>
    public static bool IsFromThisMachine(HttpContext context) =>
        context.Connection.RemoteIpAddress is { } address
        && IPAddress.IsLoopback(address.IsIPv4MappedToIPv6 ? address.MapToIPv4() : address)
        && !context.Request.Headers.Keys.Any(IsOfProxy);

    private static bool IsOfProxy(string header) =>
        header.StartsWith("X-Forwarded-", StringComparison.OrdinalIgnoreCase)
        || ProxyHeaders.Contains(header, StringComparer.OrdinalIgnoreCase);
}
