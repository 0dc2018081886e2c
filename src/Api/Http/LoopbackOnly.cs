using System.Net;
using Microsoft.AspNetCore.Http;
using Microsoft.Net.Http.Headers;

namespace AdvFit.Api.Http;

/// <summary>
/// Tells what a program or page of this machine asks from what comes from elsewhere. A page of another site that a browser
/// on this machine is led to must not read along (DNS rebinding) nor act (cross-site requests).
/// </summary>
public static class LoopbackOnly
{
    /// <summary>What every answer says of itself.</summary>
    public static void Describe(HttpResponse response)
    {
        response.Headers[HeaderNames.CacheControl] = "no-store";
        response.Headers[HeaderNames.XContentTypeOptions] = "nosniff";
        response.Headers["Referrer-Policy"] = "no-referrer";
        response.Headers["Cross-Origin-Resource-Policy"] = "same-origin";
        response.Headers[HeaderNames.XFrameOptions] = "DENY";
    }

    /// <summary>Whether a request is for this server by one of the machine's own names, and from its own pages.</summary>
    public static bool Allows(HttpRequest request) =>
        request.Host.Host is "127.0.0.1" or "localhost" or "[::1]"
        && (request.Headers.Origin.Count == 0 || request.Headers.Origin == $"http://{request.Host}");

    /// <summary>Whether who asks is on this machine.</summary>
    public static bool IsNear(ConnectionInfo connection) =>
        connection.RemoteIpAddress is { } address
        && IPAddress.IsLoopback(address.IsIPv4MappedToIPv6 ? address.MapToIPv4() : address);
}
