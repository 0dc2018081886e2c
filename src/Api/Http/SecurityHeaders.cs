using Microsoft.AspNetCore.Http;
using Microsoft.Net.Http.Headers;

namespace AdvFit.Api.Http;

/// <summary>The security headers of every answer.</summary>
public static class SecurityHeaders
{
    /// <summary>Forbids caching, content sniffing, referrers, frames and use by other sites.</summary>
    public static void AddTo(HttpResponse response)
    {
        response.Headers[HeaderNames.CacheControl] = "no-store";
        response.Headers[HeaderNames.XContentTypeOptions] = "nosniff";
        response.Headers["Referrer-Policy"] = "no-referrer";
        response.Headers["Cross-Origin-Resource-Policy"] = "same-origin";
        response.Headers[HeaderNames.XFrameOptions] = "DENY";
    }
}
