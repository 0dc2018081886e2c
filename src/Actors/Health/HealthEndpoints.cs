using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;

namespace AdvFit.Actors.Health;

/// <summary>The probes of a process, open to everybody: 200, or 503 and why in a sentence.</summary>
public static class HealthEndpoints
{
    /// <summary>Maps the three probes.</summary>
    /// <param name="app">The routes to add to.</param>
    /// <param name="history">Gets what the process saw last.</param>
    /// <param name="clock">The clock of that history.</param>
    public static void MapHealth(this IEndpointRouteBuilder app, Func<HealthHistory> history, Func<TimeSpan> clock)
    {
        Map("started", () => history().WhyNotStarted);
        Map("live", () => history().WhyNotLive(clock()));
        Map("ready", () => history().WhyNotReady(clock()));

        void Map(string status, Func<string?> why) => app.MapGet($"/healthz/{status}", (HttpContext context) =>
        {
            context.Response.Headers.XContentTypeOptions = "nosniff";
            context.Response.Headers.CacheControl = "no-store";
            return why() is { } reason
                ? Results.Json(new { error = reason }, statusCode: StatusCodes.Status503ServiceUnavailable)
                : Results.Json(new { status });
        });
    }
}
