using System.Text.Json;
using AdvFit.Api.Formats;
using Microsoft.AspNetCore.Http;

namespace AdvFit.Api.Http;

/// <summary>What probes ask, from wherever and without a token.</summary>
internal static class HealthChecks
{
    /// <summary>The process lives.</summary>
    public static Task LiveAsync(HttpContext context) => AnswerAsync(context, "live");

    /// <summary>Requests can be answered.</summary>
    public static async Task ReadyAsync(HttpContext context, ISweepService service)
    {
        var readiness = await service.Readiness(context.RequestAborted);
        if (readiness.IsReady)
        {
            await AnswerAsync(context, "ready");
        }
        else
        {
            await Refusals.WriteAsync(
                context.Response, StatusCodes.Status503ServiceUnavailable, readiness.Reason ?? "The server is not ready.");
        }
    }

    private static Task AnswerAsync(HttpContext context, string status)
    {
        LoopbackOnly.Describe(context.Response);
        return context.AnswerAsync(JsonSerializer.SerializeToUtf8Bytes(new HealthDocument(status), ApiJsonContext.Default.HealthDocument));
    }
}
