using Microsoft.AspNetCore.Server.Kestrel.Core;

namespace AdvFit.Api.Http;

/// <summary>Limits on what a client may send.</summary>
public static class ApiLimits
{
    /// <summary>Most bytes of a request's body, and of a line of an import.</summary>
    public const int Body = 1 << 20;

    /// <summary>Most bytes of all events of an import.</summary>
    public const long Import = 4L << 30;

    /// <summary>Most bytes of a file.</summary>
    public const long Artifact = 16L << 30;

    /// <summary>Most problems of a spec in an answer; the rest are likely to follow from them.</summary>
    public const int Problems = 100;

    private const int HeaderBytes = 16 << 10, Headers = 64, RequestLine = 4 << 10;
    private const int Connections = 1000;
    private static readonly TimeSpan HeaderPatience = TimeSpan.FromSeconds(10), KeepAlive = TimeSpan.FromMinutes(2);

    /// <summary>Sets Kestrel's limits.</summary>
    public static void Apply(KestrelServerOptions kestrel)
    {
        kestrel.AddServerHeader = false;
        var limits = kestrel.Limits;
        limits.MaxRequestBodySize = Body;
        limits.MaxRequestHeadersTotalSize = HeaderBytes;
        limits.MaxRequestHeaderCount = Headers;
        limits.MaxRequestLineSize = RequestLine;
        limits.MaxConcurrentConnections = Connections;
        limits.RequestHeadersTimeout = HeaderPatience;
        limits.KeepAliveTimeout = KeepAlive;
    }
}
